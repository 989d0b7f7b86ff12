"""Find what may be a directive in a Markdown text: the scanner proposes, and pandoc disposes.

Every call is proposed, wherever it stands: pandoc reads the text with a token in its place, and where the token lands
tells what becomes of it. Some directives have to be judged before: a definition is left out of the text, and of a call
it may be doubtful where it ends. These are ``doubtful`` where something before them may make them text, such as a fence
that is not closed (verbatim.py), and ``literal`` if the scanner thinks that it does. Who asks pandoc (settling.py)
scans again with its answers.
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Diagnostic, Source, Span, Unclosed, grammar, pattern
from ...language.syntax import end_of_definition, parse_call, scan_call
from . import verbatim
from .containers import Containers, Line, end_in_container
from .directives import BEGIN, CALL, COMMENT, DEFINE, END, FAULT, ITSELF, MISS, NOTE, Directive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .dialect import Syntax
    from .manuscript import Manuscript

# Each choice begins with a plain character: then the search for it is five times as fast.
_EVENT = pattern(r"%%(?=[^\W\d]|#)|```+|~~~+|---|<(?=[!?A-Za-z])|\\begin\b")
# A name, and what may have been meant to follow one
_TARGET = pattern(rf"({grammar.NAME})(?![^\s(\[{{:,;=])([ \t]*\()?")
_FREE = Line((), False)  # in no container
_KINDS = {**dict.fromkeys(grammar.DEFINING, DEFINE), "#": COMMENT}  # that are not called by their word
_END_HINT = {"PM101": ("write `=end` behind its body, or on a line below it: no brace and no empty line ends it",)}
_REST_BLANK = pattern(r"[ \t\r]*(?=\n|\Z)")
_BLANK_LINES = pattern(r"(?:[ \t\r]*\n)+|[ \t\r]*\Z")
_BLANK = pattern(r"\n[ \t\r>]*\n")
_LINE_END = pattern(r"[ \t\r]*(?:\n|\Z)")
_SPACES = pattern(r"[ \t]*")
_PLAIN_LINE = pattern(r"[^\W\d]{2}[^.)]|%%|#(?![.)])")  # certainly in no container, and no code
_LEFT_EDGE = pattern(r"[ \t>]*\Z")
_INDENT = pattern(r"[ \t>]*(?:[ ]{4}|\t)")
_RESUME = pattern(r"^[ \t>]*=end\b[ \t\r]*$", re.MULTILINE)
_LONGEST_HINT = 80  # characters of a call that a hint writes out
_FORM = {
    BEGIN: "write `%%begin NAME` or `%%begin NAME(ARGUMENTS)`: a name is made of letters, digits and `_`",
    END: "write `%%end NAME`, with the name of its `%%begin`",
}
# What may open a stretch before a call that something in its arguments closes
_COMPETING = (("`", "`"), ("$", "$"), (">", "<"), ("}", "{"), ("~~~", "~~~"), ("-->", "<!--"))
_CLOSER = pattern("[`$>}]|~~~")


def scan(manuscript: Manuscript, syntax: Syntax, decided: Mapping[int, bool] | None = None) -> list[Directive]:
    """Return what may be directives of a text, in their order.

    What begins like a directive and is never closed is there too, as a fault (PM101, PM102, PM103, PM106): the filter
    reports it together with all other faults of the document, if it does not stand in code.

    Args:
        manuscript: the text.
        syntax: the Markdown dialect it is written in.
        decided: for the offsets of doubtful ones whether they are directives.
    """
    if "%%" not in manuscript.text:
        return []
    return _Scanner(manuscript, syntax, decided or {}).run()


class _Scanner:
    def __init__(self, manuscript: Manuscript, syntax: Syntax, decided: Mapping[int, bool]) -> None:
        self._manuscript = manuscript
        self._text = manuscript.text
        self._syntax = syntax
        self._decided = decided
        self._found: list[Directive] = []
        self._region = 0  # the end of the verbatim part last found
        self._regions: list[tuple[int, int]] = []
        self._removed: list[tuple[int, int]] = []
        self._containers = Containers(self._text, syntax, manuscript.tab_stop)
        self._open = False  # something may be open that was never closed
        self._last_end: int | None = None  # after it no definition ends; asked for when one does not
        self._hopeless: set[int] = set()  # before these offsets no call closes
        self._marks = (-1, 0)  # the line last asked for, and where its marks end: it may hold many directives
        self._no_more = 0  # up to here no call that is held off is looked at
        self._paragraph = 0  # the start of the paragraph last asked for
        self._lead = 0  # up to here the text is definitions and blank lines only

    def run(self) -> list[Directive]:
        at = 0
        while event := _EVENT.search(self._text, at):
            start = event.start()
            if self._text[start] == "%":
                at = self._directive(start, event.end())
            else:
                if start >= self._region:
                    self._opener(start, event[0])
                at = event.end()
        return self._found if any(each.kind not in (MISS, NOTE) for each in self._found) else []

    # Verbatim parts

    def _opener(self, start: int, sign: str) -> None:
        end: int | None = None
        if sign[0] in "`~":
            end = self._fence(start, sign)
        elif sign == "---":
            end = self._yaml(start, start + len(sign))
        elif sign == "<":
            end = verbatim.html(self._text, start)
            self._open = self._open or end == len(self._text)
        elif self._syntax.has("raw_tex"):
            end = verbatim.environment(self._text, start)
            self._open = self._open or end is None
        if end is not None:
            self._region = end
            self._regions.append((start, end))

    def _fence(self, start: int, fence: str) -> int | None:
        line_start = self._line_start(start)
        if not self._marks_only_before(start):
            return None
        body = verbatim.fence_body(self._text, start + len(fence))
        if body is None:
            return None
        mark, length = fence[0], len(fence)
        end = verbatim.fence_end(self._text, body, mark, length, start - line_start)
        if end is None:
            self._open = True
            return len(self._text) if self._syntax.commonmark else None
        inner = re.compile(rf"^[ \t>]*{mark}{{3}}", re.MULTILINE).search(self._text, body, end)
        plain = start == line_start and inner is not None and self._text.find("\n", inner.start(), end) < 0
        if not plain or not self._syntax.has("backtick_code_blocks" if mark == "`" else "fenced_code_blocks"):
            self._open = True
        return end

    def _yaml(self, start: int, end: int) -> int | None:
        opens = (
            self._line_start(start) == start
            and self._syntax.has("yaml_metadata_block")
            and _LINE_END.match(self._text, end)
            and (start <= self._lead or (not self._syntax.commonmark and self._blank_before(start)))
        )
        return verbatim.yaml(self._text, start) if opens else None

    def _is_doubtful(self, start: int) -> bool:
        """True where something may make text of a directive that takes lines out of the document."""
        line_start = self._line_start(start)
        if start < self._region or self._open or _INDENT.match(self._text, line_start, start):
            return True
        if self._blank_before(line_start):
            return False
        above = self._text[self._paragraph_start(line_start) : line_start]
        return (
            above.count("`") % 2 == 1
            or any(sign in above for sign in "$<")
            or above.count("{") != above.count("}")
            or above.count("[") != above.count("]")
        )

    def _is_literal(self, start: int, line: Line) -> bool:
        """Return what is decided, else what the scanner thinks: True for text."""
        if start in self._decided:
            return not self._decided[start]
        return start < self._region or line.code

    def _paragraph_start(self, line_start: int) -> int:
        """Return where the paragraph that a line stands in begins; lines are asked for in their order."""
        while blank := _BLANK.search(self._text, self._paragraph, line_start):
            self._paragraph = blank.end() - 1 if blank.end() < line_start else blank.end()
        return max(self._paragraph, self._lead)

    def _line_start(self, at: int) -> int:
        return self._manuscript.line_bounds(at)[0]

    def _line_end(self, at: int) -> int:
        return self._manuscript.line_bounds(at)[1]

    def _blank_before(self, line_start: int) -> bool:
        """True when the line above is blank, or there is none, or only definitions stand above."""
        if line_start <= self._lead:
            return True
        above = self._line_start(line_start - 1)
        return not self._text[above : line_start - 1].strip(" \t\r>")

    def _marks_only_before(self, start: int) -> bool:
        line_start = self._line_start(start)
        if start == line_start:
            return True
        if self._marks[0] != line_start:
            found = verbatim.MARKS.match(self._text, line_start)
            self._marks = (line_start, found.end() if found else line_start)
        return start <= self._marks[1] and bool(verbatim.MARKS.fullmatch(self._text, line_start, start))

    # Directives

    def _directive(self, start: int, end: int) -> int:
        if start and grammar.ESCAPES.match(self._text, start - 1):
            return end
        word = grammar.LINE_HEAD.match(self._text, start)
        call = None if word else grammar.CALL_HEAD.match(self._text, start)
        if call:
            return self._call(start, call.end() - 1)
        if not word or not self._marks_only_before(start):
            return self._miss(start, end)
        line = self._line_of(self._line_start(start))
        kind = _KINDS.get(word[1] or word[2], word[1])
        if kind == DEFINE:
            return self._define(line, start)
        if kind in (BEGIN, END):
            at = len(self._found)
            end = self._begin_or_end(kind, start, word.end())
            if kind == BEGIN and line.containers:
                self._found[at] = self._found[at].replace(containers=line.containers)
            return end
        return self._line_directive(kind, line, start)

    def _miss(self, start: int, end: int) -> int:
        """Text that a call may have been meant by; of the words of directives nobody means one."""
        found = grammar.WORD_HEAD.match(self._text, start)
        word = grammar.LINE_HEAD.match(self._text, start)
        if word and word[1] in grammar.DEFINING and (name := _TARGET.match(self._text, word.end())):
            self._add(NOTE, start, name.end(1), first=start, last=start, standalone=False, literal=True)
        elif found and (not word or grammar.BEGIN_CALL.match(self._text, start)):
            self._add(MISS, start, found.end(), standalone=False)
        return end

    def _line_of(self, line_start: int) -> Line:
        """Return the containers of a line that may stand in one or be code; else a line that stands in none."""
        if _PLAIN_LINE.match(self._text, line_start):
            return _FREE
        return self._containers.at(line_start, self._regions, self._removed)

    def _call(self, start: int, parenthesis: int, kind: str = CALL) -> int:
        if start < self._region and self._decided.get(start):
            self._region = start  # to pandoc it is none
            self._regions.pop()
        held_off = kind == CALL and start and grammar.holds_off(self._text[start - 1])
        if held_off and start < self._no_more:
            return parenthesis + 1
        try:
            end, text, margins = self._extent(start, parenthesis)
        except Unclosed as fault:
            return self._unclosed(start, parenthesis, fault, bool(held_off))
        doubtful = bool(held_off) or self._competes(start, text)
        literal = doubtful and not self._decided.get(start, False)
        alone = bool(_REST_BLANK.match(self._text, end)) and self._marks_only_before(start)
        self._add(
            kind,
            start,
            end,
            text=text,
            margins=margins,
            standalone=alone,
            doubtful=doubtful,
            literal=literal,
            held_off=bool(held_off),
        )
        return parenthesis if literal else end

    def _extent(self, start: int, parenthesis: int) -> tuple[int, str, tuple[str, ...]]:
        """Return where a call ends, its text, and the marks of containers that were left out of it."""
        end = scan_call(self._text, parenthesis)
        if self._text.find("\n", start, end) >= 0:
            line = self._containers.at(self._line_start(start), self._regions, self._removed)
            if line.containers:
                inside = parenthesis - start
                return self._end_in(line, start, lambda text, at: scan_call(text, at + inside))
        return end, self._text[start:end], ()

    def _end_in(self, line: Line, start: int, find: Callable[[str, int], int]) -> tuple[int, str, tuple[str, ...]]:
        return end_in_container(self._text, start, line.containers, find, self._manuscript.tab_stop)

    def _competes(self, start: int, text: str) -> bool:
        """True when something that opens before a call may be closed by what stands in its arguments."""
        if start < self._region and ("\n" in text or "\t" in text):
            return True
        if not _CLOSER.search(text):
            return False
        above = self._paragraph_start(self._line_start(start))
        return any(
            closer in text and self._text.find(opener, 0 if len(opener) > 3 else above, start) >= 0
            for closer, opener in _COMPETING
        )

    def _unclosed(self, start: int, parenthesis: int, fault: Unclosed, held_off: bool) -> int:
        stop = fault.stop
        seen = stop in self._hopeless
        self._hopeless.add(stop)
        if held_off:
            self._no_more = stop if seen else self._no_more
            return parenthesis + 1
        hint = "put an argument with a lone parenthesis, brace or quote mark in quotes; for the text itself write "
        hint += r"`\%%`"
        at = fault.offset
        self._fault(fault.code, fault.message, (hint,), at, at, at + 1, parenthesis, start)
        # The next one in this paragraph is looked at; if nothing closes that either, no more of them.
        return stop if seen else parenthesis + 1

    def _begin_or_end(self, kind: str, start: int, target: int) -> int:
        """``%%begin`` and ``%%end``: alone on their line, but for a call that goes on over several."""
        end = start + len(self._text[start : self._line_end(start)].rstrip())
        name = _TARGET.match(self._text, target, max(target, end))
        if not name:
            self._fault(
                "PM104", f"`%%{kind}` names no macro", (_FORM[kind], ITSELF.format(kind)), start, start, end, end
            )
            return end
        opener = f"%%{kind} {name[1]}"
        if kind == BEGIN and name[2]:
            before = len(self._found)
            end = self._call(start, name.end() - 1, BEGIN)
            if self._found[before].kind == BEGIN and not self._found[before].literal:
                self._nothing_after(opener, end, "put it on the next line")
            return end
        self._add(kind, start, name.end(1))
        hint = _as_call(opener, self._text[name.end(1) : end]) if kind == BEGIN else f"`{opener}` has a line of its own"
        self._nothing_after(opener, name.end(1), hint)
        return end

    def _nothing_after(self, opener: str, end: int, hint: str) -> None:
        line_end = self._line_end(end)
        after = self._text[end:line_end]
        if after.strip(" \t\r"):
            hint = hint if after.strip() else "delete the space after it, which is not a plain one"
            itself = ITSELF.format(opener[2:].partition(" ")[0])
            self._fault("PM106", f"text after `{opener}`", (hint, itself), end, end, line_end, end)

    def _line_directive(self, kind: str, line: Line, start: int) -> int:
        """``%%#``, ``%%use`` and its like: up to the end of their line."""
        end = start + len(self._text[start : self._line_end(start)].rstrip())
        return self._leave_out(kind, line, start, end)

    def _define(self, line: Line, start: int) -> int:
        try:
            if self._last_end is not None and start > self._last_end:
                raise Unclosed("PM101", "macro has no `=end`", start, start)
            end, text, margins = self._end_in(line, start, end_of_definition)
        except Unclosed as fault:
            return self._unterminated(start, fault)
        return self._leave_out(DEFINE, line, start, end, text, margins)

    def _unterminated(self, start: int, fault: Unclosed) -> int:
        at = fault.offset
        head = grammar.LINE_HEAD.match(self._text, start)
        assert head
        hints = (*fault.hints, *_END_HINT.get(fault.code, ()), ITSELF.format(head[1]))
        named = grammar.DEFINED.match(self._text, start)  # its token takes the name along: calls of it are no faults
        taken = named.end() if named else start + len(head[0].rstrip())
        self._fault(fault.code, fault.message, hints, at, at, self._line_end(at), taken, start)
        if self._last_end is None:
            self._last_end = self._text.rfind("=end")
        resume = _RESUME.search(self._text, start, fault.stop)
        return resume.end() if resume else self._line_end(start)

    def _fault(
        self,
        code: str,
        message: str,
        hints: tuple[str, ...],
        start: int,
        first: int,
        last: int,
        taken: int,
        place: int | None = None,
    ) -> None:
        """Keep what is wrong with the stretch from ``first`` to ``last``, in an excerpt from ``start`` on.

        Its token takes the place of the text from ``place``, if that is not ``start``, up to ``taken``.
        """
        text = self._text[start:last].rstrip("\r")
        source = self._manuscript.excerpt(start, start + len(text), text)
        fault = Diagnostic(code, message, Span(source, first - start, len(text)), hints)
        at = start if place is None else place
        self._found.append(Directive(FAULT, source, False, at, taken, at, fault, taken=self._text[at:taken]))

    def _leave_out(
        self, kind: str, line: Line, start: int, end: int, text: str | None = None, margins: tuple[str, ...] = ()
    ) -> int:
        """Keep a directive in whose place nothing stands: if it is all there is on its lines, they go."""
        doubtful = self._is_doubtful(start)
        if doubtful and self._is_literal(start, line):
            self._add(kind, start, end, text=text, margins=margins, doubtful=True, literal=True)
            return start + 2
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
        self._add(kind, start, end, first=first, last=last, text=text, margins=margins, doubtful=doubtful)
        return end

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        *,
        first: int | None = None,
        last: int | None = None,
        text: str | None = None,
        margins: tuple[str, ...] = (),
        standalone: bool = True,
        doubtful: bool = False,
        literal: bool = False,
        held_off: bool = False,
    ) -> None:
        if text is None:
            text = self._text[start:end]
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", " ")
        source = self._manuscript.excerpt(start, end, text, margins)
        first = start if first is None else first
        last = end if last is None else last
        # All of its fields: to look for those that are not given takes as long as to find a call.
        fields = (kind, source, standalone, first, last, start, None, doubtful, literal, held_off, None, (), None)
        self._found.append(Directive(*fields))


def _as_call(opener: str, text: str) -> str:
    """Return the hint that tells how to hand a ``%%begin`` the text that stands after it, as one argument."""
    argument = text.strip().lstrip(":,;=").strip()
    if argument[:1] + argument[-1:] in ("{}", "[]"):
        argument = argument[1:-1].strip()
    quoted = '"' + argument.replace('"', r"\"") + '"'
    for written in (argument, quoted):
        call = f"{opener}({written})"
        if len(call) <= _LONGEST_HINT and _has_one_argument(call, len(opener)):
            return f"write `{call}`"
    return f"arguments stand in parentheses: write `{opener}(…)`"


def _has_one_argument(call: str, parenthesis: int) -> bool:
    try:
        return scan_call(call, parenthesis) == len(call) and len(parse_call(Source("", call)).arguments) == 1
    except Unclosed:
        return False
