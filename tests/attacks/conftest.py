"""Attacks run the filter inside pandoc, held to 256 MB of memory and to seconds that nothing but a hang would take."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ..conftest import Done, Run

MEMORY = 256 * 1024  # kilobytes
SECONDS = 30  # of processor time: a guard, not a measure
OLD = "the old output\n"
_HELD = f"ulimit -d {MEMORY}; ulimit -t {SECONDS}\n"

Expand = Callable[..., Done]


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A filter for pandoc that runs ours, held to the limits."""
    path = tmp_path / "held.sh"
    path.write_text(f'#!/bin/sh\n{_HELD}percent-macros "$@"\nexit $?\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def expand(run: Run, held: Path, tmp_path: Path) -> Expand:
    """Expand a text to LaTeX, or another format; ``out`` is what was written, the old output if nothing was."""

    def expand(text: str | bytes, *options: str, target: str = "latex", **variables: str) -> Done:
        (tmp_path / "a.md").write_bytes(text if isinstance(text, bytes) else text.encode())
        output = tmp_path / "out"
        output.write_text(OLD)
        command = ["pandoc", "-F", os.fspath(held), "a.md", "-t", target, "-o", "out", *options]
        done = run(*command, **variables)
        assert "Traceback" not in done.err, done.err
        return Done(done.status, output.read_bytes().decode("utf-8", "replace"), done.err)

    return expand


@pytest.fixture
def held_run(run: Run) -> Run:
    """Run a program held to the limits."""

    def held_run(*command: str, **options: object) -> Done:
        return run("sh", "-c", f'{_HELD}exec "$@"', "sh", *command, **options)

    return held_run


def assert_refused(done: Done, code: str, place: str) -> None:
    """A located diagnostic of this code, and no output."""
    assert done.status == 83, done.err
    assert re.search(rf"^{re.escape(place)}: error\[{code}\]: ", done.err, re.MULTILINE), done.err
    assert done.out == OLD


def assert_gives(done: Done, text: str) -> None:
    assert (done.status, done.err) == (0, "")
    assert done.out == text


def tree(run: Run, text: str, *options: str) -> object:
    """Return pandoc's own elements of a text."""
    return json.loads(run("pandoc", "-t", "json", *options, text=text).out)["blocks"]


def lines(texts: Sequence[str]) -> str:
    return "\n".join(texts) + "\n"
