"""The way from a failed run of LaTeX to its diagnostics, and what is weighed on it."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, unquote

from ..base import Diagnostic, Span
from ..base.tex import INCLUDED
from ..document.expansion.marks import CALL
from . import fragile, packages
from .authors_tex import IncludedFiles
from .failure import Failure
from .finder import Finder
from .log import LogError, Unreadable, first_error, quoted, unreadable
from .marked import MarkedLatex, Stretch, read_answer
from .position import TexPlace
from .source_map import Finding, NameSearch, SourceMap

_UNTOLD = LogError("failed, and its log does not say why", None, None, ())
_DAMAGED = "the file is damaged, or of another kind than its name says"
_VERBATIM = re.compile(r"@xverbatim|\\lst@|FancyV|\\FV@|verbatim")
_CONTEXT = "\\errorcontextlines=999 \\AtBeginDocument{\\errorcontextlines=999 }\n"


def blame(failure: Failure) -> list[Diagnostic]:
    """Return what made LaTeX fail: an error at the author's line, or, where that can't be found, without a place.

    Args:
        failure: the run that failed, and the means to try again.
    """
    return [_Investigation(failure).diagnostic()]


def missing_pictures(names: Iterable[str], failure: Failure) -> list[Diagnostic]:
    """Return an error for each picture that pandoc could not find.

    Args:
        names: of the pictures, as pandoc's log has them.
        failure: the document; no LaTeX is run.
    """
    search = NameSearch(failure)
    return [_missing_picture(unquote(name), search.first(_spellings(name))) for name in names]


def _spellings(name: str) -> list[str]:
    """Return how a picture that pandoc's log names may be written: an address is encoded, an extension left out."""
    return list(dict.fromkeys((name, unquote(name), os.path.splitext(unquote(name))[0])))


def _missing_picture(name: str, found: Finding | None) -> Diagnostic:
    message = f"picture `{name}` was not found"
    return (
        Diagnostic("PM502", message, found.span, found.hints, found.trace)
        if found
        else Diagnostic("PM502", message, None)
    )


class _Investigation:
    def __init__(self, failure: Failure) -> None:
        self._failure = failure
        self._included = IncludedFiles(failure)
        self._stopped = ""  # what TeX had read last
        self._fragile = False  # whether the slide had to be
        self._error = first_error(failure.log) or _UNTOLD

    def diagnostic(self) -> Diagnostic:
        """Return the error with its place."""
        direct = self._included.line(self._error.file, self._error.line)
        if direct:
            return self._at(direct, ())
        marked = self._failure.marked()
        latex = MarkedLatex(_CONTEXT + marked.tex)
        self._known = read_answer(marked.answer)
        self._origins = SourceMap(self._failure, latex, self._known)
        tried = first_error(self._failure.typeset(latex.tex).log)
        if tried is not None:
            self._error = tried
        finder = Finder(self._error, latex)
        place = finder.find()
        self._stopped = finder.stop.told()
        for found in self._places(place, latex):
            return found
        return Diagnostic("PM505", self._message(), None, (*self._cure(), *self._context()))

    def _places(self, place: TexPlace | None, latex: MarkedLatex) -> Iterator[Diagnostic]:
        """Yield what each of the ways finds, the best first."""
        yield from self._at_verbatim(latex, place)
        stretch = latex.around(place.start) if place else None
        if place and stretch and self._is_sure(place, stretch, latex):
            yield from self._in(stretch, place)
        elif place and (span := self._included.text_at(latex.tex, place.start)):
            yield self._at(span, ())
        yield from self._at_picture(unreadable(self._error))
        yield from self._at_words()
        if suspect := self._suspect(latex):
            yield from self._in(suspect, None)
        line = self._cause_among(self._included.lines(latex.tex), latex)
        if line and (span := self._included.text_at(latex.tex, line.start)):
            yield self._at(span, ())
        included = [found for found in INCLUDED.finditer(latex.tex) if not latex.around(found.start())]
        if guilty := self._cause_among([Stretch(-1, *found.span(), *found.span()) for found in included], latex):
            file = next(found[1] for found in included if found.start() == guilty.start)
            yield from self._at_picture(Unreadable(file, ""))
        if place and stretch:
            yield from self._in(stretch, place, near=True)
        if place:
            text = latex.tex[latex.tex.rfind("\n", 0, place.start) + 1 :].split("\n", 1)[0]
            span = self._origins.texts.only(text) or self._origins.slide(latex.tex, place.start)
            if span:
                yield self._at(span, (), near=True)

    def _at_verbatim(self, latex: MarkedLatex, place: TexPlace | None) -> Iterator[Diagnostic]:
        """Yield the place of verbatim text, if all is well with it once its slide is fragile.

        In a call's result it is where TeX says it is, if that is in there.
        """
        for each in fragile.suspects(latex.tex):
            if self._is_cause(each.cured):
                self._fragile = True
                stretch = latex.around(each.start)
                if stretch and place and stretch == latex.around(place.start):
                    return
                if stretch:
                    by_call = self._known[stretch.number].kind == CALL  # whose slide has to be another
                    yield from self._in(stretch, None if by_call else TexPlace(each.start, each.end))
                line = latex.tex[each.start :].split("\n", 1)[0]
                if span := self._origins.texts.first(line) or self._origins.slide(latex.tex, each.start):
                    yield self._at(span, ())
                return

    def _is_sure(self, place: TexPlace, stretch: Stretch, latex: MarkedLatex) -> bool:
        """Whether a place is that of the fault: without it, or all that it is a part of, the error is gone."""
        return (
            place.sure
            or self._is_cause(latex.tex[: place.start] + latex.tex[place.end :])
            or self._is_cause(latex.without(stretch))
        )

    def _at_picture(self, picture: Unreadable | None) -> Iterator[Diagnostic]:
        """Yield the place of an image of Markdown's."""
        for name in picture.names() if picture else ():
            for address in (name, quote(name), os.path.splitext(name)[0]):
                if span := self._origins.texts.link(address):
                    yield self._at(span, ())

    def _at_words(self) -> Iterator[Diagnostic]:
        """Yield the first places in the author's files of what the message quotes."""
        for word in quoted(self._error):
            span = self._included.first(word) or self._origins.texts.first(word)
            if span:
                yield self._at(span, ())

    def _is_cause(self, without: str) -> bool:
        """Whether the error is gone from a changed text."""
        attempt = self._failure.typeset(without)
        error = first_error(attempt.log)
        if error is None:  # it went well, perhaps with nothing to show; or it failed, too, without a word
            return attempt.succeeded or self._error is not _UNTOLD or "No pages of output" in attempt.log
        return attempt.succeeded or error.same != self._error.same

    def _suspect(self, latex: MarkedLatex) -> Stretch | None:
        """Return the stretch without which the error does not come."""
        outermost: list[Stretch] = []
        for each in latex.stretches:
            if not outermost or each.start >= outermost[-1].end:
                outermost.append(each)
        return self._cause_among(outermost, latex)

    def _cause_among(self, suspects: Sequence[Stretch], latex: MarkedLatex) -> Stretch | None:
        """Return the only one of some stretches without which the error does not come."""
        if not suspects or not self._is_cause(latex.without(*suspects)):
            return None
        while len(suspects) > 1:
            half = len(suspects) // 2
            halves = (suspects[:half], suspects[half:])
            guilty = next((each for each in halves if self._is_cause(latex.without(*each))), None)
            if guilty is None:
                return None  # two that belong together, or two faults
            suspects = guilty
        return suspects[0]

    def _in(self, stretch: Stretch, place: TexPlace | None, *, near: bool = False) -> Iterator[Diagnostic]:
        origin = self._origins.of(stretch, place)
        if origin:
            notes = (place.note,) if place and place.note else ()
            hints = (*notes, *origin.hints, *self._context())
            yield self._at(origin.span, hints, origin.trace, origin.mark, near=near or not origin.sure)

    def _at(
        self,
        span: Span,
        hints: tuple[str, ...],
        trace: tuple[tuple[Span, str], ...] = (),
        mark: Span | None = None,
        *,
        near: bool = False,
    ) -> Diagnostic:
        if unreadable(self._error):
            hints = (_DAMAGED, *hints)
        message = self._message() + (" (somewhere near here)" if near else "")
        return Diagnostic("PM501", message, span, (*self._cure(), *hints), trace, mark=mark)

    def _message(self) -> str:
        if picture := unreadable(self._error):
            there = (each for each in picture.names() if each and (self._failure.folder / each).is_file())
            name = next((each for each in there if not os.path.isabs(each)), picture.file)
            return ": ".join(filter(None, ("LaTeX", f"can't read the picture {name}", picture.reason)))
        message = self._error.message.rstrip(".")
        if message == "Undefined control sequence" and self._error.levels:
            message += f" {self._error.levels[0].last_word}"
        return f"LaTeX: {message.removeprefix('LaTeX Error: ')}"

    def _context(self) -> tuple[str, ...]:
        """Return a hint that shows how far TeX had come."""
        return (f"TeX stopped after `{self._stopped}`",) if self._stopped else ()

    def _cure(self) -> tuple[str, ...]:
        """Return hints that tell what to do, if the message is one that has a cure of its own."""
        if self._fragile or _VERBATIM.search(self._error.message):
            return (fragile.CURE,)
        return packages.cure(self._error.message)
