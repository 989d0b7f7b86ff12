"""Which pages are steps of one slide, and where in the author's text that begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..pages import Box
from ..pages.looks import BODY, TITLE, Look
from .sources import Sources, Start, words

_LEAST = 0.5  # of likeness, for a slide to be from a place


@dataclass(frozen=True)
class SeenPage:
    """What a page shows."""

    number: int  # from 1
    size: Box
    line: int  # of the LaTeX that it came from; of a slide its last one
    looks: tuple[Look, ...]

    def text(self, part: str) -> str:
        """Return the text in a part of the page."""
        return " ".join(each.text for each in self.looks if each.text and each.part == part)


@dataclass(frozen=True)
class Slide:
    """Pages that are steps of one slide, or parts of one that goes on."""

    pages: tuple[SeenPage, ...]
    start: Start | None  # where it is written, if that is known

    @property
    def title(self) -> str:
        return self.pages[0].text(TITLE).strip()


def slides_of(pages: Iterable[SeenPage], sources: Sources, places: dict[int, tuple[int, int]]) -> list[Slide]:
    """Return the slides of a document.

    Args:
        pages: in their order.
        sources: the author's files.
        places: of each call by its number, the number of its file and its line, from 0.
    """
    groups = [tuple(group) for _, group in groupby(pages, key=lambda each: each.line or -each.number)]
    starts = sources.starts
    matched = _matched([_Likeness(group, places) for group in groups], starts)
    return [Slide(group, start) for group, start in zip(groups, matched, strict=True)]


class _Likeness:
    """How like what is on pages is to what stands at a place."""

    def __init__(self, pages: Sequence[SeenPage], places: dict[int, tuple[int, int]]) -> None:
        self._title = words(pages[0].text(TITLE))
        shown = [*self._title, *(word for page in pages for word in words(page.text(BODY)))]
        self._words = frozenset(shown)
        calls = {number for page in pages for look in page.looks for number in look.calls}
        self._calls = {places[number] for number in calls if number in places}

    def to(self, start: Start) -> float:
        """Return how like it is, 0 for not at all."""
        if not self._words and not self._calls:
            return 0.0 if start.title else 0.75  # it shows nothing
        likeness = 0.0
        if self._calls:
            inside = sum(start.holds(*place) for place in self._calls)
            likeness += 4 * inside / len(self._calls) - 2 * (not inside)
        title = start.title_words
        if self._title and title:
            same = len({*self._title} & {*title}) / max(len({*self._title}), len({*title}))
            likeness += 3 if self._title == title else 2 * same - 1 * (same == 0)
        elif not self._title and not title:
            likeness += 0.25
        return likeness + 2 * len(self._words & start.words) / max(1, len(self._words))


def _matched(likenesses: Sequence[_Likeness], starts: Sequence[Start]) -> list[Start | None]:
    """Return for each slide the start that it is from: both in their order, and as like as can be."""
    best = [0.0] * (len(starts) + 1)  # by how many starts are used up
    ways: list[list[int | None]] = []  # for each slide, by how many starts are used up, which one it has
    for likeness in likenesses:
        now, way = [best[0]], [None]  # type: tuple[list[float], list[int | None]]
        for at, start in enumerate(starts):
            value = likeness.to(start)
            with_it = best[at] + value if value > _LEAST else float("-inf")
            options = [(now[at], way[at]), (best[at + 1], None), (with_it, at)]
            value, chosen = max(options, key=lambda each: each[0])
            now.append(value)
            way.append(chosen)
        best = now
        ways.append(way)
    found: list[Start | None] = []
    left = len(starts)
    for way in reversed(ways):
        chosen = way[left]
        found.append(None if chosen is None else starts[chosen])
        left = left if chosen is None else chosen
    return found[::-1]
