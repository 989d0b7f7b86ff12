"""``percent-macros setup``: it puts the reader, the filter and the defaults file into pandoc's data directory."""

import hashlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from ..base import Fault
from ..pandoc import find_pandoc

FILES = {  # our file, and where pandoc looks for it in its data directory
    "percent-macros.lua": Path("custom", "percent-macros.lua"),
    "percent-macros": Path("filters", "percent-macros"),
    "percent-macros.yaml": Path("defaults", "percent-macros.yaml"),
}
_PACKAGE = __package__.partition(".")[0]
_SIGNATURE = "Written by `percent-macros setup`, which replaces this file only while nobody has changed it: "
_HINT = "name the data directory with `--data-dir`"
_DATA_DIRECTORY = re.compile(r"^(?:User data directory|Default user data directory): (.+?)(?: or .*)?$", re.M)


@click.command("setup", short_help="Put reader, filter and defaults where pandoc looks.")
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Pandoc's data directory; the user's own if not given.",
)
def setup_command(data_dir: Path | None) -> int:
    """Put the reader, the filter and the defaults file into pandoc's data directory.

    Then these work from every folder:

    \b
      pandoc -d percent-macros talk.md -t beamer -o talk.pdf
      pandoc -f percent-macros.lua -F percent-macros talk.md -t beamer -o talk.pdf
    """
    outcome = install(data_dir or user_data_directory())
    for path in outcome.written:
        click.echo(f"wrote {path}")
    for path in outcome.unchanged:
        click.echo(f"unchanged {path}")
    for path in outcome.kept:
        click.echo(f"not written by percent-macros, kept: {path}", err=True)
    return 1 if outcome.kept else 0


@dataclass(frozen=True)
class Installed:
    """What an installation did with each file."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    kept: tuple[Path, ...]  # not ours, or changed by somebody since


def user_data_directory() -> Path:
    """Return the folder in which pandoc looks for the user's own filters and defaults files.

    Raises:
        Fault: PM601 when there is no pandoc, or it does not say.
    """
    try:
        pandoc = find_pandoc()
    except Fault as fault:
        raise Fault(fault.code, fault.message, *fault.hints, _HINT) from None
    said = subprocess.run([pandoc, "--version"], capture_output=True, text=True, check=False).stdout
    found = _DATA_DIRECTORY.search(said)
    if not found:
        raise Fault("PM601", f"{pandoc} does not say where its data directory is", _HINT)
    return Path(found[1])


def install(data_directory: Path) -> Installed:
    """Write our files into a data directory of pandoc's, but over no file that was not written here.

    Raises:
        Fault: PM809 when one can't be written.
    """
    written: list[Path] = []
    unchanged: list[Path] = []
    kept: list[Path] = []
    for name, place in FILES.items():
        path = data_directory / place
        text = _signed(_adapted(name))
        try:
            there = path.read_text("utf-8", "replace") if path.exists() else None
            if there == text:
                unchanged.append(path)
            elif path.is_symlink() or (there is not None and not _is_ours(there)):
                kept.append(path)
            else:
                _write(path, text)
                written.append(path)
        except OSError as fault:
            raise Fault("PM809", f"can't write {path}: {fault.strerror}") from None
    return Installed(tuple(written), tuple(unchanged), tuple(kept))


def _adapted(name: str) -> str:
    """Return one of our files with this installation's interpreter in it: pandoc may run without our PATH."""
    text = Path(__file__).parent.with_name("filters").joinpath(name).read_text("utf-8")
    if name == "percent-macros":
        return text.replace("#!/usr/bin/env python3\n", _shebang(), 1)
    program = f"{{{_lua_string(sys.executable)}, '-m', '{_PACKAGE}'}}"
    return text.replace("{'percent-macros'}", program, 1)


def _shebang() -> str:
    """Return first lines that start this interpreter, also where its path can't stand after a ``#!``."""
    if " " not in sys.executable and len(sys.executable) < 120:
        return f"#!{sys.executable}\n"
    quoted = shlex.quote(sys.executable)
    return f"#!/bin/sh\n'''exec' {quoted} \"$0\" \"$@\"\n' '''\n"


def _lua_string(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _signed(text: str) -> str:
    """Return a text with a comment at its end by which a later setup knows that nobody has changed it."""
    comment = "--" if text.startswith("--") else "#"
    return f"{text}{comment} {_SIGNATURE}{_digest(text)}\n"


def _is_ours(text: str) -> bool:
    rest, _, digest = text.rpartition(_SIGNATURE)
    return rest.endswith(("-- ", "# ")) and _digest(rest.removesuffix("-- ").removesuffix("# ")) == digest.strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a text that names an interpreter is made executable."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o755 if text.startswith("#!") else 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)  # it is gone where only what came after failed
        raise
