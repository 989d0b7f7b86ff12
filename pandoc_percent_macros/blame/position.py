"""A place in some LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..base.tex import TOKEN

_LONGEST = 60  # characters: no token is longer


@dataclass(frozen=True)
class Place:
    """A stretch of the LaTeX, ``tex[start:end]``."""

    start: int
    end: int
    sure: bool = True  # the fault itself, not only where TeX noticed it
    of_value: bool = False  # it is about a number or a length, which often come with arguments
    is_lone: bool = False  # it is a sign without a partner
    note: str = ""  # what is wrong there, where the message does not say it


def token_before(tex: str, end: int) -> Place:
    """Return the place of the last token before an offset."""
    start = max(0, end - _LONGEST)
    found = re.compile(rf"(?:{TOKEN}|\S)\s*\Z", re.DOTALL).search(tex[start:end])
    return Place(start + found.start(), end) if found else Place(max(0, end - 1), end)


def token_at(tex: str, start: int) -> Place:
    """Return the place of the token that begins at an offset."""
    found = re.compile(rf"{TOKEN}|\S", re.DOTALL).match(tex, start)
    return Place(start, found.end() if found else start + 1)
