"""Input files, and the manuscript: the text that pandoc makes of them, and the way back to each file."""

from __future__ import annotations

import os
import sys

from ...base import CONTEXT, TYPE_CHECKING, Fault, Record, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO


LARGEST = 64 * 1024 * 1024  # bytes of one document
MARK = "\ufeff"
STDIN = "<stdin>"
_PIECE = 256 * 1024  # bytes that are read at a time


class Input(Record):
    """An input file: its name as the author gave it, and its text without a byte order mark."""

    name: str
    text: str
    mark: str = ""  # the byte order mark, if it had one
    line: int = 1  # of its file, that the text begins on


class Manuscript:
    """Input files, one after the other, as the one text that pandoc parses."""

    def __init__(self, inputs: Sequence[Input], tab_stop: int = 4) -> None:
        """Put inputs together.

        Args:
            inputs: the files.
            tab_stop: in columns, as pandoc is to count them.
        """
        self.inputs = tuple(inputs)
        self.tab_stop = tab_stop
        self._starts: list[int] = []
        texts: list[str] = []
        start = 0
        for number, each in enumerate(inputs, 1):
            text = each.text if number == len(inputs) else _separated(each.text)
            self._starts.append(start)
            texts.append(text)
            start += len(text)
        self.text = "".join(texts)
        self._counted = (
            0,
            0,
            self.inputs[0].line if inputs else 1,
        )  # input, offset, line: where lines were counted up to
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
        if len(self._starts) == 1:
            return 0
        number = self._counted[0] if offset >= self._starts[self._counted[0]] else 0
        while number + 1 < len(self._starts) and self._starts[number + 1] <= offset:
            number += 1
        return number

    def _line(self, number: int, offset: int) -> int:
        counted, at, line = self._counted
        if counted != number or at > offset:
            at, line = self._starts[number], self.inputs[number].line
        line += self.text.count("\n", at, offset)
        self._counted = (number, offset, line)
        return line


def _separated(text: str) -> str:
    """Return the text of a file with the blank line that pandoc puts between it and the next."""
    return text + "\n" if text.endswith("\n") else text + "\n\n"


def read_input(name: str, folder: str = "") -> Input:
    """Return a file, whose name counts from a folder, as an input, or raise ``Fault`` (PM801, PM802, PM803)."""
    path = os.path.join(folder, name)
    try:
        size = os.stat(path).st_size
        if size > LARGEST:
            raise too_large(name, size)
        with open(path, "rb") as file:
            data = _read(file)
    except OSError as fault:
        raise Fault("PM801", f"can't read {name}: {fault.strerror}") from None
    return input_of(name, data)


def read_standard_input() -> Input:
    """Return standard input as an input, or raise ``Fault`` (PM801, PM802, PM803)."""
    try:
        data = _read(sys.stdin.buffer)
    except OSError as fault:
        raise Fault("PM801", f"can't read standard input: {fault.strerror}") from None
    return input_of(STDIN, data)


def write_standard_output(data: bytes) -> None:
    """Write to standard output: unbuffered (PYTHONUNBUFFERED), it takes no more than what fits when a signal comes."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def input_of(name: str, data: bytes) -> Input:
    """Return the bytes of an input file as an input, or raise what ``text_of`` raises."""
    return Input(name, text_of(name, data), MARK if data.startswith(MARK.encode()) else "")


def _read(file: IO[bytes]) -> bytes:
    """Return what a file holds, as far as it may be a document; at once, it would take the room of the limit."""
    pieces = []
    left = LARGEST + 1
    while left and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def text_of(name: str, data: bytes) -> str:
    """Return the text that the bytes of an input file encode, without a byte order mark.

    Raise ``Fault`` for bytes that are no UTF-8 (PM802) or too many (PM803).
    """
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        good = data[: fault.start].decode("utf-8")
        source = Source(name, good + "\ufffd")
        place = Span(source, len(good), len(good) + 1)
        message = f"byte {fault.start} (0x{data[fault.start]:02x}) is no UTF-8"
        raise Fault("PM802", message, "save the file as UTF-8").at(place) from None
    return text[1:] if text.startswith(MARK) else text


def too_large(name: str, size: int) -> Fault:
    return Fault("PM803", f"{name} has {size} bytes; the most that a document may have is {LARGEST}")
