"""The forms of diagnostics that other programs read, and the table of all forms.

A new form is a function here and a row of ``FORMS``, and is described in docs/reference/command-line.md.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..base import Diagnostic, Span
from .codes import RULES
from .terminal import place_of, printable, render

_GITHUB_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_GITHUB_PROPERTY = {**_GITHUB_DATA, ":": "%3A", ",": "%2C"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Region:
    """A stretch of a file: lines and columns from 1, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def region(span: Span) -> Region:
    """Return where a span lies in its file."""
    return Region(span.source.name, *span.source.position(span.start), *span.source.position(span.end))


def concise(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a line for each diagnostic: ``FILE:LINE:COLUMN: SEVERITY[CODE]: MESSAGE``."""
    return "".join(
        f"{place_of(each.span) if each.span else 'percent-macros'}: {each.severity}[{each.code}]:"
        f" {printable(each.message)}\n"
        for each in diagnostics
    )


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON list with an object for each diagnostic.

    Its keys are ``code``, ``severity``, ``message``, ``hints`` (a list), ``place`` and ``mark`` (null, or an object
    with ``file``, ``line``, ``column``, ``end_line``, ``end_column``, all from 1, in characters), and ``trace``: a
    list of objects with ``place`` and ``what``.
    """
    return json.dumps([_json_object(each) for each in diagnostics], indent=2) + "\n"


def _json_object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "place": _json_place(diagnostic.span),
        "mark": _json_place(diagnostic.mark or diagnostic.span),
        "hints": list(diagnostic.hints),
        "trace": [{"place": _json_place(span), "what": what} for span, what in diagnostic.trace],
    }


def _json_place(span: Span | None) -> dict[str, Any] | None:
    return asdict(region(span)) if span else None


def github(diagnostics: Iterable[Diagnostic]) -> str:
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
    said = ",".join(f"{name}={_github_text(str(value), _GITHUB_PROPERTY)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {said}::{_github_text(diagnostic.with_hints, _GITHUB_DATA)}\n"


def _github_text(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(each) or printable(each) for each in text)


def sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a SARIF log with one run, whose rules are the codes that occur."""
    every = list(diagnostics)
    codes = sorted({each.code for each in every})
    driver = {"name": "percent-macros", "version": __version__, "rules": [_sarif_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, codes.index(each.code)) for each in every],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {"id": code, "shortDescription": {"text": rule.title}, "help": {"text": rule.explanation}}


def _sarif_result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": diagnostic.with_hints},
    }
    if diagnostic.span:
        result["locations"] = [_sarif_location(diagnostic.mark or diagnostic.span)]
    if diagnostic.trace:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": what}, **_sarif_location(span)}
            for number, (span, what) in enumerate(diagnostic.trace)
        ]
    return result


def _sarif_location(span: Span) -> dict[str, Any]:
    place = region(span)
    region_of_sarif = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    address = quote(place.file.replace("\\", "/"))
    return {"physicalLocation": {"artifactLocation": {"uri": address}, "region": region_of_sarif}}


FORMS: dict[str, Callable[[Iterable[Diagnostic]], str]] = {
    "full": render,
    "concise": concise,
    "json": as_json,
    "github": github,
    "sarif": sarif,
}
