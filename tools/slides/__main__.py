"""Draws the pictures of slides that the documentation shows: `slides [NAME…]`; a module each draws those of a page."""

import sys
import tempfile
from pathlib import Path

import boxes
import lint
import move
import preview

IMAGES = Path(__file__).parents[2] / "docs/images"
PICTURES = {"boxes": boxes.draw, "lint": lint.draw, "move": move.draw, "preview": preview.draw}


def main() -> None:
    """Draw the pictures that are named, or all."""
    for name in sys.argv[1:] or PICTURES:
        with tempfile.TemporaryDirectory() as folder:
            PICTURES[name](IMAGES, Path(folder))


if __name__ == "__main__":
    main()
