"""What there is to see of a document, as data: pages with the boxes of calls, or a page of HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..frames.sameness import digests
from ..pages import Box, MarkedCall, MarkedPdf, boxes_of
from ..placing.placed import PlacedCall, PlacedDocument
from .drawn import Pictures

_SEEN = ("title", "start", "notes", "texts", "findings")  # of a page, that a closer look finds out


@dataclass(frozen=True)
class PagePainted:
    """What was read of a page."""

    size: Box
    boxes: dict[int, Box]  # by the numbers of calls


@dataclass(frozen=True)
class View:
    """One version of a document."""

    kind: str = "slides"  # or "html"
    pages: tuple[dict[str, Any], ...] = ()  # key, width, height (mm), boxes by the numbers of calls; _SEEN
    calls: dict[int, MarkedCall] = field(default_factory=dict)
    placed: tuple[PlacedCall, ...] = ()
    sections: tuple[dict[str, Any], ...] = ()  # of HTML: file, line and title
    painted: dict[str, PagePainted] = field(default_factory=dict)  # by the keys of pages

    @property
    def data(self) -> dict[str, Any]:
        calls = {
            number: {"file": call.file, "line": call.line, "column": call.column, "text": call.text}
            for number, call in self.calls.items()
        }
        return {"kind": self.kind, "pages": self.pages, "calls": calls, "sections": self.sections}

    def page_of(self, file: str, line: int) -> int | None:
        """Return the page, or section, from 1, that shows what is on a line, or comes before it; None for none."""
        starts = [(each["start"]["line"], -number) for number, each in enumerate(self.pages, 1) if _is_of(each, file)]
        calls = [(each.call.line, -each.page) for each in self.placed if each.call.file == file]
        sections = [(each["line"], -at) for at, each in enumerate(self.sections, 1) if each["file"] == file]
        before = [each for each in (*starts, *calls, *sections) if each[0] <= line]
        return -max(before)[1] if before else None

    def looked(self, pages: dict[int, dict[str, Any]]) -> "View":
        """Return the view with what was seen on its pages, by their numbers."""
        seen = tuple({**page, **pages.get(number, {})} for number, page in enumerate(self.pages, 1))
        return replace(self, pages=seen)

    def like(self, other: "View") -> "View":
        """Return the view with what was seen in another version, on pages that show the same."""
        seen = {page["key"]: {name: page[name] for name in _SEEN if name in page} for page in other.pages}
        return replace(self, pages=tuple({**seen.get(page["key"], {}), **page} for page in self.pages))


def _is_of(page: dict[str, Any], file: str) -> bool:
    return "start" in page and page["start"]["file"] == file


def view_of(document: PlacedDocument, pictures: Pictures, before: View) -> View:
    """Return what the last build of a document shows, and have its pictures drawn from now on.

    Args:
        document: it is built.
        pictures: of its pages.
        before: what was shown before: of pages that show the same, nothing has to be read again.
    """
    keys = digests(document.pdf)
    pictures.load(document.pdf, keys)
    known = {key: before.painted[key] for key in keys if key in before.painted}
    if len(known) < len({*keys}):
        with MarkedPdf(document.pdf) as pdf:
            for number, key in enumerate(keys, 1):
                if key not in known:
                    known[key] = PagePainted(pdf.size(number), boxes_of(pdf.painted(number)))
    calls = document.calls
    placed = [
        PlacedCall(calls[of], of, number, box)
        for number, key in enumerate(keys, 1)
        for of, box in known[key].boxes.items()
    ]
    pages = tuple(
        {
            "key": key,
            "width": round(known[key].size.width, 3),
            "height": round(known[key].size.height, 3),
            "boxes": _boxes(known[key].boxes),
        }
        for key in keys
    )
    view = View("slides", pages, {each.number: each.call for each in placed}, tuple(placed), painted=known)
    return view.like(before)


def _boxes(boxes: Mapping[int, Box]) -> list[list[float]]:
    """Return a number and a box each, the largest first, so that the small ones lie on top."""
    found = sorted(boxes.items(), key=lambda each: -each[1].area)
    return [[number, *(round(side, 3) for side in (box.x0, box.y0, box.x1, box.y1))] for number, box in found]
