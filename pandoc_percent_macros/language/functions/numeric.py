"""Functions of numbers: Perl's, List::Util's and POSIX's."""

import operator
from collections.abc import Callable

from ...base import Fault, pattern
from ..values import HIGHEST, Content, Number, Value, integer, number_of, numbers, parse_number, quoted, text_of
from .entry import Function, World

_BLANKS = " \t\n\r\f\v"
_PREFIXES = {"x": 16, "b": 2, "o": 8}
_DIGITS = {2: pattern("(?:_?[01]){0,64}"), 8: pattern("(?:_?[0-7]){0,64}"), 16: pattern("(?:_?[0-9a-f]){0,64}")}


def _floating(name: str, allowed: Callable[[float], bool]) -> Callable[..., float]:
    """Return a function of C's."""

    def run(world: World, value: Value) -> float:
        import math  # few documents calculate

        number = float(number_of(value))
        if not allowed(number):
            raise Fault("PM304", f"`{name}` can't be taken of {numbers.number_text(number)}")
        try:
            return getattr(math, name)(number)  # type: ignore[no-any-return]
        except OverflowError:
            return float("inf")
        except ValueError:
            return float("nan")

    return run


def _atan2(world: World, y: Value, x: Value) -> float:
    import math

    return math.atan2(number_of(y), number_of(x))


def _whole(function: Callable[[Number], int]) -> Callable[..., float]:
    """Return a function of POSIX's, which return floating point."""

    def run(world: World, value: Value) -> float:
        import math

        number = number_of(value)
        return float(number) if number - number != 0 else math.copysign(function(number), number)

    return run


def _floor(number: Number) -> int:
    return int(number // 1)


def _ceil(number: Number) -> int:
    return -int(-number // 1)


def _half_away(number: Number) -> int:
    whole = _floor(abs(number))
    whole += abs(number) - whole >= 0.5
    return -whole if number < 0 else whole


def _best(kept: tuple[int | None, ...]) -> Callable[..., Value]:
    """Return a function that keeps the best value so far where it compares so with the next one of the list."""

    def run(world: World, values: list[Value]) -> Value:
        found: Value = None
        best: Number | None = None
        for value in values:
            number = number_of(value)
            if best is None or numbers.compare(best, number) not in kept:
                found, best = value, number
        return found

    return run


def _accumulated(values: list[Value], start: int, add: Callable[[int, int], int]) -> Number:
    """Add or multiply as List::Util does: with integers as long as there is nothing else, then floating point."""
    total: Number = start
    for value in values:
        number = number_of(value)
        if type(value) is not int or number >= 1 << 63:
            number = float(number)
        total = add(total, number) if type(number) is type(total) is int else add(float(total), number)  # type: ignore[arg-type]
        if type(total) is int and not -(1 << 63) <= total < 1 << 63:
            total = float(total)
    return total


def _sum(empty: Value) -> Callable[..., Value]:
    return lambda world, values: _accumulated(values, 0, operator.add) if values else empty


def _product(world: World, values: list[Value]) -> Number:
    return _accumulated(values, 1, operator.mul)


def _hex(world: World, value: Value) -> Number:
    text = text_of(value)
    digits = text.lower()
    return _based(text, digits.removeprefix("0x" if digits.startswith("0x") else "x"), 16)


def _oct(world: World, value: Value) -> Number:
    """In base 8, or in the one that a prefix tells: ``0x``, ``0b``, ``0o``, each with its zero or without."""
    text = text_of(value)
    digits = text.lstrip(_BLANKS).lower()
    kind = digits.removeprefix("0")[:1]
    if kind in _PREFIXES and kind:
        return _based(text, digits.partition(kind)[2], _PREFIXES[kind])
    return _based(text, digits.rstrip(_BLANKS), 8)


def _based(text: str, digits: str, base: int) -> Number:
    value = int(digits.replace("_", "") or "0", base) if _DIGITS[base].fullmatch(digits) else HIGHEST + 1
    if value > HIGHEST:
        raise Fault("PM301", f"{quoted(text)} is not a number of base {base}")
    return value


def _always(number: float) -> bool:
    return True


def _looks_like_number(world: World, value: Value) -> bool:
    if type(value) is str:
        return parse_number(value) is not None
    return value is not None and not isinstance(value, Content)


NUMBERS = (
    Function("abs", "$", lambda world, value: numbers.absolute(number_of(value)), named_unary=True),
    Function("int", "$", lambda world, value: integer(number_of(value)), named_unary=True),
    Function("sqrt", "$", _floating("sqrt", lambda number: not number < 0), named_unary=True),
    Function("sin", "$", _floating("sin", _always), named_unary=True),
    Function("cos", "$", _floating("cos", _always), named_unary=True),
    Function("exp", "$", _floating("exp", _always), named_unary=True),
    Function("log", "$", _floating("log", lambda number: not number <= 0), named_unary=True),
    Function("atan2", "$$", _atan2),
    Function("hex", "$", _hex, named_unary=True),
    Function("oct", "$", _oct, named_unary=True),
    Function("min", "@", _best((-1, 0, None))),  # None: one of them is not a number
    Function("max", "@", _best((1, 0))),
    Function("sum", "@", _sum(None)),
    Function("sum0", "@", _sum(0)),
    Function("product", "@", _product),
    Function("round", "$", _whole(_half_away)),
    Function("floor", "$", _whole(_floor)),
    Function("ceil", "$", _whole(_ceil)),
    Function("looks_like_number", "$", _looks_like_number),
)
