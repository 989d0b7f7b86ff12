"""From tokens in pandoc's elements to placeholders: the places in a document where macros' results go.

A placeholder is an element with a tag of our own, among blocks for a directive that stands alone on its line,
else among inlines. Paragraphs are split at the former. The blocks between ``%%begin`` and
``%%end`` move into the placeholder of the former.
"""

from __future__ import annotations

import re

from ...base import tex
from ...base.fault import Diagnostics
from ...base.record import TYPE_CHECKING
from .. import elements
from ..source.directives import BEGIN, END, Directive
from ..transport.lazy_json import touched
from ..transport.tokens import START, TOKEN

if TYPE_CHECKING:
    from typing import Any

    from ...language.values.values import Result
    from ..elements import Blocks, Element, Inlines

PLACEHOLDER = "percent-macro"
_PARAGRAPHS = ("Para", "Plain")


class Place:
    """What a placeholder holds: its directive's key, the blocks of its body, and, when evaluated, its result."""

    __slots__ = ("body", "directive", "key", "paragraph", "result")

    def __init__(self, key: str, directive: Directive) -> None:
        self.key = key
        self.directive = directive
        self.body: Blocks | None = None
        self.result: Result | None = None
        self.paragraph = "Para"  # the kind of paragraph that it stood in


class Placer:
    """Puts placeholders into a document's elements.

    ``literal`` are the keys of those that pandoc took for code or other verbatim text, where their own text is
    put back; ``raw_tex`` those that have a line of raw TeX to themselves, so that they may be comments.
    """

    def __init__(self, directives: dict[str, Directive], diagnostics: Diagnostics) -> None:
        self._directives = directives
        self._diagnostics = diagnostics
        self.literal: set[str] = set()
        self.raw_tex: set[str] = set()

    def document(self, document: Element) -> None:
        """Put placeholders where the tokens are, in the document's blocks and metadata."""
        document["blocks"] = self.blocks(document["blocks"])
        elements.each_in_meta(document["meta"], self.blocks, self._inlines)

    def blocks(self, blocks: Blocks) -> Blocks:
        placed: Blocks = []
        for block in blocks:
            self._inside(block)
            if block["t"] in _PARAGRAPHS:
                placed += self._split(block)
            else:
                placed.append(block)
        return self._paired(placed)

    def _inside(self, element: Element) -> None:
        content: Any = element.get("c")
        if element["t"] in ("Link", "Image"):  # a bare address is its own text
            content[2] = [self._restored(each) for each in content[2]]
        elements.each_list(element, self.blocks, self._inlines)
        if element["t"] in elements.VERBATIM and START in content[1]:
            raw_tex = element["t"].startswith("Raw") and content[0] in tex.RAW_FORMATS
            content[1] = self._restored(content[1], raw_tex=raw_tex)
        if isinstance(content, list) and content and _is_attributes(content[0]):
            identifier, classes, pairs = content[0]
            content[0] = [
                self._restored(identifier),
                [self._restored(each) for each in classes],
                [[name, self._restored(value)] for name, value in pairs],
            ]

    def _inlines(self, inlines: Inlines) -> Inlines:
        placed: Inlines = []
        for inline in inlines:
            if inline["t"] == "Str":
                if START in inline["c"]:
                    placed += self._string(inline["c"])
                    continue
            elif inline["t"] not in elements.SPACES:
                self._inside(inline)
            placed.append(inline)
        return placed

    def _string(self, text: str) -> Inlines:
        pieces: Inlines = []
        at = 0
        for found in TOKEN.finditer(text):
            directive = self._directives.get(found[1])
            if not directive:
                continue
            if found[1] in self.literal:
                pieces.append(elements.string(text[at : found.start()] + directive.source.text))
                at = found.end()
                continue
            if found.start() > at:
                pieces.append(elements.string(text[at : found.start()]))
            pieces.append({"t": PLACEHOLDER, "c": Place(found[1], directive)})
            at = found.end()
        if at < len(text):
            pieces.append(elements.string(text[at:]))
        return pieces

    def _restored(self, text: str, *, raw_tex: bool = False) -> str:
        """Return a text that pandoc takes as it stands with the directives' own text for their tokens.

        In raw TeX tokens stay.
        """
        if START not in text:
            return text

        def original(found: re.Match[str]) -> str:
            directive = self._directives.get(found[1])
            if directive is None:
                return found[0]
            if raw_tex:
                if directive.standalone:
                    self.raw_tex.add(found[1])
                return found[0]
            self.literal.add(found[1])
            return directive.source.text

        return TOKEN.sub(original, text)

    def _split(self, paragraph: Element) -> Blocks:
        """Return a paragraph as the blocks that the standalone placeholders in it make of it."""
        inlines = paragraph["c"]
        if not any(each["t"] == PLACEHOLDER and each["c"].directive.standalone for each in inlines):
            return [paragraph]
        blocks: Blocks = []
        rest: Inlines = []
        for inline in inlines:
            if inline["t"] == PLACEHOLDER and inline["c"].directive.standalone:
                blocks += _paragraph(paragraph["t"], rest)
                inline["c"].paragraph = paragraph["t"]
                blocks.append(inline)
                rest = []
            else:
                rest.append(inline)
        return blocks + _paragraph(paragraph["t"], rest)

    def _paired(self, blocks: Blocks) -> Blocks:
        """Move what stands between ``%%begin`` and its ``%%end`` into the former's placeholder."""
        open_places: list[tuple[Place, Blocks]] = []
        current: Blocks = []
        for block in blocks:
            kind = block["c"].directive.kind if block["t"] == PLACEHOLDER else None
            if kind == BEGIN and block["c"].body is None:
                current.append(block)
                open_places.append((block["c"], current))
                current = []
            elif kind == END:
                if open_places:
                    place, outside = open_places.pop()
                    place.body = touched(current)  # it may go into anything
                    current = outside
                else:
                    self._split_body(block["c"].directive)
            else:
                current.append(block)
        while open_places:
            place, outside = open_places.pop()
            self._split_body(place.directive)
            current = outside + current
        return current

    def _split_body(self, directive: Directive) -> None:
        self._diagnostics.error(
            "PM107",
            "`%%begin` and its `%%end` stand in different parts of the document",
            directive.span,
            "put both in the same list item, block quote or div, each on a line of its own",
        )


def _is_attributes(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list)


def _paragraph(tag: str, inlines: Inlines) -> Blocks:
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in elements.SPACES:
        start += 1
    while end > start and inlines[end - 1]["t"] in elements.SPACES:
        end -= 1
    return [{"t": tag, "c": inlines[start:end]}] if start < end else []
