"""docs/shell-completion.md in real shells on a terminal: what Tab makes of a line."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest

from ..support.pages import block

PAGE = "shell-completion.md"
# How each is started without the settings of whoever runs the tests, and what has to be there before the page's line.
SHELLS = {
    "bash": (("bash", "--noprofile", "--norc", "-i"), ":"),
    "zsh": (("zsh", "-f", "-i"), "bindkey -e; autoload -Uz compinit; compinit -u -D"),
    "fish": (("fish", "--no-config", "-i"), "set -g fish_autosuggestion_enabled 0"),
}
# What is typed before Tab, and the last word that this gives.
LINES = {
    "percent-macros che": "check",
    "percent-macros check --strict ma": "ma soutenance.md",
    "percent-macros check -t beame": "beamer",
    "percent-macros check --output-format sar": "sarif",
    "percent-macros lift ma": "ma soutenance.md",
    "percent-macros explain ma": "ma soutenance.md",
    "percent-macros build ma": "ma soutenance.md",
    "percent-macros build 'ma soutenance.md' -t beame": "beamer",
    "percent-macros build 'ma soutenance.md' --slide-le": "--slide-level",
    "percent-macros watch 'ma soutenance.md' --draf": "--draft",
}
PATIENCE = 30  # seconds


class Terminal:
    """A shell on a terminal, as somebody types."""

    def __init__(self, command: tuple[str, ...], folder: Path) -> None:
        self._end, other = pty.openpty()
        variables = {"HOME": str(folder), "TERM": "dumb", "PS1": "", "HISTFILE": "", "LC_ALL": "C.UTF-8"}
        words = ("setsid", "--ctty", *command)  # it is the shell's terminal, not pytest's
        env = {**os.environ, **variables}
        self._shell = subprocess.Popen(words, stdin=other, stdout=other, stderr=other, cwd=folder, env=env)
        os.close(other)

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())

    def read_until(self, pattern: str) -> re.Match[str]:
        """Read what the terminal shows until the pattern is there; return that."""
        shown = ""
        while not (found := re.search(pattern, shown)):
            assert select.select([self._end], [], [], PATIENCE)[0], f"not shown: {pattern!r} in {shown!r}"
            shown += os.read(self._end, 4096).decode(errors="replace")
        return found

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait()
        os.close(self._end)


@pytest.mark.parametrize("shell", SHELLS)
def test_tab(shell: str, tmp_path: Path) -> None:
    (tmp_path / "ma soutenance.md").write_text("")
    (tmp_path / "autre.md").write_text("")
    command, before = SHELLS[shell]
    terminal = Terminal(command, tmp_path)
    try:
        for line in (before, block(PAGE, shell).strip(), "printf '%s-%s\\n' is ready"):
            terminal.type(line + "\n")
        terminal.read_until("is-ready")
        given = {}
        for line in LINES:
            # Then, at the line's start (Ctrl-A) and at its end (Ctrl-E), what shows its words.
            terminal.type(f"{line}\t\x01printf '<%s>' \x05 end\n")
            given[line] = terminal.read_until(r"<percent-macros>.*<(.*?)><end>")[1]
    finally:
        terminal.close()
    assert given == LINES


def test_below_pandoc_the_shell_is_answered(run) -> None:
    done = run("percent-macros", PANDOC_VERSION="3.9", _PERCENT_MACROS_COMPLETE="bash_source")
    assert done.status == 0
    assert done.out.startswith("_percent_macros_completion()")
