"""What the shell offers for the words of a command line that are pandoc's: its options, formats and files."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ..pandoc.command_line import LONG_NAMES
from .options import Target

_WORDS = "pandoc_percent_macros.words"
_FORMATS = frozenset(("-t", "-w", "--to", "--write"))


def remember(ctx: click.Context, words: list[str]) -> None:
    """Keep the words of a command line that is being completed, for ``words``."""
    ctx.meta[_WORDS] = list(words)


def options(incomplete: str) -> list[CompletionItem]:
    """Return the long options of pandoc's that begin so."""
    names = (f"--{name}" for name in LONG_NAMES)
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def words(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats, behind an option that takes one, or say that the shell is to offer files."""
    before = [word for word in ctx.meta.get(_WORDS, ()) if word != "="]  # bash makes it a word of its own
    if before and before[-1] in _FORMATS:
        return Target().shell_complete(ctx, param, incomplete)
    return files(ctx, param, incomplete)


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Say that the shell is to offer files."""
    return [CompletionItem(incomplete, type="file")]
