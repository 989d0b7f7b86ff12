"""Every row of section 14 of the reference, which lists where the language departs from Perl, really departs."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from .test_perl import DEPARTURES, judged, ours
from .test_reference import PAGE

SECTION = re.search(r"^## 14\. Perl\n(.*?)^## ", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (?!Here \|)(.*) \|$", re.MULTILINE)
_EXAMPLE = re.compile(
    r"`(?P<program>[^`]+)` gives (?:`(?P<here>[^`]*)`|(?P<fault>PM\d{3})), "
    r"Perl (?:`(?P<there>[^`]*)`|nothing|(?P<anything>anything)|(?P<dies>an error))(?P<warns> with a warning)?"
)
ROWS = [found[1].replace(r"\|", "|") for found in _ROW.finditer(SECTION[1])] if SECTION else []


EXAMPLES = [found for row in ROWS for found in _EXAMPLE.finditer(row.rpartition(" | ")[2])]


def test_every_row_has_an_example() -> None:
    assert len(ROWS) > 30
    assert not [row for row in ROWS if row.count(" | ") != 3 or not _EXAMPLE.match(row.rpartition(" | ")[2])]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["program"])
def test_it_departs(example: re.Match[str]) -> None:
    if not shutil.which("perl"):
        assert not os.environ.get("CI"), "the continuous integration needs perl"
        pytest.skip("there is no perl")
    ((verdict, *said),) = judged([example["program"]])
    kind, told = ours(example["program"])
    expected = "dies" if example["dies"] else "warns" if example["warns"] else "gives"
    assert verdict == expected or (verdict == "undef" and expected == "gives")
    there = "" if verdict == "undef" else said[-1]
    assert verdict == "dies" or example["anything"] or there == (example["there"] or "").replace(r"\0", "\0")
    if example["fault"]:
        assert kind == "faults"
        assert example["fault"] in told
    else:
        assert (kind, told) == ("gives", example["here"])
        assert verdict in ("dies", "warns") or example["anything"] or told != there


def test_what_random_programs_may_meet_has_a_row() -> None:
    assert SECTION
    assert {code[:5] for code in DEPARTURES} <= set(re.findall(r"PM\d{3}", SECTION[1]))
