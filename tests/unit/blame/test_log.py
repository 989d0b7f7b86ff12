"""What a log says: its errors, the lines that TeX had read, and boxes that are too wide."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.blame.log import first_error, too_wide


@pytest.mark.parametrize(
    ("log", "message"),
    [
        ("LaTeX Font:12: Some information\n! Real.\n", "Real."),
        ("!  ==> Fatal error occurred, no output PDF file produced!\n", None),
        ("all is well\n", None),
    ],
)
def test_which_lines_of_a_log_are_errors(log: str, message: str | None) -> None:
    found = first_error(log)
    assert (found.message if found else None) == message


def test_a_line_that_tex_had_read_whole() -> None:
    found = first_error("input.tex:3: Odd.\nl.3 some text\nno context\n")
    assert found
    assert [(each.before, each.after) for each in found.levels] == [("some text", "")]


def test_only_boxes_that_one_can_see_are_too_wide() -> None:
    log = "Overfull \\hbox (0.5pt too wide) in x\nOverfull \\hbox (7.5pt too wide) in x\npercent-macros ends 3\n"
    assert [(each.width, each.stretch) for each in too_wide(log)] == [(7.5, None)]
