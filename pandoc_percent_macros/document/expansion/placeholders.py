"""From tokens in pandoc's elements to the places in a document where macros' results go.

In text a placeholder is an element with a tag of our own, among blocks for a directive that stands alone on its line,
else among inlines. Paragraphs are split at the former. The blocks between ``%%begin`` and ``%%end`` move into the
placeholder of the former. Where pandoc keeps a string (mathematics, an address, an attribute's value, raw TeX), the
token stays in it until its result is known. In code, comments and raw markup of other kinds it gets its text back.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Diagnostics, pattern, tex
from .. import elements
from ..source import BEGIN, CALL, END, MISS, Directive
from ..transport import LOWERED, START, TOKEN, touched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ...language.values import Result

PLACEHOLDER = "percent-macro"
# Kinds of places that stay as they are: in raw HTML that begins with a tag, in a comment of raw TeX.
TAG, COMMENT = "tag", "comment"
MISSED = "missed"  # the kind of a place of text that a call may have been meant by
_PARAGRAPHS = ("Para", "Plain")
_COMPACT = ("BulletList", "OrderedList", "DefinitionList", "Table", "Figure")
_LINE_ENDS = ("SoftBreak", "LineBreak")
_TAG = pattern(r"</?[A-Za-z]")
_OPEN_ENVIRONMENT = pattern(rf"{tex.BEGIN}\{{({tex.VERBATIM_NAME})\}}(?!.*{tex.END}\{{\1\}})", re.DOTALL)
_VERBATIM_COMMAND = pattern(tex.VERBATIM_COMMAND)


class Place:
    """A place for a directive's result.

    ``kind`` is what pandoc has there (elements.TEXT and so on). A place in text has its placeholder, whose contents it
    is; a place in a string has the list or dictionary that holds the string, and where.
    """

    __slots__ = (
        "at",
        "body",
        "directive",
        "holder",
        "key",
        "kind",
        "number",
        "paragraph",
        "parent",
        "result",
        "shows_body",
    )

    def __init__(self, kind: str, key: str, directive: Directive, holder: Any = None, at: Any = None) -> None:
        self.kind = kind
        self.key = key
        self.directive = directive
        self.holder = holder
        self.at = at
        self.body: elements.Blocks | None = None
        self.number = 0  # among the places of the document
        self.parent: Place | None = None  # whose body it is in
        self.result: Result | None = None
        self.shows_body = False  # its macro has put the body into the result
        self.paragraph = "Para"  # the kind of paragraph that it stood in


class Placer:
    """Finds the places in a document's elements, and puts placeholders into those that are in text."""

    def __init__(self, directives: dict[str, Directive], diagnostics: Diagnostics) -> None:
        self._directives = directives
        self._diagnostics = diagnostics
        self.places: list[Place] = []  # in the order of the document
        self._compact = 0  # how deep it is in lists and tables
        self.headings: list[tuple[elements.Attributes, str]] = []  # those with tokens, and their texts with these

    def run(self, document: elements.Element) -> list[Place]:
        """Put placeholders where the tokens are, in the document's blocks and metadata; return the places."""
        document["blocks"] = self.blocks(document["blocks"])
        elements.each_in_meta(document["meta"], self.blocks, self._inlines)
        for kind, holder, at in elements.strings(list(_plain_strings(document["meta"]))):
            self._string_place(kind, holder, at)
        return self.places

    def blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        placed: elements.Blocks = []
        for block in blocks:
            self._inside(block)
            if block["t"] in _PARAGRAPHS:
                placed += self._split(block)
            else:
                placed.append(block)
        return self._paired(placed)

    def _inside(self, element: elements.Element) -> None:
        tag: str = element["t"]
        content: Any = element.get("c")
        if tag in elements.VERBATIM:
            self._verbatim(tag, content)
            return
        if tag == "Header":
            self._heading(content)
        is_compact = tag in _COMPACT
        self._compact += is_compact
        elements.each_list(element, self.blocks, self._inlines)
        self._compact -= is_compact
        if not isinstance(content, list):
            return
        if tag in ("Link", "Image"):
            for at in (0, 1):
                self._string_place(elements.ADDRESS, content[2], at)
        elif tag == "Cite":
            for citation in content[0]:
                self._string_place(elements.CITATION, citation, "citationId")
        attributes: Any = content[1] if tag == "Header" else content[0] if content else None
        if _is_attributes(attributes):
            self._attributes(attributes)

    def _heading(self, content: Any) -> None:
        """Take note of a heading whose identifier pandoc may have made of a token."""
        _, attributes, inlines = content
        text = elements.plain_text(inlines)
        if START in text:
            self.headings.append((attributes, text))
        shown = {key.lower() for key in TOKEN.findall(text)}
        if not shown.issuperset(LOWERED.findall(attributes[0])):  # it is written out (mmd_header_identifiers)
            known = {key.lower(): key for key in self._directives}
            attributes[0] = LOWERED.sub(lambda found: START + known.get(found[1], found[1]), attributes[0])
            self.headings.append((attributes, ""))

    def _attributes(self, attributes: elements.Attributes) -> None:
        _, classes, pairs = attributes
        self._string_place(elements.ATTRIBUTE, attributes, 0)
        for at in range(len(classes)):
            self._string_place(elements.ATTRIBUTE, classes, at)
        for pair in pairs:
            self._string_place(elements.ATTRIBUTE, pair, 1)

    def _verbatim(self, tag: str, content: list[Any]) -> None:
        if isinstance(content[0], list):
            self._attributes(content[0])
        if START not in content[1]:
            return
        if tag == "Math":
            self._string_place(elements.MATH, content, 1)
        elif tag.startswith("Raw") and content[0] == "tex":
            content[1] = TOKEN.sub(self._in_raw_tex, content[1])
            self._string_place(elements.RAW, content, 1)
        else:
            if content[0] == "html" and _TAG.match(content[1]):
                self._string_place(TAG, content, 1)
            content[1] = self._restored(content[1], in_line=tag in ("Code", "RawInline"))

    def _in_raw_tex(self, found: re.Match[str]) -> str:
        """Return the token of a call that counts in raw TeX; for all else its text, mostly a comment of TeX's."""
        directive = self._directives.get(found[1])
        if directive is None:
            return found[0]
        before = found.string[: found.start()]
        counts = (
            directive.kind == CALL
            and not tex.COMMENTED.search(before, before.rfind("\n") + 1)
            and not _OPEN_ENVIRONMENT.search(before)
            and not any(each.end() > found.start() for each in _VERBATIM_COMMAND.finditer(found.string, 0))
        )
        if directive.kind == BEGIN:
            self._add(Place(COMMENT, found[1], directive))
        return found[0] if counts else directive.original

    def _string_place(self, kind: str, holder: Any, at: Any) -> None:
        text = holder[at]
        if START not in text:
            return
        for found in TOKEN.finditer(text):
            directive = self._directives.get(found[1])
            if directive is not None:
                self._add(Place(kind, found[1], directive, holder, at))

    def _add(self, place: Place) -> None:
        place.number = len(self.places)
        self.places.append(place)

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        placed: elements.Inlines = []
        for inline in inlines:
            if inline["t"] == "Str":
                if START in inline["c"]:
                    placed += self._string(inline["c"])
                    continue
            elif inline["t"] not in elements.SPACES:
                self._inside(inline)
            placed.append(inline)
        return placed

    def _string(self, text: str) -> elements.Inlines:
        pieces: elements.Inlines = []
        at = 0
        for found in TOKEN.finditer(text):
            directive = self._directives.get(found[1])
            if not directive:
                continue
            if directive.kind == MISS:
                text_before = text[at : found.start()] + directive.original
                pieces.append(elements.string(text_before))
                self._add(Place(MISSED, found[1], directive))
                at = found.end()
                continue
            if found.start() > at:
                pieces.append(elements.string(text[at : found.start()]))
            at = found.end()
            place = Place(elements.TEXT, found[1], directive)
            self._add(place)
            pieces.append({"t": PLACEHOLDER, "c": place})
        if at < len(text):
            pieces.append(elements.string(text[at:]))
        return elements.joined(pieces)

    def _restored(self, text: str, *, in_line: bool) -> str:
        """Return a text that pandoc takes as it stands with the directives' own text for their tokens."""

        def original(found: re.Match[str]) -> str:
            directive = self._directives.get(found[1])
            if directive is None:
                return found[0]
            return directive.original.replace("\n", " ") if in_line else directive.original

        return TOKEN.sub(original, text)

    def _split(self, paragraph: elements.Element) -> elements.Blocks:
        """Return a paragraph as the blocks that the placeholders in it make of it that are alone on their lines."""
        inlines = paragraph["c"]
        alone = [at for at, each in enumerate(inlines) if each["t"] == PLACEHOLDER and _is_alone(inlines, at)]
        blocks: elements.Blocks = []
        start = 0
        for at in alone:
            tag = paragraph["t"] if self._compact else "Para"  # elsewhere it is plain for HTML that follows
            inlines[at]["c"].paragraph = tag
            blocks += [*_paragraph(tag, inlines, start, at), inlines[at]]
            start = at + 1
        return blocks + _paragraph(paragraph["t"], inlines, start, len(inlines)) if alone else [paragraph]

    def _paired(self, blocks: elements.Blocks) -> elements.Blocks:
        """Move what stands between ``%%begin`` and its ``%%end`` into the former's placeholder."""
        open_places: list[tuple[Place, elements.Blocks]] = []
        current: elements.Blocks = []
        for block in blocks:
            kind = block["c"].directive.kind if block["t"] == PLACEHOLDER else None
            if kind == BEGIN and block["c"].body is None:
                current.append(block)
                open_places.append((block["c"], current))
                current = []
            elif kind == END:
                if open_places:
                    place, outside = open_places.pop()
                    self._give(place, block["c"], current)
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

    def _give(self, place: Place, end: Place, body: elements.Blocks) -> None:
        """Make blocks the body of a place; all places between its beginning and its end are in it."""
        place.body = touched(body)  # it may go into anything
        for each in self.places[place.number + 1 : end.number]:
            each.parent = each.parent or place

    def _split_body(self, directive: Directive) -> None:
        self._diagnostics.error(
            "PM107",
            "`%%begin` and its `%%end` stand in different parts of the document",
            directive.span,
            "put both in the same list item, block quote or div, each on a line of its own",
        )


def _is_alone(inlines: elements.Inlines, at: int) -> bool:
    """True for a placeholder that is alone on its line to pandoc as well: list marks and quotes may be text to it."""
    beside = (inlines[at - 1 : at] if at else []) + inlines[at + 1 : at + 2]
    return inlines[at]["c"].directive.standalone and all(each["t"] in _LINE_ENDS for each in beside)


def _plain_strings(value: elements.Element) -> Iterator[elements.Element]:
    """Yield the strings in metadata that are not read as text."""
    tag: object = value.get("t")
    content: Any = value.get("c")
    if tag == "MetaString":
        yield value
    elif not isinstance(tag, str) or tag == "MetaMap":
        for each in (content if tag == "MetaMap" else value).values():
            yield from _plain_strings(each)
    elif tag == "MetaList":
        for each in content:
            yield from _plain_strings(each)


def _is_attributes(value: object) -> bool:
    return isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list)


def _paragraph(tag: str, inlines: elements.Inlines, start: int, end: int) -> elements.Blocks:
    """Return a part of a paragraph, without the spaces where it was parted."""
    if start:
        while start < end and inlines[start]["t"] in elements.SPACES:
            start += 1
    if end < len(inlines):
        while end > start and inlines[end - 1]["t"] in elements.SPACES:
            end -= 1
    return [{"t": tag, "c": inlines[start:end]}] if start < end else []
