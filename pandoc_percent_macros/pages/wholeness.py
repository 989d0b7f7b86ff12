"""Marks of a PDF made whole: on each page what begins there ends there, and so in each piece of text (BT … ET).

LaTeX parts a paragraph between two pages as it likes, so a mark may begin on one and end on the next; and a mark may
begin before a piece of text and end in the midst of it (ISO 32000-1, 14.6.1, forbids that).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_SIGNS = re.compile(
    rb"/PM\s*<<\s*/N\s+(?P<begins>\d+)\s*>>\s*BDC|/PM\s*<<\s*/E\s+(?P<ends>\d+)\s*>>\s*DP\s+EMC"
    rb"|(?:(?<=\s)|\A)(?P<other>BT|ET|BMC|BDC|EMC)(?=\s|\Z)"
)
_BEGINNING = ("BDC", "BMC")
_CLOSED_BY = {b"ET": b"BT", b"EMC": b"BMC"}
_BODY, _TITLE = "/PMBody", "/PMTitle"  # see parts.tex


def balance(pdf: Path) -> int:
    """Make the marks of a PDF, in its place, whole; return how many pages had some that were not."""
    import pikepdf

    changed = 0
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        open_marks: list[int] = []
        for page in document.pages:
            data = contents(page.obj)
            if not open_marks and _is_whole(data):
                continue
            instructions, open_marks = _balanced(pikepdf.parse_content_stream(page), open_marks)
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
            changed += 1
        if changed:
            document.save(pdf)
    return changed


def contents(page: "Any") -> bytes:
    """Return the instructions of a page, as they stand in the file."""
    import pikepdf

    found = page.get("/Contents")
    if isinstance(found, pikepdf.Array):
        return b"\n".join(each.read_bytes() for each in found)
    return b"" if found is None else bytes(found.read_bytes())


def _is_whole(data: bytes) -> bool:
    """Return whether all that is marked, and text, ends in the reverse of the order that it begins in."""
    stack: list[bytes] = []
    for found in _SIGNS.finditer(data):
        other = found["other"]
        if found["begins"]:
            stack.append(found["begins"])
        elif other in (b"BT", b"BMC", b"BDC"):
            stack.append(b"BT" if other == b"BT" else b"BMC")
        elif not stack or stack.pop() != (_CLOSED_BY[other] if other else found["ends"]):
            return False
    return not stack


def _balanced(instructions: "Any", before: list[int]) -> "tuple[list[Any], list[int]]":
    """Return a page's instructions with whole marks, and the marks that go on on the next page."""
    page = _Page(before, {str(each.operands[0]) for each in instructions if str(each.operator) in _BEGINNING})
    for each in instructions:
        page.add(each)
    return page.finished()


class _Page:
    """A page that is put together of its instructions, one after the other."""

    def __init__(self, before: list[int], tags: set[str]) -> None:
        """Begin it.

        Args:
            before: the marks that go on from the page before. They begin with the body of this one, behind its title:
                what is around the body, such as a footer, belongs to no call.
            tags: of all that is marked on the page; of pages that others made, the body is not told.
        """
        self._out: list[Any] = []
        self._open: list[int | str] = []  # our marks by their numbers, those of others by their tags
        self._over: set[int] = set()  # of our marks those that end as soon as those of others inside of them have
        self._past_end = False  # of one of our marks, which is told by two instructions
        self._has_title = _TITLE in tags
        self._waiting = before
        if _BODY not in tags:
            self._begin_waiting()

    def add(self, instruction: "Any") -> None:
        """Take the next instruction."""
        operands, operator = instruction.operands, str(instruction.operator)
        tag = str(operands[0]) if operator in (*_BEGINNING, "DP") else ""
        if tag == "/PM":
            if operator == "BDC":
                self._begin(int(operands[1].N))
            else:
                self._past_end = True
                self._end(int(operands[1].E))
        elif tag and operator != "DP":
            self._out.append(instruction)
            self._open.append(tag)
            if tag == _BODY and not self._has_title:
                self._begin_waiting()
        elif operator == "EMC" and self._past_end:
            self._past_end = False
        elif operator == "EMC":
            self._end_of_others(instruction)
        elif operator in ("BT", "ET"):
            self._interrupted(instruction)
        else:
            self._out.append(instruction)

    def finished(self) -> "tuple[list[Any], list[int]]":
        """Return the instructions, and the marks that go on on the next page."""
        left = [each for each in self._open if isinstance(each, int) and each not in self._over]
        return [*self._out, *(_end() for _ in self._open)], [*self._waiting, *left]

    def _begin(self, *numbers: int) -> None:
        self._out += map(_begin, numbers)
        self._open += numbers

    def _end(self, number: int) -> None:
        """End one of our marks, wherever it began; those inside of it go on."""
        if number in self._waiting:
            self._waiting.remove(number)
        elif number in self._open:
            self._over.add(number)
            if number in self._ours():
                self._begin(*self._parted())

    def _begin_waiting(self) -> None:
        self._waiting, waiting = [], self._waiting
        self._begin(*waiting)

    def _end_of_others(self, instruction: "Any") -> None:
        """End the mark of others that began last; ours inside of it go on behind it, or in the next page's body."""
        inside = self._parted()
        self._out.append(instruction)
        tag = self._open.pop() if self._open else ""
        if tag == _BODY:
            self._waiting += inside
            return
        self._begin(*self._parted(), *inside)
        if tag == _TITLE:
            self._begin_waiting()

    def _interrupted(self, instruction: "Any") -> None:
        """Have our marks end before an instruction, and go on behind it."""
        ours = self._parted()
        self._out.append(instruction)
        self._begin(*ours)

    def _ours(self) -> list[int]:
        """Return our marks that are open inside of all those of others."""
        at = max((at + 1 for at, each in enumerate(self._open) if isinstance(each, str)), default=0)
        return [each for each in self._open[at:] if isinstance(each, int)]

    def _parted(self) -> list[int]:
        """End these, and return those that are to go on."""
        ours = self._ours()
        self._out += [_end() for _ in ours]
        self._open = self._open[: len(self._open) - len(ours)]
        over = self._over.intersection(ours)
        self._over -= over
        return [each for each in ours if each not in over]


def _begin(number: int) -> "Any":
    import pikepdf

    operands = [pikepdf.Name.PM, pikepdf.Dictionary(N=number)]
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator("BDC"))


def _end() -> "Any":
    import pikepdf

    return pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
