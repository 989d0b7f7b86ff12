"""The texts that pandoc was asked to read, where they are files that can be read again."""

from __future__ import annotations

import os

from ...base.record import TYPE_CHECKING, Record
from ..elements import plain_text
from ..source.files import read_input
from ..source.manuscript import Input

if TYPE_CHECKING:
    from typing import Any

    from ...pandoc.invocation import Invocation

VARIABLE = "PERCENT_MACROS_SOURCES"
FIELD = "percent-macros-sources"
_OFF = ("", "off", "false", "none")


class Named(Record):
    """What the user says of the sources: their names, or none at all when the filter shall not look for any."""

    names: tuple[str, ...]


def named(meta: Any) -> Named | None:
    """Return what the environment or, next, the document's metadata says of its sources; None without a word."""
    said = os.environ.get(VARIABLE)
    if said is not None:
        return Named(() if said.lower() in _OFF else tuple(said.split(os.pathsep)))
    value = meta.get(FIELD)
    if value is None:
        return None
    if value["t"] == "MetaList":
        return Named(tuple(plain_text(each) for each in value["c"]))
    text = plain_text(value)
    return Named(() if text.lower() in _OFF else (text,))


def read_inputs(invocation: Invocation) -> list[Input] | None:
    """Return pandoc's inputs, or None if one of them is no file that can be read a second time.

    Standard input can't, even if it is a file: pandoc has closed it by the time that filters run.

    Raise ``Fault`` for a file that is no text (PM802) or too large (PM803).
    """
    inputs: list[Input] = []
    for name in invocation.inputs:
        folder = invocation.process.folder
        if name == "-" or not os.path.isfile(os.path.join(folder, name)):
            return None
        inputs.append(read_input(name, folder))
    return inputs
