"""Places of diagnostics as numbers, for formats that other programs read."""

from __future__ import annotations

from dataclasses import dataclass

from ..base.source import Span


@dataclass(frozen=True)
class Region:
    """A stretch of a file: lines and columns from 1, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def region(span: Span) -> Region:
    """Return where a span lies in its file."""
    return Region(span.source.name, *span.source.position(span.start), *span.source.position(span.end))
