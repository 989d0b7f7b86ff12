"""Where a definition ends in a document's text."""

from __future__ import annotations

import re

from ...base.fault import Unclosed
from ...base.pattern import pattern
from .tokens import BAD, DIRECTIVE, END, NOTHING, OPEN, PLAIN, RICH, WORD, WORDS, Token, tokens

_START = pattern(r"%%(define|template)\b")
_END_LINE = pattern(r"^[ \t\r]*=end[ \t\r]*$", re.MULTILINE)
# Text of a template ends at a line that is "=end"; one that starts a definition shows that this was forgotten.
_TEMPLATE_END = pattern(r"^[ \t\r]*(?:(=end)[ \t\r]*$|%%(?:define|template)\b)", re.MULTILINE)
_SAME_LINE = pattern(r"[^\n]*?(?<![^\s)])(=end)(?!\w)")


def end_of_definition(text: str, start: int) -> int:
    """Return the offset just after the ``=end`` of the definition that starts at ``start``.

    Raise ``Unclosed`` if there is none before the next definition or the end of the text. Linear in
    the length of what is looked at.
    """
    opening = _START.match(text, start)
    if opening is None:
        raise ValueError(f"no definition at offset {start}")
    if opening[1] == "template":
        return template_end(text, start, head_end(text, opening.end()))[1]
    return _end_of_code(text, start, opening.end())


def template_end(text: str, start: int, after_head: int) -> tuple[int, int]:
    """Return where the text of a template ends, whose head ends at ``after_head``, and the offset after its =end."""
    same = _SAME_LINE.match(text, after_head)
    if same:
        return same.start(1), same.end(1)
    line_end = text.find("\n", after_head)
    found = _TEMPLATE_END.search(text, line_end + 1) if line_end >= 0 else None
    if found and found[1]:
        return found.start(), found.end(1)
    raise _no_end("template", start, found.start() if found else len(text))


def head_end(text: str, at: int) -> int:
    """Return the offset after the parenthesis that closes a head, or the end of the line if it has none."""
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    depth = 0
    for token in tokens(text, at):
        if not depth and token.start >= line_end:
            break
        if token.kind == "(":
            depth += 1
        elif token.kind == ")":
            depth -= 1
            if depth <= 0:
                return token.end
        elif token.kind in (END, DIRECTIVE, OPEN, BAD):
            break
    return line_end


def _end_of_code(text: str, start: int, at: int) -> int:
    swallowing: Token | None = None  # the first string that holds a line "=end": its closing quote may be missing
    prose = False  # no code looks like this: the body was left behind
    before = NOTHING
    for token in tokens(text, at):
        if token.kind == END:
            return token.end
        if swallowing is None and _swallows(text, token, prose):
            swallowing = token
        if token.kind in (DIRECTIVE, NOTHING, OPEN):
            if swallowing is not None:
                raise _open_string(text, swallowing, len(text))
            raise _no_end("macro", start, token.start if token.kind == DIRECTIVE else len(text))
        prose = prose or token.kind == BAD or token.kind == before == WORD
        before = token.kind
    raise AssertionError("tokens end with a closing one")


def _swallows(text: str, token: Token, prose: bool) -> bool:
    if token.kind not in (PLAIN, RICH, WORDS, OPEN):
        return False
    return holds_end(text, token) or (token.kind == OPEN and not prose)


def holds_end(text: str, token: Token) -> bool:
    """Whether a string runs over a line that is ``=end``."""
    return text.find("=end", token.start, token.end) >= 0 and bool(_END_LINE.search(text, token.start + 1, token.end))


def _open_string(text: str, token: Token, stop: int) -> Unclosed:
    line = _END_LINE.search(text, token.start + 1, token.end)
    return Unclosed("PM102", "string is never closed", token.start, line.end() if line else stop)


def _no_end(what: str, start: int, stop: int) -> Unclosed:
    return Unclosed("PM101", f"{what} has no `=end`", start, stop)
