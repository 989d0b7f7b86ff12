#!/usr/bin/env python3
"""Compare pandoc with `percent-macros build` and with a rebuild in `watch`, on the example deck.

Usage: python tools/benchmark-build.py [ROUNDS]

Prints a table in Markdown: medians of interleaved rounds, and their ratio to pandoc's. CPU seconds are those of all
the processes that a build starts.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TALK = Path(__file__).parent.parent / "examples" / "talk"
OPTIONS = ["talk.md", "-t", "beamer"]
ROUNDS = 7
NAMES = {
    "pandoc": "`pandoc -F percent-macros talk.md -t beamer -o talk.pdf`",
    "build": "`percent-macros build talk.md -t beamer -o talk.pdf`",
    "first build of watch": "`percent-macros watch …`, first build, nothing precompiled",
    "rebuild in watch": "`percent-macros watch …`, build after a change",
}


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return the seconds that it took on the clock and of the processors."""
    before, started = cpu(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - started, cpu(resource.RUSAGE_CHILDREN) - before


def cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


class Watch:
    """A running `percent-macros watch`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        cache = folder / "cache"
        shutil.rmtree(cache, ignore_errors=True)
        self._child = subprocess.Popen(
            ["percent-macros", "watch", *OPTIONS, "-o", "watched.pdf"],
            cwd=folder,
            env={**os.environ, "XDG_CACHE_HOME": os.fspath(cache)},
            stderr=subprocess.PIPE,
            text=True,
        )
        self._used = 0.0

    def built(self) -> tuple[float, float]:
        """Wait for the end of a build; return its seconds as it tells them, and those of the processors."""
        assert self._child.stderr
        line = self._child.stderr.readline()
        said = re.search(r"15 pages, ([\d.]+) s", line)
        assert said, line
        used = self._cpu() - self._used
        self._used += used
        return float(said[1]), used

    def change(self) -> None:
        with (self._folder / "talk.md").open("a") as file:
            file.write("\nMore.\n")

    def end(self) -> None:
        self._child.send_signal(signal.SIGINT)
        self._child.communicate()

    def _cpu(self) -> float:
        """Return the processors' seconds of the program and of its children that have ended."""
        fields = Path(f"/proc/{self._child.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in NAMES}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "talk")
        shutil.copytree(TALK, folder)
        for _ in range(rounds):
            shutil.copy(TALK / "talk.md", folder)
            found["pandoc"].append(measured(["pandoc", "-F", "percent-macros", *OPTIONS, "-o", "pandoc.pdf"], folder))
            found["build"].append(measured(["percent-macros", "build", *OPTIONS, "-o", "built.pdf"], folder))
            watch = Watch(folder)
            found["first build of watch"].append(watch.built())
            watch.change()
            found["rebuild in watch"].append(watch.built())
            watch.end()
    print("| What | Seconds | CPU seconds | Ratio of seconds | Ratio of CPU seconds |\n|---|---:|---:|---:|---:|")
    base = [statistics.median(column) for column in zip(*found["pandoc"], strict=True)]
    for name, shown in NAMES.items():
        wall, used = (statistics.median(column) for column in zip(*found[name], strict=True))
        print(f"| {shown} | {wall:.1f} | {used:.1f} | {wall / base[0]:.2f} | {used / base[1]:.2f} |")


if __name__ == "__main__":
    main()
