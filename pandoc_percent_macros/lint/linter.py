"""Findings of a document that is built: as often as asked, in one process."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..base import Diagnostic, Diagnostics, Span
from ..blame.log import overfull
from ..blame.overflow import OVERFULL
from ..build.progress import Progress
from ..inspect.loading import LoadedDocument
from ..pages import MarkedCall
from ..pages.looks import BODY, Colour, Look, LookedAt
from .allowances import Allowances
from .findings import Finding, Sighting
from .on_pages import PageCheck, lines_of
from .slides import SeenPage, Slide, slides_of
from .sources import Sources
from .thresholds import EMPTY, FULL, OF_SLIDES, OFF_SLIDE, Thresholds, kind_of

_BEGINS = "%%begin"  # of a call whose contents are the author's text
_CODE = re.compile(r"\\newcommand\{\\\w+Tok\}\[1\]\{.*?\\textcolor\[rgb\]\{([\d.]+),([\d.]+),([\d.]+)\}")
_ENDS = ("?", "!", "…", "...")  # of a title that is all that a slide says
_NEAR = 5.0  # mm: a text is the same on all steps of a slide, if it is there


class Built(Protocol):
    """What is looked at: a document that was built with marks, such as a ``PlacedDocument``."""

    @property
    def pdf(self) -> Path: ...
    @property
    def calls(self) -> Sequence[MarkedCall]: ...  # by the numbers of their marks
    @property
    def tex(self) -> str: ...
    @property
    def log(self) -> str: ...
    @property
    def target(self) -> str: ...  # the format that pandoc writes


@dataclass(frozen=True)
class Linted:
    """What was found."""

    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]  # what to tell of it all: the findings that are not allowed, and faults
    slides: tuple[Slide, ...]


class Listening(Progress):
    """Keeps what a build says."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.said = ""  # all else

    def show(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.found += diagnostics

    def say(self, text: str) -> None:
        self.said += text


def sources_of(loaded: LoadedDocument) -> Sources:
    """Return the author's files of a document."""
    return Sources([each for part in loaded.manuscripts for each in part.inputs])


class Linter:
    """Looks at one document, after each build of it."""

    def __init__(self, document: Built) -> None:
        """Prepare.

        Args:
            document: what is looked at. It is made to be built ``again``: its pages are then those with the marks, so
                that of a slide that shows nothing it is known which one it is, and nothing is typeset twice.
        """
        self._document = document

    def lint(self, loaded: LoadedDocument, thresholds: Thresholds, said: Sequence[Diagnostic] = ()) -> Linted:
        """Return what does not fit on the pages of the last build.

        Args:
            loaded: the document as it was when it was built.
            thresholds: from where on something is told of.
            said: what the build said of it.
        """
        found = Diagnostics()
        sources = sources_of(loaded)
        look = _Look(self._document, sources, thresholds)
        findings = look.findings(said)
        allowances = Allowances(loaded.directives.values(), sources, found)
        told = []
        for finding in findings:
            if not allowances.allow(finding.diagnostic, look.slides):
                told.append(finding)
                found.add(finding.diagnostic)
        for each in said:
            kind = kind_of(each)
            if kind == FULL and look.is_deck:
                continue  # it is among the findings, if it can be seen
            if not (kind in thresholds.allowed or allowances.allow(each, look.slides)):
                found.add(each)
        for each in allowances.unused():
            found.add(each)
        return Linted(tuple(told), tuple(found), tuple(look.slides))


class _Look:
    """One look at a document."""

    def __init__(self, document: Built, sources: Sources, thresholds: Thresholds) -> None:
        self._sources = sources
        self._thresholds = thresholds
        self._calls = document.calls
        self._overfull = {each.line: each.by for each in overfull(document.log) if each.is_page}
        self._sightings: list[Sighting] = []
        self._contrasts: list[tuple[float, Sighting]] = []
        self._of_titles: set[tuple[Colour, ...]] = set()  # colours of titles: the theme's choice, here as there
        self._lines: dict[int, int] = {}  # of text, by the number of the page
        self._reaching: set[int] = set()  # the pages whose contents reach the foot
        self.is_deck = document.target == "beamer"
        pages = self._looked(document)
        self.slides = (
            slides_of(pages, sources, self._places()) if self.is_deck else [Slide((page,), None) for page in pages]
        )

    def _looked(self, document: Built) -> list[SeenPage]:
        """Look at the pages; return those that show one slide."""
        of_code = frozenset(_colours_of_code(document.tex))
        pages = []
        with LookedAt(document.pdf) as pdf:
            for page in pdf.pages():
                if not page.line:
                    continue
                check = PageCheck(page, self._thresholds, of_code)
                self._sightings += check.sightings()
                self._contrasts += check.contrasts()
                self._of_titles |= check.colours_of_title()
                self._lines[page.number] = check.lines()
                if check.reaches_foot():
                    self._reaching.add(page.number)
                pages.append(SeenPage(page.number, page.size, page.line, tuple(page.looks)))
        return pages

    def _places(self) -> dict[int, tuple[int, int]]:
        numbers = {call.file: self._sources.number(call.file) for call in self._calls}
        places = ((number, numbers[call.file], call.line - 1) for number, call in enumerate(self._calls))
        return {number: (file, line) for number, file, line in places if file is not None}

    def findings(self, said: Sequence[Diagnostic]) -> list[Finding]:
        """Return all, one at a place; ``said`` is what the build said, of slides that are too full for one."""
        found: dict[tuple[object, ...], Finding] = {}
        for slide in self.slides:
            too_full = self._overfull.get(slide.pages[0].line)
            findings = [self._placed(each, slide) for each in self._of_slide(slide)]
            if too_full and self._reaching.intersection(page.number for page in slide.pages):
                full = self._too_full(slide, too_full, said)
                below = [each for each in findings if each.kind == OFF_SLIDE and self._flows_over(each, slide, full)]
                findings = [full, *(each for each in findings if each not in below)]
            for finding in findings:
                if finding.kind not in self._thresholds.allowed and (self.is_deck or finding.kind not in OF_SLIDES):
                    found.setdefault((finding.kind, *self._key(finding, slide)), finding)
        return list(found.values())

    def _too_full(self, slide: Slide, by: float, said: Sequence[Diagnostic]) -> Finding:
        """Return what LaTeX says of a slide: at the call by which it is too full, or at its beginning."""
        message = f"the slide is {by:g}pt too full"
        of_call = next((each for each in said if each.code == "PM510" and each.message == f"{message} by this"), None)
        page = slide.pages[-1]
        if of_call:
            return Finding(FULL, page.number, page.size, of_call.message, of_call.hints[-1], of_call.span)
        return self._placed(Sighting(FULL, page.number, page.size, message, OVERFULL), slide)

    def _flows_over(self, finding: Finding, slide: Slide, full: Finding) -> bool:
        """Return whether something is off a slide for that being too full."""
        return finding.box.y1 > slide.pages[0].size.y1 and (not finding.of_call or finding.span == full.span)

    def _key(self, finding: Finding, slide: Slide) -> tuple[object, ...]:
        """Return what is the same for findings of which one is told."""
        if finding.kind in OF_SLIDES or finding.span is None:
            return (slide.pages[0].number,)
        return (str(finding.span),) if finding.of_call else self._sources.paragraph(finding.span)

    def _of_slide(self, slide: Slide) -> Iterator[Sighting]:
        numbers = {page.number for page in slide.pages}
        yield from (each for each in self._sightings if each.page in numbers)
        yield from self._pale([each for each in self._contrasts if each[1].page in numbers])
        yield from self._full(slide)
        yield from self._empty(slide)

    def _pale(self, contrasts: Sequence[tuple[float, Sighting]]) -> Iterator[Sighting]:
        """Yield texts that have too little contrast on all steps of their slide: on some they may be dimmed."""
        best: dict[tuple[str, int, int], tuple[float, Sighting]] = {}
        for ratio, sighting in contrasts:
            assert sighting.look
            if sighting.colours in self._of_titles:
                continue
            key = (sighting.look.text, round(sighting.box.x0 / _NEAR), round(sighting.box.y0 / _NEAR))
            best[key] = max(best.get(key, (0.0, sighting)), (ratio, sighting), key=lambda each: each[0])
        yield from (sighting for ratio, sighting in best.values() if ratio < self._thresholds.min_contrast)

    def _full(self, slide: Slide) -> Iterator[Sighting]:
        page = max(slide.pages, key=lambda each: self._lines[each.number])
        lines = self._lines[page.number]
        if lines > self._thresholds.max_lines:
            hint = f"more than {self._thresholds.max_lines:g} are hard to take in: part it into two"
            yield Sighting(FULL, page.number, page.size, f"the slide has {lines} lines of text", hint)

    def _empty(self, slide: Slide) -> Iterator[Sighting]:
        shown = (look for page in slide.pages for look in page.looks if look.part == BODY and look.box.area)
        if not slide.title.endswith(_ENDS) and not any(True for _ in shown):
            what = "the slide has nothing but its title" if slide.title else "the slide is empty"
            hint = "give it something to show, or take it out"
            yield Sighting(EMPTY, slide.pages[0].number, slide.pages[0].size, what, hint)

    def _placed(self, sighting: Sighting, slide: Slide) -> Finding:
        of_call = self._call(sighting.look) if sighting.look else None
        span = of_call or (self._written(sighting.look, slide) if sighting.look else None)
        if span is None and slide.start:
            span = self._sources.line(slide.start.file, slide.start.line)
        return Finding(
            sighting.kind, sighting.page, sighting.box, sighting.message, sighting.hint, span, of_call is not None
        )

    def _call(self, look: Look) -> Span | None:
        """Return the call that paints something, unless that is a text in the midst of it, of the author's own."""
        call = self._around(look)
        if call is None or (call.text.startswith(_BEGINS) and look.text.strip()):
            return None
        return self._sources.call(call.file, call.line, call.column, call.text)

    def _around(self, look: Look) -> MarkedCall | None:
        number = look.outer
        return self._calls[number] if number is not None and number < len(self._calls) else None

    def _written(self, look: Look, slide: Slide) -> Span | None:
        """Return where a text or a picture was written that no call gives, if that can be found."""
        call = self._around(look)
        around = self._sources.call(call.file, call.line, call.column, call.text) if call else None
        if slide.start is None:
            return (self._sources.written_anywhere(look.text) if look.text.strip() else None) or around
        if look.text.strip():
            first = call.line if call and self._sources.number(call.file) == slide.start.file else None
            return self._sources.written(self._line_of(look, slide), slide.start, first) or around
        return self._picture(look, slide)

    def _line_of(self, look: Look, slide: Slide) -> str:
        """Return all the text on the line that a text is on: one word may stand in several places."""
        for page in slide.pages:
            pieces = [each for each in page.looks if each.kind == "text" and each.part == look.part]
            for line in lines_of(pieces):
                if look.text in line.text and line.box.common(look.box) and line.calls == look.calls:
                    return line.text
        return look.text

    def _picture(self, look: Look, slide: Slide) -> Span | None:
        """Return the place of a picture that no call gives, if it is clear which of them it is."""
        assert slide.start
        named = self._sources.pictures(slide.start)
        for page in slide.pages:
            shown = [each for each in page.looks if each.part == BODY and each.is_picture and not each.calls]
            at = next((at for at, each in enumerate(shown) if each == look), None)
            if at is not None and len(shown) == len(named):
                return named[at]
        return named[0] if len(named) == 1 else None


def _colours_of_code(tex: str) -> Iterator[Colour]:
    """Yield the colours that pandoc's style for highlighted code has."""
    for found in _CODE.finditer(tex):
        red, green, blue = (round(255 * float(part)) for part in found.groups())
        yield red, green, blue
