"""The gallery, macros of the kinds that people define elsewhere: what each gives, and the deck that shows them."""

from __future__ import annotations

import importlib.util
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from ..conftest import EXAMPLES, ROOT, Run

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
GALLERY = EXAMPLES / "gallery"
DECK = (GALLERY / "gallery.md").read_text("utf-8")
NAMES = re.findall(r"^## (\w+)$", DECK, re.MULTILINE)
WRITTEN_WITH = (3, 9)  # the version of pandoc whose output the README shows

# What a reader sees on each slide, on paper and in HTML, and what on paper alone, or in HTML alone.
SEEN: dict[str, tuple[str, str, str]] = {
    "kbd": ("leave with Esc", "Ctrl+X Ctrl+S", "<kbd>Ctrl</kbd>+<kbd>+</kbd>"),
    "menu": ("Export", "then press Enter", "File › Export › PDF"),
    "icon": ("tested", "well liked", "★"),
    "badge": ("coverage", "97%", "MIT &amp; BSD"),
    "coloured": ("This is very important", "and this is fine.", "color:#B3372E"),
    "acronym": ("application programming interface (API) has users. Two APIs have", "", '<abbr title="application'),
    "gloss": ("A filter", "a program that changes", '<dfn title="a program that changes'),
    "ruby": ("are towns", "wooster", "<rt>lester</rt>"),
    "change": ("careful fox", "quick & dirty", "<del>quick &amp; dirty</del> <span"),
    "blank": ("of Kenya is Nairobi", "of Peru is Lima", ""),
    "doi": ("doi:10.1093/comjnl/27.2.97", "", 'href="https://doi.org/10.1093/comjnl/27.2.97"'),
    "issue": ("Mended in #1234", "", "https://github.com/jgm/pandoc/issues/1234"),
    "todo": ("To do 1 for Ann: measure it again", "To do 2: Is that 5% more?", 'class="todo"'),
    "var": ("version 2.4 (stable)", "", "<em>(stable)</em>"),
    "quantity": ("a stone gains 9.81", "N·m", "m/s<sup>2</sup>"),
    "money": ("for $3.50", "€1,250,000.00", "¥14,320"),
    "date": ("Sunday, 31 May 2026; in German Donnerstag, 29. Februar 2024", "mardi 14", "mardi 14 juillet 1789"),
    "chem": ("lime is", "Ca(OH)", "SO<sub>4</sub><sup>2−</sup>"),
    "matrix": ("sin", "cos", "\\begin{pmatrix} \\cos\\phi &amp; -\\sin\\phi"),
    "derivative": ("m", "dt", "\\frac{\\mathrm{d}^{2} x}{\\mathrm{d} t^{2}}"),
    "callout": ("A callout holds whatever pandoc has: text, code,", "Mind the gap", "#C2680C14"),
    "exercise": ("Exercise 1: Fibonacci", "(3 points)", 'id="exercise-2"'),
    "solution": ("Exercise 3: Sum", "Solution", ""),
    "epigraph": ("Antoine de Saint-Exupéry, Terre des hommes", "Perfection", "<blockquote>"),
    "pullquote": ("Macros are for what you would otherwise write twice.", "", 'class="pullquote"'),
    "columns": ("The smaller one, with F1.", "a list", 'style="width:60%;"'),
    "compare": ("many documents", "%%name(", "<code>%%name(…)</code>"),
    "checklist": ("2 of 3 done", "rehearse", "checked"),
    "csv": ("Planet Moons Radius in km", "Jupiter 95 69911", 'align'),
    "card": ("pandoc.org", "Pandoc User’s Guide", 'href="https://www.pandoc.org/MANUAL.html"'),
    "video": ("", "A song & a dance", 'title="A song &amp; a dance"'),
    "agenda": ("A gallery of them", "3. Questions & answers", "<strong>A gallery of them</strong>"),
    "listing": ("Listing 1: hello.py", "print(", '<pre'),
    "diff": ("def area(r):", "return pi * r ** 2", "#2E7D4F26"),
    "tree": ("api_v2.md", "project", "│  └─ api_v2.md"),
    "sequence": ("macros expanded", "a tree, as JSON", "<svg"),
    "progress": ("75% and its tests", "38%", "width:75%"),
    "sparkline": ("faults", "Visits", 'aria-label="3, 5, 4, 8, 6, 9, 12, 10"'),
    "bars": ("41", "Word & co.", "width:20.0em"),
    "timeline": ("1987 Perl", "pandoc", "<em>pandoc</em>"),
    "chess": ("", "Q", '<td class="dark">♖</td>'),
    "watermark": ("Not to be shown to anybody.", "D", "DRAFT"),
}  # fmt: skip


@pytest.fixture(scope="module")
def written() -> ModuleType:
    """The script that writes the README."""
    spec = importlib.util.spec_from_file_location("generate_gallery", ROOT / "tools" / "generate-gallery.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """A copy of the example's folder."""
    made = shutil.ignore_patterns("*.pdf", "*.html", "pictures")
    return Path(shutil.copytree(GALLERY, tmp_path / "gallery", ignore=made))


def tight(text: str) -> str:
    """Text without its spaces, of which pdftotext has more and fewer than a reader sees."""
    return "".join(text.split())


def by_slide(html: str) -> dict[str, str]:
    return dict(re.findall(r"<h2[^>]*>(\w+)</h2>(.*?)(?=<h2|\Z)", html, re.DOTALL))


class Balance(HTMLParser):
    """What is open at the end of some HTML, and what was closed without having been opened."""

    VOID = ("area", "br", "circle", "col", "hr", "img", "input", "link", "meta", "path", "polyline", "rect", "wbr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


def test_there_are_forty_macros_and_each_is_looked_at() -> None:
    assert len(NAMES) >= 40
    assert list(SEEN) == NAMES
    assert {each.stem for each in (GALLERY / "pictures").glob("*.png")} == {*NAMES}


def test_what_each_macro_gives_is_what_the_readme_shows(written: ModuleType, pandoc_version: tuple[int, ...]) -> None:
    if pandoc_version[:2] != WRITTEN_WITH:
        pytest.skip("another version of pandoc writes some of it otherwise")
    page = (GALLERY / "README.md").read_text("utf-8")
    expected, found = page.split("\n## "), written.page().split("\n## ")
    for shown, given in zip(expected, found, strict=True):
        assert given == shown, "`make docs` writes the page"


def test_each_macro_has_a_comment(run: Run) -> None:
    listed = run("percent-macros", "list", "gallery.md", cwd=GALLERY)
    assert listed.status == 0
    lines = [line for line in listed.out.splitlines() if re.search(r" \w+\.pmac:\d+", line)]
    assert len(lines) > len(NAMES)
    for line in lines:
        if not re.search(r" (?:image|place|only)\.pmac:", line):
            assert re.search(r"\.pmac:\d+ +\w", line), line


@pytest.mark.tex
def test_the_deck_builds_without_a_warning(run: Run, gallery: Path) -> None:
    done = run("percent-macros", "build", "-M", "result=true", "gallery.md", "-t", "beamer", "-o", "a.pdf", cwd=gallery)
    assert done.status == 0, done.err
    assert "warning" not in done.err
    pages = run("pdftotext", "-layout", "a.pdf", "-", cwd=gallery).out.split("\f")[:-1]
    assert [page.split()[0] for page in pages[1:]] == NAMES
    for name, page in zip(NAMES, pages[1:], strict=True):
        missing = [words for words in SEEN[name][:2] if tight(words) not in tight(page)]
        assert not missing, (name, page)


@pytest.mark.tex
def test_the_deck_with_its_calls_builds_without_a_warning(run: Run, gallery: Path) -> None:
    done = run("percent-macros", "build", "gallery.md", "-t", "beamer", "-o", "a.pdf", cwd=gallery)
    assert done.status == 0, done.err
    assert "warning" not in done.err
    pages = run("pdftotext", "-layout", "a.pdf", "-", cwd=gallery).out.split("\f")[:-1]
    assert len(pages) == 1 + len(NAMES)
    for name, page in zip(NAMES, pages[1:], strict=True):
        assert re.search(rf"%%(?:begin )?{name}\b", page), name


def test_lifted_it_is_the_same(run: Run) -> None:
    plain = run("pandoc", "-F", "percent-macros", "gallery.md", "-t", "beamer", "-s", cwd=GALLERY)
    command = "percent-macros lift gallery.md | pandoc -F percent-macros -t beamer -s"
    done = run("bash", "-c", command, cwd=GALLERY)
    assert (done.status, done.out, done.err) == (0, plain.out, "")


@pytest.mark.parametrize("target", ["html", "revealjs"])
def test_html(target: str, run: Run) -> None:
    command = (
        "pandoc",
        "-F",
        "percent-macros",
        "-M",
        "result=true",
        "gallery.md",
        "-t",
        target,
        "--wrap=none",
        "-s",
        "--mathml",
    )
    done = run(*command, cwd=GALLERY)
    assert (done.status, done.err) == (0, "")
    balance = Balance(done.out)
    assert (balance.open, balance.wrong) == ([], [])
    slides = by_slide(done.out)
    assert list(slides) == NAMES
    for name, slide in slides.items():
        words, _, markup = SEEN[name]
        assert markup in slide, name
        assert tight(words) in tight(unescape(re.sub(r"<[^>]+>", "", slide))), name
    for rule in ("kbd { border", ".tinted {", ".badge {", ".chess {"):
        assert done.out.count(rule) == 1


@pytest.mark.parametrize("target", ["plain", "docx", "odt", "pptx", "epub", "gfm"])
def test_other_formats_lose_nothing(target: str, run: Run, tmp_path: Path) -> None:
    """No macro gives nothing but markup of another format: that would be told of."""
    command = ("pandoc", "-F", "percent-macros", "gallery.md", "-t", target, "-o", tmp_path / "a")
    done = run(*command, cwd=GALLERY)
    assert done.status == 0
    assert "PM" not in done.err


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("%%colour(pink)", "there is no colour `pink`: blue, green"),
        ("%%acronym(XML)", "the field `acronyms` of the metadata does not have `XML`"),
        ("%%date(2026-02-29)", "there is no such day: 2026-02-29"),
        ("%%quantity(two, m)", "`two` is no number"),
        ("%%progress(5, 3)", "`5` of `3` is not done"),
        ("%%chess(8/8)", "a position has 8 ranks, not 2"),
        ("%%bars(a)", "a bar is `name: number`, not `a`"),
        ("%%issue(pandoc)", "`pandoc` is no issue"),
        ("%%begin callout(hint)\na\n%%end callout", "a callout is one of note, tip, warning, danger, not `hint`"),
    ],
)
def test_what_can_not_be_meant_is_told(call: str, said: str, run: Run, gallery: Path) -> None:
    (gallery / "a.md").write_text(f"%%use gallery\n\n{call}\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "html", cwd=gallery)
    assert done.status == 83
    assert f"error[PM307]: {said}" in done.err


def test_solutions_and_notes_come_and_go_with_the_metadata(run: Run, gallery: Path) -> None:
    text = "%%use gallery\n\n%%blank(Lima) %%todo(x)\n\n%%begin solution\nIt is so.\n%%end solution\n"
    (gallery / "a.md").write_text(text, "utf-8")
    command = ("pandoc", "-F", "percent-macros", "a.md", "-t", "plain")
    assert run(*command, cwd=gallery).out == "________ To do 1: x\n"
    shown = run(*command, "-M", "solutions=true", "-M", "final=true", cwd=gallery)
    assert shown.out == "Lima\n\nSolution\n\nIt is so.\n"


def test_money_and_dates_are_those_of_the_language(run: Run, gallery: Path) -> None:
    (gallery / "a.md").write_text("%%use gallery\n\n%%money(1234.5); %%date(2000-01-01)\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "plain", "-M", "lang=de-AT", cwd=gallery)
    assert done.out == "1.234,50\xa0€; Samstag, 1. Januar 2000\n"
