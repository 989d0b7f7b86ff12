"""LaTeX with marks in it: which of its stretches came from what in the author's text (document/expansion/marks.py)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..base import tex

_REPORT = r"\immediate\write-1{{percent-macros {} {}}}"
_BLANK_BEFORE = re.compile(r"(?:\n[ \t]*\n|\\item)\s*\Z")
_BLANK_AFTER = re.compile(r"[ \t]*\n?[ \t]*\n|\s*\\end")
_MARK_ALONE = re.compile(rf"({tex.MARK})(?!\n|[ \t]*\n)")  # pandoc trims line ends in some places
_MARK = re.compile(rf"{tex.MARK}\n?[ \t]*")


@dataclass(frozen=True)
class Marked:
    """What the filter tells of the stretch with a number: a call, or TeX of the author's own."""

    kind: str  # as document/expansion/marks.py names it
    text: str  # as it is written in the document
    file: str = ""  # of a call
    line: int = 0  # of a call, from 1
    column: int = 0


def read_answer(answer: str) -> list[Marked]:
    """Return what the filter tells of marks, by their numbers; of ``""`` nothing."""
    return [Marked(**each) for each in json.loads(answer)] if answer else []


@dataclass(frozen=True)
class Stretch:
    """What stands between the two marks of a number: ``tex[start:end]``."""

    number: int
    start: int
    end: int
    outer_start: int  # with the marks
    outer_end: int


class MarkedLatex:
    """LaTeX with marks in it."""

    def __init__(self, tex: str) -> None:
        self.tex = tex = _MARK_ALONE.sub(r"\1\n", tex)
        self.stretches: list[Stretch] = []
        open_marks: dict[int, re.Match[str]] = {}
        for found in _MARK.finditer(tex):
            number = int(found["number"])
            if not found["closes"]:
                open_marks[number] = found
            elif number in open_marks:
                first = open_marks.pop(number)
                self.stretches.append(Stretch(number, first.end(), found.start(), first.start(), found.end()))
        self.stretches.sort(key=lambda each: (each.start, -each.end))

    def around(self, offset: int) -> Stretch | None:
        """Return the innermost stretch that holds an offset."""
        holding = [each for each in self.stretches if each.start <= offset < each.end]
        return min(holding, key=lambda each: each.end - each.start, default=None)

    def own(self, stretch: Stretch) -> list[tuple[int, int]]:
        """Return the parts of a stretch that are in none of those inside of it, and without marks."""
        parts: list[tuple[int, int]] = []
        at = stretch.start
        for each in self.stretches:
            if stretch.start < each.start and each.outer_end <= stretch.end and each.outer_start >= at:
                parts.append((at, each.outer_start))
                at = each.outer_end
        return [*parts, (at, stretch.end)]

    def without(self, *stretches: Stretch) -> str:
        """Return the LaTeX with some of its stretches left out."""
        text, at = "", 0
        for each in sorted(stretches, key=lambda each: each.start):
            if each.start >= at:
                text += self.tex[at : each.start]
                at = each.end
        return text + self.tex[at:]

    def reporting(self, stretches: Iterable[Stretch]) -> str:
        """Return the LaTeX with commands that write to the log when TeX comes to a stretch, and when it leaves it.

        Those that are not paragraphs of their own are left alone: such a command might not be allowed there.
        """
        changes: dict[int, str] = {}
        for each in stretches:
            if _BLANK_BEFORE.search(self.tex, 0, each.outer_start) and _BLANK_AFTER.match(self.tex, each.outer_end):
                changes[each.outer_start] = _REPORT.format("begins", each.number)
                changes[each.end] = r"\par" + _REPORT.format("ends", each.number)
        text, at = "", 0
        for offset in sorted(changes):
            text += self.tex[at:offset] + changes[offset]
            at = offset
        return text + self.tex[at:]
