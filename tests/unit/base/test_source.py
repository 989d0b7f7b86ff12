"""Places in an author's file: lines and columns counted by hand."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.base.source import Source, Span

# A call in a block quote in a list item, as it stands in the file:
#
#     7 |   - > see %%f(a,
#     8 |     >   b) there
#
QUOTED = Source("a.md", "%%f(a,\n  b)", 7, "  - > see ", " there", ("    > ",))


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab\ncd\n", 0, 1, 1),
        ("ab\ncd\n", 1, 1, 2),
        ("ab\ncd\n", 2, 1, 3),  # the line feed belongs to its line
        ("ab\ncd\n", 3, 2, 1),
        ("ab\ncd\n", 6, 3, 1),
        ("\n\n\nx", 3, 4, 1),
        ("\tx", 1, 1, 2),  # a tab is one
        ("日本x", 2, 1, 3),  # a wide character, too
        ("e\u0301x", 2, 1, 3),  # so is what is put on top of another
        ("a\u2028b\x0cx", 4, 1, 5),  # no ends of lines for an editor
    ],
)
def test_a_place_in_a_whole_file(text: str, offset: int, line: int, column: int) -> None:
    assert Source("a.md", text).position(offset) == (line, column)


@pytest.mark.parametrize(("sign", "place"), [("%", (7, 11)), ("a", (7, 15)), ("b", (8, 9)), (")", (8, 10))])
def test_a_place_in_a_piece_counts_from_the_file(sign: str, place: tuple[int, int]) -> None:
    assert QUOTED.position(QUOTED.text.index(sign)) == place


def test_lines_are_shown_as_they_stand_in_the_file() -> None:
    assert QUOTED.line_at(0) == "  - > see %%f(a,"
    assert QUOTED.line_at(6) == "  - > see %%f(a,"
    assert QUOTED.line_at(7) == "    >   b) there"


def test_a_long_line_of_which_not_all_is_kept() -> None:
    piece = Source("a.md", "%%f()", 3, "x" * 100, "y" * 100, skipped=900)
    assert piece.position(0) == (3, 1001)
    assert piece.line_at(0) == "x" * 100 + "%%f()" + "y" * 100
    assert (piece.skipped_at(0), piece.skipped_at(1)) == (900, 0)


def test_a_span_says_what_and_where_it_is() -> None:
    span = Span(QUOTED, 4, 10)
    assert span.text == "a,\n  b"
    assert str(span) == "a.md:7:15"
