"""Reading input files: the one place of the document side that touches the disk."""

from __future__ import annotations

import os

from ..diagnostics.model import Fault
from ..text import Source, Span
from .manuscript import Input

LARGEST = 64 * 1024 * 1024  # bytes of one document
_MARK = "\ufeff"


class FileFault(Fault):
    """An input file that can't be read as a text."""


def read_input(name: str) -> Input:
    """Return a file as an input, or raise ``FileFault`` (PM801, PM802, PM803)."""
    try:
        size = os.stat(name).st_size
        if size > LARGEST:
            raise too_large(name, size)
        with open(name, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as fault:
        raise FileFault("PM801", f"can't read {name}: {fault.strerror}") from None
    return Input(name, text_of(name, data))


def text_of(name: str, data: bytes) -> str:
    """Return the text that the bytes of an input file encode, without a byte order mark.

    Raise ``FileFault`` for bytes that are no UTF-8 (PM802) or too many (PM803).
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
        raise FileFault("PM802", message, place, "save the file as UTF-8") from None
    return text[1:] if text.startswith(_MARK) else text


def too_large(name: str, size: int) -> FileFault:
    return FileFault("PM803", f"{name} has {size} bytes; the most that a document may have is {LARGEST}")
