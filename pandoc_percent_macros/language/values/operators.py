"""What operators do with values and lists (perlop, perldata). Faults have no place here: the evaluator knows it."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault, pattern
from . import numbers
from .numbers import Number, clamp, number_text, parse_number, signed
from .pieces import Content, Piece, Value, length_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .budget import Budget

# White space, as `\s` and `split " "` know it (perlrecharclass).
SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_CARRIED = str.maketrans("zZ9", "aA0")
_MAGIC = pattern(r"[a-zA-Z]*[0-9]*")


def number_of(value: Value) -> Number:
    """Return a value as a number; a fault where Perl would warn."""
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[return-value]
    if kind is str:
        number = parse_number(value)  # type: ignore[arg-type]
        if number is None:
            raise Fault("PM301", f"{quoted(value)} is not a number")  # type: ignore[arg-type]
        return number
    if kind is bool:
        return int(value)  # type: ignore[arg-type]
    if value is None:
        raise Fault("PM302", "undefined value used as a number", "`//` puts a value in its place: `$x // 0`")
    raise Fault("PM303", "content used as a number")


def quoted(text: str) -> str:
    """Return a text as a message shows it."""
    return f'"{text if len(text) <= 40 else text[:37] + "…"}"'


def add(left: Value, right: Value) -> Value:
    if type(left) is int and type(right) is int:
        total = left + right
        if -0x8000000000000000 <= total <= 0x7FFFFFFFFFFFFFFF:
            return total
    return numbers.add(_term(left, right), _term(right, left))


def subtract(left: Value, right: Value) -> Value:
    return numbers.subtract(_term(left, right), _term(right, left))


def _term(value: Value, other: Value) -> Number:
    """Return a term of a sum. What a comparison gives is an integer and floating point: it is as the other one."""
    return float(value) if type(value) is bool and type(other) is float else number_of(value)


def multiply(left: Value, right: Value) -> Value:
    return numbers.multiply(number_of(left), number_of(right))


def divide(left: Value, right: Value) -> Value:
    return numbers.divide(number_of(left), number_of(right))


def modulo(left: Value, right: Value) -> Value:
    return numbers.modulo(number_of(left), number_of(right))


def power(left: Value, right: Value) -> Value:
    return numbers.power(number_of(left), number_of(right))


def negate(value: Value, budget: Budget) -> Value:
    """Unary minus. What begins with a letter or a sign stays text: ``-"width"`` is ``"-width"`` (pp_negate)."""
    if type(value) is not str:
        return numbers.negate(number_of(value))
    budget.text(len(value) + 1)
    first = value[:1]
    if first.isalpha() or first == "_":
        return "-" + value
    if first == "+" or (first == "-" and parse_number(value) is None):
        return ("-" if first == "+" else "+") + value[1:]
    return numbers.negate(numbers.tidy(number_of(value)))


def concatenate(values: Sequence[Value], budget: Budget) -> str | Content:
    """Return values one after the other, as text, or as content if there is content among them."""
    length = sum(map(length_of, values))
    budget.text(length)
    contents = [len(value.parts) for value in values if isinstance(value, Content)]
    budget.charge((len(values) >> 1) + (sum(contents) >> 5))
    if not contents:
        return "".join(map(text_of, values))
    parts: list[str | Piece] = []
    run: list[str] = []  # strings that are neighbours: content grows no faster than what is put into it
    for value in values:
        if not isinstance(value, Content):
            run.append(text_of(value))
            continue
        inner = value.parts
        if isinstance(inner[0], str):
            run.append(inner[0])
            inner = inner[1:]
        if inner:
            _end_run(parts, run)
        if inner and isinstance(inner[-1], str):
            run.append(inner[-1])
            inner = inner[:-1]
        parts += inner
    _end_run(parts, run)
    return Content(tuple(parts), length)


def _end_run(parts: list[str | Piece], run: list[str]) -> None:
    if text := "".join(run):
        parts.append(text)
    run.clear()


def times(count: Value) -> int:
    """Return how often ``x`` repeats: none for what is below zero or no number."""
    number = number_of(count)
    if number - number != 0:
        return 0
    return max(0, clamp(number))


def repeat(value: Value, count: Value, budget: Budget) -> str:
    text = text_of(value)
    often = times(count) if text else 0  # nothing costs nothing, however often
    budget.text(len(text) * often)
    return text * often


def repeat_list(values: list[Value], count: Value, budget: Budget) -> list[Value]:
    often = times(count) if values else 0
    budget.items(len(values) * often)
    return values * often


def span(low: Value, high: Value, budget: Budget) -> list[Value]:
    """Return what ``low .. high`` holds."""
    if type(low) is str and type(high) is str and not _counts(low, high):
        return _text_span(low, high, budget)
    first, last = (_end(number_of(value)) for value in (low, high))
    budget.items(max(0, last - first + 1))
    return list(range(first, last + 1))


def _counts(low: str, high: str) -> bool:
    """Whether a range between two texts is one of numbers (perlop, "Range Operators")."""
    return parse_number(high) is not None and (low == "0" or (parse_number(low) is not None and low[0] != "0"))


def _end(number: Number) -> int:
    if number - number != 0 or not -(1 << 63) <= number < 1 << 63:
        raise Fault("PM301", f"{number_text(number)} can't be the end of a range")
    return int(number)


def _text_span(low: str, high: str, budget: Budget) -> list[Value]:
    found: list[Value] = []
    if len(low.encode("utf-8", "surrogatepass")) > len(high):  # bytes and characters: Perl compares the two
        return found
    budget.text(2 * len(low))
    if not low or not _MAGIC.fullmatch(low):
        return [low]
    while True:
        found.append(low)
        if low == high:
            break
        budget.text(2 * len(low))
        if len(found) >= budget.iterations:
            budget.items(len(found) + 1)
        budget.charge(1)
        low = _successor(low)
        if len(low) > len(high):
            break
    return found


def _successor(text: str) -> str:
    """Return the text that ``++`` makes of one of letters and digits: ``az`` → ``ba``, ``Zz`` → ``AAa``."""
    head = text.rstrip("zZ9")
    done = text[len(head) :].translate(_CARRIED)
    if head:
        return head[:-1] + chr(ord(head[-1]) + 1) + done
    return ("1" if text[0] == "9" else done[0]) + done


def incremented(value: Value) -> Value:
    """Return what ``++`` makes of a value (perlop, "Auto-increment and Auto-decrement")."""
    if type(value) is str and value and parse_number(value) is None and _MAGIC.fullmatch(value):
        return _successor(value)
    return add(0 if value is None or value == "" else value, 1)


def decremented(value: Value) -> Value:
    """Return what ``--`` makes of a value."""
    return subtract(0 if value is None or value == "" else value, 1)


def element(values: Sequence[Value], index: Value) -> Value:
    """Return the element of an index, counted from the end where negative; undefined if there is none."""
    at = signed(number_of(index))
    return values[at] if -len(values) <= at < len(values) else None


def chosen(values: Sequence[Value], indexes: Sequence[Value], of_list: bool, budget: Budget) -> list[Value]:
    """Return the elements of these indexes; none at all of an empty list, as Perl has it."""
    budget.charge(len(indexes) >> 1)
    if of_list and not values:
        return []
    return [element(values, index) for index in indexes]


def store(values: list[Value], index: Value, value: Value, budget: Budget) -> None:
    at = signed(number_of(index))
    if at < -len(values):
        raise Fault("PM305", f"index {at} is outside of the array, which has {len(values)} elements")
    if at >= len(values):
        budget.items(at + 1)
        values += [None] * (at + 1 - len(values))
    values[at] = value


def copied(values: list[Value], budget: Budget) -> list[Value]:
    budget.charge(len(values) >> 6)
    return values[:]


def joined(values: list[Value], budget: Budget) -> str | Content:
    """Return what ``"@list"`` stands for: the values with spaces between them."""
    between: list[Value] = [" "] * max(0, 2 * len(values) - 1)
    between[::2] = values
    return concatenate(between, budget)


def order(left: Value, right: Value) -> Value:
    """``<=>``"""
    return numbers.compare(number_of(left), number_of(right))


def text_order(left: Value, right: Value) -> Value:
    """``cmp``: by the codes of characters."""
    one, other = text_of(left), text_of(right)
    return 0 if one == other else 1 if one > other else -1


COMPARISONS: dict[str, Callable[[Value, Value], Value]] = {
    "==": lambda left, right: order(left, right) == 0,
    "!=": lambda left, right: order(left, right) != 0,
    "<": lambda left, right: order(left, right) == -1,
    ">": lambda left, right: order(left, right) == 1,
    "<=": lambda left, right: order(left, right) in (-1, 0),
    ">=": lambda left, right: order(left, right) in (1, 0),
    "<=>": order,
    "eq": lambda left, right: text_of(left) == text_of(right),
    "ne": lambda left, right: text_of(left) != text_of(right),
    "lt": lambda left, right: text_of(left) < text_of(right),
    "gt": lambda left, right: text_of(left) > text_of(right),
    "le": lambda left, right: text_of(left) <= text_of(right),
    "ge": lambda left, right: text_of(left) >= text_of(right),
    "cmp": text_order,
}

ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "**": power,
}
