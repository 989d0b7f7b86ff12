"""Opening a line in the author's editor."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from ..base import Fault

# How editors are told the line, as their manuals have it.
_SYNTAX = {
    "{file}:{line}:{column}": "atom code code-insiders codium cursor hx helix lapce micro pulsar subl sublime_text "
    "windsurf zed zeditor",
    "+{line} {file}": "bbedit geany gnome-text-editor gvim jed joe kwrite mousepad mvim neovide nvim nvim-qt pluma vi "
    "view vim xed",
    "+{line}:{column} {file}": "emacs emacsclient gedit kak",
    "+{line},{column} {file}": "nano",
    "--line {line} {file}": "idea kate pycharm texstudio",
    "-l {line} {file}": "mate",
    "-n{line} {file}": "notepad++",
}
_GO_TO = frozenset(("code", "code-insiders", "codium", "cursor", "windsurf"))  # they want `-g` before it
_IN_TERMINAL = frozenset("vi vim nvim view nano hx helix kak micro jed joe".split())
_MARKS = ("{file}", "{line}", "{column}")


@dataclass(frozen=True)
class Editor:
    """A program, and how it is told where to go."""

    words: tuple[str, ...]  # with {file}, {line} and {column} in them

    def command(self, file: Path, line: int, column: int) -> list[str]:
        """Return the command that opens a file at a place, both counted from 1."""
        values = {"{file}": os.path.abspath(file), "{line}": str(line), "{column}": str(column)}
        return [_filled(word, values) for word in self.words]

    def open(self, file: Path, line: int, column: int) -> None:
        """Start it; raise ``Fault`` (PM809) where that can't be."""
        command = self.command(file, line, column)
        try:
            started = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # it outlives us
            )
        except OSError as fault:
            raise Fault(
                "PM809", f"can't start {command[0]}: {fault.strerror}", "name another with `--editor`"
            ) from None
        Thread(target=started.wait, daemon=True).start()


def _filled(word: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        word = word.replace(mark, value)
    return word


def editor_of(named: str | None) -> Editor | None:
    """Return the editor that is named, or else the one of ``$VISUAL``; None for none that can be opened from here.

    Args:
        named: a command, with ``{file}`` and ``{line}`` in it unless it is a known editor's.

    Raises:
        Fault: PM608 for a command that is none, or an editor that needs a terminal.
    """
    text = named or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if not words:
        if named is not None:
            raise Fault("PM608", f"{named!r} is not an editor's command", "such as `--editor 'code -g {file}:{line}'`")
        return None
    is_template = any(mark in word for word in words for mark in _MARKS[:2])
    if not is_template and _needs_terminal(words):
        if named:
            hint = "write how it is told where to go, with {file} and {line}: docs/preview.md has examples"
            raise Fault("PM608", f"{words[0]} needs a terminal of its own", hint)
        return None
    if named and not shutil.which(words[0]):
        raise Fault("PM608", f"there is no program {words[0]}")
    return Editor((*words, *(() if is_template else _told(words))))


def _needs_terminal(words: Sequence[str]) -> bool:
    name = os.path.basename(words[0])
    if name in ("vim", "nvim", "vi") and "-g" in words:
        return False
    return name in _IN_TERMINAL or (name.startswith("emacs") and ({"-nw", "-t", "-tty", "--tty"} & {*words}) != set())


def _told(words: Sequence[str]) -> list[str]:
    """Return the words that tell an editor where to go."""
    name = os.path.basename(words[0]).removesuffix(".exe")
    syntax = next((syntax for syntax, names in _SYNTAX.items() if name in names.split()), "{file}")
    before = ["-g"] if name in _GO_TO and not {"-g", "--goto"} & {*words} else []
    no_wait = ["-n"] if name == "emacsclient" and not {"-n", "--no-wait", "-c"} & {*words} else []
    return [*no_wait, *before, *syntax.split(" ")]
