"""Where in the LaTeX an error is, as far as the log tells."""

from __future__ import annotations

import re
from dataclasses import replace

from ..base.tex import NO_LETTER
from ..latex.balance import Unbalanced, culprit, unbalanced
from .causes import told_cause
from .log import LogError
from .marked import MarkedLatex
from .position import Place, token_before
from .shown import Shown, shown
from .stop import REACH, Stop
from .words import occurrences, quoted

_BALANCE = re.compile(
    r"Missing (?:\}|\{|\\right|\\endgroup|\\cr|\$)|Extra (?:\}|\\right|\\endgroup|\\fi|\\else|\\or)|Too many \}"
    r"|ended by|(?:File|Paragraph) ended|Incomplete \\if|Emergency stop|Display math should|Bad math environment"
    r"|an extra \}|forgotten|job aborted|legal \\end"
)
_OF_VALUE = re.compile("Illegal unit|Missing number|Dimension too large|Number too big|Double (?:super|sub)script")
_NOTICED_LATE = re.compile(r"\\(?:par|@@par|end|endgroup|egroup|cr|\]|\)|@@end)|[}$]|")
_DEFINES = (
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|(?:New|Renew|Declare|Provide)DocumentCommand"
    r"|[gex]?def|newrobustcmd)\*?\s*\{?\s*"
)


class Finder:
    """Finds the place of an error in the LaTeX that gave it."""

    def __init__(self, error: LogError, latex: MarkedLatex) -> None:
        self.error = error
        self.latex = latex
        self.tex = latex.tex
        self.levels = error.levels
        self.stop = Stop(error, self.tex)
        self._start, self._end, self._stop = self.stop.start, self.stop.end, self.stop.last

    def find(self) -> Place | None:
        """Return the place of the error, None when the log does not tell."""
        ways = [self._in_definition, self._word, self._argument, self._at_stop]
        if self.error.message.startswith("Missing $"):
            ways = [self._odd_dollar_before, *ways]
        if _BALANCE.search(self.error.message) and self._is_late():
            ways = [self._unbalanced, *ways]
        ways = [self._told, *ways]
        for way in ways:
            place = way()
            if place:
                return replace(place, of_value=_OF_VALUE.search(self.error.message) is not None)
        return None

    def _is_late(self) -> bool:
        """Whether TeX noticed the error where something ended, not where it is."""
        seen = next((each for each in self.levels if each.name not in ("<inserted text>", "<to be read again>")), None)
        if not self.error.message.startswith("Missing $") or seen is None:
            return True
        return _NOTICED_LATE.fullmatch(seen.last_word) is not None

    def _in_definition(self) -> Place | None:
        """In the author's own definition of a command, if what TeX read last stands there and was no argument."""
        arguments = [shown(each.before) for each in self.levels if each.name == "<argument>"]
        for level in self.levels:
            if not level.is_macro or re.search(r"#\d\s*\}?\s*$", level.before):
                continue
            pattern = re.compile(_DEFINES + re.escape(level.name) + NO_LETTER)
            for definition in pattern.finditer(self.tex):
                body = Shown(self.tex, definition.end(), definition.end() + REACH)
                wanted = shown(level.before)
                at = body.text.find(wanted) if wanted else -1
                if at < 0:
                    continue
                inside = next((each for each in arguments if each and each in body.text[: at + len(wanted)]), None)
                if arguments and inside is None:
                    continue
                end = body.text.find(inside) + len(inside) if inside else at + len(wanted)
                return token_before(self.tex, body.place(end - 1) + 1)
        return None

    def _told(self) -> Place | None:
        return told_cause(self.error, self.tex, self.stop)

    def _word(self) -> Place | None:
        """Where a word stands that the message quotes."""
        around = self.latex.around(self._stop) if self._stop is not None else None
        spans = [(self._start, self._end)]
        if around:
            spans.insert(0, (around.start, min(around.end, self._end)))
        for word in quoted(self.error):
            for start, end in spans:
                found = [at for at in occurrences(word, self.tex, start, end) if self.latex.around(at)]
                if found:
                    return Place(found[-1], found[-1] + len(word))
        for word in quoted(self.error):
            found = [at for at in occurrences(word, self.tex, 0, len(self.tex)) if self.latex.around(at)]
            if found:
                return Place(found[0], found[0] + len(word), sure=len(found) == 1)
        return None

    def _argument(self) -> Place | None:
        """Where the innermost argument stands that TeX was reading."""
        if self._stop is None:
            return None
        near = Shown(self.tex, self._start, self._end)
        for level in self.levels[:-1]:
            if level.name != "<argument>" or level.cut_before:
                continue
            before, whole = shown(level.before), shown(level.before + ("" if level.cut_after else level.after))
            at = near.text.rfind(whole) if len(whole) > 1 else -1
            if at >= 0:
                return token_before(self.tex, near.place(max(at, at + len(before) - 1)) + 1)
        return None

    def _at_stop(self) -> Place | None:
        if self._stop is None:
            return None
        return token_before(self.tex, self._stop + 1)

    def _unbalanced(self) -> Place | None:
        """Where something is open and never closed, or closed and never opened, in what is the author's."""
        lone = unbalanced(self.tex)
        for start, end in ((self._start, self._frame_end()), (0, len(self.tex))):
            inside = [each for each in lone if start <= each.start < end and self.latex.around(each.start)]
            if not inside:
                continue
            if inside[0].sign == "$" and (odd := self._odd_dollar(start, end)):
                return odd
            around = self.latex.around(inside[0].start)
            if around and (own := culprit(unbalanced(self.tex[around.start : around.end]))):
                return _lone(own, around.start)
            if sign := culprit(inside):
                return _lone(sign, 0)
        return self._odd_dollar(self._start, self._end)

    def _odd_dollar(self, start: int, end: int) -> Place | None:
        """A dollar that has no partner in the stretch that it stands in."""
        for stretch in self.latex.stretches:
            if start <= stretch.start and stretch.end <= end:
                for each in unbalanced(self.tex[stretch.start : stretch.end]):
                    if each.sign == "$":
                        return _lone(each, stretch.start)
        return None

    def _odd_dollar_before(self) -> Place | None:
        """A dollar without a partner in the paragraph, before what TeX had read: it ended what it should begin."""
        if self._stop is None:
            return None
        return self._odd_dollar(max(self._start, self.tex.rfind("\n\n", 0, self._stop)), self._stop + 1)

    def _frame_end(self) -> int:
        end = self.tex.find(r"\end{frame}", self._end - 1)
        return end if end >= 0 else len(self.tex)


def _lone(sign: Unbalanced, start: int) -> Place:
    """Return the place of a sign without a partner in the LaTeX from ``start`` on."""
    note = f"`{sign.sign}` is never closed" if sign.opens else f"`{sign.sign}` closes nothing"
    return Place(start + sign.start, start + sign.end, sure=False, is_lone=True, note=note)
