"""``percent-macros check``: all that is wrong with documents, without running LaTeX."""

import click

from ..base import Diagnostics, Fault
from ..inspect.checks import check_document
from ..report.forms import FORMS
from .options import pandoc_arguments, reading, targets


@click.command("check", short_help="Say what is wrong with documents, without LaTeX.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@targets
@click.option(
    "--output-format",
    type=click.Choice(list(FORMS)),
    default="full",
    show_default=True,
    help="How the diagnostics are written, to standard output.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when there are warnings, too.")
@reading
def check_command(files: tuple[str, ...], targets: tuple[str, ...], output_format: str, strict: bool) -> int:
    """Say all that is wrong with the macros of FILEs, each a document of its own.

    \b
      percent-macros check talk.md
      percent-macros check talk.md -t beamer -t html
      percent-macros check --output-format github *.md

    That is all that the filter would say, and more: pictures that a macro names and that are not there; braces and
    environments that a macro opens and never closes; macros that are never called; fenced divs that are never closed,
    or that pandoc shows as text; widths of columns that are none. LaTeX does not run.

    Exit status: 0 when nothing is wrong, 1 for errors (with --strict for warnings, too), 2 for a wrong command line.
    """
    found = Diagnostics()
    for name in files:
        try:
            for each in check_document([*pandoc_arguments(), "--", name], targets):
                found.add(each)
        except Fault as fault:
            found.add(fault.diagnostic)
    every = list(found)
    click.echo(FORMS[output_format](every), nl=False)
    return 1 if found.failed or (strict and every) else 0
