"""Markers: directives in a form that pandoc carries from its reader to the filter.

A marker is a ``Div`` of class ``percent-macro`` around a ``RawBlock`` of format ``tex`` with the directive's text.
Its attributes say which token it is of, and where it stands in the author's file. One ``Div`` at the end of the text
holds them all; or, where a dialect has no fenced divs, or a fence might close the author's, a block of code does.
"""

from __future__ import annotations

import json
from functools import lru_cache, partial

from ...base import TYPE_CHECKING, Diagnostic, Record, Source, Span, grammar, pattern
from .. import elements
from ..source import BEGIN, CALL, COMMENT, DEFINE, END, FAULT, MISS, NOTE, Directive, Syntax, verbatim
from . import parting, tokens
from .tokens import START, Gap, armour, disarm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .lift import Lifted

CLASS = "percent-macro"
REGISTER_CLASS = "percent-macros"
_CODE_REGISTER = START + CLASS  # the paragraph before the block of code that holds a register
_FENCES = {"`": "backtick_code_blocks", "~": "fenced_code_blocks"}
_RUNS = {"`": pattern(r"`+"), "~": pattern(r"~+")}
_NUMBER = pattern(r"[0-9]{1,9}")
_FAULT_CODE = pattern(r"PM1\d\d")
# Text that the filter would take for a directive that was not lifted, with a backslash or without
_LITERAL = pattern(rf"%%(?:(?:{'|'.join(grammar.OPENING)})\b|{grammar.NAME}\()")
# A macro may ask for the text of a body: one of the document, or one of a library that it names.
_ASKS_FOR_BODIES = pattern(r"\bsource\b|%%use\b|percent-macros-use\b")
_in_attribute = lru_cache(partial(armour, attribute=True))  # all have the names of a few files
_FORMS = {  # how the text of each kind begins: an author may write markers, too
    CALL: grammar.CALL_HEAD,
    BEGIN: pattern(rf"%%begin[ \t]+{grammar.NAME}[ \t]*(?:\(|\Z)"),
    END: pattern(r"%%end[ \t]"),
    DEFINE: grammar.DEFINITION_HEAD,
    **{word: pattern(rf"%%{word}\b") for word in grammar.LINE_WORDS},
    COMMENT: pattern(r"%%#"),
    MISS: grammar.WORD_HEAD,
    NOTE: grammar.WORD_HEAD,
    FAULT: pattern(""),
}


def with_markers(every: list[Lifted], syntax: Syntax) -> str:
    """Return texts, one after the other, with markers at the end that carry their directives through pandoc's parser.

    Args:
        every: the texts; of several, each is a part of one document.
        syntax: the Markdown dialect that they are written in.

    Returns:
        The text with a marker for every directive, or as it was if there is nothing to lift.
    """
    text = "".join(each.text for each in every)
    carried = {key: directive for each in every for key, directive in each.carried.items()}
    if not carried and not any(_LITERAL.search(each.manuscript.text) for each in every):
        return text
    with_bodies = [key for key, each in carried.items() if each.body]
    if with_bodies and not any(_ASKS_FOR_BODIES.search(each.manuscript.text) for each in every):
        carried.update((key, carried[key].replace(body=None)) for key in with_bodies)
    gaps = {key: gap for each in every for key, gap in each.gaps.items()}
    mark = _fence_mark(text, syntax) if syntax.divs else None
    register = _register(carried, gaps, mark, syntax)
    if not syntax.commonmark:
        return f"{text}\n\n{register}\n"
    # A block that is never closed runs to the end there, and would take the register with it.
    has_header = text.startswith("---") and syntax.has("yaml_metadata_block")
    start = (verbatim.yaml(text, 0) or 0) if has_header else 0
    return f"{text[:start]}\n\n{register}\n\n{text[start:]}" if start else f"{register}\n\n{text}"


def _fence_mark(text: str, syntax: Syntax) -> str | None:
    """Return what the fences in a text's markers are made of: a fence that the author left open is not to be closed.

    None if any could close one.
    """
    marks = [mark for mark, extension in _FENCES.items() if syntax.has(extension)]
    free = next((mark for mark in marks if mark * 3 not in text), None)
    return "`" if free is None and syntax.commonmark else free  # there the markers stand before the text


def _register(carried: Mapping[str, Directive], gaps: Mapping[str, Gap], mark: str | None, syntax: Syntax) -> str:
    """Return the block of a lifted text that holds the directives that tokens stand for.

    Nothing in it may close what the author left open, such as a comment of HTML's.

    Without any it still tells the filter that what looks like a directive in the document is none.

    Args:
        carried: the directives by the keys of their tokens.
        gaps: the empty lines that were put beside some of them.
        mark: what the fences in it are made of; None for a block of code in the place of fenced divs.
        syntax: the dialect of the text.
    """
    if mark:
        divs = "\n\n".join(
            _div(directive, mark, _own_fields(directive, key, gaps)) for key, directive in carried.items()
        )
        return f":::: {{.{REGISTER_CLASS}}}\n\n{divs}\n\n::::"
    lines = []
    for key, directive in carried.items():
        fields = {name: str(value) for name, value in (*_own_fields(directive, key, gaps), *_authors_fields(directive))}
        lines.append(json.dumps([directive.source.text, fields]).replace(">", "\\u003e"))
    if syntax.commonmark:
        return "\n".join([_CODE_REGISTER, "", "~~~", *lines, "~~~"])
    return "\n".join([_CODE_REGISTER, "", *("\t" + line for line in lines)])  # code at any tab stop


def _div(directive: Directive, mark: str, own: list[tuple[str, str | int]]) -> str:
    """Return a directive as a fenced div, without a line end after it; its fence is made of ``mark``."""
    fields = own + [(name, _in_attribute(value)) for name, value in _authors_fields(directive)]
    attributes = "".join([f' {name}="{value}"' for name, value in fields])
    text = armour(directive.source.text)
    fence = mark * (max(3, 1 + max(map(len, _RUNS[mark].findall(text)))) if mark in text else 3)
    return f"::: {{.{CLASS}{attributes}}}\n{fence}{{=tex}}\n{text}\n{fence}\n:::"


def _own_fields(directive: Directive, key: str, gaps: Mapping[str, Gap]) -> list[tuple[str, str | int]]:
    """Return the fields whose values pandoc leaves alone: words and numbers of ours."""
    source = directive.source
    column = source.skipped + len(source.before) + 1
    fields: list[tuple[str, str | int]] = [("kind", directive.kind), ("line", source.line), ("column", column)]
    fields.append(("token", key))
    if not directive.standalone:
        fields.append(("inline", "1"))
    if key in gaps and gaps[key].tight:
        fields.append(("tight", "".join(str(int(each)) for each in gaps[key].tight)))
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
    fields.append(("body", directive.body() if directive.body else ""))
    if directive.fault and directive.fault.span:
        fields += [("message", directive.fault.message), ("hints", "\n".join(directive.fault.hints))]
        fields.append(("taken", directive.original))
    return [(name, value) for name, value in fields if value]


def is_register(block: elements.Element) -> bool:
    """True for the div at the end of a lifted text."""
    return bool(block["t"] == "Div" and REGISTER_CLASS in block["c"][0][1])


def is_code_register(block: elements.Element) -> bool:
    """True for the paragraph that announces the block of code at the end of a lifted text."""
    return bool(
        block["t"] in ("Para", "Plain") and len(block["c"]) == 1 and block["c"][0] == {"t": "Str", "c": _CODE_REGISTER}
    )


def is_marker(block: elements.Element) -> bool:
    """True for the div of one directive."""
    return bool(block["t"] == "Div" and CLASS in block["c"][0][1])


class Marker(Record):
    """What a marker says."""

    key: str | None  # of its token; None where the marker itself stands in the place of the directive
    directive: Directive
    tight: tuple[bool, ...]  # what its lists were without the empty lines beside it


def read_div(block: elements.Element) -> Marker | None:
    """Return what a marker says; None if it does not read as one of ours."""
    (_, _, attributes), inside = block["c"]
    if len(inside) != 1 or inside[0]["t"] != "RawBlock" or inside[0]["c"][0] != "tex":
        return None
    text = inside[0]["c"][1].removesuffix("\n")  # which pandoc's CommonMark reader leaves there
    return _marker(disarm(text), {name: disarm(value) for name, value in attributes})


def read_code(block: elements.Element) -> list[Marker]:
    """Return what the markers say of a register in a block of code."""
    found = [_marker(*read) for line in block["c"][1].splitlines() if (read := _line_of_code(line))]
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


def _marker(text: str, fields: dict[str, str]) -> Marker | None:
    """Return what a marker says; None for one that was not made here."""
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
    taken = fields.get("taken", "") if kind == FAULT else None
    carried = fields.get("body") if kind == BEGIN else None
    body = None if carried is None else partial(str, carried)
    directive = Directive(kind, source, "inline" not in fields, fault=fault, taken=taken, body=body)
    return Marker(fields.get("token"), directive, tuple(each == "1" for each in fields.get("tight", "")))


def _fault(source: Source, fields: dict[str, str]) -> Diagnostic | None:
    code, start = fields.get("code", ""), fields.get("from", "0")
    if not _FAULT_CODE.fullmatch(code) or not _NUMBER.fullmatch(start) or int(start) > len(source.text):
        return None
    hints = tuple(fields["hints"].split("\n")) if "hints" in fields else ()
    return Diagnostic(code, fields.get("message", ""), Span(source, int(start), len(source.text)), hints)


def collect(document: elements.Document) -> dict[str, Directive] | None:
    """Take the markers out of a document, with tokens for those that stand in their place.

    Returns:
        The directives by the keys of their tokens, in the order of their places in the author's files, where a file
        that another one includes stands in its place there; None for a document that was not lifted.
    """
    collector = _Collector()
    document["blocks"] = collector.blocks(document["blocks"])
    if not collector.lifted:
        return None
    parting.tighten(document, collector.gaps)
    return dict(_ordered(collector.found, document))


def _ordered(found: dict[str, Directive], document: elements.Document) -> list[tuple[str, Directive]]:
    files: dict[str, list[tuple[str, Directive]]] = {}
    for each in sorted(found.items(), key=lambda each: _place(each[1])):
        files.setdefault(each[1].source.name, []).append(each)
    if len(files) < 2:
        return [each for file in files.values() for each in file]
    texts = (holder[at] for _, holder, at in elements.strings([document["meta"], document["blocks"]]))
    keys = dict.fromkeys(key for text in texts if START in text for key in tokens.TOKEN.findall(text))
    position = {key: number for number, key in enumerate(keys)}
    # What has no token stands where the one before it in its file does, and nothing stands before that.
    merged: list[tuple[int, tuple[str, Directive]]] = []
    for file in files.values():
        last = min(position.get(key, len(position)) for key, _ in file)
        for each in file:
            last = max(last, position.get(each[0], last))
            merged.append((last, each))
    return [each for _, each in sorted(merged, key=lambda each: each[0])]


def _place(directive: Directive) -> tuple[int, int]:
    source = directive.source
    return source.line, source.skipped + len(source.before)


class _Collector:
    def __init__(self) -> None:
        self.found: dict[str, Directive] = {}
        self.gaps: dict[str, Gap] = {}
        self.lifted = False
        self._salt = tokens.salt("markers in their places")

    def blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        kept: elements.Blocks = []
        register_follows = False
        for block in blocks:
            if register_follows and block["t"] == "CodeBlock":
                for marker in read_code(block):
                    self._keep(marker)
            elif is_register(block):
                self.lifted = True
                self.blocks(block["c"][1])
            elif is_marker(block):
                kept += self._marker(block)
            elif not is_code_register(block):
                elements.each_list(block, self.blocks, self._inlines)
                kept.append(block)
            register_follows = is_code_register(block)
            self.lifted = self.lifted or register_follows
        return kept

    def _inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        for inline in inlines:
            if inline["t"] == "Note":
                elements.each_list(inline, self.blocks, self._inlines)
        return inlines

    def _marker(self, block: elements.Element) -> elements.Blocks:
        marker = read_div(block)
        if marker is None:
            return [block]
        self.lifted = True
        if marker.key is not None:
            self._keep(marker)
            return []
        key = tokens.key(self._salt, len(self.found))
        self.found[key] = marker.directive
        return [{"t": "Para", "c": [elements.string(tokens.token(key))]}]

    def _keep(self, marker: Marker) -> None:
        if marker.key is not None:
            self.found[marker.key] = marker.directive
            if marker.tight:
                self.gaps[marker.key] = Gap("", "", marker.tight)
