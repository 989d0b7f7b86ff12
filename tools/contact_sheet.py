"""Puts the pages of a deck side by side: `contact_sheet.py SHEET PAGE…`."""

import sys
from pathlib import Path

from PIL import Image

COLUMNS, WIDTH, GAP = 5, 320, 12  # in pixels, of a page and between two
BACKGROUND, EDGE = "#e4e5f0", "#c5c7dc"
COLOURS = 224  # few enough for a small file, many enough for the pictures


def sheet(pages: list[Path]) -> Image.Image:
    """Return the pages in rows, each scaled to the width of a column."""
    pictures = [Image.open(page).convert("RGB") for page in pages]
    height = round(WIDTH * pictures[0].height / pictures[0].width)
    rows = -(-len(pictures) // COLUMNS)
    step = (WIDTH + GAP, height + GAP)
    whole = Image.new("RGB", (COLUMNS * step[0] + GAP, rows * step[1] + GAP), BACKGROUND)
    for n, picture in enumerate(pictures):
        row, column = divmod(n, COLUMNS)
        x, y = GAP + column * step[0], GAP + row * step[1]
        whole.paste(EDGE, (x - 1, y - 1, x + WIDTH + 1, y + height + 1))
        whole.paste(picture.resize((WIDTH, height), Image.Resampling.LANCZOS), (x, y))
    return whole


def main() -> None:
    """Write the sheet that the arguments ask for."""
    target, pages = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    few = sheet(pages).quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    print(f"{target}: {len(pages)} pages, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
