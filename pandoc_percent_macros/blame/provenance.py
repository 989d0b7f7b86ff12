"""Where each character of a call's result was written: in its arguments, or in a string of some macro's body.

A string is evaluated again with each of its characters replaced by one of its own, from Unicode's private planes.
Where these come out, and the result is otherwise the same, nothing is left to guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .. import settings
from ..base import Fault, Span
from ..document.expansion import Processed
from ..language.check import Program
from ..language.syntax import Call, Literal, Macro, MacroCall, NativeMacro, Node, Parameter
from ..language.syntax.texts import texts_in, with_text
from ..language.values import Markdown, Raw, Result, Text, every
from ..latex import Unbalanced, culprit, unbalanced

_OTHER = "."  # stands for what another macro, or an argument, wrote
FIRST = 0xF0000  # of a plane for private use
PLANE = 0xFFFE
_FIELD = re.compile(r"%[^A-Za-z%]*[A-Za-z%]")  # of sprintf
_ESCAPE = re.compile(r"\\(?:x\{[^}]*\}|x[0-9a-fA-F]{1,2}|0[0-7]{0,2}|.)", re.DOTALL)


@dataclass(frozen=True)
class WrittenAt:
    """Where something was written."""

    span: Span
    macro: Macro | None = None  # whose body it is; None: it came with an argument of the document's call
    literal: Literal | None = None  # the string of that body


@dataclass(frozen=True)
class _Planted:
    """Where the characters of one argument come out in a call's result."""

    span: Span  # where the argument is written
    text: str
    places: dict[int, int]  # offsets in the result of its characters, with their offsets in it


def result_text(result: Result) -> str:
    """Return the text of all pieces of a result."""
    return "".join(piece.text for piece in every(result.pieces) if isinstance(piece, (Raw, Text, Markdown)))


class Provenance:
    """Where the result of one call of the document comes from."""

    def __init__(self, processed: Processed, call: Call) -> None:
        self._processed = processed
        self._call = call
        self.text = self._evaluated(processed.program, call) or ""
        self._reachable = [macro for macro in reachable(processed.program, call.name) if isinstance(macro, Macro)]

    def of(self, start: int, end: int) -> WrittenAt | None:
        """Return where ``text[start:end]`` was written, None when that can't be told."""
        for at in (start, end - 1, *range(start + 1, end - 1)):
            written = self.in_arguments(at, end - start) or self._in_bodies(at, end - start)
            if written:
                return written
        return None

    def unbalanced_argument(self) -> Span | None:
        """Return the first argument in which something is open or closed alone."""
        return next((span for span, text in texts_in(self._call) if unbalanced(text)), None)

    def argument_near(self, at: int, reach: int, *, after: bool) -> Span | None:
        """Return where the text of an argument was written that comes out nearest to a place of the result.

        Args:
            at: the offset of the place.
            reach: how many characters before it to look at.
            after: whether to look as far after it too.
        """
        near = [*range(at, max(-1, at - reach - 1), -1)]
        near += range(at + 1, min(len(self.text), at + reach)) if after else ()
        found = (self.in_arguments(each, 1) for each in near)
        return next((each.span for each in found if each), None)

    def uses(self, written: WrittenAt) -> bool:
        """Whether the result holds something of a string of some macro's body."""
        if written.macro is None or written.literal is None or written.macro not in self._reachable:
            return False
        planted = self._with_planted(written.macro, written.literal, private(str(written.literal.value), FIRST))
        return planted is not None and any(FIRST <= ord(each) < FIRST + PLANE for each in planted)

    def _evaluated(self, program: Program, call: Call) -> str | None:
        session = self._processed.session(self._call, settings.limits(), program=program)
        try:
            return result_text(session.expand(call, self._processed.body(self._call)))
        except Fault:
            return None  # the changed text does not do for a number, a length, …

    def _places(self, text: str, planted: str | None, first: int) -> dict[int, int]:
        """Return the offsets in the result at which the characters of a text came out, with the offsets in it."""
        if planted is None or len(planted) != len(self.text):
            return {}
        places = {at: ord(each) - first for at, each in enumerate(planted) if 0 <= ord(each) - first < len(text)}
        restored = "".join(text[places[at]] if at in places else each for at, each in enumerate(planted))
        return places if restored == self.text else {}

    def in_arguments(self, at: int, length: int) -> WrittenAt | None:
        """Return where a character of the result was written, if it came with an argument."""
        for planted in self._planted_arguments:
            if at in planted.places:
                span = planted.span
                start = span.start + place_in(span.source.text, span.start, span.end, planted.text, planted.places[at])
                return WrittenAt(Span(span.source, start, min(start + length, span.end)))
        return None

    @cached_property
    def _planted_arguments(self) -> list[_Planted]:
        """The arguments with all of their characters replaced, and with those of their words and numbers."""
        found: list[_Planted] = []
        for number, (span, text) in enumerate(texts_in(self._call)):
            for change in (private, private_words):
                changed = with_text(self._call, number, change(text, FIRST))
                if places := self._places(text, self._evaluated(self._processed.program, changed), FIRST):
                    found.append(_Planted(span, text, places))
        return found

    @cached_property
    def _bodies(self) -> dict[int, tuple[Macro, Literal, int]]:
        """The characters of the result that came from macros' bodies: by offset, the string and the offset in that."""
        found: dict[int, tuple[Macro, Literal, int]] = {}
        for macro in self._reachable:
            for literal in literals(macro):
                value = str(literal.value)
                for change in (private, private_but_fields, private_words):
                    planted = self._with_planted(macro, literal, change(value, FIRST))
                    places = self._places(value, planted, FIRST)
                    if places:
                        found |= {at: (macro, literal, index) for at, index in places.items() if at not in found}
                        break
        return found

    def _in_bodies(self, at: int, length: int) -> WrittenAt | None:
        if at not in self._bodies:
            return None
        macro, literal, index = self._bodies[at]
        start = literal.start + place_in(macro.source.text, literal.start, literal.end, str(literal.value), index)
        return WrittenAt(Span(macro.source, start, min(start + length, literal.end)), macro, literal)

    def unbalanced_bodies(self) -> list[WrittenAt]:
        """Return where macros leave something open, or close it alone, in what they write themselves: a place each."""
        found: list[Unbalanced] = []
        for macro in self._reachable:
            own = (
                sign if sign == "\n" or (at in self._bodies and self._bodies[at][0] is macro) else _OTHER
                for at, sign in enumerate(self.text)
            )
            if lone := culprit(unbalanced("".join(own))):
                found.append(lone)
        return [written for each in found if (written := self.of(each.start, each.end))]

    def _with_planted(self, macro: Macro, literal: Literal, text: str) -> str | None:
        program = self._processed.program
        changed = replaced(macro, literal, Literal(literal.start, literal.end, text))
        other = Program({**program.macros, macro.name: changed}, program.checked, program.faulty)
        return self._evaluated(other, self._call)

    def way_to(self, macro: Macro) -> list[tuple[Span, str]]:
        """Return the calls that lead from the document to a macro, innermost first, each with the name called."""
        ways: list[tuple[str, list[tuple[Span, str]]]] = [(self._call.name, [(self._call.span, self._call.name)])]
        seen = {self._call.name}
        while ways:
            name, way = ways.pop(0)
            if name == macro.name:
                return way
            caller = self._processed.program.macros.get(name)
            if not isinstance(caller, Macro):
                continue
            for node in nodes(caller):
                if isinstance(node, (Call, MacroCall)) and node.name not in seen:
                    seen.add(node.name)
                    ways.append((node.name, [(Span(caller.source, node.start, node.end), node.name), *way]))
        return [(self._call.span, self._call.name)]


def place_in(source: str, start: int, end: int, value: str, index: int) -> int:
    """Return how far after ``start`` the character number ``index`` of a literal's value is written."""
    at = start
    for number, sign in enumerate(value):
        while at < end and source[at] != sign and source[at] != "\\":
            at += 1
        if number == index:
            break
        escape = _ESCAPE.match(source, at, end)
        plain = escape is None or (source[at] == sign and source[at + 1 : at + 2] == value[number + 1 : number + 2])
        at = at + 1 if plain or escape is None else escape.end()
    return min(at, end - 1) - start


def private(text: str, first: int) -> str:
    """Return a text with each character replaced by one of its own, from ``first`` on, if there are enough."""
    return "".join(chr(first + at) for at in range(len(text))) if len(text) < PLANE else text


def private_words(text: str, first: int) -> str:
    """Do so with letters and digits alone."""
    return "".join(new if old.isalnum() else old for old, new in zip(text, private(text, first), strict=True))


def private_but_fields(text: str, first: int) -> str:
    """Do so, except for the fields of ``sprintf``."""
    new = list(private(text, first))
    for field in _FIELD.finditer(text):
        new[field.start() : field.end()] = field[0]
    return "".join(new)


def reachable(program: Program, name: str) -> list[Macro | NativeMacro]:
    """Return the macros that a call of one may call, it first."""
    names = [name]
    for each in names:  # it grows meanwhile
        checked = program.checked.get(each)
        called = dict.fromkeys(callee for callee, _ in checked.calls) if checked else ()
        names += [callee for callee in called if callee not in names]
    return [program.macros[each] for each in names if each in program.macros]


def nodes(value: object) -> Iterator[Node]:
    """Yield all nodes of a macro, or of a part of one."""
    if isinstance(value, tuple):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, Macro):
        yield from nodes((value.body, tuple(each.default for each in value.parameters)))
    elif isinstance(value, Node):
        yield value
        for name in value.__match_args__:
            yield from nodes(getattr(value, name))


def literals(macro: Macro) -> Iterator[Literal]:
    """Return the strings of a macro."""
    return (node for node in nodes(macro) if isinstance(node, Literal) and isinstance(node.value, str))


def replaced(value: object, old: Node, new: Node) -> Any:
    """Return a part of a macro with one node replaced."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(replaced(each, old, new) for each in value)
    if isinstance(value, (Macro, Parameter, Node)):
        return type(value)(*(replaced(getattr(value, name), old, new) for name in value.__match_args__))
    return value
