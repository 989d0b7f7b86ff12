"""Perl as the judge: random programs of what both languages have give the same bytes.

Only programs that Perl runs without a warning count. ``PERL_PROGRAMS`` sets how many are tried.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostic, Diagnostics, Fault
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.check.linker import link
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax.definitions import parse_definition
from pandoc_percent_macros.language.values.pieces import Raw, Text

from ..support.macros import Known, call
from ..support.perl_programs import Writer

JUDGE = Path(__file__).with_name("perl_judge.pl")
BATCH = 500
# Integral numbers from 1e15 up, in either of the two forms that Perl has for them.
_LARGE = re.compile(r"(?<![\d.])(?:[1-9]\d{15,18}|[1-9](?:\.\d+)?e\+1[5-8])(?![\d.])")
PROGRAMS = int(os.environ.get("PERL_PROGRAMS") or (10_000 if os.environ.get("CI") else 300))

# Faults by which the language departs from Perl on purpose, never silently: a row of section 14 of the reference each.
DEPARTURES = {
    "PM120 ": "patterns are matched in linear time, without what takes longer or means something else there",
    "PM320 ": "likewise, where it depends on the text",
    "PM211 ": "a loop's variable is no other name for what it goes over, so neither may be changed in the loop",
    "PM212 ": "a list, or a range, in the place of one value is an error, not its last element or a flip-flop",
    "PM305 no character has the code": "there are no characters but Unicode's",
    "PM305 `%n` is not a field": "`sprintf` changes no variable",
    "PM306 ": "no document may contain NUL",
    "PM401 ": "the steps of a document are limited",
    "PM402 ": "the length of a text is limited",
    "PM403 ": "the length of a list is limited",
}


def judged(programs: list[str]) -> list[list[str]]:
    """Return what Perl says of each: ["gives", text], ["undef"], ["warns", message, text] or ["dies", message]."""
    done = subprocess.run(["perl", str(JUDGE)], input=json.dumps(programs).encode(), capture_output=True)
    if done.stdout:
        return json.loads(done.stdout)  # type: ignore[no-any-return]
    if len(programs) == 1:
        return [["dies", "Perl itself crashed"]]
    half = len(programs) // 2
    return judged(programs[:half]) + judged(programs[half:])


def ours(program: str) -> tuple[str, str]:
    """Return ("gives", text), or ("faults", codes with their messages, a line each)."""
    diagnostics = Diagnostics()
    macro = parse_definition(Source("p", f"%%define p($n, $s)\n{program}\n=end"), diagnostics)
    assert macro
    this = call("%%p(5, text)")
    linked = link([macro], [], [this], diagnostics)
    if diagnostics.failed:
        return "faults", "\n".join(sorted({_told(each) for each in diagnostics if each.severity == "error"}))
    try:
        pieces = Session(linked, Known()).expand(this).pieces
    except Fault as fault:
        return "faults", _told(fault.diagnostic)
    return "gives", "".join(each.text for each in pieces if isinstance(each, (Raw, Text)))


def _told(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code} {diagnostic.message}"


def departs(found: tuple[str, str], expected: str = "") -> bool:
    """Whether a result differs from what Perl gives by section 14 of the reference."""
    kind, told = found
    if kind == "gives":
        return _without_marks(told) == _without_marks(expected) or _without_marks(told[::-1]) == _without_marks(
            expected[::-1]
        )
    return kind == "faults" and all(each.startswith(tuple(DEPARTURES)) for each in told.split("\n"))


def _without_marks(text: str) -> str:
    """Return a text without what earlier calculations with a large number may have changed in how Perl shows it."""
    return _LARGE.sub(lambda found: f"{float(found[0]):.15g}", text)


@pytest.mark.parametrize("start", range(0, PROGRAMS, BATCH))
def test_same_bytes(start: int) -> None:
    if not shutil.which("perl"):
        assert not os.environ.get("CI"), "the continuous integration needs perl"
        pytest.skip("there is no perl")
    programs = [Writer(seed).program() for seed in range(start, min(start + BATCH, PROGRAMS))]
    verdicts = judged(programs)
    expected = [verdict[1] if verdict[0] == "gives" else "" for verdict in verdicts]
    counted = [at for at, verdict in enumerate(verdicts) if verdict[0] in ("gives", "undef")]
    assert len(counted) > len(programs) // 2
    results = {at: ours(programs[at]) for at in range(len(programs))}
    wrong = [at for at in counted if results[at] != ("gives", expected[at]) and not departs(results[at], expected[at])]
    shown = [f"seed {start + at}:\n{programs[at]}\nPerl: {expected[at]!r}\nhere: {results[at]}" for at in wrong[:3]]
    assert not wrong, "\n\n".join(shown)
