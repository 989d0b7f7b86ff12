"""The automatic identifiers of headings with calls in them: those that pandoc would give to the expanded heading.

The rules are pandoc's (manual, "Extension: auto_identifiers", "gfm_auto_identifiers" and "ascii_identifiers").
"""

from collections.abc import Sequence

from .. import elements
from ..source import Syntax
from ..transport import LOWERED, TOKEN

_MARKS = ("Mn", "Mc", "Me", "Pc")


def renew(
    document: elements.Document,
    headings: Sequence[tuple[elements.Attributes, str]],
    syntax: Syntax,
    files: Sequence[str] = (),
) -> None:
    """Give headings the identifiers of what is in them now, and change the links to them.

    Args:
        document: pandoc's elements, expanded.
        headings: the attributes of those that had tokens in them, and their texts with these; of two texts the last
            one holds, and "" where the identifier alone had tokens.
        syntax: the dialect that it was read as.
        files: the names of the inputs that were parsed apart, which is where identifiers begin with them.
    """
    _Renewal(headings, syntax, files).run(document)


class _Renewal:
    def __init__(
        self, headings: Sequence[tuple[elements.Attributes, str]], syntax: Syntax, files: Sequence[str]
    ) -> None:
        self._texts = {id(attributes): text for attributes, text in headings}
        self._github = syntax.has("gfm_auto_identifiers")
        self._automatic = self._github or syntax.has("auto_identifiers")
        self._ascii = syntax.has("ascii_identifiers")
        self._empty = "" if syntax.commonmark else "section"  # where nothing of a heading may stand in an identifier
        self._prefixes = [f"{self.identifier(name.replace('/', '__'))}__" for name in files]
        self._used: set[str] = set()
        self._new: dict[str, str] = {}

    def run(self, document: elements.Document) -> None:
        document["blocks"] = self._headings(document["blocks"])
        for kind, holder, at in elements.strings(document["blocks"]):
            if kind == elements.ADDRESS and holder[at].startswith("#"):
                holder[at] = "#" + self._new.get(holder[at][1:], holder[at][1:])

    def _headings(self, blocks: elements.Blocks) -> elements.Blocks:
        for block in blocks:
            if block["t"] == "Header":
                self._heading(block["c"][1], elements.plain_text(block["c"][2]))
            else:
                elements.each_list(block, self._headings, self._inlines)
        return blocks

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        for inline in inlines:
            if inline["t"] not in ("Str", "Space", "SoftBreak"):
                elements.each_list(inline, self._headings, self._inlines)
        return inlines

    def _heading(self, attributes: elements.Attributes, text: str) -> None:
        old = attributes[0]
        prefix = next((each for each in self._prefixes if old.startswith(each)), "")
        before = self._texts.get(id(attributes))
        renewed = None if before is None else self._renewed(old.removeprefix(prefix), before, text)
        if renewed is not None:
            attributes[0] = self._new[old] = self._unique(prefix, renewed)
        elif old and old in self._used and old.startswith(prefix + (base := self.identifier(text))):
            attributes[0] = self._unique(prefix, base)
        self._used.add(attributes[0])

    def _renewed(self, old: str, before: str, text: str) -> str | None:
        """Return the identifier that pandoc would have made of a heading, None if it did not make the old one of it.

        Args:
            old: the identifier that the heading has, without the name of its file.
            before: the heading's text with tokens in it.
            text: its text now.
        """
        import re

        if not TOKEN.search(before):
            return re.sub(r"\s", "", old.lower())
        plain = self.identifier(before) or self._empty
        if self._automatic and re.fullmatch(rf"{re.escape(plain)}(?:-\d+)?", old):
            return self.identifier(text)
        if not LOWERED.search(old):
            return None
        # More than this text is in it: the name of an emoji, of a reference that is none.
        pieces = TOKEN.split(before)[::2]
        found = re.fullmatch("(.*)".join(map(re.escape, pieces)), text, re.DOTALL)
        values = list(found.groups()) if found else []
        if len(values) != len(LOWERED.findall(old)):
            return self.identifier(text)
        return self._cut(LOWERED.sub(lambda _: self._words(values.pop(0)), old))

    def _unique(self, prefix: str, base: str) -> str:
        base = prefix + (base or self._empty)
        if base not in self._used:
            return base
        number = 1
        while f"{base}-{number}" in self._used:
            number += 1
        return f"{base}-{number}"

    def identifier(self, text: str) -> str:
        """Return the identifier that pandoc makes of the text of a heading, before it is made unique."""
        return self._cut(self._words(text))

    def _words(self, text: str) -> str:
        import re  # few headings hold calls
        import unicodedata

        text = text.lower()
        if self._github:
            kept = (each for each in text if each.isspace() or each.isalnum() or each == "-" or self._is_mark(each))
            text = re.sub(r"\s", "-", "".join(kept))
        else:
            text = "-".join("".join(each for each in text if each.isspace() or each.isalnum() or each in "_-.").split())
        if self._ascii:
            text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
        return text

    def _cut(self, text: str) -> str:
        """Leave out what an identifier may not begin with."""
        import re

        return text if self._github else re.sub(r"\A[^a-zA-Z\u0080-\U0010ffff]+|\A[\W\d_]+", "", text)

    def _is_mark(self, sign: str) -> bool:
        import unicodedata

        return sign == "_" or unicodedata.category(sign) in _MARKS
