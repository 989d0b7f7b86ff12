"""``percent-macros call``: the result of a call."""

import click

from ..inspect.explaining import written
from ..inspect.loading import load
from ..report.terminal import render
from .options import pandoc_arguments, reading, target


@click.command("call", short_help="Print the result of a call.")
@click.argument("file", type=click.Path())
@click.argument("text", metavar="CALL")
@target
@reading
def command(file: str, text: str, target: str) -> int:
    """Print the result of CALL with the macros of FILE: the raw text alone.

    \b
      percent-macros call talk.md 'putpic(1mm, 2mm, 2cm, a.png)'
      percent-macros call talk.md 'image(a.png)' -t html

    The call is written as in the document; its percent signs may be left out. Plain text and Markdown that the macro
    returns are written in the format, too.
    """
    loaded = load([*pandoc_arguments(), "--", file])
    expanded = loaded.with_call(text, target)
    click.echo(render(expanded.diagnostics), err=True, nl=False)
    if expanded.diagnostics.failed:
        return 1
    click.echo(written(loaded, expanded))
    return 0
