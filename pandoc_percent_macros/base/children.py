"""Programs that we start, and that end when we do, even if we are killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program, and wait for its end after the ``with`` block; an exception in that ends it by force.

    If this process is killed, Linux sends it SIGTERM; with ``start_new_session`` to all that it has started, too.
    Elsewhere a program whose pipes lead to us ends when it reads or writes there.

    Args:
        command: the program and its arguments.
        options: those of ``subprocess.Popen``.

    Raises:
        OSError: the program can't be started.
    """
    # Nobody writes into this pipe. When the end that only we hold is closed, the kernel signals the program; the other
    # end has to be the program's, since ours is closed along with us.
    ours, theirs = os.pipe()
    try:
        kept = (theirs,) if sys.platform == "linux" else ()
        with subprocess.Popen(command, pass_fds=kept, **options) as child:
            try:
                with suppress(OSError):  # a kernel that only looks like Linux
                    _signal_at_the_end(theirs, -child.pid if options.get("start_new_session") else child.pid)
                yield child
            except BaseException:
                child.kill()
                raise
            finally:
                with suppress(OSError):
                    _signal_at_the_end(theirs, 0)
    finally:
        os.close(ours)
        os.close(theirs)


def _signal_at_the_end(pipe: int, receiver: int) -> None:
    """Have the kernel send SIGTERM when the other end of a pipe is closed.

    Unlike a parent-death signal (prctl(2)) this needs no code in the child between fork and exec. See fcntl(2),
    F_SETOWN and F_SETSIG.

    Args:
        pipe: the writing end.
        receiver: a process, or a group of processes as a negative number; 0 for nobody.
    """
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETOWN, receiver)
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGTERM)
        flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC if receiver else flags & ~os.O_ASYNC)


def run(command: Sequence[str], data: bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a program as ``started`` does, hand it what it reads, and return what it wrote and how it ended."""
    pipe = subprocess.PIPE
    with started(command, stdin=pipe, stdout=pipe, stderr=pipe, **options) as child:
        out, err = child.communicate(data)
    return subprocess.CompletedProcess(command, child.returncode, out, err)
