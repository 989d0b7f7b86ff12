"""Content inside Markdown that a macro gives: pandoc reads the text with a token in the place of each piece."""

from __future__ import annotations

import json

from ...base import TYPE_CHECKING, Diagnostics, Record
from ...language.values import Text
from ..source import CALL, Directive
from ..transport import OCCURRENCES, key, salt, token
from .identifiers import renew
from .placeholders import Placer

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from ...language.syntax import Call
    from ...language.values import Markdown, Result
    from .. import elements
    from ..source import Syntax
    from .placeholders import Place


class _Read(Record):
    """What pandoc read of a text with holes."""

    blocks: elements.Blocks
    places: list[Place]
    headings: list[tuple[elements.Attributes, str]]


class Holes:
    """The content that is to go into the Markdown of one document's macros."""

    def __init__(self, taken: Container[str], diagnostics: Diagnostics) -> None:
        """Begin without any.

        Args:
            taken: the keys of the document's own tokens.
            diagnostics: takes PM706 for content that has no place.
        """
        self._taken = taken
        self._diagnostics = diagnostics
        self._salt = salt("content in Markdown")
        self._numbers: dict[object, tuple[int, int]] = {}  # of content, with how often it has been seen
        self._texts: dict[int, str] = {}  # with tokens, by the identity of the Markdown
        self._keys: dict[str, list[str]] = {}  # of the tokens in a text
        self._read: dict[str, _Read] = {}
        self._bare: dict[str, str] = {}  # the blocks of a text without content, as JSON
        self.directives: dict[str, Directive] = {}  # as which they are placed
        self.calls: dict[str, Call] = {}  # of the document, whose macros gave them
        self.given: dict[str, Result | None] = {}

    def add(self, markdown: Markdown, call: Call) -> str:
        """Return the text of some Markdown with tokens in it."""
        if id(markdown) in self._texts:
            return self._texts[id(markdown)]
        pieces: list[str] = []
        keys: list[str] = []
        at = 0
        for hole in markdown.holes:
            keys.append(self._key(hole.result))
            source = call.source.replace(text=hole.written)
            self.directives[keys[-1]] = Directive(CALL, source)
            self.calls[keys[-1]] = call
            self.given[keys[-1]] = hole.result
            pieces += markdown.text[at : hole.at], token(keys[-1])
            at = hole.at
        text = "".join([*pieces, markdown.text[at:]])
        self._texts[id(markdown)] = text
        self._keys[text] = keys
        return text

    def _key(self, result: Result) -> str:
        """Return a new key; those of the same content differ in case alone, for references to headings."""
        same: object = tuple([each.text if isinstance(each, Text) else id(each) for each in result.pieces])
        while True:
            number, seen = self._numbers.get(same, (len(self._numbers), 0))
            if seen == OCCURRENCES:
                same = (same,)
                continue
            self._numbers[same] = (number, seen + 1)
            found = key(self._salt, number, seen)
            if found not in self._taken:
                return found

    def find_places(self, content: dict[str, elements.Blocks]) -> list[Place]:
        """Return the places of the content in the blocks that pandoc made of the texts, by these."""
        places: list[Place] = []
        for text, keys in self._keys.items():
            placer = Placer(self.directives, self._diagnostics)
            blocks = placer.blocks(content[text])
            for each in placer.places:
                each.result = self.given[each.key]
            self._read[text] = _Read(blocks, placer.places, placer.headings)
            places += placer.places
            for lost in {*keys} - {each.key for each in placer.places}:
                call = self.calls[lost]
                message = f"content that `{call.name}` puts into its Markdown has no place there"
                hint = "in code and in comments nothing but text can stand"
                self._diagnostics.error("PM706", message, call.span, hint, mark=call.name_span)
        return places

    def keep_texts(self) -> None:
        """Keep the blocks of the texts as they are before blocks and inlines are put into them."""
        self._bare = {text: json.dumps(read.blocks, default=lambda place: None) for text, read in self._read.items()}

    def text_blocks(self, markdown: Markdown) -> elements.Blocks:
        """Return the blocks of some Markdown without the content in it."""
        found: elements.Blocks = json.loads(self._bare[self._texts[id(markdown)]])
        return found

    def blocks(
        self, markdown: Markdown, place: Callable[[elements.Blocks], elements.Blocks], syntax: Syntax
    ) -> elements.Blocks:
        """Return the blocks of some Markdown with its content in them.

        Args:
            markdown: the text, with its holes.
            place: puts the results of places in blocks there.
            syntax: the dialect that it was read as.
        """
        read = self._read[self._texts[id(markdown)]]
        blocks = place(read.blocks)
        if read.headings:
            renew({"blocks": blocks}, read.headings, syntax)
        return blocks
