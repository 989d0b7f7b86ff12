"""The picture of `docs/pages.md`: a slide with the boxes of its calls."""

import json
from pathlib import Path

from decks import built, copied, run
from drawing import BLUE, GREEN, ORANGE, RED, Frame, save, slide


def draw(images: Path, folder: Path) -> None:
    """Draw it.

    Args:
        images: where it is to be.
        folder: for what is temporary.
    """
    deck = copied("boxes.md", folder)
    found = json.loads(run(deck, "boxes", deck.name, "--json"))
    frames = [
        Frame(
            (each["x0"], each["y0"], each["x1"], each["y1"]), f"{each['line']}:{each['column']} {each['call']}", colour
        )
        for each, colour in zip(found, (BLUE, GREEN, RED, ORANGE), strict=True)
    ]
    save(slide(built(deck), 1, frames), images / "boxes.png")
