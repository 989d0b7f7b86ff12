"""The command line: ``percent-macros lift`` and ``percent-macros setup``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import __version__, installation
from .diagnostics.render import render
from .document.directives import FAULT
from .document.files import FileFault, read_input, text_of
from .document.lift import with_markers
from .document.manuscript import Input, Manuscript
from .document.scanner import scan
from .document.syntax import DEFAULTS, Syntax, parse_format

STDIN = "<stdin>"


class Dialect(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.3
    """A Markdown dialect, written as pandoc's ``--from`` takes it."""

    name = "format"

    def convert(self, value: str | Syntax, param: click.Parameter | None, ctx: click.Context | None) -> Syntax:
        syntax = value if isinstance(value, Syntax) else parse_format(value)
        if syntax is None:
            self.fail(f"{value!r} is no Markdown; known are {', '.join(sorted(DEFAULTS))}", param, ctx)
        return syntax


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="percent-macros")
def cli() -> None:
    """Macros for pandoc documents.

    Pandoc runs this program as a filter:

      pandoc -F percent-macros talk.md -t beamer -o talk.pdf
    """


@cli.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
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
def lift(files: tuple[str, ...], syntax: Syntax, quiet: bool, parts: tuple[str, ...], tab_stop: int) -> int:
    """Turn the macro lines of Markdown FILEs, or of standard input, into markers that pandoc keeps as they are.

    The text goes to standard output, for pandoc and the filter behind it:

      percent-macros lift talk.md | pandoc -F percent-macros -t beamer -o talk.pdf
    """
    inputs = _parts(parts, tab_stop) if parts else _inputs(files)
    manuscript = Manuscript(inputs)
    directives = scan(manuscript, syntax)
    text = with_markers(manuscript, syntax, directives)
    sys.stdout.buffer.write((_without_tabs(text, tab_stop) if parts else text).encode())
    faults = [each.fault for each in directives if each.kind == FAULT and each.fault]
    if not faults or quiet:
        return 0
    click.echo(render(faults), err=True, nl=False)
    return 1


def _inputs(files: tuple[str, ...]) -> list[Input]:
    return [read_input(name) for name in files] or [Input(STDIN, text_of(STDIN, sys.stdin.buffer.read()))]


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


@cli.command()
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Pandoc's data directory; the user's own if not given.",
)
def setup(data_dir: Path | None) -> int:
    """Put the reader, the filter and the defaults file into pandoc's data directory.

    Then these work from every folder:

    \b
      pandoc -d percent-macros talk.md -t beamer -o talk.pdf
      pandoc -f percent-macros.lua -F percent-macros talk.md -t beamer -o talk.pdf
    """
    outcome = installation.install(data_dir or installation.user_data_directory())
    for path in outcome.written:
        click.echo(f"wrote {path}")
    for path in outcome.unchanged:
        click.echo(f"unchanged {path}")
    for path in outcome.kept:
        click.echo(f"not written by percent-macros, kept: {path}", err=True)
    return 1 if outcome.kept else 0


def command() -> int:
    """Run the command line; return its exit status."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.Abort:
        return 130
    except FileFault as fault:
        click.echo(render([fault.diagnostic]), err=True, nl=False)
        return 1
    except installation.SetupError as fault:
        raise SystemExit(f"percent-macros: {fault}") from None
    return status if isinstance(status, int) else 0
