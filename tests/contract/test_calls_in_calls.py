"""Calls in arguments and templates, and the signs of arguments, in all ways that a document goes; TeX judges LaTeX."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = pytest.mark.pandoc

DEFINITIONS = r"""%%define b($x) "\\textbf{$x}" =end
%%define k($k) "\\texttt{$k}" =end
%%define v() "VAL" =end
%%define twice($x) $x . $x =end
%%define note($x) text($x) =end
%%define link($to) "\\url{$to} \\verb|$to| \\href{$to}{x}" =end
%%template box($t)
\fbox{$t %%k($t) %%todo(x)
}
=end

"""
LINE = DEFINITIONS.count("\n") + 1  # of the text after them


def ways(run: Run, tmp_path: Path, text: str, target: str = "latex") -> set[str]:
    """Return what the ways give for a document: all the same, if nothing is wrong."""
    (tmp_path / "a.md").write_text(DEFINITIONS + text, "utf-8")
    write = ("-t", target, "--wrap=preserve")
    plain = run("pandoc", "-F", "percent-macros", "a.md", *write)
    assert plain.status == 0, plain.err
    lifted = run("pandoc", "-F", "percent-macros", *write, text=run("percent-macros", "lift", "a.md").out)
    expanded = run("pandoc", *write, text=run("percent-macros", "expand", "a.md").out)
    return {plain.out, lifted.out, expanded.out}


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Press %%b(%%k(Ctrl)) now.", r"Press \textbf{\texttt{Ctrl}} now."),
        ("%%b(x %%k(a) y %%k(b))", r"\textbf{x \texttt{a} y \texttt{b}}"),
        ("$%%twice(%%v())$", r"\(VALVAL\)"),
        ("[l](http://a/%%twice(%%v()))", r"\href{http://a/VALVAL}{l}"),
        ("*a %%note(%%twice(b))*", r"\emph{a bb}"),
        ('%%b("%%k(a)")', r"\textbf{%%k(a)}"),
        (r"Das ist %%b(z.\,B. so) und %%b(10\,000).", r"Das ist \textbf{z.\,B. so} und \textbf{10\,000}."),
        (r"%%b(50\%) %%b(\(x, y\)) %%b({,)})", r"\textbf{50\%} \textbf{\(x, y\)} \textbf{{,)}}"),
    ],
)
def test_all_ways_agree(run: Run, tmp_path: Path, text: str, latex: str) -> None:
    assert ways(run, tmp_path, text + "\n") == {latex + "\n"}


def test_a_call_in_a_template(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFINITIONS + "%%box(two)\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex")
    assert done.out == "\\fbox{two \\texttt{two} %%todo(x)\n}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%%b(%%lost(a))", "a.md:LINE:5: error[PM203]"),
        ("%%b(%%k(a, b))", "a.md:LINE:12: error[PM208]"),
        ("%%b(a, {b)", "a.md:LINE:8: error[PM103]"),
        ('%%b("a (b)', "a.md:LINE:5: error[PM112]"),
        ('%%b("a)', "a.md:LINE:5: warning[PM112]"),
        ("%%image(a.png, 0,3)", "a.md:LINE:16: error[PM208]: `0,3` is two arguments"),
        ('%%image(a.png, "0,3")', "a.md:LINE:16: error[PM208]: `0,3` is no length"),
        ("%%image(a.png, widht=1)", "a.md:LINE:16: warning[PM216]"),
        ("%%image(a.png, alt => A picture)", "a.md:LINE:16: warning[PM216]"),
        (r"%%image(images\a.png)", "a.md:LINE:9: warning[PM509]"),
        ("%%b(50% off)", "a.md:LINE:7: warning[PM508]"),
        ('%%b(a %%k("5% b")) %%b("50 \\" 7% x")', "a.md:LINE:13: warning[PM508]"),
        ('%%b(a) %%b("50 \\" 7% x")', "a.md:LINE:20: warning[PM508]"),
    ],
)
def test_what_is_told(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.md").write_text(DEFINITIONS + text + "\n", "utf-8")
    told = run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex").err
    assert said.replace("LINE", str(LINE)) in told


@pytest.mark.parametrize(
    "text",
    [r"%%b(50\% off)", "%%note(50% off)", "%%link(a%20b)", "%%b(a%\nb)", '%%note(a %%twice("5%"))', "%%v()"],
)
def test_percent_signs_that_are_fine(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(DEFINITIONS + text + "\n", "utf-8")
    assert run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex").err == ""
    assert "PM50" not in run("percent-macros", "check", "a.md").err


@pytest.mark.tex
@pytest.mark.parametrize(("sign", "cure"), [("%", r"\%"), ("&", r"\&"), ("#", r"\#"), ("_", r"\_")])
def test_a_sign_in_an_argument_that_stops_latex(run: Run, tmp_path: Path, sign: str, cure: str) -> None:
    (tmp_path / "a.md").write_text(f"{DEFINITIONS}Now %%b(50{sign} off) today.\n", "utf-8")
    done = run("percent-macros", "build", "a.md", "-o", "a.pdf")
    assert done.status == 1
    assert f"a.md:{LINE}:11: error[PM501]" in done.err
    assert f"write `{cure}`" in done.err
