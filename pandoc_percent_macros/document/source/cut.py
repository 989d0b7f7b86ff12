"""A text without the marks of the containers that its lines stand in."""

from __future__ import annotations

from ...base.fault import Unclosed
from ...base.record import TYPE_CHECKING
from .containers import margins_width

if TYPE_CHECKING:
    from collections.abc import Callable

_AT_FIRST = 4096  # characters that are cut; if they are not enough, so many times as many
_MORE = 8


def end_in_container(
    text: str, start: int, containers: tuple[int, ...], find: Callable[[str, int], int]
) -> tuple[int, str, tuple[str, ...]]:
    """Return where a directive ends, its text without the marks of its containers, and these marks.

    Args:
        text: the text that it stands in.
        start: where it starts.
        containers: those that its first line stands in.
        find: returns where a directive ends, given a text without marks and where in it the directive starts.

    Raises:
        Unclosed: what ``find`` raises, its offsets being those of the whole text.
    """
    size = _AT_FIRST
    while True:
        cut = Cut(text, start, containers, start + size)
        try:
            end = cut.back(find(cut.text, cut.start))
        except Unclosed as fault:
            is_string = fault.code == "PM102"  # may be closed further down
            if not cut.whole and (is_string or fault.stop >= len(cut.text)):
                size *= _MORE
                continue
            fault.stop = cut.back(fault.stop)
            fault.offset = cut.back(fault.offset)
            raise
        return (end, *cut.upto(end))


class Cut:
    """What is left of a text, from an offset to the end of its container, when each line loses its marks.

    ``text`` is what is left, and ``start`` the offset in it of where it starts. It is not ``whole`` if there was
    more of it behind the offset ``enough``.
    """

    def __init__(self, text: str, start: int, containers: tuple[int, ...], enough: int) -> None:
        self._start = start
        self._shifts: list[tuple[int, int]] = []  # offset in `text`, characters cut up to there
        self._margins: list[str] = []
        self.whole = True
        if not containers:
            self.text, self.start = text, start
            return
        self.text, self.start = "".join(self._lines(text, start, containers, enough)), 0

    def _lines(self, text: str, start: int, containers: tuple[int, ...], enough: int) -> list[str]:
        at = text.find("\n", start) + 1 or len(text)
        kept = [text[start:at]]
        length, cut, blank = at - start, 0, False
        while at < len(text):
            if at > enough:
                self.whole = False
                break
            end = text.find("\n", at) + 1 or len(text)
            line = text[at:end]
            width = margins_width(line, containers)
            if blank and not width and line.strip():
                break  # the container ended
            blank = not line[width:].strip()
            cut += width
            self._margins.append(line[:width])
            self._shifts.append((length, cut))
            kept.append(line[width:])
            length += len(line) - width
            at = end
        return kept

    def back(self, offset: int) -> int:
        """Return the offset in the whole text of an offset in ``text``."""
        shift = 0
        for at, cut in self._shifts:
            if at > offset:
                break
            shift = cut
        return self._start + offset - self.start + shift

    def upto(self, end: int) -> tuple[str, tuple[str, ...]]:
        """Return the cut text up to an offset of the whole one, and what was cut from its lines but the first."""
        length = end - self._start
        shift = 0
        for at, cut in self._shifts:
            if at + cut > length:
                break
            shift = cut
        text = self.text[self.start : self.start + length - shift]
        return text, tuple(self._margins[: text.count("\n")])
