"""The manual page: what tools/manual.py makes of the commands' help, and `man` with an installed wheel."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import pytest

from pandoc_percent_macros.cli.main import cli

from ..support.pages import block

ROOT = Path(__file__).parents[2]
WIDE = {"MANWIDTH": "1000", "MAN_KEEP_FORMATTING": "", "LC_ALL": "C.UTF-8"}
CONTEXT = click.Context(cli)
COMMANDS = {name: command for name in cli.list_commands(CONTEXT) if (command := cli.get_command(CONTEXT, name))}


@pytest.fixture
def shown(run, tmp_path) -> str:
    """Write the page as docs/shell-completion.md says, and show it."""
    write, show = block("shell-completion.md", "sh", 1).splitlines()
    done = run(sys.executable, ROOT / write.split()[1], *write.split()[2:])
    assert (done.status, done.out, done.err) == (0, "", "")
    program, page = show.split()
    done = run(program, "--warnings=w", "--no-hyphenation", tmp_path / page, **WIDE)
    assert (done.status, done.err) == (0, "")  # roff has nothing to complain of
    return done.out


def words(text: str) -> str:
    return " ".join(text.replace("\b", " ").split())


def test_all_of_the_help_is_in_it(shown) -> None:
    page = words(shown)
    for name, command in COMMANDS.items():
        assert words(command.help or "") in page, name
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert words(option.help or "") in page, (name, option.name)
                assert ", ".join(option.opts) in page, (name, option.name)


def test_commands_stand_in_the_order_of_the_help(shown) -> None:
    headings = [line.strip() for line in shown.splitlines() if line.startswith("   ") and line[3:4] not in ("", " ")]
    assert headings == list(COMMANDS)


def test_examples_keep_their_lines(shown) -> None:
    lines = [line.strip() for line in shown.splitlines()]
    for command in (cli, *COMMANDS.values()):
        for paragraph in (command.help or "").split("\n\n"):
            if paragraph.lstrip(" ").startswith("\b"):
                assert set(map(str.strip, paragraph.strip(" \b\n").splitlines())) <= set(lines), paragraph


def test_man_finds_the_wheel_s(run, tmp_path) -> None:
    wheel = Path(run(sys.executable, ROOT / "tools" / "wheel.py", tmp_path / "wheel").out.strip())
    prefix = tmp_path / "prefix"
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    done = run(*pip, "--no-deps", "--ignore-installed", "--prefix", prefix, wheel)
    assert done.status == 0, done
    (program,) = prefix.rglob("bin")
    done = run(*block("shell-completion.md", "sh").split(), PATH=f"{program}{os.pathsep}{os.environ['PATH']}", **WIDE)
    assert done.status == 0, done
    assert "percent-macros - macros for pandoc documents" in done.out
