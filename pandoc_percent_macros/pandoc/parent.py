"""The pandoc that started this process: its command line and its folder.

This is all that the filter learns from the operating system, and it is read to find the text that pandoc was given:
a filter only gets what pandoc's parser left of it. Linux shows it in ``/proc``, macOS and the BSDs through ``ps``,
Windows through psutil where that is installed.
"""

from __future__ import annotations

import os
import sys

from ..base.pattern import pattern
from ..base.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_PANDOC = pattern(r"\.?pandoc(?:-wrapped|-?[\d.]+)?(?:\.exe)?")
_GENERATIONS = 8  # pandoc may have started a shell that started an interpreter that started us


class Process(Record):
    """A running pandoc."""

    program: str  # the path of its executable, or the name it was called by
    arguments: tuple[str, ...]  # without the program's name
    folder: str  # its working directory
    child: tuple[str, ...] = ()  # the command line of the process below it that led to us


def find() -> Process | None:
    """Return the nearest process above this one that is pandoc; None if there is none, or it can't be seen."""
    child = tuple(sys.orig_argv)
    for process in _above():
        name = process.program.replace("\\", "/").rpartition("/")[2]
        if _PANDOC.fullmatch(name.lower()):
            return Process(process.program, process.arguments, process.folder, child)
        child = (process.program, *process.arguments)
    return None


def _above() -> Iterator[Process]:
    if os.path.isdir("/proc/self") and not sys.platform.startswith(("darwin", "win")):
        return _above_in_proc(os.getppid())
    if sys.platform == "win32":
        return _above_by_psutil()
    return above_by_ps(os.getppid())


def _above_in_proc(pid: int) -> Iterator[Process]:
    for _ in range(_GENERATIONS):
        if pid <= 1:
            return
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = os.fsdecode(file.read()).split("\0")[:-1]
            with open(f"/proc/{pid}/stat", "rb") as file:
                parent = int(file.read().rpartition(b")")[2].split()[1])
        except OSError:
            return  # it ended, or belongs to somebody else
        if words:
            yield Process(
                _link(f"/proc/{pid}/exe") or words[0],
                tuple(words[1:]),
                _link(f"/proc/{pid}/cwd") or os.getcwd(),
            )
        pid = parent


def _link(path: str) -> str | None:
    try:
        return os.readlink(path)
    except OSError:
        return None


def above_by_ps(pid: int) -> Iterator[Process]:
    """Yield the processes above a process as ``ps`` shows them: there, words are joined by spaces."""
    import subprocess  # not needed where there is /proc

    for _ in range(_GENERATIONS):
        if pid <= 1:
            return
        said = subprocess.run(
            ["ps", "-ww", "-o", "ppid=", "-o", "args=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        parent, _, command = said.strip().partition(" ")
        if not parent.isdecimal():
            return
        words = _rejoined(command.split())
        if words:
            yield Process(words[0], tuple(words[1:]), os.getcwd())
        pid = int(parent)


def _rejoined(words: list[str]) -> list[str]:
    """Put the names of files with spaces in them together again: those that are there on the disk."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        end = at + 1
        if not words[at].startswith("-") and not os.path.exists(words[at]):
            longer = (stop for stop in range(at + 2, len(words) + 1) if os.path.exists(" ".join(words[at:stop])))
            end = next(longer, end)
        joined.append(" ".join(words[at:end]))
        at = end
    return joined


def _above_by_psutil() -> Iterator[Process]:
    try:
        import psutil
    except ImportError:
        return
    for process in psutil.Process().parents()[:_GENERATIONS]:
        try:
            words = process.cmdline()
            if words:
                yield Process(process.exe() or words[0], tuple(words[1:]), process.cwd())
        except psutil.Error:
            return
