"""The picture of `docs/slide-lint.md`: a slide with what does not fit on it."""

import os
from pathlib import Path

from decks import built, copied
from drawing import BLUE, GREEN, ORANGE, RED, Frame, save, slide

from pandoc_percent_macros.build.builder import kept
from pandoc_percent_macros.inspect.loading import load
from pandoc_percent_macros.lint.linter import Linter, Listening
from pandoc_percent_macros.lint.thresholds import Thresholds
from pandoc_percent_macros.placing.placed import PlacedDocument


def draw(images: Path, folder: Path) -> None:
    """Draw it.

    Args:
        images: where it is to be.
        folder: for what is temporary.
    """
    deck = copied("lint.md", folder)
    pdf = built(deck)
    os.chdir(folder)
    arguments = [deck.name]
    with PlacedDocument(arguments, Listening(), kept(), again=True) as document:
        document.build()
        found = Linter(document).lint(load(arguments), Thresholds()).findings
    colours = {"over-text": RED, "off-slide": BLUE, "overlap": ORANGE}
    frames = []
    for each in found:
        assert each.span
        line, _ = each.span.source.position(each.span.start)
        box = (each.box.x0, each.box.y0, each.box.x1, each.box.y1)
        frames.append(
            Frame(
                box, f"{line}: {each.kind}", colours.get(each.kind, GREEN), below=each.kind in ("contrast", "over-text")
            )
        )
    save(slide(pdf, 1, frames), images / "slide-lint.png")
