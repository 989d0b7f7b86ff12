"""The document with its macros expanded and its definitions gone, as Markdown that needs no filter.

What the author wrote stays as it is: only directives are replaced, each by what pandoc's writer makes of its result.
Then pandoc reads that text, and it must be what the filter gives. Where it is not (a tight list, a cell too narrow for
what stands in it now), pandoc writes the whole document anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..diagnostics.model import Diagnostics
from ..document import elements, preamble
from ..document.directives import BEGIN, CALL, END, Directive
from ..document.expansion import Expansion
from ..document.formats import Format
from ..document.placeholders import RAW_TEX, Placer
from ..document.recovery import Origin
from ..document.tokens import TOKEN, key, salt, token
from ..language.arguments import Call
from ..language.values import Raw, Result
from ..pandoc.reading import read_again
from ..pandoc.writing import write
from .branches import Branches, as_pieces
from .dialects import armoured, for_writing, in_line, with_raw_attribute
from .likeness import alike
from .study import Expanded, Study, merged

if TYPE_CHECKING:
    from ..document.elements import Blocks, Element

_BETWEEN = token(key(salt("between the results of calls"), 0))
_BLANK_LINE = re.compile(r"\r?\n[ \t>]*\r?\n")
_ITEM = re.compile(r"[ \t>]*(?:[-*+:~]|\(?(?:\d+|@\w*|[A-Za-z]+|#)[.)])[ \t]")


@dataclass(frozen=True)
class Outcome:
    """A document without macros."""

    text: str
    dialect: str  # that it is to be read as
    rewritten: bool  # by pandoc: the author's own text would not have looked the same
    differs: bool  # in what is shown, from what the filter gives; then it is rewritten, too
    diagnostics: Diagnostics  # with an error among them there is no text


def expand_document(studied: Study, targets: Sequence[str]) -> Outcome:
    """Return a document as Markdown with every macro expanded, and no definitions.

    Args:
        studied: the document.
        targets: the formats that it will be written in; where macros give other things in each, raw markup of all.

    Raises:
        Fault: PM601 when pandoc fails; PM609 for results that can't stand beside one another.
    """
    expanded = [studied.expanded(target) for target in targets]
    diagnostics = merged(each.diagnostics for each in expanded)
    if diagnostics.failed:
        return Outcome("", "", False, False, diagnostics)
    program = Origin(studied.invocation).program
    branches = Branches(expanded, program)
    header = _header(expanded)
    dialect = with_raw_attribute(studied.dialect)
    if len(studied.manuscripts) == 1:
        text = _Text(studied, branches, program, dialect).written() + _yaml(header)
        if _looks_the_same(studied, text, expanded, dialect):
            return Outcome(text, dialect, False, False, diagnostics)
    document = _rewritten(studied, branches)
    # The template would write what goes into the head a second time, as the text's first block.
    own = document["meta"].pop(preamble.FIELD, None)
    header = header or (_raw_blocks(own) if own else [])
    options = ["--standalone", "--wrap=preserve"]
    text = write(program, armoured(document, dialect), for_writing(dialect), options) + _yaml(header)
    return Outcome(text, dialect, True, not _looks_the_same(studied, text, expanded, dialect), diagnostics)


def _looks_the_same(studied: Study, text: str, expanded: Sequence[Expanded], dialect: str) -> bool:
    document = read_again(studied.invocation, [text], dialect)
    program = Origin(studied.invocation).program
    return all(alike(document, each.document, each.processed.target, program) for each in expanded)


def _header(expanded: Sequence[Expanded]) -> list[Element]:
    """Return what the metadata must put into the document's head, as raw blocks, if macros add to it."""
    for each in expanded:
        if each.processed.preamble:
            return _raw_blocks(each.document["meta"][preamble.FIELD])
    return []


def _raw_blocks(value: Any) -> list[Element]:
    if isinstance(value, list):
        return [block for each in value for block in _raw_blocks(each)]
    if value["t"] in ("RawBlock", "RawInline"):
        return [elements.raw_block(*value["c"])]
    return _raw_blocks(value["c"]) if value["t"].startswith("Meta") or value["t"] in ("Para", "Plain") else []


def _yaml(header: list[Element]) -> str:
    if not header:
        return ""
    lines = ["", "---", f"{preamble.FIELD}:"]
    for block in header:
        format, text = block["c"]
        lines += ["- |", *(f"  {line}".rstrip() for line in (f"```{{={format}}}", *text.split("\n"), "```"))]
    return "\n".join([*lines, "---", ""])


class _Text:
    """The author's text with results in the places of directives."""

    def __init__(self, studied: Study, branches: Branches, program: str, dialect: str) -> None:
        (self._manuscript,) = studied.manuscripts
        self._text = self._manuscript.text
        self._directives = studied.directives
        self._branches = branches
        self._in_raw = in_raw_tex(studied)
        self._segments = self._all_segments(program, dialect, studied.api_version)

    def _all_segments(self, program: str, dialect: str, version: list[int]) -> dict[str, list[str]]:
        """Return what calls give as Markdown, parted where the content of a ``%%begin`` stands, by one pandoc."""
        blocks: Blocks = []
        counts: dict[str, int] = {}
        for name, directive in self._directives.items():
            if name not in self._branches.calls or name in self._in_raw:
                continue
            if directive.standalone:
                segments = self._branches.segments(name)
            else:
                segments = [[{"t": "Plain", "c": in_line(self._branches.inlines(name))}]]
            counts[name] = len(segments)
            for each in segments:
                blocks += [*each, {"t": "Para", "c": [elements.string(_BETWEEN)]}]
        document = {"pandoc-api-version": version, "meta": {}, "blocks": blocks}
        options = ["--wrap=none", "--reference-location=block"]
        text = write(program, armoured(document, dialect), for_writing(dialect), options)
        texts = iter(part.strip("\n") for part in text.split(_BETWEEN))
        return {name: [next(texts) for _ in range(count)] for name, count in counts.items()}

    def written(self) -> str:
        """Return the text."""
        pieces: list[str] = []
        outside: list[tuple[str, list[str]]] = []  # the open calls, each with the pieces of the text around it
        at = 0
        for name, directive in self._directives.items():
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
                pieces.append(self._replaced(name, directive))
        pieces.append(self._text[at:])
        text = "".join(pieces)
        return re.sub(r"(?<!\r)\n", "\r\n", text) if "\r\n" in self._text else text

    def _replaced(self, name: str, directive: Directive) -> str:
        if name not in self._branches.calls:  # code, or a comment of TeX's
            return self._text[directive.start : directive.end]
        if name in self._in_raw:
            return self._branches.latex(name)
        (text,) = self._segments[name]
        return self._as_block(text, directive) if directive.standalone else " ".join(text.split("\n"))

    def _as_block(self, text: str, directive: Directive) -> str:
        """Return Markdown for the place of a directive, in its container, with blank lines around it."""
        edge = _continued(directive.source.before)
        text = _indented(text, edge)
        if edge.strip(">") and text.startswith("```"):  # needs no blank lines, and keeps a list tight without them
            return text
        if self._text_before(directive) and not _marks_item(directive.source.before):
            text = f"\n{edge}{text}"
        ends_item = _marks_item(directive.source.before) and self._item_behind(directive)
        return f"{text}\n{edge.rstrip()}" if self._text_behind(directive) and not ends_item else text

    def _around(self, name: str, end: Directive, body: str) -> str:
        """Return the content of a ``%%begin`` with what its call gives around it; not at all, or twice, as it wants."""
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

    def _text_behind(self, directive: Directive) -> bool:
        return bool(self._line_behind(directive).strip(" \t>\r"))

    def _item_behind(self, directive: Directive) -> bool:
        return bool(_ITEM.match(self._line_behind(directive)))

    def _line_behind(self, directive: Directive) -> str:
        start = self._text.find("\n", directive.end) + 1
        end = self._text.find("\n", start)
        return self._text[start : end if end >= 0 else len(self._text)] if start else ""


def in_raw_tex(studied: Study) -> set[str]:
    """Return the keys of the calls that stand inside raw TeX."""
    return {found for text in _raw_tex(studied.document()) for found in TOKEN.findall(text)}


def _raw_tex(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _raw_tex(each)]
    if not isinstance(value, dict):
        return []
    if value.get("t") in ("RawBlock", "RawInline"):
        return [value["c"][1]] if value["c"][0] in RAW_TEX else []
    return [text for each in value.values() for text in _raw_tex(each)]


def _continued(before: str) -> str:
    """Return what the next lines of a container begin with: the marks of quotes, and spaces for those of lists."""
    return re.sub(r"[^>\t]", " ", before)


def _marks_item(before: str) -> bool:
    return bool(before.strip(" \t>"))


def _indented(text: str, edge: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *((edge + line).rstrip() for line in rest)])


def _rewritten(studied: Study, branches: Branches) -> Any:
    """Return the elements of a document with results in the places of its calls."""
    document = studied.document()
    placer = Placer(studied.directives, Diagnostics())
    placer.document(document)
    session: Any = _Settled(branches, studied)
    first = studied.expanded().processed
    expansion = Expansion(
        session, first.environment, branches.calls, studied.directives, Format("markdown"), frozenset(), Diagnostics()
    )
    expansion.run(document, lambda _: ())
    return document


class _Settled:
    """In the place of a session: it knows already what each call gives."""

    def __init__(self, branches: Branches, studied: Study) -> None:
        self._branches = branches
        self._keys = {id(call): key for key, call in branches.calls.items()}
        self._directives = studied.directives
        self._in_raw = in_raw_tex(studied)

    def expand(self, call: Call, body: object | None) -> Result:
        key = self._keys[id(call)]
        if key in self._in_raw:
            return Result((Raw("latex", self._branches.latex(key)),))
        if self._directives[key].standalone:
            return as_pieces(self._branches.segments(key), body)
        return as_pieces([[{"t": "Plain", "c": self._branches.inlines(key)}]], body)
