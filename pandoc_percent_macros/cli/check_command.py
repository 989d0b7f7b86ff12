"""``percent-macros check``: all that is wrong with documents; with ``--pages`` what does not fit on them, too."""

from collections.abc import Callable, Sequence

import click

from ..base import Diagnostic, Diagnostics, Fault
from ..inspect.checks import check_document
from ..lint.thresholds import KINDS, of_metadata
from ..pandoc import USUAL, parse, writer_of
from ..report.forms import FORMS
from .options import end_on_signals, pandoc_arguments, reading, split_words, system_faults, targets

_THEIRS = "pandoc_percent_macros.pages"  # in a context: pandoc's command line, with --pages


class CheckCommand(click.Command):
    """A command that takes pandoc's command line where it builds the document."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing or not _asks_for_pages(args):
            return super().parse_args(ctx, args)
        of_reading = {name for each in self.params if not _is_ours(each) for name in each.opts}
        ours, theirs = split_words(args, self, ctx, without=of_reading)
        _, names = parse(theirs)
        ctx.meta[_THEIRS] = theirs
        return super().parse_args(ctx, [*ours, "--", *names])


def _asks_for_pages(args: Sequence[str]) -> bool:
    before = args[: args.index("--")] if "--" in args else args
    return "--pages" in before


def _is_ours(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and param.name in _OURS


def _threshold(name: str, unit: str, what: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    return click.option(name, type=click.FloatRange(0), metavar=unit, help=f"With --pages: {what}")


_OURS = ("pages", "output_format", "strict", "min_dpi", "min_text_size", "min_contrast", "max_lines", "allow", "help")


@click.command("check", cls=CheckCommand, short_help="Say what is wrong with documents.")
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
@click.option("--pages", is_flag=True, help="Build the document, and say what does not fit on its pages, too.")
@_threshold("--min-dpi", "NUMBER", "the dots per inch that pictures have to have.  [default: 100]")
@_threshold("--min-text-size", "POINTS", "the size that letters have to have.  [default: 6]")
@_threshold("--min-contrast", "RATIO", "the contrast that text has to have with what is behind it.  [default: 3]")
@_threshold("--max-lines", "NUMBER", "the lines of text that a slide may have.  [default: 20]")
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(list(KINDS)),
    metavar="KIND",
    help="With --pages: leave out a kind, such as `empty`. May be given several times.",
)
@reading
def check_command(
    files: tuple[str, ...],
    targets: tuple[str, ...],
    output_format: str,
    strict: bool,
    pages: bool,
    allow: tuple[str, ...],
    **thresholds: float | None,
) -> int:
    """Say all that is wrong with the macros of FILEs, each a document of its own.

    \b
      percent-macros check talk.md
      percent-macros check talk.md -t beamer -t html
      percent-macros check --output-format github *.md
      percent-macros check --pages talk.md

    That is all that the filter would say, and more: pictures that a macro names and that are not there; braces and
    environments that a macro opens and never closes; macros that are never called; fenced divs that are never closed,
    or that pandoc shows as text; widths of columns that are none. LaTeX does not run.

    With --pages the document is built as a PDF, which is not kept, and what does not fit on its slides is told, too:
    what is off the slide, over text or over another picture, coarse, small or pale, and slides that are empty or too
    full. All of pandoc's options are taken. It takes pypdfium2 and pikepdf:
    `pip install 'pandoc-percent-macros[preview]'`.

    Exit status: 0 when nothing is wrong, 1 for errors (with --strict for warnings, too), 2 for a wrong command line.
    """
    if not pages and (allow or any(each is not None for each in thresholds.values())):
        raise click.UsageError("thresholds, and `--allow`, are of what is on pages; give `--pages`, too")
    found = Diagnostics()
    theirs = click.get_current_context().meta.get(_THEIRS)
    for name in files:
        try:
            if pages:
                options = _without_names(theirs or [])
                every = _check_pages(options, name, thresholds, allow)
            else:
                every = list(check_document([*pandoc_arguments(), "--", name], targets))
        except Fault as fault:
            every = [fault.diagnostic]
        for each in every:
            found.add(each)
    diagnostics = list(found)
    click.echo(FORMS[output_format](diagnostics), nl=False)
    return 1 if found.failed or (strict and diagnostics) else 0


def _without_names(arguments: Sequence[str]) -> list[str]:
    """Return the options of a command line of pandoc's."""
    names = list(parse(arguments)[1])
    words = [each for each in arguments if each != "--"]
    for name in reversed(names):
        del words[len(words) - 1 - words[::-1].index(name)]
    return words


def _check_pages(
    options: Sequence[str], name: str, thresholds: dict[str, float | None], allowed: Sequence[str]
) -> list[Diagnostic]:
    """Return what is wrong with a document, and what does not fit on its pages."""
    from ..build.builder import kept
    from ..inspect.loading import load
    from ..lint.linter import Linter, Listening, sources_of
    from ..placing.placed import PlacedDocument
    from .page_commands import usage_errors

    end_on_signals()
    arguments = [*options, "--", name]
    written = next((each.value for each in reversed(parse(options)[0]) if each.name == "to"), USUAL)
    found = check_document(arguments, [writer_of(written)])
    if found.failed:
        return list(found)
    loaded = load(arguments)
    asked = of_metadata(loaded.document()["meta"], sources_of(loaded)).with_options(thresholds, allowed)
    progress = Listening()
    with system_faults(), usage_errors(), PlacedDocument(arguments, progress, kept(), again=True) as document:
        if document.build():
            return [*found, *Linter(document).lint(loaded, asked, progress.found).diagnostics]
    click.echo(progress.said, err=True, nl=False)
    return [*found, *progress.found]
