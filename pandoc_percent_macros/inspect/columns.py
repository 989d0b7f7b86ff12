"""Widths of columns that LaTeX, or a browser, can't make anything of: divs go in, warnings come out."""

import re
from collections.abc import Iterator

from ..base import ERROR, WARNING, Diagnostic, Span
from ..document import elements
from ..pandoc import Format
from .divs import Divs, Fence

# What pandoc's beamer writer takes for a percentage (Haskell's numbers); all else it puts before `\linewidth`.
_PERCENTAGE = re.compile(r"\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*%")
_SHARE = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# What a browser takes: a number right before its unit, a function, or a word of CSS's.
_CSS = re.compile(
    r"[-+]?(?:\d+|\d*\.\d+)(?:e[-+]?\d+)?(?:%|[a-z]+)|0|[a-z-]+\(.*\)"
    r"|auto|(?:min|max|fit)-content|stretch|inherit|initial|revert(?:-layer)?|unset",
    re.IGNORECASE | re.DOTALL,
)
_CURE = "write a percentage: `width=40%`"
_BOUND = "give it more than nothing, and 100 % at most"
_CALL = "%%"


def faults(divs: Divs, target: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the widths of columns in a format; an error where LaTeX would stop.

    Args:
        divs: of the document.
        target: the format.
    """
    format = Format(target)
    beamer = format.name == "beamer"
    if not beamer and not format.belongs_to("html") and not format.belongs_to("epub"):
        return
    for inside, div in _columns(divs.document["blocks"], []):
        fence = divs.of(div)
        value = dict(div["c"][0][2]).get("width")
        if fence and value is not None and _CALL not in value and value.isascii():
            place = _place(fence, value)
            yield from _of_beamer(place, value) if beamer else _of_browsers(place, value)
        if beamer and inside:
            yield from _sum(divs, inside, div)


def _columns(value: object, inside: elements.Blocks) -> Iterator[tuple[elements.Blocks, elements.Element]]:
    """Yield each column, with all those that stand beside it if it is the last one."""
    if isinstance(value, list):
        for each in value:
            yield from _columns(each, inside)
    elif isinstance(value, dict):
        if value.get("t") == "Div":
            if "column" in value["c"][0][1]:
                yield (inside if inside and value is inside[-1] else []), value
            columns = "columns" in value["c"][0][1]
            inside = [each for each in value["c"][1] if _is_column(each)] if columns else []
            yield from _columns(value["c"][1], inside)
        else:
            yield from _columns(list(value.values()), [])


def _is_column(block: elements.Element) -> bool:
    return block["t"] == "Div" and "column" in block["c"][0][1]


def _place(fence: Fence, value: str) -> Span:
    """Return where a width is written, or all of the fence."""
    at = fence.span.text.find(value, fence.span.text.find("width")) if value else -1
    start = fence.span.start + at
    return Span(fence.span.source, start, start + len(value)) if at >= 0 else fence.span


def _share(value: str) -> float | None:
    """Return what part of the line a width is for beamer, in per cent; None for what is none."""
    if found := _PERCENTAGE.fullmatch(value):
        return float(found[1])
    return 100 * float(value) if _SHARE.fullmatch(value) else None


def _of_beamer(place: Span, value: str) -> Iterator[Diagnostic]:
    share = _share(value)
    if share is None:
        message = f"`{value}` is no width of a column: pandoc writes `{value}\\linewidth`"
        yield Diagnostic("PM615", message, place, (_CURE,), severity=ERROR if value else WARNING)
    elif not 0 < share <= 100:
        percent = f"{value}%"
        meant = not value.endswith("%") and 1 < share / 100 <= 100
        message = f"a column of {share:g} % of the line's width"
        yield _warning(message, place, f"did you mean `width={percent}`?" if meant else _BOUND)


def _of_browsers(place: Span, value: str) -> Iterator[Diagnostic]:
    found = _PERCENTAGE.fullmatch(value)
    if not _CSS.fullmatch(value.strip()):
        yield _warning(f"`{value}` is no width of a column: browsers ignore it", place, _CURE)
    elif found and not 0 < float(found[1]) <= 100:
        yield _warning(f"a column of {float(found[1]):g} % of the line's width", place, _BOUND)


def _sum(divs: Divs, columns: elements.Blocks, last: elements.Element) -> Iterator[Diagnostic]:
    """Warn of columns that are wider together than the line; those without a width are not counted."""
    shares = [_share(dict(each["c"][0][2]).get("width", "0%")) for each in columns]
    total = sum(share for share in shares if share and 0 < share <= 100)
    fence = divs.of(last)
    if total > 100.5 and fence and len(columns) > 1:
        message = f"the columns here take {total:g} % of the line's width together"
        yield _warning(message, fence.span, "let their widths add up to 100 %, or less")


def _warning(message: str, place: Span, hint: str) -> Diagnostic:
    return Diagnostic("PM615", message, place, (hint,), severity=WARNING)
