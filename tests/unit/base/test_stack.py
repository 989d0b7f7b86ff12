"""Work that nests deeper than the interpreter's stack has room for."""

from __future__ import annotations

import sys
import threading

import pytest

from pandoc_percent_macros.base.stack import has_room, on_new_stack, with_room


def nested(depth: int) -> int:
    return 1 + nested(depth - 1) if depth else 0


def below(depth: int, work) -> object:
    """Do some work with so many calls on the stack already."""
    return below(depth - 1, work) if depth else work()


def test_there_is_room_at_the_top_and_none_at_the_bottom() -> None:
    limit = sys.getrecursionlimit()
    assert has_room(10)
    assert not has_room(limit)
    assert not below(limit // 2, lambda: has_room(limit // 2))


def test_work_goes_on_where_it_would_not_fit() -> None:
    frames = sys.getrecursionlimit() // 2
    with pytest.raises(RecursionError):
        below(frames, lambda: nested(frames))
    assert below(frames, lambda: with_room(frames, lambda: nested(frames))) == frames


def test_work_that_fits_stays_on_its_thread() -> None:
    here = threading.get_ident()
    assert with_room(1, threading.get_ident) == here
    assert with_room(sys.getrecursionlimit(), threading.get_ident) != here


@pytest.mark.parametrize("raised", [ValueError("no"), KeyboardInterrupt(), SystemExit(3)], ids=repr)
def test_what_is_raised_on_a_new_stack_comes_out(raised: BaseException) -> None:
    def fail() -> None:
        raise raised

    with pytest.raises(type(raised)) as caught:
        on_new_stack(fail)
    assert caught.value is raised
