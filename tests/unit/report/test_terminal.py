"""How diagnostics are shown."""

from __future__ import annotations

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.base.source import Source, Span
from pandoc_percent_macros.report.terminal import render


def shown(text: str, start: int, end: int, message: str = "m", *hints: str) -> str:
    diagnostics = Diagnostics()
    diagnostics.error("PM104", message, Span(Source("a.md", text), start, end), *hints)
    return render(diagnostics)


def test_a_diagnostic() -> None:
    assert shown("a\nb cd e\n", 4, 6, "wrong", "do it", "or not") == (
        "a.md:2:3: error[PM104]: wrong\n    2 | b cd e\n      |   ^^\n   hint: do it\n   hint: or not\n"
    )


def test_the_caret_stands_below_wide_and_combining_characters_and_tabs() -> None:
    assert shown("日e\u0301\tx", 4, 5).splitlines()[1:] == ["    1 | 日e\u0301    x", "      |        ^"]


def test_a_stretch_over_several_lines_is_marked_on_the_first() -> None:
    assert shown("ab\ncd\n", 1, 5).splitlines()[1:] == ["    1 | ab", "      |  ^"]


def test_a_long_line_is_cut() -> None:
    lines = shown("x" * 100_000 + "yy" + "z" * 100_000, 100_000, 100_002).splitlines()
    assert lines[1] == "    1 | …" + "x" * 80 + "yy" + "z" * 80 + "…"
    assert lines[2] == "      | " + " " * 81 + "^^"


def test_control_characters_are_escaped_everywhere() -> None:
    text = shown("a\x1b[31mb", 0, 1, "m\x07", "h\u202e")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_hundred_are_shown_and_the_rest_counted() -> None:
    diagnostics = Diagnostics()
    for each in range(101):
        diagnostics.error("PM104", f"m{each}", None)
    text = render(diagnostics)
    assert text.count("error[PM104]") == 100
    assert text.endswith("… and 1 more\n")
    assert render([]) == ""
