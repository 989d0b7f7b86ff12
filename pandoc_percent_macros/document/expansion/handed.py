"""Content that macros in Python are handed, as pandoc's elements: what is not known yet is a token in them."""

from __future__ import annotations

import json

from ...base import TYPE_CHECKING
from ...language.values import Given, Native, Piece, pieces
from .. import elements
from ..transport import key, salt, token
from .placeholders import PLACEHOLDER, Place
from .results import Elements, as_blocks

if TYPE_CHECKING:
    from ...language.values import Content


class Handed:
    """The content that macros in Python of one document were handed."""

    def __init__(self) -> None:
        self._salt = salt("content for Python")
        self.given: dict[str, Piece] = {}  # that only pandoc or a later call knows, by the keys of its tokens

    def blocks(self, value: Content) -> elements.Blocks:
        """Return content as blocks, in which calls and Markdown are tokens."""
        return as_blocks(pieces.result_of(value).pieces, self._content)

    def _content(self, piece: Piece) -> elements.Blocks:
        if isinstance(piece, Given) and isinstance(piece.handle, Place):
            return _with_tokens(piece.handle.body or [])
        if isinstance(piece, Given):  # a call is tried: its body is text
            return [{"t": "Para", "c": elements.words(str(piece.handle))}]
        if isinstance(piece, Native) and isinstance(piece.handle, Elements) and not piece.handle.holds_places:
            return piece.handle.as_blocks()
        name = key(self._salt, len(self.given))
        self.given[name] = piece
        return [{"t": "Para", "c": [elements.string(token(name))]}]


def _with_tokens(blocks: elements.Blocks) -> elements.Blocks:
    """Return a copy of blocks with tokens for the calls in them."""
    copy: elements.Blocks = json.loads(json.dumps(blocks, default=lambda place: [place.key, place.paragraph]))
    return _in_blocks(copy)


def _in_blocks(blocks: elements.Blocks) -> elements.Blocks:
    found: elements.Blocks = []
    for block in blocks:
        if block["t"] == PLACEHOLDER:
            name, paragraph = block["c"]
            found.append({"t": paragraph, "c": [elements.string(token(name))]})
        else:
            elements.each_list(block, _in_blocks, _in_inlines)
            found.append(block)
    return found


def _in_inlines(inlines: elements.Inlines) -> elements.Inlines:
    found: elements.Inlines = []
    for inline in inlines:
        if inline["t"] == PLACEHOLDER:
            found.append(elements.string(token(inline["c"][0])))
        else:
            elements.each_list(inline, _in_blocks, _in_inlines)
            found.append(inline)
    return elements.joined(found)
