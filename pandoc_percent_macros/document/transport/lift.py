"""A text with tokens in the places of its directives; and the preprocessor, which puts the directives at its end.

Definitions and ``%%use`` leave nothing behind. Everything else leaves a token (tokens.py) as wide as it is, also in
code: the filter puts its text back there.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Diagnostic
from ..source import BEGIN, CALL, DEFINE, FAULT, NOTE, Directive, Manuscript
from . import tokens
from .tokens import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Replacement = Callable[[str, Directive], tuple[int, int, str]]  # what stretch of the text becomes what

_WIDEST = 10_000  # columns of a token: pandoc takes minutes for one of a million


class Lifted:
    """A text whose directives are tokens, and the directives by the keys of their tokens."""

    def __init__(self, manuscript: Manuscript, found: Iterable[Directive]) -> None:
        self.manuscript = manuscript
        self._every = _keyed(manuscript, found)
        self.directives = {key: each for key, each in self._every.items() if not each.literal}
        self.doubtful = {key: each for key, each in self._every.items() if each.doubtful}
        self.gaps: dict[str, Gap] = {}
        self.held_off: set[str] = set()  # the keys of calls that what is before them keeps from being one

    @property
    def found(self) -> bool:
        """True when there is anything that may be a directive."""
        return bool(self._every)

    @property
    def carried(self) -> dict[str, Directive]:
        """The directives, and among them notes of what is none and may have been meant as one."""
        noted = {
            key: each.note
            for key, each in self._every.items()
            if each.literal and (each.kind in (DEFINE, NOTE) or key in self.held_off)
        }
        every = {**self.directives, **noted} if noted else self.directives
        if any(each.kind == BEGIN for each in every.values()):
            from .bodies import with_bodies  # many documents have none

            every = with_bodies(every, self.manuscript)
        return {key: every[key] for key in self._every if key in every} if noted else every

    @property
    def literal(self) -> dict[str, Directive]:
        """What is thought to be text, by the keys that its tokens would have."""
        return {key: each for key, each in self._every.items() if each.literal and each.kind != NOTE}

    @property
    def text(self) -> str:
        """The text, made when it is asked for: the filter can mostly do without."""
        return self._replaced(self.directives, self._as_token)

    def partly(self, keys: Iterable[str]) -> str:
        """Return the text with tokens for these directives alone."""
        wanted = {*keys}
        return self._replaced({key: each for key, each in self.directives.items() if key in wanted}, self._as_token)

    def refuse(self, key: str, fault: Diagnostic) -> None:
        """Make a fault of a call."""
        call = self.directives[key]
        self.directives[key] = self._every[key] = call.replace(kind=FAULT, fault=fault, taken=call.source.text)

    @property
    def probe(self) -> str:
        """The text in which every doubtful directive has a token, too: the head of one that is thought to be text."""
        return self._replaced(self._every, self._as_probe)

    def _replaced(self, directives: dict[str, Directive], replace: Replacement) -> str:
        text = self.manuscript.text
        pieces: list[str] = []
        at, replacement = 0, None
        for key, directive in directives.items():
            start, end, replacement = replace(key, directive)
            pieces += text[at:start], replacement
            at = end
        pieces.append(text[at:])
        whole = "".join(pieces)
        if replacement == "" and not pieces[-1].strip():
            return whole.rstrip() + "\n"  # empty lines at the end make a list of tasks loose (gfm)
        return whole

    def _as_token(self, key: str, directive: Directive) -> tuple[int, int, str]:
        token = _token(key, directive.original) if directive.places else ""
        gap = self.gaps.get(key)
        if gap is None:
            return directive.start, directive.end, token
        text = self.manuscript.text
        start = self.manuscript.line_bounds(directive.start)[0] if gap.before else directive.start
        end = self.manuscript.line_bounds(directive.end)[1] if gap.after else directive.end
        inside = f"{gap.before}{text[start : directive.start]}{token}{text[directive.end : end]}"
        return start, end, f"{inside}\n{gap.after[:-1]}" if gap.after else inside

    def _as_probe(self, key: str, directive: Directive) -> tuple[int, int, str]:
        if directive.kind == NOTE:
            return directive.at, directive.at, ""
        if directive.literal:
            return directive.at, directive.at + len(directive.head), _token(key, directive.head)
        if directive.doubtful and not directive.places:
            return directive.at, directive.at + len(directive.original), tokens.token(key)
        return self._as_token(key, directive)


def _keyed(manuscript: Manuscript, found: Iterable[Directive]) -> dict[str, Directive]:
    """Return directives by keys; those of calls with the same text differ in case alone, as long as there are cases."""
    salt = tokens.salt(*(each.name for each in manuscript.inputs), manuscript.text)
    keyed: dict[str, Directive] = {}
    seen: dict[str, tuple[int, int]] = {}  # the number of a call's text, and how often that has been seen
    for number, directive in enumerate(found):
        same, occurrence = number, 0
        if directive.kind == CALL and not directive.standalone:
            same, occurrence = seen.get(directive.source.text, (number, 0))
            full = occurrence + 1 == tokens.OCCURRENCES
            seen[directive.source.text] = (number + 1, 0) if full else (same, occurrence + 1)
            if full:
                del seen[directive.source.text]
        keyed[tokens.key(salt, same, occurrence)] = directive
    return keyed


def _token(key: str, text: str) -> str:
    return tokens.token(key, 0 if "\n" in text else min(tokens.display_width(text), _WIDEST))
