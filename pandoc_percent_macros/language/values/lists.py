"""Operations on lists and on elements of arrays."""

from __future__ import annotations

import functools

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from .numbers import clamp
from .operators import concatenate, number_of
from .values import Content, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .budget import Budget
    from .values import Value


def element(values: Sequence[Value], index: Value) -> Value:
    """Return the element of an index, counted from the end where negative; undefined if there is none."""
    at = clamp(number_of(index))
    return values[at] if -len(values) <= at < len(values) else None


def chosen(values: Sequence[Value], indexes: Sequence[Value], of_list: bool, budget: Budget) -> list[Value]:
    """Return the elements of these indexes; none at all of an empty list, as Perl has it."""
    budget.charge(len(indexes) >> 2)
    if of_list and not values:
        return []
    return [element(values, index) for index in indexes]


def store(values: list[Value], index: Value, value: Value, budget: Budget) -> None:
    at = clamp(number_of(index))
    if at < -len(values):
        raise Fault("PM305", f"index {at} is outside of the array, which has {len(values)} elements")
    if at >= len(values):
        budget.items(at + 1)
        values += [None] * (at + 1 - len(values))
    values[at] = value


def copied(values: list[Value], budget: Budget) -> list[Value]:
    budget.charge(len(values) >> 6)
    return values[:]


def reversed_list(values: list[Value], budget: Budget) -> list[Value]:
    budget.charge(len(values) >> 6)
    return values[::-1]


def take(values: list[Value], at: int, budget: Budget) -> Value:
    """``pop`` and ``shift``"""
    if not values:
        return None
    budget.charge(len(values) >> 8)
    return values.pop(at)


def append(values: list[Value], more: list[Value], budget: Budget) -> int:
    _grow(values, more, budget)
    values += more
    return len(values)


def prepend(values: list[Value], more: list[Value], budget: Budget) -> int:
    _grow(values, more, budget)
    values[:0] = more
    return len(values)


def _grow(values: list[Value], more: list[Value], budget: Budget) -> None:
    if len(values) + len(more) > budget.iterations:
        budget.items(len(values) + len(more))
    budget.charge((len(more) >> 3) + (len(values) >> 8))


def uniq(values: list[Value], budget: Budget) -> list[Value]:
    """Return the first of all that are equal as texts."""
    budget.charge(len(values))
    seen: set[str | None] = set()
    found: list[Value] = []
    for value in values:
        text = None if value is None else text_of(value)
        if text not in seen:
            seen.add(text)
            found.append(value)
    return found


def ordered(values: list[Value], budget: Budget) -> list[Value]:
    """``sort``: by the codes of characters."""
    budget.charge(len(values) * max(1, len(values).bit_length()))
    return sorted(values, key=text_of)


def ordered_by(values: list[Value], compare: Callable[[Value, Value], Value], budget: Budget) -> list[Value]:
    budget.charge(len(values) * max(1, len(values).bit_length()))

    def key(one: Value, other: Value) -> int:
        return clamp(number_of(compare(one, other)))

    return sorted(values, key=functools.cmp_to_key(key))


def reversed_text(values: list[Value], budget: Budget) -> str:
    """``reverse`` where one value is wanted: the characters of all, from the last to the first."""
    text = concatenate(values, budget)
    if isinstance(text, Content):
        raise Fault("PM303", "content used as text")
    return text[::-1]


def joined(values: list[Value], budget: Budget) -> str | Content:
    """Return what ``"@list"`` gives: the values with spaces between them."""
    between: list[Value] = [" "] * max(0, 2 * len(values) - 1)
    between[::2] = values
    return concatenate(between, budget)
