"""From what macros give to pandoc's elements.

Pieces that stand together on a line stay together: raw markup and text become inlines of one paragraph. Raw
markup alone becomes a raw block, and content that is more than one paragraph stands between such blocks.
"""

from __future__ import annotations

import json

from ...base import TYPE_CHECKING, Fault, Record, pattern, tex
from ...language.values import DIV, SPAN, Given, Markdown, Native, Piece, Raw, Text, Wrapped
from .. import elements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...language.values import Attributes

_PARAGRAPHS = ("Para", "Plain")
HTML_BLOCK = pattern(
    r"</?(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|figcaption|footer|form|h[1-6]|header"
    r"|hr|main|nav|ol|p|pre|section|summary|table|tbody|td|th|thead|tr|ul)\b"
)


class Elements(Record):
    """Blocks, or inlines, of a macro in Python or of the metadata. A result holds it as ``Native``."""

    members: list[elements.Element]
    inline: bool
    holds_places: bool = False  # of the document, which is not known yet what will stand in

    def as_blocks(self) -> elements.Blocks:
        return [{"t": "Plain", "c": self.members}] if self.inline and self.members else self.members


def as_blocks(
    pieces: Sequence[Piece], content: Callable[[Piece], elements.Blocks], paragraph: str = "Para"
) -> elements.Blocks:
    """Return pieces as blocks.

    Args:
        pieces: what a call gave.
        content: returns the blocks of a piece that is neither raw nor text, nor an element with attributes.
        paragraph: what a paragraph of text is to be: ``Para``, or ``Plain`` in a tight list.

    Raises:
        Fault: PM704 for blocks in a span.
    """
    blocks: elements.Blocks = []
    run: list[elements.Inlines] = []

    def close() -> None:
        inlines = [inline for each in run for inline in each]
        run.clear()
        if inlines and all(_stands_alone(each, paragraph) for each in inlines):
            blocks.extend(elements.raw_block(*each["c"]) for each in inlines)
        elif inlines:
            blocks.append({"t": "Plain" if html else paragraph, "c": elements.joined(inlines)})

    html = any(isinstance(each, Raw) and _opens_block(each) for each in pieces)  # which may not stand in a paragraph
    for at, piece in enumerate(pieces):
        inlines, inside = _inlines(piece, content)
        if inlines is not None and _joins(piece, pieces[max(0, at - 1) : at + 2], html):
            run.append(inlines)
        else:
            close()
            blocks += inside
    close()
    return blocks


def _stands_alone(inline: elements.Element, paragraph: str) -> bool:
    """True for raw markup that becomes a block; in a tight list the item's text, so that the list stays tight."""
    return inline["t"] == "RawInline" and not (paragraph == "Plain" and inline["c"][0] in tex.RAW_FORMATS)


def _opens_block(piece: Raw) -> bool:
    return piece.format.startswith("html") and bool(HTML_BLOCK.search(piece.text))


def _joins(piece: Piece, neighbours: Sequence[Piece], html: bool) -> bool:
    """True when a single paragraph continues the line that the raw markup beside it stands on."""
    if isinstance(piece, (Raw, Text)) or (isinstance(piece, Wrapped) and piece.element == SPAN):
        return True
    if isinstance(piece, Native) and isinstance(piece.handle, Elements) and piece.handle.inline:
        return True
    if html:
        return False
    raw = [each for each in neighbours if isinstance(each, Raw)]
    beside_text = any(isinstance(each, Text) for each in neighbours)
    return isinstance(piece, Markdown) or beside_text or any(each.format in tex.RAW_FORMATS for each in raw)


def as_inlines(pieces: Sequence[Piece], content: Callable[[Piece], elements.Blocks]) -> elements.Inlines | None:
    """Return pieces as inlines, or None if one of them is blocks that can't stand in a line.

    Raises:
        Fault: PM704 for blocks in a span.
    """
    inlines: elements.Inlines = []
    for piece in pieces:
        some, inside = _inlines(piece, content)
        if some is None:
            if inside:
                return None
            continue
        inlines += some
    return inlines


def as_latex(pieces: Sequence[Piece]) -> str | None:
    """Return pieces as LaTeX, for a call inside raw LaTeX; None if one of them is content that pandoc must write."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, Text):
            texts.append(tex.escaped(piece.text))
        elif isinstance(piece, Raw):
            if piece.format in tex.RAW_FORMATS:
                texts.append(piece.text)
        else:
            return None
    return "".join(texts)


def _inlines(
    piece: Piece, content: Callable[[Piece], elements.Blocks]
) -> tuple[elements.Inlines | None, elements.Blocks]:
    """Return a piece as inlines, None if it can't be, and as blocks if it is content."""
    match piece:
        case Raw(format, text):
            return [elements.raw_inline(format, text)], []
        case Text(text):
            return elements.words(text), []
        case Wrapped(element, attributes, inside) if element == SPAN:
            inlines = as_inlines(inside, content)
            if inlines is None:
                raise Fault("PM704", "blocks can't stand in a span", 'blocks stand in a `div("…", …)`')
            return [{"t": SPAN, "c": [_attributes(attributes), elements.joined(inlines)]}], []
        case Wrapped(element, attributes, inside):
            return None, [{"t": DIV, "c": [_attributes(attributes), as_blocks(inside, content)]}]
        case Markdown() | Given() | Native():
            # Content may stand in several places. It is JSON, and a copy by way of its text is ten times as fast as
            # one by `copy.deepcopy`.
            blocks = json.loads(json.dumps(content(piece)))
            if len(blocks) == 1 and blocks[0]["t"] in _PARAGRAPHS:
                return blocks[0]["c"], blocks
            return None, blocks
    raise AssertionError(piece)


def _attributes(attributes: Attributes) -> elements.Attributes:
    identifier, classes, pairs = attributes
    return [identifier, [*classes], [[*pair] for pair in pairs]]
