"""What the author asks ``build`` and ``watch`` for: pandoc's command line, and our options among it."""

import errno
import os
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from ..base import Fault
from ..pandoc import Invocation, Option, Process, parse, understand, writer_of

_FILTER = "percent-macros"


@dataclass(frozen=True)
class Request:
    """A document to build."""

    program: str  # pandoc's path
    arguments: tuple[str, ...]  # pandoc's, as the author wrote them
    folder: Path  # the working directory
    draft: bool = False  # show a placeholder where a picture is missing
    depfile: Path | None = None
    fresh: bool = False  # build without what earlier builds have kept
    marks: bool = False  # have the PDF tell which call painted what
    known_as: Path | None = None  # what is kept between builds is kept for this output, and not for the one written

    @cached_property
    def invocation(self) -> Invocation:
        """The command line, understood; raises ``Fault`` (PM608) for one that is not pandoc's."""
        return understand(Process(self.program, self.arguments, os.fspath(self.folder)))

    @property
    def options(self) -> tuple[Option, ...]:
        """Pandoc's options, in the order in which it heeds them."""
        return self.invocation.options

    def last(self, name: str) -> str | None:
        """Return the value that holds of an option, None where it is not given."""
        return self.invocation.last(name)

    @cached_property
    def output(self) -> Path:
        """The file to write, links followed; raises ``Fault`` (PM608) where there is none that can be written."""
        named = self.last("output")
        if named in (None, "", "-"):
            raise Fault("PM608", "the command names no output file", "name it with `-o FILE`")
        assert named is not None
        path = Path(os.path.realpath(self.folder / named))
        if path.exists() and not path.is_file():
            raise Fault("PM608", f"the output {named} is not a regular file")
        if any(each != "-" and path == Path(os.path.realpath(self.folder / each)) for each in self.invocation.inputs):
            raise Fault("PM608", f"the output {named} is the document itself", "name another one with `-o FILE`")
        return path

    def check(self) -> None:
        """Raise ``Fault`` (PM608) for a request that can't be followed."""
        if "-" in self.invocation.inputs:
            raise Fault("PM608", "the command names no document", "name its file: it can't be standard input")
        _ = self.output

    def check_inputs(self) -> None:
        """Raise ``Fault`` (PM801) for a document that can't be read; pandoc would say so less plainly."""
        for name in self.invocation.inputs:
            path = self.folder / name
            if "://" in name or (os.access(path, os.R_OK) and not path.is_dir()):
                continue
            reason = errno.EISDIR if path.is_dir() else errno.EACCES if path.exists() else errno.ENOENT
            raise Fault("PM801", f"can't read {name}: {os.strerror(reason)}")

    @cached_property
    def shown(self) -> str:
        """The output as the author named it."""
        return self.last("output") or ""

    @property
    def target(self) -> str:
        """The format that pandoc writes, where it goes to LaTeX."""
        return writer_of(self.last("to") or "latex")

    @property
    def names_our_filter(self) -> bool:
        """True when the author's options have the filter among them."""
        return any(each.name == "filter" and Path(each.value).stem == _FILTER for each in self.options)

    @property
    def engine_path(self) -> str | None:
        """The author's ``--pdf-engine`` where it is named with a folder."""
        engine = self.last("pdf-engine")
        return engine if engine and os.path.dirname(engine) else None


def split(words: Sequence[str], flags: Container[str], valued: Container[str]) -> tuple[list[str], list[str]]:
    """Return our options of a command line, and the words that are pandoc's, untouched.

    Args:
        words: the command line.
        flags: our options that take no argument.
        valued: those that take one.

    Raises:
        Fault: PM608 for an option that pandoc does not have, or that lacks its argument.
    """
    ours: list[str] = []
    theirs: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, _ = word.partition("=")
        if word == "--":
            theirs += [word, *rest]
        elif name in flags or name in valued:
            value = list(islice(rest, int(name in valued and not equals)))
            if name in valued and not equals and not value:
                raise Fault("PM608", f"`{word}` lacks its argument", f"write `{word} FILE`")
            ours += [word, *value]
        else:
            theirs += [word, *islice(rest, int(_takes_next(word)))]
    return ours, theirs


def _takes_next(word: str) -> bool:
    """Return whether a word is an option whose argument is the word after it."""
    return word.startswith("-") and word != "-" and not parse([word, "-"])[1]
