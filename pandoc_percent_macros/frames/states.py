"""What a run of LaTeX tells of itself around each frame: marks go into its text, states come out of its .aux file.

A state is the number of pages done, pgf's serial number of pictures (by which it finds their places in the .aux file),
and all counters and section names, as code that puts them back. What a frame writes into the .aux file (its labels,
its entry in the list of slides) stands between its two marks.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_MARK = re.compile(r"^%percent-macros ([ba]) (\d+) (-?\d+) (\d+) (.*)\\relax$")
_PLACE = re.compile(r"^\\pgfsyspdfmark \{(pgfid\d+)\}\{-?\d+\}\{-?\d+\}$")
_LABEL = re.compile(r"^\\newlabel\{([^{}]*)\}")
_SLIDE = re.compile(r"^\\@writefile\{snm\}\{\\beamer@slide \{([^{}]*)\}")
_CODE = Path(__file__).with_suffix(".tex")


@dataclass(frozen=True)
class State:
    """The state of a run between frames."""

    pages: int  # that were shipped out before
    pictures: int  # pgf's serial number of the last one
    code: str  # that makes counters and section names what they were


@dataclass(frozen=True)
class Passage:
    """What a run told of a frame."""

    before: State
    after: State
    written: tuple[str, ...]  # lines of the .aux file, without places of pictures

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(found[1] for line in self.written if (found := _LABEL.match(line)))

    def apart_from(self, labels: frozenset[str]) -> tuple[str, ...]:
        """Return what was written, without some labels."""
        found = ((line, _LABEL.match(line) or _SLIDE.match(line)) for line in self.written)
        return tuple(line for line, of in found if not (of and of[1] in labels))

    @property
    def pages(self) -> range:
        return range(self.before.pages, self.after.pages)


@dataclass(frozen=True)
class Exchange:
    """So many pages of a PDF that are to take the places of those of another; numbers count from 0."""

    old: int
    new: int
    count: int


@cache
def definitions() -> str:
    """Return the code that defines the marks, as a part of a line."""
    lines = [line for line in _CODE.read_text("utf-8").splitlines() if not line.startswith("%")]
    return "".join(line.removesuffix("%") if line.endswith("%") else f"{line} " for line in lines)


def passages(aux: str) -> dict[int, Passage]:
    """Return what an .aux file tells of frames, by their indices; only those that it tells all of."""
    found: dict[int, Passage] = {}
    opened: tuple[int, State] | None = None
    written: list[str] = []
    for line in aux.split("\n"):
        mark = _MARK.match(line)
        if not mark:
            if not _PLACE.match(line):
                written.append(line)
            continue
        index, state = int(mark[2]), State(int(mark[3]), int(mark[4]), mark[5])
        if mark[1] == "b":
            opened, written = (index, state), []
        elif opened and opened[0] == index and 0 <= opened[1].pages <= state.pages:
            found[index] = Passage(opened[1], state, tuple(written))
            opened = None
    return found


def places(aux: str) -> dict[str, str]:
    """Return the lines of an .aux file that tell where pictures are on their pages, by the pictures' names."""
    return {found[1]: line for line in aux.split("\n") if (found := _PLACE.match(line))}


def with_places(aux: str, new: dict[str, str]) -> str:
    """Return an .aux file with other places of some pictures."""
    kept = [line for line in aux.split("\n") if not ((found := _PLACE.match(line)) and found[1] in new)]
    return "\n".join((*kept[:1], *new.values(), *kept[1:]))  # after its first line, which is `\\relax`


def with_moved(aux: str, made: str) -> str | None:
    """Return an .aux file that a run has read, with the places that it made of pictures; None where it had them."""
    known = places(aux)
    moved = {name: line for name, line in places(made).items() if known.get(name) != line}
    return with_places(aux, moved) if moved else None


def restoring(state: State) -> str:
    """Return the code that makes a state the present one, for where ``@`` is a letter."""
    serial = f"\\global\\pgf@picture@serial@count={state.pictures}\\relax"
    return f"{state.code}\\ifdefined\\pgf@picture@serial@count{serial}\\fi"
