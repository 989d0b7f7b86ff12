"""Where in the LaTeX an error is, as far as the log tells."""

import re
from dataclasses import replace

from ..base import tex
from ..latex import Unbalanced, culprit, unbalanced
from .log import LogError, quoted, unreadable
from .marked import MarkedLatex
from .position import REACH, LoggedText, StopPoint, TexPlace, as_logged, last_sign, occurrences, token_at, token_before

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
_LIST = re.compile(rf"{tex.BEGIN}\{{(?:itemize|enumerate|description)\}}(?:\s*\[[^\]]*\])?(?:\s*<[^>]*>)?")
# What may stand before the first item.
_SETTING = re.compile(
    r"(?:\s|%[^\n]*\n|\\(?:setlength|addtolength)\s*\{?\s*\\[A-Za-z@]+\s*\}?\s*\{[^{}]*\}"
    r"|\\(?:item|par|top|label)(?:sep|skip)\s*=?\s*-?[\d.]+\s*[a-z]{2}"
    r"|\\(?:tightlist|centering|raggedright|tiny|scriptsize|footnotesize|small|normalsize|large|Large)(?![A-Za-z]))*"
)
_VERBATIM = re.compile(r"verbatim|\\lst@|FancyV|\\FV@")
# Also what minted's `\newminted` makes, where its own rule for the name was kept.
_BEGIN_VERBATIM = re.compile(rf"{tex.BEGIN}\{{(?:{tex.VERBATIM_NAME}|{tex.SEMIVERBATIM_NAME}|[a-z]*code\*?)\}}")
_AGAIN = "<to be read again>"


class Finder:
    """Finds the place of an error in the LaTeX that it is in."""

    def __init__(self, error: LogError, latex: MarkedLatex) -> None:
        self.error = error
        self.latex = latex
        self.tex = latex.tex
        self.levels = error.levels
        self.stop = StopPoint(error, self.tex)
        self._start, self._end, self._stop = self.stop.start, self.stop.end, self.stop.last

    def find(self) -> TexPlace | None:
        """Return the place of the error, None when the log does not tell."""
        ways = [self._in_definition, self._word, self._argument, self._at_stop]
        if self.error.message.startswith("Missing $"):
            ways = [self._odd_dollar_before, *ways]
        if _BALANCE.search(self.error.message) and self._is_late():
            ways = [self._unbalanced, *ways]
        ways = [self._picture, self._told, *ways]
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

    def _in_definition(self) -> TexPlace | None:
        """In the author's own definition of a command, if what TeX read last stands there and was no argument."""
        arguments = [as_logged(each.before) for each in self.levels if each.name == "<argument>"]
        for level in self.levels:
            if not level.is_macro or re.search(r"#\d\s*\}?\s*$", level.before):
                continue
            pattern = re.compile(_DEFINES + re.escape(level.name) + tex.NO_LETTER)
            for definition in pattern.finditer(self.tex):
                body = LoggedText(self.tex, definition.end(), definition.end() + REACH)
                wanted = as_logged(level.before)
                at = body.text.find(wanted) if wanted else -1
                if at < 0:
                    continue
                inside = next((each for each in arguments if each and each in body.text[: at + len(wanted)]), None)
                if arguments and inside is None:
                    continue
                end = body.text.find(inside) + len(inside) if inside else at + len(wanted)
                return token_before(self.tex, body.place(end - 1) + 1)
        return None

    def _picture(self) -> TexPlace | None:
        """Where the picture is included that can't be read."""
        picture = unreadable(self.error)
        for found in tex.INCLUDED.finditer(self.tex) if picture else ():
            if picture and picture.is_named(found[1]):
                return TexPlace(*found.span(1))
        return None

    def _told(self) -> TexPlace | None:
        return cause_of_message(self.error, self.tex, self.stop)

    def _word(self) -> TexPlace | None:
        """Where a word stands that the message quotes."""
        around = self.latex.around(self._stop) if self._stop is not None else None
        spans = [(self._start, self._end)]
        if around:
            spans.insert(0, (around.start, min(around.end, self._end)))
        for word in quoted(self.error):
            for start, end in spans:
                found = [at for at in occurrences(word, self.tex, start, end) if self.latex.around(at)]
                if found:
                    return TexPlace(found[-1], found[-1] + len(word))
        for word in quoted(self.error):
            found = [at for at in occurrences(word, self.tex, 0, len(self.tex)) if self.latex.around(at)]
            if found:
                return TexPlace(found[0], found[0] + len(word), sure=len(found) == 1)
        return None

    def _argument(self) -> TexPlace | None:
        """Where the innermost argument stands that TeX was reading."""
        if self._stop is None:
            return None
        near = LoggedText(self.tex, self._start, self._end)
        for level in self.levels[:-1]:
            if level.name != "<argument>" or level.cut_before:
                continue
            before, whole = as_logged(level.before), as_logged(level.before + ("" if level.cut_after else level.after))
            at = near.text.rfind(whole) if len(whole) > 1 else -1
            if at >= 0:
                return token_before(self.tex, near.place(max(at, at + len(before) - 1)) + 1)
        return None

    def _at_stop(self) -> TexPlace | None:
        if self._stop is None:
            return None
        return token_before(self.tex, self._stop + 1)

    def _unbalanced(self) -> TexPlace | None:
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

    def _odd_dollar(self, start: int, end: int) -> TexPlace | None:
        """A dollar that has no partner in the stretch that it stands in."""
        for stretch in self.latex.stretches:
            if start <= stretch.start and stretch.end <= end:
                for each in unbalanced(self.tex[stretch.start : stretch.end]):
                    if each.sign == "$":
                        return _lone(each, stretch.start)
        return None

    def _odd_dollar_before(self) -> TexPlace | None:
        """A dollar without a partner in the paragraph, before what TeX had read: it ended what it should begin."""
        if self._stop is None:
            return None
        return self._odd_dollar(max(self._start, self.tex.rfind("\n\n", 0, self._stop)), self._stop + 1)

    def _frame_end(self) -> int:
        end = self.tex.find(r"\end{frame}", self._end - 1)
        return end if end >= 0 else len(self.tex)


def _lone(sign: Unbalanced, start: int) -> TexPlace:
    """Return the place of a sign without a partner in the LaTeX from ``start`` on."""
    note = f"`{sign.sign}` is never closed" if sign.opens else f"`{sign.sign}` closes nothing"
    return TexPlace(start + sign.start, start + sign.end, sure=False, is_lone=True, note=note)


def cause_of_message(error: LogError, tex: str, stop: StopPoint) -> TexPlace | None:
    """Return the place of what an error's message says is missing or wrong before the place where TeX stopped.

    Args:
        error: the error.
        tex: the LaTeX that it is in.
        stop: where TeX stopped.
    """
    if stop.last is None:
        return None
    if "forget a semicolon" in error.message:
        last = last_sign(tex, token_before(tex, stop.last + 1).start)
        return TexPlace(last, last + 1, note="a semicolon is missing after this")
    if "missing \\item" in error.message:
        return _text_before_item(tex, stop.start, stop.last)
    if "Illegal unit" in error.message:
        return _unit(error, tex, stop.start, stop.last)
    if _VERBATIM.search(error.message):
        begins = list(_BEGIN_VERBATIM.finditer(tex, stop.start, stop.last + 1))
        note = "verbatim text needs a slide that is `{.fragile}`, and can't be an argument of a command"
        return TexPlace(begins[-1].start(), begins[-1].end(), note=note) if begins else None
    return None


def _text_before_item(tex: str, start: int, last: int) -> TexPlace | None:
    lists = list(_LIST.finditer(tex, start, last + 1))
    if not lists:
        return None
    setting = _SETTING.match(tex, lists[-1].end())
    text = LoggedText(tex, setting.end() if setting else lists[-1].end(), last + 1)
    return replace(token_at(tex, text.place(0)), note=r"an `\item` is missing before this") if text.text else None


def _unit(error: LogError, tex: str, start: int, last: int) -> TexPlace | None:
    """Return the place of a number with its unit: TeX puts the unit's first two letters back."""
    again = [each.after.strip() for each in error.levels[:2] if each.name == _AGAIN]
    if len(again) < 2 or not all(re.fullmatch("[A-Za-z]", each) for each in again):
        return None
    found = list(re.compile(r"[\d.,]+\s*" + r"\s*".join(again)).finditer(tex, start, last + 1))
    return TexPlace(found[-1].start(), found[-1].end()) if found else None
