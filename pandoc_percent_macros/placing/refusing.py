"""Why the numbers of a call can't do what is asked."""

from collections.abc import Sequence

from ..base import Fault
from .candidates import Candidate
from .solving import Column, direction
from .wishes import Movable, Wish

_NOTHING = 0.01  # millimetres that are no movement


def refusal(movable: Movable, wish: Wish, tried: Sequence[Candidate], moving: Sequence[tuple[float, Column]]) -> Fault:
    """Return the fault (PM620) of numbers no change of which does what is asked.

    Args:
        movable: the call.
        wish: what is asked for.
        tried: all its numbers.
        moving: of those with which something comes out, a small step, and how the box moves with them.
    """
    if not tried:
        return fault(movable, "nothing in the call is a number", movable.described)
    names = ", ".join(each.name for each in tried)
    if not any(max(map(abs, column)) * step >= _NOTHING for step, column in moving):
        return fault(movable, f"none of the call's numbers moves what it paints: {names}", movable.described)
    if wish.width:
        there = " there and" if wish.to or wish.by else ""
        return fault(movable, f"the call's numbers can't make it{there} so wide: {names}", movable.described)
    only = direction([column for _, column in moving], [step for step, _ in moving])
    if only:
        return _along(movable, wish, only)
    message = f"the call's numbers do not move it so without changing its size: {names}"
    return fault(movable, message, movable.described)


def fault(movable: Movable, message: str, *hints: str) -> Fault:
    """Return a fault (PM620) at the call."""
    return Fault("PM620", message, *hints).at(movable.call.span)


def _along(movable: Movable, wish: Wish, only: tuple[float, float]) -> Fault:
    """Return the fault of numbers that move in one direction only, which has the length 1."""
    across, down = only
    _, (left, top, *_) = wish.rows(movable.box)
    most = across * (left - movable.box.x0) + down * (top - movable.box.y0)
    nearest = f"the nearest that can be is `--by={_millimetres(most * across)},{_millimetres(most * down)}`"
    hints = [nearest] if abs(most) >= _NOTHING else []
    if abs(down) < _NOTHING:
        return fault(movable, "its numbers move it right and left only", *hints)
    if abs(across) < _NOTHING:
        return fault(movable, "its numbers move it up and down only", *hints)
    slope = f"{abs(down / across):.2f} mm {'down' if down * across > 0 else 'up'} for each millimetre right"
    return fault(movable, f"its numbers move it along a line only, {slope}", *hints)


def _millimetres(value: float) -> str:
    return f"{round(value, 2) + 0:g}mm"
