"""The document with its macros expanded and its definitions gone, as Markdown that needs no filter.

What the author wrote stays as it is: only directives are replaced, each by what pandoc's writer makes of its result.
Then pandoc reads that text, and it must be what the filter gives. Where it is not (a tight list, a cell too narrow for
what stands in it now), pandoc writes the whole document anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..base.fault import Diagnostics
from ..document import elements
from ..document.expansion import preamble
from ..document.expansion.expansion import DocumentEnvironment, Expansion
from ..document.expansion.formats import Format
from ..document.expansion.placeholders import Placer
from ..inspect.study import Expanded, Study, merged
from ..language.syntax.calls import Call
from ..language.values.values import Raw, Result
from ..pandoc.executable import read_again, write
from .branches import Branches, as_pieces
from .dialects import armoured, for_writing, with_raw_attribute
from .likeness import looks
from .splicing import Splicer


@dataclass(frozen=True)
class Outcome:
    """A document without macros."""

    text: str
    dialect: str  # that it is to be read as
    rewritten: bool  # by pandoc: the author's own text would not have looked the same
    differs: bool  # in what is shown, from what the filter gives; then it is rewritten, too
    diagnostics: Diagnostics  # with an error among them there is no text


def expand_document(studied: Study, targets: Sequence[str]) -> Outcome:
    """Return a document as Markdown with every macro expanded, and no definitions.

    Args:
        studied: the document.
        targets: the formats that it will be written in; where macros give other things in each, raw markup of all.

    Raises:
        Fault: PM601 when pandoc fails; PM609 for results that can't stand beside one another.
    """
    expanded = [studied.expanded(target) for target in targets]
    diagnostics = merged(each.diagnostics for each in expanded)
    if diagnostics.failed:
        return Outcome("", "", False, False, diagnostics)
    branches = Branches(expanded, studied.program)
    environment = expanded[0].processed.environment
    header = _header(expanded)
    dialect = with_raw_attribute(studied.dialect)
    wanted = [looks(each.document, each.processed.target, studied.program) for each in expanded]
    if len(studied.manuscripts) == 1:
        text = Splicer(studied, branches, dialect).written() + _yaml(header)
        if _looks(studied, text, expanded, dialect) == wanted:
            return Outcome(text, dialect, False, False, diagnostics)
    document = _rewritten(studied, branches, environment)
    # The template would write what goes into the head a second time, as the text's first block.
    header = header or list(elements.raw_markup(document["meta"].get(preamble.FIELD)))
    document["meta"].pop(preamble.FIELD, None)
    options = ["--standalone", "--wrap=preserve"]
    text = write(studied.program, armoured(document, dialect), for_writing(dialect), options) + _yaml(header)
    return Outcome(text, dialect, True, _looks(studied, text, expanded, dialect) != wanted, diagnostics)


def _looks(studied: Study, text: str, expanded: Sequence[Expanded], dialect: str) -> list[object]:
    """Return what a text looks like in each of the formats that the document was expanded for."""
    document = read_again(studied.invocation, [text], dialect)
    return [looks(document, each.processed.target, studied.program) for each in expanded]


def _header(expanded: Sequence[Expanded]) -> list[tuple[str, str]]:
    """Return what the metadata must put into the document's head, formats and texts, if macros add to it."""
    for each in expanded:
        if each.processed.preamble:
            return list(elements.raw_markup(each.document["meta"][preamble.FIELD]))
    return []


def _yaml(header: list[tuple[str, str]]) -> str:
    if not header:
        return ""
    lines = ["", "---", f"{preamble.FIELD}:"]
    for format, text in header:
        lines += ["- |", *(f"  {line}".rstrip() for line in (f"```{{={format}}}", *text.split("\n"), "```"))]
    return "\n".join([*lines, "---", ""])


def _rewritten(studied: Study, branches: Branches, environment: DocumentEnvironment) -> Any:
    """Return the elements of a document with results in the places of its calls."""
    document = studied.document()
    placer = Placer(studied.directives, Diagnostics())
    placer.document(document)
    session: Any = _Settled(branches, studied)
    expansion = Expansion(
        session, environment, branches.calls, studied.directives, Format("markdown"), frozenset(), Diagnostics()
    )
    expansion.run(document, lambda _: ())
    return document


class _Settled:
    """In the place of a session: it knows already what each call gives."""

    def __init__(self, branches: Branches, studied: Study) -> None:
        self._branches = branches
        self._keys = {id(call): key for key, call in branches.calls.items()}
        self._directives = studied.directives
        self._in_raw = studied.in_raw_tex

    def expand(self, call: Call, body: object | None) -> Result:
        key = self._keys[id(call)]
        if key in self._in_raw:
            return Result((Raw("latex", self._branches.latex(key)),))
        if self._directives[key].standalone:
            return as_pieces(self._branches.segments(key), body)
        return as_pieces([[{"t": "Plain", "c": self._branches.inlines(key)}]], body)
