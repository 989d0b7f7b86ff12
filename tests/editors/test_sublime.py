"""docs/editors/sublime.md: its commands, and its pattern as Perl reads it. Sublime Text itself is not in Debian."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..support.command_lines import expanded
from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

SYSTEM = json.loads(block("editors/sublime.md", "json"))
COMMANDS = {"build": SYSTEM["cmd"], **{each["name"].lower(): each["cmd"] for each in SYSTEM["variants"]}}
PERL = 'my $pattern = shift; while (<STDIN>) { print join("\\t", $1, $2, $3, $4), "\\n" if /$pattern/ }'


@pytest.fixture
def results(run, deck):
    def results(name: str) -> tuple[int, list[list[str]]]:
        """Run a command on the deck; return its exit status, and the file, line, column and message of each result."""
        variables = {
            "file_name": deck.path.name,
            "file_base_name": deck.path.stem,
            "file_path": str(deck.path.parent),
        }
        done = run(*expanded(COMMANDS[name], variables), cwd=Path(*expanded([SYSTEM["working_dir"]], variables)))
        found = run("perl", "-e", PERL, SYSTEM["file_regex"], text=done.out + done.err)
        assert (found.status, found.err) == (0, "")
        return done.status, [line.split("\t") for line in found.out.splitlines()]

    return results


def test_build(results, deck) -> None:
    assert results("build") == (0, [])
    assert deck.pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", COMMANDS)
def test_results(results, deck, name) -> None:
    deck.misspell()
    assert results(name) == (1, [[deck.path.name, "11", "26", "error[PM203]: unknown macro `bax`"]])
    deck.divide_by_zero()
    assert results(name) == (1, [[deck.path.name, "2", "8", "error[PM304]: division by zero"]])
    assert not deck.pdf.exists()
