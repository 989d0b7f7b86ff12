"""Arithmetic as Perl does it (perlop, perlnumber; the integer rules are those of its pp.c).

Integers are those of 64 bits, signed or unsigned; what does not fit becomes floating point. A floating-point
value that is integral and below 2**53 counts as an integer.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault

if TYPE_CHECKING:
    from typing import NoReturn, TypeAlias

Number: TypeAlias = "int | float"
LOWEST, HIGHEST = -(1 << 63), (1 << 64) - 1
_EXACT = 1 << 53  # integers below it are exact as floating point
_QUARTER = 1 << 62
_LONGEST = 1000  # characters of a text that reads as a number
_INFINITY = float("inf")
_BLANKS = " \t\n\r\f\v"


def parse_number(text: str) -> Number | None:
    """Return the number that a text reads as where Perl would take it without a warning, else None."""
    digits = text.strip(_BLANKS)
    if len(text) > _LONGEST or "_" in digits or not digits.isascii() or not digits.isprintable():
        return None
    try:
        value = int(digits)
        return value if LOWEST <= value <= HIGHEST else float(digits)
    except ValueError:
        pass  # it is not an integer
    try:
        number = float(digits)
    except ValueError:
        return 0 if text == "0 but true" else None
    return _whole(number) if "e" in digits or "E" in digits else number


def _whole(number: float) -> Number:
    """Return what Perl makes of a text with an exponent: an integer where it is one."""
    return int(number) if LOWEST <= number <= HIGHEST and number.is_integer() else number


def number_text(value: Number) -> str:
    """Return a number as Perl prints it: fifteen digits."""
    if type(value) is int:
        return str(value)
    if type(value) is bool:
        return "1" if value else ""
    if value == 0:
        return "0"
    if value - value != 0:
        return "NaN" if value != value else "Inf" if value > 0 else "-Inf"
    return f"{value:.15g}"


def tidy(value: Number) -> Number:
    """Return an operand as Perl's integer operators see it."""
    if type(value) is int:
        return value
    if type(value) is bool:
        return int(value)
    if type(value) is float and -_EXACT < value < _EXACT and value.is_integer():
        return int(value)
    return value


def fit(value: int) -> Number:
    return value if LOWEST <= value <= HIGHEST else float(value)


def add(left: Number, right: Number) -> Number:
    left, right = _terms(left, right)
    if type(left) is int and type(right) is int and abs(total := left + right) <= HIGHEST:
        return fit(total)
    return float(left) + float(right)


def subtract(left: Number, right: Number) -> Number:
    left, right = _terms(left, right)
    if type(left) is int and type(right) is int and abs(rest := left - right) <= HIGHEST:
        return fit(rest)
    return float(left) - float(right)


def _terms(left: Number, right: Number) -> tuple[Number, Number]:
    """Return the operands of a sum: two floating-point ones that are integral count as integers up to 2**62."""
    if type(left) is float and type(right) is float and abs(left) < _QUARTER and abs(right) < _QUARTER:
        return (int(left), int(right)) if left.is_integer() and right.is_integer() else (left, right)
    return tidy(left), tidy(right)


def multiply(left: Number, right: Number) -> Number:
    left, right = tidy(left), tidy(right)
    if type(left) is int and type(right) is int and abs(product := left * right) <= HIGHEST:
        return fit(product)
    return float(left) * float(right)


def divide(left: Number, right: Number) -> Number:
    left, right = tidy(left), tidy(right)
    if right == 0:
        raise Fault("PM304", "division by zero")
    if type(left) is int and type(right) is int and abs(left) > _EXACT and abs(left) >= abs(right):
        quotient, rest = divmod(abs(left), abs(right))
        if not rest:
            return fit(quotient if (left < 0) == (right < 0) else -quotient)
    return float(left) / float(right)


def modulo(left: Number, right: Number) -> Number:
    """``%``: of the integer parts, with the sign of the right operand."""
    if left - left != 0 or right - right != 0:
        return _modulo_infinite(float(left), float(right))
    if abs(left) > HIGHEST or abs(right) > HIGHEST:
        return _modulo_large(left, right)
    left, right = int(left), int(right)
    return fit(left % right) if right else _zero()


def _modulo_large(left: Number, right: Number) -> float:
    """One of the two is no integer of 64 bits: in floating point, where the right one alone is rounded."""
    import math  # few documents calculate

    divisor = int(float(abs(right)) if type(right) is int else abs(right) + 0.5)
    if not divisor:
        _zero()
    rest = math.fmod(abs(left), divisor) if abs(left) <= HIGHEST else float(int(abs(left)) % divisor)
    if rest and (left < 0) != (right < 0):
        rest = float(divisor) - rest
    return -rest if right < 0 else rest


def _zero() -> NoReturn:
    raise Fault("PM304", "division by zero in `%`")


def _modulo_infinite(left: float, right: float) -> Number:
    if left != left or right != right or left - left != 0:
        return float("nan")
    if left == 0 or (left < 0) == (right < 0):
        return float(int(left))
    return right


def power(left: Number, right: Number) -> Number:
    base, exponent = tidy(left), tidy(right)
    whole = type(base) is int and type(exponent) is int
    if type(base) is int and type(exponent) is int and exponent >= 0:
        size = abs(base)
        if size & (size - 1) and exponent * size.bit_length() <= 64:
            return fit(base**exponent)
    result = _float_power(float(base), float(exponent))
    return tidy(result) if whole and result else result


def _float_power(base: float, exponent: float) -> float:
    import math  # few documents calculate

    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -_INFINITY if base < 0 and exponent % 2 == 1 else _INFINITY
    except ValueError:
        if base == 0:
            return -_INFINITY if math.copysign(1, base) < 0 and exponent % 2 == 1 else _INFINITY
        return float("nan")


def negate(value: Number) -> Number:
    if type(value) is int or type(value) is bool:
        return fit(-value)
    return -value


def compare(left: Number, right: Number) -> int | None:
    """Return -1, 0 or 1; None where one of them is not a number."""
    left, right = tidy(left), tidy(right)
    if type(left) is not type(right):
        left, right = float(left), float(right)
    if left < right:
        return -1
    if left > right:
        return 1
    return 0 if left == right else None


def integer(value: Number) -> Number:
    """``int``: the part before the decimal point."""
    if value - value != 0:
        return value
    return fit(int(value))


def absolute(value: Number) -> Number:
    value = tidy(value)
    return fit(abs(value)) if type(value) is int else abs(value)


def signed(value: Number) -> int:
    """Return a number as a signed integer of 64 bits, as Perl casts it: 2**63 and all beyond count from below zero."""
    if value - value != 0:
        return -1 if value > 0 else 0 if value != value else LOWEST
    whole = max(LOWEST, min(HIGHEST, int(value)))
    return whole - (1 << 64) if whole >= 1 << 63 else whole


def clamp(value: Number) -> int:
    """Return a number as an integer that fits the machine's, as an index or a count must."""
    if value != value:
        return 0
    if value - value != 0:
        return HIGHEST if value > 0 else LOWEST
    return max(LOWEST, min(HIGHEST, int(value)))
