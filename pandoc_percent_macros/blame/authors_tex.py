"""The author's own TeX and mathematics, found again in the files that they were written in or that were included."""

import re
from collections.abc import Sequence
from pathlib import Path

from ..base import Source, Span
from ..document.source import Input
from ..latex import JOB
from ..pandoc import INCLUDED, Process, understand
from .failure import Failure
from .marked import Marked, Stretch
from .position import occurrences

_HEADING = re.compile(r"^[ \t>]*#+[ \t]*(.*?)[ \t]*(?:#+[ \t]*)?(?:\{[^{}\n]*\}[ \t]*)?$", re.MULTILINE)


class AuthorsText:
    """Finds the places of the marked texts, in the order in which they stand in the document."""

    def __init__(self, inputs: Sequence[Input], known: Sequence[Marked]) -> None:
        self._sources = [Source(each.name, each.text.replace("\r\n", "\n")) for each in inputs]
        self._signs: list[tuple[int, int]] = []  # of each character that is not a space: its file and offset
        signs: list[str] = []
        for number, source in enumerate(self._sources):
            for at, sign in enumerate(source.text):
                if not sign.isspace():
                    signs.append(sign)
                    self._signs.append((number, at))
        self._text = "".join(signs)
        self._starts = self._found(known)

    def _found(self, known: Sequence[Marked]) -> list[list[int] | None]:
        """Return for each text where its lines start, in the text without spaces; None for one that is nowhere."""
        cursor = 0
        found: list[list[int] | None] = []
        for each in known:
            if each.kind == "call":
                at = self._of_call(each)
                found.append(None if at is None else [at])
            else:
                found.append(self._lines(each, cursor) or self._lines(each, 0))
                at = found[-1][0] if found[-1] else None
            if at is not None and at >= cursor:
                cursor = at + 1
        return found

    def _of_call(self, known: Marked) -> int | None:
        for number, source in enumerate(self._sources):
            if source.name == known.file:
                lines = source.text.split("\n")[: known.line - 1]
                offset = sum(len(line) + 1 for line in lines) + known.column - 1
                return next((at for at, place in enumerate(self._signs) if place >= (number, offset)), None)
        return None

    def _lines(self, known: Marked, cursor: int) -> list[int] | None:
        """Return where each line of a text is; in a block quote they stand apart."""
        wanted = _bare(known.text)
        if known.kind == "math":
            at = self._text.find(f"${wanted}$", cursor)
            if at >= 0:
                return [at + 1]
        at = self._text.find(wanted, cursor)
        if at >= 0:
            starts = []
            for line in known.text.split("\n"):
                starts.append(at)
                at += len(_bare(line))
            return starts
        starts = []
        for line in known.text.split("\n"):
            at = self._text.find(_bare(line), cursor)
            if at < 0:
                return None
            starts.append(at)
            cursor = at + len(_bare(line))
        return starts

    def span(self, number: int, known: Marked, at: int, length: int) -> Span | None:
        """Return the place of a character of a text: the one that ``at`` others, spaces aside, stand before."""
        starts = self._starts[number]
        if not starts:
            return None
        for line, start in zip(known.text.split("\n"), starts, strict=False):
            size = len(_bare(line))
            if at < size or (known.kind == "math" and len(starts) == 1):
                return self._span(start + at, length)
            at -= size
        return self._span(starts[-1], 1)

    def first(self, word: str) -> Span | None:
        """Return the first place of a word in the files."""
        at = self._text.find(_bare(word)) if _bare(word) else -1
        return self._span(at, len(_bare(word))) if at >= 0 else None

    def link(self, address: str) -> Span | None:
        """Return the first place of the address of a link or a picture."""
        bare = re.escape(_bare(address))
        found = re.search(rf"\]\(<?({bare})(?=[)>\"'(])|\]:<?({bare})", self._text) if bare else None
        return self._span(found.start(found.lastindex or 0), len(_bare(address))) if found else None

    def heading(self, title: str, number: int) -> Span | None:
        """Return the place of a heading with a title, the last one if there are fewer than so many, from 0."""
        wanted = _bare(title)
        found = [
            Span(source, each.start(1), each.end(1))
            for source in self._sources
            for each in _HEADING.finditer(source.text)
            if wanted and _bare(each[1]) == wanted
        ]
        return found[min(number, len(found) - 1)] if found else None

    def only(self, line: str) -> Span | None:
        """Return the place of a line in the files, if it is there once."""
        wanted = _bare(line)
        return self._span(self._text.find(wanted), 1) if wanted and self._text.count(wanted) == 1 else None

    def _span(self, at: int, length: int) -> Span:
        number, offset = self._signs[min(at, len(self._signs) - 1)]
        source = self._sources[number]
        return Span(source, offset, min(offset + max(1, length), len(source.text)))


def after(place: Span, word: str) -> Span | None:
    """Return the first place of a word in a file after another place."""
    at = place.source.text.find(word, place.end)
    return Span(place.source, at, at + len(word)) if at >= 0 else None


def _bare(text: str) -> str:
    return "".join(text.split())


class IncludedFiles:
    """The files of LaTeX that become part of a document as they are."""

    def __init__(self, failure: Failure) -> None:
        self._folder = failure.folder
        self._sources = [self._source(name) for name in self._names(failure)]

    def _names(self, failure: Failure) -> list[str]:
        invocation = understand(Process("pandoc", failure.arguments, str(failure.folder)))
        names = [each.value for each in invocation.options if each.name in INCLUDED]
        return [name for name in names if (self._folder / name).is_file()]

    def _source(self, name: str) -> Source:
        text = (self._folder / name).read_text("utf-8", errors="replace")
        return Source(name, text.replace("\r\n", "\n"))

    def line(self, file: str | None, line: int | None) -> Span | None:
        """Return a line of a file of the author's that LaTeX read itself, by ``\\input``; None for any other."""
        path = Path(file or "")
        if not file or line is None or path.stem == JOB or path.suffix not in (".tex", ".tikz", ".pgf", ".ltx", ".sty"):
            return None
        whole = (self._folder / path).resolve()
        if not whole.is_file() or self._folder.resolve() not in whole.parents:
            return None
        source = self._source(str(path))
        lines = source.text.split("\n")
        start = sum(len(each) + 1 for each in lines[: line - 1])
        return Span(source, start, start + len(lines[line - 1])) if line <= len(lines) else None

    def text_at(self, tex: str, offset: int) -> Span | None:
        """Return the place in one of these files of the line of LaTeX that an offset is on."""
        start = tex.rfind("\n", 0, offset) + 1
        line = tex[start:].split("\n", 1)[0]
        for source in self._sources:
            at = source.text.find(line) if line.strip() else -1
            if at >= 0:
                return Span(source, at + offset - start, at + len(line))
        return None

    def lines(self, tex: str) -> list[Stretch]:
        """Return the lines of these files in some LaTeX that holds them."""
        found: list[Stretch] = []
        for source in self._sources:
            text = source.text.rstrip("\n")
            at = tex.find(text)
            for line in text.split("\n") if at >= 0 else ():
                if line.strip():
                    found.append(Stretch(-1, at, at + len(line), at, at + len(line)))
                at += len(line) + 1
        return found

    def first(self, word: str) -> Span | None:
        """Return the first place of a word in these files."""
        for source in self._sources:
            for at in occurrences(word, source.text, 0, len(source.text)):
                return Span(source, at, at + len(word))
        return None
