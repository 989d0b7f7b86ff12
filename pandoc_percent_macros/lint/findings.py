"""What does not fit on a page."""

from dataclasses import dataclass

from ..base import WARNING, Diagnostic, Span
from ..pages import Box
from ..pages.looks import Colour, Look
from .thresholds import KINDS


@dataclass(frozen=True)
class Sighting:
    """Something on a page that may have to be told of."""

    kind: str
    page: int  # from 1
    box: Box
    message: str
    hint: str = ""
    look: Look | None = None  # whose place it is told at; None for the slide's
    colours: tuple[Colour, ...] = ()  # of a text, and of what is behind it


@dataclass(frozen=True)
class Finding:
    """Something that is told of, at its place in the author's text."""

    kind: str
    page: int  # from 1
    box: Box  # on that page
    message: str
    hint: str
    span: Span | None  # None where it is not known where it was written
    of_call: bool = False  # whether that is the call that gives it

    @property
    def code(self) -> str:
        return KINDS[self.kind][0]

    @property
    def diagnostic(self) -> Diagnostic:
        """The finding as all else that is wrong with a document."""
        message = f"{self.message} (page {self.page})"
        return Diagnostic(self.code, message, self.span, (self.hint,) if self.hint else (), severity=WARNING)
