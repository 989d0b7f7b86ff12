"""``sprintf`` as Perl has it (perlfunc), without ``%n`` and ``%p``."""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Fault, pattern
from .numbers import HIGHEST, LOWEST, Number, number_text, signed
from .operators import number_of
from .pieces import Value, text_of

if TYPE_CHECKING:
    from .budget import Budget

_SIZE = r"[1-9][0-9]*|\*(?:[1-9][0-9]*\$)?"
_FIELD = pattern(
    r"%(?:(?P<index>[1-9][0-9]*)\$)?(?P<flags>[-+ 0#]*)(?:(?P<vector>(?:\*(?:[1-9][0-9]*\$)?)?v)(?P<fill>0?))?"
    rf"(?P<width>{_SIZE})?(?:\.(?P<precision>[0-9]*|{_SIZE}))?(?P<size>hh|h|ll|l|q|L|V|z|t|j)?(?P<kind>[A-Za-z%])"
    r"|(?P<text>[^%]+)|(?P<bad>%.?)",
    re.DOTALL,
)
_WHOLE, _FLOATING = "diuoxXbBDUO", "eEfFgGaA"
_BITS = {"hh": 8, "h": 16}
_FLOATING_SIZES = (None, "l", "ll", "q", "L", "V")
_BEFORE_ZEROS = pattern(r"[-+ ]?(?:0[xXbB])?")
_BASES = {"b": 2, "B": 2, "o": 8, "O": 8, "x": 16, "X": 16, "u": 10, "U": 10}
_NO_SIGN = str.maketrans("", "", "+ ")  # only the first of several codes gets a sign
_NIBBLES = 13  # hexadecimal digits of a mantissa after its point


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
            size = signed(number_of(self.take(written[1:-1] or None)))
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
    kind, flags, size = found["kind"], found["flags"], found["size"]
    if not _is_field(kind, found["vector"], size):
        raise Fault("PM305", f"`{found[0]}` is not a field of `sprintf`", "write `%%` for a percent sign")
    between = _between(found["vector"], arguments)
    width = arguments.size(found["width"]) or 0
    if width < 0:
        flags, width = flags + "-", -width
    precision = arguments.size(found["precision"])
    if precision is not None and precision < 0:
        precision = None
    if kind == "%":
        return _padded("%"[:precision], flags, width, True, False)
    value = arguments.take(found["index"])
    if between is not None:
        flags += found["fill"]
        codes = [_one(kind, flags.translate(_NO_SIGN), width, precision, ord(each)) for each in text_of(value)]
        codes[:1] = [_one(kind, flags, width, precision, ord(each)) for each in text_of(value)[:1]]
        return between.join(codes)
    if size in _BITS and kind not in "DUOsc":
        value = _short(number_of(value), _BITS[size], kind in "di")
    return _one(kind, flags, width, precision, value)


def _is_field(kind: str | None, vector: str | None, size: str | None) -> bool:
    if not kind:
        return False
    if kind in _FLOATING:
        return vector is None and size in _FLOATING_SIZES
    return kind in _WHOLE or (kind in "sc%" and vector is None)


def _between(vector: str | None, arguments: _Arguments) -> str | None:
    """Return what stands between the codes of a text's characters: ``%vd``, ``%*vd``."""
    if vector is None:
        return None
    return text_of(arguments.take(vector[1:-2] or None)) if vector[0] == "*" else "."


def _one(kind: str, flags: str, width: int, precision: int | None, value: Value) -> str:
    text, zeros = _converted(kind, flags, precision, value)
    numeric = kind not in "sc" and text[-1:] not in ("f", "N")  # Perl's zeros stand before the sign of "Inf"
    return _padded(text, flags, width, zeros, numeric or kind in "xX")


def _short(number: Number, bits: int, with_sign: bool) -> Number:
    """Return a number as a small integer of C's."""
    if number - number != 0:
        return number
    low = signed(number) % (1 << bits)
    return low - (1 << bits) if with_sign and low >> (bits - 1) else low


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
        return _infinite(kind, flags, number), True
    if kind == "c":
        return character(number)[:precision], True
    if kind in "aA":
        return _sign(flags, _negative(number)) + _hexadecimal(kind, flags, precision, abs(float(number))), True
    if kind in _FLOATING:
        return _floating(kind, flags, precision, number), True
    if kind in "diD":
        whole = signed(number)
        return _sign(flags, whole < 0) + _digits(abs(whole), 10, precision), precision is None
    return _unsigned(kind, flags, precision, number), precision is None


def _sign(flags: str, negative: bool) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _floating(kind: str, flags: str, precision: int | None, number: Number) -> str:
    form = f"%{'#' if '#' in flags else ''}{'+' if '+' in flags else ' ' if ' ' in flags else ''}"
    return f"{form}.{6 if precision is None else precision}{kind}" % float(number)


def _negative(number: Number) -> bool:
    return str(number)[0] == "-"  # zero has a sign, too


def _infinite(kind: str, flags: str, number: Number) -> str:
    if kind == "c":
        raise Fault("PM305", f"no character has the code {number_text(number)}")
    return ("+" if number > 0 and ("+" in flags or " " in flags) else "") + number_text(number)


def _hexadecimal(kind: str, flags: str, precision: int | None, number: float) -> str:
    """Return a number that is not negative in base 16, with a power of two: ``%a``."""
    import math

    mantissa, exponent = math.frexp(number)
    bits = int(math.ldexp(mantissa, 4 * _NIBBLES + 1))  # one bit before the point
    subnormal = 0 < number < 2.0**-1022
    if precision is not None and precision < _NIBBLES and not subnormal:
        bits = _rounded(bits, 4 * (_NIBBLES - precision))
    digits = f"{bits:x}".rjust(_NIBBLES + 1, "0")
    after = digits[1:].rstrip("0").ljust(precision or 0, "0")
    point = "." if after or "#" in flags else ""
    text = f"0x{digits[0]}{point}{after}p{exponent - 1 if number else 0:+d}"
    return text.upper() if kind == "A" else text


def _rounded(bits: int, dropped: int) -> int:
    """Round the last bits of a mantissa off, halves to the even hexadecimal digit before them."""
    kept, rest = divmod(bits, 1 << dropped)
    half = 1 << (dropped - 1)
    return (kept + (rest > half or (rest == half and kept % 2 == 1))) << dropped


def _unsigned(kind: str, flags: str, precision: int | None, number: Number) -> str:
    whole = max(LOWEST, min(HIGHEST, int(number))) % (1 << 64)
    text = _digits(whole, _BASES[kind], precision)
    if "#" in flags and kind in "oO":
        return text if text[:1] == "0" else "0" + text
    if "#" in flags and whole and kind in "xXbB":
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
