"""What is open and never closed in LaTeX, or closed and never opened: groups, environments, mathematics, conditions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..base import tex

# Commands whose names begin like a condition's; what they choose from stands in braces.
_NO_CONDITION = (
    r"iff|if(?:thenelse|(?:str|defstr|cs|undef|package|file|class|list)[a-z]*|(?:num|dim)[a-z]+|def|bool|toggle|empty|blank"
    r"|notblank|beamer|patchable)"
)
_TOKEN = re.compile(
    rf"""
    (?P<comment>{tex.COMMENT})
  | (?P<verbatim>{tex.BEGIN}\{{(?P<name>{tex.VERBATIM_NAME}|{tex.SEMIVERBATIM_NAME})\}}.*?{tex.END}\{{(?P=name)\}})
  | (?P<verb>{tex.VERBATIM_COMMAND})
  | (?P<address>{tex.ADDRESS_COMMAND})
  | (?P<begin>{tex.BEGIN}\{{[^{{}}\n]*\}})
  | (?P<end>{tex.END}\{{[^{{}}\n]*\}})
  | (?P<definition>\\(?:def|edef|gdef|xdef|let|newif|string|noexpand)[ ]*{tex.COMMAND})
  | (?P<choice>\\(?:{_NO_CONDITION}){tex.NO_LETTER})
  | (?P<if>\\(?:if[{tex.LETTERS}]*|unless){tex.NO_LETTER})
  | (?P<fi>\\fi{tex.NO_LETTER})
  | (?P<left>\\left{tex.NO_LETTER})
  | (?P<right>\\right{tex.NO_LETTER})
  | (?P<opening>\\\[|\\\(|\\(?:begin|b)group{tex.NO_LETTER})
  | (?P<closing>\\\]|\\\)|\\(?:end|e)group{tex.NO_LETTER})
  | (?P<other>{tex.TOKEN})
  | (?P<brace>[{{}}])
  | (?P<dollar>\$\$?)
  | (?P<paragraph>\n[ \t]*(?=\n))
    """,
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {"}": "{", r"\]": r"\[", r"\)": r"\(", r"\endgroup": r"\begingroup", r"\egroup": r"\bgroup"}
_MATHEMATICS = ("$", "$$", r"\(", r"\[")
_SKIPPED = frozenset("comment verbatim verb address bar mark name definition choice other".split())


@dataclass(frozen=True)
class Unbalanced:
    """A sign that lacks its partner: ``text[start:end]``."""

    start: int
    end: int
    sign: str  # as it is written, an environment without spaces
    opens: bool  # True: never closed; False: it closes nothing that is open


def unbalanced(text: str) -> list[Unbalanced]:
    """Return the signs of some LaTeX that lack their partners, in the order of the text.

    Comments, escaped signs, ``\\verb`` and verbatim environments are passed over.
    """
    open_signs: list[Unbalanced] = []
    lone: list[Unbalanced] = []
    for found in _TOKEN.finditer(text):
        kind = "verb" if found.lastgroup is None else _kind(found)
        if kind in _SKIPPED or (kind == "if" and found[0] == r"\unless"):
            continue
        if kind == "paragraph":
            _end_paragraph(open_signs, lone)
            continue
        sign = Unbalanced(found.start(), found.end(), re.sub(r"\s", "", found[0]), opens=True)
        wanted = _opener(kind, sign.sign, open_signs)
        if wanted is None:
            open_signs.append(sign)
        else:
            _close(sign, wanted, open_signs, lone)
    return sorted(lone + open_signs, key=lambda each: each.start)


def culprit(lone: Sequence[Unbalanced]) -> Unbalanced | None:
    """Return the likeliest fault among signs that lack their partners, in the order of the text; None without any.

    It is the first one. But a name that is wrong where an environment begins is an error by itself: of a beginning and
    an end with another name, both alone, it is the end.
    """
    first = next(iter(lone), None)
    if first and first.sign.startswith(r"\begin{"):
        return next((each for each in lone if each.sign.startswith(r"\end{") and each.start > first.start), first)
    return first


def _kind(found: re.Match[str]) -> str:
    inner = ("bar", "name", "mark")
    return next(name for name, value in found.groupdict().items() if value is not None and name not in inner)


def _opener(kind: str, sign: str, open_signs: list[Unbalanced]) -> str | None:
    """Return the sign that this one closes, None if it opens something."""
    if kind == "end":
        return sign.replace(r"\end", r"\begin", 1)
    if kind == "fi":
        return r"\if"
    if kind == "right":
        return r"\left"
    if kind == "dollar":
        return sign if open_signs and any(each.sign == sign for each in _in_group(open_signs)) else None
    return _CLOSES.get(sign)


def _in_group(open_signs: list[Unbalanced]) -> list[Unbalanced]:
    """Return what was opened since the innermost brace: a dollar closes nothing outside of it."""
    at = max((at for at, each in enumerate(open_signs) if each.sign == "{"), default=-1)
    return open_signs[at + 1 :]


def _close(sign: Unbalanced, wanted: str, open_signs: list[Unbalanced], lone: list[Unbalanced]) -> None:
    """Close what a sign closes, with all that is open inside of it; if there is nothing, the sign is alone."""
    at = next((at for at in reversed(range(len(open_signs))) if _matches(open_signs[at].sign, wanted)), None)
    if at is None:
        lone.append(Unbalanced(sign.start, sign.end, sign.sign, opens=False))
        return
    lone += open_signs[at + 1 :]
    del open_signs[at:]


def _end_paragraph(open_signs: list[Unbalanced], lone: list[Unbalanced]) -> None:
    """Give up mathematics that is still open: it can't go on over a blank line."""
    lone += [each for each in open_signs if each.sign in _MATHEMATICS]
    open_signs[:] = [each for each in open_signs if each.sign not in _MATHEMATICS]


def _matches(sign: str, wanted: str) -> bool:
    return sign.startswith(wanted) if wanted == r"\if" else sign == wanted
