"""Room on Python's stack.

Parsing and evaluating recurse as deep as the text nests, which is limited, but the limits (100 levels in a
body, 64 macros in one another) allow for more than the interpreter's recursion limit, and whoever calls
may have used up much of that. Each thread has a stack and a count of its own; so what might not fit goes on
in a new one.
"""

from __future__ import annotations

import sys

from .record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

MARGIN = 60  # frames for the built-ins of an operation, and for starting a thread


def has_room(frames: int) -> bool:
    """Whether that many more calls may be nested here."""
    try:
        sys._getframe(sys.getrecursionlimit() - frames - MARGIN)  # for a negative number it is this one
    except ValueError:
        return True
    return False


def with_room(frames: int, work: Callable[[], T]) -> T:
    """Do some work that nests up to ``frames`` calls, on a thread of its own where they don't fit here."""
    return work() if has_room(frames) else on_new_stack(work)


def on_new_stack(work: Callable[[], T]) -> T:
    """Do some work on a new stack; its exceptions come out here."""
    import threading  # hardly ever needed

    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as fault:  # noqa: BLE001 — whatever it is, it is raised again below
            failed.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]
