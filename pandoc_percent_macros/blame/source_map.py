"""From a place in marked LaTeX to the place in the author's files where it was written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..base import Diagnostics, Span
from ..document.expansion import PRELUDE, percent_signs
from ..document.expansion.marks import CALL, MATH
from ..inspect.loading import load
from ..language.syntax import Call, defined
from .authors_tex import AuthorsText
from .failure import Failure
from .marked import Marked, MarkedLatex, Stretch
from .position import TexPlace, longest_end
from .provenance import Provenance, WrittenAt, result_text

_NEAR = 40  # characters of a call's result: how far from the place of an error an argument is looked for,
_VALUE = 3  # and where it must be that itself
_DELIMITER = len(r"\(")  # what pandoc puts before mathematics
_CLOSING = tuple("]}),;")  # signs that TeX stumbles over when what stands before them is wrong
_SPECIAL = ("&", "#", "_", "$")  # what LaTeX wants a backslash before in text
_SHOWN = 100  # characters of generated text in a hint
_TITLE = re.compile(r"^\\begin\{frame\}(?:\[[^\]\n]*\]|<[^>\n]*>)*\{([^{}\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """Where some LaTeX was written."""

    span: Span
    hints: tuple[str, ...] = ()
    trace: tuple[tuple[Span, str], ...] = ()  # the calls that led there, innermost first
    mark: Span | None = None
    sure: bool = True


class SourceMap:
    """The origins of a document's LaTeX."""

    def __init__(self, failure: Failure, latex: MarkedLatex, known: Sequence[Marked]) -> None:
        self._latex = latex
        self._known = known
        loaded = load(failure.arguments)
        self._processed = loaded.expanded(failure.target).processed
        self.texts = AuthorsText([each for manuscript in loaded.manuscripts for each in manuscript.inputs], known)
        self._folder = failure.folder
        self._calls: dict[tuple[str, int, int] | None, Call] = {
            _position(call): call for call in self._processed.calls.values()
        }

    def of(self, stretch: Stretch, place: TexPlace | None) -> Finding | None:
        """Return where a place in a stretch of the LaTeX was written, that of the whole stretch without one.

        None for a text of the author's that is not found again.
        """
        known = self._known[stretch.number]
        if known.kind == CALL:
            call = self._calls.get(_place_of(known))
            return self._of_call(stretch, place, call) if call else None
        delimiter = _DELIMITER if known.kind == MATH else 0
        at = max(0, self._signs_before(stretch, place.start) - delimiter) if place else 0
        length = place.end - place.start if place else len(known.text)
        span = self.texts.span(stretch.number, known, at, length)
        return Finding(span) if span else None

    def _signs_before(self, stretch: Stretch, offset: int) -> int:
        """Return how many characters, spaces aside, of the author's text stand before an offset in its LaTeX."""
        signs = 0
        for start, end in self._latex.own(stretch):
            signs += len(_bare(self._latex.tex[start : min(end, offset)])) if start < offset else 0
        for each in self._latex.stretches:
            if stretch.start < each.start and each.end < min(stretch.end, offset):
                signs += len(_bare(self._known[each.number].text))
        return signs

    def _of_call(self, stretch: Stretch, place: TexPlace | None, call: Call) -> Finding:
        provenance = Provenance(self._processed, call)
        macro = self._processed.program.macros[call.name]
        hints = (defined(macro), f"it returned {_shortened(provenance.text)}")
        offset = self._offset(stretch, place, provenance.text) if place else None
        if place is None or offset is None:
            return Finding(call.span, hints, (), call.name_span, sure=place is None)
        if place.is_lone and (sign := self._percent_sign(call)):
            return Finding(sign, (r"LaTeX takes it for the beginning of a comment: write `\%`", *hints), _trace(call))
        if place.is_lone and (argument := provenance.unbalanced_argument()):
            return Finding(argument, hints, _trace(call))
        lone = provenance.unbalanced_bodies() if place.is_lone else []
        lone = [each for each in lone if not self._is_good_elsewhere(stretch, each)]
        there = provenance.of(offset, offset + max(1, place.end - place.start))
        written = lone[0] if len(lone) == 1 else there
        if written is None:
            return Finding(call.span, hints, (), call.name_span, sure=False)
        if written.macro:
            good = self._is_good_elsewhere(stretch, written)
            argument = self._argument(provenance, place, offset, good=good)
            if argument:
                return Finding(argument, hints, _trace(call))
            if good:
                return Finding(call.span, hints, (), call.name_span)
            way = tuple((span, _in_call(name)) for span, name in provenance.way_to(written.macro))
            return Finding(written.span, (defined(written.macro), *hints[written.macro is macro :]), way)
        special = written.span.text[:1]
        cure = (f"for the sign itself write `\\{special}`",) if special in _SPECIAL else ()
        return Finding(written.span, (*cure, *hints), _trace(call))

    def _percent_sign(self, call: Call) -> Span | None:
        """Return the first percent sign in a call's arguments that begins a comment."""
        found = Diagnostics()
        percent_signs.warn(call, self._processed.session(call), found)
        return next((each.span for each in found), None)

    def _argument(self, provenance: Provenance, place: TexPlace, offset: int, *, good: bool) -> Span | None:
        """Return the argument that is at fault, though the place is in a macro's body; None if the body is."""
        if good:
            return provenance.argument_near(offset, _NEAR, after=True)
        if place.of_value:
            return provenance.argument_near(offset, _VALUE, after=False)
        text = self._latex.tex[place.start : place.end].strip()
        if place.note or len(text) > 1:
            return self._argument_in_path(provenance, text, offset) if not place.note else None
        return provenance.argument_near(offset, 1, after=False) if text in _CLOSING else None

    def _argument_in_path(self, provenance: Provenance, text: str, offset: int) -> Span | None:
        """Return the argument that a name is made of in part, unless the folder before it is not there."""
        if text.startswith("\\") or ("/" in text and not (self._folder / text).parent.is_dir()):
            return None
        found = (provenance.in_arguments(at, 1) for at in range(offset, offset + len(text)))
        return next((each.span for each in found if each), None)

    def _is_good_elsewhere(self, stretch: Stretch, written: WrittenAt) -> bool:
        """Whether LaTeX took a string of a macro's body before, in another call's result, or it is the prelude's."""
        if written.span.source.name.startswith(PRELUDE):
            return True
        before = [self._known[each.number] for each in self._latex.stretches if each.end <= stretch.start]
        calls = [self._calls[place] for place in map(_place_of, before) if place in self._calls]
        return any(Provenance(self._processed, call).uses(written) for call in calls)

    def _offset(self, stretch: Stretch, place: TexPlace, text: str) -> int | None:
        """Return the offset in a call's result of a place in its LaTeX."""
        before = "".join(
            self._latex.tex[start : min(end, place.end)] for start, end in self._latex.own(stretch) if start < place.end
        )
        signs = [at for at, sign in enumerate(text) if not sign.isspace()]
        whole = "".join(self._latex.tex[start:end] for start, end in self._latex.own(stretch))
        length = len(_bare(self._latex.tex[place.start : place.end]))
        if _bare(whole) == _bare(text):
            at = len(_bare(before))
        else:  # pandoc wrote some of it
            shared, at = longest_end(_bare(before), _bare(text))
            if shared < length:
                return None
        return signs[at - length] if 0 <= at - length < len(signs) else None

    def slide(self, tex: str, offset: int) -> Span | None:
        """Return the place of the heading of the slide that an offset in the LaTeX is on."""
        titles = [each[1] for each in _TITLE.finditer(tex, 0, offset)]
        if not titles:
            return None
        return self.texts.heading(titles[-1], titles[:-1].count(titles[-1])) or self.texts.first(titles[-1])


class NameSearch:
    """Finds where names, such as those of pictures, are written: the document is read and expanded once for all."""

    def __init__(self, failure: Failure) -> None:
        loaded = load(failure.arguments)
        self._processed = loaded.expanded(failure.target).processed
        self._texts = AuthorsText([each for manuscript in loaded.manuscripts for each in manuscript.inputs], [])

    def first(self, names: Sequence[str]) -> Finding | None:
        """Return where the first of some names is written that is found: in the document, or in a call's result."""
        for name in names:
            if span := self._texts.link(name):
                return Finding(span)
            if found := self._in_results(name):
                return found
            if span := self._texts.first(name):
                return Finding(span)
        return None

    def _in_results(self, name: str) -> Finding | None:
        for call, result in self._processed.results:
            at = result_text(result).find(name)
            if at < 0:
                continue
            provenance = Provenance(self._processed, call)
            written = provenance.of(at, at + len(name))
            if written is None or written.span.source.name.startswith(PRELUDE):
                return Finding(call.span)
            way = provenance.way_to(written.macro) if written.macro else [(call.span, call.name)]
            macro = written.macro or self._processed.program.macros[call.name]
            return Finding(written.span, (defined(macro),), tuple((span, _in_call(of)) for span, of in way))
        return None


def _position(call: Call) -> tuple[str, int, int]:
    line, column = call.span.source.position(0)
    return call.span.source.name, line, column


def _place_of(known: Marked) -> tuple[str, int, int] | None:
    return (known.file, known.line, known.column) if known.kind == CALL else None


def _trace(call: Call) -> tuple[tuple[Span, str], ...]:
    return ((call.span, _in_call(call.name)),)


def _in_call(name: str) -> str:
    return f"in the call of `{name}`"


def _shortened(text: str) -> str:
    as_logged = " ".join(text.split())
    return f"`{as_logged}`" if len(as_logged) <= _SHOWN else f"`{as_logged[:_SHOWN]}…`"


def _bare(text: str) -> str:
    return "".join(text.split())
