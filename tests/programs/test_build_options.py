"""The command line of ``percent-macros build``: pandoc's, with our options among it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.latex import build_here, document

pytestmark = pytest.mark.pandoc


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "a.html", "a.md"],
        ["a.md", "-oa.html"],
        ["a.md", "--output=a.html", "-s"],
        ["--output", "a.html", "--", "a.md"],
        ["-V", "lang=fr", "a.md", "-so", "a.html"],
        ["-Vtheme=Copenhagen", "-Mdraft", "a.md", "-o", "a.html"],  # no -o and -h among their letters
        ["-d", "d.yaml"],
    ],
)
def test_pandoc_s_options_are_taken_wherever_they_stand(run, tmp_path, words) -> None:
    document(tmp_path, "%%template hi($who)\nHello $who!\n=end\n\n%%hi(you)\n")
    (tmp_path / "d.yaml").write_text("input-files: [a.md]\noutput-file: a.html\nfilters: [percent-macros]\n")
    done = run("percent-macros", "build", *words)
    assert (done.status, done.out, done.err) == (0, "", "a.html: pandoc\na.html: written\n")
    assert "Hello you!" in (tmp_path / "a.html").read_text("utf-8")


def test_options_reach_pandoc(run, tmp_path) -> None:
    (tmp_path / "t.latex").write_text("$x$ $if(toc)$contents$endif$ $classoption$", "utf-8")
    document(tmp_path, "Hello.\n")
    words = ["--toc", "-V", "x=y", "-Vclassoption=z", "--template", "t.latex"]
    assert run("percent-macros", "build", *words, "a.md", "-o", "a.tex").status == 0
    assert (tmp_path / "a.tex").read_text("utf-8").strip() == "y contents z"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a.md"], "the command names no output file"),
        (["a.md", "-o", "-"], "the command names no output file"),
        (["-o", "a.html"], "the command names no document"),
        (["a.md", "-o", "."], ". is not a regular file"),
        (["a.md", "-o", "/dev/null"], "/dev/null is not a regular file"),
        (["a.md", "-o", "./a.md"], "./a.md is the document itself"),
        (["a.md", "-o", "a.html", "--no-such-option"], "pandoc has no option `--no-such-option`"),
        (["a.md", "-o", "a.html", "--depfile"], "--depfile"),
        (["a.md", "-o"], "lacks its argument"),
    ],
)
def test_command_lines_that_ask_for_nothing(run, tmp_path, words, message) -> None:
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", *words)
    assert done.status == 2
    assert message in done.err
    assert (tmp_path / "a.md").read_text() == "Hello.\n"


def test_the_help_is_ours(run) -> None:
    for option in ("-h", "--help"):
        done = run("percent-macros", "build", "talk.md", option)
        assert done.status == 0
        assert done.out.startswith("Usage: percent-macros build FILE... -o OUT")


PICTURE = """\
%%define line() usetikzlibrary("calc"); "\\\\tikz \\\\draw (0,0) -- ($(1,1)+(1,0)$);" =end

%%line()
"""
HEADERS = [
    ["-H", "head.tex"],
    ["-V", "header-includes=\\newcommand{\\mine}{}"],
    ["-d", "file.yaml"],
    ["-d", "variable.yaml"],
    ["-d", "file.yaml", "-V", "header-includes=\\relax"],
]


@pytest.fixture
def headers(tmp_path: Path) -> Path:
    document(tmp_path, PICTURE)
    (tmp_path / "head.tex").write_text("\\newcommand{\\mine}{}\n")
    (tmp_path / "file.yaml").write_text("include-in-header: head.tex\n")
    (tmp_path / "variable.yaml").write_text("variables:\n  header-includes: \\newcommand{\\mine}{}\n")
    return tmp_path


def loaded(folder: Path, name: str) -> list[str]:
    text = (folder / name).read_text("utf-8")
    return re.findall(r"\\(?:usepackage|usetikzlibrary)\{(?:tikz|calc)\}|\\newcommand\{\\mine\}", text)


@pytest.mark.parametrize("options", HEADERS, ids=" ".join)
def test_packages_of_macros_are_loaded_beside_the_author_s_header(run: Run, headers: Path, options: list[str]) -> None:
    done = run("percent-macros", "build", "a.md", "-o", "a.tex", "--template=small.latex", *options)
    assert (done.status, done.err) == (0, "a.tex: pandoc\na.tex: written\n")
    wanted = ["\\newcommand{\\mine}", "\\usepackage{tikz}", "\\usetikzlibrary{calc}"]
    assert loaded(headers, "a.tex") == wanted


def test_packages_that_the_author_s_header_loads_are_not_loaded_again(run: Run, headers: Path) -> None:
    header = "['\\usepackage{tikz}', '\\usetikzlibrary{calc}']"
    (headers / "variable.yaml").write_text(f"variables:\n  header-includes: {header}\n")
    done = run("percent-macros", "build", "a.md", "-o", "a.tex", "--template=small.latex", "-d", "variable.yaml")
    assert done.status == 0, done.err
    assert loaded(headers, "a.tex") == ["\\usepackage{tikz}", "\\usetikzlibrary{calc}"]


@pytest.mark.tex
def test_packages_of_macros_compile_beside_the_author_s_header(run: Run, headers: Path) -> None:
    options = ["-H", "head.tex", "--depfile", "a.d", "--template=small.latex"]
    done = build_here(run, "a.md", *options)
    assert (done.status, "PM" in done.err) == (0, False), done.err
    assert set(re.findall(r"[^\s:]*head[^\s:]*", (headers / "a.d").read_text("utf-8"))) == {"head.tex"}


@pytest.mark.parametrize("options", HEADERS, ids=" ".join)
def test_the_option_that_the_filter_tells_of_works(run: Run, headers: Path, options: list[str]) -> None:
    command = ["pandoc", "-F", "percent-macros", "a.md", "-o", "a.tex", "--template=small.latex", *options]
    first = run(*command)
    option = re.search(r"warning\[PM606\].*\n   hint: give pandoc one more option: (.*)$", first.err, re.MULTILINE)
    assert option, first.err
    second = run(*command, *shlex.split(option[1]))
    assert (second.status, second.err) == (0, "")
    assert {"\\usepackage{tikz}", "\\usetikzlibrary{calc}"} < set(loaded(headers, "a.tex"))
