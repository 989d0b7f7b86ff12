"""The tour, a deck that uses every feature, in all its formats: no diagnostics, the pages, and what is on them."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.pandoc
EXAMPLES = Path(__file__).parents[2] / "examples"
TITLES = [
    "A line that begins with two signs",
    "Templates: text with holes",
    "Arguments are text",
    "Code: loops and sprintf",
    "Code: lists",
    "Any number of arguments",
    "Pictures",
    "At a fixed place of the page",
    "Content between begin and end",
    "TikZ libraries load themselves",
    "What a macro may know",
    "Inside raw TeX",
    "Mistakes are shown in their places",
]
EVERYWHERE = [
    "Hello, world!",
    "‹f(x, y)›",
    "1147.52",
    "2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37",
    "4310",
    "They nest.",
]


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    """A copy of the example's folder, and beside it the one whose pictures it shows."""
    made = shutil.ignore_patterns("*.pdf", "*.tex", "*.html", "*.pptx")
    shutil.copytree(EXAMPLES / "tour", tmp_path / "tour", ignore=made)
    shutil.copytree(EXAMPLES / "talk" / "images", tmp_path / "talk" / "images")
    return tmp_path / "tour"


@pytest.fixture
def built(run, tour):
    def built(*options: str) -> str:
        done = run("pandoc", "-F", "percent-macros", "tour.md", "-s", *options, cwd=tour)
        assert (done.status, done.err) == (0, "")
        return done.out

    return built


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_beamer(built) -> None:
    tex = built("-t", "beamer")
    assert re.findall(r"\\begin{frame}(?:\[.*\])?{(.*)}", tex) == TITLES
    for line in ("\\usepackage{amssymb}", "\\usepackage{tikz}", "\\usetikzlibrary{arrows.meta}"):
        assert tex.count(line) == 1, line
    for words in ("\\begin{exampleblock}{A box}", "\\(\\frac{a}{b}\\)", "[remember picture,overlay]"):
        assert words in tex
    assert re.search(r"\\begin{center}\\Large\n.*Alt.*\n\\quad\n.*F4.*\n\\end{center}", tex)


@pytest.mark.tex
def test_the_pdf(run, tour) -> None:
    done = run("pandoc", "-F", "percent-macros", "tour.md", "-t", "beamer", "-o", "tour.pdf", cwd=tour)
    assert (done.status, done.err) == (0, "")
    pages = [squeezed(page) for page in run("pdftotext", "-layout", "tour.pdf", "-", cwd=tour).out.split("\f")[:-1]]
    assert len(pages) == 1 + len(TITLES)
    assert pages[0].startswith("A tour of percent macros")
    for page, title in zip(pages[1:], TITLES, strict=True):
        assert page.startswith(title)
    everything = " ".join(pages)
    for words in (*EVERYWHERE, "text lift pandoc filter slides", "Format: beamer", "Alt F4"):
        assert words in everything, words
    pictures = run("pdfimages", "-list", "tour.pdf", cwd=tour).out.splitlines()[2:]
    assert {int(line.split()[0]) for line in pictures} == {8, 9}


@pytest.mark.parametrize("target", ["revealjs", "html"])
def test_html(built, target: str) -> None:
    html = built("-t", target, "--mathml")
    assert [squeezed(title) for title in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)] == TITLES
    text = squeezed(html)
    for words in (*EVERYWHERE, "<kbd>Ctrl</kbd>", 'class="exampleblock"', '<p class="flow">', f"Format: {target}"):
        assert words in text, words
    assert html.count("position:absolute;left:640px") == (1 if target == "revealjs" else 0)
    assert ("Here there are no fixed places" in text) == (target == "html")
    assert "\\begin" not in re.sub(r"<(code|pre|annotation).*?</\1>", "", html, flags=re.DOTALL)


def test_pptx(run, tour) -> None:
    done = run("pandoc", "-F", "percent-macros", "tour.md", "-o", "tour.pptx", cwd=tour)
    assert (done.status, done.err) == (0, "")
    with zipfile.ZipFile(tour / "tour.pptx") as archive:
        names = archive.namelist()
        slides = sorted((n for n in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)), key=lambda n: (len(n), n))
        pages = ["".join(re.findall(r"<a:t>([^<]*)</a:t>", archive.read(name).decode())) for name in slides]
    assert len(pages) == 1 + len(TITLES)
    for page, title in zip(pages[1:], TITLES, strict=True):
        assert page.startswith(title)
    for words in (*EVERYWHERE, "text → lift → pandoc → filter → slides", "Format: pptx"):
        assert words in " ".join(pages), words
    assert len([name for name in names if name.startswith("ppt/media/")]) >= 2


def test_lifted_it_is_the_same(run, built, tour) -> None:
    done = run("bash", "-c", "percent-macros lift tour.md | pandoc -F percent-macros -s -t beamer", cwd=tour)
    assert (done.status, done.out, done.err) == (0, built("-t", "beamer"), "")


def test_the_error_that_it_shows_is_what_is_said(run, tour) -> None:
    (tour / "tour.md").write_text("%%use tour\n" * 2 + "\n" * 54 + "%%flaw(text, pandoc)\n")
    said = run("pandoc", "-F", "percent-macros", "tour.md", cwd=tour).err.split("Error running filter")[0]
    shown = (EXAMPLES / "tour" / "tour.md").read_text("utf-8")
    assert said.rstrip() in shown
