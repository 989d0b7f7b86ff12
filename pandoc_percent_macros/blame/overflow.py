"""Slides that are too full, and lines that are too wide, though LaTeX succeeded: at the author's lines."""

import re
from collections.abc import Iterator

from ..base import WARNING, Diagnostic
from .authors_tex import after
from .failure import Failure
from .log import Overfull, overfull, too_wide
from .marked import MarkedLatex, read_answer
from .source_map import Finding, SourceMap

_FRAME = re.compile(r"^\\begin\{frame\}.*?^\\end\{frame\}", re.MULTILINE | re.DOTALL)
_BODY = "\n\\begin{document}"
_TRIES = 6  # calls of a slide that are left out in turn
OVERFULL = "give the slide less, or let it go on on the next one: `{.allowframebreaks}`, or `{.shrink}`"


def overflows(failure: Failure, log: str) -> list[Diagnostic]:
    """Return a warning for each line that is too wide, and for each slide that is too full.

    Args:
        failure: the document, whose LaTeX succeeded.
        log: of that run.
    """
    return list(_Overflows(failure).diagnostics(log)) if overfull(log) or too_wide(log) else []


class _Overflows:
    def __init__(self, failure: Failure) -> None:
        self._failure = failure
        marked = failure.marked()
        self._latex = MarkedLatex(marked.tex)
        known = read_answer(marked.answer)
        self._calls = {each.number: each for each in self._latex.stretches if known[each.number].kind == "call"}
        self._origins = SourceMap(failure, self._latex, known)

    def diagnostics(self, log: str) -> Iterator[Diagnostic]:
        of_calls = set()
        for width, diagnostic in self._of_calls():
            of_calls.add(width)
            yield diagnostic
        for each in overfull(log):
            if each.is_page:
                yield self._page(each)
            elif each.by not in of_calls:
                yield self._line(each)

    def _of_calls(self) -> Iterator[tuple[float, Diagnostic]]:
        """Yield what calls make too wide, and by how much."""
        attempt = self._failure.typeset(self._latex.reporting(self._calls.values())) if self._calls else None
        for box in too_wide(attempt.log) if attempt and attempt.succeeded else ():
            origin = self._origins.of(self._calls[box.stretch], None) if box.stretch in self._calls else None
            if origin:
                name = origin.mark.text if origin.mark else ""
                message = f"the result of `{name}` is {box.width:g}pt too wide"
                yield box.width, Diagnostic("PM504", message, origin.span, origin.hints, (), WARNING, origin.mark)

    def _line(self, box: Overfull) -> Diagnostic:
        """Return what to say of a line that is too wide in the author's own text: its last word sticks out."""
        offset = _offset(self._failure.tex, box.line)
        slide = self._origins.slide(self._failure.tex, offset)
        found = (self._origins.texts.first(word) if slide is None else after(slide, word) for word in box.words if word)
        span = next((each for each in found if each), slide)
        message = f"the text is {box.by:g}pt too wide"
        return Diagnostic("PM504", message, span, (), severity=WARNING)

    def _page(self, box: Overfull) -> Diagnostic:
        """Return what to say of a slide that is too full: at the call without which it is not, or at its heading."""
        offset = _offset(self._failure.tex, box.line)
        message = f"the slide is {box.by:g}pt too full"
        call = self._guilty(sum(1 for _ in _FRAME.finditer(self._failure.tex, 0, offset)))
        if call:
            return Diagnostic("PM510", f"{message} by this", call.span, (*call.hints, OVERFULL), (), WARNING, call.mark)
        return Diagnostic(
            "PM510", message, self._origins.slide(self._failure.tex, offset), (OVERFULL,), severity=WARNING
        )

    def _guilty(self, number: int) -> Finding | None:
        """Return the origin of the only call of a frame, by its number, without which it would not be too full."""
        frames = list(_FRAME.finditer(self._latex.tex))
        if number >= len(frames):
            return None
        frame = frames[number]
        inside = [each for each in self._calls.values() if frame.start() <= each.start and each.end <= frame.end()]
        outer = [each for each in inside if not any(o.start < each.start and each.end < o.end for o in inside)]
        preamble = self._latex.tex.partition(_BODY)[0] + _BODY + "\n"
        guilty = []
        for each in outer[:_TRIES]:
            text = self._latex.tex[frame.start() : each.start] + self._latex.tex[each.end : frame.end()]
            attempt = self._failure.typeset(f"{preamble}{text}\n\\end{{document}}\n")
            if attempt.succeeded and not any(box.is_page for box in overfull(attempt.log)):
                guilty.append(each)
        return self._origins.of(guilty[0], None) if len(guilty) == 1 and len(outer) <= _TRIES else None


def _offset(tex: str, line: int) -> int:
    """Return where a line of a text begins."""
    at = 0
    for _ in range(line - 1):
        at = tex.find("\n", at) + 1
    return at
