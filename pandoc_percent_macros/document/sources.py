"""The texts that pandoc was asked to read, where they are files that can be read again.

Only whoever runs pandoc names files to read: a stranger's document could name any that the user may read.
"""

from __future__ import annotations

import os

from ..pandoc.invocation import metadata
from ..records import TYPE_CHECKING, Record
from .elements import plain_text
from .files import read_input
from .manuscript import Input

if TYPE_CHECKING:
    from typing import Any

    from ..pandoc.invocation import Invocation

VARIABLE = "PERCENT_MACROS_SOURCES"
FIELD = "percent-macros-sources"
_OFF = ("", "off", "false", "none")


class Named(Record):
    """What is said of the sources: their names, or none at all when the filter shall not look for any."""

    names: tuple[str, ...]
    heeded: bool = True  # False for names that the document itself gives


def by_environment() -> Named | None:
    """Return what the environment says of the sources; None without a word."""
    said = os.environ.get(VARIABLE)
    if said is None:
        return None
    return Named(() if said.lower() in _OFF else tuple(said.split(os.pathsep)))


def by_metadata(meta: Any, invocation: Invocation | None) -> Named | None:
    """Return what the metadata says of the sources; None without a word.

    Pandoc puts what the command line and its defaults files say into the metadata, in the place of what the document
    says there. Names are heeded if they are on the command line, too.

    Args:
        meta: the metadata of the document.
        invocation: what pandoc was asked to do, None when that can't be seen.
    """
    value = meta.get(FIELD)
    if value is None:
        return None
    names = tuple(map(plain_text, value["c"] if value["t"] == "MetaList" else [value]))
    if len(names) == 1 and names[0].lower() in _OFF:
        return Named(())
    return Named(names, heeded=invocation is not None and set(names) <= set(metadata(invocation, FIELD)))


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
