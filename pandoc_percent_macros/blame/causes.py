"""Causes of errors that stand elsewhere than where TeX noticed them, and that the message tells."""

from __future__ import annotations

import re
from dataclasses import replace

from ..base.tex import BEGIN, SEMIVERBATIM_NAME, VERBATIM_NAME
from .log import LogError
from .position import Place, token_at, token_before
from .shown import Shown
from .stop import Stop, last_sign

_LIST = re.compile(rf"{BEGIN}\{{(?:itemize|enumerate|description)\}}(?:\s*\[[^\]]*\])?(?:\s*<[^>]*>)?")
# What may stand before the first item.
_SETTING = re.compile(
    r"(?:\s|%[^\n]*\n|\\(?:setlength|addtolength)\s*\{?\s*\\[A-Za-z@]+\s*\}?\s*\{[^{}]*\}"
    r"|\\(?:item|par|top|label)(?:sep|skip)\s*=?\s*-?[\d.]+\s*[a-z]{2}"
    r"|\\(?:tightlist|centering|raggedright|tiny|scriptsize|footnotesize|small|normalsize|large|Large)(?![A-Za-z]))*"
)
_VERBATIM = re.compile(r"verbatim|\\lst@|FancyV|\\FV@")
# Also what minted's `\newminted` makes, where its own rule for the name was kept.
_BEGIN_VERBATIM = re.compile(rf"{BEGIN}\{{(?:{VERBATIM_NAME}|{SEMIVERBATIM_NAME}|[a-z]*code\*?)\}}")
_AGAIN = "<to be read again>"


def told_cause(error: LogError, tex: str, stop: Stop) -> Place | None:
    """Return the place of what an error's message says is missing or wrong before the place where TeX stopped.

    Args:
        error: the error.
        tex: the LaTeX that gave it.
        stop: where TeX stopped.
    """
    if stop.last is None:
        return None
    if "forget a semicolon" in error.message:
        last = last_sign(tex, token_before(tex, stop.last + 1).start)
        return Place(last, last + 1, note="a semicolon is missing behind this")
    if "missing \\item" in error.message:
        return _text_before_item(tex, stop.start, stop.last)
    if "Illegal unit" in error.message:
        return _unit(error, tex, stop.start, stop.last)
    if _VERBATIM.search(error.message):
        begins = list(_BEGIN_VERBATIM.finditer(tex, stop.start, stop.last + 1))
        note = "verbatim text needs a slide that is `{.fragile}`, and can't be an argument of a command"
        return Place(begins[-1].start(), begins[-1].end(), note=note) if begins else None
    return None


def _text_before_item(tex: str, start: int, last: int) -> Place | None:
    lists = list(_LIST.finditer(tex, start, last + 1))
    if not lists:
        return None
    setting = _SETTING.match(tex, lists[-1].end())
    text = Shown(tex, setting.end() if setting else lists[-1].end(), last + 1)
    return replace(token_at(tex, text.place(0)), note=r"an `\item` is missing before this") if text.text else None


def _unit(error: LogError, tex: str, start: int, last: int) -> Place | None:
    """Return the place of a number with its unit: TeX puts the unit's first two letters back."""
    again = [each.after.strip() for each in error.levels[:2] if each.name == _AGAIN]
    if len(again) < 2 or not all(re.fullmatch("[A-Za-z]", each) for each in again):
        return None
    found = list(re.compile(r"[\d.,]+\s*" + r"\s*".join(again)).finditer(tex, start, last + 1))
    return Place(found[-1].start(), found[-1].end()) if found else None
