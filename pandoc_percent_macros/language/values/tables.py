"""Lookup tables (perldata, "hash"): dictionaries from texts to values, in the order in which keys were first set."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault
from .pieces import Value, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from .budget import Budget

Table: TypeAlias = "dict[str, Value]"


def table_of(values: Sequence[Value], budget: Budget) -> Table:
    """Return the table of a list of keys and values; of a key that comes twice, the last value holds."""
    if len(values) % 2:
        raise Fault("PM305", f"a lookup table is made of pairs, and the list has {len(values)} elements")
    budget.charge(len(values) >> 1)
    table: Table = {}
    for at in range(0, len(values), 2):
        table[text_of(values[at])] = values[at + 1]
    return table


def pairs(table: Table, budget: Budget) -> list[Value]:
    """Return a table as a list of keys and values."""
    budget.items(2 * len(table))
    return [each for pair in table.items() for each in pair]


def entry(table: Table, key: Value) -> Value:
    """Return the value of a key, undefined if there is none."""
    return table.get(text_of(key))


def entries(table: Table, keys: Sequence[Value], budget: Budget) -> list[Value]:
    """Return the values of some keys."""
    budget.charge(len(keys) >> 1)
    return [table.get(text_of(key)) for key in keys]


def set_entry(table: Table, key: Value, value: Value, budget: Budget) -> None:
    """Set the value of a key."""
    name = text_of(key)
    if name not in table and 2 * len(table) >= budget.iterations:
        budget.items(2 * len(table) + 2)
    table[name] = value
