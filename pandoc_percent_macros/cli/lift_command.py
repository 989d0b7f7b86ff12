"""``percent-macros lift``: the preprocessor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..base import Diagnostic
from ..document import elements
from ..document.source import Syntax, manuscript
from ..document.transport import Lifted, headers, settling
from ..document.transport.markers import with_markers
from ..pandoc import find_pandoc, read
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
def lift_command(files: tuple[str, ...], syntax: Syntax, quiet: bool, parts: tuple[str, ...], tab_stop: int) -> int:
    """Turn the macro lines of Markdown FILEs, or of standard input (`-`), into markers that pandoc keeps as they are.

    The text goes to standard output, for pandoc and the filter after it:

    \b
      percent-macros lift talk.md | pandoc -F percent-macros -t beamer -o talk.pdf
    """
    inputs = _parts(parts, tab_stop) if parts else _inputs(files)
    lifted = settling.lift([manuscript.Manuscript(inputs, tab_stop or 4)], syntax)
    if any(each.doubtful for each in lifted) or settling.may_part(lifted):
        lifted = _settled(lifted, syntax, tab_stop)
    headers.check(lifted[0], syntax, lambda text: _asking(syntax, tab_stop)([text]))
    text = inputs[0].mark + with_markers(lifted, syntax)
    manuscript.write_standard_output((_without_tabs(text, tab_stop) if parts else text).encode())
    faults = [] if quiet else _faults(lifted[0], syntax, tab_stop)
    if not faults:
        return 0
    click.echo(render(faults), err=True, nl=False)
    return 1


def _faults(lifted: Lifted, syntax: Syntax, tab_stop: int) -> list[Diagnostic]:
    """Return what is wrong with directives that stand in text: pandoc is asked, if there is any."""
    faults = {key: each.fault for key, each in lifted.directives.items() if each.fault}
    if not faults:
        return []
    places = settling.places(_asking(syntax, tab_stop)([lifted.text]))
    return [fault for key, fault in faults.items() if places.get(key) == elements.TEXT]


def _asking(syntax: Syntax, tab_stop: int) -> settling.Read:
    """Return what has pandoc read a text."""
    program = find_pandoc()
    arguments = [f"--tab-stop={tab_stop}"] if tab_stop else ["--preserve-tabs"]
    return lambda texts: read(program, texts[0], syntax.option, arguments)


def _settled(lifted: list[Lifted], syntax: Syntax, tab_stop: int) -> list[Lifted]:
    """Return what is to be lifted, after pandoc was asked about what only it can tell."""
    ask = _asking(syntax, tab_stop)
    lifted = settling.settled(lifted, syntax, ask)
    if settling.may_part(lifted):
        settling.parted(lifted, ask)
    return lifted


def _inputs(files: tuple[str, ...]) -> list[manuscript.Input]:
    return [
        manuscript.read_standard_input() if name == "-" else manuscript.read_input(name) for name in files or ("-",)
    ]


def _parts(parts: tuple[str, ...], tab_stop: int) -> list[manuscript.Input]:
    """Return the inputs of pandoc's whose texts a reader was handed, as they are on the disk if they are there.

    Pandoc hands a reader texts without tabs and carriage returns; the columns of the file are lost in them.
    """
    data = sys.stdin.buffer.read()
    inputs = []
    at = 0
    for part in parts:
        size, name = part.split(":", 1)
        text = manuscript.text_of(name, data[at : at + int(size)])
        at += int(size)
        if Path(name).is_file():
            original = manuscript.read_input(name).text
            same = _without_tabs(original, tab_stop).rstrip("\n") == text.rstrip("\n")
            text = original if same else text
        inputs.append(manuscript.Input(name or manuscript.STDIN, text))
    return inputs


def _without_tabs(text: str, tab_stop: int) -> str:
    """Return a text as pandoc hands it to a reader."""
    return text.replace("\r", "").expandtabs(tab_stop) if tab_stop else text.replace("\r", "")
