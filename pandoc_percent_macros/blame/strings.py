"""The strings of macros' bodies, and macros with one of them replaced by characters that tell where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..language.check.linker import Program
from ..language.syntax.macros import Macro, Parameter
from ..language.syntax.nodes import Literal, Node

FIRST, SECOND = 0xF0000, 0x100000  # of two planes for private use
PLANE = 0xFFFE
_FIELD = re.compile(r"%[^A-Za-z%]*[A-Za-z%]")  # of sprintf
_ESCAPE = re.compile(r"\\(?:x\{[^}]*\}|x[0-9a-fA-F]{1,2}|0[0-7]{0,2}|.)", re.DOTALL)


def place_in(source: str, start: int, end: int, value: str, index: int) -> int:
    """Return how far behind ``start`` the character number ``index`` of a literal's value is written."""
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


def reachable(program: Program, name: str) -> list[Any]:
    """Return the macros that a call of one may call, it first."""
    names = [name]
    for each in names:  # it grows meanwhile
        checked = program.checked.get(each)
        called = dict.fromkeys(callee for callee, _ in checked.calls) if checked else ()
        names += [callee for callee in called if callee not in names]
    return [program.macros[each] for each in names if each in program.macros]


def nodes(value: Any) -> Iterator[Any]:
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


def replaced(value: Any, old: Any, new: Any) -> Any:
    """Return a part of a macro with one node replaced."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(replaced(each, old, new) for each in value)
    if isinstance(value, (Macro, Parameter, Node)):
        return type(value)(*(replaced(getattr(value, name), old, new) for name in value.__match_args__))
    return value
