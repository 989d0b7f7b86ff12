"""What several commands have in common: options, what their values are, and pandoc's command line beside our own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from ..base import Fault, nearest
from ..build.request import Request, split
from ..document.source import DEFAULTS, Syntax, parse_format
from ..pandoc import FAMILIES, LONG_NAMES, USUAL, find_pandoc, parse, writer_of

Decorated = TypeVar("Decorated", bound=Callable[..., object])
_WORDS = "pandoc_percent_macros.words"
_TAKE_FORMAT = frozenset(("-t", "-w", "--to", "--write"))
_COMMON = ("beamer", "latex", "html", "revealjs", "pptx", "docx", "odt", "epub", "typst", "markdown", "plain")
FORMATS = frozenset((*_COMMON, *(name for family in FAMILIES.values() for name in family)))


class Dialect(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.3
    """A Markdown dialect, written as pandoc's ``--from`` takes it."""

    name = "format"

    def convert(self, value: str | Syntax, param: click.Parameter | None, ctx: click.Context | None) -> Syntax:
        syntax = value if isinstance(value, Syntax) else parse_format(value)
        if syntax is None:
            self.fail(f"{value!r} is not a Markdown dialect; known are {', '.join(sorted(DEFAULTS))}", param, ctx)
        return syntax

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(each) for each in sorted(DEFAULTS) if each.startswith(incomplete)]


class Target(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A format that pandoc writes, by its name alone: extensions mean nothing to macros."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if _WRITER_IN_LUA.search(value):
            return value
        name = writer_of(value)
        if name not in FORMATS and (known := _written_by_pandoc()) and name not in known:
            close = nearest(name, known)
            hint = f"; did you mean {close!r}?" if close else ""
            self.fail(f"{name!r} is not a format that pandoc writes{hint}", param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return offered_formats(incomplete)


_WRITER_IN_LUA = re.compile(rf"\.|{re.escape(os.sep)}")  # by the name of its file


def remember(ctx: click.Context, words: list[str]) -> None:
    """Keep the words of a command line that is being completed, for ``offered_words``."""
    ctx.meta[_WORDS] = list(words)


def offered_options(incomplete: str) -> list[CompletionItem]:
    """Return the long options of pandoc's that begin so."""
    names = (f"--{name}" for name in LONG_NAMES)
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def offered_formats(incomplete: str) -> list[CompletionItem]:
    """Return the formats that pandoc writes and that begin so: the usual ones, and those that macros tell apart."""
    return [CompletionItem(each) for each in sorted(FORMATS) if each.startswith(incomplete)]


def offered_words(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats, after an option that takes one, or say that the shell is to offer files."""
    before = [word for word in ctx.meta.get(_WORDS, ()) if word != "="]  # bash makes it a word of its own
    if before and before[-1] in _TAKE_FORMAT:
        return offered_formats(incomplete)
    return offered_files(ctx, param, incomplete)


def offered_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Say that the shell is to offer files."""
    return [CompletionItem(incomplete, type="file")]


def _written_by_pandoc() -> list[str]:
    """Return the formats that pandoc writes; none without pandoc, which others complain of."""
    try:
        program = find_pandoc()
    except Fault:
        return []
    done = subprocess.run([program, "--list-output-formats"], capture_output=True, text=True, check=False)
    return done.stdout.split()


def reading(command: Decorated) -> Decorated:
    """Give a command the options that say how the document is read; it gets them as ``reading``, pandoc's arguments."""
    for option in reversed(_READING):
        command = option(command)
    return command


def target(command: Decorated) -> Decorated:
    """Give a command ``-t``, once."""
    return click.option(
        "-t", "--to", "target", type=Target(), default=USUAL, show_default=True, metavar="FORMAT",
        help="The format that macros return markup for, as in pandoc's --to.",
    )(command)  # fmt: skip


def targets(command: Decorated) -> Decorated:
    """Give a command ``-t``, as often as wanted."""
    return click.option(
        "-t", "--to", "targets", type=Target(), multiple=True, default=(USUAL,), show_default=True, metavar="FORMAT",
        help="A format that macros return markup for, as in pandoc's --to. May be given several times.",
    )(command)  # fmt: skip


def _collect(ctx: click.Context, param: click.Parameter, value: str | int | tuple[str, ...] | None) -> None:
    """Keep an option of pandoc's for ``arguments``."""
    values = value if isinstance(value, tuple) else (value,) if value else ()
    kept = ctx.meta.setdefault(_KEPT, [])
    assert param.name is not None
    kept += [f"--{param.name.replace('_', '-')}={each}" for each in values]


_KEPT = "pandoc_percent_macros.reading"


_READING = (
    click.option(
        "-f", "--from", "from", callback=_collect, expose_value=False, metavar="FORMAT",
        help="The Markdown dialect of the document, as in pandoc's --from.",
    ),
    click.option(
        "-d", "--defaults", "defaults", callback=_collect, expose_value=False, multiple=True, metavar="FILE",
        help="A defaults file of pandoc's.",
    ),
    click.option(
        "-M", "--metadata", "metadata", callback=_collect, expose_value=False, multiple=True, metavar="KEY[=VALUE]",
        help="A metadata value, as in pandoc's --metadata.",
    ),
    click.option(
        "--resource-path", "resource_path", callback=_collect, expose_value=False, metavar="PATH",
        help="Where pictures are looked for, as in pandoc's --resource-path.",
    ),
    click.option(
        "--tab-stop", "tab_stop", type=click.IntRange(1), callback=_collect, expose_value=False, metavar="NUMBER",
        help="Columns of a tab, as in pandoc's --tab-stop.",
    ),
)  # fmt: skip


def pandoc_arguments() -> list[str]:
    """Return the options of ``reading`` that were given, as pandoc takes them."""
    return list(click.get_current_context().meta.get(_KEPT, ()))


def split_words(
    args: Sequence[str], command: click.Command, ctx: click.Context, without: Container[str] = ()
) -> tuple[list[str], list[str]]:
    """Return the options of a command on a command line, and pandoc's words; raise ``click.UsageError`` for bad ones.

    Args:
        args: the command line.
        command: whose options are ours.
        ctx: its context.
        without: the names of options that are left to pandoc all the same.
    """
    options = [each for each in command.params if isinstance(each, click.Option)]
    names = [(name, each.is_flag) for each in options for name in each.opts if name not in without]
    flags, valued = ({name for name, is_flag in names if is_flag is kind} for kind in (True, False))
    try:
        ours, theirs = split(args, flags, valued)
        parse(theirs)
    except Fault as fault:
        raise _usage_error(fault, ctx) from None
    return ours, theirs


class PandocCommand(click.Command):
    """A command that takes pandoc's command line, with our options anywhere in it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            remember(ctx, args)
            return super().parse_args(ctx, args)
        ours, theirs = split_words(args, self, ctx)
        asks_for_help = any(each.name == "help" for each in parse(theirs)[0])
        return super().parse_args(ctx, ["--help"] if asks_for_help else [*ours, "--", *theirs])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        ours = super().shell_complete(ctx, incomplete)
        names = {each.value for each in ours}
        return ours + [each for each in offered_options(incomplete) if each.value not in names]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["FILE...", "-o OUT", "[OPTIONS]", "[PANDOC OPTIONS]"]


def building(command: Decorated) -> Decorated:
    """Give a command the options of a build, and pandoc's command line as ``arguments``."""
    for decorate in reversed(_OF_BUILD):
        command = decorate(command)
    return command


_OF_BUILD = (
    click.argument("arguments", nargs=-1, type=click.UNPROCESSED, shell_complete=offered_words),
    click.option("--draft", is_flag=True, help="Show a framed box with the name where a picture is missing."),
    click.option("--fresh", is_flag=True, help="Build without what earlier builds have kept, and remove that."),
    click.option("--marks", is_flag=True, help="Have a PDF by LaTeX tell which call painted what; it looks the same."),
    click.option(
        "--depfile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help="Write the files that OUT is made from to FILE, as a rule for make or ninja.",
    ),
)  # fmt: skip


def request_of(
    arguments: tuple[str, ...], draft: bool, fresh: bool, depfile: Path | None, *, marks: bool = False
) -> Request:
    """Return what a command line asks for; raise ``click.UsageError`` for what can't be built."""
    request = Request(os.path.abspath(find_pandoc()), arguments, Path.cwd(), draft, depfile, fresh, marks)
    if marks:
        from ..pages import require

        require("pikepdf")
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
