"""What the author says is meant so: ``%%# lint: allow overlap`` beside what it is said of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..base import WARNING, Diagnostic, Diagnostics, Fault, Span
from ..document.source import COMMENT, Directive
from .slides import Slide
from .sources import Sources
from .thresholds import OF_SLIDES, kind_of, kinds_in

_ALLOWANCE = re.compile(r"%%#[ \t]*lint[ \t]*:[ \t]*(?P<word>\w*)[ \t]*(?P<kinds>.*)", re.DOTALL)


@dataclass(frozen=True)
class Allowance:
    """A comment that allows something."""

    span: Span
    file: int
    line: int  # from 0
    kinds: frozenset[str]


class Allowances:
    """The allowances of a document. Each holds for the paragraph that it stands in, or else for the next one.

    What is said of a slide as a whole it may allow anywhere on that.
    """

    def __init__(self, directives: Iterable[Directive], sources: Sources, found: Diagnostics) -> None:
        """Read them; what is wrong with them (PM560) goes to ``found``."""
        self._sources = sources
        self._every: list[Allowance] = []
        self._used: set[Allowance] = set()
        for each in directives:
            match = _ALLOWANCE.match(each.source.text) if each.kind == COMMENT else None
            if match:
                try:
                    self._every.append(self._read(match, each))
                except Fault as fault:
                    found.add(fault.at(each.span).diagnostic)

    def _read(self, match: re.Match[str], directive: Directive) -> Allowance:
        if match["word"] != "allow":
            raise Fault("PM560", "`lint:` takes `allow`", "write `%%# lint: allow KIND`")
        line, _ = directive.source.position(0)
        file = self._sources.number(directive.source.name)
        assert file is not None, "it was found in an input"
        return Allowance(directive.span, file, line - 1, kinds_in(match["kinds"]))

    def allow(self, diagnostic: Diagnostic, slides: Sequence[Slide]) -> bool:
        """Return whether a diagnostic is allowed."""
        kind = kind_of(diagnostic)
        if kind is None or diagnostic.span is None:
            return False
        file = self._sources.number(diagnostic.span.source.name)
        first = diagnostic.span.source.position(diagnostic.span.start)[0] - 1
        last = diagnostic.span.source.position(diagnostic.span.end)[0] - 1
        allowing = [
            each
            for each in self._every
            if kind in each.kinds
            and each.file == file
            and (self._is_beside(each, first, last) or (kind in OF_SLIDES and _are_on_one(each, first, slides)))
        ]
        self._used.update(allowing)
        return bool(allowing)

    def _is_beside(self, allowance: Allowance, first: int, last: int) -> bool:
        around = self._sources.block(allowance.file, allowance.line)
        if len(around) == 1:
            around = self._sources.next_block(allowance.file, allowance.line)
        return first < around.stop and last >= around.start

    def unused(self) -> list[Diagnostic]:
        """Return a warning for each that allowed nothing (PM559)."""
        message = "this allows nothing: there is no such finding here"
        left = [each for each in self._every if each not in self._used]
        return [Diagnostic("PM559", message, each.span, ("take it out",), severity=WARNING) for each in left]


def _are_on_one(allowance: Allowance, line: int, slides: Sequence[Slide]) -> bool:
    return any(
        each.start and each.start.holds(allowance.file, allowance.line) and each.start.holds(allowance.file, line)
        for each in slides
    )
