"""Which container of Markdown a line stands in: the marks left of its text, and whether it is indented code.

Pandoc's rules (manual, "Lists", "Block quotations", "Indented code blocks"): what continues a list item
is indented to the first character of its text; block quotes and lists need a blank line before them; a line that
only continues a paragraph may leave the marks out.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Record, Unclosed, grammar, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .dialect import Syntax

QUOTE = 0  # a container's column; a list item's is where its text starts, relative to its container's text
_LINE = pattern(r"[^\n]*\n?")
_QUOTE = pattern(r" {0,3}> ?")
_ITEM = pattern(rf"[ ]{{0,3}}{grammar.LIST_MARK}(?=[ \t]|\r?$)[ \t]*")
_COMMON_ITEM = pattern(rf"[ ]{{0,3}}{grammar.COMMON_LIST_MARK}(?=[ \t]|\r?$)[ \t]*")  # in every dialect
_HANGING = pattern(rf"[ ]{{0,3}}(?:{grammar.NOTE_MARK}|{grammar.DEFINITION_MARK})[ \t]*")
_HANGING_INDENT = 4
_NO_TEXT = pattern(r"#|:::|\| |(?:=+|(?:[-*_] *){3,})$")  # how a line begins that nothing continues
_AT_FIRST = 4096  # characters that are cut; if they are not enough, so many times as many
_MORE = 8
_DEEPEST = 200  # containers in one another; what stands deeper is read as text


class Line(Record):
    """Where a line stands."""

    containers: tuple[int, ...]  # from the outside in
    code: bool  # indented code


class Containers:
    """The containers of a text's lines, asked for in the order of the text."""

    def __init__(self, text: str, syntax: Syntax, tab_stop: int) -> None:
        self._text = text
        self._tab_stop = tab_stop  # columns
        self._item = _ITEM if syntax.has("fancy_lists") or syntax.commonmark else _COMMON_ITEM
        self._quotes_interrupt = not syntax.has("blank_before_blockquote")  # a paragraph
        self._next = 0  # offset of the first line not yet read
        self._stack: list[int] = []
        self._paragraph = False  # the line before can be continued
        self._blank = True  # the line before was blank, or there is none
        self._lazy = not syntax.commonmark
        self._goes_on = False  # the line before was a block quote's mark alone, without which the quote goes on, too
        self._code = False
        self._line = Line((), False)

    def at(self, offset: int, verbatim: Sequence[tuple[int, int]], removed: Sequence[tuple[int, int]]) -> Line:
        """Return how the line of an offset stands.

        Args:
            offset: where the line starts.
            verbatim: the stretches of verbatim text before it, in order: no mark in them opens anything.
            removed: the stretches that count as if they were not there.
        """
        while self._next <= offset and self._next < len(self._text):
            start = self._next
            match = _LINE.match(self._text, start)
            assert match is not None
            self._next = match.end()
            stretch = _stretch(removed, start)
            if stretch and start < stretch[1]:
                if stretch[1] < match.end():
                    self._read(self._text[stretch[1] : match.end()])  # text after a definition, on its last line
                continue
            stretch = _stretch(verbatim, start)
            if stretch and stretch[0] < start < stretch[1]:
                self._blank = self._paragraph = False
                continue
            self._read(match[0])
        return self._line

    def _read(self, text: str) -> None:
        line = text.rstrip("\r\n").expandtabs(self._tab_stop)  # as pandoc does, first of all
        at, matched = self._continue(line)
        if not line[at:].strip():
            self._end_paragraph(matched, line)
            self._goes_on = self._lazy and bool(line.strip())
            self._line = Line(tuple(self._stack), False)
            return
        if matched < len(self._stack):
            interrupted = self._opens_item(line[at:]) or (self._quotes_interrupt and _QUOTE.match(line[at:]))
            goes_on = self._paragraph or (self._goes_on and QUOTE in self._stack[matched:])
            if goes_on and not interrupted:
                self._line = Line(tuple(self._stack), False)
                return
            del self._stack[matched:]
            self._paragraph = False
        at = self._open(line, at)
        self._code = line.startswith(" " * self._tab_stop, at) and not self._paragraph
        self._paragraph = not self._code and bool(line[at:].strip()) and not _NO_TEXT.match(line, at)
        self._blank = False
        self._goes_on = self._lazy and not line[at:].strip()
        self._line = Line(tuple(self._stack), self._code)

    def _end_paragraph(self, matched: int, line: str) -> None:
        """A blank line: it ends a paragraph, and a block quote whose mark it lacks, but no list item."""
        for depth in range(matched, len(self._stack)):
            if self._stack[depth] == QUOTE:
                del self._stack[depth:]
                break
        self._paragraph = False
        self._blank = True

    def _continue(self, line: str) -> tuple[int, int]:
        """Return how far the marks of the open containers reach into a line, and how many it has."""
        at = 0
        for depth, container in enumerate(self._stack):
            rest = margin(line[at:], container)
            if rest is None:
                return at, depth
            at += rest
        return at, len(self._stack)

    def _opens_item(self, rest: str) -> bool:
        return bool(self._stack) and any(each != QUOTE for each in self._stack) and bool(self._item.match(rest))

    def _open(self, line: str, at: int) -> int:
        """Open the containers whose marks stand at ``at``; return the offset of the text after them."""
        fresh = self._blank or not self._paragraph or self._opens_item(line[at:])
        while len(self._stack) < _DEEPEST:
            rest = line[at:]
            quote = _QUOTE.match(rest)
            if quote and (fresh or self._quotes_interrupt):
                self._stack.append(QUOTE)
                at += quote.end()
                self._paragraph = False
                continue
            mark = _HANGING.match(rest)
            if mark:  # a definition follows its term without a blank line
                self._stack.append(_HANGING_INDENT)
            else:
                mark = self._item.match(rest) if fresh else None
                if not mark:
                    return at
                column = _item_column(rest, mark.end(), self._tab_stop)
                self._stack.append(column)
                if column < mark.end() and _COMMON_ITEM.match(rest):
                    self._paragraph = False
                    return at + column  # what follows is indented code
            at += mark.end()
            self._paragraph = False
            fresh = True
        return at


def _stretch(stretches: Sequence[tuple[int, int]], offset: int) -> tuple[int, int] | None:
    """Return the last of some stretches, in order, that starts no later than an offset."""
    from bisect import bisect_right  # most lines stand in no container
    from operator import itemgetter

    at = bisect_right(stretches, offset, key=itemgetter(0)) - 1
    return stretches[at] if at >= 0 else None


def _item_column(rest: str, end: int, tab_stop: int) -> int:
    """Return the column of a list item's text; more spaces than a tab stop after its mark belong to the text."""
    mark = len(rest[:end].rstrip())
    spaces = end - mark
    return mark + (1 if spaces > tab_stop or not rest[end:].strip() else spaces)


def margin(line: str, container: int) -> int | None:
    """Return how many columns a container's mark takes at the left of a line, None if it isn't there.

    Tabs in the line are spelled out as spaces.
    """
    if container == QUOTE:
        match = _QUOTE.match(line)
        return match.end() if match else None
    spaces = len(line) - len(line.lstrip(" "))
    return container if spaces >= container else len(line) if spaces == len(line) else None


def margins_width(line: str, containers: tuple[int, ...], tab_stop: int) -> int:
    """Return how many characters the marks of containers take at the left of a line, as far as they are there."""
    shown = line.rstrip("\r\n").expandtabs(tab_stop)
    columns = 0
    for depth, container in enumerate(containers):
        width = margin(shown[columns:], container)
        if width is None:
            width = len(shown) - columns - len(shown[columns:].lstrip(" "))
            if not (shown.startswith(">", columns + width) and QUOTE in containers[depth:]):
                break  # a line that leaves the marks out, or all of them from here on
        columns += width
    if "\t" not in line:
        return columns
    return next((width for width in range(len(line)) if len(line[:width].expandtabs(tab_stop)) >= columns), len(line))


def end_in_container(
    text: str, start: int, containers: tuple[int, ...], find: Callable[[str, int], int], tab_stop: int
) -> tuple[int, str, tuple[str, ...]]:
    """Return where a directive ends, its text without the marks of its containers, and these marks.

    Args:
        text: the text that it stands in.
        start: where it starts.
        containers: those that its first line stands in.
        find: returns where a directive ends, given a text without marks and where in it the directive starts.
        tab_stop: in columns.

    Raises:
        Unclosed: what ``find`` raises, its offsets being those of the whole text.
    """
    size = _AT_FIRST
    while True:
        cut = Cut(text, start, containers, start + size, tab_stop)
        try:
            end = cut.back(find(cut.text, cut.start))
        except Unclosed as fault:
            is_string = fault.code == "PM102"  # may be closed further down
            if not cut.whole and (is_string or fault.stop >= len(cut.text)):
                size *= _MORE
                continue
            fault.stop = cut.back(fault.stop)
            fault.offset = cut.back(fault.offset)
            raise
        return (end, *cut.upto(end))


class Cut:
    """What is left of a text, from an offset to the end of its container, when each line loses its marks.

    ``text`` is what is left, and ``start`` the offset in it of where it starts. It is not ``whole`` if there was
    more of it after the offset ``enough``.
    """

    def __init__(self, text: str, start: int, containers: tuple[int, ...], enough: int, tab_stop: int) -> None:
        self._start = start
        self._tab_stop = tab_stop
        self._shifts: list[tuple[int, int]] = []  # offset in `text`, characters cut up to there
        self._margins: list[str] = []
        self.whole = True
        if not containers:
            self.text, self.start = text, start
            return
        self.text, self.start = "".join(self._lines(text, start, containers, enough)), 0

    def _lines(self, text: str, start: int, containers: tuple[int, ...], enough: int) -> list[str]:
        at = text.find("\n", start) + 1 or len(text)
        kept = [text[start:at]]
        length, cut, blank = at - start, 0, False
        while at < len(text):
            if at > enough:
                self.whole = False
                break
            end = text.find("\n", at) + 1 or len(text)
            line = text[at:end]
            width = margins_width(line, containers, self._tab_stop)
            if blank and not width and line.strip():
                break  # the container ended
            blank = not line[width:].strip()
            cut += width
            self._margins.append(line[:width])
            self._shifts.append((length, cut))
            kept.append(line[width:])
            length += len(line) - width
            at = end
        return kept

    def back(self, offset: int) -> int:
        """Return the offset in the whole text of an offset in ``text``."""
        shift = 0
        for at, cut in self._shifts:
            if at > offset:
                break
            shift = cut
        return self._start + offset - self.start + shift

    def upto(self, end: int) -> tuple[str, tuple[str, ...]]:
        """Return the cut text up to an offset of the whole one, and what was cut from its lines but the first."""
        length = end - self._start
        shift = 0
        for at, cut in self._shifts:
            if at + cut > length:
                break
            shift = cut
        text = self.text[self.start : self.start + length - shift]
        return text, tuple(self._margins[: text.count("\n")])
