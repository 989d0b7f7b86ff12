"""Closures for expressions: each takes the frame (the list of a running macro's variables) and gives a value.

One thin layer of Python functions stands for a tree that was taken apart once: no node is looked at again while
a macro runs. What a closure needs of the text, for a fault, is bound into it as well.
"""

from __future__ import annotations

import operator
from operator import itemgetter

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ...base.source import Source, Span
from ..values.values import length_of, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..values.budget import Budget
    from ..values.values import Value

    Frame = list[Any]
    Run = Callable[[Frame], Any]
    Fail = Callable[[Fault], Fault]

_NATIVE_INTEGERS: dict[str, Callable[[int, int], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_NATIVE_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "gt": operator.gt, "le": operator.le, "ge": operator.ge,
}  # fmt: skip
_NATIVE_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def place(source: Source, start: int, end: int) -> Fail:
    """Return what makes an author's fault, with this place, of the fault of an operation."""

    def fail(fault: Fault) -> Fault:
        return fault.at(Span(source, start, end))

    return fail


def constant(value: object) -> Run:
    return lambda frame: value


def variable(slot: int) -> Run:
    return itemgetter(slot)


def unary(operation: Callable[[Any], Value], operand: Run, fail: Fail) -> Run:
    def run(frame: Frame) -> Value:
        try:
            return operation(operand(frame))
        except Fault as fault:
            raise fail(fault) from None

    return run


def arithmetic(sign: str, operation: Callable[[Any, Any], Value], left: Run, right: Run, fail: Fail) -> Run:
    native = _NATIVE_ARITHMETIC.get(sign)
    if native is None:
        return binary(operation, left, right, fail)

    def run(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            result = native(one, other)
            if -0x8000000000000000 <= result <= 0xFFFFFFFFFFFFFFFF:
                return result
        try:
            return operation(one, other)
        except Fault as fault:
            raise fail(fault) from None

    return run


def binary(operation: Callable[[Any, Any], Any], left: Run, right: Run, fail: Fail) -> Run:
    def run(frame: Frame) -> Any:
        try:
            return operation(left(frame), right(frame))
        except Fault as fault:
            raise fail(fault) from None

    return run


def comparison(
    sign: str, operation: Callable[[Any, Any], Value], left: Run, right: Run, budget: Budget, fail: Fail
) -> Run:
    if sign in _NATIVE_TEXTS:
        return _comparison_of_texts(_NATIVE_TEXTS[sign], operation, left, right, budget, fail)
    if sign not in _NATIVE_INTEGERS:
        return binary(operation, left, right, fail)
    native = _NATIVE_INTEGERS[sign]

    def run(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is int and type(other) is int:
            return native(one, other)
        try:
            return operation(one, other)
        except Fault as fault:
            raise fail(fault) from None

    return run


def _comparison_of_texts(
    native: Callable[[str, str], bool],
    operation: Callable[[Any, Any], Value],
    left: Run,
    right: Run,
    budget: Budget,
    fail: Fail,
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
            raise fail(fault) from None

    return run


def compared(operands: Sequence[Run], operations: Sequence[Callable[[Any, Any], Value]], fail: Fail) -> Run:
    """``a < b < c``: each operand is evaluated once, and none after the first comparison that fails."""

    def run(frame: Frame) -> Value:
        left = operands[0](frame)
        result: Value = True
        for operation, operand in zip(operations, operands[1:], strict=True):
            right = operand(frame)
            try:
                result = operation(left, right)
            except Fault as fault:
                raise fail(fault) from None
            if not result:
                break
            left = right
        return result

    return run


def folded(first: Run, steps: Sequence[tuple[Callable[[Any, Any], Any], Run]], fail: Fail) -> Run:
    """``a + b - c …``: from the left, in a loop."""

    def run(frame: Frame) -> Value:
        value = first(frame)
        for operation, operand in steps:
            right = operand(frame)
            try:
                value = operation(value, right)
            except Fault as fault:
                raise fail(fault) from None
        return value  # type: ignore[no-any-return]

    return run


def folded_right(operands: Sequence[Run], operation: Callable[[Any, Any], Any], fail: Fail) -> Run:
    def run(frame: Frame) -> Value:
        values = [operand(frame) for operand in operands]
        result = values.pop()
        while values:
            try:
                result = operation(values.pop(), result)
            except Fault as fault:
                raise fail(fault) from None
        return result  # type: ignore[no-any-return]

    return run


def last(before: Sequence[Run], run: Run) -> Run:
    """``(a, b, c)`` where one value is wanted: all are evaluated, and the last is given."""

    def evaluate(frame: Frame) -> Any:
        for each in before:
            each(frame)
        return run(frame)

    return evaluate


def condition(run: Run) -> Run:
    return lambda frame: truth(run(frame))


def either(first: Run, steps: Sequence[tuple[str, Run]], many: bool) -> Run:
    """``&&``, ``||``, ``//`` and their words, from the left; with ``many`` the last operand gives a list."""
    last = len(steps) - 1

    def run(frame: Frame) -> Any:
        value = first(frame)
        for at, (sign, operand) in enumerate(steps):
            stop = value is not None if sign == "//" else truth(value) == (sign in ("||", "or"))
            if not stop:
                value = operand(frame)
                if many and at == last:
                    return value
        return [value] if many else value

    return run


def choice(cases: Sequence[tuple[Run, Run]], otherwise: Run) -> Run:
    if len(cases) == 1:
        ((test, value),) = cases
        return lambda frame: value(frame) if test(frame) else otherwise(frame)

    def run(frame: Frame) -> Any:
        for test, value in cases:
            if test(frame):
                return value(frame)
        return otherwise(frame)

    return run
