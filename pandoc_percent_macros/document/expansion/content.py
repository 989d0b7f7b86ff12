"""What pandoc makes of the texts that macros hand to ``markdown()``: all of a document's in one go."""

from __future__ import annotations

import os

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ...pandoc.executable import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...language.values.values import Markdown
    from ..elements import Blocks

_READER = "markdown.lua"  # beside this file; by its name alone, because pandoc 2 takes all of a path in lower case
_SEPARATOR = "\x1e"


def read_markdown(pieces: Sequence[Markdown], program: str, reader: str) -> list[Blocks]:
    """Return the blocks of each text.

    Args:
        pieces: the texts.
        program: pandoc's executable.
        reader: the Markdown dialect of the document, as for ``--from``.

    Raises:
        Fault: PM601 when pandoc fails.
    """
    text = _SEPARATOR.join(piece.text.replace(_SEPARATOR, " ") for piece in pieces)
    if os.path.dirname(program):
        program = os.path.abspath(program)
    folder = os.path.dirname(os.path.abspath(__file__))
    document = read(program, text, _READER, folder=folder, variables={"PERCENT_MACROS_DIALECT": reader})
    contents = [block["c"][1] for block in document["blocks"] if block["t"] == "Div"]
    if len(contents) != len(pieces):
        raise Fault("PM601", "pandoc gave something else than it was asked for", f"it is {program}")
    return contents
