"""What is known of TeX's text is known once: whoever uses a fact agrees with the others, and with TeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.base import tex
from pandoc_percent_macros.blame.marked import MarkedLatex
from pandoc_percent_macros.document.expansion.results import as_latex
from pandoc_percent_macros.inspect.pictures import pictures
from pandoc_percent_macros.language.values.pieces import Raw
from pandoc_percent_macros.latex.balance import unbalanced
from pandoc_percent_macros.pandoc.formats import Format, switch_of

NAMES = st.sampled_from([name + star for name in tex.VERBATIM_ENVIRONMENTS for star in ("", "*")])
# Signs that lack their partners, and calls: neither is any to whoever knows that TeX reads nothing there.
LINE = st.sampled_from(["{", "}", "$", "%%f(x)", r"\if", r"\begin{a}", "% {", "a"])
LINES = st.lists(LINE, min_size=1).map("\n".join)
SIGNS = st.text(st.sampled_from(r"\{}$&#_%~^ aé"))


@given(NAMES, LINES)
def test_all_pass_over_what_is_verbatim(name: str, inside: str) -> None:
    text = f"\\begin{{{name}}}\n{inside}\n\\end{{{name}}}\n"
    assert unbalanced(text) == []
    assert re.search(rf"{tex.BEGIN}\{{{tex.VERBATIM_NAME}\}}", text)


@given(st.sampled_from(["\\verb", "\\verb*", "\\Verb", "\\lstinline", "\\lstinline[a=b]", "\\mintinline{c}"]), LINES)
def test_all_pass_over_a_verbatim_command(command: str, inside: str) -> None:
    text = f"a {command}|{inside.splitlines()[0]}| b\n"
    assert unbalanced(text) == []


@given(st.text(st.sampled_from("\\%{a\n ")))
def test_comments_are_the_same_to_all(text: str) -> None:
    left = tex.without_comments(text)
    assert tex.without_comments(left.replace("%", "")) == left.replace("%", "")
    assert [each.sign for each in unbalanced(text)] == [each.sign for each in unbalanced(left)]


@pytest.mark.parametrize("format", sorted(tex.RAW_FORMATS))
def test_each_raw_format_that_is_latex_is_so_to_all(format: str) -> None:
    text = r"\includegraphics{a.png}"
    assert as_latex([Raw(format, text)]) == text
    assert [each.name for each in pictures({"t": "RawBlock", "c": [format, text]}, Format("beamer"))] == ["a.png"]
    assert Format("beamer").shows(format)
    assert switch_of(format) == "raw_tex"


@given(st.integers(0, 10_000), st.text(st.sampled_from("a\\{}\n ")))
def test_marks_that_are_written_are_found(number: int, text: str) -> None:
    marked = MarkedLatex(f"a\n{tex.opening_mark(number)}{text}{tex.closing_mark(number)}\nb")
    (stretch,) = marked.stretches
    assert stretch.number == number
    assert marked.tex[stretch.start : stretch.end].strip() == text.strip()


@given(SIGNS)
def test_nothing_is_left_to_tex_in_an_escaped_text(text: str) -> None:
    escaped = tex.escaped(text)
    assert unbalanced(escaped) == []
    assert tex.without_comments(escaped) == escaped
