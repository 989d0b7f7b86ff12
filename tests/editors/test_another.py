"""docs/editors/README.md: what it tells the users of other editors."""

from __future__ import annotations

import re

import pytest

from ..support.pages import block

pytestmark = pytest.mark.pandoc

PATTERN = re.compile(block("editors/README.md", "text", 1).strip())


@pytest.mark.parametrize("command", [("check", "--output-format", "concise"), ("build", "-o", "x.tex")])
def test_the_pattern_finds_diagnostics_and_nothing_else(run, deck, command) -> None:
    deck.misspell()
    done = run("percent-macros", *command, "-t", "beamer", deck.path.name, cwd=deck.path.parent)
    found = [match.groups() for line in (done.out + done.err).splitlines() if (match := PATTERN.fullmatch(line))]
    assert found == [(deck.path.name, "11", "26", "error", "PM203", "unknown macro `bax`")]
    assert (done.out == "") == (command[0] == "build")


def test_the_line_that_is_shown_is_one() -> None:
    assert PATTERN.fullmatch(block("editors/README.md", "text").strip())


def test_the_full_name_is_shown(run) -> None:
    done = run("sh", "-c", block("editors/README.md", "sh"))
    assert run(done.out.strip(), "--version").status == 0
