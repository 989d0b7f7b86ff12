"""``percent-macros expand``: the document without macros."""

import click

from ..flatten.flattening import flatten
from ..inspect.loading import load
from ..report.terminal import render
from .options import pandoc_arguments, reading, targets


@click.command("expand", short_help="Write a document with its macros expanded.")
@click.argument("file", type=click.Path())
@targets
@reading
def expand_command(file: str, targets: tuple[str, ...]) -> int:
    """Write the document FILE with every macro expanded and no definitions left, as Markdown.

    \b
      percent-macros expand talk.md > plain.md
      percent-macros expand talk.md -t beamer -t html > plain.md

    Pandoc reads it without the filter, and it looks the same. With several formats, what macros return in each becomes
    raw markup of that format. Your own text stays as it is where that can be; else pandoc writes the whole document
    anew, and a note says so.
    """
    loaded = load([*pandoc_arguments(), "--", file])
    outcome = flatten(loaded, targets)
    click.echo(render(outcome.diagnostics), err=True, nl=False)
    if outcome.diagnostics.failed:
        return 1
    if "{=" in outcome.text and outcome.dialect != loaded.dialect:
        click.echo(f"percent-macros: {file}: read the text as {outcome.dialect}", err=True)
    if outcome.rewritten:
        click.echo(f"percent-macros: {file}: pandoc has written the text anew, to keep it the same in effect", err=True)
    if outcome.differs:
        click.echo(f"percent-macros: {file}: Markdown can't say all of it: some of it will look different", err=True)
    click.echo(outcome.text, nl=False)
    return 0
