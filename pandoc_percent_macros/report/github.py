"""Diagnostics as GitHub's workflow commands, which show them at the line of a pull request.

The form and the escapes are those of GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Iterable

from ..base.fault import Diagnostic
from .places import region
from .terminal import printable

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a workflow command for each diagnostic."""
    return "".join(map(_command, diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    properties: dict[str, str | int] = {}
    if diagnostic.span:
        place = region(diagnostic.mark or diagnostic.span)
        properties = {"file": place.file, "line": place.line, "endLine": place.end_line, "col": place.column}
        if place.line == place.end_line:
            properties["endColumn"] = place.end_column
    properties["title"] = f"percent-macros {diagnostic.code}"
    said = ",".join(f"{name}={_escaped(str(value), _PROPERTY)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {said}::{_escaped(diagnostic.with_hints, _DATA)}\n"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(each) or printable(each) for each in text)
