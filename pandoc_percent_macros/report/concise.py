"""The rendering of diagnostics for programs that read lines: one line each."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.fault import Diagnostic
from .terminal import place_of, printable


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a line for each diagnostic: ``FILE:LINE:COLUMN: SEVERITY[CODE]: MESSAGE``."""
    return "".join(
        f"{place_of(each.span) if each.span else 'percent-macros'}: {each.severity}[{each.code}]:"
        f" {printable(each.message)}\n"
        for each in diagnostics
    )
