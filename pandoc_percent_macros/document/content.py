"""What pandoc makes of the texts that macros hand to ``markdown()``: all of a document's in one go."""

from __future__ import annotations

import os
import tempfile

from ..diagnostics.model import Fault
from ..pandoc.reading import read
from ..records import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..language.values import Markdown
    from .elements import Blocks

# A reader of pandoc's own kind, in Lua: each text is parsed apart from the others, by one process.
_READER = """\
function Reader(input, options)
  local blocks = {}
  for text in (tostring(input) .. '\\u{1e}'):gmatch('(.-)\\u{1e}') do
    blocks[#blocks + 1] = pandoc.Div(pandoc.read(text, '%s').blocks)
  end
  return pandoc.Pandoc(blocks)
end
"""
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
    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        script = os.path.join(folder, "reader.lua")
        with open(script, "w", encoding="utf-8") as file:
            file.write(_READER % reader)
        document = read(program, text, script)
    contents = [block["c"][1] for block in document["blocks"] if block["t"] == "Div"]
    if len(contents) != len(pieces):
        raise Fault("PM601", "pandoc gave something else than it was asked for", None, f"it is {program}")
    return contents
