"""What macros give as pandoc's elements, and as LaTeX inside of raw TeX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pandoc_percent_macros.document.elements import words
from pandoc_percent_macros.document.expansion.results import Elements, as_blocks, as_inlines, as_latex
from pandoc_percent_macros.language.values.pieces import Given, Markdown, Native, Raw, Text

if TYPE_CHECKING:
    from pandoc_percent_macros.language.values.pieces import Piece

TEX, BOLD, DIV = Raw("latex", "\\x"), Raw("html", "<b>"), Raw("html", "<div>")
LINE, LIST = Markdown("m"), Given("list")
EMPH = Native(Elements([{"t": "Emph", "c": words("e")}], inline=True))
PARAGRAPH = {"t": "Para", "c": words("m")}
BULLETS = {"t": "BulletList", "c": [[{"t": "Plain", "c": words("i")}]]}


def content(piece: Piece) -> list[dict[str, Any]]:
    """Return what pandoc would make of pieces that it has to read."""
    if isinstance(piece, Native) and isinstance(piece.handle, Elements):
        return piece.handle.as_blocks()
    return [BULLETS] if piece == LIST else [] if piece == Markdown("") else [PARAGRAPH]


def short(value: Any) -> Any:
    """Show elements in a form that one can read in a table."""
    if isinstance(value, list):
        return " ".join(map(short, value))
    match value["t"], value.get("c"):
        case ("RawBlock" | "RawInline") as tag, [_, text]:
            return f"[{text}]" if tag == "RawBlock" else text
        case ("Para" | "Plain" | "Emph") as tag, inside:
            return f"{tag}({short(inside)})"
        case "Str", text:
            return text
        case tag, _:
            return tag


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ""),
        ([TEX], "[\\x]"),
        ([TEX, BOLD], "[\\x] [<b>]"),
        ([Text("a b")], "Para(a Space b)"),
        ([TEX, Text("a")], "Para(\\x a)"),
        ([LINE], "Para(m)"),
        ([Text("a"), LINE, Text("b")], "Para(amb)"),
        ([TEX, LINE, TEX], "Para(\\x m \\x)"),
        ([DIV, LINE, DIV], "[<div>] Para(m) [<div>]"),  # a div holds paragraphs
        ([BOLD, LINE, BOLD], "Para(<b> m <b>)"),
        ([LIST], "BulletList"),
        ([TEX, LIST, TEX], "[\\x] BulletList [\\x]"),
        ([Text("a"), LIST, Text("b")], "Para(a) BulletList Para(b)"),
        ([EMPH], "Para(Emph(e))"),
        ([Text("a "), EMPH], "Para(a Space Emph(e))"),
        ([Markdown("")], ""),
    ],
    ids=lambda each: each if isinstance(each, str) else "+".join(type(piece).__name__ for piece in each) or "nothing",
)
def test_blocks(pieces: list[Piece], expected: str) -> None:
    assert short(as_blocks(pieces, content)) == expected


def test_a_paragraph_in_a_tight_list_is_plain() -> None:
    assert short(as_blocks([Text("a")], content, "Plain")) == "Plain(a)"


def test_content_that_stands_twice_is_two() -> None:
    first, second = as_blocks([LIST, LIST], content)
    assert first == second == BULLETS
    assert first is not second
    assert first["c"] is not BULLETS["c"]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ""),
        ([TEX, Text("a"), BOLD], "\\x a <b>"),
        ([Text("a "), LINE], "a Space m"),
        ([EMPH], "Emph(e)"),
        ([Markdown("")], ""),
        ([LIST], None),
        ([Text("a"), LIST], None),
    ],
    ids=["nothing", "raw", "a paragraph", "an inline", "empty", "a list", "text and a list"],
)
def test_inlines(pieces: list[Piece], expected: str | None) -> None:
    inlines = as_inlines(pieces, content)
    assert (None if inlines is None else short(inlines)) == expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ""),
        ([Raw("latex", "\\a{"), Text("50 % of $x_1$"), Raw("tex", "}")], r"\a{50 \% of \$x\_1\$}"),
        ([Text(r"~^\{}&#")], r"\textasciitilde{}\textasciicircum{}\textbackslash{}\{\}\&\#"),
        ([Raw("html", "<b>"), Text("a")], "a"),
        ([Raw("beamer", "\\pause")], "\\pause"),
        ([LINE], None),
        ([TEX, LIST], None),
        ([EMPH], None),
    ],
    ids=["nothing", "text in a command", "signs", "html", "beamer", "markdown", "a body", "an element"],
)
def test_latex(pieces: list[Piece], expected: str | None) -> None:
    assert as_latex(pieces) == expected
