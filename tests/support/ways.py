"""The ways to run the filter on a document, which must all give the same."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

READER = Path(__file__).parents[2] / "filters" / "percent-macros.lua"

_FILTER = ("-F", "percent-macros", "-t", "native", "-s")
# A diagnostic starts its line with a place and has a code; its excerpt, trace and hints are indented.
_DIAGNOSTIC = re.compile(r"^.*\[PM\d{3}\]: .*\n(?:[ \t]+.*\n)*", re.MULTILINE)
PLACE = re.compile(r"^(.+?):(\d+):(\d+): (error|warning)\[(PM\d{3})\]: ")
LEFTOVER = re.compile(r"\\66560|percent-macro")  # a token (tokens.START in Haskell's spelling), a marker


@dataclass(frozen=True)
class Outcome:
    """What a pandoc gave."""

    status: int
    native: str
    said: str

    @property
    def diagnostics(self) -> list[str]:
        """What the filter reported, without what pandoc said itself."""
        return sorted(_DIAGNOSTIC.findall(self.said))


@dataclass(frozen=True)
class Document:
    """A file, and the reader that it is written for."""

    path: Path
    reader: str = "markdown"

    def run(self, *command: str | Path, text: bytes = b"", **variables: str) -> Outcome:
        """Run a program in the document's folder, so that every way names it alike."""
        words = [os.fspath(word) for word in command]
        environment = {**os.environ, **variables}
        done = subprocess.run(
            words, input=text, capture_output=True, cwd=self.path.parent, env=environment, timeout=120
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def pandoc(self, *arguments: str | Path, text: bytes = b"", **variables: str) -> Outcome:
        return self.run("pandoc", "-f", self.reader, *arguments, text=text, **variables)


Way = Callable[[Document], Outcome]


def plain(document: Document, **variables: str) -> Outcome:
    """``pandoc -F percent-macros FILE``, which all others are compared with."""
    return document.pandoc(*_FILTER, document.path.name, **variables)


def lifted(document: Document) -> Outcome:
    """``percent-macros lift FILE | pandoc -F percent-macros``."""
    text = document.run("percent-macros", "lift", "-f", document.reader, document.path.name).native
    return document.pandoc(*_FILTER, text=text.encode())


def lua_reader(document: Document) -> Outcome:
    """``pandoc -f percent-macros.lua -F percent-macros FILE``, with the extensions of the document's reader."""
    reader = f"{READER}{document.reader.removeprefix('markdown')}"
    return document.run("pandoc", "-f", reader, *_FILTER, document.path.name)


def defaults_file(document: Document, data_dir: Path) -> Outcome:
    """``pandoc -d percent-macros FILE``."""
    name = document.path.name
    return document.run("pandoc", "--data-dir", data_dir, "-d", "percent-macros", "-t", "native", "-s", name)


def standard_input(document: Document) -> Outcome:
    """``… | pandoc -F percent-macros``: the filter can't read the text."""
    return document.pandoc(*_FILTER, text=document.path.read_bytes())


def others(reader: str, version: tuple[int, ...], data_dir: Path | None = None) -> dict[str, Way]:
    """Return the ways that must agree with the plain one for a reader; a reader in Lua needs pandoc 3."""
    ways: dict[str, Way] = {"lift": lifted}
    if version >= (3,) and re.fullmatch(r"markdown([+-].*)?", reader):
        ways["reader"] = lua_reader
        if reader == "markdown" and data_dir:
            ways["defaults"] = partial(defaults_file, data_dir=data_dir)
    return ways
