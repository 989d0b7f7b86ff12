"""Options that several commands have, and what their values are."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from ..base.fault import Fault, nearest
from ..document.expansion.formats import FAMILIES, USUAL
from ..document.source.dialect import DEFAULTS, Syntax, parse_format
from ..pandoc.command_line import writer_of
from ..pandoc.executable import find_pandoc

Decorated = TypeVar("Decorated", bound=Callable[..., object])

_COMMON_FORMATS = ("beamer", "latex", "html", "revealjs", "pptx", "docx", "odt", "epub", "typst", "markdown", "plain")


class Dialect(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.3
    """A Markdown dialect, written as pandoc's ``--from`` takes it."""

    name = "format"

    def convert(self, value: str | Syntax, param: click.Parameter | None, ctx: click.Context | None) -> Syntax:
        syntax = value if isinstance(value, Syntax) else parse_format(value)
        if syntax is None:
            self.fail(f"{value!r} is no Markdown; known are {', '.join(sorted(DEFAULTS))}", param, ctx)
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
        if name not in _OFFERED and (known := _written_by_pandoc()) and name not in known:
            close = nearest(name, known)
            hint = f"; did you mean {close!r}?" if close else ""
            self.fail(f"{name!r} is no format that pandoc writes{hint}", param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [CompletionItem(each) for each in sorted(_OFFERED) if each.startswith(incomplete)]


_OFFERED = frozenset((*_COMMON_FORMATS, *(name for family in FAMILIES.values() for name in family)))
_WRITER_IN_LUA = re.compile(rf"\.|{re.escape(os.sep)}")  # by the name of its file


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
        help="The format that macros give markup for, as in pandoc's --to.",
    )(command)  # fmt: skip


def targets(command: Decorated) -> Decorated:
    """Give a command ``-t``, as often as wanted."""
    return click.option(
        "-t", "--to", "targets", type=Target(), multiple=True, default=(USUAL,), show_default=True, metavar="FORMAT",
        help="A format that macros give markup for, as in pandoc's --to. May be given several times.",
    )(command)  # fmt: skip


def _collect(ctx: click.Context, param: click.Parameter, value: str | tuple[str, ...] | None) -> None:
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
)  # fmt: skip


def pandoc_arguments() -> list[str]:
    """Return the options of ``reading`` that were given, as pandoc takes them."""
    return list(click.get_current_context().meta.get(_KEPT, ()))
