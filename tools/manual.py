"""Writes the manual page, man(7), from the help of the commands: `tools/manual.py man/percent-macros.1`.

No text of its own stands here that the help could have. The page has no date, so that it is the same each time.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pandoc_percent_macros import __version__
from pandoc_percent_macros.cli.main import cli
from pandoc_percent_macros.language.values.budget import DEFAULTS
from pandoc_percent_macros.settings import VARIABLE

NAME = "percent-macros"
SUMMARY = "macros for pandoc documents"
# What roff would read as something else: a command, or a sign that is set as another one.
SIGNS = str.maketrans({"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"})


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{line}\n" for line in page()), "utf-8")
    return 0


def page() -> Iterator[str]:
    """Return the lines of the manual page."""
    context = click.Context(cli, info_name=NAME, **cli.context_settings)
    yield f'.TH {escaped(NAME.upper())} 1 "" "{escaped(NAME)} {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"{escaped(NAME)} \\- {SUMMARY}"
    yield ".SH SYNOPSIS"
    yield from line_of("pandoc -F", f"{NAME} [PANDOC OPTIONS] FILE...")
    yield ".br"
    yield from line_of(NAME, " ".join(cli.collect_usage_pieces(context)))
    yield ".SH DESCRIPTION"
    yield from list(paragraphs(cli))[1:]  # a section begins a paragraph by itself
    yield ".SH COMMANDS"
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None and not command.hidden:
            yield from section(name, command, context)
    yield ".SH ENVIRONMENT"
    yield from limits()
    yield ".SH SEE ALSO"
    yield ".BR pandoc (1)"


def limits() -> Iterator[str]:
    """Return what is to be said of the variable that sets the limits of the language."""
    yield ".TP"
    yield rf"\fB{VARIABLE}\fR"
    yield "Limits of the language: names and numbers, with commas between them. Without it, they are"
    yield from (".RS", ".PP", ".nf")
    for name in DEFAULTS.__match_args__:
        yield f"{name}={getattr(DEFAULTS, name)}"
    yield from (".fi", ".RE")


def section(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    """Return a command's usage, its help and its options."""
    context = click.Context(command, info_name=name, parent=parent)
    yield f".SS {escaped(name)}"
    yield from line_of(f"{NAME} {name}", " ".join(command.collect_usage_pieces(context)))
    yield from paragraphs(command)
    for option in command.params:
        record = option.get_help_record(context)
        if record is not None and isinstance(option, click.Option):
            yield ".TP"
            yield r"\fB" + re.sub(r" ([A-Z][^,]*)", r" \\fI\1\\fB", escaped(record[0])) + r"\fR"
            yield started(escaped(record[1]))


def paragraphs(command: click.Command) -> Iterator[str]:
    r"""Return the paragraphs of a command's help; those that begin with \b are shown line by line, as click does it."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        lines = paragraph.split("\n")
        if lines[0] == "\b":
            yield from (".PP", ".RS", ".nf", *(started(escaped(line.strip())) for line in lines[1:]), ".fi", ".RE")
        else:
            yield ".PP"
            yield started(escaped(" ".join(line.strip() for line in lines)))


def line_of(bold: str, plain: str) -> Iterator[str]:
    yield rf"\fB{escaped(bold)}\fR {escaped(plain)}"


def escaped(text: str) -> str:
    return text.translate(SIGNS)


def started(line: str) -> str:
    """Return a line so that a dot at its start is no command."""
    return rf"\&{line}" if line.startswith(".") else line


if __name__ == "__main__":
    sys.exit(main())
