"""The text of templates: the calls, the parameters and the plain text that it is made of.

It is TeX: a call counts where TeX would read the text, not in comments, ``\\verb`` and verbatim environments, and what
looks like the call of a macro that does not exist is a comment. So it is read when all macros are known.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Diagnostic, Fault, Record, Span, Unclosed, pattern, tex
from ...base.grammar import NAME
from .calls import VARIABLE, parse_call
from .macros import Template
from .nodes import UNRESOLVED, Call, Literal, Scalar

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from ...base import Source

_EVENT = pattern(
    rf"(?P<begin>{tex.BEGIN}\{{(?P<name>{tex.VERBATIM_NAME})\}})|{tex.VERBATIM_COMMAND}|\\[^\n]"
    rf"|(?<![%\\])%%(?P<call>{NAME})\(|(?P<comment>%)"
)


class Text(Record):
    """What the text of a template is made of."""

    parts: tuple[Literal | Scalar | Call, ...]
    depth: int  # how deep calls nest
    others: tuple[Scalar, ...]  # look like parameters, but are text
    comments: tuple[tuple[int, int], ...]  # percent signs and names that look like calls: where they start and end
    faults: tuple[Diagnostic, ...]


def trimmed(text: str, start: int, end: int, nesting: int) -> Template:
    """Return the template that ``text[start:end]`` is, what is between the head and ``=end``.

    Spaces around a text on the opening line are left out, and the line breaks next to the head and ``=end``.
    """
    head = re.compile(r"[ \t\r]*\n?").match(text, start, end)
    start = head.end() if head else start
    if "\n" not in text[start:end]:
        return Template(start, start + len(text[start:end].rstrip(" \t\r")), nesting)
    end = end - 1 - (text[end - 2] == "\r") if text[end - 1] == "\n" else end
    return Template(start, end, nesting)


def read_template(source: Source, template: Template, names: frozenset[str], macros: Container[str]) -> Text:
    """Return what the text of a template is made of.

    Args:
        source: the text of its definition.
        template: where it stands there.
        names: of its parameters.
        macros: the names of all macros.
    """
    text = source.text
    calls: list[Call] = []
    comments: list[tuple[int, int]] = []
    faults: list[Diagnostic] = []
    at = template.start
    while found := _EVENT.search(text, at, template.end):
        at = found.end()
        if found["begin"]:
            closing = re.compile(rf"{tex.END}\{{{re.escape(found['name'])}\}}").search(text, at, template.end)
            at = closing.end() if closing else template.end
        elif found["comment"]:
            at = _line_end(text, at)
        elif found["call"] and found["call"] not in macros:
            comments.append((found.start(), at - 1))
            at = _line_end(text, at)
        elif found["call"]:
            try:
                calls.append(_call(source, found, names, template))
                at = calls[-1].end
            except Unclosed as fault:
                faults.append(fault.at(Span(source, fault.offset, fault.offset + 1)).diagnostic)
                at = fault.stop  # nothing before it closes
            except Fault as fault:
                faults.append(fault.diagnostic)
                at = template.end
    parts: list[Literal | Scalar | Call] = []
    others: list[Scalar] = []
    at = template.start
    for call in calls:
        parts += _texts(text, at, call.start, names, others)
        parts.append(call)
        at = call.end
    parts += _texts(text, at, template.end, names, others)
    depth = max((each.depth + 1 for each in calls), default=0)
    return Text(tuple(parts), depth, tuple(others), tuple(comments), tuple(faults))


def _call(source: Source, found: re.Match[str], names: frozenset[str], template: Template) -> Call:
    call = parse_call(source, found.start(), names, template.nesting)
    if call.end > template.end:
        raise Unclosed("PM103", "the call's parenthesis is never closed", found.end() - 1, template.end)
    return call


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _texts(text: str, at: int, end: int, names: frozenset[str], others: list[Scalar]) -> Iterator[Literal | Scalar]:
    for found in VARIABLE.finditer(text, at, end):
        variable = Scalar(found.start(), found.end(), found[1] or found[2], UNRESOLVED)
        if variable.name not in names:
            others.append(variable)
            continue
        if at < found.start():
            yield Literal(at, found.start(), text[at : found.start()])
        yield variable
        at = found.end()
    if at < end:
        yield Literal(at, end, text[at:end])
