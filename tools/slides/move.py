"""The picture of `docs/move.md`: a slide before and after a move, each with the call and its box."""

import json
from pathlib import Path

from decks import built, copied, run
from drawing import BLUE, GREEN, Frame, beside, save, slide

_ASKED = "--by=48mm,12mm"
_WIDTH = 640  # pixels of each slide


def draw(images: Path, folder: Path) -> None:
    """Draw it.

    Args:
        images: where it is to be.
        folder: for what is temporary.
    """
    deck = copied("move.md", folder)
    pictures, captions, former = [], [], []
    for colour in (BLUE, GREEN):
        (found,) = json.loads(run(deck, "boxes", deck.name, "--json"))
        box = (found["x0"], found["y0"], found["x1"], found["y1"])
        pictures.append(slide(built(deck), 1, [*former, Frame(box, found["call"], colour, below=True)], _WIDTH))
        former = [Frame(box, colour=colour, dashed=True)]
        if not captions:
            run(deck, "move", f"{deck.name}:{found['line']}", _ASKED)
            captions.append("before")
    captions.append(f"percent-macros move {deck.name}:{found['line']} {_ASKED}")
    save(beside(pictures, captions), images / "move.png")
