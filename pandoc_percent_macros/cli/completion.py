"""What the shell offers for the words of a command line that are pandoc's: its options, formats and files."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ..document.expansion.formats import FAMILIES
from ..pandoc.command_line import LONG_NAMES

_WORDS = "pandoc_percent_macros.words"
_TAKE_FORMAT = frozenset(("-t", "-w", "--to", "--write"))
_COMMON = ("beamer", "latex", "html", "revealjs", "pptx", "docx", "odt", "epub", "typst", "markdown", "plain")
FORMATS = frozenset((*_COMMON, *(name for family in FAMILIES.values() for name in family)))


def remember(ctx: click.Context, words: list[str]) -> None:
    """Keep the words of a command line that is being completed, for ``words``."""
    ctx.meta[_WORDS] = list(words)


def options(incomplete: str) -> list[CompletionItem]:
    """Return the long options of pandoc's that begin so."""
    names = (f"--{name}" for name in LONG_NAMES)
    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]


def formats(incomplete: str) -> list[CompletionItem]:
    """Return the formats that pandoc writes and that begin so: the usual ones, and those that macros tell apart."""
    return [CompletionItem(each) for each in sorted(FORMATS) if each.startswith(incomplete)]


def words(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats, after an option that takes one, or say that the shell is to offer files."""
    before = [word for word in ctx.meta.get(_WORDS, ()) if word != "="]  # bash makes it a word of its own
    if before and before[-1] in _TAKE_FORMAT:
        return formats(incomplete)
    return files(ctx, param, incomplete)


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Say that the shell is to offer files."""
    return [CompletionItem(incomplete, type="file")]
