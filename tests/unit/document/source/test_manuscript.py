"""Input files as one text, and the way back: lines and columns counted by hand."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.document.source.manuscript import Input, Manuscript


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["a"], "a"),
        (["a\n"], "a\n"),
        (["a", "b"], "a\n\nb"),  # pandoc puts a blank line between files
        (["a\n", "b\n"], "a\n\nb\n"),
        (["a\n\n", "b"], "a\n\n\nb"),
        (["", "b"], "\n\nb"),
    ],
)
def test_the_text_that_pandoc_makes_of_files(texts: list[str], whole: str) -> None:
    assert Manuscript([Input(f"{number}.md", text) for number, text in enumerate(texts)]).text == whole


FILES = Manuscript([Input("a.md", "one\ntwo %%f(1) end"), Input("b.md", "%%f(2)\n\n> %%f(3,\n>  4)\r\nlast")])


@pytest.mark.parametrize(
    ("text", "name", "place", "line"),
    [
        ("%%f(1)", "a.md", (2, 5), "two %%f(1) end"),
        ("%%f(2)", "b.md", (1, 1), "%%f(2)"),
        ("last", "b.md", (5, 1), "last"),
    ],
)
def test_a_stretch_knows_its_place_in_its_file(text: str, name: str, place: tuple[int, int], line: str) -> None:
    start = FILES.text.index(text)
    source = FILES.excerpt(start, start + len(text), text)
    assert (source.name, source.position(0), source.line_at(0)) == (name, place, line)


def test_a_stretch_over_lines_of_a_quote() -> None:
    start, end = FILES.text.index("%%f(3"), FILES.text.index("4)") + 2
    source = FILES.excerpt(start, end, "%%f(3,\n 4)", ("> ",))
    assert (source.name, source.line, source.before, source.after) == ("b.md", 3, "> ", "")
    assert source.position(source.text.index("4")) == (4, 4)
    assert source.line_at(source.text.index("4")) == ">  4)"  # without the carriage return


def test_stretches_may_be_asked_for_again_from_the_start() -> None:
    def places(text: str) -> list[tuple[str, int]]:
        starts = [FILES.text.index(each) for each in text.split()]
        return [(each.name, each.line) for each in (FILES.excerpt(at, at + 1, "x") for at in starts)]

    assert places("one last two %%f(2) one") == [("a.md", 1), ("b.md", 5), ("a.md", 2), ("b.md", 1), ("a.md", 1)]


def test_of_a_long_line_only_what_is_near_is_kept() -> None:
    whole = Manuscript([Input("a.md", "x" * 5000 + "%%f()" + "y" * 5000)])
    source = whole.excerpt(5000, 5005, "%%f()")
    assert source.position(0) == (1, 5001)
    assert len(source.line_at(0)) < 500
    assert source.line_at(0).strip("xy") == "%%f()"


@pytest.mark.parametrize(("offset", "bounds"), [(0, (0, 3)), (3, (0, 3)), (4, (4, 18)), (18, (4, 18)), (19, (19, 19))])
def test_the_bounds_of_a_line(offset: int, bounds: tuple[int, int]) -> None:
    assert FILES.line_bounds(offset) == bounds
