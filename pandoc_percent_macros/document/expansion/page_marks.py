"""Marks on pages: commands in the LaTeX that have the finished PDF tell which call painted what.

``percent-macros build --marks``, ``boxes`` and their like ask for them, by an environment variable, and define the
commands (pages/marks.tex). They stand around what each call gives that LaTeX paints. What each number means is written
to the file that the variable names.

They change as little as can be of what TeX does; what they change all the same, such as a kern inside of a word, is
put right afterwards (pages/carrying.py). Where they can't stand, there are none: in metadata, in mathematics and other
strings, between cells, around LaTeX that is not whole.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, pattern, tex
from .. import elements
from .marks import Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGIN, _END = r"\PercentMacrosBegin{%d}", r"\PercentMacrosEnd{%d}"
_MARK = pattern(r"\\PercentMacros(?:Begin|End)\{\d+\}\n?")
# Commands that typeset what they are given in pieces of their own.
_TAKING_APART = ("Strikeout", "Underline")
_TAKING_APART_CLASSES = {"mark", "ul", "underline"}
# What ends pages, and what reads on behind its end.
_RESTLESS = pattern(r"\\(?:(?:new|clear|cleardouble)page|pagebreak|endinput|verb)(?![A-Za-z@])|\\end\s*\{document\}")
_IN_CELLS = pattern(r"\\(?:hline|cline|multicolumn|noalign|omit|toprule|midrule|bottomrule|cmidrule)(?![A-Za-z@])")
# Environments inside of which the marks go: what these do around their contents is not what the call paints.
_INTO = pattern(
    r"\s*\\begin\s*\{(center|flushleft|flushright|figure|table)\*?\}(?:\[[^\]\n]*\])?\s*(?:\\centering(?![A-Za-z@])\s*)?"
)
_PICTURE = pattern(r"\\(?:node|draw|fill|filldraw|path|shade|shadedraw|coordinate)(?![A-Za-z@]).*;", re.DOTALL)
_ENVIRONMENT = pattern(r"\\begin\s*\{([^{}]*)\}.*\\end\s*\{\1\}", re.DOTALL)
_GRAPHICS = pattern(r"\\includegraphics\s*\*?\s*(?:\[[^\[\]{}]*\]\s*)?\{[^{}]*\}")
_SIGN = pattern(
    r"\\(?P<edge>begin|end)\s*\{(?P<name>[^{}]*)\}|\\(?P<condition>if[A-Za-z@]*|fi)(?![A-Za-z@])"
    rf"|(?P<sign>[{{}}$&])|\\.|{tex.COMMENT}",
    re.DOTALL,
)
_NO_CONDITION = ("iff", "ifthenelse")
_PARAGRAPHS = ("Para", "Plain")


class PageMarks(Marks):
    """The marks of one document."""

    def own(self, document: elements.Document) -> None:
        """The document's own LaTeX is not marked."""

    def blocks(self, key: str, blocks: elements.Blocks) -> elements.Blocks:
        """Return the blocks that a call gave, each of them marked, or several together."""
        groups = [*_groups(blocks)]
        if not all(whole for whole, _ in groups):
            return blocks
        number = self._number(key)
        return [each for _, group in groups for each in _marked(group, number)]

    def inlines(self, key: str, inlines: elements.Inlines) -> elements.Inlines:
        """Return the inlines that a call gave, marked."""
        if not inlines or not _is_whole(_latex(inlines)):
            return inlines
        return _around(inlines, self._number(key))

    def latex(self, key: str, latex: str) -> str:
        """Return what a call gave inside raw TeX, marked where it is sure to be typeset as a whole."""
        text = latex.strip()
        drawn = _ENVIRONMENT.fullmatch(text) or _GRAPHICS.fullmatch(text) or _PICTURE.fullmatch(text)
        return _wrapped(latex, self._number(key)) if drawn and _is_whole(text) else latex

    def finish(self, document: elements.Document) -> None:
        """Take back the marks that can't stand where they are, and write down what each of them means."""
        elements.each_in_meta(document["meta"], _without_marks, _without_marks)
        document["blocks"] = _settled(document["blocks"])
        self._write()


def _groups(blocks: elements.Blocks) -> Iterator[tuple[bool, elements.Blocks]]:
    """Yield the blocks, those together whose LaTeX is whole only so; and whether it is."""
    group: elements.Blocks = []
    for block in blocks:
        group.append(block)
        if _is_whole(_latex(group)):
            yield True, group
            group = []
    if group:
        yield False, group


def _marked(blocks: elements.Blocks, number: int) -> elements.Blocks:
    """Return blocks with marks around them."""
    first, last = blocks[0], blocks[-1]
    if first is not last:
        if any(each["t"] in ("Header", "HorizontalRule") for each in blocks):
            return blocks  # slides begin there
        return [*_opened(first, number), *blocks[1:-1], *_closed(last, number)]
    if first["t"] == "HorizontalRule" or _is_figure(first):
        return blocks if first["t"] == "HorizontalRule" else _fenced(first, number)
    if first["t"] in _PARAGRAPHS:
        return [{"t": first["t"], "c": _around(first["c"], number)}]
    if first["t"] == "Header":
        level, attributes, inlines = first["c"]
        return [{"t": "Header", "c": [level, attributes, _around(inlines, number)]}]
    if first["t"] == "Div":
        attributes, inside = first["c"]
        return [{"t": "Div", "c": [attributes, [each for block in inside for each in _marked([block], number)]]}]
    if first["t"] == "Figure":
        attributes, caption, inside = first["c"]
        marked = [each for block in inside for each in _marked([block], number)]
        return [{"t": "Figure", "c": [attributes, caption, marked]}]
    if first["t"] == "RawBlock":
        if first["c"][0] not in tex.RAW_FORMATS:
            return blocks
        return [elements.raw_block(first["c"][0], _wrapped(first["c"][1], number))]
    return _fenced(first, number)


def _is_figure(block: elements.Element) -> bool:
    """Return whether older pandocs make a figure of a paragraph."""
    inside = block["c"] if block["t"] in _PARAGRAPHS else []
    return len(inside) == 1 and inside[0]["t"] == "Image" and bool(inside[0]["c"][2][1].startswith("fig:"))


def _fenced(block: elements.Element, number: int) -> elements.Blocks:
    return [elements.raw_block("latex", _BEGIN % number), block, elements.raw_block("latex", _END % number)]


def _opened(block: elements.Element, number: int) -> elements.Blocks:
    if block["t"] == "RawBlock" and block["c"][0] in tex.RAW_FORMATS:
        return [elements.raw_block(block["c"][0], _BEGIN % number + block["c"][1])]
    if block["t"] in _PARAGRAPHS:
        return [{"t": block["t"], "c": [_raw(_BEGIN % number), *block["c"]]}]
    return [elements.raw_block("latex", _BEGIN % number), block]


def _closed(block: elements.Element, number: int) -> elements.Blocks:
    if block["t"] == "RawBlock" and block["c"][0] in tex.RAW_FORMATS:
        return [elements.raw_block(block["c"][0], block["c"][1] + _end(block["c"][1], number))]
    if block["t"] in _PARAGRAPHS:
        return [{"t": block["t"], "c": [*block["c"], _raw(_END % number)]}]
    return [block, elements.raw_block("latex", _END % number)]


def _around(inlines: elements.Inlines, number: int) -> elements.Inlines:
    """Return inlines with marks around them, or inside of an environment that they are."""
    if not inlines:
        return inlines
    first, last = inlines[0], inlines[-1]
    into = _INTO.match(first["c"][1]) if _is_latex(first) and _is_latex(last) else None
    if into:
        if first is last:
            return [elements.raw_inline(first["c"][0], _wrapped(first["c"][1], number))]
        out = re.search(rf"\\end\s*\{{{into[1]}\*?\}}\s*\Z", last["c"][1])
        inner = [_cut(first, into.end(), None), *inlines[1:-1], _cut(last, 0, out.start() if out else None)]
        if out and _is_whole(_latex(inner)):
            return [
                elements.raw_inline(first["c"][0], into[0] + _BEGIN % number + first["c"][1][into.end() :]),
                *inlines[1:-1],
                elements.raw_inline(last["c"][0], _put_in(last["c"][1], out.start(), number)),
            ]
    return [_raw(_BEGIN % number), *inlines, _raw(_END % number)]


def _cut(inline: elements.Element, start: int, end: int | None) -> elements.Element:
    return elements.raw_inline(inline["c"][0], inline["c"][1][start:end])


def _wrapped(text: str, number: int) -> str:
    """Return some LaTeX with marks around it, or inside of an environment that it is."""
    into = _INTO.match(text)
    out = re.search(rf"\\end\s*\{{{into[1]}\*?\}}\s*\Z", text) if into else None
    if into and out and out.start() >= into.end() and _is_whole(text[into.end() : out.start()]):
        closed = _put_in(text, out.start(), number)
        return closed[: into.end()] + _BEGIN % number + closed[into.end() :]
    return _BEGIN % number + text + _end(text, number)


def _put_in(text: str, at: int, number: int) -> str:
    return text[:at] + _end(text[:at], number) + text[at:]


def _end(before: str, number: int) -> str:
    """Return the mark behind some LaTeX, on a new line if that ends with a comment."""
    return "\n" * bool(tex.COMMENTED.search(before)) + _END % number


def _raw(text: str) -> elements.Element:
    return elements.raw_inline("latex", text)


def _is_latex(element: elements.Element) -> bool:
    return element["t"] in ("RawInline", "RawBlock") and element["c"][0] in tex.RAW_FORMATS


def _latex(members: list[elements.Element]) -> str:
    """Return all LaTeX in elements."""
    return "\n".join(text for format, text in elements.raw_markup(members) if format in tex.RAW_FORMATS)


def _is_whole(latex: str) -> bool:
    """Return whether all that some LaTeX opens is closed in it, and it neither ends a page nor is several cells."""
    if _RESTLESS.search(latex) or _IN_CELLS.match(latex.lstrip()):
        return False
    opened: list[str] = []
    for found in _SIGN.finditer(latex):
        opens, closes = _edges(found, opened)
        if closes and (not opened or opened.pop() != closes):
            return False
        if opens:
            opened.append(opens)
        elif found["sign"] == "&" and not opened:
            return False
    return not opened


def _edges(found: re.Match[str], opened: list[str]) -> tuple[str, str]:
    """Return what a sign of LaTeX's opens, and what it closes, given what is open."""
    if found["edge"]:
        name = f"\\{found['name']}"
        return (name, "") if found["edge"] == "begin" else ("", name)
    if found["condition"]:
        if found["condition"] in _NO_CONDITION:
            return "", ""
        return ("", "if") if found["condition"] == "fi" else ("if", "")
    match found["sign"]:
        case "$":
            return ("", "$") if opened[-1:] == ["$"] else ("$", "")
        case "{":
            return "{", ""
        case "}":
            return "", "{"
    return "", ""


def _settled(members: list[elements.Element]) -> list[elements.Element]:
    """Return elements without the marks that stand in what LaTeX takes apart itself."""
    for element in members:
        apart = element["t"] in _TAKING_APART or (
            element["t"] == "Span" and _TAKING_APART_CLASSES.intersection(element["c"][0][1])
        )
        change = _without_marks if apart else _settled
        elements.each_list(element, change, change)
    return members


def _without_marks(members: list[elements.Element]) -> list[elements.Element]:
    kept: list[elements.Element] = []
    for element in members:
        if element["t"] in ("RawInline", "RawBlock") and "PercentMacros" in element["c"][1]:
            text = _MARK.sub("", element["c"][1])
            if not text:
                continue
            element = {"t": element["t"], "c": [element["c"][0], text]}
        elements.each_list(element, _without_marks, _without_marks)
        kept.append(element)
    return elements.joined(kept) if kept and "Str" in {each["t"] for each in kept} else kept
