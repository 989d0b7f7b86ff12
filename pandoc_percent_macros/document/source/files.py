"""Reading input files: the one place of the document side that touches the disk."""

from __future__ import annotations

import os
import sys

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ...base.source import Source, Span
from .manuscript import Input

if TYPE_CHECKING:
    from typing import IO

LARGEST = 64 * 1024 * 1024  # bytes of one document
MARK = "\ufeff"
STDIN = "<stdin>"
_PIECE = 256 * 1024  # bytes that are read at a time


def read_input(name: str, folder: str = "") -> Input:
    """Return a file, whose name counts from a folder, as an input, or raise ``Fault`` (PM801, PM802, PM803)."""
    path = os.path.join(folder, name)
    try:
        size = os.stat(path).st_size
        if size > LARGEST:
            raise too_large(name, size)
        with open(path, "rb") as file:
            data = _read(file)
    except OSError as fault:
        raise Fault("PM801", f"can't read {name}: {fault.strerror}") from None
    return input_of(name, data)


def read_standard_input() -> Input:
    """Return standard input as an input, or raise ``Fault`` (PM801, PM802, PM803)."""
    try:
        data = _read(sys.stdin.buffer)
    except OSError as fault:
        raise Fault("PM801", f"can't read standard input: {fault.strerror}") from None
    return input_of(STDIN, data)


def input_of(name: str, data: bytes) -> Input:
    """Return the bytes of an input file as an input, or raise what ``text_of`` raises."""
    return Input(name, text_of(name, data), MARK if data.startswith(MARK.encode()) else "")


def _read(file: IO[bytes]) -> bytes:
    """Return what a file holds, as far as it may be a document; at once, it would take the room of the limit."""
    pieces = []
    left = LARGEST + 1
    while left and (piece := file.read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def text_of(name: str, data: bytes) -> str:
    """Return the text that the bytes of an input file encode, without a byte order mark.

    Raise ``Fault`` for bytes that are no UTF-8 (PM802) or too many (PM803).
    """
    if len(data) > LARGEST:
        raise too_large(name, len(data))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        good = data[: fault.start].decode("utf-8")
        source = Source(name, good + "\ufffd")
        place = Span(source, len(good), len(good) + 1)
        message = f"byte {fault.start} (0x{data[fault.start]:02x}) is no UTF-8"
        raise Fault("PM802", message, "save the file as UTF-8").at(place) from None
    return text[1:] if text.startswith(MARK) else text


def too_large(name: str, size: int) -> Fault:
    return Fault("PM803", f"{name} has {size} bytes; the most that a document may have is {LARGEST}")
