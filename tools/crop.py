"""Cuts out what is on the pages of a deck, below their titles: `crop.py FOLDER NAMES PAGE…`, a name for each page."""

import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageOps

TITLE, MARGIN = 0.15, 12  # the share of a page that its title takes, in height; pixels around what is cut out
COLOURS = 32


def cropped(page: Image.Image) -> Image.Image:
    """Return what is on a page below its title, with a margin."""
    body = page.crop((0, round(TITLE * page.height), page.width, page.height))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    if box is None:
        raise SystemExit("a page is empty")
    return ImageOps.expand(body.crop(box), MARGIN, "white")


def main() -> None:
    """Write a picture for each page."""
    folder, names, pages = Path(sys.argv[1]), sys.argv[2].split(), [Path(each) for each in sys.argv[3:]]
    for name, path in zip(names, pages, strict=True):
        picture = cropped(Image.open(path).convert("RGB"))
        few = picture.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(folder / f"{name}.png", optimize=True)
    print(f"{folder}: {len(names)} pictures, {sum(each.stat().st_size for each in folder.glob('*.png'))} bytes")


if __name__ == "__main__":
    main()
