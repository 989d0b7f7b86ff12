"""From a document and its directives to the document with every call expanded."""

from __future__ import annotations

from ...base.fault import Diagnostics
from ...base.record import TYPE_CHECKING, Record
from ...language.run.session import Session
from ...pandoc.invocation import header_text
from ..source import bodies
from . import preamble
from .expansion import DocumentEnvironment, Expansion
from .formats import meant
from .placeholders import Placer
from .program import compile_directives

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ...language.check.linker import Program
    from ...language.syntax.calls import Call
    from ...language.values.budget import Limits
    from ...language.values.pieces import Markdown, Result
    from ..elements import Blocks
    from ..source.directives import Directive
    from ..transport.recovery import Origin
    from .formats import Format
    from .marks import Marks


class Processed(Record):
    """What became of a document's directives."""

    target: Format  # that the macros gave markup for
    environment: DocumentEnvironment  # what they know of the document
    program: Program
    calls: dict[str, Call]  # by the keys of their tokens
    expansion: Expansion | None  # None if something was wrong before it
    preamble: list[str]  # the lines of LaTeX that the document's preamble was given

    @property
    def results(self) -> list[tuple[Call, Result]]:
        """What the calls gave that were evaluated, without those that failed, in the order of evaluation."""
        return self.expansion.results if self.expansion else []


def process(
    document: Any,
    directives: dict[str, Directive],
    target: Format,
    origin: Origin,
    limits: Limits,
    diagnostics: Diagnostics,
    marks: Marks | None = None,
) -> Processed:
    """Expand the calls of a document, in its place, unless something is wrong with the program.

    Args:
        document: pandoc's elements, with tokens in them.
        directives: by the keys of their tokens, in the order of the text.
        target: the format that is written.
        origin: how the document came about.
        limits: what evaluation may cost.
        diagnostics: takes every fault and warning; with an error among them the document is not to be used.
        marks: are put around what LaTeX may stumble over.
    """
    for directive in directives.values():
        if directive.fault:
            diagnostics.add(directive.fault)
    bodies.check(directives.values(), diagnostics)
    placer = Placer(directives, Diagnostics() if diagnostics.failed else diagnostics)
    placer.document(document)
    target = meant(target, document["meta"])
    needs = preamble.Preamble()
    environment = DocumentEnvironment(document["meta"], target, needs)
    program, calls = compile_directives(directives, placer, environment, diagnostics, limits)
    if diagnostics.failed:
        return Processed(target, environment, program, calls, None, [])
    session = Session(program, environment, limits)
    expansion = Expansion(session, environment, calls, directives, target, origin.switched_off, diagnostics, marks)
    if marks:
        marks.own(document)
    expansion.run(document, lambda pieces: _read_markdown(pieces, origin))
    if marks:
        marks.finish(document)
    lines: list[str] = []
    if target.belongs_to("latex"):
        for latex in expansion.latex:
            needs.see(latex)
        lines = _complete_preamble(document["meta"], needs, origin, diagnostics)
    return Processed(target, environment, program, calls, expansion, lines)


def _read_markdown(pieces: Sequence[Markdown], origin: Origin) -> Sequence[Blocks]:
    from .content import read_markdown  # starts a process, and most documents need none

    return read_markdown(pieces, origin.program, origin.reader)


def _complete_preamble(meta: Any, needs: preamble.Preamble, origin: Origin, diagnostics: Diagnostics) -> list[str]:
    """Put what macros need into the preamble, or say what to add where pandoc would not look at it."""
    lines = needs.lines(preamble.of_metadata(meta))
    if not lines:
        return []
    preamble.add(meta, lines)
    invocation = origin.invocation
    if invocation and invocation.header:
        missing = needs.lines(header_text(invocation))
        if missing:
            diagnostics.warning(
                "PM606",
                "`-H` or `-V header-includes` makes pandoc ignore the packages that macros need",
                None,
                f"add there: {' '.join(missing)}",
            )
    return lines
