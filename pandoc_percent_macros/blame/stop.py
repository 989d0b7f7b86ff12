"""Where in the LaTeX TeX stopped: the last character that it had read, as far as the log tells."""

from __future__ import annotations

import re
from pathlib import PurePath

from ..base.tex import MARK
from .log import Level, LogError
from .shown import Shown, longest_end, shown

INPUT = "input"  # the name, without its ending, of the file that LaTeX is run on
_FRAME = re.compile(r"^\\begin\{frame\}", re.MULTILINE)
_FRAME_END = "{beamer@frameslide}"
REACH = 4_000  # characters of LaTeX: how far before the place where TeX stopped an argument may begin
_SURE = 12  # characters that two texts share and not by chance
_TOLD = 60  # characters of what TeX had read, in a hint


class Stop:
    """The point in some LaTeX at which TeX stopped with an error.

    ``last`` is the offset of the last character that it had read, None when that can't be told; ``start`` and ``end``
    are the offsets between which the cause is looked for first.
    """

    def __init__(self, error: LogError, tex: str) -> None:
        self._error = error
        self._tex = tex
        self.start, self.end = 0, len(tex)
        self.last: int | None = None
        self._find()

    def told(self) -> str:
        """Return the end of what TeX had read of the LaTeX; "" when that can't be told."""
        if self.last is None:
            return ""
        text = re.sub(rf"{MARK}\n?", "", self._tex[max(0, self.last - 2 * _TOLD) : self.last + 1])
        return " ".join(text.split())[-_TOLD:]

    def _find(self) -> None:
        bottom = self._error.levels[-1] if self._error.levels and not self._error.levels[-1].name else None
        if bottom is None:
            return
        if not self._is_our_file():
            self._find_line(bottom)
            return
        start = self._line_start(self._error.line or 1)
        line = self._tex[start : self._line_end(start)]
        if line.strip() == r"\end{frame}":
            self._find_in_frame(start)
            return
        end = start + (line.find(bottom.before) + len(bottom.before) if bottom.before in line else len(line))
        self.last = last_sign(self._tex, end)
        self.start, self.end = max(0, end - REACH), end

    def _is_our_file(self) -> bool:
        path = PurePath(self._error.file or f"{INPUT}.tex")
        return path.suffix == ".tex" and path.stem == INPUT

    def _find_line(self, bottom: Level) -> None:
        """Find the line of a file that LaTeX wrote itself, such as the text of a fragile frame."""
        whole = Shown(self._tex)
        wanted, before = shown(bottom.before + bottom.after), shown(bottom.before)
        at = whole.text.find(wanted) if len(wanted) > 2 and not bottom.cut_before and not bottom.cut_after else -1
        if at >= 0 and before:
            self.last = whole.place(at + len(before) - 1)
            self.start, self.end = whole.place(at), self.last + 1

    def _find_in_frame(self, end: int) -> None:
        begins = [found.start() for found in _FRAME.finditer(self._tex, 0, end)]
        self.start, self.end = begins[-1] if begins else 0, end
        frame = Shown(self._tex, self.start, end)
        best = (0, 0)
        for level in self._error.levels[:-1]:
            before = shown(level.before)
            if level.after.startswith(_FRAME_END):
                before = before.removesuffix(r"\end")  # TeX looked ahead, at what stands behind the slide's text
            best = max(best, longest_end(before, frame.text), key=lambda each: each[0])
        if best[0] >= _SURE:
            self.last = frame.place(best[1] - 1)
            self.end = self.last + 1

    def _line_start(self, line: int) -> int:
        at = 0
        for _ in range(line - 1):
            at = self._tex.find("\n", at) + 1
        return at

    def _line_end(self, start: int) -> int:
        end = self._tex.find("\n", start)
        return end if end >= 0 else len(self._tex)


def last_sign(tex: str, end: int) -> int:
    """Return the offset of the last character before another that is no space and in no comment."""
    start = max(0, tex.rfind("\n", 0, max(0, end - 200)))
    before = Shown(tex, start, end)
    return before.place(len(before.text) - 1) if before.text else max(0, end - 1)
