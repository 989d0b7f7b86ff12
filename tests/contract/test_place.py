"""Pictures at fixed places: where they lie in the finished PDF, against what was asked for, and what the text does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

# Each picture's place: x, y, its width and its anchor as they are written, and then in millimetres of a page w by h.
PLACES = [
    *(
        (("30mm", "20mm", "40mm", anchor), lambda w, h: (30, 20, 40))
        for anchor in (
            *("north west", "north", "north east", "west", "center", "east", "south west", "south", "south east"),
        )
    ),
    (("0.3", "0.25", "0.2", "center"), lambda w, h: (0.3 * w, 0.25 * h, 0.2 * w)),
    (("12.5%", "33.3%", "17%", "south east"), lambda w, h: (0.125 * w, 0.333 * h, 0.17 * w)),
    (("0.5\\paperwidth", "\\paperheight - 30mm", "25mm", "south"), lambda w, h: (w / 2, h - 30, 25)),
    (("1in", "72bp", "96px", "north"), lambda w, h: (25.4, 25.4, 25.4)),
    (("-5mm", "+7.25mm", "3cm", "north west"), lambda w, h: (-5, 7.25, 30)),
    # Large, where LaTeX's own division of the width by that of the picture is wrong by a tenth of a millimetre
    (("0.123", "0.456", "0.789", "center"), lambda w, h: (0.123 * w, 0.456 * h, 0.789 * w)),
]
EXACT = 0.01  # mm
POINT = 25.4 / 72
SIZE = (40, 30)
_RED = re.compile(r'fill:rgb\(100%,0%,0%\)[^>]* d="([^"]*)"')
_PAGE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def picture(width: int, height: int) -> bytes:
    """Return a PDF of a red rectangle, so many points wide and high: programs that show it round no pixels."""
    drawn = f"1 0 0 rg 0 0 {width} {height} re f"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R /Resources << >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    text, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        table += f"{len(text):010d} 00000 n \n"
        text += f"{number} 0 obj\n{each}\nendobj\n"
    end = f"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 5\n{table}{end}".encode()


def measured(pdf: Path, page: int) -> tuple[float, float, list[float]]:
    """Return the width and height of a page, and the left, top and width of its red picture, in millimetres."""
    command = ["pdftocairo", "-svg", "-nocenter", "-noshrink", "-f", str(page), "-l", str(page), pdf, "-"]
    drawn = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    size = _PAGE.search(drawn)
    (path,) = _RED.findall(drawn)
    numbers = [float(each) * POINT for each in re.findall(r"-?[\d.]+", path)]
    assert size
    left, top = min(numbers[::2]), min(numbers[1::2])
    return float(size[1]) * POINT, float(size[2]) * POINT, [left, top, max(numbers[::2]) - left]


WRITTEN = {
    "article": ["-t", "latex"],
    "a4": ["-t", "latex", "-V", "geometry:a4paper"],
    "beamer": ["-t", "beamer"],
    "wide": ["-t", "beamer", "-V", "aspectratio=169"],
}


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
@pytest.mark.parametrize("options", WRITTEN.values(), ids=WRITTEN)
def test_a_picture_lies_where_it_is_asked_to(run: Run, tmp_path: Path, engine: str, options: list[str]) -> None:
    (tmp_path / "p.pdf").write_bytes(picture(*SIZE))
    new = "\\newpage\n\n" if "latex" in options else ""
    slides = [f"## Slide\n\nText.\n\n%%place({', '.join([*asked[:3], 'p.pdf', asked[3]])})\n\n" for asked, _ in PLACES]
    (tmp_path / "a.md").write_text(new.join(slides))
    done = run("pandoc", "-F", "percent-macros", "a.md", "-o", "a.pdf", f"--pdf-engine={engine}", *options)
    assert done.status == 0, done.err
    for number, (asked, place) in enumerate(PLACES, 1):
        width, height, (left, top, wide) = measured(tmp_path / "a.pdf", number)
        x, y, size = place(width, height)
        high = size * SIZE[1] / SIZE[0]
        words = asked[3].split()
        x -= 0 if "west" in words else size if "east" in words else size / 2
        y -= 0 if "north" in words else high if "south" in words else high / 2
        assert [left, top, wide] == pytest.approx([x, y, size], abs=EXACT), asked


def words_of(pdf: Path) -> list[str]:
    """Return the words of a PDF with their places."""
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True).stdout
    return re.findall(r"<word .*", out)


TEXTS = {
    "between paragraphs": "# One\n\nText above.\n\nHERE\n\nText below.\n",
    "below a heading": "# One\n\nHERE\n\nText below.\n",
    "at the end": "# One\n\nText above.\n\nHERE\n",
    "beside text": "# One\n\nText above.\nHERE\nText below.\n",
    "in a list": "# One\n\n- one\n\n  HERE\n\n- two\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("target", ["latex", "beamer"])
def test_the_text_does_not_move(run: Run, tmp_path: Path, text: str, target: str) -> None:
    (tmp_path / "p.pdf").write_bytes(picture(*SIZE))
    (tmp_path / "a.md").write_text(text.replace("HERE", "%%place(5mm, 5mm, 10mm, p.pdf)"))
    (tmp_path / "b.md").write_text(text.replace("HERE\n", "\n"))
    for name in "ab":
        done = run("pandoc", "-F", "percent-macros", f"{name}.md", "-o", f"{name}.pdf", "-t", target)
        assert done.status == 0, done.err
    assert words_of(tmp_path / "a.pdf") == words_of(tmp_path / "b.pdf")
    assert words_of(tmp_path / "a.pdf")
