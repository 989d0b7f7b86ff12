"""The text of a call: where it ends, and what its arguments are.

Arguments are text, and the calls in it, never code. One pass of one regular expression serves both jobs, so that they
can't disagree, and takes time linear in the length of the text.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Fault, Source, Span, Unclosed, grammar, pattern, with_room
from ..values import DEFAULTS
from .nodes import UNRESOLVED, Argument, Call, Interpolated, Literal, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .nodes import Written

VARIABLE = pattern(rf"\$(?:({grammar.NAME})|\{{({grammar.NAME})\}})")

# A blank line, a backslash with what it stands before, a call, or a sign that may nest, end or part arguments.
_SIGN = pattern(rf"\\[^\n]|(?<!%)%%{grammar.NAME}\(|[()\[\]{{}},]|\n[ \t\r]*(?=\n)")
_BLANK = r"(?:[ \t\r]|\n(?![ \t\r]*\n))*"  # spaces that go on to the next line, but over no blank line
_SIMPLE = pattern(r"[^\\()\[\]{}\"'\n]*(?=\))")  # arguments that hold nothing to look out for
_KEY = pattern(rf"{_BLANK}(?:({grammar.NAME}(?:-\w+)*){_BLANK}=(?!=){_BLANK})?")
_INSIDE = r"[^{0}\\\n]*(?:(?:\\(?:[^\n]|(?=\n))|\n(?![ \t\r]*\n))[^{0}\\\n]*)*"  # of quotes
_QUOTED = pattern(f'"({_INSIDE.format(chr(34))})"' + f"|'({_INSIDE.format(chr(39))})'")
_AFTER = pattern(rf"{_BLANK}(?=[,)])")
_HEAD = pattern(rf"%%(?:(begin)[ \t]+)?({grammar.NAME})[ \t]*(?=\(|\Z)")
_SPACES = " \t\r\n"
_GROUPS = {"{": "}", r"\(": r"\)", r"\[": r"\]"}  # in these all other signs stand for themselves
_FRAMES = 6  # of Python's stack, at most, for one level of calls in calls


def calls_in(written: Written) -> Iterator[Call]:
    """Yield the calls in what an argument stands for, or a call itself: it first, then those in its arguments."""
    todo: list[Any] = [written]
    while todo:
        each = todo.pop()
        if isinstance(each, Call):
            yield each
            todo += [argument.text for argument in reversed(each.arguments) if type(argument.text) is not str]
        elif isinstance(each, Interpolated):
            todo += reversed(each.parts)


def variables_in(call: Call) -> Iterator[Scalar]:
    """Yield the parameters of a template in a call's arguments, but not those in the calls in them."""
    for argument in call.arguments:
        for written in (argument.text, argument.value):
            parts = written.parts if isinstance(written, Interpolated) else (written,)
            yield from (part for part in parts if isinstance(part, Scalar))


def scan_call(text: str, start: int) -> int:
    """Return the offset just after the parenthesis that closes the one at ``start``.

    Raises:
        Unclosed: a blank line, or the end of the text, comes first.
    """
    if simple := _SIMPLE.match(text, start + 1):
        return simple.end() + 1
    return _scan(text, start, start).end


def parse_call(
    source: Source, start: int = 0, names: frozenset[str] | None = None, nesting: int = DEFAULTS.nesting
) -> Call:
    """Return the call that begins at an offset: ``%%name(…)``, ``%%begin name(…)`` or ``%%begin name``.

    Args:
        source: the text that it stands in; a directive's holds nothing else.
        start: where in it.
        names: of the parameters of the template that it stands in, if it stands in one.
        nesting: how deep calls may stand in each other's arguments.

    Raises:
        Unclosed: a blank line, or the end of the text, comes before its closing parenthesis.
        Fault: PM407 for calls that nest deeper.
    """
    text = source.text
    head = _HEAD.match(text, start)
    if head is None:
        raise ValueError(f"no call: {text[start : start + 40]!r}")
    if head.end() == len(text):
        return Call(start, start + len(head[0].rstrip()), head[2], source, head.start(2), (), head[1] is not None)
    extent = _scan(text, start, head.end())
    if extent.depth > nesting:
        raise Fault("PM407", f"calls nest deeper than {nesting} levels").at(Span(source, start, extent.end))
    call = with_room(_FRAMES * (extent.depth + 1), lambda: _read_call(source, extent, names))
    return call.replace(has_body=True) if head[1] else call


class _Extent:
    """Where a call and its arguments end. While it is read: what is open in it."""

    __slots__ = ("brackets", "commas", "depth", "end", "groups", "inner", "pairs", "parenthesis", "start")

    def __init__(self, start: int, parenthesis: int) -> None:
        self.start = start
        self.parenthesis = parenthesis
        self.commas: list[int] = []
        self.end = -1  # after its closing parenthesis
        self.inner: list[_Extent] = []
        self.depth = 0  # of calls in it
        self.brackets = [0]  # "[" that are open, in each "(" that is open; what is open in a "(" is dropped at its ")"
        self.groups: list[tuple[str, int]] = []  # how those that are open close, and where they open
        self.pairs: list[int] = []  # for each "\\{" that is open how many commas were before it

    def sign(self, sign: str, at: int) -> bool:
        """Take note of a sign that ends at an offset; return True if it is the closing parenthesis."""
        if sign == "{" or (not self.groups and sign in _GROUPS):
            self.groups.append((_GROUPS[sign], at - len(sign)))
        elif self.groups:
            self._end_group(sign)
        elif sign == ")" and len(self.brackets) == 1:
            return True
        elif sign == "(":
            self.brackets.append(0)
        elif sign == ")":
            self.brackets.pop()
        elif sign == "[":
            self.brackets[-1] += 1
        elif sign == "]":
            self.brackets[-1] -= self.brackets[-1] > 0
        elif sign == r"\{":
            self.pairs.append(len(self.commas))
        elif sign == r"\}" and self.pairs:
            del self.commas[self.pairs.pop() :]
        return False

    def _end_group(self, sign: str) -> None:
        """A brace closes the innermost brace and what is open in it; other signs close only what is innermost."""
        if sign == "}":
            while self.groups and self.groups.pop()[0] != "}":
                pass
        elif sign == self.groups[-1][0]:
            self.groups.pop()

    @property
    def parts(self) -> bool:
        """Whether a comma here parts arguments."""
        return not self.groups and self.brackets == [0]

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each argument."""
        begin = self.parenthesis + 1
        for end in (*self.commas, self.end - 1):
            yield begin, end
            begin = end + 1


def _scan(text: str, start: int, parenthesis: int) -> _Extent:
    outer = call = _Extent(start, parenthesis)
    begin = parenthesis + 1
    if simple := _SIMPLE.match(text, begin):
        call.end = simple.end() + 1
        call.commas = [at for at in range(begin, simple.end()) if text[at] == ","] if "," in simple[0] else []
        return call
    around: list[_Extent] = []
    quotes: list[int] = []  # double ones that open an argument, and are never closed
    at = _skip_quotes(text, begin, quotes)
    while sign := _SIGN.search(text, at):
        at = sign.end()
        kind = sign[0]
        if kind[0] == "\n":
            raise _unclosed([*around, call], quotes, sign.start())
        if kind[0] == "%":
            around.append(call)
            call = _Extent(sign.start(), at - 1)
            at = _skip_quotes(text, at, quotes)
        elif kind == ",":
            if call.parts:
                call.commas.append(at - 1)
                at = at if call.pairs else _skip_quotes(text, at, quotes)
        elif call.sign(kind, at):
            call.end = at
            if not around:
                return outer
            inner, call = call, around.pop()
            call.inner.append(inner)
            call.depth = max(call.depth, inner.depth + 1)
    raise _unclosed([*around, call], quotes, len(text))


def _unclosed(calls: Sequence[_Extent], quotes: Sequence[int], stop: int) -> Unclosed:
    """Return the fault of a call that does not close: at what is open in its arguments, if anything is."""
    if quotes:
        return Unclosed("PM112", "the quote is never closed", quotes[0], stop)
    for call in calls:
        if call.groups:
            closer, at = call.groups[0]
            return Unclosed("PM103", f"nothing in the call's arguments closes this: `{closer}` is missing", at, stop)
    return Unclosed("PM103", "the call's parenthesis is never closed", calls[0].parenthesis, stop)


def _skip_quotes(text: str, begin: int, unclosed: list[int]) -> int:
    """Return where to look for signs from, in the argument that begins here: after its quotes, if it is in quotes."""
    key = _KEY.match(text, begin)
    if key is None or text[key.end() : key.end() + 1] not in ('"', "'"):
        return begin
    quoted = _QUOTED.match(text, key.end())
    if quoted is None and text[key.end()] == '"':  # an apostrophe may begin a word
        unclosed.append(key.end())
    elif quoted and _AFTER.match(text, quoted.end()):
        return quoted.end()
    return begin


def _read_call(source: Source, extent: _Extent, names: frozenset[str] | None) -> Call:
    """Return the call that has this extent; its inner calls are read with it."""
    inner = [_read_call(source, each, names) for each in extent.inner]
    arguments = []
    at = 0
    for begin, end in extent.pieces():
        first = at
        while at < len(inner) and inner[at].start < end:
            at += 1
        arguments.append(_argument(source, begin, end, inner[first:at], names))
    if len(arguments) == 1 and arguments[0].start == arguments[0].end:
        arguments = []
    head = _HEAD.match(source.text, extent.start)
    assert head
    return Call(extent.start, extent.end, head[2], source, head.start(2), tuple(arguments), False, extent.depth)


def _argument(source: Source, begin: int, end: int, calls: Sequence[Call], names: frozenset[str] | None) -> Argument:
    piece = source.text[begin:end]
    raw = piece.strip(_SPACES)
    begin += len(piece) - len(piece.lstrip(_SPACES)) if raw else 0
    end = begin + len(raw)
    text = _written(source.text, begin, end, calls, names)
    key = _KEY.match(raw) if "=" in raw else None
    if key is None or key[1] is None:
        return Argument(text, source, begin, end)
    value = _written(source.text, begin + key.end(), end, calls, names)
    return Argument(text, source, begin, end, key[1].replace("-", "_"), value)


def _written(text: str, begin: int, end: int, calls: Sequence[Call], names: frozenset[str] | None) -> Written:
    """Return what an argument's trimmed text stands for: without its quotes, with calls and parameters in place."""
    quoted = _QUOTED.fullmatch(text, begin, end) if text[begin : begin + 1] in ('"', "'") and begin < end else None
    quote = text[begin] if quoted else ""
    if quoted:
        begin, end, calls = begin + 1, end - 1, ()
    if not calls and names is None:
        return _unescaped(text[begin:end], quote)
    parts: list[Literal | Scalar | Call] = []
    at = begin
    for call in calls:
        parts += _texts(text, at, call.start, quote, names)
        parts.append(call)
        at = call.end
    parts += _texts(text, at, end, quote, names)
    if len(parts) == 1:
        return parts[0]
    return Interpolated(begin, end, tuple(parts)) if parts else Literal(begin, end, "")


def _texts(text: str, begin: int, end: int, quote: str, names: frozenset[str] | None) -> Iterator[Literal | Scalar]:
    """Yield the parts of a text without calls."""
    known = names or frozenset()
    for found in VARIABLE.finditer(text, begin, end) if known else ():
        if (name := found[1] or found[2]) in known:
            if begin < found.start():
                yield Literal(begin, found.start(), _unescaped(text[begin : found.start()], quote))
            yield Scalar(found.start(), found.end(), name, UNRESOLVED)
            begin = found.end()
    if begin < end:
        yield Literal(begin, end, _unescaped(text[begin:end], quote))


def _unescaped(text: str, quote: str) -> str:
    """Return what is written in quotes: a backslash before that same quote mark gives the mark."""
    if not quote or "\\" not in text:
        return text
    return re.sub(rf"\\(\\)|\\({quote})", lambda found: found[2] or found[0], text)
