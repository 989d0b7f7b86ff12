"""The author's other files of LaTeX: what ``-H``, ``-B`` and ``-A`` name, and what the document reads itself."""

from __future__ import annotations

from pathlib import Path

from ..base.source import Source, Span
from ..pandoc.command_line import INCLUDED
from ..pandoc.invocation import understand
from ..pandoc.parent import Process
from .failure import Failure
from .marked import Stretch
from .stop import INPUT
from .words import occurrences


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
        if (
            not file
            or line is None
            or path.stem == INPUT
            or path.suffix not in (".tex", ".tikz", ".pgf", ".ltx", ".sty")
        ):
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
