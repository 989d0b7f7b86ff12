"""What the author asks ``build`` and ``watch`` for: pandoc's command line, and our options among it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from ..base.fault import Fault
from ..pandoc.invocation import Invocation, understand
from ..pandoc.options import Option, UnknownOptions, parse
from ..pandoc.parent import Process

_FILTER = "percent-macros"
_OURS = ("--draft", "--depfile")
_OUR_VALUED = "--depfile"


class UsageFault(Exception):
    """A command line that asks for nothing that can be built."""


@dataclass(frozen=True)
class Request:
    """A document to build."""

    program: str  # pandoc's path
    arguments: tuple[str, ...]  # pandoc's, as the author gave them
    folder: Path  # the working directory
    draft: bool = False  # show a placeholder where a picture is missing
    depfile: Path | None = None

    @cached_property
    def invocation(self) -> Invocation:
        """The command line, understood; raises ``UsageFault`` for one that is not pandoc's."""
        invocation = understand(Process(self.program, self.arguments, os.fspath(self.folder)))
        if invocation is None:
            try:
                parse(self.arguments)
            except UnknownOptions as fault:
                raise UsageFault(f"pandoc's options: {fault}") from None
        assert invocation is not None
        return invocation

    @property
    def options(self) -> tuple[Option, ...]:
        """Pandoc's options, in the order in which it heeds them."""
        return self.invocation.options

    def last(self, name: str) -> str | None:
        """Return the value that holds of an option, None where it is not given."""
        return next((each.value for each in reversed(self.options) if each.name == name), None)

    @cached_property
    def output(self) -> Path:
        """The file to write, links followed; raises ``UsageFault`` where there is none that can be written."""
        named = self.last("output")
        if named in (None, "", "-"):
            raise UsageFault("there is no output; give it as `-o FILE`")
        assert named is not None
        path = Path(os.path.realpath(self.folder / named))
        if path.exists() and not path.is_file():
            raise UsageFault(f"{named} is no regular file")
        if any(each != "-" and path == Path(os.path.realpath(self.folder / each)) for each in self.invocation.inputs):
            raise UsageFault(f"{named} is the document itself")
        return path

    def check(self) -> None:
        """Raise ``UsageFault`` for a request that can't be followed."""
        if "-" in self.invocation.inputs:
            raise UsageFault("there is no document; give it by its name")
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
        named = re.split("[+-]", self.last("to") or "latex")[0]
        return "latex" if named == "pdf" else named

    @property
    def names_our_filter(self) -> bool:
        """True when the author's options have the filter among them."""
        return any(each.name == "filter" and Path(each.value).stem == _FILTER for each in self.options)

    @property
    def engine_path(self) -> str | None:
        """The author's ``--pdf-engine`` where it is named with a folder."""
        engine = self.last("pdf-engine")
        return engine if engine and os.path.dirname(engine) else None


def split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return our options of a command line, and the words that are pandoc's, untouched.

    Raises:
        UsageFault: an option that pandoc does not have, or that lacks its argument.
    """
    ours: list[str] = []
    theirs: list[str] = []
    rest = iter(words)
    for word in rest:
        name, equals, _ = word.partition("=")
        if word == "--":
            theirs += [word, *rest]
        elif name in _OURS:
            value = list(islice(rest, int(name == _OUR_VALUED and not equals)))
            if name == _OUR_VALUED and not equals and not value:
                raise UsageFault(f"{word} lacks its argument")
            ours += [word, *value]
        else:
            theirs += [word, *islice(rest, int(_takes_next(word)))]
    return ours, theirs


def _takes_next(word: str) -> bool:
    """Return whether a word is an option whose argument is the word behind it."""
    if not word.startswith("-") or word == "-":
        return False
    try:
        return not parse([word, "-"])[1]
    except UnknownOptions as fault:
        raise UsageFault(f"pandoc's options: {fault}") from None
