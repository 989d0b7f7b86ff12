"""Verbatim text on slides that are not fragile: LaTeX goes in; out come slides that have some, and how to cure them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FRAME = re.compile(r"^\\begin\{frame\}(?:\[([^\]\n]*)\])?(.*?)^\\end\{frame\}", re.MULTILINE | re.DOTALL)
_VERBATIM = re.compile(
    r"\\(?:verb\b\*?|lstinline\b|mintinline\b|begin\{(?:[BL]?Verbatim|verbatim|lstlisting|minted)\*?\})"
)
_MOST = 8  # slides that are looked at: each takes a run of LaTeX
CURE = "verbatim text needs a slide that is fragile: `## Title {.fragile}`, and can't be an argument of a command"


@dataclass(frozen=True)
class Fragile:
    """Verbatim text on a slide."""

    start: int  # of the command, an offset in the LaTeX
    end: int
    cured: str  # the LaTeX, with the slide made fragile


def suspects(tex: str) -> Iterator[Fragile]:
    """Yield the first verbatim text of each slide that has some and is not fragile."""
    left = _MOST
    for frame in _FRAME.finditer(tex):
        options = [each.strip() for each in (frame[1] or "").split(",") if each.strip()]
        found = _VERBATIM.search(tex, frame.start(2), frame.end(2))
        if found and left and not {"fragile", "containsverbatim"}.intersection(each.split("=")[0] for each in options):
            left -= 1
            begin = f"\\begin{{frame}}[{','.join((*options, 'fragile'))}]"
            yield Fragile(*found.span(), tex[: frame.start()] + begin + tex[frame.start(2) :])
