"""LaTeX with marks around what macros gave."""

from __future__ import annotations

from pandoc_percent_macros.blame.marked import MarkedLatex


def test_marks_that_lack_their_partners_or_hold_others() -> None:
    latex = MarkedLatex("%</PM7>\n%<PM0>\na\n%<PM1>\nb\n%</PM1>\nc\n%</PM0>\nd\n")
    assert [each.number for each in latex.stretches] == [0, 1]
    assert latex.without(*latex.stretches) == "%</PM7>\n%<PM0>\n%</PM0>\nd\n"
