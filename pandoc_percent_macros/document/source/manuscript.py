"""A manuscript: the text that pandoc makes of its input files, and the way back to each file."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING, Record
from ...base.source import CONTEXT, Source

if TYPE_CHECKING:
    from collections.abc import Sequence


class Input(Record):
    """An input file: its name as the author gave it, and its text without a byte order mark."""

    name: str
    text: str
    mark: str = ""  # the byte order mark, if it had one


class Manuscript:
    """Input files, one after the other, as the one text that pandoc parses."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self.inputs = tuple(inputs)
        self._starts: list[int] = []
        texts: list[str] = []
        start = 0
        for number, each in enumerate(inputs, 1):
            text = each.text if number == len(inputs) else _separated(each.text)
            self._starts.append(start)
            texts.append(text)
            start += len(text)
        self.text = "".join(texts)
        self._counted = (0, 0, 1)  # input, offset, line: where lines were counted up to
        self._line_bounds = (0, -1)  # of the line last asked for

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Return where the line of an offset starts, and where it ends, its line feed not counted."""
        start, end = self._line_bounds
        if not start <= offset <= end:
            start = self.text.rfind("\n", 0, offset) + 1
            end = self.text.find("\n", offset)
            end = len(self.text) if end < 0 else end
            self._line_bounds = start, end
        return start, end

    def excerpt(self, start: int, end: int, text: str, margins: tuple[str, ...] = ()) -> Source:
        """Return a stretch of the manuscript as a source that knows its place in its file.

        ``text`` is the stretch without carriage returns and without the ``margins`` of its lines but the
        first. Excerpts are asked for in the order of the manuscript: lines are counted once.
        """
        number = self._number(start)
        line_start = max(self.line_bounds(start)[0], self._starts[number])
        shown_from = max(line_start, start - CONTEXT)
        before = self.text[shown_from:start]
        after = self.text[end : min(self.line_bounds(end)[1], end + CONTEXT)].rstrip("\r")
        line = self._line(number, start)
        return Source(self.inputs[number].name, text, line, before, after, margins, shown_from - line_start)

    def _number(self, offset: int) -> int:
        """Return the number of the input that an offset lies in, looking on from the last one."""
        number = self._counted[0] if offset >= self._starts[self._counted[0]] else 0
        while number + 1 < len(self._starts) and self._starts[number + 1] <= offset:
            number += 1
        return number

    def _line(self, number: int, offset: int) -> int:
        counted, at, line = self._counted
        if counted != number or at > offset:
            at, line = self._starts[number], 1
        line += self.text.count("\n", at, offset)
        self._counted = (number, offset, line)
        return line


def _separated(text: str) -> str:
    """Return the text of a file with the blank line that pandoc puts between it and the next."""
    return text + "\n" if text.endswith("\n") else text + "\n\n"
