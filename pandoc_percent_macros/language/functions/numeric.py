"""Functions of numbers: Perl's, List::Util's and POSIX's."""

import operator
from collections.abc import Callable

from ...base import Fault
from ..values import HIGHEST, Content, Number, Value, integer, number_of, numbers, parse_number, quoted, text_of
from .entry import Function, World


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


def _best(better: int) -> Callable[..., Value]:
    def run(world: World, values: list[Value]) -> Value:
        found: Value = None
        best: Number | None = None
        for value in values:
            number = number_of(value)
            if best is None or numbers.compare(number, best) == better:
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
    return _based(text_of(value), "0x", 16)


def _oct(world: World, value: Value) -> Number:
    text = text_of(value).strip().lower()
    for prefix, base in (("0x", 16), ("x", 16), ("0b", 2), ("b", 2), ("0o", 8), ("o", 8)):
        if text.startswith(prefix):
            return _based(text, prefix, base)
    return _based(text, "0", 8)


def _based(text: str, prefix: str, base: int) -> Number:
    digits = text.lower().removeprefix(prefix).removeprefix(prefix[-1] if prefix[-1] == "x" else "").replace("_", "")
    try:
        value = int(digits or "0", base) if len(digits) <= 64 else HIGHEST + 1
    except ValueError:
        value = -1
    if value < 0 or value > HIGHEST or digits[:1] in ("+", "-"):
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
    Function("min", "@", _best(-1)),
    Function("max", "@", _best(1)),
    Function("sum", "@", _sum(None)),
    Function("sum0", "@", _sum(0)),
    Function("product", "@", _product),
    Function("round", "$", _whole(_half_away)),
    Function("floor", "$", _whole(_floor)),
    Function("ceil", "$", _whole(_ceil)),
    Function("looks_like_number", "$", _looks_like_number),
)
