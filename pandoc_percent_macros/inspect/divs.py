"""Fenced divs: which line of colons opens one, closes one, or is text.

Pandoc is the judge. It is given the text with something in each fence's line that changes nothing: a class more in
what opens a div, and more colons, as many for no other line, in what is not known to open one. What becomes of them
tells what each line is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..base import Source, Span
from ..document import elements
from ..document.source import Input
from .loading import LoadedDocument, dialect, load

# The marks left of the colons are those of lists, quotes and definitions.
_FENCE = re.compile(r"^((?:[ \t>]|(?:[-+*:~]|\(?\w{1,4}[.)])[ \t])*)(:{3,})([^\n]*)$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{(?:[^{}\n]|\n(?![ \t>]*\r?\n))*\}[ \t]*:*[ \t\r]*$", re.MULTILINE)
_NAME = re.compile(r"[ \t]*([^\W\d_][\w-]*)[ \t]*:*\s*")
_ODD_NAME = re.compile(r"[ \t]*\S*[^\s:](?=[ \t]*:*\s*$)")  # `.a` or `{.a`, which pandoc takes for names, too
_CLASS = "percent-macros-div-"
_MARK = re.compile(rf"{_CLASS}(\d+)x")
_AT_A_TIME = 300  # lines that are told apart by their colons in one reading


@dataclass(frozen=True)
class Fence:
    """A line that may open or close a div."""

    number: int
    file: int  # the number of the input that it is in
    line: int  # of that, from 1
    span: Span  # from its colons on
    margin: str
    colons: str
    rest: str

    @property
    def closes(self) -> bool:
        return not self.rest.strip()

    @property
    def has_mark(self) -> bool:
        """Whether it gets a class of ours: it opens a div, if it is anything."""
        text, at = self.span.source.text, self.span.start + len(self.colons)
        return bool(_ATTRIBUTES.match(text, at) or _ODD_NAME.match(self.rest))

    @property
    def marked(self) -> str:
        """The line from its colons on, with a class of ours."""
        mark = f"{_CLASS}{self.number}x"
        if named := _NAME.fullmatch(self.rest):
            return f"{self.colons} {{.{named[1]} .{mark}}}"
        if _ATTRIBUTES.match(self.span.source.text, self.span.start + len(self.colons)):
            return self.colons + self.rest.replace("{", f"{{.{mark} ", 1)
        return self.colons + _ODD_NAME.sub(rf"\g<0>{mark}", self.rest, count=1)


@dataclass(frozen=True)
class Divs:
    """The divs of a document that its fences open."""

    fences: Sequence[Fence]
    document: elements.Document  # as pandoc reads it, with our classes
    texts: frozenset[int]  # the fences that pandoc takes for text, by their numbers
    opened: frozenset[int]  # those that open a div
    closing: frozenset[int]  # those that close one

    def of(self, div: elements.Element) -> Fence | None:
        """Return the fence that opens a div; None for one that HTML opens, or whose fence has no class of ours."""
        number = number_of(div)
        return None if number is None else self.fences[number]


def fences(inputs: Sequence[Input]) -> list[Fence]:
    """Return all lines of some files that may open or close a div, in their order."""
    found: list[Fence] = []
    for number, each in enumerate(inputs):
        source = Source(each.name, each.text, each.line)
        at, row = 0, each.line
        for line in _FENCE.finditer(each.text):
            row += each.text.count("\n", at, line.start())
            at = line.start()
            span = Span(source, line.start(2), line.start(2) + len((line[2] + line[3]).rstrip()))
            found.append(Fence(len(found), number, row, span, line[1], line[2], line[3].rstrip()))
    return found


def read_divs(arguments: Sequence[str], inputs: Sequence[Input]) -> Divs | None:
    """Return the divs of a document; None for one without fences, or in a dialect that has none.

    Args:
        arguments: as for ``load``.
        inputs: the files that these name.

    Raises:
        Fault: what ``load`` raises.
    """
    found = fences(inputs)
    syntax = dialect(arguments) if found else None
    if syntax is None or not syntax.has("fenced_divs") or syntax.commonmark:
        return None
    unmarked = [each for each in found if not each.has_mark]
    loaded, landed, left = _probed(arguments, inputs, found, [])
    for start in range(0, len(unmarked) if left else 0, _AT_A_TIME):
        landed.update(_probed(arguments, inputs, found, unmarked[start : start + _AT_A_TIME])[1])
    landed.update(dict.fromkeys(_in_directives(found, loaded), elements.CODE))
    openers = {each.number for each in found if not each.closes}
    fences_of_divs = {each.number for each in found if each.number not in landed}
    marked = {each.number for each in found if each.has_mark}
    attributes = {number for number, kind in landed.items() if kind == elements.ATTRIBUTE}
    return Divs(
        found,
        loaded.document(),
        frozenset(number for number, kind in landed.items() if kind == elements.TEXT),
        frozenset((openers & fences_of_divs - marked) | (marked & attributes)),
        frozenset(fences_of_divs - openers),
    )


def _probed(
    arguments: Sequence[str], inputs: Sequence[Input], found: Sequence[Fence], batch: Sequence[Fence]
) -> tuple[LoadedDocument, dict[int, str], bool]:
    """Return what pandoc reads, in what kinds of strings (elements.strings) the marks of fences are, if any is left."""
    longest = max(len(each.colons) for each in found)
    by_length = {longest + at: each for at, each in enumerate(batch, 1)}
    new = {each.number: each.marked for each in found if each.has_mark}
    new.update({each.number: ":" * length + each.rest for length, each in by_length.items()})
    loaded = load(arguments, changed(inputs, found, new))
    document = loaded.document()
    landed: dict[int, str] = {}
    left = False  # colons in some string: a line is not what it seems
    colons = re.compile(f":{{{longest + 1},}}")
    for kind, holder, at in elements.strings([document["meta"], document["blocks"]]):
        left |= ":::" in holder[at]
        for mark in _MARK.findall(holder[at]):
            landed[int(mark)] = kind
        for run in colons.findall(holder[at]):
            if len(run) in by_length:
                landed[by_length[len(run)].number] = kind
    return loaded, landed, left


def _in_directives(found: Sequence[Fence], loaded: LoadedDocument) -> list[int]:
    """Return the fences that stand in definitions and in the arguments of calls: pandoc does not see them."""
    lines = {
        (each.source.name, each.source.line + row)
        for each in loaded.directives.values()
        for row in range(1, each.source.text.count("\n") + 1)
    }
    return [each.number for each in found if (each.span.source.name, each.line) in lines]


def changed(inputs: Sequence[Input], found: Iterable[Fence], new: Mapping[int, str]) -> list[Input]:
    """Return the files with other texts in the place of some fences."""
    pieces: list[list[str]] = [[] for _ in inputs]
    ends = [0 for _ in inputs]
    for each in found:
        if each.number in new:
            pieces[each.file] += inputs[each.file].text[ends[each.file] : each.span.start], new[each.number]
            ends[each.file] = each.span.end
    return [
        Input(one.name, "".join(before) + one.text[end:], one.mark, one.line)
        for one, before, end in zip(inputs, pieces, ends, strict=True)
    ]


def number_of(div: elements.Element) -> int | None:
    return next((int(found[1]) for each in div["c"][0][1] if (found := _MARK.search(each))), None)
