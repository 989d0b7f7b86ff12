"""Running pandoc and LaTeX, which with all that they start never outlive us."""

import os
import select
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from ..base.children import started

_GRACE = 3.0  # seconds to clean up in, for a child that we stop
_ASKED = 0.05  # seconds between questions whether to stop
Stop = Callable[[], bool]


class Stopped(Exception):
    """A program was stopped before its end, as was asked for."""


@dataclass(frozen=True)
class Done:
    """A program that has ended."""

    status: int  # negative: the signal that ended it
    out: bytes
    err: bytes


def run(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    on_output: Callable[[bytes], None] | None = None,
    stop: Stop | None = None,
) -> Done:
    """Run a program to its end, with nothing on its standard input.

    An exception that comes meanwhile, such as KeyboardInterrupt, ends the program and all that it has started; so does
    our end by force, on Linux.

    Args:
        command: the program and its arguments.
        folder: its working directory.
        variables: its environment.
        on_output: is handed what it writes to standard output, as it comes.
        stop: is asked, time and again, whether the program is to end at once.

    Raises:
        OSError: the program can't be started.
        Stopped: it was ended, for ``stop``.
    """
    return Running(command, folder, variables).finish(on_output, stop)


class Running:
    """A program that runs beside us, with nothing on its standard input, until ``finish`` or ``close``."""

    def __init__(self, command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> None:
        """Start it; see ``run``."""
        pipe = subprocess.PIPE
        with ExitStack() as stack:
            self._child = stack.enter_context(
                started(
                    command,
                    cwd=folder,
                    env=variables,
                    stdin=subprocess.DEVNULL,
                    stdout=pipe,
                    stderr=pipe,
                    start_new_session=True,  # so that the terminal's Ctrl-C comes to us alone, and we stop the children
                )
            )
            self._stack = stack.pop_all()

    @property
    def has_ended(self) -> bool:
        return self._child.poll() is not None

    def finish(self, on_output: Callable[[bytes], None] | None = None, stop: Stop | None = None) -> Done:
        """Wait for its end; see ``run``."""
        with self._stack:
            return _finished(self._child, on_output, stop)

    def close(self) -> None:
        """End it, and all that it has started, by force."""
        with self._stack:
            _kill(self._child)


def _finished(child: subprocess.Popen[bytes], on_output: Callable[[bytes], None] | None, stop: Stop | None) -> Done:
    """Wait for a program's end, reading what it writes; an exception that comes meanwhile ends it."""
    assert child.stdout
    assert child.stderr
    errors: list[bytes] = []
    stderr = child.stderr
    reader = Thread(target=lambda: errors.append(stderr.read()), daemon=True)
    reader.start()
    out = bytearray()
    try:
        while data := _next(child.stdout.fileno(), stop):
            out += data
            if on_output:
                on_output(data)
        reader.join()
        child.wait()
    except BaseException:
        _stop(child)
        raise
    finally:
        reader.join()
        child.stdout.close()
        child.stderr.close()
    return Done(child.returncode, bytes(out), b"".join(errors))


def _next(pipe: int, stop: Stop | None) -> bytes:
    """Return what comes next out of a pipe; raise ``Stopped`` if that was asked for while we wait."""
    while stop and not select.select([pipe], [], [], _ASKED)[0]:
        if stop():
            raise Stopped
    return os.read(pipe, 1 << 16)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End a child and its children: by an interrupt, at which pandoc removes its temporary files, else by force."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGINT)
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def kpsewhich(*arguments: str) -> str:
    """Return what TeX's search for files answers (Kpathsea's manual, "Invoking kpsewhich"); "" where there is none."""
    program = shutil.which("kpsewhich")
    if program is None:
        return ""
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False).stdout.strip()
