"""Processes timed from outside, turn by turn, so that a machine whose speed drifts is as slow for all of them."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A program to run: its words, and the file that is its standard input."""

    words: Sequence[str | Path]
    stdin: Path | None = None
    variables: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Run:
    """What one run took, with all processes that it waited for."""

    cpu: float  # seconds, of the user and of the system
    wall: float  # seconds
    peak: int  # bytes, of the largest process


def run(command: Command, folder: Path) -> Run:
    """Run a program to its end; its output goes nowhere. Raise ``SystemExit`` if it fails."""
    with (command.stdin or Path(os.devnull)).open("rb") as stdin, tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.words,
            cwd=folder,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**_environment(), **(command.variables or {})},
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(map(str, command.words))}:\n{said.read().decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit)


def _environment() -> dict[str, str]:
    """Return the environment without what changes how Python runs, such as streams without buffers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def interleaved(commands: Mapping[str, Command], folder: Path, rounds: int) -> dict[str, list[Run]]:
    """Run all commands once to warm up, then in turn, so many rounds; return their runs by name."""
    for command in commands.values():
        run(command, folder)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command, folder))
    return runs


def instructions(command: Command, folder: Path) -> int:
    """Return how many instructions a program executes, as valgrind's callgrind counts them; its children aside."""
    program = shutil.which(command.words[0])
    assert program, command.words[0]
    script = Path(program)
    words = [sys_python(script), script] if script.read_bytes()[:2] == b"#!" else [script]
    with (command.stdin or Path(os.devnull)).open("rb") as stdin:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words, *command.words[1:]],
            cwd=folder,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**_environment(), **(command.variables or {})},
            text=True,
            check=False,
        )
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode or not found:
        raise SystemExit(f"{' '.join(map(str, command.words))}:\n{done.stderr}")
    return int(found[1].replace(",", ""))


def sys_python(script: Path) -> str:
    """Return the interpreter that a script names on its first line."""
    return script.read_text("utf-8").partition("\n")[0].removeprefix("#!").strip()


def median(runs: Sequence[Run], what: str) -> float:
    """Return the median of ``cpu``, ``wall`` or ``peak``."""
    return statistics.median(getattr(each, what) for each in runs)


def ratio(ours: Sequence[Run], theirs: Sequence[Run], what: str) -> float:
    """Return the median of the ratios of runs that were neighbours."""
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(getattr(mine, what) / getattr(other, what) for mine, other in pairs)
