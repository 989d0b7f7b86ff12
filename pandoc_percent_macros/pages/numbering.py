"""Numbers of marks that stay with their calls from one version of a document to the next.

The filter counts calls from 0. With one more of them on a slide, all slides behind it would get other numbers, and so
another text of LaTeX's, though nothing on them has changed.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from .meaning import MarkedCall

_MARK = re.compile(r"(\\PercentMacros(?:Begin|End)\{)(\d+)\}")
_NOTHING = MarkedCall("", 0, 0, "", "nothing")  # has a number that is free


class Numbering:
    """The numbers of one document's calls, over its versions."""

    def __init__(self) -> None:
        self._calls: list[MarkedCall] = []  # of the last version, by their numbers
        self._order: list[int] = []  # these numbers, in the order of that version

    def settled(self, tex: str, calls: Sequence[MarkedCall]) -> tuple[str, list[MarkedCall]]:
        """Return a version's LaTeX with other numbers in its marks, and its calls by these.

        A call that was there before has the number that it had. A number that none has now stands for a call without
        a file.

        Args:
            tex: with the marks of the filter.
            calls: what these mean, by their numbers.
        """
        numbers = self._numbers(calls)
        settled = [_NOTHING] * (max(numbers, default=-1) + 1)
        for number, call in zip(numbers, calls, strict=True):
            settled[number] = call
        self._calls, self._order = settled, numbers
        return _MARK.sub(lambda found: f"{found[1]}{numbers[int(found[2])]}}}", tex), settled

    def _numbers(self, calls: Sequence[MarkedCall]) -> list[int]:
        """Return a number for each call."""
        old = [_said(self._calls[number]) for number in self._order]
        new = [_said(each) for each in calls]
        numbers: list[int | None] = [None] * len(new)
        for _, start, end, at, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if end - start == stop - at:  # the same calls, or one for one
                numbers[at:stop] = self._order[start:end]
        free = _others(set(self._order) | {each for each in numbers if each is not None})
        return [next(free) if each is None else each for each in numbers]


def _said(call: MarkedCall) -> tuple[str, str, str]:
    return call.file, call.kind, call.text


def _others(taken: set[int]) -> Iterator[int]:
    number = 0
    while True:
        if number not in taken:
            yield number
        number += 1
