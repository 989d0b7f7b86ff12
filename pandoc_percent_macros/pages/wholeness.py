"""Marks of a PDF made whole: on each page what begins there ends there, and so in each piece of text (BT … ET).

LaTeX parts a paragraph between two pages as it likes, so a mark may begin on one and end on the next; and a mark may
begin before a piece of text and end in the midst of it (ISO 32000-1, 14.6.1, forbids that).
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_SIGNS = re.compile(
    rb"/PM\s*<<\s*/N\s+(?P<begins>\d+)\s*>>\s*BDC|/PM\s*<<\s*/E\s+(?P<ends>\d+)\s*>>\s*DP\s+EMC"
    rb"|(?:(?<=\s)|\A)(?P<text>BT|ET)(?=\s|\Z)"
)


def balance(pdf: Path) -> int:
    """Make the marks of a PDF, in its place, whole; return how many pages had some that were not."""
    import pikepdf

    changed = 0
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        open_marks: list[int] = []
        for page in document.pages:
            data = b"\n".join(_streams(page.obj.get("/Contents")))
            if not open_marks and _is_whole(data):
                continue
            instructions, open_marks = _balanced(pikepdf.parse_content_stream(page), open_marks)
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
            changed += 1
        if changed:
            document.save(pdf)
    return changed


def _streams(contents: "Any") -> "Iterable[bytes]":
    import pikepdf

    if isinstance(contents, pikepdf.Array):
        return [each.read_bytes() for each in contents]
    return [] if contents is None else [contents.read_bytes()]


def _is_whole(data: bytes) -> bool:
    """Return whether marks end in the reverse of the order that they begin in, and all of them."""
    stack: list[bytes] = []
    for found in _SIGNS.finditer(data):
        if found["begins"]:
            stack.append(found["begins"])
        elif found["ends"]:
            if not stack or stack.pop() != found["ends"]:
                return False
        elif found["text"] == b"BT":
            stack.append(b"BT")
        elif not stack or stack.pop() != b"BT":
            return False
    return not stack


def _balanced(instructions: "Any", before: list[int]) -> "tuple[list[Any], list[int]]":
    """Return a page's instructions with whole marks, and the marks that go on on the next page."""
    out: list[Any] = [_begin(number) for number in before]
    stack = [*before]
    skip = False  # the EMC behind an end that has no beginning
    for each in instructions:
        operands, operator = each.operands, str(each.operator)
        ours = operator in ("BDC", "DP") and str(operands[0]) == "/PM"
        if ours and operator == "BDC":
            stack.append(int(operands[1].N))
            out.append(each)
        elif ours:
            out_of = int(operands[1].E)
            skip = True
            if out_of in stack:
                at = len(stack) - 1 - stack[::-1].index(out_of)
                rest = stack[at + 1 :]
                out += [_end() for _ in stack[at:]]
                out += [_begin(number) for number in rest]
                stack = stack[:at] + rest
        elif operator == "EMC" and skip:
            skip = False
        elif operator in ("BT", "ET"):
            out += [*(_end() for _ in stack), each, *map(_begin, stack)]
        else:
            out.append(each)
    return out + [_end() for _ in stack], stack


def _begin(number: int) -> "Any":
    import pikepdf

    operands = [pikepdf.Name.PM, pikepdf.Dictionary(N=number)]
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator("BDC"))


def _end() -> "Any":
    import pikepdf

    return pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
