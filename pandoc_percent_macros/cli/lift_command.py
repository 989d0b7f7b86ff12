"""``percent-macros lift``: the preprocessor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..document.source.dialect import Syntax
from ..document.source.directives import FAULT
from ..document.source.files import STDIN, read_input, read_standard_input, text_of
from ..document.source.manuscript import Input, Manuscript
from ..document.source.scanner import scan
from ..document.transport.lift import with_markers
from ..report.terminal import render
from .options import Dialect


@click.command("lift", short_help="Turn macros into markers that pandoc keeps.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path())
@click.option(
    "-f",
    "--from",
    "syntax",
    type=Dialect(),
    default="markdown",
    show_default=True,
    metavar="FORMAT",
    help="The Markdown dialect, as in pandoc's --from.",
)
@click.option("--quiet", is_flag=True, hidden=True, help="Leave the reporting of errors to the filter.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    hidden=True,
    metavar="BYTES:NAME",
    help="A file whose text is the next so many bytes of standard input, as pandoc hands it to a reader.",
)
@click.option("--tab-stop", default=4, hidden=True)
def command(files: tuple[str, ...], syntax: Syntax, quiet: bool, parts: tuple[str, ...], tab_stop: int) -> int:
    """Turn the macro lines of Markdown FILEs, or of standard input, into markers that pandoc keeps as they are.

    The text goes to standard output, for pandoc and the filter after it:

    \b
      percent-macros lift talk.md | pandoc -F percent-macros -t beamer -o talk.pdf
    """
    inputs = _parts(parts, tab_stop) if parts else _inputs(files)
    manuscript = Manuscript(inputs)
    directives = scan(manuscript, syntax)
    text = inputs[0].mark + with_markers(manuscript, syntax, directives)
    sys.stdout.buffer.write((_without_tabs(text, tab_stop) if parts else text).encode())
    faults = [each.fault for each in directives if each.kind == FAULT and each.fault]
    if not faults or quiet:
        return 0
    click.echo(render(faults), err=True, nl=False)
    return 1


def _inputs(files: tuple[str, ...]) -> list[Input]:
    return [read_input(name) for name in files] or [read_standard_input()]


def _parts(parts: tuple[str, ...], tab_stop: int) -> list[Input]:
    """Return the inputs of pandoc's whose texts a reader was handed, as they are on the disk if they are there.

    Pandoc hands a reader texts without tabs and carriage returns; the columns of the file are lost in them.
    """
    data = sys.stdin.buffer.read()
    inputs = []
    at = 0
    for part in parts:
        size, name = part.split(":", 1)
        text = text_of(name, data[at : at + int(size)])
        at += int(size)
        if Path(name).is_file():
            original = read_input(name).text
            same = _without_tabs(original, tab_stop).rstrip("\n") == text.rstrip("\n")
            text = original if same else text
        inputs.append(Input(name or STDIN, text))
    return inputs


def _without_tabs(text: str, tab_stop: int) -> str:
    """Return a text as pandoc hands it to a reader."""
    return text.replace("\r", "").expandtabs(tab_stop) if tab_stop else text.replace("\r", "")
