"""Directives: the pieces of a document that belong to the macro language."""

from __future__ import annotations

from ...base.fault import Diagnostic
from ...base.record import Record
from ...base.source import Source, Span

DEFINE = "define"
USE = "use"
CALL = "call"
BEGIN = "begin"
END = "end"
FAULT = "fault"  # what would be a directive if it were closed


class Directive(Record):
    """A directive, and how it stands in the text that it was found in."""

    kind: str  # one of the above
    source: Source  # its text, and where that stands in the author's file
    standalone: bool = True  # alone on its line or lines: a block
    raw_tex: bool = False  # on a line of raw TeX
    start: int = 0  # offsets in the document's text
    end: int = 0
    isolated: bool = False  # at the left edge, in no container, between blank lines
    fault: Diagnostic | None = None  # what is wrong, for a FAULT

    @property
    def span(self) -> Span:
        return Span(self.source, 0, len(self.source.text))

    @property
    def places(self) -> bool:
        """True when something is to stand where the directive stands."""
        return self.kind in (CALL, BEGIN, END)
