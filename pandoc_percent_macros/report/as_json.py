"""Diagnostics as JSON, for editors and scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..base.fault import Diagnostic
from ..base.source import Span
from .places import region


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON list with an object for each diagnostic.

    Its keys are ``code``, ``severity``, ``message``, ``hints`` (a list), ``place`` and ``mark`` (null, or an object
    with ``file``, ``line``, ``column``, ``end_line``, ``end_column``, all from 1, in characters), and ``trace``: a
    list of objects with ``place`` and ``what``.
    """
    return json.dumps([_object(each) for each in diagnostics], indent=2) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "place": _place(diagnostic.span),
        "mark": _place(diagnostic.mark or diagnostic.span),
        "hints": list(diagnostic.hints),
        "trace": [{"place": _place(span), "what": what} for span, what in diagnostic.trace],
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return asdict(region(span)) if span else None
