"""The author's text with results in the places of directives, and all else as it was."""

import re

from ..document import elements
from ..document.elements import ADDRESS, ATTRIBUTE, MATH, RAW, TEXT
from ..document.source import BEGIN, CALL, END, MISS, NOTE, Directive
from ..document.transport import key, salt, token
from ..inspect.loading import LoadedDocument
from ..pandoc import write
from .branches import Branches
from .escaping import in_line, protected, tab_stop, writer_dialect

_BETWEEN = token(key(salt("between the results of calls"), 0))
_FILLING = re.compile(r"( *) \|")
_QUOTING = re.compile(r"[\"'()<>&`*_$]")  # what may end a string, or be more than itself
PLAIN = frozenset((ADDRESS, ATTRIBUTE))
_BLANK_LINE = re.compile(r"\r?\n[ \t>]*\r?\n")
_ITEM = re.compile(r"[ \t>]*(?:[-*+:~]|\(?(?:\d+|@\w*|[A-Za-z]+|#)[.)])[ \t]")


class Splicer:
    """Puts results into the places of directives."""

    def __init__(self, loaded: LoadedDocument, branches: Branches, dialect: str, *, bare: bool) -> None:
        """Take in a document that is one text, and the results of its calls.

        Args:
            loaded: the document.
            branches: the results.
            dialect: that is to be written.
            bare: write LaTeX without the name of the format.
        """
        (manuscript,) = loaded.manuscripts
        self._text = manuscript.text
        self._directives = loaded.directives
        self._branches = branches
        self._kinds = loaded.kinds
        self._segments = self._all_segments(loaded, writer_dialect(dialect, bare=bare), dialect)

    def _all_segments(self, loaded: LoadedDocument, writer: str, dialect: str) -> dict[str, list[str]]:
        """Return the results of calls as Markdown, parted where the content of a ``%%begin`` stands, by one pandoc."""
        blocks: elements.Blocks = []
        counts: dict[str, int] = {}
        for name, directive in self._directives.items():
            if name not in self._branches.calls or self._kinds.get(name, {TEXT}) != {TEXT}:
                continue
            if directive.standalone:
                tight = name in loaded.tight and _marks_item(directive.source.before)
                segments = self._branches.segments(name, "Plain" if tight else "Para")
            else:
                segments = [[{"t": "Plain", "c": in_line(self._branches.inlines(name))}]]
            counts[name] = len(segments)
            for each in segments:
                blocks += [*each, {"t": "Para", "c": [elements.string(_BETWEEN)]}]
        document = {"pandoc-api-version": loaded.api_version, "meta": {}, "blocks": blocks}
        options = ["--wrap=none", "--reference-location=block", *tab_stop(loaded.invocation)]
        text = write(loaded.program, protected(document, dialect), writer, options)
        texts = iter(part.strip("\n") for part in text.split(_BETWEEN))
        return {name: [next(texts) for _ in range(count)] for name, count in counts.items()}

    def written(self) -> str:
        """Return the text."""
        pieces: list[str] = []
        outside: list[tuple[str, list[str]]] = []  # the open calls, each with the pieces of the text around it
        at = 0
        for name, directive in self._directives.items():
            if directive.kind in (MISS, NOTE):
                continue
            pieces.append(self._text[at : directive.start])
            at = directive.end
            if directive.kind == BEGIN and name in self._segments:
                outside.append((name, pieces))
                pieces = []
            elif directive.kind == END and outside:
                begin, around = outside.pop()
                around.append(self._around(begin, directive, "".join(pieces)))
                pieces = around
            elif directive.kind in (CALL, BEGIN, END):
                text = self._replaced(name, directive)
                pieces.append(text)
                at += self._spaces_to_leave(directive, len(text))
        pieces.append(self._text[at:])
        return "".join(pieces)

    def _replaced(self, name: str, directive: Directive) -> str:
        if name not in self._branches.calls:  # code, or a comment of TeX's
            return self._text[directive.start : directive.end]
        if name not in self._segments:
            return self._in_string(name)
        (text,) = self._segments[name]
        return self._as_block(text, directive) if directive.standalone else " ".join(text.split("\n"))

    def _in_string(self, name: str) -> str:
        kinds = self._kinds[name]
        if RAW in kinds:
            return self._branches.latex(name)
        if MATH in kinds:
            return self._branches.mathematics(name)
        string = self._branches.string(name)
        return string if TEXT in kinds else _QUOTING.sub(r"\\\g<0>", string)

    def _spaces_to_leave(self, directive: Directive, width: int) -> int:
        """Return how many of the spaces that fill a cell of a table are to go, so that it stays as wide."""
        filling = _FILLING.match(self._text, directive.end)
        grown = width - (directive.end - directive.start)
        return max(0, min(grown, len(filling[1]))) if filling else 0

    def _as_block(self, text: str, directive: Directive) -> str:
        """Return Markdown for the place of a directive, in its container, with blank lines around it."""
        edge = _continued(directive.source.before)
        text = _indented(text, edge)
        if edge.strip(">") and text.startswith("```"):  # needs no blank lines, and keeps a list tight without them
            return text
        if self._text_before(directive) and not _marks_item(directive.source.before):
            text = f"\n{edge}{text}"
        ends_item = _marks_item(directive.source.before) and self._item_after(directive)
        return f"{text}\n{edge.rstrip()}" if self._text_after(directive) and not ends_item else text

    def _around(self, name: str, end: Directive, body: str) -> str:
        """Return the content of a ``%%begin`` with its call's result around it; not at all, or twice, as it wants."""
        first, *others = self._segments[name]
        begin = self._directives[name]
        edge, edge_of_end = _continued(begin.source.before), _continued(end.source.before)
        written = self._as_block(first, begin) if others else _indented(first, edge)
        for each in others:
            gap = "" if _BLANK_LINE.match(body) else f"\n{edge.rstrip()}"
            written += f"{gap}{body}\n{edge_of_end}{_indented(each, edge_of_end)}"
        return written

    def _text_before(self, directive: Directive) -> bool:
        start = self._text.rfind("\n", 0, directive.start)
        line = self._text[self._text.rfind("\n", 0, max(start, 0)) + 1 : max(start, 0)]
        return bool(line.strip(" \t>\r"))

    def _text_after(self, directive: Directive) -> bool:
        return bool(self._line_after(directive).strip(" \t>\r"))

    def _item_after(self, directive: Directive) -> bool:
        return bool(_ITEM.match(self._line_after(directive)))

    def _line_after(self, directive: Directive) -> str:
        start = self._text.find("\n", directive.end) + 1
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)] if start else ""


def _continued(before: str) -> str:
    """Return what the next lines of a container begin with: the marks of quotes, and spaces for those of lists."""
    return re.sub(r"[^>\t]", " ", before)


def _marks_item(before: str) -> bool:
    return bool(before.strip(" \t>"))


def _indented(text: str, edge: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *((edge + line).rstrip() for line in rest)])
