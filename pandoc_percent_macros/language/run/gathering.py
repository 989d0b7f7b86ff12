"""Closures that put several values together: texts, lists, and the arguments of functions."""

from __future__ import annotations

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ..values.operators import concatenate
from ..values.values import length_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..functions.environment import World
    from ..values.budget import Budget
    from ..values.values import Value
    from .closures import Fail, Frame, Run


def concatenation(
    constants: list[Any],
    slots: Sequence[tuple[int, int]],
    holes: Sequence[tuple[int, Run]],
    budget: Budget,
    fail: Fail,
    fails: dict[int, Fail],
) -> Run:
    """Texts one after the other.

    Args:
        constants: the parts; those that are filled in are empty.
        slots: the parts that are variables: place among the parts, and slot.
        holes: all other parts that are filled in.
        budget: is charged for the whole.
        fail: places a fault of the whole.
        fails: place a fault of one part.
    """
    cheap = budget.cheap
    blank = tuple(constants)

    def run(frame: Frame) -> Value:
        values: list[Any] = [*blank]
        for at, slot in slots:
            values[at] = frame[slot]
        for at, part in holes:
            values[at] = part(frame)
        try:
            length = sum(map(len, values))
        except TypeError:
            return mixed(values)
        if length > cheap:
            charge(length)
        return "".join(values)

    def charge(length: int) -> None:
        try:
            budget.text(length)
        except Fault as fault:
            raise fail(fault) from None

    def mixed(values: list[Any]) -> Value:
        """Not all of them are texts."""
        for at, value in enumerate(values):
            try:
                length_of(value)
            except Fault as fault:
                raise fails.get(at, fail)(fault) from None
        try:
            return concatenate(values, budget)
        except Fault as fault:
            raise fail(fault) from None

    return run


def gathered(parts: Sequence[tuple[bool, Run]], budget: Budget, fail: Fail) -> Run:
    """A list of single values and of lists, which are spread out."""
    if not any(many for many, _ in parts):
        singles = [run for _, run in parts]
        return lambda frame: [single(frame) for single in singles]

    def run(frame: Frame) -> list[Value]:
        found: list[Value] = []
        for many, part in parts:
            if not many:
                found.append(part(frame))
                continue
            more = part(frame)
            try:
                budget.items(len(found) + len(more))
            except Fault as fault:
                raise fail(fault) from None
            found += more
        return found

    return run


def called(function: Callable[..., Any], world: World, arguments: Sequence[Run], fail: Fail) -> Run:
    """A function of the table, with its arguments in their order, charged for the texts and lists that it reads."""
    budget = world.budget
    cheap = budget.cheap

    def run(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        try:
            for value in values:
                if (type(value) is str or type(value) is list) and len(value) > cheap:
                    budget.charge(len(value) >> (6 if type(value) is str else 2))
            return function(world, *values)
        except Fault as fault:
            raise fail(fault) from None

    return run
