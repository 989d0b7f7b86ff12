"""The text of a ``%%template``: ``$name`` and ``${name}`` of its parameters are replaced, all else is text."""

from __future__ import annotations

import re

from ...base.pattern import pattern
from .calls import NAME
from .nodes import Literal, Node, Scalar

_VARIABLE = pattern(rf"\$(?:({NAME})|\{{({NAME})\}})")


class Template(Node):
    """Text with holes."""

    parts: tuple[Literal | Scalar, ...]
    others: tuple[Scalar, ...]  # look like variables, but are text


def parse_template(text: str, start: int, end: int, names: frozenset[str]) -> Template:
    """Return the template that ``text[start:end]`` is, what is between the head and ``=end``."""
    start, end = _trimmed(text, start, end)
    parts: list[Literal | Scalar] = []
    others: list[Scalar] = []
    at = start
    for found in _VARIABLE.finditer(text, start, end):
        variable = Scalar(found.start(), found.end(), found[1] or found[2])
        if variable.name not in names:
            others.append(variable)
            continue
        if at < found.start():
            parts.append(Literal(at, found.start(), text[at : found.start()]))
        parts.append(variable)
        at = found.end()
    if at < end:
        parts.append(Literal(at, end, text[at:end]))
    return Template(start, end, tuple(parts), tuple(others))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out spaces around a text on the opening line, and the line breaks next to the head and ``=end``."""
    head = re.compile(r"[ \t\r]*\n?").match(text, start, end)
    start = head.end() if head else start
    if "\n" not in text[start:end]:
        return start, start + len(text[start:end].rstrip(" \t\r"))
    return start, end - 1 - (text[end - 2] == "\r") if text[end - 1] == "\n" else end
