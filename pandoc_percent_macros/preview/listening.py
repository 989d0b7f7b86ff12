"""What a build tells of itself, kept as data for a page to show."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from ..base import Diagnostic, Span
from ..build.progress import Progress
from ..report.forms import region

_MOST = 50  # diagnostics that are shown
_WIDEST = 400  # characters of a line
_HEAD = re.compile(
    r"(?P<place>\S.*?:\d+:\d+|percent-macros): (?P<severity>error|warning)\[(?P<code>PM\d+)\]: (?P<message>.*)"
)
_HINT = re.compile(r"   hint: (.*)")
_CALL = re.compile(r"   (.*) at (.*:\d+:\d+)$")
_EXCERPT = re.compile(r" *\d+ \| (.*)")
_CARET = re.compile(r" +\| ( *)(\^+)")


class Listening(Progress):
    """Hands on how far a build is, and keeps what it says."""

    def __init__(self, told: Callable[[str, int, int | None], None]) -> None:
        """Listen; ``told`` gets the phase, the page that is done, and how many there will be, if that is known."""
        self._told = told
        self._phase: tuple[str, int | None] = ("", None)
        self.clear()

    def clear(self) -> None:
        """Forget what was said."""
        self.diagnostics: list[Diagnostic] = []
        self.by_filter: list[dict[str, Any]] = []  # diagnostics that the filter, in its process, has written
        self.said = ""  # all else: warnings of pandoc's and LaTeX's

    def phase(self, name: str, pages: int | None = None) -> None:
        self._phase = (name, pages)
        self._told(name, 0, pages)

    def page(self, number: int) -> None:
        self._told(self._phase[0], number, self._phase[1])

    def show(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics += diagnostics

    def say(self, text: str) -> None:
        found, rest = _parted(text)
        self.by_filter += found
        self.said += rest


def as_data(diagnostics: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """Return diagnostics as a page shows them: what is wrong, where, and the line with what is marked in it."""
    return [
        {
            "code": each.code,
            "severity": each.severity,
            "message": each.message,
            "hints": list(each.hints),
            "place": place_of(each.span),
            "excerpt": _excerpt(each.mark or each.span),
            "trace": [{"place": place_of(span), "what": what} for span, what in each.trace],
        }
        for each in diagnostics[:_MOST]
    ]


def _parted(text: str) -> tuple[list[dict[str, Any]], str]:
    """Return the diagnostics in a text that are written as ``report.terminal`` writes them, and the rest of it."""
    found: list[dict[str, Any]] = []
    rest: list[str] = []
    for line in text.splitlines(keepends=True):
        if head := _HEAD.match(line):
            place = _placed(head["place"])
            found.append({**head.groupdict(), "place": place, "hints": [], "excerpt": None, "trace": []})
        elif not (found and _adds(found[-1], line)):
            rest.append(line)
    return found, "".join(rest)


def _adds(diagnostic: dict[str, Any], line: str) -> bool:
    """Add what a line tells to the diagnostic above it; return whether it tells something of that."""
    if hint := _HINT.match(line):
        diagnostic["hints"].append(hint[1])
    elif call := _CALL.match(line):
        diagnostic["trace"].append({"what": call[1], "place": _placed(call[2])})
    elif excerpt := _EXCERPT.match(line):
        diagnostic["excerpt"] = {"before": excerpt[1], "marked": "", "behind": ""}
    elif (caret := _CARET.match(line)) and diagnostic["excerpt"]:
        text, start, end = diagnostic["excerpt"]["before"], len(caret[1]), len(caret[1] + caret[2])
        diagnostic["excerpt"] = {"before": text[:start], "marked": text[start:end], "behind": text[end:]}
    else:
        return False
    return True


def _placed(text: str) -> dict[str, Any] | None:
    file, line, column = f"::{text}".rsplit(":", 2)
    known = line.isdecimal() and column.isdecimal()
    return {"file": file[2:], "line": int(line), "column": int(column)} if known else None


def place_of(span: Span | None) -> dict[str, Any] | None:
    """Return a place as data."""
    if span is None:
        return None
    where = region(span)
    return {"file": where.file, "line": where.line, "column": where.column}


def _excerpt(span: Span | None) -> dict[str, str] | None:
    """Return the line of a place: what is before the mark, what is marked, and what is behind it."""
    if span is None:
        return None
    line, column = span.source.position(span.start)
    text = span.source.line_at(span.start)
    at = column - 1 - span.source.skipped_at(line - span.source.line)
    marked = span.text.split("\n", 1)[0]
    start = max(0, at - _WIDEST)
    behind = text[at + len(marked) :]
    return {"before": text[start:at], "marked": marked[:_WIDEST], "behind": behind[:_WIDEST]}
