"""The judge from outside: where pandoc alone keeps a word, a call is expanded, and where it stays code, the call stays.

``ORACLE_DOCUMENTS`` is how many documents are judged (500 if it is not set), ``ORACLE_SEED`` the first one's seed. Each
is judged in this process (ours.py says what runs where), and one of ``_SAMPLE`` by real processes, in all ways.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from . import alone, comparison, ours
from .generator import Document, generate
from .judge import Verdict, normal

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]  # `pandoc lua` reads the texts
DOCUMENTS = int(os.environ.get("ORACLE_DOCUMENTS", "500"))
SEED = int(os.environ.get("ORACLE_SEED", "0"))
_PART = 50
_SAMPLE = 25  # of so many documents one is judged by processes
_SHOWN = 1  # disagreements that a part makes smaller and shows

Record = Callable[[str, object], None]


@pytest.fixture
def record(record_property: Record) -> Record:
    """Record counts for the line at the end of the run, which another process may print."""
    return lambda name, counts: record_property(f"oracle {name}", json.dumps(counts))


@pytest.mark.parametrize("first", range(SEED, SEED + DOCUMENTS, _PART))
def test_pandoc_decides_where_a_call_stands(first: int, tmp_path: Path, record: Record) -> None:
    documents = [generate(seed) for seed in range(first, min(first + _PART, SEED + DOCUMENTS))]
    found = comparison.compared(documents, tmp_path)
    record("documents", len(documents))
    record("judged", sum(verdict.expected is not None for verdict, _ in found))
    record("places", Counter(kind for verdict, _ in found for _, kind, _ in verdict.places))
    record("unjudged", sum((verdict.unjudged for verdict, _ in found), Counter()))
    record("disagreeing", sum(any(kinds.values()) for _, kinds in found))
    record("kinds", Counter(f"{way}: {kind}" for _, kinds in found for way, every in kinds.items() for kind in every))
    failing = [(verdict, way, every[0]) for verdict, kinds in found for way, every in kinds.items() if every]
    assert not failing, "\n\n".join(_shown(*each, tmp_path) for each in failing[:_SHOWN])


def _shown(verdict: Verdict, way: str, kind: str, folder: Path) -> str:
    """Return a disagreement, by its smallest document and the whole one."""
    small = comparison.minimised(verdict.document, way, kind, folder)
    return f"{way}: {kind}\n{small}\n--- smallest of: ---\n{verdict.document}"


@pytest.mark.parametrize("seed", range(SEED, SEED + DOCUMENTS, _SAMPLE))
def test_real_processes_give_what_was_judged(seed: int, tmp_path: Path) -> None:
    """What is judged in this process is what a user gets."""
    ((verdict, _),) = comparison.compared([generate(seed)], tmp_path, [])
    document = verdict.document
    real = ours.by_processes(document, tmp_path)
    text = document.source
    (read,) = alone.read([alone.Text(text, document.reader, document.tab_stop)])
    assert read == ours.alone_by_process(document, text)
    for way, run in comparison.WAYS.items():
        (given,) = run([document], tmp_path)
        assert _compared(real[way].document) == _compared(given.document), f"{way}\n{document}"


@pytest.mark.parametrize("seed", range(SEED, SEED + DOCUMENTS, _SAMPLE))
def test_the_reader_in_lua_agrees(seed: int, tmp_path: Path, record: Record) -> None:
    (found,) = comparison.compared([generate(seed)], tmp_path, [])
    verdict = found[0]
    given = ours.by_processes(verdict.document, tmp_path).get("reader")
    if given is None or verdict.expected is None:
        pytest.skip("no dialect of pandoc's own Markdown")
    kinds = comparison.disagreements(verdict, given)
    record("by the reader", 1)
    record("reader disagreeing", int(bool(kinds)))
    assert not kinds, f"{kinds}\n{verdict.document}"


def _compared(document: object) -> object:
    return document and normal(document)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("%%k(101)", {"text"}),
        ("a *%%k(101)* b", {"text"}),
        ("a%%k(101)", {"text"}),
        ("`%%k(101)`", {"code"}),
        ("\\foo{%%k(101)}", {"raw TeX"}),
        ("\\foo{a\n% %%k(101)}\n}", {"comment of raw TeX"}),
        ("`%%k(101)`{=latex}", {"raw markup"}),
        ("<!-- %%k(101) -->", {"comment"}),
        ('<b k="%%k(101)">', {"raw HTML"}),
        ("$%%k(101)$", {"mathematics"}),
        ("[a](%%k(101))", {"address"}),
        ('[a](u "%%k(101)")', {"title"}),
        ("[a]{k=%%k(101)}", {"attribute value"}),
    ],
)
def test_the_judge_knows_places(text: str, kinds: set[str], tmp_path: Path) -> None:
    ((verdict, _),) = comparison.compared([Document(0, "markdown", 4, text)], tmp_path, [])
    assert {kind for _, kind, _ in verdict.places} == kinds


def test_a_call_that_an_edge_of_a_column_tears(tmp_path: Path) -> None:
    """Nobody can say what is right, but half of what stood for the call is not."""
    ways = ours.by_processes(Document(0, "markdown", 4, "%%k( 105)\n --------\ntext"), tmp_path)
    assert not [way for way, given in ways.items() if re.search(r"[\U000f0000-\U0010ffff]", _written(given))]


def _written(given: ours.Given) -> str:
    return json.dumps(given.document, ensure_ascii=False)
