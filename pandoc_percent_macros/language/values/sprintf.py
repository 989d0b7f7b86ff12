"""``sprintf`` as Perl has it (perlfunc), without its vectors, ``%a``, ``%n`` and ``%p``."""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Fault, pattern
from .numbers import HIGHEST, LOWEST, Number, number_text
from .operators import number_of
from .pieces import Value, text_of

if TYPE_CHECKING:
    from .budget import Budget

_FIELD = pattern(
    r"%(?:(?P<index>[1-9][0-9]*)\$)?(?P<flags>[-+ 0#]*)"
    r"(?P<width>[1-9][0-9]*|\*(?:[1-9][0-9]*\$)?)?(?:\.(?P<precision>[0-9]*|\*(?:[1-9][0-9]*\$)?))?"
    r"(?P<size>hh|h|ll|l|q|L|V|z|t|j)?(?P<kind>[A-Za-z])"
    r"|(?P<percent>%%)|(?P<text>[^%]+)|(?P<bad>%.?)",
    re.DOTALL,
)
_BITS = {"hh": 8, "h": 16}
_BEFORE_ZEROS = pattern(r"[-+ ]?(?:0[xXbB])?")
_BASES = {"b": 2, "B": 2, "o": 8, "O": 8, "x": 16, "X": 16, "u": 10, "U": 10}


class _Arguments:
    """What is to be filled in: one after the other, or by number."""

    def __init__(self, values: list[Value], limit: int) -> None:
        self.values = values
        self.next = 0
        self.by_number = False
        self.limit = limit

    def take(self, number: str | None) -> Value:
        if number is None:
            self.next += 1
            at = self.next
        else:
            self.by_number = True
            at = int(number) if len(number) < 9 else len(self.values) + 1
        if at > len(self.values):
            raise Fault("PM305", f"`sprintf` has no argument {at} for its format")
        return self.values[at - 1]

    def size(self, written: str | None) -> int | None:
        """Return a width or precision: as written, or the argument that a ``*`` stands for."""
        if not written:
            return None if written is None else 0
        if written[0] == "*":
            size = _signed(number_of(self.take(written[1:-1] or None)))
        else:
            size = int(written) if len(written) < 9 else self.limit + 1
        if abs(size) > self.limit:
            raise Fault("PM409", f"a width or precision in `sprintf` is over the limit of {self.limit:,}")
        return size


def sprintf(template: str, values: list[Value], budget: Budget) -> str:
    """Return the template with its fields filled in; every value is used, and none is missing."""
    budget.charge(len(template) >> 2)
    arguments = _Arguments(values, budget.limits.width)
    done: list[str] = []
    length = 0
    for found in _FIELD.finditer(template):
        budget.charge(2)
        done.append(_field(found, arguments))
        length += len(done[-1])
        if length > budget.string:
            break
    budget.text(length)
    if arguments.next < len(values) and not arguments.by_number:
        message = f"`sprintf` has {len(values)} arguments for {arguments.next} fields"
        raise Fault("PM305", message)
    return "".join(done)


def _field(found: re.Match[str], arguments: _Arguments) -> str:
    if found["text"]:
        return found["text"]
    if found["percent"]:
        return "%"
    if found["bad"]:
        raise Fault("PM305", f"`{found['bad']}` is not a field of `sprintf`", "write `%%` for a percent sign")
    flags = found["flags"]
    width = arguments.size(found["width"]) or 0
    if width < 0:
        flags, width = flags + "-", -width
    precision = arguments.size(found["precision"])
    if precision is not None and precision < 0:
        precision = None
    kind = found["kind"]
    if kind not in "sdiDcuUoOxXbBeEfFgG":
        raise Fault("PM305", f"`{found[0]}` is not a field of `sprintf`", "write `%%` for a percent sign")
    value = arguments.take(found["index"])
    if found["size"] in _BITS and kind in "diuoxXbB":
        value = _short(number_of(value), _BITS[found["size"]], kind in "di")
    text, zeros = _converted(kind, flags, precision, value)
    signed = kind not in "sc" and text[-1:] not in ("f", "N")  # Perl's zeros stand before the sign of "Inf"
    return _padded(text, flags, width, zeros, signed or kind in "xX")


def _short(number: Number, bits: int, signed: bool) -> Number:
    """Return a number as a small integer of C's."""
    if number - number != 0:
        return number
    low = _signed(number) % (1 << bits)
    return low - (1 << bits) if signed and low >> (bits - 1) else low


def _padded(text: str, flags: str, width: int, zeros: bool, numeric: bool) -> str:
    if "-" in flags:
        return text.ljust(width)
    if "0" not in flags or not zeros:
        return text.rjust(width)
    head = _BEFORE_ZEROS.match(text).end() if numeric else 0  # type: ignore[union-attr]
    return text[:head] + text[head:].rjust(width - head, "0")


def _converted(kind: str, flags: str, precision: int | None, value: Value) -> tuple[str, bool]:
    """Return the text of a field before it is padded, and whether zeros may pad it."""
    if kind == "s":
        text = text_of(value)
        return (text if precision is None else text[:precision]), True
    number = number_of(value)
    if number - number != 0:
        return _sign(flags, number < 0) + number_text(number).lstrip("-"), True
    if kind == "c":
        return character(number), True
    if kind in "eEfFgG":
        return _floating(kind, flags, precision, number), True
    if kind in "diD":
        signed = _signed(number)
        return _sign(flags, signed < 0) + _digits(abs(signed), 10, precision), precision is None
    return _unsigned(kind, flags, precision, number), precision is None


def _sign(flags: str, negative: bool) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _floating(kind: str, flags: str, precision: int | None, number: Number) -> str:
    form = f"%{'#' if '#' in flags else ''}{'+' if '+' in flags else ' ' if ' ' in flags else ''}"
    return f"{form}.{6 if precision is None else precision}{kind}" % float(number)


def _signed(number: Number) -> int:
    """Return a number as a signed integer of 64 bits, as a cast in Perl does."""
    if number - number != 0:
        return -1 if number > 0 else 0 if number != number else -(1 << 63)
    whole = max(LOWEST, min(HIGHEST, int(number)))
    return whole - (1 << 64) if whole >= 1 << 63 else whole


def _unsigned(kind: str, flags: str, precision: int | None, number: Number) -> str:
    whole = max(LOWEST, min(HIGHEST, int(number))) % (1 << 64)
    text = _digits(whole, _BASES[kind], precision)
    if "#" in flags and whole:
        if kind in "oO":
            return text if text[0] == "0" else "0" + text
        if kind in "xXbB":
            text = f"0{kind.lower()}{text}"
    return text.upper() if kind in "XB" else text


def _digits(whole: int, base: int, precision: int | None) -> str:
    text = {2: "{:b}", 8: "{:o}", 10: "{:d}", 16: "{:x}"}[base].format(whole)
    if precision == 0 and not whole:
        return ""
    return text.rjust(precision or 0, "0")


def character(number: Number) -> str:
    code = int(number) if number - number == 0 else -1
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        raise Fault("PM305", f"no character has the code {number_text(number)}")
    return chr(code)
