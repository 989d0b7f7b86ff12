"""How time and memory grow with a document: for each doubling, by how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from inputs import SERIES, STEPS
from measuring import Command, interleaved, median

GOAL = 2.3
_FILTER = {"PANDOC_VERSION": "3.9"}  # what tells the program that it is a filter
_ROUNDS = 7
_LEAST = {"cpu": 0.005, "peak": 1_000_000}  # seconds and bytes: what is less can't be told from nothing


@dataclass(frozen=True)
class Growth:
    """Seconds and bytes at n, 2n and 4n, over what the program needs for next to nothing."""

    work: str
    cpu: tuple[float, ...]
    peak: tuple[float, ...]

    @property
    def times(self) -> list[float]:
        """The ratio of time for each doubling."""
        return [b / a for a, b in pairwise(self.cpu)]

    @property
    def memory(self) -> float:
        """The ratio of what the second doubling adds to what the first one does: 2 where memory grows linearly.

        What was freed while the program started takes up the beginning of the growth, so sizes can't be compared.
        """
        first, second = (max(b - a, _LEAST["peak"]) for a, b in pairwise(self.peak))
        return second / first

    @property
    def holds(self) -> bool:
        return max(*self.times, self.memory) <= GOAL


def all_growths(inputs: Path) -> list[Growth]:
    """Measure every series, for the preprocessor and for the filter."""
    return [_growth(name, program, inputs) for name in SERIES for program in ("lift", "filter")]


def _growth(name: str, program: str, inputs: Path) -> Growth:
    commands = {}
    for step in (0, *STEPS):
        path = inputs / f"{name}-{step}.md"
        if program == "lift":
            commands[str(step)] = Command(["percent-macros", "lift", path])
        else:
            commands[str(step)] = Command(["percent-macros", "latex"], path.with_suffix(".json"), _FILTER)
    runs = interleaved(commands, inputs, _ROUNDS)
    cpu, peak = (_above_base([median(runs[each], what) for each in commands], least) for what, least in _LEAST.items())
    return Growth(f"`{program}`, {name}", cpu, peak)


def _above_base(figures: list[float], least: float) -> tuple[float, ...]:
    return tuple(max(each - figures[0], least) for each in figures[1:])
