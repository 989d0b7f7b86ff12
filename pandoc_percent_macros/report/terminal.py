"""The full rendering of diagnostics for a terminal: the line, a caret under the place, hints below."""

import unicodedata
from collections.abc import Iterable

from ..base import Diagnostic, Span

SHOWN = 100  # diagnostics; the rest is counted
_TAB = 4
_AROUND = 80  # characters shown on either side of what is marked, on a long line
_WIDEST = 120  # characters marked


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the text that shows the diagnostics, each ending in a new line; "" for none."""
    every = list(diagnostics)
    shown = "".join(_one(each) for each in every[:SHOWN])
    if len(every) > SHOWN:
        shown += f"… and {len(every) - SHOWN} more\n"
    return shown


def _one(diagnostic: Diagnostic) -> str:
    place = f"{place_of(diagnostic.span)}: " if diagnostic.span else "percent-macros: "
    lines = [f"{place}{diagnostic.severity}[{diagnostic.code}]: {printable(diagnostic.message)}"]
    if diagnostic.span:
        lines += _excerpt(diagnostic.mark or diagnostic.span)
    for span, what in diagnostic.trace:
        lines.append(f"   {printable(what)} at {printable(str(span))}")
    lines += [f"   hint: {printable(hint)}" for hint in diagnostic.hints]
    return "\n".join(lines) + "\n"


def place_of(span: Span) -> str:
    """Return a place as ``FILE:LINE:COLUMN``, which no program that reads a log takes for a command."""
    shown = printable(str(span))
    return f"./{shown}" if shown.startswith(("::", "##")) else shown


def _excerpt(span: Span) -> list[str]:
    line, column = span.source.position(span.start)
    shown = span.source.line_at(span.start)
    marked = span.text.split("\n", 1)[0]
    at = column - 1 - span.source.skipped_at(line - span.source.line)
    start = max(0, at - _AROUND)
    before, after = shown[start:at], shown[at + len(marked) :]
    if start:
        before = "…" + before
    if len(marked) > _WIDEST:
        marked, after = marked[:_WIDEST] + "…", ""
    elif len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    caret = " " * _width(before) + "^" * max(1, _width(marked))
    return [f"{line:>5} | {_laid_out(before + marked + after)}", f"      | {caret}"]


def printable(text: str) -> str:
    """Return the text with control characters, which could drive a terminal, shown escaped."""
    return "".join(
        each if each.isprintable() or each == " " else each.encode("unicode_escape").decode("ascii") for each in text
    )


def _laid_out(text: str) -> str:
    return printable(text.replace("\t", " " * _TAB))


def _width(text: str) -> int:
    """Columns of a terminal that a text takes, laid out as `_laid_out` does."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in _laid_out(text)
    )
