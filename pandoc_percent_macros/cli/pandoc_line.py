"""What ``build`` and ``watch`` have in common on the command line: pandoc's options beside our own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from ..base.fault import Fault
from ..build.request import Request, split
from ..pandoc.command_line import parse
from ..pandoc.executable import find_pandoc
from . import completion

Decorated = TypeVar("Decorated", bound=Callable[..., object])


class PandocCommand(click.Command):
    """A command that takes pandoc's command line, with our options anywhere in it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            completion.remember(ctx, args)
            return super().parse_args(ctx, args)
        try:
            ours, theirs = split(args)
            asks_for_help = any(each.name == "help" for each in parse(theirs)[0])
        except Fault as fault:
            raise _usage_error(fault, ctx) from None
        return super().parse_args(ctx, ["--help"] if asks_for_help else [*ours, "--", *theirs])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        ours = super().shell_complete(ctx, incomplete)
        names = {each.value for each in ours}
        return ours + [each for each in completion.options(incomplete) if each.value not in names]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["FILE...", "-o OUT", "[OPTIONS]", "[PANDOC OPTIONS]"]


def pandoc_line(command: Decorated) -> Decorated:
    """Give a command the options of a build, and pandoc's command line as ``arguments``."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    return command


_OPTIONS = (
    click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=completion.words),
    click.option("--draft", is_flag=True, help="Show a framed box with the name where a picture is missing."),
    click.option(
        "--depfile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help="Write the files that OUT is made from to FILE, as a rule for make or ninja.",
    ),
)  # fmt: skip


def request_of(arguments: tuple[str, ...], draft: bool, depfile: Path | None) -> Request:
    """Return what a command line asks for; raise ``click.UsageError`` for what can't be built."""
    request = Request(os.path.abspath(find_pandoc()), arguments, Path.cwd(), draft, depfile)
    try:
        request.check()
    except Fault as fault:
        raise _usage_error(fault) from None
    return request


def _usage_error(fault: Fault, ctx: click.Context | None = None) -> click.UsageError:
    return click.UsageError("; ".join((fault.message, *fault.hints)), ctx)


@contextmanager
def system_faults() -> Iterator[None]:
    """Turn what the system refuses, such as temporary files on a full disk, into a ``Fault`` (PM809)."""
    try:
        yield
    except OSError as fault:
        raise Fault("PM809", f"can't work with {fault.filename or 'a temporary file'}: {fault.strerror}") from None


def end_on_signals() -> None:
    """Make the signals that ask a program to end raise ``SystemExit``, so that nothing temporary is left."""

    def end(number: int, _: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
