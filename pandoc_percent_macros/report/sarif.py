"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning services take."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..base.fault import Diagnostic
from ..base.source import Span
from .codes import RULES
from .places import region

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a SARIF log with one run, whose rules are the codes that occur."""
    every = list(diagnostics)
    codes = sorted({each.code for each in every})
    driver = {"name": "percent-macros", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each.code)) for each in every],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {"id": code, "shortDescription": {"text": rule.title}, "help": {"text": rule.explanation}}


def _result(diagnostic: Diagnostic, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity,
        "message": {"text": diagnostic.with_hints},
    }
    if diagnostic.span:
        result["locations"] = [_location(diagnostic.mark or diagnostic.span)]
    if diagnostic.trace:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": what}, **_location(span)}
            for number, (span, what) in enumerate(diagnostic.trace)
        ]
    return result


def _location(span: Span) -> dict[str, Any]:
    place = region(span)
    region_of_sarif = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    address = quote(place.file.replace("\\", "/"))
    return {"physicalLocation": {"artifactLocation": {"uri": address}, "region": region_of_sarif}}
