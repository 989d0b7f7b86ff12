"""LaTeX as TeX shows it in the log: without spaces, comments and line ends, so that texts can be compared."""

from __future__ import annotations

import re

from ..base.tex import TOKEN, WHOLE_COMMENT

_SIGN = re.compile(
    rf"(?P<comment>{WHOLE_COMMENT})|(?P<blank>\n[ \t]*(?=\n))|(?P<space>\s+)|{TOKEN}|##|.",
    re.DOTALL,
)
_PAR = r"\par"


class Shown:
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


def shown(context: str) -> str:
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
