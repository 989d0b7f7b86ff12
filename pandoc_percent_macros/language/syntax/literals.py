"""What literals of code stand for: numbers, and strings with their escapes and variables."""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Fault, Source, Span, grammar, pattern
from .lexer import variable_name
from .nodes import UNRESOLVED, Array, Capture, Literal, Quoted, Scalar

if TYPE_CHECKING:
    from typing import Any

_VARIABLES = ("variable", "capture")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "\\": "\\"}
_LETTERS = pattern(r"\\(?:([tnre][A-Za-z]+)|.)", re.DOTALL)
_CALCULATED = pattern(
    rf"\\.|@\{{\[|\$\{{\\|\$\+\{{{grammar.NAME}\}}|@{grammar.NAME}(?=\[[^\]\n]*\])|\$\#{grammar.NAME}"
    rf"|\{{\{{+\s*{grammar.NAME}",
    re.DOTALL,
)
_ARGUMENT = pattern(r"\*?(?:\{|\[(?!\^))")  # `[^` is a footnote of Markdown's
# Commands that often stand without an argument, and are no escape before a word of some language.
_COMMANDS = frozenset(
    """nabla neq newline newpage node nobreak noexpand noindent nolinebreak nonumber nopagebreak normalfont normalsize
    notag notin tabcolsep tableofcontents textheight textwidth thepage theta thispagestyle tikz times tiny today toprule
    triangle ttfamily""".split()
)
_PART = pattern(
    rf"(?P<text>[^\\$@]+)|(?P<variable>[$@](?:{grammar.NAME}|\{{[ \t]*{grammar.NAME}[ \t]*\}}))"
    r"|(?P<escape>\\.)|(?P<sign>.)",
    re.DOTALL,
)
# What few strings have
_CAPTURE = pattern(r"\$(?:\d{1,4}|&|\{[ \t]*(?:\d{1,4}|&)[ \t]*\})")
_CODE = pattern(r"\\(?:x(?:\{[ ]*[0-9a-fA-F]{1,16}[ ]*\}|[0-9a-fA-F]{1,2})|0[0-7]{0,2})")
_PATTERN_PART = pattern(
    rf"""
    (?P<text>[^\\$@]+)
  | (?P<variable>[$@](?:{grammar.NAME}|\{{[ \t]*{grammar.NAME}[ \t]*\}}))
  | (?P<capture>\$(?:\d{{1,4}}|&|\{{[ \t]*(?:\d{{1,4}}|&)[ \t]*\}}))
  | (?P<quote>\\[QE])
  | (?P<sign>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def number_value(text: str) -> int | float:
    """Return the value of a number as it is written in code."""
    digits = text.replace("_", "").lower()
    try:
        if digits[:1] == "0" and digits[1:].isalnum() and not digits.startswith("0e"):
            value = int(digits, 0) if digits[1] in "xb" else int(digits, 8)
        elif digits.isdigit() and len(digits) < 21:
            value = int(digits)
        else:
            return float(digits)
    except ValueError:
        fault = "not an octal number" if digits[1:].isdigit() else "not a number"
        raise Fault("PM104", f"{fault}: `{text[:40]}`") from None
    return value if value < 1 << 64 else float(value) if value.bit_length() < 1024 else float("inf")


def plain_value(text: str, delimiters: str) -> str:
    """Return the value of a string without interpolation: a backslash escapes itself and the quote marks."""
    if "\\" not in text:
        return text
    return re.sub(rf"\\([\\{re.escape(delimiters)}])", r"\1", text)


def words_of(text: str) -> list[str]:
    """Return the words of ``qw``: what is not ASCII parts nothing there."""
    return [word for word in re.split(r"[ \t\n\r\f\v]+", text) if word]


def _variable(found: re.Match[str]) -> Scalar | Array | Capture:
    start, end = found.span()
    if found.lastgroup != "variable":
        return Capture(start, end, int(found[0].strip("${} \t").replace("&", "0")), UNRESOLVED)
    return (Scalar if found[0][0] == "$" else Array)(start, end, variable_name(found[0]), UNRESOLVED)


def rich_parts(source: Source, start: int, end: int) -> list[Literal | Scalar | Array | Capture]:
    """Return the parts of the interpolated string whose inside is ``source.text[start:end]``: text and variables."""
    text = source.text
    parts: list[Literal | Scalar | Array | Capture] = []
    run: list[str] = []
    run_start = at = start
    while at < end:
        found = _PART.match(text, at, end)
        assert found is not None
        rare = _rare(found, end)
        found = rare or found
        if found.lastgroup == "variable" or (rare and found[0][0] == "$"):
            if run:
                parts.append(Literal(run_start, at, "".join(run)))
            parts.append(_variable(found))
            run, run_start = [], found.end()
        else:
            run.append(_stands_for(found, source))
        at = found.end()
    if run:
        parts.append(Literal(run_start, at, "".join(run)))
    return parts


def _rare(found: re.Match[str], end: int) -> re.Match[str] | None:
    """Return the match of ``$1`` or ``\\x41``, where a part of a string begins like one."""
    if found.lastgroup == "sign":
        return _CAPTURE.match(found.string, found.start(), end)
    return _CODE.match(found.string, found.start(), end) if found[0][:2] in ("\\x", "\\0") else None


def pattern_parts(text: str, start: int, end: int) -> list[Literal | Scalar | Array | Capture | Quoted]:
    """Return the parts of a pattern: its text as it is written, variables, and what ``\\Q…\\E`` holds."""
    parts: list[Literal | Scalar | Array | Capture | Quoted] = []
    outside: list[Literal | Scalar | Array | Capture | Quoted] = parts
    inside: list[Literal | Scalar | Array | Capture] = []
    opened = at = start
    into: list[Any] = outside
    while at < end:
        found = _PATTERN_PART.match(text, at, end)
        assert found is not None
        if found.lastgroup == "quote":
            if into is inside:
                outside.append(Quoted(opened, at, tuple(inside)))
                inside, into = [], outside
            if found[0] == "\\Q":
                into, opened = inside, found.end()
        elif found.lastgroup in _VARIABLES:
            into.append(_variable(found))
        elif into and isinstance(into[-1], Literal):
            into[-1] = Literal(into[-1].start, found.end(), text[into[-1].start : found.end()])
        else:
            into.append(Literal(at, found.end(), found[0]))
        at = found.end()
    if into is inside:
        outside.append(Quoted(opened, end, tuple(inside)))
    return parts


def lookalikes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places in an interpolated string that are probably not meant as they are read.

    They are an escape that reads as a command of TeX, and what Perl would calculate or take out of a list.
    """
    found = [each.span() for each in _LETTERS.finditer(text, start, end) if each[1] and _is_command(each[1], each, end)]
    if any(sign in text[start:end] for sign in ("@", "$#", "{{", "${\\", "$+{")):
        found += [each.span() for each in _CALCULATED.finditer(text, start, end) if each[0][0] != "\\"]
    return found


def _is_command(name: str, found: re.Match[str], end: int) -> bool:
    """Whether an escape and the letters after it read as a command. Lines and columns do begin with words."""
    if name[0] in "re":
        return True
    return name in _COMMANDS or (len(name) > 2 and _ARGUMENT.match(found.string, found.end(), end) is not None)


def _stands_for(found: re.Match[str], source: Source) -> str:
    text = found[0]
    if found.re.groups == 0:  # a code
        base, digits = (16, text[2:].strip("{ }")) if text[1] == "x" else (8, text[1:])
        return _character(int(digits, base), Span(source, *found.span()))
    if found.lastgroup == "escape":
        sign = text[1]
        if sign in _ESCAPES:
            return _ESCAPES[sign]
        if sign.isalnum() or sign == "_":
            from . import habits  # most code reads

            fault = Fault("PM104", f"unknown escape `\\{sign}` in a string", habits.of_escape(sign))
            raise fault.at(Span(source, *found.span()))
        return sign
    return text


def _character(code: int, span: Span) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise Fault("PM104", "no character has this code").at(span)
    return chr(code)
