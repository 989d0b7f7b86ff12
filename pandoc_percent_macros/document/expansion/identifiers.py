"""The automatic identifiers of headings with calls in them: those that pandoc would give to the expanded heading.

The rules are pandoc's (manual, "Extension: auto_identifiers", "gfm_auto_identifiers" and "ascii_identifiers").
"""

from __future__ import annotations

from ...base import TYPE_CHECKING
from .. import elements
from ..transport import LOWERED

if TYPE_CHECKING:
    pass


_MARKS = ("Mn", "Mc", "Me", "Pc")


def renew(document: elements.Document, extensions: frozenset[str]) -> None:
    """Give headings the identifiers of what is in them now, and change the links to them.

    Args:
        document: pandoc's elements, expanded.
        extensions: those of its reader that are on.
    """
    _Renewal(extensions).run(document)


class _Renewal:
    def __init__(self, extensions: frozenset[str]) -> None:
        self._github = "gfm_auto_identifiers" in extensions
        self._ascii = "ascii_identifiers" in extensions
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
                elements.each_list(block, self._headings, _as_they_are)
        return blocks

    def _heading(self, attributes: elements.Attributes, text: str) -> None:
        old = attributes[0]
        if LOWERED.search(old):
            attributes[0] = self._new[old] = self._unique(self.identifier(text))
        elif old in self._used and old.startswith(base := self.identifier(text)):
            attributes[0] = self._unique(base)
        self._used.add(attributes[0])

    def _unique(self, base: str) -> str:
        base = base or "section"
        if base not in self._used:
            return base
        number = 1
        while f"{base}-{number}" in self._used:
            number += 1
        return f"{base}-{number}"

    def identifier(self, text: str) -> str:
        """Return the identifier that pandoc makes of the text of a heading, before it is made unique."""
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
        return text if self._github else re.sub(r"\A[^a-zA-Z\u0080-\U0010ffff]+|\A[\W\d_]+", "", text)

    def _is_mark(self, sign: str) -> bool:
        import unicodedata

        return sign == "_" or unicodedata.category(sign) in _MARKS


def _as_they_are(inlines: elements.Inlines) -> elements.Inlines:
    return inlines
