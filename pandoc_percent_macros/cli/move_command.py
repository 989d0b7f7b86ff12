"""``percent-macros move``: the numbers of a call are changed so that what it paints moves as asked."""

import difflib
import os
import re

import click

from ..base import Fault
from ..build.builder import kept
from ..build.progress import progress_for
from ..pandoc import Process, find_pandoc, parse, understand
from ..placing.move import Mover
from ..placing.placed import PlacedDocument
from ..placing.quantities import millimetres
from ..placing.wishes import Plan, Wish
from .options import FORMATS, PandocCommand, end_on_signals, offered_words, system_faults
from .page_commands import usage_errors

_PLACE = re.compile(r"(.+?):(\d+)(?::(\d+))?:?")
_SEEN = 0.005  # millimetres


class _Lengths(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.3
    """One length of TeX's or several, as millimetres."""

    def __init__(self, names: str) -> None:
        self.name = names
        self._count = names.count(",") + 1

    def convert(
        self, value: str | tuple[float, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        if not isinstance(value, str):
            return value
        found = [millimetres(each) for each in value.split(",")]
        lengths = tuple(each for each in found if each is not None)
        if len(found) != self._count or len(lengths) != self._count:
            wanted = "two lengths, such as `3mm,-0.5cm`" if self._count > 1 else "a length, such as `3cm`"
            wanted += "; the format is named with `-t`" if value in FORMATS else ""
            self.fail(f"{value!r} is not {wanted}", param, ctx)
        return lengths


class MoveCommand(PandocCommand):
    """A command that takes a place, and then pandoc's command line."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["FILE:LINE[:COLUMN]", "[OPTIONS]", "[PANDOC OPTIONS]"]


@click.command("move", cls=MoveCommand, short_help="Move what a call paints, by the numbers in it.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=offered_words)
@click.option("--by", type=_Lengths("RIGHT,DOWN"), help="Move it so far.")
@click.option("--to", type=_Lengths("X,Y"), help="Move its top left corner there, from the page's.")
@click.option("--width", type=_Lengths("WIDTH"), help="Make it so wide.")
@click.option("--dry-run", is_flag=True, help="Print the change as a diff, and write nothing.")
def move_command(
    arguments: tuple[str, ...],
    by: tuple[float, float] | None,
    to: tuple[float, float] | None,
    width: tuple[float] | None,
    dry_run: bool,
) -> int:
    """Change the numbers of the call on LINE of FILE so that what it paints moves as asked.

    \b
      percent-macros move talk.md:57 --by=-3mm,2mm
      percent-macros move talk.md:57 --to 88mm,6mm --dry-run
      percent-macros move talk.md:57 --width 3cm

    With several calls on the line, the column says which one. Lengths are TeX's: mm, cm, in, pt, bp, …. Numbers keep
    their units, and get the fewest digits that are right within 0.05 mm.

    All other options are pandoc's; the format is beamer, or what -t says. It takes pypdfium2 and pikepdf:
    `pip install 'pandoc-percent-macros[preview]'`.

    Exit status: 0 when the numbers are written, 1 for errors, which leave the file as it is, 2 for a wrong command
    line.
    """
    end_on_signals()
    if by and to:
        raise click.UsageError("`--by` and `--to` can't go together")
    if not (by or to or width):
        raise click.UsageError("nothing is asked for: give `--by`, `--to` or `--width`")
    if width and width[0] <= 0:
        raise click.UsageError("`--width` must be more than 0")
    progress = progress_for("pages", quiet=True, each_phase=False)
    with system_faults(), progress, usage_errors():
        place, words = _understood(arguments)
        with PlacedDocument(words, progress, kept()) as document:
            if not document.build():
                return 1
            mover = Mover(document)
            plan = mover.plan(mover.find(*place), Wish(by, to, width[0] if width else None))
            if not dry_run:
                mover.apply(plan)
    click.echo(_diff(plan) if dry_run else _told(plan), nl=False)
    return 0


def _understood(arguments: tuple[str, ...]) -> tuple[tuple[str, int, int | None], tuple[str, ...]]:
    """Return the place that is named first, and pandoc's command line; the place names its document if no other does.

    Raises:
        Fault: PM608 for what names no place, or is not pandoc's command line.
    """
    names = parse(arguments)[1]
    found = _PLACE.fullmatch(names[0]) if names else None
    if found is None:
        message = f"{names[0]!r} is not FILE:LINE" if names else "no place is named"
        raise Fault("PM608", message, "name it first, such as `talk.md:57` or `talk.md:57:12`")
    at = arguments.index(names[0])
    words = (*arguments[:at], *arguments[at + 1 :])
    if understand(Process(find_pandoc(), words, os.getcwd())).inputs == ("-",):
        words = (*arguments[:at], found[1], *arguments[at + 1 :])
    return (found[1], int(found[2]), int(found[3]) if found[3] else None), words


def _told(plan: Plan) -> str:
    """Return a line that says what was written."""
    call = plan.movable.marked
    place = f"{call.file}:{call.line}:{call.column}"
    if not plan.numbers:
        return f"{place}: it is there already, within {max(plan.error, 0.005):.2f} mm\n"
    numbers = ", ".join(
        f"{each.name} {each.old} -> {each.new}" if each.old else f"{each.name} = {each.new}" for each in plan.numbers
    )
    old, new = plan.movable.box, plan.box
    moved = f"moved by {new.x0 - old.x0 + 0:.2f},{new.y0 - old.y0 + 0:.2f} mm"
    if abs(new.width - old.width) > _SEEN:
        moved += f", {new.width:.2f} mm wide"
    if plan.movable.wanders:
        moved += f", on page {plan.movable.pages[0].page}, the first where it shows"
    return f"{place}: {numbers}; {moved}\n"


def _diff(plan: Plan) -> str:
    """Return the change as a unified diff."""
    old, new = (re.findall(r".*\n|.+", each.data.decode()) for each in (plan.movable.file, plan.file))
    name = plan.movable.file.name
    pieces = difflib.unified_diff(old, new, name, name)
    return "".join(each if each.endswith("\n") else f"{each}\n\\ No newline at end of file\n" for each in pieces)
