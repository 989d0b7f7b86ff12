"""What is painted on the pages of a PDF, where, and around which of it marks stand."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .measurable import measurable
from .pdfium import ALONE
from .strokes import Point, points_of, reached

MM = 25.4 / 72  # of a point of PDF's
KINDS = {1: "text", 2: "path", 3: "image", 4: "shading", 5: "form"}
DEEPEST = 12  # forms in forms
_LONGEST = 64  # bytes of a mark's name that are looked at


@dataclass(frozen=True)
class Box:
    """A rectangle, in millimetres from the top left corner of its page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def joined(self, other: "Box") -> "Box":
        """Return the smallest box around two."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def common(self, other: "Box") -> "Box | None":
        """Return what two boxes have in common; None if that is nothing."""
        box = Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))
        return box if box.x0 <= box.x1 and box.y0 <= box.y1 else None

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height


@dataclass(frozen=True)
class Painted:
    """Something that is painted in one go: a piece of text, a path, a picture."""

    kind: str  # text, path, image, shading, or form: a picture in PDF
    box: Box
    calls: tuple[int, ...]  # the numbers of the marks around it, from the outermost


class MarkedPdf:
    """A PDF. It is a context, whose end closes the file."""

    def __init__(self, path: Path) -> None:
        """Open it; raise ``ImportError`` without pypdfium2 and pikepdf."""
        import pypdfium2

        with ALONE:
            self._pdf = pypdfium2.PdfDocument(measurable(path))
            self.pages = len(self._pdf)

    def __enter__(self) -> Self:
        ALONE.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._pdf.close()
        finally:
            ALONE.release()

    def size(self, page: int) -> Box:
        """Return the box of a page, by its number from 1."""
        left, bottom, right, top = self._corners(self._pdf[page - 1])
        return Box(0, 0, (right - left) * MM, (top - bottom) * MM)

    def _corners(self, page: Any) -> tuple[float, float, float, float]:
        """Return a page's box in points: of the media box and the crop box what they have in common."""
        from pypdfium2 import raw

        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        return box.left, box.bottom, box.right, box.top

    def painted(self, page: int) -> list[Painted]:
        """Return what is painted on a page, by its number from 1, in the order of painting.

        What lies a page's size or more outside of it, where beamer puts what is still covered, does not count.
        """
        opened = self._pdf[page - 1]
        try:
            left, _, _, top = self._corners(opened)
            size = self.size(page)
            near = Box(-size.width, -size.height, 2 * size.width, 2 * size.height)
            found = ObjectReader(left, top).read(opened.raw)
            return [each for each in found if near.common(each.box)]
        finally:
            opened.close()


def boxes_of(painted: Iterable[Painted]) -> dict[int, Box]:
    """Return the box of each call on a page, by its number."""
    boxes: dict[int, list[Box]] = {}
    for each in painted:
        for number in each.calls:
            boxes.setdefault(number, []).append(each.box)
    return {number: reduce(Box.joined, every) for number, every in boxes.items()}


@dataclass(frozen=True)
class Frame:
    """Bounds in points, counted from the bottom left."""

    left: float
    bottom: float
    right: float
    top: float

    def common(self, other: "Frame") -> "Frame":
        """Return what two have in common; of width or height 0 where there is nothing."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        return Frame(left, bottom, max(left, min(self.right, other.right)), max(bottom, min(self.top, other.top)))

    def moved(self, matrix: Sequence[float]) -> "Frame":
        """Return the bounds of it in another system of coordinates."""
        return _around(_moved([(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)], matrix))


def _moved(points: Iterable[Point], matrix: Sequence[float]) -> Iterator[Point]:
    a, b, c, d, e, f = matrix
    return ((a * x + c * y + e, b * x + d * y + f) for x, y in points)


def _around(points: Iterable[Point]) -> Frame:
    across, up = zip(*points, strict=True)
    return Frame(min(across), min(up), max(across), max(up))


class ObjectReader:
    """Reads the objects of a page."""

    def __init__(self, left: float, top: float) -> None:
        """Prepare; ``left`` and ``top`` are where the page's corner is."""
        from pypdfium2 import raw

        self._raw = raw
        self._left, self._top = left, top

    def read(self, page: Any) -> list[Painted]:
        count = self._raw.FPDFPage_CountObjects(page)
        found: list[Painted] = []
        for at in range(count):
            found += self._painted(self._raw.FPDFPage_GetObject(page, at), (), (), 0)
        return found

    def _painted(
        self, item: Any, calls: tuple[int, ...], matrices: tuple[Sequence[float], ...], depth: int
    ) -> Iterator[Painted]:
        """Yield an object, and, of a form with marks in it, those inside.

        Args:
            item: the object.
            calls: the marks around the form that it is in.
            matrices: from the coordinates of the forms that it is in to the page's, the innermost first.
            depth: how many forms it is in.
        """
        calls = (*calls, *self.calls(item))
        kind = KINDS.get(self._raw.FPDFPageObj_GetType(item), "")
        inside = list(self.inside(item)) if kind == "form" and depth < DEEPEST else []
        frame = self.frame(item, kind, inside)
        if frame is None:
            return
        yield Painted(kind, self.box(frame, matrices), calls)
        if inside:
            matrix = self.matrix(item)
            for each in inside:
                for painted in self._painted(each, calls, (matrix, *matrices), depth + 1):
                    if painted.calls != calls:
                        yield painted

    def inside(self, form: Any) -> Iterator[Any]:
        for at in range(self._raw.FPDFFormObj_CountObjects(form)):
            yield self._raw.FPDFFormObj_GetObject(form, at)

    def calls(self, item: Any) -> Iterator[int]:
        """Yield the numbers of the calls that an object is marked as painted by, the outermost first."""
        return (number for name, number in self.marks(item) if name == "PM" and number is not None)

    def marks(self, item: Any) -> Iterator[tuple[str, int | None]]:
        """Yield the names of the marks around an object, the outermost first; a call's with its number."""
        raw = self._raw
        for at in range(raw.FPDFPageObj_CountMarks(item)):
            mark = raw.FPDFPageObj_GetMark(item, at)
            buffer, length, value = ctypes.create_string_buffer(_LONGEST), ctypes.c_ulong(), ctypes.c_int()
            raw.FPDFPageObjMark_GetName(mark, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_uint16)), _LONGEST, length)
            name = buffer.raw[: max(0, min(length.value, _LONGEST) - 2)].decode("utf-16-le", "replace")
            numbered = name == "PM" and raw.FPDFPageObjMark_GetParamIntValue(mark, b"N", value)
            yield name, value.value if numbered else None

    def frame(self, item: Any, kind: str, inside: Sequence[Any]) -> Frame | None:
        """Return the bounds of an object, as far as it is not clipped; None for one that paints nothing."""
        raw = self._raw
        bounds = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(item, *bounds):
            return None
        frame = Frame(*(each.value for each in bounds))
        if kind == "form" and inside and (clip := self._clips(inside[0])):
            frame = clip[0].moved(self.matrix(item))  # the frame of the picture; it is its first object's first clip
        elif kind == "text" and frame.left == frame.right:
            return None
        elif kind == "path" and (points := reached(item)):
            frame = _around(_moved(points, self.matrix(item)))
        for clip_path in self._clips(item):
            frame = frame.common(clip_path)
        if frame.left == frame.right and frame.bottom == frame.top:
            return None
        return frame

    def _clips(self, item: Any) -> list[Frame]:
        """Return the bounds of the paths that an object is clipped by."""
        raw = self._raw
        clip = raw.FPDFPageObj_GetClipPath(item)
        frames = []
        for path in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
            count = raw.FPDFClipPath_CountPathSegments(clip, path)
            points = list(points_of(raw.FPDFClipPath_GetPathSegment(clip, path, at) for at in range(count)))
            if points:
                frames.append(_around(points))
        return frames

    def matrix(self, item: Any) -> Sequence[float]:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(item, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def box(self, frame: Frame, matrices: Iterable[Sequence[float]]) -> Box:
        for matrix in matrices:
            frame = frame.moved(matrix)
        return Box(
            (frame.left - self._left) * MM,
            (self._top - frame.top) * MM,
            (frame.right - self._left) * MM,
            (self._top - frame.bottom) * MM,
        )
