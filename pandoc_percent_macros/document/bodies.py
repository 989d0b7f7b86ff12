"""Pairs of ``%%begin`` and ``%%end`` in the order of the text."""

from __future__ import annotations

import re

from ..records import TYPE_CHECKING
from .directives import BEGIN, END, Directive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..diagnostics.model import Diagnostics

_NAME = re.compile(r"%%(?:begin|end)[ \t]+([^\W\d]\w*)")


def check(directives: Iterable[Directive], diagnostics: Diagnostics) -> None:
    """Report each ``%%begin`` that is never closed (PM105), and each ``%%end`` that closes nothing (PM108)."""
    opened: list[Directive] = []
    for directive in directives:
        if directive.kind == BEGIN:
            opened.append(directive)
        elif directive.kind == END:
            _close(opened, directive, diagnostics)
    for directive in opened:
        _unclosed(directive, diagnostics)


def _close(opened: list[Directive], end: Directive, diagnostics: Diagnostics) -> None:
    names = [_name(each) for each in opened]
    name = _name(end)
    if name not in names:
        hint = f"the open one is `%%begin {names[-1]}`" if names else "there is no `%%begin` before it"
        diagnostics.error("PM108", f"`%%end {name}` closes nothing", end.span, hint)
        return
    while _name(opened[-1]) != name:
        _unclosed(opened.pop(), diagnostics)
    opened.pop()


def _unclosed(begin: Directive, diagnostics: Diagnostics) -> None:
    name = _name(begin)
    diagnostics.error(
        "PM105", f"`%%begin {name}` is never closed", begin.span, f"write `%%end {name}` on a line of its own"
    )


def _name(directive: Directive) -> str:
    found = _NAME.match(directive.source.text)
    return found[1] if found else ""
