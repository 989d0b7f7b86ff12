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

from itertools import groupby

from ...base import TYPE_CHECKING, Fault, Record, Span, pattern
from .numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

Piece: TypeAlias = "Raw | Text | Markdown | Wrapped | Given | Native"
Attributes: TypeAlias = "tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]"  # identifier, classes, pairs
Value: TypeAlias = "bool | int | float | str | Content | None"

_SPECIAL = pattern(r"[\\{}$&#^_~%]")
_PLAIN = ""  # in the place of a format
DIV, SPAN = "Div", "Span"
_ELEMENT = 16  # what an element counts for, in characters: one that is put in twice grows as a text would
_DEEPEST = 64  # levels of content in content
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


class Hole(Record):
    """A place in Markdown where content goes that is made already."""

    at: int  # offset in the text
    written: str  # what stands there where the text turns out to be code
    result: Result


class Markdown(Record):
    """Text to be read as the document's own Markdown."""

    text: str
    span: Span | None = None  # of the `markdown(…)` that gave it
    holes: tuple[Hole, ...] = ()
    length: int = 0  # of what is in the holes
    depth: int = 0  # of the content in it


class Wrapped(Record):
    """Content in an element of pandoc's that has attributes."""

    element: str  # DIV or SPAN
    attributes: Attributes
    pieces: tuple[Piece, ...]
    length: int  # of all of it
    depth: int  # of the content in it


class Given(Record):
    """What stood between ``%%begin`` and ``%%end``: the handle that the host gave for it."""

    handle: object


class Native(Record):
    """What a macro of the host gave, of a kind that only the host knows."""

    handle: object


class Content:
    """Strings and pieces, in order, at least one; no two strings are neighbours. Never changed once it is made."""

    __slots__ = ("length", "parts")

    def __init__(self, parts: tuple[str | Piece, ...], length: int) -> None:
        self.parts = parts
        self.length = length  # in characters, as length_of_part counts them


class Result(Record):
    """The result of a call of the document: pieces, in order; neighbours of the same kind are one."""

    pieces: tuple[Piece, ...]
    string: str | None = None  # the same where it is a string and nothing else: it stands for itself in an address

    def __init__(self, pieces: tuple[Piece, ...], string: str | None = None) -> None:  # one for each call
        set_pieces, set_string = self._setters
        set_pieces(self, pieces)
        set_string(self, string)


def filtered(pieces: Iterable[Piece], keep: Callable[[Piece], bool]) -> tuple[Piece, ...]:
    """Return the pieces that are to be kept, and of those with others inside them these as well."""
    kept: list[Piece] = []
    for piece in pieces:
        if not keep(piece):
            continue
        if isinstance(piece, Wrapped):
            kept.append(piece.replace(pieces=filtered(piece.pieces, keep)))
        elif isinstance(piece, Markdown) and piece.holes:
            kept.append(piece.replace(holes=tuple([_filtered_hole(hole, keep) for hole in piece.holes])))
        else:
            kept.append(piece)
    return tuple(kept)


def _filtered_hole(hole: Hole, keep: Callable[[Piece], bool]) -> Hole:
    return hole.replace(result=Result(filtered(hole.result.pieces, keep), hole.result.string))


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
    return Content((value,), length_of_part(value))


def length_of(value: Value) -> int:
    """Return how many characters a value has as a part of a text or content."""
    if type(value) is str:
        return len(value)
    return value.length if isinstance(value, Content) else len(text_of(value))


def length_of_part(part: str | Piece) -> int:
    """Return how many characters a part of content has; what the host gives counts nothing."""
    if isinstance(part, (Raw, Text)):
        return len(part.text)
    if isinstance(part, Markdown):
        return len(part.text) + part.length
    if isinstance(part, Wrapped):
        return part.length
    return len(part) if isinstance(part, str) else 0


def wrapped(element: str, attributes: Attributes, pieces: tuple[Piece, ...]) -> Wrapped:
    """Return pieces in an element; raise ``Fault`` (PM407) if they nest too deep."""
    identifier, classes, pairs = attributes
    texts = (identifier, *classes, *(text for pair in pairs for text in pair))
    for text in texts:
        _check(text)
    length = _ELEMENT + sum(map(len, texts)) + sum(map(length_of_part, pieces))
    return Wrapped(element, attributes, pieces, length, _deeper(pieces))


def with_holes(parts: Iterable[tuple[str, Value]], span: Span) -> Markdown:
    """Return Markdown made of texts, and of content, which stays what it is, and goes where it stands in the text.

    Args:
        parts: each is a text, and undefined; or how something is written, and its value.
        span: of the code that makes it.

    Raises:
        Fault: PM407 if content nests too deep.
    """
    texts: list[str] = []
    holes: list[Hole] = []
    at = 0
    for text, value in parts:
        if value is None:
            texts.append(text)
            at += len(text)
        else:
            holes.append(Hole(at, text, result_of(value)))
    every = [piece for hole in holes for piece in hole.result.pieces]
    length = _ELEMENT * len(holes) + sum(map(length_of_part, every))
    return Markdown("".join(texts), span, tuple(holes), length, _deeper(every) if holes else 0)


def _deeper(pieces: Iterable[Piece]) -> int:
    depth = 1 + max((each.depth for each in pieces if isinstance(each, (Markdown, Wrapped))), default=0)
    if depth > _DEEPEST:
        raise Fault("PM407", f"content nests deeper than {_DEEPEST} levels")
    return depth


def inside(piece: Piece) -> Iterator[Piece]:
    """Yield the pieces that are right inside another one."""
    if isinstance(piece, Wrapped):
        yield from piece.pieces
    elif isinstance(piece, Markdown):
        for hole in piece.holes:
            yield from hole.result.pieces


def every(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces, and those inside of them, an outer one before what is in it."""
    todo = [*pieces][::-1]
    while todo:
        each = todo.pop()
        yield each
        todo += [*inside(each)][::-1]


def result_of(value: Value | list[Value]) -> Result:
    """Return the result of a call of the document whose macro returned this value, or a list of them."""
    if type(value) is str:  # as most macros return
        _check(value)
        return Result((_from_string(value, raw=bool(_SPECIAL.search(value))),) if value else (), value)
    parts: list[str | Piece] = []
    for each in value if isinstance(value, list) else (value,):
        if each is not None:
            parts += parts_of(each)
    strings = [part for part in parts if type(part) is str]
    raw = any(map(_SPECIAL.search, strings))
    pieces = [_from_string(part, raw=raw) if isinstance(part, str) else part for part in parts]
    joined: list[Piece] = []
    for kind, group in groupby(filter(_holds_something, pieces), _kind):
        if kind is None:
            joined += group
            continue
        text = "".join([each.text for each in group])  # type: ignore[union-attr]
        joined.append(Text(text) if kind == _PLAIN else Raw(kind, text))
    texts = [part if isinstance(part, str) else part.text for part in parts if isinstance(part, (str, Text))]
    return Result(tuple(joined), "".join(texts) if len(texts) == len(parts) else None)


def _from_string(text: str, *, raw: bool) -> Raw | Text:
    return Raw("latex", text) if raw else Text(text)


def _check(text: str) -> None:
    if "\0" in text or (not text.isascii() and _SURROGATE.search(text)):
        raise Fault(
            "PM306", "the result holds a character that no document may contain: NUL, or half of a surrogate pair"
        )


def _kind(piece: Piece) -> str | None:
    """Return the format of what is one with a neighbour of the same, None for what stands alone."""
    if isinstance(piece, Text):
        return _PLAIN
    return piece.format if isinstance(piece, Raw) else None


def _holds_something(piece: Piece) -> bool:
    if not isinstance(piece, (Raw, Text, Markdown)):
        return True
    _check(piece.text)
    return piece.text != "" or (type(piece) is Markdown and piece.holes != ())
