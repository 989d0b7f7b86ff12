"""Pairs of ``%%begin`` and ``%%end`` in the order of the text."""

from __future__ import annotations

from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from .directives import BEGIN, END, Directive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...base.fault import Diagnostics

_NAME = pattern(r"%%(?:begin|end)[ \t]+([^\W\d]\w*)")


def check(directives: Iterable[Directive], diagnostics: Diagnostics) -> None:
    """Report each ``%%begin`` that is never closed (PM105), and each ``%%end`` that closes nothing (PM108)."""
    opened: list[tuple[str, Directive]] = []
    names: dict[str, int] = {}  # how many of each are open
    for directive in directives:
        if directive.kind == BEGIN:
            name = _name(directive)
            opened.append((name, directive))
            names[name] = names.get(name, 0) + 1
        elif directive.kind == END:
            _close(opened, names, directive, diagnostics)
    for each in opened:
        _unclosed(*each, diagnostics)


def _close(
    opened: list[tuple[str, Directive]], names: dict[str, int], end: Directive, diagnostics: Diagnostics
) -> None:
    name = _name(end)
    if not names.get(name):
        hint = f"the open one is `%%begin {opened[-1][0]}`" if opened else "there is no `%%begin` before it"
        diagnostics.error("PM108", f"`%%end {name}` closes nothing", end.span, hint)
        return
    while True:
        last, begin = opened.pop()
        names[last] -= 1
        if last == name:
            return
        _unclosed(last, begin, diagnostics)


def _unclosed(name: str, begin: Directive, diagnostics: Diagnostics) -> None:
    diagnostics.error(
        "PM105", f"`%%begin {name}` is never closed", begin.span, f"write `%%end {name}` on a line of its own"
    )


def _name(directive: Directive) -> str:
    found = _NAME.match(directive.source.text)
    return found[1] if found else ""
