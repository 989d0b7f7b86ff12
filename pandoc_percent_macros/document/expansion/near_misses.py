"""Text that is nearly a call: whether a macro was meant by it, and how the call is to be written."""

import re
from collections.abc import Iterator, Mapping

from ...base import Diagnostics, Source, Unclosed, grammar, nearest
from ...language.syntax import Macro, NativeMacro, amounts, defined, parse_call, scan_call
from ..source import NOTE, Directive, verbatim

_LONGEST = 80  # characters of a call that a hint writes out
_MISSPELT = 100  # different names that are compared with those of the macros, which takes a while for each
_LIKENESS = 0.75  # of a misspelt name: text is text mostly
_SPACES = r"[^\S\n]*"
_OPENING = re.compile(rf"{_SPACES}([(（{{\[])")
_PAIRS = {"（": "）)", "{": "}", "[": "]"}
_SEPARATOR = re.compile(rf"{_SPACES}[:=,;：，；]?{_SPACES}")


class NearMisses:
    """Tells of what is left as text, though a call may have been meant (PM110)."""

    def __init__(self, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics, *, comments: bool) -> None:
        """Prepare for the near misses of a document.

        Args:
            macros: its macros, by their names.
            diagnostics: take the warnings.
            comments: whether a comment of HTML is one in its dialect.
        """
        self._macros = macros
        self._diagnostics = diagnostics
        self._comments = comments
        self._folded = {name.casefold(): name for name in reversed([*macros])}
        self._meant: dict[str, str | None] = {}

    def tell(self, directive: Directive) -> None:
        """Warn of a text if a macro was probably meant by it."""
        head = directive.source.text
        if begin := grammar.BEGIN_CALL.match(head + directive.source.after):
            if begin[1] in self._macros:
                text = begin[0][:-1].rstrip()
                hint = f"begin a line with it, or for the text itself write `\\{text}`"
                message = f"`{text}` is text: other text stands before it on its line"
                self._diagnostics.warning("PM110", message, directive.span, hint)
            return
        name = self._name(head[2:], bracket=bool(_OPENING.match(directive.source.after)))
        if name is None:
            return
        before = directive.source.before
        call, more = self._call(name, directive)
        if grammar.holds_off(before[-1:]) and before[-1:] not in "%\\":
            message = f"`{head}` is text: a letter or digit right before the percent signs holds a call off"
            comments = self._comments and "\\" not in before  # not in TeX
            glued = f"; or `{before[-1]}<!-- -->{call}`, where there is to be none" if comments else ""
            hint = f"write a space before it, `{before[-1]} {call}`{glued}"
        elif directive.kind == NOTE:
            message = f"`{head}` is text: mathematics or TeX that begins before it ends inside the call"
            hint = r"end it before the call, or write `\$` or `\{` for the sign that opens it"
        elif head[2:] == name:
            message = f"`{head}` is text: a call has its parentheses right after the name"
            hint = f"write `{call}`{more}, or for the text itself `\\{head}`"
        else:
            message = f"`{head}` is text, and there is a macro `{name}`"
            hint = f"write `{call}`{more}, or for the text itself `\\{head}`"
        self._diagnostics.warning("PM110", message, directive.span, hint, *self._signature(name, more))

    def _name(self, word: str, *, bracket: bool) -> str | None:
        """Return the macro that is meant by a word; a misspelt one has to have something like parentheses after it."""
        if word in self._macros:
            return word
        folded = self._folded.get(word.casefold())
        if folded is not None or not bracket:
            return folded
        if word not in self._meant:
            few = len(self._meant) < _MISSPELT
            self._meant[word] = nearest(word, list(self._macros), _LIKENESS) if few else None
        return self._meant[word]

    def _signature(self, name: str, more: str) -> tuple[str, ...]:
        return (defined(self._macros[name]),) if more else ()

    def _call(self, name: str, directive: Directive) -> tuple[str, str]:
        """Return the call that was probably meant, and what is to be said of it if that is not all of it."""
        least, most = amounts(self._macros[name])
        source = directive.source
        after = source.after.rstrip()
        bracket = _OPENING.match(after)
        starts = bool(verbatim.MARKS.fullmatch(source.before)) and not source.skipped
        texts = _in_brackets(after, bracket) if bracket else _after_name(after, least) if starts else ()
        for text in texts:
            call = f"%%{name}({text})"
            if len(call) <= _LONGEST and least <= _arguments(call) <= (_LONGEST if most is None else most):
                return call, ""
        if bracket:
            return f"%%{name}(…)", ""
        return f"%%{name}()", " with its arguments in the parentheses" if least else ""


def _in_brackets(text: str, bracket: re.Match[str]) -> Iterator[str]:
    """Yield what may have been meant to be the arguments, when something like a parenthesis follows the name."""
    start = bracket.start(1)
    if bracket[1] == "(":
        try:
            inside = text[start + 1 : scan_call(text, start) - 1].strip()
        except Unclosed:
            return
        yield from (inside, _as_argument(inside))
        return
    groups: list[str] = []
    while start < len(text) and text[start] in _PAIRS:
        end = _group_end(text, start)
        if end is None:
            break
        groups.append(text[start + 1 : end].strip())
        start = end + 1
    if not groups:
        return
    yield ", ".join(map(_as_argument, groups)) if any(groups) else ""
    if bracket[1] == "（":
        yield re.sub(r"\s*，\s*", ", ", groups[0])
    yield groups[0]


def _group_end(text: str, start: int) -> int | None:
    closing = _PAIRS[text[start]]
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == text[start]) - (text[at] in closing)
        if not depth:
            return at
    return None


def _after_name(text: str, least: int) -> Iterator[str]:
    """Yield what may be the arguments in the text after a name that begins its line."""
    rest = text[_SEPARATOR.match(text).end() :]  # type: ignore[union-attr]
    if not least or not rest:
        return
    yield _as_argument(rest)
    yield rest
    yield ", ".join(map(_as_argument, rest.split()))


def _as_argument(text: str) -> str:
    """Return a text as one argument: in quotes, if it would be another without."""
    return text if _arguments(f"%%f({text})") == 1 else '"' + text.replace('"', r"\"") + '"'


def _arguments(call: str) -> int:
    """Return how many arguments a call has; -1 if that is no call."""
    parenthesis = call.index("(")
    try:
        if scan_call(call, parenthesis) == len(call):
            return len(parse_call(Source("", call)).arguments)
    except Unclosed:
        pass
    return -1
