"""Values: undefined (None), numbers (int, float; bool for the result of a comparison), texts (str), and content.

A list is not a value of its own: it is a Python list of values, and stands only where a list is wanted. ``False``
is Perl's false value, "" as a text and 0 as a number.

Content is text and pieces in their order, made with ``.``, ``join`` and interpolation from the pieces that
``text()``, ``latex()``, ``markdown()``, … and ``$body`` give. At the end of a document's call it becomes a
``Result``: there, and only there, it is decided what its plain strings are. If any of them holds one of TeX's
special characters, all of them are raw LaTeX (what stands between the pieces is then the rest of a command:
``"\\\\textbf{" . text($s) . "}"``); otherwise all of them are text.
"""

from __future__ import annotations

from ...base.fault import Fault
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING, Record
from .numbers import number_text

if TYPE_CHECKING:
    from typing import TypeAlias

    from ...base.source import Span

    Piece: TypeAlias = "Raw | Text | Markdown | Given | Native"
    Value: TypeAlias = "bool | int | float | str | Content | None"

_SPECIAL = pattern(r"[\\{}$&#^_~%]")
_SURROGATE = pattern("[\ud800-\udfff]")


class Raw(Record):
    """Markup of one format; a result holds it as pandoc's raw block or inline."""

    format: str
    text: str

    def __init__(self, format: str, text: str) -> None:  # most results are one
        set_format, set_text = self._setters
        set_format(self, format)
        set_text(self, text)


class Text(Record):
    """Plain text, for pandoc's writers to escape."""

    text: str


class Markdown(Record):
    """Text to be read as the document's own Markdown."""

    text: str
    span: Span | None = None  # of the `markdown(…)` that gave it


class Given(Record):
    """What stood between ``%%begin`` and ``%%end``: the handle that the host gave for it."""

    handle: object


class Native(Record):
    """What a macro of the host gave, of a kind that only the host knows."""

    handle: object


class Content:
    """Strings and pieces, in order. Never changed once it is made."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | Piece, ...]) -> None:
        self.parts = parts


class Result(Record):
    """The result of a call of the document: pieces, in order; neighbours of the same kind are one."""

    pieces: tuple[Piece, ...]

    def __init__(self, pieces: tuple[Piece, ...]) -> None:  # one for each call
        (set_pieces,) = self._setters
        set_pieces(self, pieces)


def text_of(value: Value) -> str:
    """Return a value as text, as Perl does; a fault for what is undefined or content."""
    if type(value) is str:
        return value
    if value is None:
        raise Fault("PM302", "undefined value used as text", '`//` puts a value in its place: `$x // ""`')
    if isinstance(value, Content):
        raise Fault("PM303", "content used as text", "content can only be joined, with `.` or `join`")
    return number_text(value)  # type: ignore[arg-type]


def truth(value: Value) -> bool:
    """Return whether Perl takes a value for true."""
    if type(value) is str:
        return value != "" and value != "0"
    return value is not None and value != 0


def parts_of(value: Value) -> tuple[str | Piece, ...]:
    return value.parts if isinstance(value, Content) else (text_of(value),)


def piece(value: Piece) -> Content:
    return Content((value,))


def length_of(value: Value) -> int:
    """Return how many characters a value has as a part of a text or content."""
    return len(value) if type(value) is str else sum(map(length_of_part, parts_of(value)))


def length_of_part(part: str | Piece) -> int:
    """Return how many characters a part of content has; what the host gives counts nothing."""
    if isinstance(part, (Raw, Text, Markdown)):
        return len(part.text)
    return len(part) if isinstance(part, str) else 0


def result_of(value: Value | list[Value]) -> Result:
    """Return the result of a call of the document whose macro returned this value, or a list of them."""
    if type(value) is str:  # as most macros return
        _check(value)
        return Result((_from_string(value, raw=bool(_SPECIAL.search(value))),) if value else ())
    parts: list[str | Piece] = []
    for each in value if isinstance(value, list) else (value,):
        if each is not None:
            parts += parts_of(each)
    strings = [part for part in parts if type(part) is str]
    raw = any(map(_SPECIAL.search, strings))
    pieces: list[Piece] = []
    for part in parts:
        _append(pieces, _from_string(part, raw=raw) if isinstance(part, str) else part)
    return Result(tuple(pieces))


def _from_string(text: str, *, raw: bool) -> Raw | Text:
    return Raw("latex", text) if raw else Text(text)


def _check(text: str) -> None:
    if "\0" in text or (not text.isascii() and _SURROGATE.search(text)):
        raise Fault(
            "PM306", "the result holds a character that no document may contain: NUL, or half of a surrogate pair"
        )


def _append(pieces: list[Piece], new: Piece) -> None:
    if isinstance(new, (Raw, Text, Markdown)):
        if not new.text:
            return
        _check(new.text)
        last = pieces[-1] if pieces else None
        if isinstance(new, Text) and isinstance(last, Text):
            new = Text(last.text + new.text)
            pieces.pop()
        elif isinstance(new, Raw) and isinstance(last, Raw) and last.format == new.format:
            new = Raw(new.format, last.text + new.text)
            pieces.pop()
    pieces.append(new)
