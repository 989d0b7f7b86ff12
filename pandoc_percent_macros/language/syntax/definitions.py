"""Definitions: from the text of one to a ``Macro``, and from the text of a library to many."""

from __future__ import annotations

import re

from ...base.fault import Diagnostics, Fault, Unclosed
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING, Record
from ...base.source import Source, Span
from ...base.stack import with_room
from ..functions.table import FUNCTIONS
from ..values.budget import DEFAULTS, Limits
from .extents import end_of_definition, holds_end, template_end
from .macros import BODY, Macro, Parameter
from .parser import CHOICE, Parser
from .stream import Stream
from .templates import Template, parse_template
from .tokens import ARRAY, END, KEYWORDS, OPEN, PLAIN, RICH, SCALAR, WORD, WORDS, tokens

if TYPE_CHECKING:
    from .nodes import Body

__all__ = ["Library", "Use", "end_of_definition", "parse_definition", "parse_library"]

_START = pattern(r"%%(define|template)\b[ \t\r\n]*")
_DIRECTIVE = pattern(r"^[ \t]*%%(?:(define|template)\b|use[ \t]+(?P<target>[^\n]*))", re.MULTILINE)
_RESERVED = KEYWORDS | frozenset(FUNCTIONS) | frozenset(("define", "template", "begin", "end", "use"))
_FRAMES = 8  # of Python's stack, at most, that the parser takes for one level of nesting


class Use(Record):
    """``%%use target`` in a library."""

    target: str
    span: Span


class Library(Record):
    """What a ``.pmac`` text holds."""

    macros: tuple[Macro, ...]
    uses: tuple[Use, ...]


def parse_definition(
    source: Source, diagnostics: Diagnostics, doc: str | None = None, limits: Limits = DEFAULTS
) -> Macro | None:
    """Return the macro that the source's whole text defines: ``%%define … =end``, or ``%%template … =end``.

    Every fault is reported; a macro with faults in it is not ``sound``. None if even its name is unusable.
    """
    whole = Span(source, 0, len(source.text))
    if len(source.text) > limits.definition:
        diagnostics.error("PM408", f"a definition is over the limit of {limits.definition:,} characters", whole)
        return None
    return with_room(_FRAMES * limits.nesting, lambda: _Definition(source, diagnostics, limits, doc).read())


class _Definition:
    """The reading of one definition."""

    def __init__(self, source: Source, diagnostics: Diagnostics, limits: Limits, doc: str | None) -> None:
        start = _START.match(source.text)
        if start is None:
            raise ValueError(f"no definition: {source.text[:40]!r}")
        self.source = source
        self.doc = doc
        self.is_template = start[1] == "template"
        self.diagnostics = diagnostics
        self.stream = Stream(source, start.end(), diagnostics, limits.nesting)
        self.parser = Parser(self.stream)

    def read(self) -> Macro | None:
        stream = self.stream
        token = stream.token
        name = stream.word()
        name_span = Span(self.source, token.start, token.end)
        if token.kind != WORD and name not in KEYWORDS:
            stream.report(stream.unexpected("a name"))
            return None
        if name in _RESERVED:
            self.diagnostics.error("PM204", f"`{name}` is a word of the language", name_span, "choose another name")
            return None
        stream.advance()
        parameters = self._parameters()
        body = self._body(frozenset(each.name for each in parameters or ()) | {BODY})
        sound = not stream.faults and parameters is not None and body is not None
        span = Span(self.source, 0, len(self.source.text))
        body = body or Template(0, 0, (), ())
        lookalikes = tuple(Span(self.source, *each) for each in stream.lookalikes)
        return Macro(
            name, name_span, parameters or (), body, self.source, span, self.doc, stream.deepest, sound, lookalikes
        )

    def _parameters(self) -> tuple[Parameter, ...] | None:
        stream = self.stream
        found: list[Parameter] = []
        try:
            stream.expect("(")
            while stream.token.kind != ")":
                found.append(self._parameter(found))
                if not stream.skip(","):
                    break
            self.head_end = stream.token.end
            if stream.token.kind != ")":
                raise stream.unexpected("`,` or `)`")
        except Fault as fault:
            self.head_end = stream.token.end
            stream.report(fault)
            return None
        return tuple(found)

    def _parameter(self, before: list[Parameter]) -> Parameter:
        stream = self.stream
        token = stream.token
        if token.kind not in (SCALAR, ARRAY):
            raise stream.unexpected("a parameter")
        name = stream.name(stream.advance())
        default = self.parser.expression(CHOICE) if stream.skip("=") else None
        if any(each.name == name for each in before):
            stream.report(stream.fault(f"parameter `{name}` is there twice", token.start, token.end, code="PM206"))
        if before and before[-1].many:
            raise stream.fault(f"`{before[-1]}` takes all that is left: nothing follows it", token.start, token.end)
        if token.kind == SCALAR and default is None and before and before[-1].default is not None:
            hint = f"`{before[-1]}` before it has one"
            stream.report(stream.fault(f"parameter `${name}` has no default", token.start, token.end, hint))
        if token.kind == ARRAY and default is not None:
            stream.report(stream.fault(f"`@{name}` takes no default", token.start, stream.before))
        return Parameter(name, Span(self.source, token.start, token.end), token.kind == ARRAY, default)

    def _body(self, names: frozenset[str]) -> Body | Template | None:
        if self.stream.faults and self.stream.token.kind != ")":
            return None  # what a broken head is followed by can't be told
        if self.is_template:
            return self._template(names)
        before = self.stream.faults
        self.stream.advance()
        draft = Diagnostics()
        self.stream.diagnostics = draft
        body = self.parser.body()
        opened = self._open_string() if self.stream.faults > before else None
        if opened is not None:
            self.stream.lookalikes.clear()
        for each in draft if opened is None else ():
            self.diagnostics.add(each)
        if opened is None and self.stream.token.kind != END and self.stream.token.kind != OPEN:
            self.diagnostics.error("PM101", "macro has no `=end`", Span(self.source, 0, self.head_end))
            self.stream.faults += 1
        return body

    def _open_string(self) -> bool | None:
        """If the body does not read because a string swallowed its end, report that and return True."""
        for token in tokens(self.source.text, self.head_end):
            if token.kind in (PLAIN, RICH, WORDS, OPEN) and holds_end(self.source.text, token):
                span = Span(self.source, token.start, token.start + 1)
                self.diagnostics.error("PM102", "string is never closed", span)
                return True
        return None

    def _template(self, names: frozenset[str]) -> Template | None:
        text = self.source.text
        try:
            end, _ = template_end(text, 0, self.head_end)
        except Unclosed as fault:
            self.diagnostics.error(fault.code, fault.message, Span(self.source, 0, self.head_end))
            return None
        return parse_template(text, self.head_end, end, names)


def parse_library(source: Source, diagnostics: Diagnostics, limits: Limits = DEFAULTS) -> Library:
    """Return the definitions of a library's text, and what it uses; all other text is comment.

    Lines directly above a definition are its ``doc``.
    """
    text = source.text
    macros: list[Macro] = []
    uses: list[Use] = []
    at = seen = 0
    row = source.line
    while found := _DIRECTIVE.search(text, at):
        start = found.start() + len(found[0]) - len(found[0].lstrip(" \t"))
        row += text.count("\n", seen, start)
        seen = start
        if found["target"] is not None:
            target = found["target"].strip()
            uses.append(Use(target.strip("\"'"), Span(source, start, found.start("target") + len(target))))
            at = found.end()
            continue
        try:
            end = end_of_definition(text, start)
        except Unclosed as fault:
            place = Span(source, fault.offset, _line_end(text, fault.offset))
            diagnostics.error(fault.code, fault.message, place)
            at = max(fault.stop, found.end())
            continue
        before, after = text[text.rfind("\n", 0, start) + 1 : start], text[end : _line_end(text, end)]
        piece = Source(source.name, text[start:end], row, before, after)
        macro = parse_definition(piece, diagnostics, _doc(text, at, start), limits)
        macros += [macro] if macro else []
        at = end
    return Library(tuple(macros), tuple(uses))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _doc(text: str, at: int, start: int) -> str | None:
    """Return the lines directly above a definition, without comment signs."""
    above = text[at : text.rfind("\n", 0, start) + 1]
    lines: list[str] = []
    for line in reversed(above.splitlines()):
        words = line.strip().lstrip("#").strip()
        if not words:
            break
        lines.append(words)
    return "\n".join(reversed(lines)) or None
