"""The corpus: small documents for which every way to run the filter gives the same.

A document is ``corpus/NNN-name.md``, or ``corpus/NNN-name.FORMAT.md`` for a reader other than ``markdown``. One with
``-fault-`` in its name has faults, one with ``-warning-`` gives only warnings; ``corpus/diagnostics.txt`` says where.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ..support import readings
from ..support.ways import LEFTOVER, PLACE, Document, Outcome, others, standard_input

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS = sorted(path.name for path in CORPUS.glob("*.md"))
FAULTY = [name for name in DOCUMENTS if "-fault-" in name]
WARNED = sorted(
    {line.split(":")[0] for line in (CORPUS / "diagnostics.txt").read_text("utf-8").splitlines()} - {*FAULTY}
)


def document(name: str) -> Document:
    return readings.document(CORPUS / name)


def test_there_is_a_corpus() -> None:
    assert len(DOCUMENTS) >= 150
    assert len(FAULTY) >= 30
    assert sum(document(name).reader != "markdown" for name in DOCUMENTS) >= 25


@pytest.mark.pandoc
@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_ways_agree(name: str, pandoc_version: tuple[int, ...], data_dir: Path, tally: Tally) -> None:
    each = document(name)
    with ThreadPoolExecutor(3) as threads:
        expected = threads.submit(readings.counted, each)
        ways = others(each.reader, pandoc_version, data_dir).items()
        outcomes = {way: threads.submit(run, each) for way, run in ways}
        piped = threads.submit(standard_input, each)
    plain, number = expected.result()
    tally.count(name, "refused" if piped.result().status else "the same", number)
    _check(name, plain)
    for way, outcome in outcomes.items():
        _agree(way, outcome.result(), plain)
    _agree_or_refused(piped.result(), plain)
    _read_as_often(each.path, number)


def _check(name: str, outcome: Outcome) -> None:
    assert "Traceback" not in outcome.said
    assert not LEFTOVER.search(outcome.native)
    assert sorted(map(place, outcome.diagnostics)) == sorted(expected_diagnostics().get(name, []))
    if name in FAULTY:
        assert outcome.status != 0
        assert outcome.native == ""
        assert any("error" in place(each) for each in outcome.diagnostics)
    else:
        assert outcome.status == 0
        assert bool(outcome.diagnostics) == (name in WARNED)


def _agree(way: str, outcome: Outcome, expected: Outcome) -> None:
    assert outcome.diagnostics == expected.diagnostics, way
    assert outcome.status == expected.status, way
    assert outcome.native == expected.native, way


def _agree_or_refused(piped: Outcome, expected: Outcome) -> None:
    """A document whose text is gone is as it should be, or there is an error; never something else."""
    assert "Traceback" not in piped.said
    if piped.status:
        assert piped.diagnostics
    else:
        assert (expected.status, piped.native) == (0, expected.native)


def place(diagnostic: str) -> str:
    """Return the part of a diagnostic that ``diagnostics.txt`` holds: line, column, severity and code."""
    found = PLACE.match(diagnostic)
    assert found, diagnostic
    return f"{found[2]}:{found[3]} {found[4]} {found[5]}"


def expected_diagnostics() -> dict[str, list[str]]:
    expected: dict[str, list[str]] = {}
    for line in (CORPUS / "diagnostics.txt").read_text("utf-8").splitlines():
        name, _, diagnostic = line.partition(":")
        expected.setdefault(name, []).append(diagnostic)
    return expected


def test_the_faults_that_are_expected_belong_to_documents() -> None:
    assert sorted(expected_diagnostics()) == sorted([*FAULTY, *WARNED])


def test_the_readings_that_are_expected_are_of_documents() -> None:
    assert [*readings.expected()[1]] == list(map(readings.name, readings.documents()))


@pytest.mark.pandoc
@pytest.mark.parametrize("path", [each for each in readings.documents() if each.parent != CORPUS], ids=readings.name)
def test_how_often_an_example_is_read(path: Path) -> None:
    version, expected = readings.expected()
    if version != readings.pandoc():
        pytest.skip(f"the list holds for {version}")
    assert readings.counted(readings.document(path))[1] == expected[readings.name(path)]


def _read_as_often(path: Path, number: int) -> None:
    version, expected = readings.expected()
    assert version != readings.pandoc() or number == expected[readings.name(path)]


class Tally:
    """Counts over the corpus, in a folder that the workers of pytest-xdist share; the last document shows them."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._folder.mkdir(exist_ok=True)
        self._capture = capture

    def count(self, name: str, piped: str, started: int) -> None:
        (self._folder / name).write_text(json.dumps([piped, started]))
        counted = list(self._folder.glob("*.md"))
        if len(counted) == len(DOCUMENTS):
            self._show([json.loads(path.read_text()) for path in counted])

    def _show(self, counted: list[tuple[str, int]]) -> None:
        try:
            (self._folder / "shown").touch(exist_ok=False)
        except FileExistsError:
            return  # two workers were the last
        piped = Counter(each for each, _ in counted)
        again = sum(started > 0 for _, started in counted)
        with self._capture.disabled():
            sys.stderr.write(
                f"\ncorpus: {len(counted)} documents; from standard input {piped['the same']} the same,"
                f" {piped['refused']} refused; by plain -F {again} need another pandoc\n"
            )


@pytest.fixture
def tally(tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str]) -> Tally:
    base = tmp_path_factory.getbasetemp()
    return Tally((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "corpus", capfd)
