"""Functions of lists: Perl's and List::Util's. Each charges for its work itself."""

import functools
from collections.abc import Callable

from ...base import Fault
from ..values import Budget, Content, Value, clamp, concatenate, number_of, text_of
from .entry import LIST, SCALAR, TRUTH, Block, Code, Function, Run, World


def _reverse(world: World, values: list[Value]) -> list[Value]:
    world.budget.charge(len(values) >> 6)
    return values[::-1]


def _reverse_text(world: World, values: list[Value]) -> str:
    """Where one value is wanted: the characters of all, from the last to the first."""
    text = concatenate(values, world.budget)
    if isinstance(text, Content):
        raise Fault("PM303", "content used as text")
    return text[::-1]


def _sort(world: World, values: list[Value]) -> list[Value]:
    """By the codes of characters."""
    _charge_sorting(values, world.budget, _characters(values))
    return sorted(values, key=text_of)


def _charge_sorting(values: list[Value], budget: Budget, characters: int = 0) -> None:
    budget.charge((len(values) + characters) * max(1, len(values).bit_length()))


def _characters(values: list[Value]) -> int:
    """Return how many steps it takes to compare each of the texts once."""
    return sum(len(value) for value in values if type(value) is str) >> 8


def _sort_by(values: list[Value], code: Code, budget: Budget) -> list[Value]:
    _charge_sorting(values, budget)
    frame, (one, other) = code.frame, code.slots

    def compare(left: Value, right: Value) -> int:
        budget.charge(code.weight)
        frame[one], frame[other] = left, right
        return clamp(number_of(code.run(frame)))

    return sorted(values, key=functools.cmp_to_key(compare))


def _uniq(world: World, values: list[Value]) -> list[Value]:
    """Return the first of all that are equal as texts."""
    world.budget.charge(len(values) + _characters(values))
    seen: set[str | None] = set()
    found: list[Value] = []
    for value in values:
        text = None if value is None else text_of(value)
        if text not in seen:
            seen.add(text)
            found.append(value)
    return found


def _map(values: list[Value], code: Code, budget: Budget) -> list[Value]:
    budget.charge(code.weight * len(values))
    frame, run, (slot,) = code.frame, code.run, code.slots
    found: list[Value] = []
    for frame[slot] in [*values]:  # the block may change the array
        more = run(frame)
        budget.charge(len(more) >> 6)
        found += more
        if len(found) > budget.iterations:
            budget.items(len(found))
    return found


def _grep(values: list[Value], code: Code, budget: Budget) -> list[Value]:
    budget.charge(code.weight * len(values))
    frame, run, (slot,) = code.frame, code.run, code.slots
    return [frame[slot] for frame[slot] in [*values] if run(frame)]


def _push(world: World, array: list[Value], more: list[Value]) -> int:
    _charge_growth(array, more, world.budget)
    array += [*more]  # it may be the array itself
    return len(array)


def _unshift(world: World, array: list[Value], more: list[Value]) -> int:
    _charge_growth(array, more, world.budget)
    array[:0] = more
    return len(array)


def _charge_growth(array: list[Value], more: list[Value], budget: Budget) -> None:
    if len(array) + len(more) > budget.iterations:
        budget.items(len(array) + len(more))
    budget.charge((len(more) >> 3) + (len(array) >> 8))


def _taking(at: int) -> Callable[..., Value]:
    def run(world: World, array: list[Value]) -> Value:
        if not array:
            return None
        world.budget.charge(len(array) >> 8)
        return array.pop(at)

    return run


def _is_defined(operand: Run) -> Run:
    return lambda frame: operand(frame) is not None


LISTS = (
    Function("scalar", "$", lambda world, value: value, named_unary=True, inline=lambda operand: operand),
    Function("defined", "$", lambda world, value: value is not None, named_unary=True, inline=_is_defined),
    Function("reverse", "@", _reverse, gives_list=True, scalar=_reverse_text, pays=True),
    Function("sort", "@", _sort, gives_list=True, block=Block(("a", "b"), SCALAR, _sort_by), pays=True),
    Function("uniq", "@", _uniq, gives_list=True, pays=True),
    Function("map", "@", None, gives_list=True, block=Block(("_",), LIST, _map)),
    Function("grep", "@", None, gives_list=True, block=Block(("_",), TRUTH, _grep)),
    Function("push", "\\@@", _push, pays=True),
    Function("unshift", "\\@@", _unshift, pays=True),
    Function("pop", "\\@", _taking(-1), named_unary=True, pays=True),
    Function("shift", "\\@", _taking(0), named_unary=True, pays=True),
)
