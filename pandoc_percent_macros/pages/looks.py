"""How what is painted on a page looks: its colours, the sizes of its letters and pixels, and how it is drawn."""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import hypot
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .boxes import DEEPEST, KINDS, MM, Box, ObjectReader
from .wholeness import contents

BODY, TITLE, NOTE = "body", "title", "note"
_PARTS = {"PMBody": BODY, "PMTitle": TITLE, "PMNote": NOTE}
_INVISIBLE = 3  # a text's rendering mode
_STROKED = 1
_MOST_INSIDE = 2_000  # objects of a picture that are looked at
# Beamer puts what is still covered so far away, to the right and up (pgf's \pgfsys@begininvisible: 2000 points each).
_COVERED = 1_500 * MM
_LINE = re.compile(rb"/PMBody\s*<<\s*/L\s+(\d+)")
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """Something that is painted in one go, and how it looks."""

    kind: str  # as Painted has it
    box: Box
    calls: tuple[int, ...]
    part: str  # BODY, TITLE or NOTE; "" for what is around a page's body
    order: int  # of painting
    text: str = ""
    size: float = 0.0  # of letters, in points
    colour: Colour = (0, 0, 0)  # of text
    is_turned: bool = False  # of text that does not run from left to right
    opacity: float = 1.0
    dots: float = 0.0  # of a picture, per inch, where it has fewest
    pixels: tuple[int, int] = (0, 0)
    inside: tuple["Look", ...] = ()  # of a form
    handle: Any = field(default=None, compare=False, repr=False)  # pdfium's, while the page is open

    @property
    def is_covered(self) -> bool:
        """Whether it is shown on a later step of its slide only."""
        return self.box.x0 > _COVERED and self.box.y1 < -_COVERED

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture: not a form that is all shading, as shadows are."""
        return self.kind == "image" or (
            self.kind == "form" and any(each.kind in ("text", "path", "image") for each in self.leaves)
        )

    @property
    def leaves(self) -> Iterator["Look"]:
        """What it is made of."""
        if self.kind != "form":
            yield self
        for each in self.inside:
            yield from each.leaves

    @property
    def outer(self) -> int | None:
        """The innermost call that paints it."""
        return self.calls[-1] if self.calls else None


@dataclass(frozen=True)
class Drawing:
    """A page, drawn small."""

    scale: float  # pixels a millimetre
    width: int
    height: int
    stride: int
    data: bytes  # blue, green, red and nothing, for each pixel

    def region(self, box: Box) -> tuple[range, range]:
        """Return the columns and the rows of the pixels in a box."""
        across = range(max(0, round(box.x0 * self.scale)), min(self.width, max(0, round(box.x1 * self.scale))))
        down = range(max(0, round(box.y0 * self.scale)), min(self.height, max(0, round(box.y1 * self.scale))))
        return across, down

    def row(self, down: int, across: range) -> bytes:
        """Return the pixels of a part of a row."""
        start = down * self.stride
        return self.data[start + 4 * across.start : start + 4 * across.stop]

    def colours(self, box: Box, most: int = 400) -> list[Colour]:
        """Return the colours of pixels in a box: of all, or of so many that lie evenly."""
        across, down = self.region(box)
        step = max(1, round((len(across) * len(down) / most) ** 0.5))
        found = []
        for y in down[step // 2 :: step]:
            row = self.row(y, across)
            found += [(row[at + 2], row[at + 1], row[at]) for at in range(step // 2 * 4, len(row), 4 * step)]
        return found

    def differing(self, other: "Drawing", box: Box, least: int = 24) -> int:
        """Return how many pixels in a box differ visibly between two drawings of a page."""
        across, down = self.region(box)
        count = 0
        for y in down:
            mine, others = self.row(y, across), other.row(y, across)
            if mine != others:
                count += sum(
                    max(abs(mine[at + part] - others[at + part]) for part in range(3)) >= least
                    for at in range(0, len(mine), 4)
                )
        return count

    def pixels(self, box: Box) -> int:
        """Return how many pixels are in a box."""
        across, down = self.region(box)
        return len(across) * len(down)


class LookedAt:
    """The pages of a PDF. It is a context, whose end closes the file."""

    def __init__(self, path: Path) -> None:
        """Open it; raise ``ImportError`` without pypdfium2."""
        import pypdfium2

        self._path = path
        self._pdf = pypdfium2.PdfDocument(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._pdf.close()

    def pages(self) -> Iterator["LookedPage"]:
        """Yield the pages, each open until the next one."""
        lines = _lines(self._path)
        for number, page in enumerate(self._pdf, 1):
            try:
                yield LookedPage(page, number, lines[number - 1])
            finally:
                page.close()


def _lines(path: Path) -> list[int]:
    """Return for each page of a PDF the line of the LaTeX that its body came from: an empty body paints nothing.

    It is 0 for a page that has several bodies, being several pages shown on one (pgfpages), or none.
    """
    import pikepdf

    with pikepdf.open(path) as document:
        found = (_LINE.findall(contents(page.obj)) for page in document.pages)
        return [int(lines[0]) if len(lines) == 1 else 0 for lines in found]


class LookedPage:
    """A page that is open."""

    def __init__(self, page: Any, number: int, line: int) -> None:
        """Prepare; ``line`` is that of the LaTeX that its body came from, 0 where that is not told."""
        from pypdfium2 import raw

        self._raw, self._page = raw, page
        self.number = number  # from 1
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        self.size = Box(0, 0, (box.right - box.left) * MM, (box.top - box.bottom) * MM)
        self.line = line
        self._reader = ObjectReader(box.left, box.top)
        self._drawn: dict[frozenset[int], Drawing] = {}

    @cached_property
    def looks(self) -> list[Look]:
        """What is painted, in the order of painting."""
        texts = self._raw.FPDFText_LoadPage(self._page.raw)
        try:
            count = self._raw.FPDFPage_CountObjects(self._page.raw)
            items = (self._raw.FPDFPage_GetObject(self._page.raw, at) for at in range(count))
            found = (self._look(item, (), (), "", texts, 0) for item in items)
            return [replace(each, order=order) for order, each in enumerate(found) if each]
        finally:
            self._raw.FPDFText_ClosePage(texts)

    def drawing(self, hidden: Iterable[Look] = (), scale: float = 4.0) -> Drawing:
        """Return the page drawn, without what is hidden, at so many pixels a millimetre."""
        looks = [each for each in hidden if each.handle]
        key = frozenset(each.order for each in looks)
        if key not in self._drawn:
            for each in looks:
                self._raw.FPDFPageObj_SetIsActive(each.handle, False)
            bitmap = self._page.render(scale=scale * MM, prefer_bgrx=True, draw_annots=False, may_draw_forms=False)
            for each in looks:
                self._raw.FPDFPageObj_SetIsActive(each.handle, True)
            self._drawn[key] = Drawing(scale, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
        return self._drawn[key]

    def _look(
        self,
        item: Any,
        calls: tuple[int, ...],
        matrices: tuple[Sequence[float], ...],
        part: str,
        texts: Any,
        depth: int,
    ) -> Look | None:
        """Return an object with what is in it; None for one that paints nothing. The arguments are ``_painted``'s."""
        reader = self._reader
        for name, number in reader.marks(item):
            part = _PARTS.get(name, part)
            if name == "PM" and number is not None:
                calls = (*calls, number)
        kind = KINDS.get(self._raw.FPDFPageObj_GetType(item), "")
        inside = list(reader.inside(item))[:_MOST_INSIDE] if kind == "form" and depth < DEEPEST else []
        frame = reader.frame(item, kind, inside)
        if frame is None:
            return None
        look = Look(kind, reader.box(frame, matrices), calls, part, 0, handle=item)
        if kind == "text":
            return self._text(look, item, matrices, texts)
        if kind == "image":
            return self._image(look, item, matrices)
        if inside:
            within = (reader.matrix(item), *matrices)
            found = (self._look(each, calls, within, part, texts, depth + 1) for each in inside)
            return replace(look, inside=tuple(each for each in found if each))
        return look

    def _text(self, look: Look, item: Any, matrices: Sequence[Sequence[float]], texts: Any) -> Look | None:
        raw = self._raw
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        if mode == _INVISIBLE:
            return None
        length = raw.FPDFTextObj_GetText(item, texts, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFTextObj_GetText(item, texts, buffer, length)
        text = bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(item, size)
        ask = raw.FPDFPageObj_GetStrokeColor if mode == _STROKED else raw.FPDFPageObj_GetFillColor
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        known = ask(item, red, green, blue, alpha)
        across, up = self._axes(item, matrices)
        return replace(
            look,
            text=text,
            size=size.value * hypot(*up),
            is_turned=abs(across[1]) > 0.02 * hypot(*across),
            colour=(red.value, green.value, blue.value),
            opacity=alpha.value / 255 if known else 1.0,
        )

    def _image(self, look: Look, item: Any, matrices: Sequence[Sequence[float]]) -> Look:
        width, height = ctypes.c_uint(), ctypes.c_uint()
        self._raw.FPDFImageObj_GetImagePixelSize(item, width, height)
        across, up = (hypot(*each) for each in self._axes(item, matrices))
        dots = min(width.value * 72 / across, height.value * 72 / up) if across and up else 0.0
        return replace(look, pixels=(width.value, height.value), dots=dots)

    def _axes(self, item: Any, matrices: Sequence[Sequence[float]]) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return where a unit to the right, and one up, of an object's coordinates go on the page, in points."""
        across, up = (1.0, 0.0), (0.0, 1.0)
        for a, b, c, d, _, _ in (self._reader.matrix(item), *matrices):
            across, up = ((a * x + c * y, b * x + d * y) for x, y in (across, up))
        return across, up
