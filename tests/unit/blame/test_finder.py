"""Where the error is that a log tells of."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.blame.finder import Finder
from pandoc_percent_macros.blame.log import LogError
from pandoc_percent_macros.blame.marked import MarkedLatex

from .harness import error

LATE = "Missing } inserted."


def mark(tex: str) -> str:
    return f"%<PM0>\n{tex}\n%</PM0>"


@pytest.mark.parametrize(
    ("found", "tex", "expected"),
    [
        (error("TeX capacity exceeded, sorry."), "a\n", None),
        (error("Missing $ inserted."), "a\n", None),
        (error("Odd.", (r"\a", r"->\x", "y"), ("2", r"\a", "")), "\\newcommand{\\a}{\\z}\n\\a\n", r"\a"),
        (
            error("Odd.", ("<argument>", "qq", ""), (r"\a", r"->\x", "y"), ("2", r"\a{qq}", "")),
            "\\newcommand{\\a}[1]{\\x y}\n\\a{qq}\n",
            "q",
        ),
        (error("LaTeX Error: Environment foo undefined.", ("1", "a", "")), "a\n" + mark(r"\begin{foo}"), "foo"),
        (error("Odd, perhaps a missing \\item.", ("1", "a b", " c")), "a b c\n", "b"),
        (error("Illegal unit of measure (pt inserted).", ("1", r"\hspace{3}", " c")), "\\hspace{3} c\n", "}"),
        (error(LATE, ("2", "a $ b", "")), mark("a $ b"), "$"),
        (error(LATE, ("3", "$b$", "")), "$a\n" + mark("$b$"), "$"),
        (error("Missing $ inserted.", ("4", "c", "")), mark("} $ b") + "\nc\n", "$"),
        (error("Odd.", ("1", r"\odd x", " y"), file="input.vrb"), "a\n\\odd x y\n", "x"),
    ],
    ids=[
        "nothing", "nothing-odd", "other-body", "other-argument", "further-down", "no-list", "no-unit",
        "dollar", "dollar-before", "dollar-after", "other-file",
    ],
)  # fmt: skip
def test_where_an_error_is(found: LogError, tex: str, expected: str | None) -> None:
    latex = MarkedLatex(tex)
    place = Finder(found, latex).find()
    assert (latex.tex[place.start : place.end].strip() if place else None) == expected
