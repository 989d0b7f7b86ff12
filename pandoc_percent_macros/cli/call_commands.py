"""``percent-macros call`` and ``explain``: the result of a call, and how it comes about."""

import re

import click

from ..inspect.explaining import calls_at, explanation, written
from ..inspect.loading import load
from ..report.terminal import render
from .options import offered_files, pandoc_arguments, reading, target

_PLACE = re.compile(r"(.+?):(\d+)(?::(\d+))?:?")


@click.command("call", short_help="Print the result of a call.")
@click.argument("file", type=click.Path())
@click.argument("text", metavar="CALL")
@target
@reading
def call_command(file: str, text: str, target: str) -> int:
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


@click.command("explain", short_help="Tell how a call comes to its result.")
@click.argument("place", metavar="FILE:LINE", shell_complete=offered_files)
@target
@reading
def explain_command(place: str, target: str) -> int:
    """Tell of the call on a line of FILE: its macro, what the parameters are, the steps, and the result.

    \b
      percent-macros explain talk.md:57

    With a column after the line, as error messages have it, it is the call there.
    """
    found = _PLACE.fullmatch(place)
    if found is None:
        raise click.UsageError(f"{place!r} is not FILE:LINE")
    loaded = load([*pandoc_arguments(), "--", found[1]])
    expanded = loaded.expanded(target)
    calls = calls_at(expanded.processed, int(found[2]), int(found[3]) if found[3] else None)
    if not calls:
        click.echo(render(expanded.diagnostics), err=True, nl=False)
        raise click.ClickException(f"there is no macro call at {place}")
    texts = [explanation(expanded.processed, each) for each in calls]
    click.echo("\n".join(text for text, _ in texts), nl=False)
    faults = [fault for _, fault in texts if fault]
    click.echo(render(faults), err=True, nl=False)
    return 1 if faults else 0
