"""The engine, and what Perl's operators do with it (perlop, "Regexp Quote-Like Operators"; perlfunc, "split").

The engine works on bytes; offsets are theirs, and strings are cut out of them. All work is charged before it is done: a
search takes time that grows with the text and, where a set of states has to be followed one by one, with the pattern.
"""

from __future__ import annotations

import functools
import re

from ...base import TYPE_CHECKING, Fault, pattern
from ..values import Value, clamp, concatenate, number_of, text_of
from .translation import END, Translated, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from ..values import Budget, Content

Spans: TypeAlias = "list[tuple[int, int]]"  # of the whole, and of each group; (-1, -1) for one that took no part
Captures: TypeAlias = "list[str | None]"  # likewise

_NONE = (-1, -1)
_KEPT = 200  # patterns that stay compiled
_WEIGHT = 32  # what a search costs besides the pattern's size
_SEARCHED = 10  # bits of bytes times weight that make a step
_SCANNED = 9  # bits of bytes that make a step where the engine only looks for where a match ends
_ASCII = pattern(r"[\x00-\x7f]+")
_LINE_FEED = 10
_NO_LINE = "leave out `^` there, or the last line feed: `s/\\n\\z//`"


class Compiled:
    """A pattern, ready to be matched."""

    def __init__(self, translated: Translated, source: str, engine: Any, longest: Callable[[bool], Any]) -> None:
        self.translated = translated
        self.engine = engine
        self.weight = _WEIGHT + engine.programsize
        self._longest = longest
        # Letters that fold to several, and the rest with large and small letters as one
        self.folding = {sign for sign in source if len(sign.casefold()) > 1} if translated.folds else set()
        self.folded = "".join(sign for sign in source if sign not in self.folding).casefold()

    def charge(self, budget: Budget, length: int) -> None:
        """Pay for a search in so many bytes."""
        budget.charge(1 + (length * self.weight >> _SEARCHED))

    def check(self, text: str) -> None:
        """Refuse a text in which the pattern would match something else than in Perl."""
        if text.isascii() and not self.folding:
            return
        if self.translated.boundary and (found := _foreign_word().search(_ASCII.sub("", text))):
            message = f"`\\b` in a pattern knows the letters of ASCII alone, and the text holds `{found[0]}`"
            raise Fault("PM320", message, "say what stands there: `(?:^|\\W)` before a word, `(?:\\W|$)` behind it")
        if self.translated.folds:
            self._check_folding(text)

    def _check_folding(self, text: str) -> None:
        several = {sign for sign in text if not sign.isascii() and len(sign.casefold()) > 1}
        plain = "".join(sign for sign in text if sign not in several).casefold() if self.folding else ""
        clash = next((sign for sign in several if sign.casefold() in self.folded), None)
        clash = clash or next((sign for sign in self.folding if sign.casefold() in plain), None)
        if clash:
            message = f"`{clash}` is `{clash.casefold()}` to Perl where large and small letters are one, and not here"
            raise Fault("PM320", message, "leave out the flag `i`, or write both")

    def spans(self, data: bytes, at: int) -> Spans | None:
        """Return where the pattern matches first, from an offset on, None if nowhere."""
        found = self.engine.search(data, at)
        while found is not None and _is_inside(data, found.start()):  # what is empty may match inside of a character
            found = self.engine.search(data, found.start() + 1)
        if found is None:
            return None
        spans = [found.span(), *(found.span(each) for each in self.translated.groups)]
        last = len(data) - 1
        if any(found.span(each) == (last, last + 1) for each in self.translated.ends):
            spans = [each if each == _NONE else (min(each[0], last), min(each[1], last)) for each in spans]
        if last >= 0 and data[last] == _LINE_FEED and any(found.start(each) > last for each in self.translated.starts):
            if spans[0][0] > last:
                return None  # to Perl no line begins behind a last line feed
            raise Fault("PM320", "`^` matches behind the last line feed, where no line begins to Perl", _NO_LINE)
        return spans

    def more_than_nothing(self, data: bytes, at: int) -> bool:
        """Whether the pattern could match more than nothing at an offset."""
        found = self._longest(False).match(data, at)
        if found is None or found.end() == at:
            return False
        last = len(data) - 1
        if not any(found.span(each) == (last, last + 1) for each in self.translated.ends):
            return True
        if found.end() - 1 > at:
            return True
        found = self._longest(True).match(data, at)  # the last line feed may be taken in another way
        return found is not None and bool(found.end() > at)


def compiled(source: str, flags: str, budget: Budget) -> Compiled:
    """Return a pattern, ready to be matched.

    Args:
        source: the pattern as Perl has it.
        flags: its flags.
        budget: is charged for the compilation.

    Raises:
        Fault: PM120 for what is no pattern, or what the engine lacks; PM321 if there is no engine.
    """
    budget.charge(8 + len(source))
    return _compiled(source, "".join(sorted({*flags} & {*"imsx"})))


@functools.cache
def _foreign_word() -> Any:
    """Return the engine for what is part of a word to Perl."""
    return _engine(translate(r"\w", "").text, longest=False)


def _is_inside(data: bytes, at: int) -> bool:
    """Whether an offset stands inside of a character."""
    return at < len(data) and data[at] & 0xC0 == 0x80


@functools.lru_cache(maxsize=_KEPT)
def _compiled(source: str, flags: str) -> Compiled:
    translated = translate(source, flags)
    text = f"(?i:{translated.text})" if "i" in flags else translated.text
    longest = functools.cache(lambda strict: _engine(text.replace(END, r"(?:()\z)") if strict else text, longest=True))
    return Compiled(translated, source, _engine(text, longest=False), longest)


def _engine(text: str, longest: bool) -> Any:
    try:
        import re2
    except ImportError:
        hint = "`pip install google-re2`; where it has no wheel, use `contains`, `replace`, `index` and `substr`"
        raise Fault("PM321", "patterns need the package google-re2, which is not installed", hint) from None
    options = re2.Options()
    options.log_errors = False
    options.longest_match = longest
    try:
        return re2.compile(text, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        message = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise Fault("PM120", f"the pattern can't be matched: {message}") from None


class Subject:
    """A text that is matched."""

    __slots__ = ("budget", "data", "pattern", "text")

    def __init__(self, pattern: Compiled, value: Value, budget: Budget) -> None:
        self.text = text_of(value)
        pattern.check(self.text)
        self.data = self.text.encode("utf-8", "surrogatepass")
        self.pattern = pattern
        self.budget = budget
        pattern.charge(budget, len(self.data))

    def cut(self, start: int, end: int) -> str:
        if len(self.data) == len(self.text):
            return self.text[start:end]
        return self.data[start:end].decode("utf-8", "surrogatepass")

    def captures(self, spans: Spans) -> Captures:
        self.budget.charge(sum([end - start for start, end in spans]) >> 6)
        return [None if start < 0 else self.cut(start, end) for start, end in spans]

    def first(self) -> Spans | None:
        return self.pattern.spans(self.data, 0)

    def after(self, at: int, filled: bool) -> Spans | None:
        """Return the next match from an offset on; with ``filled`` none that is empty and stands there."""
        budget, data = self.budget, self.data
        budget.charge(2 + (len(data) - at >> _SCANNED if self.pattern.translated.rescans else 0))
        spans = self.pattern.spans(data, at)
        if spans is None or not filled or spans[0] != (at, at):
            return spans
        self.pattern.charge(budget, len(data) - at)
        if self.pattern.more_than_nothing(data, at):
            message = "the pattern matches nothing where it could match more, and again in the same place"
            raise Fault("PM320", message, "let it match at least one character, or more before nothing")
        at += 1
        while _is_inside(data, at):
            at += 1
        return self.pattern.spans(data, at) if at <= len(data) else None

    def every(self) -> Iterator[Spans]:
        """Yield all matches, as ``/g`` finds them: an empty one is not followed by an empty one in the same place."""
        at, filled = 0, False
        while (spans := self.after(at, filled)) is not None:
            yield spans
            start, at = spans[0]
            filled = start == at


def all_matches(pattern: Compiled, value: Value, budget: Budget) -> tuple[list[Value], Captures | None]:
    """Return what ``/…/g`` gives as a list: of each match the groups, or without groups all; and the last match."""
    subject = Subject(pattern, value, budget)
    found: list[Value] = []
    captures: Captures | None = None
    for spans in subject.every():
        captures = subject.captures(spans)
        found += captures[1:] or captures
        if len(found) > budget.iterations:
            budget.items(len(found))
    return found, captures


def substituted(
    pattern: Compiled, value: Value, every: bool, replace: Callable[[Captures], Value], budget: Budget
) -> tuple[str | Content, int]:
    """Return a value with what matches replaced, and how often that was.

    Args:
        pattern: what is looked for.
        value: where.
        every: whether all matches are replaced, or the first.
        replace: returns what stands in the place of a match.
        budget: is charged.
    """
    subject = Subject(pattern, value, budget)
    parts: list[Value] = []
    count = at = 0
    for spans in subject.every() if every else filter(None, [subject.first()]):
        start, end = spans[0]
        parts += [subject.cut(at, start), replace(subject.captures(spans))]
        count += 1
        at = end
        if count > budget.iterations:
            budget.loop(count)
    if not count:
        return subject.text, 0
    parts.append(subject.cut(at, len(subject.data)))
    return concatenate(parts, budget), count


def split(pattern: Compiled, value: Value, limit: Value, budget: Budget) -> list[Value]:
    """Return the fields of a text, as Perl's ``split`` does with a pattern: with what its groups find between them."""
    subject = Subject(pattern, value, budget)
    most = clamp(number_of(limit))
    fields: list[Value] = []
    at, size, count = 0, len(subject.data), 1
    while at < size and count != most and (spans := subject.after(at, True)) is not None:
        start, end = spans[0]
        fields.append(subject.cut(at, start))
        fields += subject.captures(spans)[1:]
        at = end
        count += 1
        if len(fields) > budget.iterations:
            budget.items(len(fields))
    if size and (at < size or most):
        fields.append(subject.cut(at, size))
    if not most:
        while fields and not fields[-1]:
            fields.pop()
    return fields


def quotemeta(text: str) -> str:
    """Return a pattern that matches a text and nothing else (perlfunc, "quotemeta")."""
    return re.sub(r"([^\w]|[^\x00-\x7f])", lambda found: found[0] if not found[0].isascii() else "\\" + found[0], text)
