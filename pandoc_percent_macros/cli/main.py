"""The command line: the group of commands, and what they have in common."""

import os
import sys
from importlib import import_module

import click

from .. import COMMANDS, __version__
from ..base import NO_MEMORY, Diagnostic, Fault, nearest
from ..report.terminal import render

_FRAMES = 5_000  # of Python's stack, as in the filter


class Commands(click.Group):
    """Commands that are imported when they are called for: some bring large libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f".{COMMANDS[name]}", __package__), f"{name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            close = nearest(args[0], list(COMMANDS))
            ctx.fail(f"No such command {args[0]!r}.{f' Did you mean {close!r}?' if close else ''}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="percent-macros")
def cli() -> None:
    """Macros for pandoc documents.

    A macro is defined and called in the document itself:

    \b
      %%define key($name) "\\\\texttt{$name}" =end
      Press %%key(Ctrl-C) to stop.

    Pandoc runs this program as a filter:

    \b
      pandoc -F percent-macros talk.md -t beamer -o talk.pdf

    The commands are for the author. What is wrong, and where:

    \b
      percent-macros check talk.md

    Build a PDF, with LaTeX's errors at the line of the document that caused them:

    \b
      percent-macros build talk.md -t beamer -o talk.pdf

    See what macros there are, and what one returns:

    \b
      percent-macros list talk.md
      percent-macros call talk.md 'image(images/cubism.png, 0.9)'

    `percent-macros COMMAND --help` tells more of each.
    """


def main() -> int:
    """Run the command line; return its exit status."""
    _replace_closed_streams()
    sys.setrecursionlimit(_FRAMES)
    short = nested = False  # of memory; too deep
    try:
        status = cli.main(prog_name="percent-macros", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(1)  # whoever read our output has gone: Python would complain about what is left of it
    except OSError as fault:
        click.echo(f"percent-macros: {fault.filename or 'standard output'}: {fault.strerror}", err=True)
        os._exit(1)
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.Abort:
        return 130
    except Fault as fault:
        click.echo(render([fault.diagnostic]), err=True, nl=False)
        return 1
    except RecursionError:
        nested = True
    except MemoryError:
        short = True  # said below: the exception holds on to what took it all
    if short or nested:
        deep = Diagnostic("PM607", "the document's elements nest too deep", None)
        click.echo(render([NO_MEMORY if short else deep]), err=True, nl=False)
        return 1
    return status if isinstance(status, int) else 0


def _replace_closed_streams() -> None:
    """Make standard streams that were closed (``>&-``) fail when they are used: Python has None in their places.

    Standard error takes what is said, and loses it.
    """
    for name, flag, mode in (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, flag), mode, encoding="utf-8"))  # noqa: SIM115
