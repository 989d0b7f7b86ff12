"""Faults and diagnostics as data."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.base.fault import WARNING, Diagnostic, Diagnostics, Fault, nearest
from pandoc_percent_macros.base.source import Source, Span

A = Source("a.md", "one\ntwo three\n")
B = Source("b.md", "four\n")
ONE, TWO, THREE, FOUR = Span(A, 0, 3), Span(A, 4, 7), Span(A, 8, 13), Span(B, 0, 4)


def test_the_innermost_place_holds() -> None:
    fault = Fault("PM304", "division by zero", "a hint")
    assert fault.diagnostic == Diagnostic("PM304", "division by zero", None, ("a hint",))
    assert fault.at(TWO, THREE).at(ONE) is fault
    assert (fault.diagnostic.span, fault.diagnostic.mark) == (TWO, THREE)


def test_no_place_is_no_place() -> None:
    assert Fault("PM304", "m").at(None).at(ONE).diagnostic.span == ONE


def test_the_trace_goes_from_the_inside_out() -> None:
    fault = Fault("PM304", "m").at(ONE).through(TWO, "inner").through(FOUR, "outer")
    assert fault.diagnostic.trace == ((TWO, "in the call of `inner`"), (FOUR, "in the call of `outer`"))


def test_a_fault_and_its_diagnostic_are_the_same() -> None:
    diagnostic = Diagnostic("PM304", "m", ONE, ("h",), ((TWO, "in the call of `f`"),), mark=THREE)
    assert Fault.of(diagnostic).diagnostic == diagnostic
    assert str(Fault.of(diagnostic)) == "m"


def test_hints_stand_below_the_message() -> None:
    assert Diagnostic("PM304", "m", None, ("do it", "or not")).with_hints == "m\nhint: do it\nhint: or not"


def test_diagnostics_come_in_the_order_of_the_text_file_after_file() -> None:
    found = Diagnostics()
    found.error("PM203", "nowhere", None)
    found.error("PM203", "four", FOUR)
    found.error("PM203", "three", THREE)
    found.error("PM203", "one", ONE)
    assert [each.message for each in found] == ["four", "one", "three", "nowhere"]  # b.md was named first


def test_what_is_said_twice_is_kept_once() -> None:
    found = Diagnostics()
    for span in (TWO, Span(Source("a.md", "two", 2), 0, 3), THREE):  # the second is the same place
        found.error("PM203", "m", span)
    found.error("PM204", "m", TWO)
    found.error("PM203", "n", TWO)
    assert [(each.code, each.message, str(each.span)) for each in found] == [
        ("PM203", "m", "a.md:2:1"),
        ("PM204", "m", "a.md:2:1"),
        ("PM203", "n", "a.md:2:1"),
        ("PM203", "m", "a.md:2:5"),
    ]
    assert len(found) == 4


def test_only_an_error_makes_them_fail() -> None:
    found = Diagnostics()
    assert not found.failed
    found.warning("PM701", "m", ONE)
    assert [each.severity for each in found] == [WARNING]
    assert not found.failed
    found.error("PM203", "m", ONE)
    assert found.failed


@pytest.mark.parametrize(
    ("name", "close"), [("imag", "image"), ("iamge", "image"), ("palce", "place"), ("xyz", None), ("", None)]
)
def test_the_name_that_was_meant(name: str, close: str | None) -> None:
    assert nearest(name, ["image", "only", "place"]) == close
