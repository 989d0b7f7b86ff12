"""From a document and its directives to the document with every call expanded."""

from __future__ import annotations

import os
from itertools import dropwhile, groupby
from operator import itemgetter

from ... import WANTED
from ...base import TYPE_CHECKING, Diagnostics, Fault, Record
from ...language.run import Machine, Session
from ...language.values import DEFAULTS
from ...pandoc import Format, header_text, read
from .. import elements
from ..source import check_pairs
from . import preamble
from .expansion import DocumentEnvironment, Expansion
from .placeholders import Placer
from .program import compile_directives

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...language.check import Program
    from ...language.functions import Counters
    from ...language.syntax import Call
    from ...language.values import Limits, Result
    from ..work import Origin, Work
    from .marks import Marks


FIELD = "percent-macros-format"
_READER = "markdown.lua"  # beside this file; by its name alone, because pandoc 2 takes all of a path in lower case
_SEPARATOR = "\x1e"


class Processed(Record):
    """What became of a document's directives."""

    target: Format  # that the macros gave markup for
    environment: DocumentEnvironment  # what they know of the document
    program: Program
    calls: dict[str, Call]  # by the keys of their tokens
    # Make the author's text of what stands between %%begin and %%end, by the identity of the call
    bodies: dict[int, Callable[[], str] | None]
    expansion: Expansion | None  # None if something was wrong before it
    preamble: bool  # whether the document's preamble was given something

    def session(
        self,
        call: Call,
        limits: Limits = DEFAULTS,
        machine: Callable[..., Machine] = Machine,
        program: Program | None = None,
    ) -> Session:
        """Return a session in which a call of the document, or one like it, is evaluated as it was, without effects.

        Args:
            call: the call of the document, for the counters: of one that is not evaluated, those of the next that is.
            limits: what evaluation may cost.
            machine: runs the macros.
            program: in the place of the document's.
        """
        counters = None
        if self.expansion:
            known = self.expansion.session
            following = dropwhile(lambda each: each is not call, self.calls.values())
            counters = known.counters(next(filter(known.has_evaluated, following), None))
        return Session(program or self.program, self.environment.silent(), limits, machine, counters)

    def body(self, call: Call) -> str | None:
        """Return what stands for the body of a call in another session: the author's text of it."""
        body = self.bodies.get(id(call))
        return (body() if body else "") if call.has_body else None

    @property
    def results(self) -> list[tuple[Call, Result]]:
        """What the calls gave that were evaluated, without those that failed, in the order of evaluation."""
        return self.expansion.results if self.expansion else []


def expand(work: Work, marks: Marks | None = None, counters: Counters | None = None) -> Processed:
    """Expand the calls of a document, in its place, unless something is wrong with the program.

    Args:
        work: the document, with tokens in the places of its directives.
        marks: are put around what LaTeX may stumble over.
        counters: that are to go on.
    """
    document, directives, diagnostics = work.elements, work.directives, work.diagnostics
    apart = Diagnostics()  # of no use where something is not closed
    placer = Placer(directives, apart)
    places = placer.run(document)
    keys = {each.key for each in places if each.kind == elements.TEXT}
    in_text = [each for key, each in directives.items() if key in keys]
    for directive in in_text:
        if directive.fault:
            diagnostics.add(directive.fault)
    check_pairs(in_text, diagnostics)
    for each in apart if not diagnostics.failed else ():
        diagnostics.add(each)
    work.target = _meant(work.target, document["meta"])
    needs = preamble.Preamble()
    environment = DocumentEnvironment(document["meta"], work.target, needs, diagnostics)
    environment.api_version = document["pandoc-api-version"]
    program, calls = compile_directives(work, places, environment)
    if diagnostics.failed:
        return Processed(work.target, environment, program, calls, {}, None, False)
    session = Session(program, environment, work.limits, counters=counters)
    expansion = Expansion(session, environment, calls, work, marks)
    if marks:
        marks.own(document)
    expansion.run(places, lambda texts, dialect: _read_markdown(texts, dialect, work.origin))
    if placer.headings:
        from .identifiers import renew  # few headings hold calls

        asked = work.origin.invocation
        renew(document, placer.headings, work.origin.syntax, asked.inputs if asked and asked.file_scope else ())
    if marks:
        marks.finish(document)
    if work.target.belongs_to("latex"):
        for latex in expansion.latex:
            needs.see(latex)
    added = _complete_preamble(work, needs)
    bodies = {id(call): directives[key].body for key, call in calls.items() if call.has_body}
    return Processed(work.target, environment, program, calls, bodies, expansion, added)


def _meant(target: Format, meta: elements.Meta) -> Format:
    """Return the format that macros are to return markup for.

    That is the written one, or, where that one only carries the document on, the one that its metadata names.
    """
    value = meta.get(FIELD)
    return target if value is None or not target.goes_on else Format(elements.plain_text(value))


def _read_markdown(texts: Sequence[str], dialect: str, origin: Origin) -> list[elements.Blocks]:
    """Return the blocks of each text that macros handed to ``markdown()``: one pandoc reads them all.

    Args:
        texts: what they gave, with tokens in the place of content.
        dialect: which they are in, as for ``--from``.
        origin: how the document came about.

    Raises:
        Fault: PM601 when pandoc fails.
    """
    text = _SEPARATOR.join(each.replace(_SEPARATOR, " ") for each in texts)
    program = origin.program
    if os.path.dirname(program):
        program = os.path.abspath(program)
    folder = os.path.dirname(os.path.abspath(__file__))
    document = read(program, text, _READER, folder=folder, variables={"PERCENT_MACROS_DIALECT": dialect})
    contents = [block["c"][1] for block in document["blocks"] if block["t"] == "Div"]
    if len(contents) != len(texts):
        raise Fault("PM601", "pandoc gave something else than it was asked for", f"it is {program}")
    return contents


def _complete_preamble(work: Work, needs: preamble.Preamble) -> bool:
    """Put what macros need into the preamble, and return whether there is anything.

    Where pandoc would not look at it, tell ``build``, or say what to add.
    """
    meta = work.elements["meta"]
    wanted = _wanted(work, needs, preamble.of_metadata(meta))
    if not wanted:
        return False
    for format, run in groupby(wanted, itemgetter(0)):
        preamble.add(meta, format, [text for _, text in run])
    invocation = work.origin.invocation
    theirs = [each for each in invocation.header if each.value != work.header] if invocation else []
    lacking = _wanted(work, needs, header_text(invocation, theirs)) if invocation and theirs else []
    missing = [text for _, text in lacking]
    if missing and work.header:
        with open(work.header + WANTED, "w", encoding="utf-8") as file:
            file.write("\n".join(missing) + "\n")
    elif missing:
        import shlex  # the filter does without it

        option = shlex.quote(f"header-includes={' '.join(missing)}")
        work.diagnostics.warning(
            "PM606",
            "`-H` or `-V header-includes` makes pandoc ignore the packages that macros need",
            None,
            f"give pandoc one more option: -V {option}",
            "`percent-macros build` adds them by itself",
        )
    return True


def _wanted(work: Work, needs: preamble.Preamble, said: str) -> list[tuple[str, str]]:
    """Return formats and texts of what macros need and a preamble lacks, of those that the written format shows."""
    target = work.target
    latex = [("latex", line) for line in needs.lines(said)] if target.belongs_to("latex") else []
    return latex + [(format, text) for format, text in needs.others(said) if target.shows(format)]
