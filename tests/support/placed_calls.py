"""Calls of many kinds that paint in red, each alone with it on its slide: poppler knows where the red is."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

DOTS = 1016  # an inch: 40 a millimetre
HEADER = r"""---
header-includes: |
  \usepackage{tikz,colortbl}
---

%%define red($x) latex("\\textcolor{red}{$x}") =end
%%define overlay($x, $y, $w)
my $place = "anchor=north west,inner sep=0,outer sep=0,xshift=$x,yshift=-$y";
my $node = "\\node[$place] at (current page.north west) {\\includegraphics[width=$w]{red}};";
latex("\\begin{tikzpicture}[remember picture,overlay]$node\\end{tikzpicture}")
=end
%%define drawn($x)
latex("\\begin{tikzpicture}\\fill[red] (0,0) circle (1); \\node at (2,0) {\\color{red}$x};\\end{tikzpicture}")
=end
%%define thick($x) latex("\\begin{tikzpicture}\\draw[red,line width=2mm] $x;\\end{tikzpicture}") =end
%%define rule($w, $h) latex("\\textcolor{red}{\\rule{$w}{$h}}") =end
%%define outer($x) latex("{\\color{red}a \\fbox{") . $x . latex("} b}") =end
%%define turned($w) latex("\\rotatebox{30}{\\textcolor{red}{\\rule{$w}{3mm}}}") =end
%%define scaled($x) latex("\\scalebox{1.7}{\\textcolor{red}{$x}}") =end
%%define cropped($w) latex("\\includegraphics[width=$w,trim=4 6 8 2,clip]{red}") =end
%%define table($x)
my $rows = "\\hline $x & 1\\\\\\hline";
latex("{\\color{red}\\arrayrulecolor{red}\\begin{tabular}{|l|r|}$rows\\end{tabular}}")
=end
%%define narrow($x) latex("\\begin{minipage}{4cm}\\color{red}$x\\end{minipage}") =end
%%define formula($x) latex("\$\\color{red}\\sum_{i=1}^{$x} \\sqrt{i}\$") =end
%%define block($x) latex("\\begin{block}{\\color{red}$x}\\color{red}Hello $x\\end{block}") =end
%%define picture() markdown("![](red.png){width=3cm}") =end
%%define figure() markdown("![](red.png){width=3cm height=1cm}") =end
%%define long($x) latex("\\textcolor{red}{" . "$x " x 60 . "}") =end
%%define step($x) latex("\\only<2>{\\textcolor{red}{$x}}") =end
%%define covered($x) latex("\\uncover<2->{\\textcolor{red}{$x}}") =end
%%define lines($x) latex("{\\color{red}$x\n\n$x " . "$x" x 20 . "\n\n}") =end

"""
KINDS = {
    "a picture placed by the prelude": "%%place(20mm, 30mm, 25mm, red.png)",
    "a picture placed by its middle": '%%place(50%, 0.5, 40pt, red.png, "center")',
    "an overlay of TikZ's": "%%overlay(98mm, 12mm, 2cm)",
    "an overlay partly off the slide": "%%overlay(-5mm, 40mm, 2cm)",
    "a drawing": "a %%drawn(knoll) b",
    "a thick line": "a %%thick((0,0) -- (2,0)) b",
    "a thick slanted line": "a %%thick((0,0) -- (2,1)) b",
    "a thick frame": "a %%thick((0,0) rectangle (2,1)) b",
    "a thick circle": "a %%thick((0,0) circle (1)) b",
    "a thick corner": "a %%thick((0,0) -- (1,1) -- (2,0)) b",
    "a rule of known size": "a %%rule(3cm, 2mm) b",
    "a word in a paragraph": "Some words and %%red(jetty), then more.",
    "a part of a word": "The wa<!-- -->%%red(ff)le and more.",
    "a paragraph": "%%long(maple)",
    "an item": "* one\n* %%red(grove)\n* three",
    "an item's first word, quoted": "* %%red(`jetty')\n* two",
    "a nested item": "1. one\n    - a %%red(inlet) b\n2. two",
    "a cell": "| a | b |\n|---|---|\n| c | %%red(fjord) |",
    "a table": "%%table(office)",
    "a column": "::: columns\n::: column\na\n:::\n::: column\nb %%red(ocean)\n:::\n:::",
    "a quote": "> a %%red(petal) b",
    "a definition": "term\n:   a %%red(quartz)",
    "a note": "a^[b %%red(cedar) c]",
    "a caption": "![a %%red(birch) b](black.png){width=1cm}",
    "a link's text": "[a %%red(delta) b](http://a.b)",
    "a call in a call": "%%outer(%%red(ember))",
    "something turned": "a %%turned(2cm) b",
    "something scaled": "a %%scaled(quartz) b",
    "a cropped picture": "a %%cropped(3cm) b",
    "a picture in Markdown": "%%picture()",
    "a picture within a line": "a %%figure() b",
    "a minipage": "a %%narrow(some words that fill two lines and more) b",
    "a formula": "a %%formula(q) b",
    "what is shown later": "a\n\n. . .\n\n%%red(heron)",
    "only on one step": "a %%step(north) b",
    "uncovered": "a %%covered(north) b",
    "in raw LaTeX": "\\begin{center}\na\n\n%%overlay(30mm, 50mm, 1cm)\n\\end{center}",
    "several paragraphs": "%%lines(apple )",
}
STEPS = ("only on one step", "uncovered", "what is shown later", "a block's title")
HEADINGS = {
    "a heading": "## a %%red(grove) b\n\nc",
    "a heading alone": "## %%red(grove)\n\nc",
    "a block's title": "## a\n\n### b %%red(jetty)\n\nc",
}


@dataclass(frozen=True)
class Measured:
    """How far the box of a call is from its ink, at most."""

    kind: str
    error: float  # mm; infinite where there is only one of them


def document(*, beamer: bool) -> tuple[str, dict[int, str]]:
    """Return a document with a call of each kind, and the kinds by the lines where they begin."""
    text, starts = HEADER, {}
    slides = {kind: f"## s\n\n{body}" for kind, body in KINDS.items()} | HEADINGS
    if not beamer:
        slides = {kind: slide for kind, slide in slides.items() if kind not in STEPS}
    for kind, slide in slides.items():
        starts[text.count("\n") + 1] = kind
        text += f"{slide}\n\n" + "\\newpage\n\n" * (not beamer)
    return text, starts


def measured(folder: Path, *options: str, dots: int = DOTS) -> list[Measured]:
    """Build the document in a folder, and compare; ``dots`` an inch is what the ink is looked at with."""
    text, starts = document(beamer="latex" not in options)
    (folder / "a.md").write_text(text, "utf-8")
    Image.new("RGB", (64, 48), "red").save(folder / "red.png")
    Image.new("RGB", (64, 48), "black").save(folder / "black.png")
    told = json.loads(_run(folder, "boxes", "a.md", "--json", *options))
    _run(folder, "build", "a.md", "--quiet", *([] if "-t" in options else ["-t", "beamer"]), "-o", "a.pdf", *options)
    inks = _inks(folder / "a.pdf", dots)
    found = []
    for each in told:
        kind = starts[max(line for line in starts if line <= each["line"])]
        ink = inks.pop(each["page"], None)
        box = (each["x0"], each["y0"], each["x1"], each["y1"])
        error = max(abs(a - b) for a, b in zip(ink, _on(box), strict=True)) if ink else float("inf")
        found.append(Measured(kind, error))
    lacking = [*({*starts.values()} - {each.kind for each in found}), *(f"page {page}" for page in inks)]
    return [*found, *(Measured(each, float("inf")) for each in lacking)]


def _on(box: tuple[float, ...]) -> tuple[float, ...]:
    """Return what of a box is not to the left of the page, nor above."""
    return (max(0.0, box[0]), max(0.0, box[1]), box[2], box[3])


def _inks(pdf: Path, dots: int) -> dict[int, tuple[float, ...]]:
    """Return where the red is on the pages that have some, in mm."""
    inks = {}
    with tempfile.TemporaryDirectory() as folder:
        command: list[str | Path] = [
            "pdftoppm",
            "-aa",
            "no",
            "-aaVector",
            "no",
            "-r",
            str(dots),
            pdf,
            Path(folder, "page"),
        ]
        subprocess.run(command, check=True)
        for number, path in enumerate(sorted(Path(folder).iterdir()), 1):
            with Image.open(path) as page:
                red, green, _ = page.split()
                ink = ImageChops.subtract(red, green).point(lambda level: 255 * (level > 127)).getbbox()
            if ink:
                inks[number] = tuple(edge * 25.4 / dots for edge in ink)
    return inks


def _run(folder: Path, *arguments: str) -> str:
    command = ["percent-macros", *arguments]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
