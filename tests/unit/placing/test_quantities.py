"""Numbers as authors write them."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.placing.quantities import millimetres, number_in, numbers_in


@pytest.mark.parametrize(
    ("text", "value", "digits", "written"),
    [
        ("98mm", 88, 0, "88mm"),
        ("98mm", 88.25, 1, "88.2mm"),
        ("98.50 mm", 88.5, 3, "88.5 mm"),
        ("-3mm", 2, 0, "2mm"),
        ("+3mm", 4, 0, "+4mm"),
        ("+3mm", -4, 0, "-4mm"),
        ("3mm", -0.001, 1, "0mm"),
        (".5", 0.25, 2, ".25"),
        ("-.5", 0.25, 2, ".25"),
        (".5", 1.25, 2, "1.25"),
        ("0.5", 0.25, 2, "0.25"),
        ("1e-5", 0.00002, 6, "0.00002"),
        ("1e3", 123456789, 0, "123456789"),
        ("12.5%", 16.4, 1, "16.4%"),
        ("0.3\\textwidth", 0.25, 2, "0.25\\textwidth"),
        ("\\textwidth", 0.75, 2, "0.75\\textwidth"),
        ("-\\textwidth", -1, 2, "-\\textwidth"),
        ("\\textwidth", -1, 2, "-\\textwidth"),
        ("2truemm", 3, 0, "3truemm"),
        ("5", 6, 0, "6"),
    ],
)
def test_another_value_in_the_same_form(text: str, value: float, digits: int, written: str) -> None:
    number = number_in(text)
    assert number
    assert number.written(value, digits) == written


@pytest.mark.parametrize(
    "text", ["", "mm", "%", "a", "3 + 4", "3,5", "3qq", "1.2.3", "\\dimexpr3pt\\relax", "3mm4", "--3"]
)
def test_what_is_no_number(text: str) -> None:
    assert number_in(text) is None


def test_numbers_within_a_text() -> None:
    text = r"\node[xshift=-3mm,yshift=.5\textwidth] (n1) at (2.5, -4) {image2.png, a/3/b, #12 v1.2.3, -7%}; \x3 4.5.6"
    assert [text[each.start : each.end] for each in numbers_in(text)] == [
        "-3mm",
        r".5\textwidth",
        "2.5",
        "-4",
        "-7%",
    ]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3mm", 3),
        ("-1cm", -10),
        (" 1in", 25.4),
        ("72.27pt", 25.4),
        ("72bp", 25.4),
        ("0", 0),
        ("3", None),
        ("1em", None),
    ],
)
def test_lengths_of_tex(text: str, length: float | None) -> None:
    assert millimetres(text) == (length if length is None else pytest.approx(length))
