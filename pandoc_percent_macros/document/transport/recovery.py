"""From the document that pandoc hands a filter to its directives, whichever way the document came.

A lifted document brings them along as markers. For any other one the text that pandoc was given is found and
scanned; then its directives are found again in the document (matching.py), or, where the parser tore them apart,
the text is read once more with tokens in their places.
"""

from __future__ import annotations

import os

from ...base.fault import Fault
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from ...pandoc import parent
from ...pandoc.executable import find_pandoc
from ...pandoc.invocation import Invocation, understood
from ..elements import running_text
from ..source.dialect import Syntax, parse_format, switches
from ..source.manuscript import Manuscript
from ..source.scanner import scan
from . import sources
from .lift import with_tokens
from .matching import match

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..source.directives import Directive
    from ..source.manuscript import Input

_RAW = frozenset(("raw_tex", "raw_html"))
_CALL = pattern(r"(?<![^\W_])(?<![%\\])%%(?:define|template|use|begin|[^\W\d]\w*\()")
_TITLE = pattern(r"%(?:define|template|use|begin|[^\W\d]\w*\()")  # of two percent signs pandoc took one
OUR_READER = "percent-macros.lua"
WAYS_OUT = (
    "give pandoc the file by its name",
    "or lift the text first: `percent-macros lift FILE | pandoc -F percent-macros …`",
    "or use the reader: `pandoc -d percent-macros …`",
)


class Origin:
    """How the document came about: the pandoc that read it, asked for only when needed, if it is not given."""

    def __init__(self, invocation: Invocation | None = None) -> None:
        self._asked = invocation is not None
        self._invocation = invocation

    @property
    def invocation(self) -> Invocation | None:
        """What pandoc was asked to do, None when that can't be seen."""
        if not self._asked:
            process = parent.find()
            self._invocation = understood(process) if process else None
            self._asked = True
        return self._invocation

    @property
    def program(self) -> str:
        """The pandoc to read further texts with: the one that reads the document, else any."""
        invocation = self.invocation
        if invocation:
            return invocation.process.program
        return find_pandoc()

    @property
    def reader(self) -> str:
        """The Markdown dialect of the document, as ``--from`` takes it."""
        invocation = self.invocation
        reader = invocation.reader if invocation else "markdown"
        if os.path.basename(reader).startswith(OUR_READER):
            reader = "markdown" + os.path.basename(reader).removeprefix(OUR_READER)
        return reader if parse_format(reader) else "markdown"

    @property
    def switched_off(self) -> frozenset[str]:
        """The extensions for raw markup that the reader's options switch off."""
        off: set[str] = set()
        for sign, extension in switches(self.reader):
            (off.add if sign == "-" else off.discard)(extension)
        return _RAW & off


def recover(document: Any, origin: Origin) -> dict[str, Directive]:
    """Return the directives of a document that was not lifted, their tokens put into it.

    Args:
        document: the document, changed in its place.
        origin: how it came about.

    Raises:
        Fault: PM603 when it must be read again but filters before this one have changed it, PM604 when it was no
            Markdown, PM605 and what reading the files may raise.
    """
    told = sources.named(document["meta"])
    invocation = origin.invocation
    if told is not None and told.names:
        invocation = _renamed(origin, told.names)
    if invocation is None or (told is not None and not told.names):
        return _without_source(document)
    syntax = parse_format(invocation.reader)
    if syntax is None:
        if _mention(document):
            raise Fault("PM604", f"macros are read from Markdown, and this is {invocation.reader}")
        return {}
    inputs = sources.read_inputs(invocation)
    if inputs is None:
        return _without_source(document)
    return _from_inputs(document, inputs, syntax, invocation)


def _from_inputs(
    document: Any, inputs: Sequence[Input], syntax: Syntax, invocation: Invocation
) -> dict[str, Directive]:
    parts = [[each] for each in inputs] if invocation.file_scope else [inputs]
    manuscripts = [Manuscript(part) for part in parts]
    lifted = [with_tokens(each, scan(each, syntax)) for each in manuscripts]
    directives = {key: directive for each in lifted for key, directive in each.directives.items()}
    faulty = any(directive.fault for directive in directives.values())
    if not directives or (not faulty and match(document, [each.text for each in manuscripts], directives, syntax)):
        return directives
    if invocation.earlier_filters:
        if faulty:
            return directives  # the faults are reported, and no document comes of it
        raise Fault(
            "PM603",
            "the document must be read again, and other filters have changed it already",
            f"put `-F percent-macros` before {' and '.join(map(repr, invocation.earlier_filters))}",
            *WAYS_OUT[1:],
        )
    from ...pandoc.executable import read_again

    again = read_again(invocation, [each.text for each in lifted])
    document.clear()
    document.update(again)
    return directives


def _renamed(origin: Origin, names: Sequence[str]) -> Invocation:
    """Return the invocation with the sources that the user names."""
    known = origin.invocation
    process = parent.Process(origin.program, (), os.getcwd())
    if known is None:
        return Invocation(process, tuple(names), (), "markdown", (), (), (), (), False)
    reader = known.reader if parse_format(known.reader) else "markdown"
    return known.replace(inputs=tuple(names), reader=reader)


def _without_source(document: Any) -> dict[str, Directive]:
    r"""Refuse a document whose text is gone: after pandoc's parser, ``\%%f(a\,b)`` and ``%%f(a,b)`` are the same."""
    mentioned = _mention(document)
    if mentioned:
        raise Fault(
            "PM605",
            f"`{mentioned}…`: the text that pandoc read can't be read again, and its parser kept too little of it",
            *WAYS_OUT,
        )
    return {}


def _mention(document: Any) -> str:
    """Return how the first directive begins that the text of a document seems to hold, "" if there is none."""
    meta = [value for name, value in document["meta"].items() if name == "title"]
    found = _CALL.search(running_text(document["blocks"])) or _TITLE.match(running_text(meta).strip())
    return found[0] if found else ""
