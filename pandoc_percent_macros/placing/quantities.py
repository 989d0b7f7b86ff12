"""Numbers as authors write them: read, and written with another value in the same form."""

import re
from dataclasses import dataclass

_NUMBER = r"(?P<number>\d+(?:\.\d*)?|\.\d+)(?P<power>[eE][+-]?\d+)?"
_NAMED = r"(?:true ?)?(?:mm|cm|in|pt|bp|pc|dd|cc|sp|em|ex|px|vw|vh)(?![A-Za-z])"
_UNIT = rf"(?P<unit>\s*(?:%|\\[A-Za-z@]+|{_NAMED}))"
_WHOLE = re.compile(rf"(?P<sign>[+-]?)\s*(?:{_NUMBER})?{_UNIT}?")
# Within other text: not a part of a word, a path, a colour or another number.
_INSIDE = re.compile(rf"(?<![\w.#/@\\+-])(?P<sign>[+-]?){_NUMBER}{_UNIT}?(?![\w./@])")
_NO_LENGTHS = re.compile(r"\\(?:dimexpr|numexpr|glueexpr|hskip|vskip|fi|relax)(?![A-Za-z@])")
# How much of each unit is about a millimetre.
_ABOUT = {
    "%": 1, "mm": 1, "cm": 0.1, "in": 0.04, "pt": 3, "bp": 3, "pc": 0.25, "dd": 3, "cc": 0.25, "sp": 200_000,
    "em": 0.25, "ex": 0.5, "px": 4, "vw": 1, "vh": 1,
}  # fmt: skip
_INCH = 25.4  # millimetres
_TEX = {
    "mm": 1, "cm": 10, "in": _INCH, "pt": _INCH / 72.27, "bp": _INCH / 72, "pc": 12 * _INCH / 72.27,
    "dd": 1238 / 1157 * _INCH / 72.27, "cc": 12 * 1238 / 1157 * _INCH / 72.27, "sp": _INCH / 72.27 / 65536,
}  # fmt: skip


@dataclass(frozen=True)
class Number:
    """A number, with or without a unit."""

    value: float
    unit: str = ""  # as it is written, spaces before it included
    plus: bool = False  # a sign stands before it also where it is positive
    bare: bool = False  # it begins with its point where it can
    implied: bool = False  # there is only its unit, `\\textwidth`

    @property
    def steps(self) -> tuple[float, ...]:
        """Small changes of it, in its unit, the best first: about a millimetre, where that is known of the unit."""
        step = self._step
        return (step, 1, -step) if self.may_be_whole else (step, -step)

    @property
    def may_be_whole(self) -> bool:
        """Whether it may be one that must be whole, though a small step is tried with it first."""
        return not self.unit and self.value in (-1, 0, 1)

    @property
    def _step(self) -> float:
        unit = self.unit.strip().removeprefix("true").strip()
        if unit.startswith("\\"):
            return 0.01
        if unit:
            return _ABOUT[unit]
        if self.value.is_integer():
            return 0.1 if self.may_be_whole else 1
        return 0.01 if abs(self.value) < 2 else 0.1

    def written(self, value: float, digits: int) -> str:
        """Return another value in the form of this one.

        Args:
            value: in the unit of this one.
            digits: at most so many after the point.
        """
        text = f"{abs(value):.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        rounded = float(text)
        sign = "-" if value < 0 and rounded else "+" if self.plus else ""
        if self.implied and rounded == 1:
            return sign + self.unit
        if self.bare and text.startswith("0."):
            text = text[1:]
        return f"{sign}{text}{self.unit}"

    def rounded(self, value: float, digits: int) -> float:
        """Return the value that ``written`` writes."""
        return float(f"{value:.{digits}f}")


@dataclass(frozen=True)
class Found:
    """A number in a text."""

    start: int
    end: int
    number: Number


def number_in(text: str) -> Number | None:
    """Return the number that a text is, spaces around it aside; None for any other text."""
    found = _WHOLE.fullmatch(text.strip())
    if found is None or not (found["number"] or (found["unit"] or "").startswith("\\")):
        return None
    return _read(found)


def numbers_in(text: str) -> list[Found]:
    """Return the numbers within a text that are not parts of words, paths or colours."""
    return [
        Found(each.start(), each.end(), number)
        for each in _INSIDE.finditer(text)
        if (number := _read(each)) is not None
    ]


def _read(found: re.Match[str]) -> Number | None:
    unit = found["unit"] or ""
    if _NO_LENGTHS.match(unit.strip()):
        return None
    sign = -1 if found["sign"] == "-" else 1
    if not found["number"]:
        return Number(sign, unit, plus=found["sign"] == "+", implied=True)
    value = float(found["number"] + (found["power"] or ""))
    return Number(sign * value, unit, plus=found["sign"] == "+", bare=found["number"].startswith("."))


def millimetres(text: str) -> float | None:
    """Return a length of TeX's in millimetres; None for what is none, or depends on a font. ``0`` needs no unit."""
    number = number_in(text)
    if number is None or number.implied:
        return None
    unit = number.unit.strip().removeprefix("true").strip()
    if not unit:
        return 0.0 if number.value == 0 else None
    return number.value * _TEX[unit] if unit in _TEX else None
