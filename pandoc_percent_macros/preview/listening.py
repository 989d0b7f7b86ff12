"""What a build tells of itself, kept as data for a page to show."""

from collections.abc import Callable, Sequence
from typing import Any

from ..base import Diagnostic, Span
from ..build.progress import Progress
from ..report.forms import region

_MOST = 50  # diagnostics that are shown
_WIDEST = 400  # characters of a line


class Listening(Progress):
    """Hands on how far a build is, and keeps what it says."""

    def __init__(self, told: Callable[[str, int, int | None], None]) -> None:
        """Listen; ``told`` gets the phase, the page that is done, and how many there will be, if that is known."""
        self._told = told
        self._phase: tuple[str, int | None] = ("", None)
        self.diagnostics: list[Diagnostic] = []
        self.said = ""  # all else: warnings of pandoc's and LaTeX's

    def clear(self) -> None:
        """Forget what was said."""
        self.diagnostics = []
        self.said = ""

    def phase(self, name: str, pages: int | None = None) -> None:
        self._phase = (name, pages)
        self._told(name, 0, pages)

    def page(self, number: int) -> None:
        self._told(self._phase[0], number, self._phase[1])

    def show(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics += diagnostics

    def say(self, text: str) -> None:
        self.said += text


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
