"""The author's files, as far as they tell where slides begin and what stands on which line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..base import Source, Span, grammar
from ..document.source import Input

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]*(?P<title>.*?)[ \t]*#*[ \t]*$")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}[ \t]*$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_FRAME = re.compile(r"\s*\\begin\s*\{frame\}(?:<[^>]*>|\[[^\]]*\])*(?:\{(?P<title>.*)\})?")
_YAML_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_ITEM = re.compile(rf"[ \t>]*{grammar.LIST_MARK}[ \t]|#")
_WORD = re.compile(r"\w+")
# Of a text's letters so many have to be on a line for it to be that text's: among those of its slide, and of all.
_SURE, _VERY_SURE = 0.3, 0.8


@dataclass(frozen=True)
class Start:
    """A place in a file where a slide may begin: its beginning, a heading, a rule."""

    file: int  # the number of the input
    line: int  # from 0
    end: int  # the line where the next one begins
    title: str
    words: frozenset[str]  # that stand there

    @cached_property
    def title_words(self) -> list[str]:
        return words(self.title)

    def holds(self, file: int, line: int) -> bool:
        return self.file == file and self.line <= line < self.end


class Sources:
    """The input files."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self._sources = [Source(each.name, each.text.replace("\r\n", "\n")) for each in inputs]
        self._lines = [source.text.split("\n") for source in self._sources]

    @cached_property
    def starts(self) -> list[Start]:
        """Where slides may begin, in their order."""
        found = []
        for number, lines in enumerate(self._lines):
            places = [(0, ""), *(place for place in _starts(lines) if place[0])]
            if lines and (first := next(_starts(lines), None)) and first[0] == 0:
                places[0] = first
            ends = [line for line, _ in places[1:]] + [len(lines)]
            for (line, title), end in zip(places, ends, strict=True):
                found.append(Start(number, line, end, title, frozenset(words("\n".join(lines[line:end])))))
        return found

    def number(self, name: str) -> int | None:
        """Return the number of the input of that name."""
        return next((at for at, each in enumerate(self._sources) if each.name == name), None)

    def line(self, file: int, line: int) -> Span:
        """Return a line, counted from 0, without the space around what it says."""
        source, text = self._sources[file], self._lines[file][line]
        start = sum(len(each) + 1 for each in self._lines[file][:line])
        return Span(source, start + len(text) - len(text.lstrip()), start + len(text.rstrip()))

    def call(self, name: str, line: int, column: int, text: str) -> Span | None:
        """Return a call, by its place, both counted from 1, and its text."""
        file = self.number(name)
        if file is None or line > len(self._lines[file]):
            return None
        start = sum(len(each) + 1 for each in self._lines[file][: line - 1]) + column - 1
        source = self._sources[file]
        length = len(text) if source.text.startswith(text, start) else len(text.partition("\n")[0])
        return Span(source, start, min(start + length, len(source.text)))

    def block(self, file: int, line: int) -> range:
        """Return the lines around one, from 0, up to the empty lines before and after."""
        lines = self._lines[file]
        first = last = line
        while first > 0 and lines[first - 1].strip():
            first -= 1
        while last + 1 < len(lines) and lines[last + 1].strip():
            last += 1
        return range(first, last + 1)

    def paragraph(self, span: Span) -> tuple[str, int]:
        """Return the file and the first line of the paragraph, the item or the code that a place is in."""
        name, line = span.source.name, span.source.position(span.start)[0] - 1
        file = self.number(name)
        if file is None:
            return name, line
        lines = self._lines[file]
        while line > 0 and lines[line - 1].strip() and not _ITEM.match(lines[line]):
            line -= 1
        return name, line

    def next_block(self, file: int, line: int) -> range:
        """Return the lines of the next text behind an empty line; none at the end of the file."""
        lines = self._lines[file]
        at = next((at for at in range(line + 1, len(lines)) if lines[at].strip()), None)
        return range(0) if at is None else self.block(file, at)

    def written(self, text: str, start: Start, first: int | None = None) -> Span | None:
        """Return where in a stretch of a file a text that a page shows was written, None if that is not clear.

        Args:
            text: as the page shows it.
            start: where the slide begins.
            first: the first line that is looked at, from 0.
        """
        lines = range(start.line if first is None else first, start.end)
        return self._likest(text, [(start.file, line) for line in lines], _SURE)

    def written_anywhere(self, text: str) -> Span | None:
        """Return where in the files a text that a page shows was written, None if that is not clear."""
        every = [(file, line) for file, lines in enumerate(self._lines) for line in range(len(lines))]
        return self._likest(text, every, _VERY_SURE)

    def _likest(self, text: str, places: Iterable[tuple[int, int]], least: float) -> Span | None:
        """Return where the longest word of a text is on the first of the lines that have most of it."""
        wanted = words(text)
        best, at = 0, None
        for file, line in places:
            there = set(words(self._lines[file][line]))
            score = sum(len(word) for word in wanted if word in there)
            if score > best:
                best, at = score, (file, line)
        if at is None or best < least * sum(map(len, wanted)):
            return None
        whole = self.line(*at)
        found = {_plain(each[0]): each for each in reversed([*_WORD.finditer(whole.text)])}
        longest = max((word for word in wanted if word in found), key=len, default=None)
        if longest is None:
            return whole
        return Span(whole.source, whole.start + found[longest].start(), whole.start + found[longest].end())

    def pictures(self, start: Start) -> list[Span]:
        """Return the pictures that a stretch of a file names, in their order."""
        lines = (self.line(start.file, number) for number in range(start.line, start.end))
        return [
            Span(line.source, line.start + each.start(), line.start + each.end())
            for line in lines
            for each in _PICTURE.finditer(line.text)
        ]

    def key(self, name: str, inside: str = "") -> Span | None:
        """Return the place of a key in a document's metadata, or of one below it."""
        for source in self._sources:
            found = re.search(rf"^[ \t]*({re.escape(name)})[ \t]*:", source.text, re.MULTILINE)
            below = re.compile(rf"(?:^[ \t]*|[{{,][ \t]*)({re.escape(inside)})[ \t]*:", re.MULTILINE)
            under = below.search(source.text, found.end()) if found and inside else None
            if found:
                place = under or found
                return Span(source, place.start(1), place.end(1))
        return None


_PICTURE = re.compile(r"!\[[^\]]*\]\([^)\n]*\)(?:\{[^{}\n]*\})?|\\includegraphics\s*(?:\[[^\]\n]*\]\s*)?\{[^{}\n]*\}")


def words(text: str) -> list[str]:
    """Return the words of a text, as they are compared: pages show ligatures, and small capitals."""
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _starts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines where a slide may begin, with the titles there."""
    fence = ""
    header = bool(lines) and lines[0].rstrip() == "---"
    for number, line in enumerate(lines):
        if header:
            header = number == 0 or not _YAML_END.match(line)
            continue
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            continue
        if found := _FENCE.match(line):
            fence = found[1]
        elif found := _HEADING.match(line) or _FRAME.match(line):
            yield number, _ATTRIBUTES.sub("", found["title"] or "")
        elif number and lines[number - 1].strip() and _UNDERLINE.match(line):
            if number == 1 or not lines[number - 2].strip():
                yield number - 1, _ATTRIBUTES.sub("", lines[number - 1])
        elif _RULE.match(line):
            yield number, ""
