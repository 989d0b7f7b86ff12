"""``percent-macros boxes``: where on the pages calls paint."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..base import Fault
from ..build.builder import kept
from ..build.progress import progress_for
from ..placing.placed import PlacedCall, PlacedDocument
from .options import PandocCommand, end_on_signals, offered_words, system_faults


class PagesCommand(PandocCommand):
    """A command that takes pandoc's command line and writes no file."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["FILE...", "[OPTIONS]", "[PANDOC OPTIONS]"]


@click.command("boxes", cls=PagesCommand, short_help="Say where on the pages each call paints.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=offered_words)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def boxes_command(arguments: tuple[str, ...], as_json: bool) -> int:
    """Build the document FILE, and say for each of its calls, and each page, where it paints.

    \b
      percent-macros boxes talk.md
      percent-macros boxes talk.md --json -V theme=Madrid

    Places are in millimetres from the page's top left corner, right and down: x0 and y0 are the box's top left corner,
    x1 and y1 its bottom right one. Of a picture it is the frame, not the ink. All of pandoc's options are taken; the
    format is beamer, or what --to says. No file is written.

    --json writes a list of objects with "file", "line", "column", "call", "page", "x0", "y0", "x1" and "y1".

    It takes pypdfium2 and pikepdf: `pip install 'pandoc-percent-macros[preview]'`.

    Exit status: 0 when the document was built, 1 for errors, 2 for a wrong command line.
    """
    end_on_signals()
    progress = progress_for("pages", quiet=True, each_phase=False)
    found: list[PlacedCall] = []
    with system_faults(), progress, usage_errors(), PlacedDocument(arguments, progress, kept()) as document:
        if not document.build():
            return 1
        found = document.boxes()
    if as_json:
        click.echo(json.dumps([_object(each) for each in found], ensure_ascii=False, indent=2))
    else:
        _print_table(found)
    return 0


@contextmanager
def usage_errors() -> Iterator[None]:
    """Turn a fault of the command line (PM608) into an error of usage."""
    try:
        yield
    except Fault as fault:
        if fault.code != "PM608":
            raise
        raise click.UsageError("; ".join((fault.message, *fault.hints))) from None


def _object(placed: PlacedCall) -> dict[str, object]:
    call, box = placed.call, placed.box
    places = {name: round(getattr(box, name), 3) for name in ("x0", "y0", "x1", "y1")}
    return {
        "file": call.file,
        "line": call.line,
        "column": call.column,
        "call": call.text,
        "page": placed.page,
        **places,
    }


def _print_table(found: list[PlacedCall]) -> None:
    from .tabular import table

    rows = []
    for each in found:
        numbers = [f"{value:.2f}" for value in (each.box.x0, each.box.y0, each.box.x1, each.box.y1)]
        place = f"{each.call.file}:{each.call.line}:{each.call.column}"
        rows.append((place, str(each.page), *numbers, " ".join(each.call.text.split())))
    titles = (("Call", False), ("Page", True), ("x0", True), ("y0", True), ("x1", True), ("y1", True), ("Text", False))
    table(titles, rows)
