"""Perl's own tests of its operators, as programs of ours: what Perl prints is what is right.

They are Perl's, and not kept here. ``make perl-tables`` fetches them with Debian's package of Perl's source, runs this
with ``PERL_TABLES`` set to their folder, and shows how many rows hold.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.perl_tables import FILES, Row, rows
from .test_perl import departs, judged, ours

TABLES = os.environ.get("PERL_TABLES")

pytestmark = pytest.mark.skipif(not TABLES, reason="`make perl-tables` fetches Perl's tests")

# Faults that are known before anything runs: of what the language has not.
REFUSED = ("PM1", "PM20")


# What may come of a row: as Perl has it; an error here where Perl gives a value or a warning, by section 14 of the
# reference; an error for what the language has not; a value here where Perl warns, so that it judges nothing.
RESULTS = ("holds", "departs", "refused", "unjudged", "differs")


def judge(each: list[Row]) -> dict[str, list[tuple[Row, str, str]]]:
    """Return the rows by what came of them, each with what Perl says and what is given here.

    A program that is refused is never run by Perl: there are such among its tests that start programs.
    """
    given = [(row, ours(row.program)) for row in each]
    refused = {at for at, (_, (kind, text)) in enumerate(given) if kind == "faults" and _is_refused(text)}
    asked = [at for at in range(len(given)) if at not in refused]
    verdicts = dict(zip(asked, judged([given[at][0].program for at in asked]), strict=True))
    found: dict[str, list[tuple[Row, str, str]]] = {}
    for at, (row, (kind, text)) in enumerate(given):
        verdict, *said = verdicts.get(at, ["refused"])
        expected = said[0] if verdict == "gives" else ""
        if verdict == "refused":
            result = "refused"
        elif verdict not in ("gives", "undef"):
            result = "departs" if kind == "faults" else "unjudged"
        elif (kind, text) == ("gives", expected):
            result = "holds"
        else:
            result = "departs" if departs((kind, text)) else "differs"
        found.setdefault(result, []).append((row, f"{verdict} {expected!r}", f"{kind} {text!r}"))
    return found


def _is_refused(told: str) -> bool:
    return any(each.startswith(REFUSED) for each in told.split("\n"))


@pytest.fixture(scope="module")
def counted(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """The rows of all files by what came of them, shown at the end."""
    counts: Counter[str] = Counter()
    yield counts
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\nall: {counts.total()} rows:", _shown(counts))


def _shown(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[result]} {result}" for result in RESULTS if counts[result])


@pytest.mark.parametrize("name", FILES)
def test_rows_hold(name: str, counted: Counter[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert TABLES
    each = rows(Path(TABLES), name)
    assert len(each) >= FILES[name]
    found = judge(each)
    counts = Counter({result: len(those) for result, those in found.items()})
    with capsys.disabled():
        print(f"\n{name}: {len(each)} rows:", _shown(counts), end=" ")
    counted.update(counts)
    wrong = [
        f"line {row.line}:\n{row.program}\nPerl: {perl}\nhere: {here}" for row, perl, here in found.get("differs", ())
    ]
    assert not wrong, "\n\n".join(wrong)
    assert counts["holds"] > 0
