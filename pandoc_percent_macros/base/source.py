"""Texts of an author's file, and places in them.

Inside the program a place is an offset into a ``Source``; line and column exist only where something
is shown. Columns count characters (code points) from 1, a tab being one, as editors' jump commands do.
"""

from .record import Record

CONTEXT = 100  # characters that a source keeps of its line on either side: more than is ever shown of them


class Source(Record):
    """A piece of an author's file, cut free of the container (list item, block quote) it stood in.

    A whole file is the piece that starts at line 1 with nothing left of it.
    """

    name: str  # the file, as the author would name it
    text: str  # lines end in "\n"
    line: int = 1  # the line of the file on which `text` starts
    before: str = ""  # what stands on that line left of `text`; of a long line the end of it
    after: str = ""  # what stands right of `text` on its last line; of a long line the beginning of it
    margins: tuple[str, ...] = ()  # what was cut from the left of lines 2, 3, …; none cut when empty
    skipped: int = 0  # characters of that line left of `before`

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset into ``text``."""
        row = self.text.count("\n", 0, offset)
        inside = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self.line + row, self.skipped_at(row) + len(self._margin(row)) + inside + 1

    def line_at(self, offset: int) -> str:
        """Return the line of the file, without its end, on which an offset lies; of a long line the part around it."""
        row = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", start)
        if end < 0:
            return self._margin(row) + self.text[start:] + self.after
        return self._margin(row) + self.text[start:end]

    def skipped_at(self, row: int) -> int:
        """Return how many characters of a line, counted from 0, ``line_at`` leaves out on its left."""
        return 0 if row else self.skipped

    def _margin(self, row: int) -> str:
        if row == 0:
            return self.before
        return self.margins[row - 1] if row <= len(self.margins) else ""


class Span(Record):
    """A stretch of a source: ``source.text[start:end]``."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"
