"""Functions of lookup tables (perlfunc, "Functions for real %HASHes"). Each charges for its work itself."""

from __future__ import annotations

from ...base import TYPE_CHECKING
from ..values import Value, text_of
from .entry import Function

if TYPE_CHECKING:
    from ..values import Table
    from .entry import World


def _keys(world: World, table: Table) -> list[Value]:
    world.budget.items(len(table))
    return [*table]


def _values(world: World, table: Table) -> list[Value]:
    world.budget.items(len(table))
    return [*table.values()]


def _size(world: World, table: Table) -> int:
    return len(table)


def _exists(world: World, table: Table, key: Value) -> bool:
    return text_of(key) in table


def _delete(world: World, table: Table, key: Value) -> Value:
    return table.pop(text_of(key), None)


TABLES = (
    Function("keys", "\\%", _keys, named_unary=True, gives_list=True, scalar=_size, pays=True),
    Function("values", "\\%", _values, named_unary=True, gives_list=True, scalar=_size, pays=True),
    Function("exists", "\\$", _exists, named_unary=True, pays=True),
    Function("delete", "\\$", _delete, named_unary=True, pays=True),
)
