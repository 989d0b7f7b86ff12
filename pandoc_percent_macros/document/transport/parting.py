"""Calls that are alone on their lines part the paragraph that pandoc would make of them and the lines beside them.

Pandoc reads a word in the place of a call, and a word does not end a paragraph: a heading, a list or a rule on the next
line would be text. Where a line beside a call may open a block, and pandoc did take it into the call's paragraph, an
empty line between them lets it be what it is. An empty line in a list makes pandoc take the list for a loose one; so
what its lists were without it is kept, and put right afterwards.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Record, grammar, pattern
from .. import elements
from ..source import BEGIN, CALL, END, Directive
from .tokens import START, TOKEN, Gap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .lift import Lifted

# What may begin a block where a paragraph may begin (pandoc's manual, "Block-level elements"): a line of `===` and
# one that begins with a colon mean something under a word, and keep their meaning.
_OPENER = pattern(
    r"\#|>|\||```|~~~|:::|<|!\[|\\[A-Za-z]|\[|\*\[|\+[-=]|[Tt]able:|-+[ \t]+-"
    r"|(?:(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})\r?$"
    rf"|{grammar.LIST_MARK}(?=[ \t\r]|$)"
)
# What makes the line above it something: the line under a heading or a table's, what defines a term
_UNDER = pattern(r"[ \t>]*(?:=+|-+(?:[ \t]+-+)*|[ \t]*[:~][ \t].*)[ \t\r]*$")
_KEPT = pattern(r"=+[ \t\r]*$|[:~][ \t]")  # makes a heading of a word, and of a call; or is the definition of it
_DEFINITION = pattern(r"[ \t>]*[:~][ \t]")
_MARGIN = pattern(r"[ \t>]*")
_RULE = pattern(r"[ \t>]*-+[ \t\r]*$")
_ITEM = pattern(rf"[ \t>]*{grammar.LIST_MARK}[ \t]")
_LINE_ENDS = ("SoftBreak", "LineBreak")
_LISTS = ("BulletList", "OrderedList", "DefinitionList")
_WHOLE = ("Table", "Figure")  # an empty line would end them


class Sides(Record):
    """The empty lines that would part a call from the lines beside it, where these may be blocks."""

    before: str | None
    after: str | None
    deep: bool  # the next line is so far to the right that after an empty line it is code, outside of lists
    lazy: bool  # the next line stands further left than the call: in a list it is the item's all the same
    rule: bool  # the next line is a rule, or under a word a heading's
    heading: bool  # the next line is a heading with its mark: the lines below it are another paragraph


def candidates(lifted: Lifted) -> dict[str, Sides]:
    """Return the directives of a text that are alone on their lines, beside a line that may open a block."""
    found = {}
    text = lifted.manuscript.text
    opens_above: dict[int, bool] = {0: False}
    for key, directive in lifted.directives.items():
        if not directive.standalone or (directive.kind == CALL and text.startswith("\n\n", directive.end)):
            continue
        if directive.kind in (CALL, BEGIN, END):
            sides = _sides(lifted, directive, opens_above)
            if sides.before is not None or sides.after is not None:
                found[key] = sides
    return found


def _sides(lifted: Lifted, directive: Directive, opens_above: dict[int, bool]) -> Sides:
    text = lifted.manuscript.text
    line_start = lifted.manuscript.line_bounds(directive.start)[0]
    line_end = lifted.manuscript.line_bounds(directive.end)[1]
    margin = _margin(text, line_start)
    column = len(text[line_start : directive.start].expandtabs(4))
    following, second = _lines_after(text, line_end)
    own = text[line_start : directive.start]
    after = _after(own, column, following, second)
    before = None
    if directive.kind != CALL and margin == own and _opens_above(text, line_start, opens_above):
        before = _empty(margin)
    indent = len(_margin(following, 0).expandtabs(4))
    is_heading = following.startswith("#", len(_margin(following, 0)))
    code = min(lifted.manuscript.tab_stop, 4)  # columns
    deep = _MARGIN.fullmatch(own) is not None and _indent(following, own.count(">")) >= code
    return Sides(before, after, deep, indent < column, bool(_RULE.match(following)), is_heading)


def _margin(text: str, at: int) -> str:
    found = _MARGIN.match(text, at)
    assert found is not None
    return found[0]


def _indent(line: str, quotes: int) -> int:
    """Return how far a line's text stands to the right of so many quote marks, each with a space of its own."""
    found = re.match(rf"((?:[ \t]*>){{{quotes}}})[ \t]*", line)
    if not found:
        return 0
    width = len(found[0].expandtabs(4)) - len(found[1].expandtabs(4))
    return width - bool(quotes and width)


def _empty(margin: str) -> str:
    return (margin.rstrip() if ">" in margin else "") + "\n"


def _lines_after(text: str, line_end: int) -> tuple[str, str]:
    """Return the next line, and the one that may make something of it: a definition stands below an empty line, too."""
    first_end = text.find("\n", line_end + 1)
    if first_end < 0:
        return text[line_end + 1 :], ""
    second = _line(text, first_end + 1)
    if not second.strip() and _DEFINITION.match(third := _line(text, first_end + 1 + len(second) + 1)):
        second = third
    return text[line_end + 1 : first_end], second


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _after(own: str, column: int, following: str, second: str) -> str | None:
    """Return the empty line to put after a call, None where the next line can't open a block."""
    quotes = own.count(">")
    found = re.match(rf"[ \t]*(?:>[ \t]*){{{quotes}}}", following)
    if not found:
        return None  # a lazy line
    margin = found[0]
    rest = following[len(margin) :]
    if not rest.strip():
        return None
    indent = len(margin.expandtabs(4))
    if _KEPT.match(rest):
        return None
    if indent - column >= 4:
        return None  # indented text stays text
    if _ITEM.match(own) and _ITEM.match(following) and indent <= len(_margin(own, 0).expandtabs(4)):
        return None  # the next item
    if not _OPENER.match(rest) and not _UNDER.match(second):
        return None
    return _empty(margin)


def _opens_above(text: str, line_start: int, known: dict[int, bool]) -> bool:
    """True when the lines above, up to an empty one, may be more than a paragraph.

    Args:
        text: of the document.
        line_start: of the line.
        known: the answers for lines before, so that no line is looked at twice; 0 is among them.
    """
    passed = []
    at = line_start
    while at not in known:
        passed.append(at)
        start = text.rfind("\n", 0, at - 1) + 1
        line = text[start : at - 1]
        margin = _margin(line, 0)
        if not line[len(margin) :].strip():
            known[at] = False
        elif ">" in margin or _OPENER.match(line, len(margin)) or line[len(margin)] in ":~":
            known[at] = True
        else:
            at = start
    opens = known[at]
    known.update((each, opens) for each in passed)
    return opens


def gaps(document: elements.Document, candidates: Mapping[str, Sides]) -> dict[str, Gap]:
    """Return where empty lines are needed: of each paragraph the first place, since that changes what follows.

    Below a heading it changes nothing, and the next place is looked for.

    Args:
        document: pandoc's elements with tokens in them.
        candidates: the directives that may part something, by the keys of their tokens.
    """
    return _Search(candidates).run(document) if candidates else {}


class _Search:
    def __init__(self, candidates: Mapping[str, Sides]) -> None:
        self._candidates = candidates
        self._found: dict[str, Gap] = {}
        self._lists: list[bool] = []

    def run(self, document: elements.Document) -> dict[str, Gap]:
        self._blocks(document["blocks"])
        elements.each_in_meta(document["meta"], self._blocks, _as_they_are)
        return self._found

    def _blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        for block in blocks:
            self._block(block)
        return blocks

    def _block(self, block: elements.Element) -> None:
        tag = block["t"]
        if tag in ("Para", "Plain"):
            self._paragraph(block["c"], rule=False)
        elif tag == "Header":
            self._paragraph(block["c"][2], rule=True)
        if tag in _LISTS:
            self._lists.append(is_tight(block))
        if tag not in _WHOLE:
            elements.each_list(block, self._blocks, self._inlines)
        if tag in _LISTS:
            self._lists.pop()

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        for inline in inlines:
            if inline["t"] == "Note":
                outside, self._lists = self._lists, []
                self._blocks(inline["c"])
                self._lists = outside
            elif inline["t"] not in ("Str", "Space", "SoftBreak"):
                elements.each_list(inline, self._blocks, self._inlines)
        return inlines

    def _paragraph(self, inlines: elements.Inlines, rule: bool) -> None:
        last = len(inlines) - 1
        for at, inline in enumerate(inlines):
            if inline["t"] != "Str" or not inline["c"].startswith(START):
                continue
            key = TOKEN.fullmatch(inline["c"])
            sides = self._candidates.get(key[1]) if key else None
            if key is None or sides is None:
                continue
            if any(
                each["t"] not in _LINE_ENDS for each in (inlines[at - 1 : at] if at else []) + inlines[at + 1 : at + 2]
            ):
                continue  # marks to the scanner, and text to pandoc
            before = sides.before if at and not rule else None
            goes_on = sides.rule if rule else at < last
            stays = sides.lazy if self._lists else sides.deep
            after = sides.after if goes_on and not stays else None
            if before is not None or after is not None:
                self._found[key[1]] = Gap(before or "", after or "", tuple(self._lists))
                if before is not None or not sides.heading:
                    return


def _as_they_are(inlines: elements.Inlines) -> elements.Inlines:
    return inlines


def items(block: elements.Element) -> list[elements.Blocks]:
    """Return the lists of blocks that a list has for its items or definitions."""
    if block["t"] == "DefinitionList":
        return [blocks for _, definitions in block["c"] for blocks in definitions]
    found: list[elements.Blocks] = block["c"][1] if block["t"] == "OrderedList" else block["c"]
    return found


def is_tight(block: elements.Element) -> bool:
    """True for a list whose items are not parted by empty lines."""
    return not any(inside["t"] == "Para" for blocks in items(block) for inside in blocks)


def tighten(document: elements.Document, gaps: Mapping[str, Gap]) -> None:
    """Make the lists around the tokens of directives tight again that were so without the empty lines beside them."""
    known = {key: gap.tight for key, gap in gaps.items() if any(gap.tight)}
    if known:
        _Tightening(known).blocks(document["blocks"])


class _Tightening:
    def __init__(self, known: Mapping[str, tuple[bool, ...]]) -> None:
        self._known = known
        self._lists: list[elements.Element] = []

    def blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        for block in blocks:
            is_list = block["t"] in _LISTS
            if is_list:
                self._lists.append(block)
            elements.each_list(block, self.blocks, self._inlines)
            if is_list:
                self._lists.pop()
        return blocks

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        for inline in inlines:
            if inline["t"] == "Str":
                if START in inline["c"]:
                    for key in TOKEN.findall(inline["c"]):
                        self._tighten(self._known.get(key, ()))
            elif inline["t"] not in elements.SPACES:
                elements.each_list(inline, self.blocks, self._inlines)
        return inlines

    def _tighten(self, tight: tuple[bool, ...]) -> None:
        for block, was_tight in zip(self._lists, tight, strict=False):
            if was_tight:
                for inside in (each for blocks in items(block) for each in blocks if each["t"] == "Para"):
                    inside["t"] = "Plain"
