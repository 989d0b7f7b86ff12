"""How far the stroke of a path reaches (ISO 32000-1, 8.4.3). PDFium takes it for twice as wide, and for longer."""

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

BUTT, ROUND = 0, 1  # of caps and of joins; a join of 0 is a mitre
_OF_CURVE = 3  # points, behind the one that it starts from
_PIECES = 8  # that a curve is taken for
_MITRE = 10  # the limit that holds where none is set: so many times the width

_MOST_SEGMENTS = 200  # of a path that is looked at closely

Point = tuple[float, float]


def reached(path: Any) -> list[Point]:
    """Return points around which a box is a box around the stroke of one of PDFium's paths.

    There are none for a path without a stroke, or a long one.
    """
    from pypdfium2 import raw

    fill, stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    count = raw.FPDFPath_CountSegments(path)
    if not stroke.value or count > _MOST_SEGMENTS or not raw.FPDFPageObj_GetStrokeWidth(path, width):
        return []
    pen = Stroke(width.value, raw.FPDFPageObj_GetLineCap(path), raw.FPDFPageObj_GetLineJoin(path))
    segments = [raw.FPDFPath_GetPathSegment(path, at) for at in range(count)]
    return [point for points, closed in _lines(segments) for point in pen.reach(points, closed=closed)]


def points_of(segments: Iterable[Any]) -> Iterator[Point]:
    """Yield the points of a path's segments."""
    from pypdfium2 import raw

    for segment in segments:
        x, y = ctypes.c_float(), ctypes.c_float()
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _lines(segments: Sequence[Any]) -> Iterator[tuple[list[Point], bool]]:
    """Yield the lines of a path, curves in pieces, and whether each is closed."""
    from pypdfium2 import raw

    points: list[Point] = []
    held: list[Point] = []  # of a curve that is not complete
    for segment, point in zip(segments, points_of(segments), strict=True):
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield points, False
            points = []
        held.append(point)
        if kind != raw.FPDF_SEGMENT_BEZIERTO:
            points, held = [*points, point], []
        elif len(held) == _OF_CURVE:
            points, held = [*points, *_curve(points[-1], *held)], []
        if raw.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]], True
            points = points[:1]
    yield points, False


@dataclass(frozen=True)
class Stroke:
    """A pen."""

    width: float
    cap: int
    join: int

    def reach(self, points: Sequence[Point], *, closed: bool) -> Iterator[Point]:
        """Yield points around which a box is a box around the stroke of a line through ``points``."""
        half = self.width / 2
        ways = [(start, end, _direction(start, end)) for start, end in pairwise(points) if start != end]
        if not ways:
            return
        for start, end, (along, up) in ways:
            for x, y in (start, end):
                yield from ((x - half * up, y + half * along), (x + half * up, y - half * along))
        joins = list(pairwise(ways))
        if closed:
            joins.append((ways[-1], ways[0]))
        elif self.cap != BUTT:
            (x, y), _, (along, up) = ways[0]
            yield from self._ends((x, y), (-along, -up))
            yield from self._ends(ways[-1][1], ways[-1][2])
        for (_, at, before), (_, _, after) in joins:
            yield from self._corner(at, before, after)

    def _ends(self, at: Point, outwards: Point) -> Iterator[Point]:
        half = self.width / 2
        if self.cap == ROUND:
            yield from _circle(at, half)
            return
        along, up = outwards
        x, y = at[0] + half * along, at[1] + half * up
        yield from ((x - half * up, y + half * along), (x + half * up, y - half * along))

    def _corner(self, at: Point, before: Point, after: Point) -> Iterator[Point]:
        half = self.width / 2
        if self.join == ROUND:
            yield from _circle(at, half)
            return
        x, y = before[0] - after[0], before[1] - after[1]
        turn = math.hypot(x, y)  # twice the cosine of half the angle between the two sides
        sine = math.sqrt(max(0.0, 1 - turn * turn / 4))
        if self.join == BUTT and turn > 0 and sine * _MITRE >= 1:
            long = half / sine / turn
            yield at[0] + long * x, at[1] + long * y


def _curve(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    """Yield points on a Bézier curve, but for its start."""
    for step in range(1, _PIECES + 1):
        t = step / _PIECES
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x, y = (a * p + b * q + c * r + d * s for p, q, r, s in zip(start, first, second, end, strict=True))
        yield x, y


def _direction(start: Point, end: Point) -> Point:
    x, y = end[0] - start[0], end[1] - start[1]
    long = math.hypot(x, y)
    return x / long, y / long


def _circle(at: Point, radius: float) -> Iterator[Point]:
    x, y = at
    yield from ((x - radius, y - radius), (x + radius, y + radius))
