"""Pictures of slides for the documentation: a page of a PDF, with frames drawn on it, and several side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

WIDTH = 1000  # in pixels, of a picture
LARGEST = 150_000  # bytes
BLUE, RED, GREEN, ORANGE = "#2456c8", "#c62828", "#1b7f3b", "#b45309"
_MM = 25.4 / 72
_FINER = 3  # times the pixels wanted, while drawing
_EDGE, _GROUND, _GAP = "#c5c7dc", "#ffffff", 24
_LETTERS, _PADDING, _LINE = 20, 5, 3  # in pixels of the picture
_COLOURS = 128


@dataclass(frozen=True)
class Frame:
    """A frame to draw on a slide."""

    box: tuple[float, float, float, float]  # x0, y0, x1, y1 in mm from the slide's top left corner
    label: str = ""
    colour: str = BLUE
    dashed: bool = False
    below: bool = False  # the label stands below the box, as it does where there is no room above


def slide(pdf: Path, page: int, frames: Sequence[Frame] = (), width: int = WIDTH) -> Image.Image:
    """Return a page of a PDF, counted from 1, as wide as ``width`` pixels, with frames and their labels on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        opened = document[page - 1]
        millimetres = opened.get_width() * _MM
        picture = opened.render(scale=width * _FINER / opened.get_width()).to_pil().convert("RGB")
    pen = _Pen(picture, width * _FINER / millimetres)
    for frame in frames:
        pen.frame(frame)
    for frame in frames:
        pen.label(frame)
    pen.edge()
    return picture.resize((width, round(width * picture.height / picture.width)), Image.Resampling.LANCZOS)


def beside(pictures: Sequence[Image.Image], captions: Sequence[str]) -> Image.Image:
    """Return pictures of one height in a row, a line of text below each."""
    letters = ImageFont.load_default(_LETTERS + 2)
    widths = [each.width for each in pictures]
    height = max(each.height for each in pictures)
    size = (sum(widths) + _GAP * (len(pictures) - 1), height + 2 * (_LETTERS + _PADDING))
    whole = Image.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(whole)
    left = 0
    for picture, caption in zip(pictures, captions, strict=True):
        whole.paste(picture, (left, 0))
        pen.text((left + picture.width / 2, height + _LETTERS), caption, "#222222", letters, anchor="mm")
        left += picture.width + _GAP
    return whole


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture as PNG of few colours.

    Raises:
        SystemExit: it is larger than pictures of the documentation may be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path}: {picture.width} x {picture.height} pixels, {size} bytes")
    if size > LARGEST:
        raise SystemExit(f"{path} is larger than {LARGEST} bytes")


class _Pen:
    """Draws on a picture that is finer than what comes of it."""

    def __init__(self, picture: Image.Image, scale: float) -> None:
        """Prepare; ``scale`` is pixels a millimetre."""
        self._picture, self._scale = picture, scale
        self._draw = ImageDraw.Draw(picture)
        self._letters = ImageFont.load_default(_LETTERS * _FINER)

    def edge(self) -> None:
        width, height = self._picture.size
        self._draw.rectangle((0, 0, width - 1, height - 1), outline=_EDGE, width=_FINER)

    def frame(self, frame: Frame) -> None:
        x0, y0, x1, y1 = (each * self._scale for each in frame.box)
        around = _LINE * _FINER
        corners = [(x0 - around, y0 - around), (x1 + around, y0 - around)]
        corners += [(x1 + around, y1 + around), (x0 - around, y1 + around)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            self._line(start, end, frame)

    def _line(self, start: tuple[float, float], end: tuple[float, float], frame: Frame) -> None:
        if not frame.dashed:
            self._draw.line((start, end), frame.colour, _LINE * _FINER)
            return
        long = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        pieces = max(2, round(long / (8 * _FINER)))
        steps = [tuple(a + (b - a) * at / pieces for a, b in zip(start, end, strict=True)) for at in range(pieces + 1)]
        for one, other in list(pairwise(steps))[::2]:
            self._draw.line((one, other), frame.colour, _LINE * _FINER)

    def label(self, frame: Frame) -> None:
        if not frame.label:
            return
        padding, around = _PADDING * _FINER, _LINE * _FINER
        left, top, right, bottom = self._draw.textbbox((0, 0), frame.label, self._letters)
        width, height = right - left + 2 * padding, bottom - top + 2 * padding
        x = min(max(0.0, frame.box[0] * self._scale - 1.5 * around), self._picture.width - width)
        above = frame.box[1] * self._scale - around - height
        y = frame.box[3] * self._scale + around if frame.below or above < 0 else above
        y = min(y, self._picture.height - height)
        self._draw.rectangle((x, y, x + width, y + height), frame.colour)
        self._draw.text((x + padding - left, y + padding - top), frame.label, "white", self._letters)
