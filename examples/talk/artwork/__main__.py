"""Draws the deck's pictures: `make artwork`, or `python examples/talk/artwork` where Pillow is installed.

Needs rsvg-convert and the fonts Inter and JetBrains Mono; the Makefile knows what Debian calls them.
The same tools give the same bytes: there is no clock and no chance in them.
"""

import os
import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

import cluster
import console
import game
import horizon
import logos
import metrics
import team

IMAGES = Path(__file__).resolve().parent.parent / "images"


def convert(drawing: str, form: str) -> bytes:
    """The drawing as PNG or PDF; the epoch stands for the PDF's date."""
    return subprocess.run(
        ["rsvg-convert", "--format", form],
        input=drawing.encode(),
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
    ).stdout


def screenshot(name: str, drawing: str, colours: int = 256) -> None:
    """A PNG of few colours, enough for flat drawings; on white, as pdfTeX ignores its transparency."""
    drawn = Image.open(BytesIO(convert(drawing, "png"))).convert("RGBA")
    picture = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")
    picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)


def photograph(name: str, drawing: str) -> None:
    picture = Image.open(BytesIO(convert(drawing, "png"))).convert("RGB")
    picture.save(IMAGES / name, quality=72, optimize=True, progressive=True)


def logo(name: str, drawing: str) -> None:
    (IMAGES / name).write_bytes(convert(drawing, "pdf"))


def main() -> None:
    photograph("IMG_20140812.jpg", team.draw())
    screenshot("game.png", game.draw(), 144)
    screenshot("grafana-monitor0.png", metrics.draw())
    screenshot("cubism.png", horizon.draw(), 40)
    screenshot("ncurses-dev.png", console.draw(), 40)
    screenshot("nqSRS.png", cluster.draw())
    logo("ansible.pdf", logos.draw_recipe())
    logo("docker.pdf", logos.draw_containers())
    for picture in sorted(IMAGES.iterdir()):
        print(f"{picture.stat().st_size:7} {picture.name}")


if __name__ == "__main__":
    main()
