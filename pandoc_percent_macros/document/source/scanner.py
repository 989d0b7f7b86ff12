"""Find the directives of a Markdown text, and nothing that pandoc would read as code, raw, math or metadata.

The text is not parsed as a whole: a regular expression finds what may open a verbatim part (regions.py) or a
directive, and only where a directive stands in a container (containers.py) is more looked at.
"""

from __future__ import annotations

import re

from ...base import tex
from ...base.fault import Diagnostic
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from ...base.source import Span
from ...language.syntax.calls import Unclosed, scan_call
from ...language.syntax.definitions import Unterminated, end_of_definition
from . import verbatim as regions
from .containers import Containers, Line
from .cut import end_in_container
from .directives import BEGIN, CALL, DEFINE, END, FAULT, USE, Directive

if TYPE_CHECKING:
    from collections.abc import Callable

    from .dialect import Syntax
    from .manuscript import Manuscript

# Each choice begins with a plain character: then the search for it is five times as fast.
_EVENT = pattern(r"\\\\*(?:[A-Za-z@]+\*?)?|``*|~~~~*|\$\$?|<[A-Za-z/!?]|\]\(|\]:|---|%%(?=[^\W\d])")
_KEYWORD = pattern(r"%%(define|template|use|begin|end)(?=[ \t\r\n]|\Z)[ \t]*")
_CALL = pattern(r"%%([^\W\d]\w*)\(")
_TARGET = pattern(r"[^\W\d]\w*(?=[ \t\r(]|$)", re.MULTILINE)
_FREE = Line((), False)  # in no container
_KINDS = {"define": DEFINE, "template": DEFINE, "use": USE, "begin": BEGIN, "end": END}
_NOT_BEFORE = pattern(r"[^\W_]|[%\\]")
_REST_BLANK = pattern(r"[ \t\r]*(?=\n|\Z)")
_BLANK_LINES = pattern(r"(?:[ \t\r]*\n)+|[ \t\r]*\Z")
# A blank line, but not one before a definition: the paragraph would be its term.
_ENDS_PARAGRAPH = pattern(
    r"[ \t\r]*(?:\Z|\n(?:[ \t\r]*\n)*[ \t\r]*\Z|\n(?:[ \t\r]*\n)+(?![ \t\r]*\n|[ ]{0,3}[:~][ \t]))"
)
_LINE_END = pattern(r"[ \t\r]*(?:\n|\Z)")
_SPACES = pattern(r"[ \t]*")
_PLAIN_LINE = pattern(r"[^\W\d]{2}[^.)]|%%|#")  # certainly in no container, and no code
_LABEL = pattern(r"[ >]*\[(?!\^)[^\]\n]{0,999}")
_LEFT_EDGE = pattern(r"[ \t>]*\Z")
_INDENT = pattern(r"[ \t>]*(?:[ ]{4}|\t)")
# Text that is in no container, where it continues no paragraph
_LEFT_LINE = pattern(r"\n(?=[^\s>])")
_LEFT_PARAGRAPH = pattern(r"\n[ \t\r]*\n(?=[^\s>])")
_RAW_CALL = pattern(r"^[ \t>]*(?=%%[^\W\d]\w*\()", re.MULTILINE)
_VERBATIM_ENVIRONMENT = pattern(tex.BEGIN_VERBATIM)
_VERBATIM_COMMAND = pattern(tex.VERBATIM_COMMAND)

_RESUME = pattern(r"^[ \t>]*=end\b[ \t\r]*$", re.MULTILINE)


def scan(manuscript: Manuscript, syntax: Syntax) -> list[Directive]:
    """Return the directives of a text in their order.

    What begins like a directive and is never closed is there too, as a fault (PM101, PM102, PM103, PM106): the
    filter reports it together with all other faults of the document.

    Args:
        manuscript: the text.
        syntax: the Markdown dialect it is written in.
    """
    if "%%" not in manuscript.text:
        return []
    return _Scanner(manuscript, syntax).run()


class _Scanner:
    def __init__(self, manuscript: Manuscript, syntax: Syntax) -> None:
        self._manuscript = manuscript
        self._text = manuscript.text
        self._syntax = syntax
        self._found: list[Directive] = []
        self._verbatim: list[tuple[int, int]] = []
        self._removed: list[tuple[int, int]] = []
        self._containers = Containers(self._text)
        self._raw = regions.RawTex(self._text)
        self._marks = (-1, -1)  # the line last asked for, and where the marks at its left end
        self._limit = -1  # end of the paragraph last asked for
        self._left = -1  # where the next text at the left edge begins, when last asked for
        self._hopeless: set[tuple[str, int]] = set()  # closers that the text has no more of, up to an offset
        self._last_end: int | None = None  # behind it no definition ends; asked for when one does not
        self._lead = 0  # up to here the text is definitions and blank lines only
        self._handlers: dict[str, Callable[[int, int], int]] = {
            "\\": self._backslash,
            "`": self._backquote,
            "~": self._tilde,
            "$": self._dollar,
            "<": self._angle,
            "]": self._bracket,
            "-": self._hyphens,
            "%": self._directive,
        }

    def run(self) -> list[Directive]:
        at = 0
        while True:
            event = _EVENT.search(self._text, at)
            if not event:
                return self._found
            start = event.start()
            at = self._handlers[self._text[start]](start, event.end())

    # Verbatim parts. Each handler gets an opener's stretch and returns where to go on.

    def _skip(self, start: int, end: int | None, otherwise: int) -> int:
        if end is None:
            return otherwise
        line_end = self._text.find("\n", start, end)
        if line_end >= 0 and self._is_indented_code(start):
            end = line_end  # what begins in indented code ends with its line
        self._verbatim.append((start, end))
        return end

    def _is_indented_code(self, start: int) -> bool:
        line_start = self._line_start(start)
        return bool(_INDENT.match(self._text, line_start, start)) and self._line_of(line_start, start).code

    def _paragraph_end(self, at: int) -> int:
        if at >= self._limit:
            self._limit = regions.paragraph_end(self._text, at)
        return self._limit

    def _try(self, kind: str, limit: int, find: Callable[[], int | None]) -> int | None:
        """Look for a closer, but not again where an earlier opener already found none up to the same limit."""
        if (kind, limit) in self._hopeless:
            return None
        end = find()
        if end is None:
            self._hopeless.add((kind, limit))
        return end

    def _container_end(self, at: int) -> int:
        """Return where the container that ``at`` stands in has ended for certain: at text at the left edge."""
        line_start = self._line_start(at)
        if line_start == at or not self._line_of(line_start, at).containers:
            return len(self._text)
        if at >= self._left:
            left = (_LEFT_LINE if self._syntax.commonmark else _LEFT_PARAGRAPH).search(self._text, at)
            self._left = left.start() if left else len(self._text)
        return self._left

    def _marks_only_before(self, start: int) -> bool:
        line_start = self._line_start(start)
        if line_start != self._marks[0]:  # once a line: it may be all marks and openers
            self._marks = line_start, regions.MARKS.match(self._text, line_start).end()  # type: ignore[union-attr]
        return start in (line_start, self._marks[1])

    def _line_start(self, at: int) -> int:
        return self._manuscript.line_bounds(at)[0]

    def _line_end(self, at: int) -> int:
        return self._manuscript.line_bounds(at)[1]

    def _backquote(self, start: int, end: int) -> int:
        length = end - start
        if length >= 3 and self._marks_only_before(start):
            closed = self._fence(start, length)
            if closed is not None:
                return self._skip(start, closed, end)
        limit = self._paragraph_end(start)
        span = self._try(f"`{length}", limit, lambda: regions.code_span(self._text, start, length, limit))
        return self._skip(start, span, end)

    def _tilde(self, start: int, end: int) -> int:
        if not self._marks_only_before(start):
            return end
        return self._skip(start, self._fence(start, end - start), end)

    def _fence(self, start: int, length: int) -> int | None:
        mark = self._text[start]
        if not self._syntax.has("backtick_code_blocks" if mark == "`" else "fenced_code_blocks"):
            return None
        body = regions.fence_body(self._text, start + length)
        if body is None:
            return None
        limit = self._container_end(start)
        end = self._try(mark * length, limit, lambda: regions.fence_end(self._text, body, mark, length, limit))
        return limit if end is None and self._syntax.commonmark else end

    def _dollar(self, start: int, end: int) -> int:
        if not self._syntax.has("tex_math_dollars"):
            return end
        limit = self._paragraph_end(start)
        return self._skip(start, regions.math(self._text, start, limit), end)

    def _angle(self, start: int, end: int) -> int:
        if self._syntax.commonmark:  # whose reader takes HTML as it stands with `-raw_html`, too
            limit = self._paragraph_end(start)
            far = self._commonmark_html(start, limit)
        elif self._syntax.has("raw_html"):
            limit = len(self._text)
            far = self._markdown_html(start)
        else:
            return self._skip(start, regions.autolink(self._text, start), end)
        return self._skip(start, far or regions.tag(self._text, start, limit), end)

    def _markdown_html(self, start: int) -> int | None:
        opener = regions.FAR.match(self._text, start)
        if not opener or (opener[1] and not self._is_verbatim(start, opener[1])):
            return None
        return self._far_html(opener, self._container_end(start))

    def _commonmark_html(self, start: int, limit: int) -> int | None:
        """Only a block goes on behind its paragraph in CommonMark; it takes the rest of its last line along."""
        opener = regions.FAR_COMMONMARK.match(self._text, start)
        if not opener:
            return None
        if not self._marks_only_before(start):
            return None if opener[1] else self._far_html(opener, limit)
        limit = self._container_end(start)
        end = self._far_html(opener, limit)
        return limit if end is None else self._line_end(end)

    def _far_html(self, opener: re.Match[str], limit: int) -> int | None:
        commonmark = self._syntax.commonmark
        return self._try(
            opener[0].lower(), limit, lambda: regions.far_html(self._text, opener, limit, commonmark=commonmark)
        )

    def _is_verbatim(self, start: int, name: str) -> bool:
        """True if what is in an element is verbatim, too, for pandoc's Markdown reader: not where it is but a tag."""
        if self._syntax.markdown_in_html:
            return name.lower() != "style" or self._line_start(start) == start
        return self._opens_paragraph(start)

    def _bracket(self, start: int, end: int) -> int:
        limit = self._paragraph_end(start)
        if self._text[start + 1] == "(":
            return self._skip(start, regions.destination(self._text, start + 1, limit), end)
        label = _LABEL.match(self._text, self._line_start(start))
        return self._skip(start, self._line_end(end), end) if label and label.end() == start else end

    def _hyphens(self, start: int, end: int) -> int:
        line_start = self._line_start(start)
        opens = (
            line_start == start
            and self._syntax.has("yaml_metadata_block")
            and _LINE_END.match(self._text, end)
            and (start <= self._lead or (not self._syntax.commonmark and self._blank_before(start)))
        )
        return self._skip(start, regions.yaml(self._text, start), end) if opens else end

    def _opens_paragraph(self, start: int) -> bool:
        """True at the left edge, behind a blank line."""
        return self._line_start(start) == start and self._blank_before(start)

    def _blank_before(self, line_start: int) -> bool:
        """True when the line above is blank, or there is none, or only definitions stand above."""
        if line_start <= self._lead:
            return True
        above = self._line_start(line_start - 1)
        return not self._text[above : line_start - 1].strip()

    def _backslash(self, start: int, end: int) -> int:
        backslashes = len(self._text[start:end]) - len(self._text[start:end].lstrip("\\"))
        name = start + backslashes
        if self._text[name : name + 1] in ("(", "["):
            return self._math_delimiter(start, name)
        if backslashes % 2 == 0:
            return name
        if name == end:
            return end + 1 if self._text[end : end + 1] != "\n" else end
        if not self._syntax.has("raw_tex"):
            return end
        return self._raw_tex(name - 1, end)

    def _math_delimiter(self, start: int, name: int) -> int:
        for backslashes, extension in ((2, "double"), (1, "single")):
            opener = name - backslashes
            if opener >= start and self._syntax.has(f"tex_math_{extension}_backslash"):
                limit = self._paragraph_end(start)
                end = regions.delimited_math(self._text, opener, self._text[opener : name + 1], limit)
                return self._skip(start, end, name + 1)
        return name + (name - start) % 2

    def _raw_tex(self, start: int, end: int) -> int:
        r"""A TeX command: with ``\begin``, the whole environment; else its arguments in brackets and braces."""
        if verbatim := _VERBATIM_COMMAND.match(self._text, start):
            return self._skip(start, verbatim.end(), end)
        if self._text.startswith("\\begin", start):
            closed = self._raw.environment(start)
            if closed is not None:
                return self._raw_part(start, closed)
        at = end
        while self._text[at : at + 1] in ("{", "["):
            closed = self._raw.group(at) if self._text[at] == "{" else self._bracketed(at)
            if closed is None:
                break
            at = closed
        return self._raw_part(start, at) if at > end else end

    def _bracketed(self, at: int) -> int | None:
        limit = self._line_end(at)
        return self._try("]", limit, lambda: self._text.find("]", at, limit) + 1 or None)

    def _raw_part(self, start: int, end: int) -> int:
        """Raw TeX: only calls on lines of their own count in it, other lines that begin so are comments."""
        if self._text.find("%%", start, end) >= 0 and not _VERBATIM_ENVIRONMENT.match(self._text, start):
            at = start
            while True:
                line = _RAW_CALL.search(self._text, at, end)
                if not line:
                    break
                at = self._raw_call(line.end(), end)
        return self._skip(start, end, end)

    def _raw_call(self, start: int, limit: int) -> int:
        try:
            end = scan_call(self._text, self._text.index("(", start))
        except Unclosed:
            return self._line_end(start)
        if end > limit or not _REST_BLANK.match(self._text, end):
            return self._line_end(start)
        self._add(CALL, start, end, end, raw_tex=True)
        return end

    # Directives.

    def _directive(self, start: int, end: int) -> int:
        if start and _NOT_BEFORE.match(self._text, start - 1):
            return end
        keyword = _KEYWORD.match(self._text, start)
        call = None if keyword else _CALL.match(self._text, start)
        if not keyword and not call:
            return end
        line_start = self._line_start(start)
        line = self._line_of(line_start, start)
        if line.code:
            return self._line_end(start)
        if call:
            return self._call(line, start, call.end() - 1)
        if not self._marks_only_before(start):
            return end
        kind = _KINDS[keyword[1]]  # type: ignore[index]
        if kind == DEFINE:
            return self._define(line, start)
        return self._line_directive(kind, line, start, keyword.end())  # type: ignore[union-attr]

    def _line_of(self, line_start: int, start: int) -> Line:
        """Return the containers of a line that may stand in one or be code; else a line that stands in none."""
        if _PLAIN_LINE.match(self._text, line_start):
            return _FREE
        return self._containers.at(line_start, self._verbatim, self._removed)

    def _call(self, line: Line, start: int, parenthesis: int) -> int:
        behind = parenthesis - start
        try:
            end = scan_call(self._text, parenthesis)
            if line.containers and self._text.find("\n", start, end) >= 0:
                found = end_in_container(
                    self._text, start, line.containers, lambda text, at: scan_call(text, at + behind)
                )
                return self._add_call(start, *found)
        except Unclosed as fault:
            hint = r"for a lone parenthesis in an argument write `\(` or `\)`, or put the argument in quotes"
            self._fault(
                "PM103",
                "the call's parenthesis is never closed",
                (hint,),
                start,
                parenthesis,
                parenthesis + 1,
            )
            # The next one in this paragraph is looked at; if nothing closes that either, no more of them.
            seen = ("(", fault.stop) in self._hopeless
            self._hopeless.add(("(", fault.stop))
            return fault.stop if seen else parenthesis + 1
        return self._add_call(start, end, self._text[start:end], ())

    def _add_call(self, start: int, end: int, text: str, margins: tuple[str, ...]) -> int:
        standalone = bool(_REST_BLANK.match(self._text, end)) and self._marks_only_before(start)
        self._add(CALL, start, end, end, text=text, margins=margins, standalone=standalone)
        return end

    def _line_directive(self, kind: str, line: Line, start: int, target: int) -> int:
        """``%%begin``, ``%%end`` and ``%%use``: alone on their line, but for a call that goes on over several."""
        call = _TARGET.match(self._text, target) if kind == BEGIN else None
        if call and self._text.startswith("(", call.end()):
            before = len(self._found)
            end = self._call(line, start, call.end())
            if self._found[before].kind == CALL:
                self._found[-1] = _as_begin(self._found[-1])
                self._nothing_behind(end)
            return end
        end = start + len(self._text[start : self._line_end(start)].rstrip())
        if kind != USE and not _TARGET.match(self._text, target):
            self._fault("PM104", f"`%%{kind}` names no macro", (), start, start, end)
            return end
        if kind == USE:
            self._add_removed(USE, start, end)
        else:
            self._add(kind, start, end, end)
        return end

    def _nothing_behind(self, end: int) -> None:
        rest = _REST_BLANK.match(self._text, end)
        if not rest:
            self._fault("PM106", "text behind `%%begin`", (), end, end, self._line_end(end))

    def _fault(
        self,
        code: str,
        message: str,
        hints: tuple[str, ...],
        start: int,
        first: int,
        last: int,
        place: int | None = None,
    ) -> None:
        """Keep what is wrong with the stretch from ``first`` to ``last``, in an excerpt from ``start`` on.

        Where in the order of the directives it stands is told by ``place``, if not by ``start``.
        """
        text = self._text[start:last].rstrip("\r")
        source = self._manuscript.excerpt(start, start + len(text), text)
        fault = Diagnostic(code, message, Span(source, first - start, len(text)), hints)
        at = start if place is None else place
        self._found.append(Directive(FAULT, source, start=at, end=at, fault=fault))

    def _define(self, line: Line, start: int) -> int:
        try:
            if self._last_end is not None and start > self._last_end:
                raise Unterminated("PM101", "macro has no `=end`", start, start)
            end, text, margins = end_in_container(self._text, start, line.containers, end_of_definition)
        except Unterminated as fault:
            at = fault.offset
            self._fault(fault.code, fault.message, (), at, at, self._line_end(at), start)
            if self._last_end is None:
                self._last_end = self._text.rfind("=end")
            resume = _RESUME.search(self._text, start, fault.stop)
            return resume.end() if resume else self._line_end(start)
        self._add_removed(DEFINE, start, end, text, margins)
        return end

    def _add_removed(
        self, kind: str, start: int, end: int, text: str | None = None, margins: tuple[str, ...] = ()
    ) -> None:
        """Keep a directive in whose place nothing stands: if it is all there is on its lines, they go."""
        line_start = self._line_start(start)
        rest = _LINE_END.match(self._text, end)
        leads = line_start <= self._lead
        if rest and _LEFT_EDGE.match(self._text, line_start, start):
            first, last = line_start, rest.end()
        else:
            first, last = start, _SPACES.match(self._text, end).end()  # type: ignore[union-attr]
        if leads and first == line_start:
            blank = _BLANK_LINES.match(self._text, last)
            last = blank.end() if blank and rest else last
            self._lead = last
        self._removed.append((first, last))
        self._add(kind, start, end, last, first=first, text=text, margins=margins)

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        last: int,
        *,
        first: int | None = None,
        text: str | None = None,
        margins: tuple[str, ...] = (),
        standalone: bool = True,
        raw_tex: bool = False,
    ) -> None:
        if text is None:
            text = self._text[start:end]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", " ")
        source = self._manuscript.excerpt(start, end, text, margins)
        isolated = standalone and not raw_tex and self._is_isolated(start, end)
        first = start if first is None else first
        self._found.append(Directive(kind, source, standalone, raw_tex, first, last, isolated, None))

    def _is_isolated(self, start: int, end: int) -> bool:
        return self._opens_paragraph(start) and bool(_ENDS_PARAGRAPH.match(self._text, end))


def _as_begin(call: Directive) -> Directive:
    return Directive(BEGIN, call.source, True, False, call.start, call.end, call.isolated)
