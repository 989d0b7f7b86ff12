"""The text of templates: the calls, the parameters and the plain text that it is made of.

That of a ``%%template`` is TeX: a call counts where TeX would read the text, not in comments, ``\\verb`` and verbatim
environments, and what looks like the call of a macro that does not exist is a comment. So it is read when all macros
are known. That of a ``%%markdown`` is Markdown: a call counts outside of code.
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
_MARKDOWN_EVENT = pattern(rf"\\[^\n]|(?P<code>`+|~~~+)|(?<![%\\])%%(?P<call>{NAME})\(")


class Text(Record):
    """What the text of a template is made of."""

    parts: tuple[Literal | Scalar | Call, ...]
    depth: int  # how deep calls nest
    others: tuple[Scalar, ...]  # look like parameters, but are text
    doubtful: tuple[Scalar, ...]  # parameters in what looks like mathematics
    comments: tuple[tuple[int, int], ...]  # percent signs and names that look like calls: where they start and end
    faults: tuple[Diagnostic, ...]


def trimmed(text: str, start: int, end: int, nesting: int, *, markdown: bool) -> Template:
    """Return the template that ``text[start:end]`` is, what is between the head and ``=end``.

    Spaces around a text on the opening line are left out, and the line breaks next to the head and ``=end``.
    """
    head = re.compile(r"[ \t\r]*\n?").match(text, start, end)
    start = head.end() if head else start
    if "\n" not in text[start:end]:
        return Template(start, start + len(text[start:end].rstrip(" \t\r")), nesting, markdown)
    end = end - 1 - (text[end - 2] == "\r") if text[end - 1] == "\n" else end
    return Template(start, end, nesting, markdown)


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
    unclosed: set[str] = set()  # what would close code, and does not occur any more
    event = _MARKDOWN_EVENT if template.markdown else _EVENT
    at = template.start
    while found := event.search(text, at, template.end):
        at = found.end()
        if template.markdown and not found["call"]:
            at = _code_end(text, found["code"], at, template.end, unclosed) if found["code"] else at
        elif template.markdown:
            at = _read_call(source, found, names, template, calls, faults)
        elif found["begin"]:
            closing = re.compile(rf"{tex.END}\{{{re.escape(found['name'])}\}}").search(text, at, template.end)
            at = closing.end() if closing else template.end
        elif found["comment"]:
            at = _line_end(text, at)
        elif found["call"] and found["call"] not in macros:
            comments.append((found.start(), at - 1))
            at = _line_end(text, at)
        elif found["call"]:
            at = _read_call(source, found, names, template, calls, faults)
    parts: list[Literal | Scalar | Call] = []
    others: list[Scalar] = []
    at = template.start
    for call in calls:
        parts += _texts(text, at, call.start, names, others)
        parts.append(call)
        at = call.end
    parts += _texts(text, at, template.end, names, others)
    depth = max((each.depth + 1 for each in calls), default=0)
    doubtful = [part for part in parts if isinstance(part, Scalar) and _seems_mathematics(text, part, names)]
    return Text(tuple(parts), depth, tuple(others), tuple(doubtful), tuple(comments), tuple(faults))


def _read_call(
    source: Source,
    found: re.Match[str],
    names: frozenset[str],
    template: Template,
    calls: list[Call],
    faults: list[Diagnostic],
) -> int:
    """Read the call that begins here, or what is wrong with it; return where to go on."""
    try:
        calls.append(_call(source, found, names, template))
        return calls[-1].end
    except Unclosed as fault:
        faults.append(fault.at(Span(source, fault.offset, fault.offset + 1)).diagnostic)
        return fault.stop  # nothing before it closes
    except Fault as fault:
        faults.append(fault.diagnostic)
        return template.end


def _code_end(text: str, fence: str, at: int, end: int, unclosed: set[str]) -> int:
    """Return where the code ends that signs open; right after them if nothing closes it."""
    if fence in unclosed:
        return at
    closing = re.compile(rf"(?<!{fence[0]}){fence}(?!{fence[0]})").search(text, at, end)
    if closing is None:
        unclosed.add(fence)
        return at
    return closing.end()


def _seems_mathematics(text: str, variable: Scalar, names: frozenset[str]) -> bool:
    """Whether ``$x$`` or ``$x^`` is written, where mathematics may be meant."""
    if text[variable.start + 1] == "{":
        return False
    after = text[variable.end : variable.end + 1]
    if after != "$":
        return after == "^"
    following = VARIABLE.match(text, variable.end)
    return following is None or (following[1] or following[2]) not in names


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
