"""The author's text between each ``%%begin`` and its ``%%end``, for macros that ask for it."""

from __future__ import annotations

from functools import partial

from ...base import TYPE_CHECKING
from ..source import BEGIN, END, Directive, name_of
from ..source.containers import margins_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..source import Manuscript

_MOST = 8  # times the length of the whole text: bodies in bodies are kept several times
_ANYWAY = 1 << 20  # characters that are kept in any case


def with_bodies(directives: Mapping[str, Directive], manuscript: Manuscript) -> dict[str, Directive]:
    """Return directives, by their keys in the order of the text, with the bodies of those that begin one.

    The text of a body is made when a macro asks for it: all of them together may be much longer than the document.
    """
    found = dict(directives)
    room = _MOST * len(manuscript.text) + _ANYWAY
    opened: list[tuple[str, Directive]] = []
    for key, directive in directives.items():
        if directive.kind == BEGIN:
            opened.append((key, directive))
        elif directive.kind == END and any(name_of(begin) == name_of(directive) for _, begin in opened[-1:]):
            outer, begin = opened.pop()
            length = directive.start - begin.end
            if length <= room:
                room -= length
                found[outer] = begin.replace(body=partial(_body, begin, directive, manuscript))
    return found


def _body(begin: Directive, end: Directive, manuscript: Manuscript) -> str:
    text = manuscript.text
    first = text.find("\n", begin.end) + 1
    last = text.rfind("\n", first, end.start) + 1
    lines = text[first:last].replace("\r\n", "\n").split("\n")[:-1] if first < last else []
    if begin.containers:
        lines = [line[margins_width(line, begin.containers, manuscript.tab_stop) :] for line in lines]
    return "\n".join(lines)
