"""Definitions: from the text of one to a ``Macro``, from a library to many, and where one ends in a document."""

import re

from ...base import Diagnostics, Fault, Record, Source, Span, Unclosed, grammar, pattern, with_room
from ..values import DEFAULTS, Limits
from . import lexer, nodes
from .expression_parser import CHOICE
from .macros import Macro, Parameter, Template
from .parser import Parser
from .templates import trimmed

_WORDS = "|".join(grammar.DEFINING)
_START = pattern(rf"%%({_WORDS})\b[ \t\r\n]*")
_DIRECTIVE = pattern(rf"^[ \t]*%%(?:({_WORDS})\b|use[ \t]+(?P<target>[^\n]*))", re.MULTILINE)
_NAME = pattern(rf"[ \t\r\n]*({grammar.NAME})")
_OPENING = pattern(rf"%%({_WORDS})\b")
_END_LINE = pattern(r"^[ \t\r]*=end[ \t\r]*$", re.MULTILINE)
# Text of a template ends at a line that is "=end"; one that starts a definition shows that this was forgotten.
_TEMPLATE_END = pattern(rf"^[ \t\r]*(?:(=end)[ \t\r]*$|%%(?:{_WORDS})\b)", re.MULTILINE)
_SAME_LINE = pattern(r"[^\n]*?(?<![^\s)])(=end)(?!\w)")
_HEAD = "a definition begins as in `%%define name($parameter, …)`: a name is made of letters, digits and `_`"
_PARAMETER = "parameters are written `$name`, `$name = default` or, the last one, `@name`"
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
    """Return the macro that the source's whole text defines: ``%%define … =end``, or a template.

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
        self.word = start[1]
        self.diagnostics = diagnostics
        self.nesting = limits.nesting
        # The name is no code: it may be one that is a word of the language there.
        self.name = _NAME.match(source.text, start.end())
        at = self.name.end() if self.name else start.end()
        self.stream = lexer.Stream(source, at, diagnostics, limits.nesting)
        self.parser = Parser(self.stream)

    def read(self) -> Macro | None:
        stream = self.stream
        if self.name is None:
            stream.report(stream.unexpected("a name", _HEAD))
            return None
        name = self.name[1]
        name_span = Span(self.source, *self.name.span(1))
        if name in grammar.WORDS:
            message = f"`%%{name}` is a directive, and can't be the name of a macro"
            self.diagnostics.error("PM204", message, name_span, "choose another name")
            return None
        parameters = self._parameters()
        body = self._body()
        sound = not stream.faults and parameters is not None and body is not None
        span = Span(self.source, 0, len(self.source.text))
        body = body or Template(0, 0, self.nesting, markdown=False)
        lookalikes = tuple(Span(self.source, *each) for each in stream.lookalikes)
        return Macro(
            name, name_span, parameters or (), body, self.source, span, self.doc, stream.deepest, sound, lookalikes,
            stream.matches,
        )  # fmt: skip

    def _parameters(self) -> tuple[Parameter, ...] | None:
        stream = self.stream
        found: list[Parameter] = []
        names: set[str] = set()
        try:
            if stream.token.kind != "(":
                raise stream.unexpected("`(`", _HEAD)
            stream.advance()
            while stream.token.kind != ")":
                found.append(self._parameter(found[-1] if found else None, names))
                names.add(found[-1].name)
                if not stream.skip(","):
                    break
            self.head_end = stream.token.end
            if stream.token.kind != ")":
                raise stream.unexpected("`,` or `)`", _PARAMETER)
        except Fault as fault:
            self.head_end = stream.token.end
            stream.report(fault)
            return None
        return tuple(found)

    def _parameter(self, before: Parameter | None, names: set[str]) -> Parameter:
        stream = self.stream
        token = stream.token
        if token.kind not in (lexer.SCALAR, lexer.ARRAY):
            raise stream.unexpected("a parameter", _PARAMETER)
        name = stream.name(stream.advance())
        default = self.parser.expression(CHOICE) if stream.skip("=") else None
        if name in names:
            stream.report(stream.fault(f"parameter `{name}` is defined twice", token.start, token.end, code="PM206"))
        if before and before.many:
            raise stream.fault(f"`{before}` takes all that is left: no parameter can follow it", token.start, token.end)
        if token.kind == lexer.SCALAR and default is None and before and before.default is not None:
            hint = f"`{before}` before it has one"
            stream.report(stream.fault(f"parameter `${name}` has no default", token.start, token.end, hint))
        if token.kind == lexer.ARRAY and default is not None:
            stream.report(stream.fault(f"`@{name}` takes no default", token.start, stream.before))
        return Parameter(name, Span(self.source, token.start, token.end), token.kind == lexer.ARRAY, default)

    def _body(self) -> nodes.Body | Template | None:
        if self.stream.faults and self.stream.token.kind != ")":
            return None  # what a broken head is followed by can't be told
        if self.word != "define":
            return self._template()
        before = self.stream.faults
        if self.stream.token.kind == ")":
            self.stream.begin(self.head_end)  # a head is no operand: `/` begins a pattern behind it
        else:
            self.stream.advance()
        draft = Diagnostics()
        self.stream.diagnostics = draft
        body = self.parser.body()
        opened = self._open_string() if self.stream.faults > before else None
        if opened is not None:
            self.stream.lookalikes.clear()
        for each in draft if opened is None else ():
            self.diagnostics.add(each)
        if opened is None and self.stream.token.kind != lexer.END and self.stream.token.kind != lexer.OPEN:
            self.diagnostics.error("PM101", "macro has no `=end`", Span(self.source, 0, self.head_end))
            self.stream.faults += 1
        return body

    def _open_string(self) -> bool | None:
        """If the body does not read because a string swallowed its end, report that and return True."""
        for token in lexer.tokens(self.source.text, self.head_end):
            if token.kind in lexer.QUOTED and holds_end(self.source.text, token):
                span = Span(self.source, token.start, token.start + 1)
                self.diagnostics.error("PM102", "string is never closed", span, *_open_hints(self.source.text, token))
                return True
        return None

    def _template(self) -> Template | None:
        text = self.source.text
        try:
            end, _ = template_end(text, 0, self.head_end)
        except Unclosed as fault:
            self.diagnostics.error(fault.code, fault.message, Span(self.source, 0, self.head_end))
            return None
        return trimmed(text, self.head_end, end, self.nesting, markdown=self.word == "markdown")


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
            diagnostics.error(fault.code, fault.message, place, *fault.hints)
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


def end_of_definition(text: str, start: int) -> int:
    """Return the offset just after the ``=end`` of the definition that starts at ``start``.

    Raise ``Unclosed`` if there is none before the next definition or the end of the text. Linear in
    the length of what is looked at.
    """
    opening = _OPENING.match(text, start)
    if opening is None:
        raise ValueError(f"no definition at offset {start}")
    name = _NAME.match(text, opening.end())
    at = name.end() if name else opening.end()
    after_head = head_end(text, at)
    if opening[1] != "define":
        return template_end(text, start, after_head)[1]
    return _end_of_code(text, start, after_head if text[after_head - 1] == ")" else at)


def template_end(text: str, start: int, after_head: int) -> tuple[int, int]:
    """Return where the text of a template ends, whose head ends at ``after_head``, and the offset after its =end."""
    same = _SAME_LINE.match(text, after_head)
    if same:
        return same.start(1), same.end(1)
    line_end = text.find("\n", after_head)
    found = _TEMPLATE_END.search(text, line_end + 1) if line_end >= 0 else None
    if found and found[1]:
        return found.start(), found.end(1)
    raise _no_end("template", start, found.start() if found else len(text))


def head_end(text: str, at: int) -> int:
    """Return the offset after the parenthesis that closes a head, or the end of the line if it has none."""
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    depth = 0
    for token in lexer.tokens(text, at):
        if not depth and token.start >= line_end:
            break
        if token.kind == "(":
            depth += 1
        elif token.kind == ")":
            depth -= 1
            if depth <= 0:
                return token.end
        elif token.kind in (lexer.END, lexer.DIRECTIVE, lexer.OPEN, lexer.BAD):
            break
    return line_end


def _end_of_code(text: str, start: int, at: int) -> int:
    swallowing: lexer.Token | None = None  # the first string that holds a line "=end": its closing quote may be missing
    prose = False  # no code looks like this: the body ended before
    before = lexer.NOTHING
    for token in lexer.tokens(text, at):
        if token.kind == lexer.END:
            return token.end
        if swallowing is None and _swallows(text, token, prose):
            swallowing = token
        if token.kind in (lexer.DIRECTIVE, lexer.NOTHING, lexer.OPEN):
            if swallowing is not None:
                raise _open_string(text, swallowing, len(text))
            raise _no_end("macro", start, token.start if token.kind == lexer.DIRECTIVE else len(text))
        prose = prose or token.kind == lexer.BAD or token.kind == before == lexer.WORD
        before = token.kind
    raise AssertionError("tokens end with a closing one")


def _swallows(text: str, token: lexer.Token, prose: bool) -> bool:
    if token.kind not in lexer.QUOTED:
        return False
    return holds_end(text, token) or (token.kind == lexer.OPEN and not prose)


def holds_end(text: str, token: lexer.Token) -> bool:
    """Whether a string runs over a line that is ``=end``."""
    return text.find("=end", token.start, token.end) >= 0 and bool(_END_LINE.search(text, token.start + 1, token.end))


def _open_string(text: str, token: lexer.Token, stop: int) -> Unclosed:
    line = _END_LINE.search(text, token.start + 1, token.end)
    what = "pattern" if text[token.start] not in "\"'q" else "string"
    fault = Unclosed("PM102", f"{what} is never closed", token.start, line.end() if line else stop)
    fault.hints = _open_hints(text, token)
    return fault


def _open_hints(text: str, token: lexer.Token) -> tuple[str, ...]:
    from . import habits  # most code reads

    hint = habits.of_open_string(text, token.start)
    return (hint,) if hint else ()


def _no_end(what: str, start: int, stop: int) -> Unclosed:
    return Unclosed("PM101", f"{what} has no `=end`", start, stop)
