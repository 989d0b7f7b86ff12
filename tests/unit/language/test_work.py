"""No function and no operator does more work than it is charged for: instructions against steps, as Callgrind counts.

Each runs on texts and lists that are hard for it, 20 times on small ones and twice on ones sixteen times as long: work
that grows with the square of a length is far over the bound for the long ones.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pandoc_percent_macros.language.functions import FUNCTIONS

from .work import SHAPES

VALGRIND = shutil.which("valgrind")
A_STEP = 15_000  # instructions; most take a tenth
AT_ONCE = 2_000_000  # instructions: a macro is compiled when it is first called, and garbage is collected at times
# They end every program, or their programs are among those of operators.
_OTHERWISE = {"die", "push", "unshift", "pop", "shift", "map", "grep"}


@dataclass(frozen=True)
class Work:
    """What a program did."""

    about: str
    size: int
    code: str
    steps: int
    fault: str
    instructions: int

    @property
    def excess(self) -> float:
        """How many times as much work was done as was charged for."""
        return (self.instructions - AT_ONCE) / (self.steps * A_STEP)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> list[Work]:
    if "COUNT_WORK" not in os.environ:
        pytest.skip("it takes some minutes: make work")
    if not VALGRIND:
        pytest.skip("valgrind is not installed")
    folder = tmp_path_factory.mktemp("callgrind")
    counts = f"--callgrind-out-file={folder}/counts"
    command = [
        VALGRIND,
        "-q",
        "--tool=callgrind",
        counts,
        "--dump-before=getppid",
        sys.executable,
        "-m",
        "tests.unit.language.work",
    ]
    ran = subprocess.run(
        command,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=True,
    )
    programs = json.loads(ran.stdout)
    # The first count is that of what comes before the first program; then programs and what is between them alternate.
    return [Work(**each, instructions=_total(folder / f"counts.{2 * at + 2}")) for at, each in enumerate(programs)]


def _total(path: Path) -> int:
    found = re.search(r"^totals: (\d+)$", path.read_text(), re.MULTILINE)
    assert found, path
    return int(found[1])


def test_the_work_is_within_what_is_charged(done: list[Work]) -> None:
    over = sorted((each for each in done if each.excess > 1), key=lambda each: -each.excess)
    assert not over, "\n".join(f"{each.excess:.1f} times too much: {each}" for each in over)


def test_every_function_is_measured(done: list[Work]) -> None:
    worked = {each.about for each in done if not each.fault}
    assert set(FUNCTIONS) - _OTHERWISE <= worked
    assert {function.prototype for name, function in FUNCTIONS.items() if name not in _OTHERWISE} <= set(SHAPES)
