"""Markers: directives in a form that pandoc carries from its reader to the filter.

A marker is a ``Div`` of class ``percent-macro`` around a ``RawBlock`` of format ``tex`` with the directive's text,
so that TeX reads it as a comment where the filter is missing. Its attributes say where it stands in the author's
file. Where a dialect has no fenced divs, or a fence might close the author's, one block of code at the end of the
text holds them all.
"""

from __future__ import annotations

import json

from ...base.fault import Diagnostic
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from ...base.source import Source, Span
from ..source import verbatim as regions
from ..source.directives import BEGIN, CALL, DEFINE, END, FAULT, USE, Directive
from .tokens import START, armour, disarm

if TYPE_CHECKING:
    from typing import Any

    from ..source.dialect import Syntax

CLASS = "percent-macro"
REGISTER_CLASS = "percent-macros"
_CODE_REGISTER = START + CLASS  # the paragraph before the block of code that holds a register
_FENCES = {"`": "backtick_code_blocks", "~": "fenced_code_blocks"}
_RUNS = {"`": pattern(r"`+"), "~": pattern(r"~+")}
_NUMBER = pattern(r"[0-9]{1,9}")
_FAULT_CODE = pattern(r"PM1\d\d")
_FORMS = {  # how the text of each kind begins: an author may write markers, too
    CALL: pattern(r"%%[^\W\d]\w*\("),
    BEGIN: pattern(r"%%begin[ \t]+[^\W\d]\w*[ \t]*(?:\(|\Z)"),
    END: pattern(r"%%end[ \t]"),
    DEFINE: pattern(r"%%(?:define|template)\b"),
    USE: pattern(r"%%use\b"),
    FAULT: pattern(""),
}


def fence_mark(text: str, syntax: Syntax) -> str | None:
    """Return what the fences in a text's markers are made of: a fence that the author left open is not to be closed.

    None if any could close one.
    """
    marks = [mark for mark, extension in _FENCES.items() if syntax.has(extension)]
    for mark in marks:
        if mark * 3 not in text:
            return mark
    for mark in marks:
        if not regions.leaves_fence_open(text, mark):
            return mark
    return "`" if syntax.commonmark else None  # where one that is open runs to the end, with no marker behind it


def div(directive: Directive, mark: str, key: str | None = None) -> str:
    """Return a directive as a fenced div, without a line end behind it.

    Args:
        directive: the directive.
        mark: what the fence in the div is made of.
        key: that of the directive's token, where the div stands in the register.
    """
    attributes = "".join([f' {name}="{value}"' for name, value in _own_fields(directive, key)])
    attributes += "".join(f' {name}="{armour(value, attribute=True)}"' for name, value in _authors_fields(directive))
    text = armour(directive.source.text)
    fence = mark * (max(3, 1 + max(map(len, _RUNS[mark].findall(text)))) if mark in text else 3)
    return f"::: {{.{CLASS}{attributes}}}\n{fence}{{=tex}}\n{text}\n{fence}\n:::"


def register(carried: dict[str, Directive], mark: str | None, syntax: Syntax) -> str:
    """Return the block of a lifted text that holds the directives that tokens stand for.

    Nothing in it may close what the author left open, such as a comment of HTML's.

    Without any it still tells the filter that what looks like a directive in the document is none.
    """
    if mark:
        divs = "\n\n".join(div(directive, mark, key) for key, directive in carried.items())
        return f":::: {{.{REGISTER_CLASS}}}\n\n{divs}\n\n::::"
    lines = [
        json.dumps([directive.source.text, _fields(directive, key)]).replace(">", "\\u003e")
        for key, directive in carried.items()
    ]
    if syntax.commonmark:
        return "\n".join([_CODE_REGISTER, "", "~~~", *lines, "~~~"])
    return "\n".join([_CODE_REGISTER, "", *("    " + line for line in lines)])


def _fields(directive: Directive, key: str | None) -> dict[str, str]:
    return {name: str(value) for name, value in (*_own_fields(directive, key), *_authors_fields(directive))}


def _own_fields(directive: Directive, key: str | None) -> list[tuple[str, str | int]]:
    """Return the fields whose values pandoc leaves alone: words and numbers of ours."""
    source = directive.source
    column = source.skipped + len(source.before) + 1
    fields: list[tuple[str, str | int]] = [("kind", directive.kind), ("line", source.line), ("column", column)]
    if key:
        fields.append(("token", key))
    if not directive.standalone:
        fields.append(("inline", "1"))
    if directive.raw_tex:
        fields.append(("raw-tex", "1"))
    if directive.fault and directive.fault.span:
        fields += [("code", directive.fault.code), ("from", directive.fault.span.start)]
    return fields


def _authors_fields(directive: Directive) -> list[tuple[str, str]]:
    """Return the fields with text of the author's, in which anything may stand; those that are not empty."""
    source = directive.source
    fields = [
        ("source", source.name),
        ("before", source.before),
        ("after", source.after),
        ("margins", "\n".join(source.margins)),
    ]
    if directive.fault and directive.fault.span:
        fields += [("message", directive.fault.message), ("hints", "\n".join(directive.fault.hints))]
    return [(name, value) for name, value in fields if value]


def is_register(block: Any) -> bool:
    """True for the div at the end of a lifted text."""
    return bool(block["t"] == "Div" and REGISTER_CLASS in block["c"][0][1])


def is_code_register(block: Any) -> bool:
    """True for the paragraph that announces the block of code at the end of a lifted text."""
    return bool(
        block["t"] in ("Para", "Plain") and len(block["c"]) == 1 and block["c"][0] == {"t": "Str", "c": _CODE_REGISTER}
    )


def is_marker(block: Any) -> bool:
    """True for the div of one directive."""
    return bool(block["t"] == "Div" and CLASS in block["c"][0][1])


def read_div(block: Any) -> tuple[str | None, Directive] | None:
    """Return the key, if any, and the directive of a marker; None if it does not read as one of ours."""
    (_, _, attributes), inside = block["c"]
    if len(inside) != 1 or inside[0]["t"] != "RawBlock" or inside[0]["c"][0] != "tex":
        return None
    text = inside[0]["c"][1].removesuffix("\n")  # which pandoc's CommonMark reader leaves there
    return _directive(disarm(text), {name: disarm(value) for name, value in attributes})


def read_code(block: Any) -> list[tuple[str | None, Directive]]:
    """Return the keys and directives of a register in a block of code."""
    found = [_directive(*read) for line in block["c"][1].splitlines() if (read := _line_of_code(line))]
    return [each for each in found if each]


def _line_of_code(line: str) -> tuple[str, dict[str, str]] | None:
    try:
        text, fields = json.loads(line)
    except (ValueError, TypeError):
        return None
    if not isinstance(text, str) or not isinstance(fields, dict) or not all(map(_is_text, fields.values())):
        return None
    return text, fields


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _directive(text: str, fields: dict[str, str]) -> tuple[str | None, Directive] | None:
    """Return the key and the directive that a marker holds; None for one that ``_fields`` did not make."""
    kind, line, column = (fields.get(name, "") for name in ("kind", "line", "column"))
    if kind not in _FORMS or not _FORMS[kind].match(text):
        return None
    if not _NUMBER.fullmatch(line) or not _NUMBER.fullmatch(column):
        return None
    before = fields.get("before", "")
    source = Source(
        fields.get("source", ""),
        text,
        int(line),
        before,
        fields.get("after", ""),
        tuple(fields["margins"].split("\n")) if "margins" in fields else (),
        max(0, int(column) - 1 - len(before)),
    )
    fault = None
    if kind == FAULT:
        fault = _fault(source, fields)
        if fault is None:
            return None
    standalone, raw_tex = "inline" not in fields, "raw-tex" in fields
    return fields.get("token"), Directive(kind, source, standalone, raw_tex, fault=fault)


def _fault(source: Source, fields: dict[str, str]) -> Diagnostic | None:
    code, start = fields.get("code", ""), fields.get("from", "0")
    if not _FAULT_CODE.fullmatch(code) or not _NUMBER.fullmatch(start) or int(start) > len(source.text):
        return None
    hints = tuple(fields["hints"].split("\n")) if "hints" in fields else ()
    return Diagnostic(code, fields.get("message", ""), Span(source, int(start), len(source.text)), hints)
