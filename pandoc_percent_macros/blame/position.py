"""Places in some LaTeX: tokens and words, texts as the log shows them, and the point where TeX stopped."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from ..base.tex import MARK, TOKEN, WHOLE_COMMENT
from ..latex import JOB
from .log import Level, LogError

_LONGEST = 60  # characters: no token is longer
_SIGN = re.compile(
    rf"(?P<comment>{WHOLE_COMMENT})|(?P<blank>\n[ \t]*(?=\n))|(?P<space>\s+)|{TOKEN}|##|.",
    re.DOTALL,
)
_PAR = r"\par"
_FRAME = re.compile(r"^\\begin\{frame\}", re.MULTILINE)
_FRAME_END = "{beamer@frameslide}"
REACH = 4_000  # characters of LaTeX: how far before the place where TeX stopped an argument may begin
_SURE = 12  # characters that two texts share and not by chance
_TOLD = 60  # characters of what TeX had read, in a hint


@dataclass(frozen=True)
class TexPlace:
    """A stretch of the LaTeX, ``tex[start:end]``."""

    start: int
    end: int
    sure: bool = True  # the fault itself, not only where TeX noticed it
    of_value: bool = False  # it is about a number or a length, which often come with arguments
    is_lone: bool = False  # it is a sign without a partner
    note: str = ""  # what is wrong there, where the message does not say it


def token_before(tex: str, end: int) -> TexPlace:
    """Return the place of the last token before an offset."""
    start = max(0, end - _LONGEST)
    found = re.compile(rf"(?:{TOKEN}|\S)\s*\Z", re.DOTALL).search(tex[start:end])
    return TexPlace(start + found.start(), end) if found else TexPlace(max(0, end - 1), end)


def token_at(tex: str, start: int) -> TexPlace:
    """Return the place of the token that begins at an offset."""
    found = re.compile(rf"{TOKEN}|\S", re.DOTALL).match(tex, start)
    return TexPlace(start, found.end() if found else start + 1)


def occurrences(word: str, text: str, start: int, end: int) -> list[int]:
    """Return the offsets in ``text[start:end]`` at which a word stands, not as a part of a longer one."""
    before = r"(?<![A-Za-z0-9])" if word[0].isalnum() else ""
    after = r"(?![A-Za-z@])" if word[-1].isalpha() else r"(?![0-9])" if word[-1].isdigit() else ""
    pattern = re.compile(before + re.escape(word) + after)
    return [found.start() for found in pattern.finditer(text, start, end)]


class LoggedText:
    """A stretch of a text as the log would show it, and the way back to the text.

    A blank line is ``\\par``; ``##`` is one ``#``.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        signs: list[str] = []
        self._places: list[int] = []  # of each character: its offset
        for found in _SIGN.finditer(text, start, len(text) if end is None else end):
            if found["comment"] or found["space"]:
                continue
            sign = _PAR if found["blank"] is not None else "#" if found[0] == "##" else found[0]
            signs.append(sign)
            if found["blank"] is not None:
                self._places += [found.start()] * len(sign)
            else:
                self._places += range(found.start(), found.start() + len(sign))
        self.text = "".join(signs)

    def place(self, at: int) -> int:
        """Return the offset in the original text of a character of this one."""
        return self._places[at]


def as_logged(context: str) -> str:
    """Return a text that the log shows without the spaces that TeX puts in."""
    return re.sub(r"\s+", "", context).replace("##", "#")


def longest_end(wanted: str, text: str) -> tuple[int, int]:
    """Return how many last characters of one text another holds, and where the first such place in it ends."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        if wanted[len(wanted) - middle :] in text:
            low = middle
        else:
            high = middle - 1
    return (low, text.find(wanted[len(wanted) - low :]) + low) if low else (0, 0)


class StopPoint:
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
        path = PurePath(self._error.file or f"{JOB}.tex")
        return path.suffix == ".tex" and path.stem == JOB

    def _find_line(self, bottom: Level) -> None:
        """Find the line of a file that LaTeX wrote itself, such as the text of a fragile frame."""
        whole = LoggedText(self._tex)
        wanted, before = as_logged(bottom.before + bottom.after), as_logged(bottom.before)
        at = whole.text.find(wanted) if len(wanted) > 2 and not bottom.cut_before and not bottom.cut_after else -1
        if at >= 0 and before:
            self.last = whole.place(at + len(before) - 1)
            self.start, self.end = whole.place(at), self.last + 1

    def _find_in_frame(self, end: int) -> None:
        begins = [found.start() for found in _FRAME.finditer(self._tex, 0, end)]
        self.start, self.end = begins[-1] if begins else 0, end
        frame = LoggedText(self._tex, self.start, end)
        best = (0, 0)
        for level in self._error.levels[:-1]:
            before = as_logged(level.before)
            if level.after.startswith(_FRAME_END):
                before = before.removesuffix(r"\end")  # TeX looked ahead, at what stands after the slide's text
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
    """Return the offset of the last character before another that is not a space and in no comment."""
    start = max(0, tex.rfind("\n", 0, max(0, end - 200)))
    before = LoggedText(tex, start, end)
    return before.place(len(before.text) - 1) if before.text else max(0, end - 1)
