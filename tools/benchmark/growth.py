"""How the work grows with a document, in instructions of the processor: for each doubling, by how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from inputs import SERIES, STEPS
from measuring import Command, instructions

GOAL = 2.1
_FILTER = {"PANDOC_VERSION": "3.9"}  # what tells the program that it is a filter


@dataclass(frozen=True)
class Growth:
    """Instructions at n, 2n and 4n, over what the program needs for next to nothing."""

    work: str
    counts: tuple[int, ...]

    @property
    def ratios(self) -> list[float]:
        """The ratio for each doubling."""
        return [b / a for a, b in pairwise(self.counts)]

    @property
    def holds(self) -> bool:
        return max(self.ratios) <= GOAL


def all_growths(inputs: Path) -> list[Growth]:
    """Count every series, for the preprocessor and for the filter."""
    return [_growth(name, program, inputs) for name in SERIES for program in ("lift", "filter")]


def _growth(name: str, program: str, inputs: Path) -> Growth:
    counts = []
    for step in (0, *STEPS):
        path = inputs / f"{name}-{step}.md"
        if program == "lift":
            command = Command(["percent-macros", "lift", path])
        else:
            command = Command(["percent-macros", "latex"], path.with_suffix(".json"), _FILTER)
        counts.append(instructions(command, inputs))
    return Growth(f"`{program}`, {name}", tuple(each - counts[0] for each in counts[1:]))
