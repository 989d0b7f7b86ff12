"""Documents whose LaTeX is quick, their PDFs, and PDFs as pictures."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from ..conftest import Done, Run

TEMPLATE = r"""\documentclass{article}
\usepackage{graphicx,xcolor}
\newcommand{\pandocbounded}[1]{#1}
$for(header-includes)$
$header-includes$
$endfor$
\begin{document}
$if(toc)$
\tableofcontents
$endif$
$body$
\end{document}
"""


def document(folder: Path, text: str, name: str = "a.md") -> str:
    """Write a document, and a template for it; return the document's name."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    (folder / "small.latex").write_text(TEMPLATE, "utf-8")
    return name


def build_here(run: Run, name: str, *options: str, **variables: str) -> Done:
    """Build ``a.pdf`` of a document in the test's folder."""
    return run("percent-macros", "build", name, "-o", "a.pdf", *options, **variables)


def pages(pdf: Path) -> list[bytes]:
    """Return the pages of a PDF as pictures, at 60 dots an inch."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "60", pdf, Path(folder, "page")], check=True)
        made = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    assert made
    return made


def page_count(pdf: Path) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def differing(one: Path, other: Path) -> list[int]:
    """Return the pages of two PDFs that differ in a pixel."""
    with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
        assert len(first) == len(second) > 0
        pairs = enumerate(zip(first, second, strict=True), 1)
        return [number for number, pair in pairs if ImageChops.difference(*map(_picture, pair)).getbbox()]


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=2).to_pil().convert("RGB")
