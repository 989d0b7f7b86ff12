"""The same comes of the same text in every process, whatever its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import hashlib, sys
from pathlib import Path
from tests.fuzz.targets import TARGETS
root = Path(sys.argv[1])
inputs = [(path.parent.name, path.read_bytes()) for path in sorted((root / "tests/fuzz/corpus").glob("*/*"))]
for path in sorted((root / "tests/corpus").glob("*.md")):
    text = path.read_bytes()
    inputs += [("lift", b"0" + text), ("lift", b"2" + text), ("parse", text), ("evaluate", text)]
for target, data in inputs:
    print(target, hashlib.sha256(data).hexdigest()[:8], hashlib.sha256(TARGETS[target](data).encode()).hexdigest())
"""
PLAIN = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
OTHERS = {
    "seed of hashes": {"PYTHONHASHSEED": "12345"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "locale of bytes": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "time zone": {"TZ": "Asia/Kathmandu"},
    "home": {"HOME": "/nowhere", "TMPDIR": "/tmp/.", "COLUMNS": "20", "NO_COLOR": "1"},
}


def outcomes(folder: Path, **variables: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT, ROOT],
        cwd=folder,
        env={**os.environ, **PLAIN, "PYTHONPATH": os.fspath(ROOT), **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    found = outcomes(tmp_path_factory.mktemp("plain"))
    assert len(found) > 1_000
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_environments(tmp_path: Path, expected: list[str], name: str) -> None:
    assert outcomes(tmp_path, **OTHERS[name]) == expected


def test_folder(expected: list[str]) -> None:
    assert outcomes(ROOT / "docs") == expected
