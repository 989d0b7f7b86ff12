"""``percent-macros build`` names the author's line that made LaTeX fail.

Each deck in ``tests/faulty`` has one fault, and says at its end in which line, and with what options it is built.
At the end of a test run pytest prints in how many of them the line was named.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pandoc_percent_macros.latex.balance import unbalanced

from .conftest import ROOT, Done, Run

DECKS = ROOT / "tests" / "faulty"
_NOTE = re.compile(r"<!-- planted: (?P<place>\S+:\d+)(?: \| options: (?P<options>.*?))? -->")
_ERROR = re.compile(r"^(?P<place>[^:\n]+:\d+):\d+: error\[(?P<code>PM\d+)\]: ", re.MULTILINE)


@dataclass(frozen=True)
class Deck:
    """A deck with a fault in it."""

    path: Path
    place: str  # file:line of the fault
    options: tuple[str, ...]


def deck(path: Path) -> Deck:
    note = _NOTE.search(path.read_text("utf-8"))
    assert note, f"{path} does not say where its fault is"
    return Deck(path, note["place"], tuple(shlex.split(note["options"] or "-t beamer")))


def decks() -> list[Deck]:
    found = [deck(path) for path in sorted(DECKS.glob("*.md"))]
    assert len(found) >= 30
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the decks, and of the files that they use."""
    return Path(shutil.copytree(DECKS, tmp_path / "decks"))


def build(run: Run, folder: Path, name: str, *options: str) -> Done:
    return run("percent-macros", "build", name, "-o", "out.pdf", *options, cwd=folder)


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize("deck", decks(), ids=lambda deck: str(deck.path.stem))
def test_the_planted_line_is_named(deck: Deck, folder: Path, run: Run) -> None:
    done = build(run, folder, deck.path.name, *deck.options)
    assert done.status == 1
    errors = list(_ERROR.finditer(done.err))
    assert [each["place"] for each in errors] == [deck.place], done.err
    assert not (folder / "out.pdf").exists()


@pytest.mark.pandoc
@pytest.mark.tex
def test_the_calls_the_definition_and_the_generated_text_are_shown(folder: Path, run: Run) -> None:
    said = build(run, folder, "nested-three.md", "-t", "beamer").err
    assert re.search(r"^nested-three\.md:2:\d+: error\[PM501\]: LaTeX: ", said, re.MULTILINE)
    ways = re.findall(r"^   in the call of `(\w+)` at (\S+)$", said, re.MULTILINE)
    assert [name for name, _ in ways] == ["a", "b", "c"]
    assert [place.rsplit(":", 1)[0] for _, place in ways] == [f"nested-three.md:{line}" for line in (4, 5, 9)]
    assert "hint: `a($x)`, defined at nested-three.md:1\n" in said
    assert "hint: `c($x)`, defined at nested-three.md:5\n" in said
    assert r"hint: it gives `\fbox{<x, x\alpha>}`" in said


@pytest.mark.pandoc
@pytest.mark.tex
def test_an_error_that_no_line_explains_is_shown_as_latex_has_it(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.md").write_text("Text.\n", "utf-8")
    (tmp_path / "odd.latex").write_text(
        "\\documentclass{article}\\begin{document}\\oddity $body$\\end{document}\n", "utf-8"
    )
    done = build(run, tmp_path, "x.md", "-t", "latex", "--template", "odd.latex")
    assert done.status == 1
    assert "percent-macros: error[PM505]: LaTeX: Undefined control sequence \\oddity\n" in done.err


WIDE = """\
%%define wide($width) return "\\\\rule{$width}{1cm}" =end

A line.

%%wide(5cm)

%%wide(99cm)

[picture]: x
"""


@pytest.mark.pandoc
@pytest.mark.tex
def test_a_box_of_a_macro_that_is_too_wide_is_a_warning(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.md").write_text(WIDE, "utf-8")
    done = build(run, tmp_path, "x.md", "-t", "latex")
    assert done.status == 0, done.err
    assert re.findall(r"^(\S+:\d+):\d+: warning\[(PM504)\]", done.err, re.MULTILINE) == [("x.md:7", "PM504")]


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("Text.\n\n![one](a%20b.png)\n", 3, "a b.png"),
        ("Text.\n\n![one](images/a.png){width=3cm}\n", 3, "images/a.png"),
        ('%%define pic($p) return markdown("![]($p)") =end\n\nText.\n\n%%pic(a b.png)\n', 5, "a b.png"),
        ('%%define pic() return markdown("![](<a b.png>)") =end\n\nText.\n\n%%pic()\n', 1, "a b.png"),
    ],
    ids=["own", "own-plain", "argument", "body"],
)
def test_a_picture_that_pandoc_misses_is_named_where_it_is_written(
    tmp_path: Path, run: Run, text: str, line: int, name: str
) -> None:
    (tmp_path / "x.md").write_text(text, "utf-8")
    done = build(run, tmp_path, "x.md", "-t", "latex")
    assert done.status == 1
    places = re.findall(rf"^(\S+:\d+):\d+: error\[PM502\]: picture not found: {name}$", done.err, re.MULTILINE)
    assert places == [f"x.md:{line}"], done.err


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        (r"\textbf{a} $b$ \begin{x}\end{x} \left(\right)", []),
        (r"\textbf{a", ["{"]),
        (r"a} b", ["}"]),
        (r"{ \begin{a} } x", [r"\begin{a}"]),
        (r"\begin{a} { \end{a}", ["{"]),
        (r"\begin{a}\end{b}", [r"\begin{a}", r"\end{b}"]),
        (r"\{ \% % {", []),
        (r"\verb|{| {}", []),
        ("\\begin{verbatim}\n{\n\\end{verbatim}", []),
        ("$a\n\nb", ["$"]),
        (r"$$a$$ $b", ["$"]),
        (r"\ifx\a\b c", [r"\ifx"]),
        (r"\ifthenelse{a}{b}{c} \iff \fi", [r"\fi"]),
        (r"\left( a", [r"\left"]),
        (r"\ifnum1=1 a", [r"\ifnum"]),
        (r"\newif\ifdraft \ifdraft a\fi", []),
    ],
)
def test_what_is_open_or_closed_alone(text: str, lone: list[str]) -> None:
    assert [each.sign for each in unbalanced(text)] == lone
