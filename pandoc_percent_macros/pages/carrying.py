"""Marks carried over from a PDF to another of the same document, which was typeset without any.

Marks in a LaTeX text may change it: a macro that looks at what comes next finds a mark, a kern between two letters is
gone, a place is rounded anew. So the pages are those of the text without marks, and what is painted there gets the
marks that stand around the same thing in the other PDF. Both paint the same things, nearly always in the same order,
if not at the same places.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from typing import Any

_OURS = "/PM"  # what our tags begin with
_TEXT = ("Tj", "TJ")
_OTHER_TEXT = ("'", '"')  # which begin a new line, too
_PATHS = ("m", "l", "c", "v", "y", "h", "re")
_PAINTED = ("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "EI", "INLINE IMAGE")
_BEGINNING, _EDGES = ("BDC", "BMC"), ("BT", "ET", "BDC", "BMC", "EMC")


class Mark(NamedTuple):
    """One of our marks: its tag, and the name and the number that it has, if it has one."""

    tag: str
    key: str = ""
    number: int = 0


Marks = tuple[Mark, ...]  # from the outermost


def carry(marked: Path, plain: Path) -> None:
    """Put the marks of a PDF into another one, in its place.

    Args:
        marked: the PDF with marks, which are whole (see ``wholeness``).
        plain: the PDF of the same document without.
    """
    import pikepdf

    with pikepdf.open(marked) as source, pikepdf.open(plain, allow_overwriting_input=True) as target:
        for page, twin in zip(target.pages, source.pages, strict=False):
            marks = _Page(pikepdf.parse_content_stream(twin), _widths(twin))
            if not any(marks.around):
                continue
            written = _Page(pikepdf.parse_content_stream(page), _widths(page))
            around = _assigned(written.painted, marks.painted, marks.around)
            page.Contents = target.make_stream(pikepdf.unparse_content_stream(written.marked(around)))
        target.save(plain)


def _widths(page: "Any") -> "Callable[[str], int]":
    """Return what tells how many bytes of a text a letter of a font takes, by the font's name."""
    fonts = page.resources.get("/Font", {})
    return lambda name: 2 if name in fonts and fonts[name].get("/Subtype") == "/Type0" else 1


@dataclass(frozen=True)
class _Shown:
    """An instruction of a page, and how many things it paints: the letters of a text, or one."""

    instruction: "Any"
    count: int
    width: int = 1  # bytes of a letter


class _Page:
    """What is painted on a page, in its order, and the marks around each of it."""

    def __init__(self, instructions: "Iterable[Any]", width: "Callable[[str], int]") -> None:
        self.painted: list[Hashable] = []
        self.around: list[Marks] = []
        self._shown: list[_Shown] = []
        self._opened: list[Mark | None] = []  # None for what others marked
        self._segments = 0  # of the path that is built
        bytes_of_letter = 1
        for each in instructions:
            operator = str(each.operator)
            count = 0
            if operator == "Tf":
                bytes_of_letter = width(str(each.operands[0]))
            elif operator in _TEXT or operator in _OTHER_TEXT:
                count = self._letters(each, bytes_of_letter)
            elif operator in _PATHS:
                self._segments += 1
            elif operator in _BEGINNING:
                self._opened.append(_mark(each))
            elif operator == "EMC" and self._opened:
                self._opened.pop()
            elif operator == "Do" or operator in _PAINTED:
                what = str(each.operands[0]) if operator in ("Do", "sh") else self._segments
                count = self._add([(operator, what)])
            if operator not in _PATHS and operator not in ("W", "W*"):
                self._segments = 0
            self._shown.append(_Shown(each, count, bytes_of_letter))

    def _letters(self, instruction: "Any", width: int) -> int:
        import pikepdf

        operand = instruction.operands[-1]
        pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
        texts = (bytes(each) for each in pieces if isinstance(each, pikepdf.String))
        return self._add([text[at : at + width] for text in texts for at in range(0, len(text), width)])

    def _add(self, painted: "Sequence[Hashable]") -> int:
        marks = tuple(each for each in self._opened if each)
        self.painted += painted
        self.around += [marks] * len(painted)
        return len(painted)

    def marked(self, around: "Sequence[Marks]") -> "list[Any]":
        """Return the page's instructions with these marks around what they paint, in the place of its own."""
        out = _Writer()
        at = 0
        for shown in self._shown:
            operator = str(shown.instruction.operator)
            wanted = around[at : at + shown.count]
            at += shown.count
            if operator in _EDGES:
                out.within(())
                out.add(shown.instruction)
            elif not wanted:
                out.add(shown.instruction)
            elif operator in _TEXT and len(set(wanted)) > 1:
                for marks, part in _parted(shown, wanted):
                    out.within(marks)
                    out.add(part)
            else:
                out.within(wanted[0])
                out.add(shown.instruction)
        return out.finished()


class _Writer:
    """Puts instructions together, and marks around them."""

    def __init__(self) -> None:
        self._out: list[Any] = []
        self._opened: Marks = ()

    def within(self, marks: Marks) -> None:
        """Have these marks, and no others, stand around what comes next."""
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self._opened, marks, strict=False)))
        self._out += [_end() for _ in self._opened[kept:]]
        self._out += map(_begin, marks[kept:])
        self._opened = marks

    def add(self, instruction: "Any") -> None:
        self._out.append(instruction)

    def finished(self) -> "list[Any]":
        self.within(())
        return self._out


def _parted(shown: _Shown, wanted: "Sequence[Marks]") -> "Iterator[tuple[Marks, Any]]":
    """Yield the parts of a text that are within the same marks each, with these."""
    import pikepdf

    operand = shown.instruction.operands[-1]
    pieces = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    rest = iter(wanted)
    part: list[Any] = []
    marks = wanted[0]
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            part.append(piece)
            continue
        text = bytes(piece)
        for at in range(0, len(text), shown.width):
            here = next(rest)
            if here != marks:
                yield marks, _text(part)
                part, marks = [], here
            part.append(pikepdf.String(text[at : at + shown.width]))
    yield marks, _text(part)


def _text(part: "list[Any]") -> "Any":
    import pikepdf

    return pikepdf.ContentStreamInstruction([pikepdf.Array(part)], pikepdf.Operator("TJ"))


def _assigned(painted: "list[Hashable]", others: "list[Hashable]", around: "Sequence[Marks]") -> "list[Marks]":
    """Return the marks that belong around what is painted, by those around what the other page paints."""
    if painted == others:
        return list(around)
    found: list[Marks] = []
    for _, start, end, from_, to in SequenceMatcher(None, painted, others, autojunk=False).get_opcodes():
        same = around[from_:to]
        if len(same) == end - start:
            found += same
        else:
            found += [same[0] if same else ()] * (end - start)
    return found


def _mark(instruction: "Any") -> Mark | None:
    """Return one of our marks, None for those of others."""
    operands = instruction.operands
    tag = str(operands[0])
    if not tag.startswith(_OURS):
        return None
    if len(operands) == 1:
        return Mark(tag)
    ((key, number),) = operands[1].items()
    return Mark(tag, key, int(number))


def _begin(mark: Mark) -> "Any":
    import pikepdf

    operands: list[Any] = [pikepdf.Name(mark.tag)]
    if mark.key:
        operands.append(pikepdf.Dictionary({mark.key: mark.number}))
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator("BDC" if mark.key else "BMC"))


def _end() -> "Any":
    import pikepdf

    return pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
