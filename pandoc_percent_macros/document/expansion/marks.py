"""Marks: comments in the LaTeX that tell which of its stretches came from what in the author's text.

``percent-macros build`` asks for them, by an environment variable, after LaTeX has failed: around the result of each
call, and around the document's own raw TeX and mathematics. Comments change nothing that TeX does, in headings,
captions and tables too. What each number means is written to the file that the variable names.
"""

from __future__ import annotations

import json

from ...base import TYPE_CHECKING, tex
from .. import elements
from ..transport import TOKEN
from .placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from typing import Any

    from ..source import Directive

CALL = "call"
RAW = "raw"  # the document's own TeX
MATH = "math"
CODE = "code"  # not marked: it tells how far the search for the others has come
_KINDS = {"Math": MATH, "Code": CODE, "CodeBlock": CODE}


class Marks:
    """The marks of one document."""

    def __init__(self, path: str, directives: dict[str, Directive]) -> None:
        self._path = path
        self._directives = directives
        self._known: list[dict[str, Any]] = []  # by number: what each stretch is, in the order of the document
        self._calls: dict[str, int] = {}

    def own(self, document: elements.Document) -> None:
        """Mark the raw TeX and the mathematics of a document whose directives are placeholders."""
        elements.each_in_meta(document["meta"], self._own, self._own)
        document["blocks"] = self._own(document["blocks"])

    def _own(self, members: list[elements.Element]) -> list[elements.Element]:
        marked: list[elements.Element] = []
        for element in members:
            tag: str = element["t"]
            content: Any = element.get("c")
            if tag == PLACEHOLDER:
                self._number(content.key)
                content.body = self._own(content.body) if content.body else content.body
            elif tag in ("RawBlock", "RawInline") and content[0] in tex.RAW_FORMATS:
                number = self._add_own(RAW, content[1])
                content[1] = _wrapped(content[1], number, inline=tag == "RawInline")
            elif tag == "Math":
                number = self._add_own(MATH, content[1])
                marked += [_mark(tex.opening_mark(number)), element, _mark(tex.closing_mark(number) + "\n")]
                continue
            elif tag in _KINDS:
                self._add(CODE, content[1])
            else:
                elements.each_list(element, self._own, self._own)
            marked.append(element)
        return marked

    def _add_own(self, kind: str, text: str) -> int:
        """Return the number of a text of the author's, and number the calls in it."""
        number = self._add(kind, TOKEN.sub(lambda found: self._directives[found[1]].source.text, text))
        for found in TOKEN.finditer(text):
            self._number(found[1])
        return number

    def _add(self, kind: str, text: str, **place: Any) -> int:
        self._known.append({"kind": kind, "text": text, **place})
        return len(self._known) - 1

    def _number(self, key: str) -> int:
        """Return the number of a call, by the key of its token."""
        if key not in self._calls:
            source = self._directives[key].source
            line, column = source.position(0)
            self._calls[key] = self._add(CALL, source.text, file=source.name, line=line, column=column)
        return self._calls[key]

    def blocks(self, key: str, blocks: elements.Blocks) -> elements.Blocks:
        """Return the blocks that a call gave, marked."""
        if not blocks:
            return blocks
        number = self._number(key)
        first, last = tex.opening_mark(number), tex.closing_mark(number)
        return _followed_by(last, _before(first, blocks))

    def inlines(self, key: str, inlines: elements.Inlines) -> elements.Inlines:
        """Return the inlines that a call gave, marked."""
        number = self._number(key)
        return (
            [_mark(tex.opening_mark(number)), *inlines, _mark(tex.closing_mark(number) + "\n")] if inlines else inlines
        )

    def latex(self, key: str, latex: str) -> str:
        """Return what a call gave that has a line of raw TeX to itself, marked."""
        number = self._number(key)
        return tex.opening_mark(number) + latex + tex.closing_mark(number)

    def finish(self, document: elements.Document) -> None:
        """Mend the document around the marks, and write down what each of them means."""
        elements.each_in_meta(document["meta"], _mended, _mended)
        document["blocks"] = _mended(document["blocks"])
        self._write()

    def _write(self) -> None:
        with open(self._path, "w", encoding="utf-8") as file:
            json.dump(self._known, file, ensure_ascii=False)


def _mark(text: str) -> elements.Element:
    return elements.raw_inline("latex", text)


def _wrapped(text: str, number: int, *, inline: bool) -> str:
    return tex.opening_mark(number) + text + tex.closing_mark(number) + "\n" * inline


def _before(mark: str, blocks: elements.Blocks) -> elements.Blocks:
    first = blocks[0]
    if first["t"] == "RawBlock" and first["c"][0] in tex.RAW_FORMATS:
        return [elements.raw_block(first["c"][0], mark + first["c"][1]), *blocks[1:]]
    if first["t"] in ("Para", "Plain"):
        return [{"t": first["t"], "c": [_mark(mark), *first["c"]]}, *blocks[1:]]
    return [elements.raw_block("latex", mark.rstrip("\n")), *blocks]


def _followed_by(mark: str, blocks: elements.Blocks) -> elements.Blocks:
    last = blocks[-1]
    if last["t"] == "RawBlock" and last["c"][0] in tex.RAW_FORMATS:
        return [*blocks[:-1], elements.raw_block(last["c"][0], last["c"][1] + mark)]
    if last["t"] in ("Para", "Plain"):
        return [*blocks[:-1], {"t": last["t"], "c": [*last["c"], _mark(mark + "\n")]}]
    return [*blocks, elements.raw_block("latex", mark)]


def _mended(members: list[elements.Element]) -> list[elements.Element]:
    """Leave out the spaces after marks: a line break there, after that of the mark, would end the paragraph."""
    mended: list[elements.Element] = []
    for element in members:
        elements.each_list(element, _mended, _mended)
        follows_mark = bool(mended) and mended[-1]["t"] == "RawInline" and mended[-1]["c"][1].endswith(">\n")
        if not (follows_mark and element["t"] in elements.SPACES[:2]):
            mended.append(element)
    return mended
