"""The filter: pandoc's JSON in, pandoc's JSON out, every macro call expanded."""

from __future__ import annotations

import json
import sys

from . import settings
from .base import NO_MEMORY, TYPE_CHECKING, Diagnostics, Fault
from .document.expansion import expand
from .document.source import write_standard_output
from .document.transport import LOWERED, START, TOKEN, lazy_json, recover, tell_of_later
from .document.work import Origin, Work
from .pandoc import end_with_it

if TYPE_CHECKING:
    from typing import Any

    from .document.expansion.marks import Marks

_FRAMES = 5_000  # of Python's stack; a level of nesting in a document takes about four
_OLDEST, _NEXT = [1, 21], 2  # versions of pandoc's API: since 2.10 tables are as they are; the next may change anything
_MISFITS = (KeyError, IndexError, TypeError, AttributeError, ValueError)  # where a document is not what it should be
_MARKED = b"percent-macro"  # it is in every lifted document
_INCLUDES = b'"include'  # a class or an attribute that names a file, mostly


def run(data: bytes, target: str) -> int:
    """Filter a document to standard output, as pandoc's ``--filter`` asks; return the exit status.

    Args:
        data: the document, as pandoc's JSON.
        target: the format that pandoc writes.
    """
    go_on_alone = end_with_it()
    diagnostics = Diagnostics()
    sys.setrecursionlimit(_FRAMES)
    short = False  # of memory
    try:
        data = filtered(data, target, diagnostics)
    except Fault as fault:
        diagnostics.add(fault.diagnostic)
    except RecursionError:
        diagnostics.error("PM607", "the document's elements nest too deep", None)
    except MemoryError:
        short = True  # said below: the exception holds on to what took it all
    if short:
        diagnostics.add(NO_MEMORY)
    if diagnostics:
        _report(diagnostics)
    if diagnostics.failed:
        return 1
    go_on_alone()
    write_standard_output(data)
    return 0


def filtered(data: bytes, target: str, diagnostics: Diagnostics, origin: Origin | None = None) -> bytes:
    """Return a document with its macros expanded.

    Args:
        data: the document, as pandoc's JSON.
        target: the format that pandoc writes.
        diagnostics: takes every fault and warning; with an error among them the document is as it was.
        origin: how the document came about; found out when needed, if not given.

    Raises:
        Fault: what keeps all of it from being read.
    """
    try:
        work = Work(parse_document(data), target, settings.limits(), origin, diagnostics)
        work.header = settings.header()
        holds_any = recover(work, lifted=_MARKED in data)
        if _INCLUDES in data and work.directives:
            tell_of_later(work)
        if instead := settings.instead():
            from .document.transport.trial import put  # for `percent-macros move` and its like

            put(work, instead)
        marks = _marks(work)
        if work.directives or marks:
            expand(work, marks)
        if holds_any or marks:
            return data if diagnostics.failed else serialized(work)
    except _MISFITS:
        _check(data)
        raise  # a fault of our own
    _check(data)
    return data


def _report(diagnostics: Diagnostics) -> None:
    from .report.terminal import render  # most documents give nothing to complain of

    sys.stderr.write(render(diagnostics))


def parse_document(data: bytes) -> Any:
    """Return the document that pandoc's JSON encodes, or raise ``Fault`` (PM602)."""
    try:
        # Marks go around whatever LaTeX may stumble over: then all of the document is looked at.
        document = json.loads(data) if settings.marks() or settings.page_marks() else lazy_json.read(data.decode())
        known = {"meta", "blocks"} <= document.keys() and _OLDEST <= document["pandoc-api-version"] < [_NEXT]
    except _MISFITS:
        known = False
    if not known:
        raise _no_document()
    return document


def _no_document() -> Fault:
    return Fault(
        "PM602",
        "standard input is not a document in pandoc's JSON",
        f"run it as `pandoc -F percent-macros`, by a pandoc whose API is {'.'.join(map(str, _OLDEST))} or later",
    )


def _check(data: bytes) -> None:
    """Raise ``Fault`` (PM602) for what is not a document."""
    from .pandoc.schema import is_document  # only where macros were looked for and there is none, or nothing works

    if not is_document(json.loads(data)):
        raise _no_document()


def serialized(work: Work) -> bytes:
    """Return a document as pandoc's JSON, or raise ``Fault`` (PM901) for one that is not whole.

    A token that nothing was put in the place of would be a directive lost.
    """
    text = lazy_json.write(work.elements)
    lost = TOKEN.search(text) or (LOWERED.search(text) if START.lower() in text else None)
    key = next((each for each in work.directives if lost and each.lower() == lost[1].lower()), None)
    if key:
        directive = work.directives[key]
        raise Fault("PM901", "the filter has lost this directive", "please report this document").at(directive.span)
    return text.encode()


def _marks(work: Work) -> Marks | None:
    if path := settings.marks():
        from .document.expansion.marks import Marks  # for `percent-macros build` alone, after LaTeX has failed

        return Marks(path, work.directives)
    if path := settings.page_marks():
        from .document.expansion.page_marks import PageMarks  # for `percent-macros boxes` and its like

        return PageMarks(path, work.directives)
    return None
