"""The command line of ``percent-macros build``: pandoc's, with our options among it."""

from __future__ import annotations

import pytest

from ..support.latex import document

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
