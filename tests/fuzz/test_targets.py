"""What `make fuzz` does for hours, here for seconds: the seeds, and programs and texts that Hypothesis makes.

The environment variable ``FUZZ_EXAMPLES`` is how many Hypothesis tries of each kind (60 if it is not set).
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandoc_percent_macros.document.transport import lazy_json as untouched

from ..contract.test_generated_documents import documents
from ..support.perl_programs import Writer
from .growth import FRAGMENTS
from .targets import DIALECTS, TARGETS

SEEDS = [(path.parent.name, path) for path in sorted((Path(__file__).parent / "corpus").glob("*/*"))]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES <= 60,
    database=None,
)

FRAGMENT = st.sampled_from(FRAGMENTS)
SOUP = st.lists(FRAGMENT | st.text(max_size=3), max_size=40).map("".join)


def test_each_target_has_seeds() -> None:
    assert {target for target, _ in SEEDS} == set(TARGETS)
    assert len(SEEDS) > 30


def assert_holds(target: str, data: bytes) -> None:
    """Try an input: a target raises ``AssertionError`` where a promise is broken."""
    TARGETS[target](data)


@pytest.mark.parametrize(("target", "path"), SEEDS, ids=[f"{target}-{path.stem}" for target, path in SEEDS])
def test_seeds(target: str, path: Path) -> None:
    assert_holds(target, path.read_bytes())


@few
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_programs(seed: int, other: int) -> None:
    """Programs, sound and with a stretch of another in the middle."""
    one, two = (f"%%define f($n = 2, $s = 'ab')\n{Writer(each).program()}\n=end\n" for each in (seed, other))
    chance = random.Random(seed)
    at, start, stop = chance.randrange(len(one)), *sorted(chance.sample(range(len(two)), 2))
    for text in (one, one[:at] + two[start:stop] + one[at:]):
        assert_holds("evaluate", text.encode())
        assert_holds("parse", text.encode())


@few
@given(documents(), st.sampled_from(range(len(DIALECTS))))
def test_documents(text: str, dialect: int) -> None:
    assert_holds("lift", f"{dialect}{text}".encode())


@few
@given(SOUP, st.sampled_from(range(len(DIALECTS))))
def test_fragments(text: str, dialect: int) -> None:
    assert_holds("lift", f"{dialect}{text}".encode("utf-8", "replace"))
    assert_holds("parse", text.encode("utf-8", "replace"))


@few
@given(SOUP)
def test_fragments_in_a_definition_and_a_call(text: str) -> None:
    for head in ("%%define f() ", "%%template f()\n", "%%f("):
        assert_holds("parse", (head + text).encode("utf-8", "replace"))
    assert_holds("evaluate", f"%%define f($x, @y) {text} =end".encode("utf-8", "replace"))


TEXTS = st.sampled_from(["a", "%%f()", "é", '"', "\\", "\u2028", "percent-macro", "\x01"])
ELEMENT = st.recursive(
    st.builds(lambda text: {"t": "Str", "c": text}, TEXTS),
    lambda inside: st.builds(lambda members: {"t": "Para", "c": members}, st.lists(inside, max_size=3)),
    max_leaves=6,
)
DOCUMENT = st.fixed_dictionaries(
    {"pandoc-api-version": st.just([1, 23]), "meta": st.just({}), "blocks": st.lists(ELEMENT, max_size=6)}
)
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": "), (" ,\n", "\t:\r\n")])


@few
@given(DOCUMENT, SEPARATORS, st.booleans(), st.integers(0, 10**6), st.sampled_from(["", *'{}[],:" a0\\']))
def test_json(document: object, separators: tuple[str, str], ascii_only: bool, at: int, sign: str) -> None:
    """What the filter's own reading takes for JSON is JSON, and means the same; also with a sign more or less."""
    text = json.dumps(document, separators=separators, ensure_ascii=ascii_only)
    at %= len(text)
    for each in (text, text[:at] + sign + text[at + 1 :], text[:at] + sign + text[at:]):
        assert _read(each, lambda text: json.loads(untouched.write(untouched.read(text)))) == _read(each, json.loads)


def _read(text: str, read: Callable[[str], object]) -> object:
    """Return what was read; None for what is no JSON, or no list of elements where the blocks should be."""
    try:
        document = read(text)
        assert all(block["t"] for block in document["blocks"])  # type: ignore[index]
    except (ValueError, KeyError, TypeError):
        return None
    return document
