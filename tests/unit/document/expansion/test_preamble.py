"""What goes into the preamble, and where."""

from __future__ import annotations

from typing import Any

import pytest

from pandoc_percent_macros.document.expansion.preamble import Preamble, add, of_metadata


def test_each_package_once_with_the_first_options_that_were_given() -> None:
    preamble = Preamble()
    for name, options in [("tikz", ""), ("xcolor", "table"), ("xcolor", "dvipsnames"), ("soul", ""), ("soul", "x")]:
        preamble.use_package(name, options)
    assert preamble.lines("") == ["\\usepackage{tikz}", "\\usepackage[table]{xcolor}", "\\usepackage[x]{soul}"]


def test_libraries_stand_below_the_package_that_they_need() -> None:
    preamble = Preamble()
    preamble.use_tikz_library("calc")
    preamble.use_package("soul", "")
    preamble.use_tikz_library("positioning")
    preamble.use_tikz_library("calc")
    assert preamble.lines("") == [
        "\\usepackage{tikz}",
        "\\usepackage{soul}",
        "\\usetikzlibrary{calc}",
        "\\usetikzlibrary{positioning}",
    ]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("\\usepackage{tikz}", ["\\usetikzlibrary{calc}"]),
        ("\\usepackage [opt] {soul, tikz ,x}", ["\\usetikzlibrary{calc}"]),
        ("\\RequirePackage{tikz}\n\\usetikzlibrary{a, calc}", []),
        ("\\usetikzlibrary{calc}", ["\\usepackage{tikz}"]),
        ("\\usepackage{tikz-cd}", ["\\usepackage{tikz}", "\\usetikzlibrary{calc}"]),
    ],
)
def test_what_is_there_already_is_left_out(said: str, left: list[str]) -> None:
    preamble = Preamble()
    preamble.use_tikz_library("calc")
    assert preamble.lines(said) == left


@pytest.mark.parametrize(
    ("latex", "needs"),
    [
        ("\\begin{tikzpicture}x\\end{tikzpicture}", True),
        ("\\tikz \\draw (0,0);", True),
        ("\\tikzset{x}", True),
        ("about tikz", False),
        ("\\tikzedlabels", False),  # a command of another package
        ("\\node", False),  # without any word of TikZ
    ],
)
def test_tikz_is_seen_in_what_a_macro_gives(latex: str, needs: bool) -> None:
    preamble = Preamble()
    preamble.see(latex)
    assert preamble.lines("") == ["\\usepackage{tikz}"] * needs


def raw(text: str) -> dict[str, Any]:
    return {"t": "RawBlock", "c": ["latex", text]}


OURS = {"t": "MetaBlocks", "c": [raw("a\nb")]}
THEIRS = {"t": "MetaInlines", "c": [{"t": "RawInline", "c": ["tex", "\\usepackage{soul}"]}]}


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({}, OURS),
        ({"header-includes": THEIRS}, {"t": "MetaList", "c": [THEIRS, OURS]}),
        ({"header-includes": {"t": "MetaList", "c": [THEIRS]}}, {"t": "MetaList", "c": [THEIRS, OURS]}),
    ],
    ids=["nothing", "one", "a list"],
)
def test_lines_come_after_those_of_the_document(there: dict[str, Any], expected: dict[str, Any]) -> None:
    meta = {"title": {"t": "MetaString", "c": "T"}, **there}
    add(meta, "latex", ["a", "b"])
    assert meta == {"title": {"t": "MetaString", "c": "T"}, "header-includes": expected}


def test_what_the_document_has_is_found_in_all_that_pandoc_reads_there() -> None:
    code = {"t": "MetaString", "c": "\\usepackage{x}"}
    value = {"t": "MetaList", "c": [THEIRS, OURS, code]}
    assert of_metadata({"header-includes": value}) == "\\usepackage{soul}\na\nb\n\\usepackage{x}"
    assert of_metadata({}) == ""
