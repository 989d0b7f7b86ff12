"""What a page shows that does not fit: off the slide, over text, over each other, too coarse, too small, too pale.

Only what the author put there counts: the body of a page, not the theme's headlines, footlines and backgrounds, nor a
slide's title, whose colours and size are the theme's; and what shows, not what is covered, clipped or transparent.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from statistics import median

from ..pages import Box
from ..pages.boxes import MM
from ..pages.looks import BODY, TITLE, Colour, Drawing, Look, LookedPage
from .findings import Sighting
from .thresholds import CONTRAST, DOTS, FULL, OFF_SLIDE, OVER_TEXT, OVERLAP, SMALL, Thresholds

_EDGE = 0.5  # mm over the slide's edge that nobody sees
_BACKGROUND = 0.8  # of a page: what is as large as that is its background
_TOUCH = 1.5  # mm that two pictures may lie over each other: their margins
_LEAST_SHARE = 0.02  # of the smaller picture
_INK = 0.05  # of what two have in common: so much of both has to show there
_HIDDEN = 0.4  # of a text's pixels: so many of them are hidden by what lies over it,
_STROKES = 0.08  # or so many of the square of its size, which are about half a letter's
_SPECK = 3  # pixels that are nothing
_WITHIN = 0.9  # of a text: as much of it on a picture is meant to be there
_LETTER = 1.2  # mm of a line of text, about the width of a letter
_FOOT, _MARGIN = 0.8, 1.0  # of a page's height: its foot begins below that; mm at its end, where it has none
_SAME = 1.05  # a contrast that nothing was meant to be seen by
_TINY_PICTURE = 8  # pixels: a colour that is stretched over an area, no picture
_SPACE, _GAP = 0.5, 6.0  # mm between two pieces of a line that are words of their own, and that are still of one
_WATERMARK = 20.0  # points of letters that are turned
_SCRIPT = 4  # letters of an index
_NEAR = 4.0  # mm of an index, or of the number of an item, to what it is one of
_LARGER = 1.15
_MOST_PAIRS = 40  # of things that lie over each other on a page


class PageCheck:
    """One page, while it is open."""

    def __init__(self, page: LookedPage, thresholds: Thresholds, of_code: Container[Colour]) -> None:
        """Prepare.

        Args:
            page: what is looked at.
            thresholds: from where on something is told of.
            of_code: colours of highlighted code, which pandoc's style has.
        """
        self._page = page
        self._of_code = of_code
        self._thresholds = thresholds
        self._body = [each for each in page.looks if each.part == BODY and not each.is_covered]
        self._shown = [each for each in self._body if page.size.common(each.box)]
        self._titles = [each for each in page.looks if each.part == TITLE and each.text.strip()]
        self._texts = [each for each in self._shown if _is_text(each)]
        self._pictures = [each for each in self._shown if each.is_picture and not self._is_background(each)]

    def sightings(self) -> Iterator[Sighting]:
        """Yield all but what is of too little contrast."""
        yield from self._in_foot()
        yield from self._off_slide()
        yield from self._over_text()
        yield from self._overlapping()
        yield from self._coarse()
        yield from self._small()

    def _sighting(self, kind: str, look: Look, message: str, hint: str, box: Box | None = None) -> Sighting:
        return Sighting(kind, self._page.number, box or look.box, message, hint, look)

    def _is_background(self, look: Look) -> bool:
        common = self._page.size.common(look.box)
        return common is not None and common.area >= _BACKGROUND * self._page.size.area

    # Off the slide

    def _off_slide(self) -> Iterator[Sighting]:
        """What a call paints, and texts and pictures that none does; not what goes from edge to edge."""
        size = self._page.size
        others = [each for each in self._body if each.kind != "text" and (each.calls or each.is_picture)]
        for look in (*others, *lines_of([each for each in self._body if _is_text(each)])):
            if look.box.area < _EDGE or (look.kind in ("form", "shading") and not look.is_picture):
                continue
            over = {
                "left": -look.box.x0,
                "right": look.box.x1 - size.x1,
                "top": -look.box.y0,
                "bottom": look.box.y1 - size.y1,
            }
            side, by = max(over.items(), key=lambda each: each[1])
            across = (over["left"] > -_EDGE and over["right"] > -_EDGE) or self._is_background(look)
            down = over["top"] > -_EDGE and over["bottom"] > -_EDGE
            if by <= _EDGE or across or down:
                continue
            where = f"is {by:.1f} mm over the slide's {side} edge" if size.common(look.box) else "is off the slide"
            if side == "bottom" and look.kind == "text" and not look.calls:
                yield self._sighting(FULL, look, f"{_what(look)} {where}", "give the slide less")
            else:
                yield self._sighting(OFF_SLIDE, look, f"{_what(look)} {where}", "move it, or make it smaller")

    # Over each other

    def _over_text(self) -> Iterator[Sighting]:
        """What a call paints over text that is not its own."""
        seen: set[int] = set()
        pairs = 0
        for look in self._shown:
            call = look.outer
            if call is None or call in seen or not self._may_cover(look):
                continue
            for text in (*self._titles, *self._texts):
                common = look.box.common(text.box) if call not in text.calls else None
                if common is None or common.width < _LETTER or common.height < 0.3 * text.box.height:
                    continue
                if call in look.calls[:-1] or {*look.calls} <= {*text.calls} or pairs > _MOST_PAIRS:
                    continue
                pairs += 1
                if self._is_hurt(text, look, common):
                    seen.add(call)
                    what = f"{_what(look)} lies over the text {_quoted(text.text)}"
                    if look.kind != "text" and look.order < text.order:
                        what = f"the text {_quoted(text.text)} runs over the edge of {_what(look)}"
                    yield self._sighting(OVER_TEXT, look, what, "move it, or make it smaller", common)
                    break

    def _may_cover(self, look: Look) -> bool:
        if look.kind == "text":
            return _is_text(look)
        return look.is_picture or (look.kind == "path" and look.box.width > _LETTER and look.box.height > _LETTER)

    def _is_hurt(self, text: Look, look: Look, common: Box) -> bool:
        """Return whether a text can't be read well for what lies over it, or whose edge it runs over."""
        if look.kind == "text":
            return self._shows(look, common) and self._shows(text, common)
        if look.order < text.order:
            inside = common.area / max(text.box.area, 1e-6)
            if inside > _WITHIN or self._is_background(look) or not look.is_picture:
                return False
            without = self._page.drawing([look, *self._all_texts])
            changed = without.differing(self._without_texts, common)
            return changed > 0.5 * max(1, without.pixels(common))
        own = [each for each in self._page.looks if each.outer == look.outer]
        alone = self._ink(text, own, common)
        hidden = alone - self._ink(text, [], common)
        letter = self._page.drawing().scale * text.size * MM  # its size, in pixels
        return hidden > _SPECK and (hidden > _STROKES * letter**2 or hidden > _HIDDEN * alone)

    def _ink(self, text: Look, hidden: Sequence[Look], box: Box) -> int:
        """Return how many pixels of a text show in a box."""
        return self._page.drawing(hidden).differing(self._page.drawing([text, *hidden]), box)

    def _shows(self, look: Look, box: Box) -> bool:
        return self._ink(look, [], box) > _SPECK

    def _overlapping(self) -> Iterator[Sighting]:
        """Pictures of two calls, or of none, that lie over each other."""
        pairs = 0
        for at, upper in enumerate(self._pictures):
            for lower in self._pictures[:at]:
                if upper.calls and upper.outer in lower.calls:
                    continue
                if lower.calls and lower.outer in upper.calls and len(upper.calls) == len(lower.calls):
                    continue
                common = lower.box.common(upper.box)
                if not common or min(common.width, common.height) < _TOUCH or _is_same(lower.box, upper.box):
                    continue
                if common.area < _LEAST_SHARE * min(lower.box.area, upper.box.area) or pairs > _MOST_PAIRS:
                    continue
                pairs += 1
                if self._both_show(lower, upper, common):
                    message = (
                        f"{_what(upper)} lies over another picture, by {common.width:.0f} × {common.height:.0f} mm"
                    )
                    yield self._sighting(OVERLAP, upper, message, "move one of them", common)
                    break

    def _both_show(self, lower: Look, upper: Look, box: Box) -> bool:
        """Return whether two pictures have ink where they lie over each other."""
        neither = self._page.drawing([lower, upper])
        least = max(4, _INK * neither.pixels(box))
        each = (self._page.drawing([look]).differing(neither, box) for look in (lower, upper))
        return all(ink >= least for ink in each)

    # Pictures and letters

    def _coarse(self) -> Iterator[Sighting]:
        least = self._thresholds.min_dpi
        for look in self._shown:
            images = [each for each in look.leaves if each.kind == "image" and min(each.pixels) > _TINY_PICTURE]
            coarse = min((each for each in images if each.dots < least), key=lambda each: each.dots, default=None)
            if coarse and coarse.box.area > 1:
                width, height = coarse.pixels
                message = f"a picture of {width} × {height} pixels has {coarse.dots:.0f} dots per inch at its size"
                hint = f"less than {least:g} look coarse: take a larger one, or show it smaller"
                yield self._sighting(DOTS, look, message, hint)

    def _small(self) -> Iterator[Sighting]:
        least = self._thresholds.min_text_size
        for look in self._texts:
            if 0 < look.size < least - 0.05 and _is_words(look) and not self._is_index(look):
                message = f"the text {_quoted(look.text)} has letters of {look.size:.1f} points"
                yield self._sighting(SMALL, look, message, f"less than {least:g} are hard to read from afar")
        for look in self._pictures:
            sizes = [each.size for each in look.leaves if each.kind == "text" and _is_words(each) and each.size > 0]
            if look.kind == "form" and sizes and median(sizes) < least - 0.05:
                message = f"the letters in a picture have {median(sizes):.1f} points at its size"
                hint = f"less than {least:g} are hard to read from afar: show it larger, or make its letters larger"
                yield self._sighting(SMALL, look, message, hint)

    def _is_index(self, look: Look) -> bool:
        """Return whether a text is an index, a mark of a footnote or the like: short, and beside larger letters."""
        if len(look.text.strip()) > _SCRIPT:
            return False
        around = Box(look.box.x0 - _NEAR, look.box.y0 - _NEAR, look.box.x1 + _NEAR, look.box.y1 + _NEAR)
        return any(each.size > _LARGER * look.size and around.common(each.box) for each in self._texts)

    # Colours

    @cached_property
    def _all_texts(self) -> list[Look]:
        return [each for each in self._page.looks if each.kind == "text"]

    @cached_property
    def _without_texts(self) -> Drawing:
        return self._page.drawing(self._all_texts)

    def contrasts(self) -> Iterator[tuple[float, Sighting]]:
        """Yield the contrast of each text that shows with what is behind it, and what to say if it is too little."""
        for look in self._texts:
            if not _is_words(look) or look.colour in self._of_code:
                continue
            behind = self._without_texts.colours(look.box, most=60)
            if not behind:
                continue
            ratio = median(contrast(_mixed(look.colour, each, look.opacity), each) for each in behind)
            if ratio < _SAME:
                continue
            is_low = ratio < self._thresholds.min_contrast
            if is_low and not self._page.drawing().differing(self._without_texts, look.box, least=8):
                continue  # something lies over it
            message = f"the text {_quoted(look.text)} has a contrast of {ratio:.1f}:1 with what is behind it"
            hint = f"less than {self._thresholds.min_contrast:g}:1 is hard to read: make it darker or lighter"
            yield ratio, replace(self._sighting(CONTRAST, look, message, hint), colours=(look.colour, _middle(behind)))

    def colours_of_title(self) -> set[tuple[Colour, ...]]:
        """Return the colours that the theme has for a slide's title and what is behind it."""
        behind = ((each.colour, self._without_texts.colours(each.box, most=60)) for each in self._titles)
        return {(colour, _middle(colours)) for colour, colours in behind if colours}

    # The foot

    def _in_foot(self) -> Iterator[Sighting]:
        """Text that runs over what the theme has at the foot of the page."""
        for look in self._texts:
            for each in self._foot:
                common = look.box.common(each.box)
                if common and common.height > 0.3 * look.box.height and common.width > _LETTER:
                    message = f"the text {_quoted(look.text)} runs over the foot of the slide"
                    yield self._sighting(FULL, look, message, "give the slide less")
                    return

    @cached_property
    def _foot(self) -> list[Look]:
        """What the theme has there."""
        size = self._page.size
        outside = (each for each in self._page.looks if each.part == "" and each.box.area > 1)
        return [each for each in outside if each.box.y0 > _FOOT * size.height and size.common(each.box)]

    def reaches_foot(self) -> bool:
        """Return whether what the author put on the slide goes as far down as the foot, or over an edge."""
        size = self._page.size
        lowest = min((each.box.y0 for each in self._foot), default=size.y1 - _MARGIN)
        shown = [each for each in self._body if each.box.area > 0 and not self._is_background(each)]
        return any(each.box.y1 > lowest or each.box.y0 < -_EDGE for each in shown)

    def lines(self) -> int:
        """Return how many lines of text there are, those beside each other counted once."""
        count, below = 0, -1.0
        for box in sorted((each.box for each in self._texts if _is_words(each)), key=lambda box: box.y1):
            if box.y1 - below > max(1.0, 0.5 * box.height):
                count += 1
                below = box.y1
        return count


def lines_of(texts: Sequence[Look]) -> list[Look]:
    """Return lines of text, of the pieces that they are painted in: pieces of one call, or of none."""
    lines: list[Look] = []
    for text in texts:
        last = lines[-1] if lines else None
        if last and last.calls == text.calls and _is_beside(last.box, text.box):
            gap = " " if text.box.x0 - last.box.x1 > _SPACE else ""
            joined = f"{last.text.rstrip()}{gap or ' ' * last.text.endswith(' ')}{text.text}"
            lines[-1] = replace(last, text=joined, box=last.box.joined(text.box), size=max(last.size, text.size))
        else:
            lines.append(text)
    return lines


def _is_beside(left: Box, right: Box) -> bool:
    down = min(left.y1, right.y1) - max(left.y0, right.y0)
    return right.x0 > left.x0 and down > 0.3 * min(left.height, right.height) and right.x0 - left.x1 < _GAP


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """Return how light a colour is, from 0 to 1 (WCAG 2.1, "relative luminance")."""
    red, green, blue = (_LINEAR[each] for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_LINEAR = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in range(256)]


def _middle(colours: Sequence[Colour]) -> Colour:
    red, green, blue = (round(median(each[part] for each in colours)) for part in range(3))
    return red, green, blue


def _mixed(colour: Colour, behind: Colour, opacity: float) -> Colour:
    if opacity >= 1:
        return colour
    red, green, blue = (
        round(opacity * mine + (1 - opacity) * other) for mine, other in zip(colour, behind, strict=True)
    )
    return red, green, blue


def _is_text(look: Look) -> bool:
    """Return whether it is text to be read: a watermark is not."""
    is_watermark = look.is_turned and look.size > _WATERMARK
    return look.kind == "text" and bool(look.text.strip()) and look.opacity > 0 and not is_watermark


def _is_words(look: Look) -> bool:
    return any(each.isalnum() for each in look.text)


def _is_same(one: Box, other: Box) -> bool:
    return max(abs(one.x0 - other.x0), abs(one.y0 - other.y0), abs(one.x1 - other.x1), abs(one.y1 - other.y1)) < 0.1


def _what(look: Look) -> str:
    if look.kind == "text":
        return f"the text {_quoted(look.text)}"
    return "a picture" if look.is_picture else "a drawing"


def _quoted(text: str, most: int = 30) -> str:
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= most else shown[: most - 1] + '…'}”"
