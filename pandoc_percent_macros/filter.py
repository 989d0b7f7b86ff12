"""The filter: pandoc's JSON in, pandoc's JSON out, every macro call expanded."""

from __future__ import annotations

import json
import sys

from . import settings
from .base.fault import NO_MEMORY, Diagnostics, Fault
from .base.record import TYPE_CHECKING
from .document.expansion.formats import Format
from .document.expansion.processing import process
from .document.transport import lazy_json as untouched
from .document.transport.recovery import Origin, recover
from .document.transport.tokens import TOKEN

if TYPE_CHECKING:
    from typing import Any

    from .document.expansion.marks import Marks
    from .document.source.directives import Directive

_FRAMES = 5_000  # of Python's stack; a level of nesting in a document takes about four
_OLDEST, _NEXT = [1, 21], 2  # versions of pandoc's API: since 2.10 tables are as they are; the next may change anything
_MISFITS = (KeyError, IndexError, TypeError, AttributeError, ValueError)  # where a document is not what it should be
_MARKED = b"percent-macro"  # it is in every lifted document
_SIGNS = (b"%%", _MARKED, b'"%')  # one of them is in every document that holds a directive


def run(target: str) -> int:
    """Filter standard input to standard output, as pandoc's ``--filter`` asks; return the exit status.

    Args:
        target: the format that pandoc writes.
    """
    data = sys.stdin.buffer.read()
    if not any(sign in data for sign in _SIGNS) and not settings.marks():
        sys.stdout.buffer.write(data)
        return 0
    diagnostics = Diagnostics()
    sys.setrecursionlimit(_FRAMES)
    short = False  # of memory
    try:
        data = filtered(data, Format(target), diagnostics, Origin())
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
    sys.stdout.buffer.write(data)
    return 0


def filtered(data: bytes, target: Format, diagnostics: Diagnostics, origin: Origin) -> bytes:
    """Return a document with its macros expanded, both as pandoc's JSON, or raise ``Fault``.

    Args:
        data: the document; with an error among the diagnostics it comes back as it was.
        target: the format that pandoc writes.
        diagnostics: takes faults and warnings.
        origin: how the document came about.
    """
    try:
        document = parse_document(data)
        if expand(document, target, diagnostics, origin, lifted=_MARKED in data):
            return data if diagnostics.failed else serialized(document)
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
        document = json.loads(data) if settings.marks() else untouched.read(data.decode())
        known = {"meta", "blocks"} <= document.keys() and _OLDEST <= document["pandoc-api-version"] < [_NEXT]
    except _MISFITS:
        known = False
    if not known:
        raise _no_document()
    return document


def _no_document() -> Fault:
    return Fault(
        "PM602",
        "standard input is no document in pandoc's JSON",
        f"run it as `pandoc -F percent-macros`, by a pandoc whose API is {'.'.join(map(str, _OLDEST))} or later",
    )


def _check(data: bytes) -> None:
    """Raise ``Fault`` (PM602) for what is no document."""
    from .pandoc.schema import is_document  # only where macros were looked for and there is none, or nothing works

    if not is_document(json.loads(data)):
        raise _no_document()


def serialized(document: Any) -> bytes:
    """Return a document as pandoc's JSON, or raise ``Fault`` (PM901) for one that is not whole.

    A token that nothing was put in the place of would be a directive lost.
    """
    text = untouched.write(document)
    if TOKEN.search(text):
        raise Fault("PM901", "a directive was lost on its way to the filter", "please report this document")
    return text.encode()


def expand(document: Any, target: Format, diagnostics: Diagnostics, origin: Origin, lifted: bool) -> bool:
    """Expand the macros of a document, which may be a lifted one; return whether there was anything to change in it."""
    carried = _collected(document) if lifted else None
    directives = recover(document, origin) if carried is None else carried
    marks = _marks(directives)
    if not directives and not marks:
        return carried is not None
    process(document, directives, target, origin, settings.limits(), diagnostics, marks)
    return True


def _collected(document: Any) -> dict[str, Directive] | None:
    from .document.transport.collection import collect  # most documents come as their authors wrote them

    return collect(document)


def _marks(directives: dict[str, Directive]) -> Marks | None:
    path = settings.marks()
    if not path:
        return None
    from .document.expansion.marks import Marks  # for `percent-macros build` alone, after LaTeX has failed

    return Marks(path, directives)
