"""A text without the marks of the containers that its lines stand in."""

from __future__ import annotations

from .containers import margins_width


class Cut:
    """What is left of a text, from an offset to the end of its container, when each line loses its marks.

    ``text`` is what is left, and ``start`` the offset in it of where it starts.
    """

    def __init__(self, text: str, start: int, containers: tuple[int, ...]) -> None:
        self._start = start
        self._shifts: list[tuple[int, int]] = []  # offset in `text`, characters cut up to there
        self._margins: list[str] = []
        if not containers:
            self.text, self.start = text, start
            return
        self.text, self.start = "".join(self._lines(text, start, containers)), 0

    def _lines(self, text: str, start: int, containers: tuple[int, ...]) -> list[str]:
        at = text.find("\n", start) + 1 or len(text)
        kept = [text[start:at]]
        length, cut, blank = at - start, 0, False
        while at < len(text):
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
