"""What is asked for, what it is asked of, and what comes of it: values that go from one step of a move to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..inspect.loading import LoadedDocument
from ..language.syntax import Call, Macro, NativeMacro
from ..pages import Box, MarkedCall
from .placed import PlacedCall
from .rewriting import AuthorsFile, Edit
from .solving import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Column, Row

TRUE = 0.05  # millimetres by which the result may be off


@dataclass(frozen=True)
class Wish:
    """Where the box of a call is to be; all in millimetres."""

    by: tuple[float, float] | None = None  # right, down
    to: tuple[float, float] | None = None  # its top left corner
    width: float | None = None

    def rows(self, box: Box) -> tuple[list[Row], list[float]]:
        """Return what is asked for of a box that is here now, as ``solving`` has it: rows, and what each is to be."""
        if self.to or self.by:
            left, top = self.to or (box.x0 + (self.by or (0, 0))[0], box.y0 + (self.by or (0, 0))[1])
            if self.width is None:
                return [LEFT, TOP, RIGHT, BOTTOM], [left, top, left + box.width, top + box.height]
            return [LEFT, TOP, WIDTH], [left, top, self.width]
        return [WIDTH], [self.width or 0]


@dataclass(frozen=True)
class Movable:
    """A call of a document, found in its file."""

    file: AuthorsFile
    marked: MarkedCall
    call: Call
    macro: Macro | NativeMacro | None
    pages: tuple[PlacedCall, ...]  # where it shows
    loaded: LoadedDocument  # that it was found in
    is_alone: bool  # on its lines
    described: str  # what arguments it has

    @property
    def box(self) -> Box:
        """Where it is on the first page where it shows."""
        return self.pages[0].box

    @property
    def wanders(self) -> bool:
        """Whether it is elsewhere on other pages."""
        return any(distance(each.box, self.box) > TRUE for each in self.pages)


@dataclass(frozen=True)
class Derivatives:
    """How the box of a call moves with each of its numbers; it holds for other values, too, as far as it is linear."""

    columns: Mapping[str, Column] = field(default_factory=dict)  # by the keys of candidates


@dataclass(frozen=True)
class Written:
    """A number that is written anew."""

    name: str
    old: str  # "" for a default that is written out
    new: str


@dataclass(frozen=True)
class Plan:
    """A change of an author's file, and what comes of it."""

    movable: Movable
    text: str  # of the call
    numbers: tuple[Written, ...]
    edits: tuple[Edit, ...]
    file: AuthorsFile
    box: Box  # of the call then, on the first page where it shows
    error: float  # millimetres by which that is not what was asked for
    derivatives: Derivatives


def sides(box: Box) -> tuple[float, float, float, float]:
    """Return a box as ``solving`` has it."""
    return box.x0, box.y0, box.x1, box.y1


def distance(one: Box, other: Box) -> float:
    return max(abs(a - b) for a, b in zip(sides(one), sides(other), strict=True))
