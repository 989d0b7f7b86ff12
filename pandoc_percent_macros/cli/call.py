"""``percent-macros call``: what a call gives."""

from __future__ import annotations

import click

from ..inspect.results import written
from ..inspect.study import study
from ..report.terminal import render
from .options import pandoc_arguments, reading, target


@click.command(short_help="Print what a call gives.")
@click.argument("file", type=click.Path())
@click.argument("text", metavar="CALL")
@target
@reading
def call(file: str, text: str, target: str) -> int:
    """Print what CALL gives with the macros of FILE: the raw text alone.

    \b
      percent-macros call talk.md 'putpic(1mm, 2mm, 2cm, a.png)'
      percent-macros call talk.md 'image(a.png)' -t html

    The call is written as in the document; its percent signs may be left out. Plain text and Markdown that the macro
    gives are written in the format, too.
    """
    studied = study([*pandoc_arguments(), "--", file])
    expanded = studied.with_call(text, target)
    click.echo(render(expanded.diagnostics), err=True, nl=False)
    if expanded.diagnostics.failed:
        return 1
    click.echo(written(studied, expanded))
    return 0
