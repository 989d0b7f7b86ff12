"""The text of a call: where it ends, and what its arguments are.

Arguments are text of the document, never code. One pass of one regular expression serves both jobs,
so that they can't disagree, and takes time linear in the length of the text.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Record, Source, Span, Unclosed, grammar, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .macros import Macro, NativeMacro


# A blank line, a backslash with what it stands before, or a sign that may nest, end or part arguments.
_SIGN = pattern(r"\\[^\n]|[()\[\]{},]|\n[ \t\r]*(?=\n)")
_BLANK = r"(?:[ \t\r]|\n(?![ \t\r]*\n))*"  # spaces that go on to the next line, but over no blank line
_SIMPLE = pattern(r"[^\\()\[\]{}\"'\n]*(?=\))")  # arguments that hold nothing to look out for
_KEY = pattern(rf"{_BLANK}(?:({grammar.NAME}){_BLANK}=(?!=){_BLANK})?")
_INSIDE = r"[^{0}\\\n]*(?:(?:\\(?:[^\n]|(?=\n))|\n(?![ \t\r]*\n))[^{0}\\\n]*)*"  # of quotes
_QUOTED = pattern(f'"({_INSIDE.format(chr(34))})"' + f"|'({_INSIDE.format(chr(39))})'")
_AFTER = pattern(rf"{_BLANK}(?=[,)])")
_ESCAPE = pattern(r"\\([^\n])")
_HEAD = pattern(rf"%%(?:(begin)[ \t]+)?({grammar.NAME})[ \t]*(?=\(|\Z)")
_SPACES = " \t\r\n"


class Argument:
    """One argument, read in both ways: as text, and, where it has the form ``name=value``, as a named one.

    Only the macro tells which reading holds: the second does if it has a parameter of that name. Never changed once it
    is made; no record, because there are more of them than of anything else.
    """

    __slots__ = ("end", "name", "source", "start", "text", "value")

    def __init__(
        self, text: str, source: Source, start: int, end: int, name: str | None = None, value: str | None = None
    ) -> None:
        self.text = text
        self.source = source
        self.start = start  # of the argument, without the spaces around it
        self.end = end
        self.name = name
        self.value = value

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)


class Call(Record):
    """A call as it stands in the document."""

    name: str
    source: Source
    name_start: int
    end: int  # after its parenthesis, or its name where it has none
    arguments: tuple[Argument, ...] = ()
    has_body: bool = False  # it is a %%begin, whose body the document holds
    macro: Macro | NativeMacro | None = None  # that it is bound to by the check before anything runs
    values: list[Any] | None = None  # of the macro's parameters: what `bind` returned

    @property
    def span(self) -> Span:
        return Span(self.source, 0, self.end)

    @property
    def name_span(self) -> Span:
        return Span(self.source, self.name_start, self.name_start + len(self.name))

    def resolve(self, macro: Macro | NativeMacro, values: list[Any]) -> None:
        """Note the macro that the call is bound to, and the values of its parameters."""
        self._setters[-2](self, macro)
        self._setters[-1](self, values)

    def with_arguments(self, arguments: tuple[Argument, ...]) -> Call:
        """Return the call as if it had other arguments, not bound to a macro."""
        return Call(self.name, self.source, self.name_start, self.end, arguments, self.has_body)


def scan_call(text: str, start: int) -> int:
    """Return the offset just after the parenthesis that closes the one at ``start``.

    Raises:
        Unclosed: a blank line, or the end of the text, comes first.
    """
    if simple := _SIMPLE.match(text, start + 1):
        return simple.end() + 1
    end = start
    for _, end in _pieces(text, start):  # noqa: B007  # of the last one
        pass
    return end + 1


def parse_call(source: Source) -> Call:
    """Return the call that a directive's whole text is: ``%%name(…)``, ``%%begin name(…)`` or ``%%begin name``."""
    text = source.text
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"no call: {text[:40]!r}")
    arguments: tuple[Argument, ...] = ()
    end = len(head[0].rstrip())
    if head.end() < len(text):
        pieces = list(_pieces(text, head.end()))
        end = pieces[-1][1] + 1
        arguments = tuple(_argument(source, *piece) for piece in pieces)
        if len(arguments) == 1 and arguments[0].start == arguments[0].end:
            arguments = ()
    return Call(head[2], source, head.start(2), end, arguments, head[1] is not None, None, None)


def _pieces(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each argument of the call whose ``(`` is at ``start``; the last ends at its ``)``."""
    begin = start + 1
    if simple := _SIMPLE.match(text, begin):
        while (comma := text.find(",", begin, simple.end())) >= 0:
            yield begin, comma
            begin = comma + 1
        yield begin, simple.end()
        return
    # For every open "(" the open "{" in it, each with the number of open "[" in that. A bracket closes
    # inside its braces alone, braces inside their parentheses alone: what is left open there is dropped.
    nest = [[0]]
    at = _skip_quotes(text, begin)
    while sign := _SIGN.search(text, at):
        at = sign.end()
        kind = sign[0]
        if kind == "," and len(nest) == 1 and nest[0] == [0]:
            yield begin, at - 1
            begin = at
            at = _skip_quotes(text, begin)
        elif kind == ")" and len(nest) == 1:
            yield begin, at - 1
            return
        elif kind[0] == "\n":
            raise _unclosed(start, sign.start())
        else:
            _track(nest, kind)
    raise _unclosed(start, len(text))


def _unclosed(start: int, stop: int) -> Unclosed:
    return Unclosed("PM103", "the call's parenthesis is never closed", start, stop)


def _track(nest: list[list[int]], sign: str) -> None:
    inner = nest[-1]
    if sign == "(":
        nest.append([0])
    elif sign == ")":
        nest.pop()
    elif sign == "{":
        inner.append(0)
    elif sign == "}" and len(inner) > 1:
        inner.pop()
    elif sign == "[":
        inner[-1] += 1
    elif sign == "]" and inner[-1]:
        inner[-1] -= 1


def _skip_quotes(text: str, begin: int) -> int:
    """Return where to look for signs from, in the argument that begins here: after its quotes, if it is in quotes."""
    key = _KEY.match(text, begin)
    quoted = _QUOTED.match(text, key.end()) if key else None
    if quoted and _AFTER.match(text, quoted.end()):
        return quoted.end()
    return begin


def _argument(source: Source, begin: int, end: int) -> Argument:
    piece = source.text[begin:end]
    raw = piece.strip(_SPACES)
    begin += len(piece) - len(piece.lstrip(_SPACES)) if raw else 0
    end = begin + len(raw)
    key = _KEY.match(raw) if "=" in raw else None
    if key is None or key[1] is None:
        return Argument(_plain(raw), source, begin, end)
    return Argument(_plain(raw), source, begin, end, key[1], _plain(raw[key.end() :]))


def _plain(raw: str) -> str:
    """Return what an argument's trimmed text stands for: without quotes and escapes."""
    if not raw:
        return raw
    if raw[0] in "\"'" and (quoted := _QUOTED.fullmatch(raw)):
        return re.sub(rf"\\(\\)|\\({raw[0]})", _unquote, quoted[0][1:-1])
    return _ESCAPE.sub(_unescape, raw) if "\\" in raw else raw


def _unquote(match: re.Match[str]) -> str:
    return match[2] or match[0]


def _unescape(match: re.Match[str]) -> str:
    return match[1] if match[1] in ",()" else match[0]
