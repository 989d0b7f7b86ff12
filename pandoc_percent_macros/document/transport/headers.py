"""Calls in YAML that pandoc would refuse: the filter never sees such a document, and pandoc does not know of calls.

To pandoc alone a header counts as its author wrote it, and a call is no word there: no plain value may begin with a
percent sign, or hold a colon and a space. Lifted, it would be read; it is a fault, or it would depend on the way.
"""

import re
from collections.abc import Callable, Iterator

from ...base import Diagnostic, Fault
from .. import elements
from ..source import CALL, Directive, Syntax, verbatim
from .lift import Lifted

_OPENING = re.compile(r"^---[ \t\r]*$", re.MULTILINE)
_PLACE = re.compile(r"\(line (\d+), column \d+\)(?:.*?\bline (\d+), column)?", re.DOTALL)
_VALUE = re.compile(r"((?:[ \t]*-[ \t]+)*[ \t]*(?:[^\s:\"'\[\]{}#,%-][^:\n]*:[ \t]+)?)(.*)")
_MOST = 20  # of such faults in a document


def check(lifted: Lifted, syntax: Syntax, read: Callable[[str], elements.Document]) -> None:
    """Put faults in the places of those calls of a text that keep pandoc from reading its YAML (PM113).

    Args:
        lifted: the text.
        syntax: its dialect.
        read: has pandoc read a text.
    """
    calls = [*_in_yaml(lifted)] if syntax.has("yaml_metadata_block") else []
    faulty: list[str] = []
    while len(faulty) < min(len(calls), _MOST) and (said := _refusal(lifted.partly(faulty), read)):
        if not faulty and _refusal(lifted.partly(calls), read):
            return  # something else is wrong with it
        key = _culprit(lifted, [key for key in calls if key not in faulty], said)
        lifted.refuse(key, _fault(lifted, lifted.directives[key]))
        faulty.append(key)


def _in_yaml(lifted: Lifted) -> Iterator[str]:
    """Yield the keys of the calls that may stand in YAML."""
    text = lifted.manuscript.text
    if "---" not in text:
        return
    regions = [(found.start(), verbatim.yaml(text, found.start()) or 0) for found in _OPENING.finditer(text)]
    for key, directive in lifted.directives.items():
        if directive.kind == CALL and any(start < directive.start < end for start, end in regions):
            yield key


def _refusal(text: str, read: Callable[[str], elements.Document]) -> str | None:
    try:
        read(text)
    except Fault as fault:
        if "YAML" in fault.diagnostic.message:
            return fault.diagnostic.message
        raise
    return None


def _culprit(lifted: Lifted, keys: list[str], said: str) -> str:
    """Return the call that pandoc stopped at: the last one up to its line."""
    place = _PLACE.search(said)
    line = int(place[1]) + int(place[2] or 0) if place else 0
    text = lifted.manuscript.text
    before = [key for key in keys if text.count("\n", 0, lifted.directives[key].start) < line]
    return before[-1] if before else keys[0]


def _fault(lifted: Lifted, call: Directive) -> Diagnostic:
    start, end = lifted.manuscript.line_bounds(call.start)
    line = lifted.manuscript.text[start:end].rstrip()
    message = "pandoc can't read this YAML: a value that begins with a call, or has one with `: ` in it, needs quotes"
    return Diagnostic("PM113", message, call.span, (_cure(line, call.source.text),))


def _cure(line: str, call: str) -> str:
    found = _VALUE.fullmatch(line)
    before, value = found.groups() if found else ("", "")
    if value[:1] in ("[", "{", '"', "'", "|", ">", "&", "!") or call not in value:
        before, value = "", call
    for quote in ('"', "'"):
        if quote not in value and "\\" not in value + quote.replace("'", ""):
            return f"write `{before}{quote}{value}{quote}`"
    if "'" not in value:
        return f"write `{before}'{value}'`"
    return f"write `{before.rstrip()} |`, and the value on the next line, indented"
