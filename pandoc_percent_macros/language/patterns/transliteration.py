"""``tr/…/…/``: characters for characters (perlop, "Quote-Like Operators")."""

from __future__ import annotations

import functools
import re

from ...base import TYPE_CHECKING, Fault, pattern

if TYPE_CHECKING:
    from ..values import Budget

_SIGN = pattern(
    r"\\(?:x\{[ ]*(?P<braced>[0-9a-fA-F]+)[ ]*\}|x(?P<hex>[0-9a-fA-F]{0,2})|(?P<octal>[0-7]{1,3})|(?P<escape>.))"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "e": "\x1b", "a": "\x07", "b": "\b"}
_MOST = 0x10FFFF


class Table:
    """What becomes of each character."""

    def __init__(self, searched: str, replacement: str, flags: str) -> None:
        """Read ``tr/searched/replacement/flags``.

        Raises:
            Fault: PM120 for a range that ends before it begins.
        """
        ranges, targets = _ranges(searched), _ranges(replacement)
        self.deletes = "d" in flags
        self.squeezes = "s" in flags
        self.changes = bool(targets) or self.deletes or self.squeezes
        self.others = "c" in flags  # all characters but these
        if not targets and not self.deletes:
            targets = _complement(ranges) if self.others else ranges
        self._ranges = _complement(ranges) if self.others else ranges
        self._targets = targets
        self._sizes = [high - low + 1 for low, high in targets]
        self._last = targets[-1][1] if targets else -1
        self.of = functools.lru_cache(maxsize=4096)(self._of)

    def _of(self, sign: str) -> str | None:
        """Return what a character becomes: "" if it is deleted, None if it stays."""
        code, before = ord(sign), 0
        for low, high in self._ranges:
            if low <= code <= high:
                return self._target(before + code - low)
            before += high - low + 1
        return None

    def _target(self, number: int) -> str:
        for (low, _), size in zip(self._targets, self._sizes, strict=True):
            if number < size:
                return chr(low + number)
            number -= size
        return "" if self.deletes else chr(self._last)


@functools.lru_cache(maxsize=200)
def table(searched: str, replacement: str, flags: str) -> Table:
    """Return the table of ``tr/searched/replacement/flags``, as these are written."""
    return Table(searched, replacement, flags)


def transliterated(by: Table, text: str, budget: Budget) -> tuple[str, int]:
    """Return a text with its characters replaced, and how many were looked for and found."""
    budget.charge(len(text) >> 2)
    out: list[str] = []
    count = 0
    squeezed = ""  # the last character, if it was replaced
    for sign in text:
        new = by.of(sign)
        if new is None:
            out.append(sign)
            squeezed = ""
            continue
        count += 1
        if new and not (by.squeezes and new == squeezed):
            out.append(new)
            squeezed = new
    return "".join(out), count


def _ranges(text: str) -> list[tuple[int, int]]:
    """Return the characters of a list such as ``a-zA-Z\\n``, as ranges of codes in their order."""
    found: list[tuple[int, int]] = []
    signs = [(_code(each), each[0]) for each in _SIGN.finditer(text)]
    at = 0
    while at < len(signs):
        low = high = signs[at][0]
        if at + 2 < len(signs) and signs[at + 1][1] == "-":
            high = signs[at + 2][0]
            if high < low:
                message = f"the range `{signs[at][1]}-{signs[at + 2][1]}` in `tr` ends before it begins"
                raise Fault("PM120", message)
            at += 2
        found.append((low, high))
        at += 1
    return found


def _code(found: re.Match[str]) -> int:
    if found["sign"] is not None:
        return ord(found["sign"])
    if found["escape"] is not None:
        return ord(_ESCAPES.get(found["escape"], found["escape"]))
    code = int(found["octal"], 8) if found["octal"] is not None else int(found["braced"] or found["hex"] or "0", 16)
    if code > _MOST or 0xD800 <= code < 0xE000:
        raise Fault("PM120", "no character has this code")
    return code


def _complement(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for low, high in sorted(ranges):
        if at < low:
            found.append((at, low - 1))
        at = max(at, high + 1)
    return [*found, (at, _MOST)] if at <= _MOST else found
