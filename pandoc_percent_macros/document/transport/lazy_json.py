"""A document as pandoc's JSON, of which only those blocks are taken apart that may hold a directive.

Most blocks hold none. A run of them is one element with a tag of our own, whose contents are the text as it came:
nothing walks over it, and it is written as it is.
"""

from __future__ import annotations

import json
from itertools import groupby

from ...base import TYPE_CHECKING, pattern
from .tokens import START

if TYPE_CHECKING:
    from typing import Any

    from .. import elements

_TAG = "percent-macro-untouched"
# One of these is in the text of every block that holds a directive, a marker or a token, or a title that pandoc took
# for a paragraph; or an escape is, which may stand for anything.
_SIGNS = ("%", "percent-macro", START, "\\u")
_SPACES = pattern(r"[ \t\r\n]*")
_COMMA = pattern(r"[ \t\r\n]*,[ \t\r\n]*")
_decode = json.JSONDecoder().raw_decode
_encode = json.JSONEncoder(ensure_ascii=False).encode


def read(text: str) -> elements.Document:
    """Return the document that pandoc's JSON encodes, or raise ``ValueError``."""
    document: elements.Document = {}
    at = _after("{", text, _after_spaces(text, 0))
    while True:
        name, at = _decode(text, at)
        if not isinstance(name, str):
            raise ValueError("a name that is no string")
        at = _after(":", text, at)
        document[name], at = (_blocks if name == "blocks" else _decode)(text, at)
        comma = _COMMA.match(text, at)
        if not comma:
            break
        at = comma.end()
    if _after("}", text, at) < len(text):
        raise ValueError("something follows the document")
    return document


def write(document: elements.Document) -> str:
    """Return a document as JSON."""
    head = _encode({name: value for name, value in document.items() if name != "blocks"})
    blocks: list[str] = []
    for untouched, group in groupby(document["blocks"], _is_untouched):
        run = list(group)
        blocks += [each["c"] for each in run] if untouched else [_encode(run)[1:-1]]
    return f'{head[:-1]}, "blocks": [{", ".join(blocks)}]}}'


def touched(blocks: elements.Blocks) -> elements.Blocks:
    """Return blocks with those taken apart that were not."""
    return [each for block in blocks for each in (json.loads(f"[{block['c']}]") if _is_untouched(block) else [block])]


def _blocks(text: str, start: int) -> tuple[Any, int]:
    """Return the list of blocks that begins at an offset, and the offset after it."""
    at = _after_spaces(text, start + 1)
    if not text.startswith("[", start) or text.startswith("]", at):
        return _decode(text, start)
    signs = [sign for sign in _SIGNS if sign in text]
    block, end = _decode(text, at)
    blocks = [block]  # always taken apart: the text of a title block may go on in it
    run: tuple[int, int] | None = None
    while comma := _COMMA.match(text, end):
        at = comma.end()
        block, end = _decode(text, at)
        if not any(text.find(sign, at, end) >= 0 for sign in signs):
            run = (run[0] if run else at, end)
            continue
        if run:
            blocks.append(_untouched(text, *run))
            run = None
        blocks.append(block)
    if run:
        blocks.append(_untouched(text, *run))
    return blocks, _after("]", text, end)


def _after(sign: str, text: str, at: int) -> int:
    """Return where to go on after a sign, with the spaces on either side of it, or raise ``ValueError``."""
    at = _after_spaces(text, at)
    if not text.startswith(sign, at):
        raise ValueError(f"no `{sign}` at offset {at}")
    return _after_spaces(text, at + 1)


def _after_spaces(text: str, at: int) -> int:
    return _SPACES.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere


def _untouched(text: str, start: int, end: int) -> elements.Element:
    return {"t": _TAG, "c": text[start:end]}


def _is_untouched(block: elements.Element) -> bool:
    return block["t"] is _TAG  # the very one: a document may hold what looks like it
