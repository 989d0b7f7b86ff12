"""Closures: what the tree of a checked macro becomes, once, so that no node is looked at again while it runs.

The closure of an expression (``Run``) takes the frame of the running macro (see check/checker.py) and returns a value,
or a list of values: that of a variable, perhaps, which whoever keeps it copies. The closure of a statement
(``Execute``) returns None to go on, or a signal. Operations raise faults without a place; the closures that have one
(``Place``) add it, and what is furthest inside holds.
"""

from __future__ import annotations

import operator
from operator import itemgetter

from ...base import TYPE_CHECKING, Fault, Source, Span
from ..values import Budget, Value, concatenate, length_of, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias, TypeVar, TypeVarTuple

    from ..functions import Frame, Operation, Run, World
    from ..syntax import nodes

    T = TypeVar("T")
    Ts = TypeVarTuple("Ts")

Execute: TypeAlias = "Callable[[Frame], int | None]"
Binary: TypeAlias = "Callable[[Value, Value], Value]"
Place: TypeAlias = "Callable[[Fault], Fault]"  # adds its place to a fault, unless it has one

_NATIVE_INTEGERS: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_NATIVE_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "gt": operator.gt, "le": operator.le, "ge": operator.ge,
}  # fmt: skip
_NATIVE_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip

_SHORT = 63  # characters of a text that costs nothing to read


def place(source: Source, node: nodes.Node) -> Place:
    """Return a function that adds the place of a node to a fault."""
    start, end = node.start, node.end
    return lambda fault: fault.at(Span(source, start, end))


def placed(operation: Callable[[*Ts], T], place: Place) -> Callable[[*Ts], T]:
    """Return an operation, or a closure, whose faults have a place. For what hardly ever runs: it costs a call."""

    def run(*values: *Ts) -> T:
        try:
            return operation(*values)
        except Fault as fault:
            raise place(fault) from None

    return run


def constant(value: object) -> Run:
    """A value that is always the same."""
    return lambda frame: value


def variable(slot: int) -> Run:
    """What a variable holds."""
    return itemgetter(slot)


def unary(operation: Operation, operand: Run, place: Place) -> Run:
    """An operation on what a closure returns."""

    def run(frame: Frame) -> Any:
        try:
            return operation(operand(frame))
        except Fault as fault:
            raise place(fault) from None

    return run


def binary(operation: Operation, left: Run, right: Run, place: Place) -> Run:
    """An operation on what two closures return, which run from the left."""

    def run(frame: Frame) -> Any:
        try:
            return operation(left(frame), right(frame))
        except Fault as fault:
            raise place(fault) from None

    return run


def arithmetic(sign: str, operation: Binary, left: Run, right: Run, place: Place) -> Run:
    """``+``, ``-``, …: of integers as the machine does it, as long as the result is one."""
    native = _NATIVE_ARITHMETIC.get(sign)
    if native is None:
        return binary(operation, left, right, place)
    general = placed(operation, place)

    def run(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            result = native(one, other)
            if -0x8000000000000000 <= result <= 0xFFFFFFFFFFFFFFFF:
                return result
        return general(one, other)

    return run


def comparison(sign: str, operation: Binary, left: Run, right: Run, budget: Budget, place: Place) -> Run:
    """``==``, ``lt``, …: of integers, and of short texts, as the machine does it."""
    if sign in _NATIVE_TEXTS:
        return _comparison_of_texts(_NATIVE_TEXTS[sign], operation, left, right, budget, place)
    if sign not in _NATIVE_INTEGERS:
        return compared((left, right), (operation,), budget, place)
    native, general = _NATIVE_INTEGERS[sign], placed(operation, place)

    def run(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            return native(one, other)
        return general(one, other)

    return run


def _comparison_of_texts(
    native: Callable[[str, str], bool],
    operation: Binary,
    left: Run,
    right: Run,
    budget: Budget,
    place: Place,
) -> Run:
    cheap = budget.cheap

    def run(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is str and type(other) is str and len(one) <= cheap:
            return native(one, other)
        try:
            budget.charge(length_of(one) >> 6)
            return operation(one, other)
        except Fault as fault:
            raise place(fault) from None

    return run


def compared(operands: Sequence[Run], operations: Sequence[Binary], budget: Budget, place: Place) -> Run:
    """``a < b < c``: each operand is evaluated once, and none after the first comparison that fails."""
    cheap = budget.cheap

    def run(frame: Frame) -> Value:
        left = operands[0](frame)
        result: Value = True
        for operation, operand in zip(operations, operands[1:], strict=True):
            right = operand(frame)
            if type(left) is str and len(left) > cheap:
                budget.charge(len(left) >> 6)
            result = operation(left, right)
            if not result:
                break
            left = right
        return result

    return placed(run, place)


def folded(first: Run, steps: Sequence[tuple[Operation, Run]], place: Place) -> Run:
    """``a + b - c …``: from the left, in a loop."""

    def run(frame: Frame) -> Value:
        value = first(frame)
        try:
            for operation, operand in steps:
                value = operation(value, operand(frame))
        except Fault as fault:
            raise place(fault) from None
        return value  # type: ignore[no-any-return]

    return run


def folded_right(operands: Sequence[Run], operation: Operation, place: Place) -> Run:
    """``a ** b ** c``: from the right; the operands are evaluated from the left."""

    def run(frame: Frame) -> Value:
        values = [operand(frame) for operand in operands]
        result = values.pop()
        while values:
            result = operation(values.pop(), result)
        return result  # type: ignore[no-any-return]

    return placed(run, place)


def last(before: Sequence[Run], run: Run) -> Run:
    """``(a, b, c)`` where one value is wanted: all are evaluated, and the last is given."""

    def evaluate(frame: Frame) -> Any:
        for each in before:
            each(frame)
        return run(frame)

    return evaluate


def keeping(run: Callable[[Frame], T], slot: int) -> Callable[[Frame], T]:
    """What runs, and leaves a slot as it was: a block's matches are forgotten behind it (perlre, "Capture groups")."""

    def keep(frame: Frame) -> T:
        kept = frame[slot]
        value = run(frame)
        frame[slot] = kept
        return value

    return keep


def condition(run: Run) -> Run:
    """Whether a value is true."""
    return lambda frame: truth(run(frame))


def either(first: Run, steps: Sequence[tuple[str, Run]], listed: bool) -> Run:
    """``&&``, ``||``, ``//`` and their words, from the left; with ``listed`` the last operand returns a list."""
    last = len(steps) - 1

    def run(frame: Frame) -> Any:
        value = first(frame)
        for at, (sign, operand) in enumerate(steps):
            stop = value is not None if sign == "//" else truth(value) == (sign in ("||", "or"))
            if not stop:
                value = operand(frame)
                if listed and at == last:
                    return value
        return [value] if listed else value

    return run


def choice(cases: Sequence[tuple[Run, Run]], otherwise: Run) -> Run:
    """``a ? b : c ? d : …``: conditions, each with its value."""
    if len(cases) == 1:
        ((test, value),) = cases
        return lambda frame: value(frame) if test(frame) else otherwise(frame)

    def run(frame: Frame) -> Any:
        for test, value in cases:
            if test(frame):
                return value(frame)
        return otherwise(frame)

    return run


def concatenation(
    constants: list[Any],
    slots: Sequence[tuple[int, int]],
    holes: Sequence[tuple[int, Run]],
    budget: Budget,
    place: Place,
    places: dict[int, Place],
) -> Run:
    """Texts one after the other.

    Args:
        constants: the parts; those that are filled in are empty.
        slots: the parts that are variables: place among the parts, and slot.
        holes: all other parts that are filled in.
        budget: is charged for the whole.
        place: of the whole.
        places: of the parts that are filled in.
    """
    cheap = budget.cheap
    blank = tuple(constants)
    charge = placed(budget.text, place)

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

    def mixed(values: list[Any]) -> Value:
        """Not all of them are texts. Where one can't be put in, the first of these is at fault."""
        try:
            return concatenate(values, budget)
        except Fault as fault:
            for at, value in enumerate(values):
                placed(length_of, places.get(at, place))(value)
            raise place(fault) from None

    return run


def gathered(parts: Sequence[tuple[bool, Run]], budget: Budget, place: Place) -> Run:
    """A list of single values and of lists (those marked True), which are spread out."""
    if not any(spread for spread, _ in parts):
        singles = [run for _, run in parts]
        return lambda frame: [single(frame) for single in singles]

    def run(frame: Frame) -> list[Value]:
        found: list[Value] = []
        for spread, part in parts:
            if not spread:
                found.append(part(frame))
                continue
            more = part(frame)
            budget.items(len(found) + len(more))
            found += more
        return found

    return placed(run, place)


def called(function: Operation, world: World, arguments: Sequence[Run], place: Place) -> Run:
    """A function of the table, with its arguments in their order, charged for the texts and lists that it reads."""
    budget = world.budget

    def run(frame: Frame) -> Any:
        try:
            values = [argument(frame) for argument in arguments]
            for value in values:
                if type(value) is str:
                    if len(value) > _SHORT:
                        budget.charge(len(value) >> 6)
                elif type(value) is list:
                    budget.charge(len(value))
            return function(world, *values)
        except Fault as fault:
            raise place(fault) from None

    return run
