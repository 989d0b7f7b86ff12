"""``percent-macros build`` names the author's line that made LaTeX fail.

Each deck in ``tests/faulty`` has one fault, and says at its end in which line, and with what options it is built.
At the end of a test run pytest prints in how many of them the line was named.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..conftest import EXAMPLES, ROOT, Done, Run
from ..support.latex import TEMPLATE, build_here, document
from ..support.packages import install

DECKS = ROOT / "tests" / "faulty"
SMALL = "--template=small.latex"
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
    assert r"hint: it returned `\fbox{<x, x\alpha>}`" in said


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
    places = re.findall(rf"^(\S+:\d+):\d+: error\[PM502\]: picture `{name}` was not found$", done.err, re.MULTILINE)
    assert places == [f"x.md:{line}"], done.err


BROKEN = """\
%%define nothing() "" =end
%%define list() markdown("- one\\n- two") =end
%%define wrong() "\\\\nosuchcommand" =end

%%nothing()

%%list()

%%wrong()
"""


@pytest.mark.pandoc
@pytest.mark.tex
def test_a_failure_beside_calls_that_give_nothing_and_lists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BROKEN)
    done = run("percent-macros", "build", "a.md", "-t", "latex", "-o", "a.pdf")
    assert done.status == 1
    assert "a.md:3:19: error[PM501]: LaTeX: Undefined control sequence" in done.err


def faults(done: Done) -> list[tuple[str, str]]:
    """Return codes and places, file and line, of what was reported."""
    found = re.findall(r"^(?:percent-macros|(\S+?:\d+):\d+): (?:error|warning)\[(PM\d+)\]", done.err, re.MULTILINE)
    return [(code, place) for place, code in found]


ODD = '%%define odd() "\\\\catcode92=12 " =end\n\n'  # the rest of the text is none of TeX's, and it ends nowhere
HIDDEN = {
    "a word that the document quotes in another file": (
        '%%define k($x) "\\\\textbf{$x}" =end\n\nText \\nope{a} %%k(a).\n',
        [("PM501", "a.md:3")],
    ),
    "a result whose characters can't be followed": (
        '%%define bad() lc("\\\\NOPE") =end\n\nText.\n\n%%bad()\n',
        [("PM501", "a.md:5")],
    ),
    "a unit in the body after an argument": (
        '%%define gap($n) "\\\\rule{${n}zz}{1cm}" =end\n\nText.\n\n%%gap(3)\n',
        [("PM501", "a.md:5")],
    ),
    "what pandoc writes of a result": (
        '%%define link($x) markdown("[$x](y)") =end\n\nText.\n\n%%link(a)\n',
        [("PM501", "a.md:5")],
    ),
    "an argument of a macro that every document has": (
        "Text.\n\n%%image(game.png, 3cm + \\foo)\n",
        [("PM501", "a.md:3")],
    ),
    "an error that only comes without the marks": (
        "Text.\n\n```{=latex}\n\\ifnum\\errorcontextlines<0 \\oops\\fi\n```\n",
        [("PM501", "a.md:4")],
    ),
    "a call without which it is gone": (f"{ODD}%%odd()\n\nText.\n", [("PM501", "a.md:3")]),
    "a call inside raw TeX": (
        f"{ODD}\\begin{{center}}\nText\n\n%%odd()\n\\end{{center}}\n\nMore.\n",
        [("PM501", "a.md:3")],
    ),
    "two calls of the same fault, and no place": (f"{ODD}%%odd()\n\n%%odd()\n\nText.\n", [("PM505", "")]),
    "two calls of the same fault": (
        '%%define p($x) "\\$\\\\left( $x\\$" =end\n\nText %%p(a).\n\nText %%p(a).\n',
        [("PM501", "a.md:1")],
    ),
    "raw TeX of several paragraphs in a quote": (
        "Text.\n\n> ```{=latex}\n> \\textbf{a}\n>\n> \\itm{b}\n> c\n> ```\n",
        [("PM501", "a.md:6")],
    ),
    "the end of mathematics in a quote": ("> $$a\n> = b^$$\n\nText.\n", [("PM501", "a.md:2")]),
}


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize(("text", "expected"), HIDDEN.values(), ids=[each.replace(" ", "-") for each in HIDDEN])
def test_a_fault_that_hides(run: Run, tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    document(tmp_path, text)
    shutil.copy(EXAMPLES / "talk" / "images" / "game.png", tmp_path)
    done = build_here(run, "a.md", SMALL)
    assert (done.status, faults(done)) == (1, expected), done.err


@pytest.mark.pandoc
@pytest.mark.tex
def test_a_fault_near_which_nothing_is_the_authors(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "First words.\n\nSome words that are here once.\n")
    (tmp_path / "small.latex").write_text(TEMPLATE.replace("$body$", "\\everypar{\\oddity}\n$body$"))
    done = build_here(run, "a.md", SMALL)
    assert faults(done) == [("PM501", "a.md:1")], done.err
    assert "Undefined control sequence \\oddity (somewhere near here)\n" in done.err


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        ("Text \\nope{a} %%k(a_b).\n", "", "b.md:1"),
        ("A %%k(a) \\(x^2^3\\).\n", "markdown+tex_math_single_backslash", "b.md:1"),
        ("%%k(a)\n\n> ```{=latex}\n> \\textbf{a}\n>\n> \\itm{b}\n> ```\n", "", "b.md:6"),
    ],
)
def test_a_fault_in_the_second_of_two_files(run: Run, tmp_path: Path, text: str, options: str, place: str) -> None:
    document(tmp_path, '%%define k($x) "\\\\textbf{$x}" =end\n\nText.\n')
    (tmp_path / "b.md").write_text(text)
    done = build_here(run, "a.md", "b.md", SMALL, "-f", options or "markdown")
    assert faults(done) == [("PM501", place)], done.err


@pytest.mark.pandoc
@pytest.mark.tex
def test_a_fault_in_a_text_that_was_lifted_before(run: Run, tmp_path: Path) -> None:
    document(tmp_path, '%%define k($x) "\\\\textbf{$x" =end\n\nText.\n\n%%k(a)\n', "talk.md")
    (tmp_path / "a.md").write_text(run("percent-macros", "lift", "talk.md").out)
    done = build_here(run, "a.md", SMALL)
    ((code, place),) = faults(done)
    assert (code, place.split(":")[0]) == ("PM501", "a.md")
    assert ' | %%define k($x) "\\\\textbf{$x" =end\n' in done.err


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A folder with a package of a macro in Python."""
    folder = tmp_path / "site"
    folder.mkdir()
    install(folder, "corner", 'def plain(): return "p"\n', {"plain": "corner:plain"})
    return os.fspath(folder)


@pytest.mark.pandoc
@pytest.mark.tex
def test_the_way_to_a_fault_past_a_macro_in_python(run: Run, tmp_path: Path, site: str) -> None:
    macros = '%%define top($x) plain() . bad($x) =end\n%%define bad($x) "\\\\nope{$x}" =end\n'
    document(tmp_path, f"{macros}\nText.\n\n%%top(a)\n")
    done = build_here(run, "a.md", SMALL, PYTHONPATH=site)
    assert faults(done) == [("PM501", "a.md:2")], done.err
    ways = re.findall(r"^   in the call of `(\w+)` at (a\.md:\d+)", done.err, re.MULTILINE)
    assert ways == [("bad", "a.md:1"), ("top", "a.md:6")]


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("\\usepackage[zork=5]{geometry}\n", 1),
        ("\\usepackage{amsmath}\n\n\\newcommand{\\mine}[1]{\\hss{#1}\n\n\n", 3),
        ("\\relax\n\n\\usetikzlibrary{zork}\n", 3),
    ],
    ids=["found-in-a-package", "never-closed", "unknown"],
)
def test_a_fault_in_a_file_that_is_included(run: Run, tmp_path: Path, header: str, line: int) -> None:
    document(tmp_path, "Text.\n")
    (tmp_path / "head.tex").write_text(header)
    done = build_here(run, "a.md", SMALL, "-H", "head.tex")
    assert (done.status, faults(done)) == (1, [("PM501", f"head.tex:{line}")]), done.err


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize(("width", "code"), [("345.5pt", []), ("347pt", [("PM504", "a.md:5")])])
def test_what_nobody_sees_is_not_too_wide(run: Run, tmp_path: Path, width: str, code: list[tuple[str, str]]) -> None:
    document(
        tmp_path,
        '%%define wide($w) "\\\\noindent\\\\rule{$w}{1cm}" =end\n\n' + f"A line.\n\n%%wide({width})\n\nMore.\n",
    )
    done = build_here(run, "a.md", SMALL)
    assert (done.status, faults(done)) == (0, code), done.err


DAMAGED = {
    "![](sound.png)\n\nText: damaged.png.\n\n![](damaged.png){width=2cm}\n": "a.md:7",
    "\\includegraphics{sound}\n\n![](<cut off.png>)\n": "a.md:5",
    "![](sound.png)\n\n\\includegraphics{sound} \\includegraphics{cut_off}\n": "a.md:5",
    "%%k(cut-off.pdf)\n\n%%k(sound.png)\n\n%%pic(cut-off.pdf)\n": "a.md:7",
    "%%k(damaged)\n\n%%pic(sound)\n\n%%pic(damaged)\n": "a.md:7",
}


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
@pytest.mark.parametrize(("text", "place"), DAMAGED.items(), ids=["own", "space", "raw", "call", "call-late"])
def test_a_damaged_picture(run: Run, tmp_path: Path, text: str, place: str, engine: str) -> None:
    """Some engines die of it without a word, or at the end of the page, and name no file."""
    macros = '%%define pic($p) "\\\\includegraphics{$p}" =end\n%%define k($x) "\\\\textbf{$x}" =end\n'
    document(tmp_path, f"{macros}{text}")
    shutil.copytree(DECKS / "pictures", tmp_path, dirs_exist_ok=True)
    done = build_here(run, "a.md", SMALL, f"--pdf-engine={engine}")
    assert (done.status, faults(done)) == (1, [("PM501", place)]), done.err
    assert str(tmp_path) not in done.err
    assert "/media/" not in done.err


IMAGE = 'function Para() return pandoc.Para{pandoc.Image("x", "gone.png")} end\n'


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Text.\n", ""),
        ('%%define pic() markdown("![](" . lc("GONE.PNG") . ")") =end\n\nText.\n\n%%pic()\n', "a.md:5"),
        ("Text.\n\n![pic]\n\n[pic]: gone.png\n", "a.md:5"),
    ],
    ids=["of-a-filter", "computed", "by-reference"],
)
def test_a_missing_picture_that_no_link_names(run: Run, tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "add.lua").write_text(IMAGE)
    done = build_here(run, "a.md", "-t", "latex", *([] if place else ["-L", "add.lua"]))
    assert (done.status, faults(done)) == (1, [("PM502", place)])
    assert "error[PM502]: picture `gone.png` was not found\n" in done.err


def test_many_missing_pictures_are_found_by_one_reading(run: Run, tmp_path: Path) -> None:
    pandoc = shutil.which("pandoc")
    assert pandoc
    counting = tmp_path / "bin" / "pandoc"
    counting.parent.mkdir()
    counting.write_text(f'#!/bin/sh\necho started >>"$COUNT"\nexec {shlex.quote(pandoc)} "$@"\n')
    counting.chmod(0o755)
    started = []
    for number in (1, 3):
        (tmp_path / "a.md").write_text("".join(f"Text.\n\n![]({name}.png)\n\n" for name in range(number)))
        count = tmp_path / f"count-{number}"
        path = f"{counting.parent}{os.pathsep}{os.environ['PATH']}"
        done = build_here(run, "a.md", "-t", "latex", PATH=path, COUNT=os.fspath(count))
        assert faults(done) == [("PM502", f"a.md:{4 * name + 3}") for name in range(number)]
        started.append(count.read_text().count("started"))
    assert started[0] == started[1]


FULL = """\
%%define pic($h) "\\\\rule{1cm}{$h}" =end
%%define word() "WORD" =end

# Fits

%%pic(1cm) verylongwordverylongword

# Twice

%%pic(1cm)

%%pic(12cm)

%%word()

# Twice

{items}

# Wide

Text.

{word} and a

# Steps

- a

. . .

- %%pic(9cm)
"""


@pytest.mark.pandoc
@pytest.mark.tex
def test_slides_that_are_too_full_and_words_that_are_too_wide(run: Run, tmp_path: Path) -> None:
    text = FULL.replace("{items}", "\n".join(["- item"] * 22)).replace("{word}", "verylongword" * 9)
    (tmp_path / "a.md").write_text(text)
    lines = text.split("\n")
    wanted = [
        ("PM510", lines.index("%%pic(12cm)")),
        ("PM510", len(lines) - 1 - lines[::-1].index("# Twice")),
        ("PM504", lines.index("verylongword" * 9 + " and a")),
        ("PM510", lines.index("- %%pic(9cm)")),
    ]
    done = build_here(run, "a.md", "-t", "beamer")
    assert done.status == 0
    assert faults(done) == [(code, f"a.md:{at + 1}") for code, at in wanted], done.err
    assert re.search(r"the slide is \d+(\.\d+)?pt too full by this\n", done.err)
    assert re.search(r"the text is \d+(\.\d+)?pt too wide\n", done.err)


@pytest.mark.pandoc
@pytest.mark.tex
def test_an_example_that_fits_says_nothing(run: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLES / "talk", tmp_path / "talk"))
    assert faults(build(run, folder, "talk.md", "-t", "beamer")) == []


LISTINGS = "---\nheader-includes: |\n  \\usepackage{listings}\n---\n\n"
LISTING = "\\begin{lstlisting}\nx = 1\n\\end{lstlisting}\n"


@pytest.mark.pandoc
@pytest.mark.tex
@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        (
            '%%define code($t) "\\\\begin{verbatim}\\n$t\\n\\\\end{verbatim}" =end\n\n## One\n\n%%code(a_b & c)\n',
            ("PM501", "a.md:5"),
            "`## Title {.fragile}`",
        ),
        ("## One\n\nText.\n\n## Two\n\nSee \\verb|a b|.\n", ("PM501", "a.md:7"), "`## Title {.fragile}`"),
        (
            f"{LISTINGS}## One {{.fragile}}\n\n{LISTING}\n## Two\n\n{LISTING}",
            ("PM501", "a.md:14"),
            "`## Title {.fragile}`",
        ),
        (
            f'{LISTINGS}%%define c($t) "\\\\begin{{lstlisting}}\\n$t\\n\\\\end{{lstlisting}}" =end\n\n## A\n\n%%c(x)\n',
            ("PM501", "a.md:10"),
            "`## Title {.fragile}`",
        ),
        ("---\ntheme: Metropolix\n---\n\n## One\n\nText.\n", ("PM501", "a.md:2"), "did you mean `metropolis`?"),
        (
            "---\nheader-includes: |\n  \\usepackage{siunitxx}\n---\n\n## One\n\nText.\n",
            ("PM501", "a.md:3"),
            "did you mean `siunitx`?",
        ),
    ],
)
def test_a_cure(run: Run, tmp_path: Path, text: str, place: tuple[str, str], cure: str) -> None:
    (tmp_path / "a.md").write_text(text)
    done = build_here(run, "a.md", "-t", "beamer")
    assert (done.status, faults(done)) == (1, [place])
    assert cure in done.err
