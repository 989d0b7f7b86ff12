"""The pandoc that started this process: its command line and its folder.

This is all that the filter learns from the operating system, and it is read to find the text that pandoc was given:
a filter only gets what pandoc's parser left of it. Linux shows it in ``/proc``, macOS and the BSDs through ``ps``,
Windows through psutil where that is installed.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator

from ..base import Record, pattern

_PANDOC = pattern(r"\.?pandoc(?:-wrapped|-?[\d.]+)?(?:\.exe)?")
_OUTPUT = 1  # standard output
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


def end_with_it() -> Callable[[], None]:
    """From now on raise ``KeyboardInterrupt``, wherever we are, when the pandoc that started us has ended.

    However it ended, and whatever shells stand between us, the pipe that we are to write to has no reader then, and
    the system tells by SIGIO (fcntl(2), F_SETOWN): Linux, and as far as is known macOS and the BSDs. A parent-death
    signal would not do: it tells of the end of the thread that started us, and pandoc's runtime ends threads as it
    likes. On Windows, or where standard output is no pipe, nothing tells; the limits on what macros may cost end us.

    Returns:
        What puts an end to that. It is to be called before anything is written: pandoc's reading is told, too, and
        a write to a pipe without a reader fails anyhow.
    """
    if sys.platform == "win32" or not _is_pipe(_OUTPUT):
        return lambda: None
    import fcntl
    import select
    import signal

    def look(*_: object) -> None:
        poll = select.poll()
        poll.register(_OUTPUT, 0)
        if poll.poll(0):  # an error or a hang-up, which are told unasked
            raise KeyboardInterrupt

    signal.signal(signal.SIGIO, look)
    flags = fcntl.fcntl(_OUTPUT, fcntl.F_GETFL)
    try:
        fcntl.fcntl(_OUTPUT, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(_OUTPUT, fcntl.F_SETFL, flags | os.O_ASYNC)
    except OSError:
        return lambda: None  # a system that has no such signals for pipes
    look()  # it may have ended before

    def stop() -> None:
        fcntl.fcntl(_OUTPUT, fcntl.F_SETFL, flags & ~os.O_ASYNC)

    return stop


def _is_pipe(number: int) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(number).st_mode)
    except OSError:
        return False  # it is closed


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
