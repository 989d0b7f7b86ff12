"""Attributes as pandoc writes them between braces: ``#id .class key=value`` (manual, "header_attributes")."""

import html
import re

from ...base import Fault
from ..values import quoted

_ATTRIBUTE = re.compile(
    r"""
    \#(?P<identifier>[\w:.-]+)
  | \.(?P<class>[^\W\d_][\w:.-]*)
  | (?P<unnumbered>-)
  | (?P<key>[^\W\d_][\w:.-]*)=
    (?: "(?P<double>(?:\\.|[^"\\])*)" | '(?P<single>(?:\\.|[^'\\])*)' | (?P<bare>(?!["'])(?:\\.|[^\s}\\])*) )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACES = re.compile(r"\s*")
_ESCAPED = re.compile(r"\\([^\w\s]|_| )")
_WORD = re.compile(r"[^\W\d_][\w:.-]*\Z")
_FORM = 'attributes are written `#identifier .class key=value key="with spaces"`'


def parse_attributes(text: str) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the identifier, the classes, and the other attributes as pairs.

    Raises:
        Fault: PM311 for what pandoc would not read as attributes.
    """
    identifier = ""
    classes: list[str] = []
    pairs: list[tuple[str, str]] = []
    at = _SPACES.match(text).end()  # type: ignore[union-attr]  # it matches anywhere
    while at < len(text):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            raise _fault(text, at)
        if found["identifier"]:
            identifier = found["identifier"]
        elif found["class"]:
            classes.append(found["class"])
        elif found["unnumbered"]:
            classes.append("unnumbered")
        else:
            value = _value(found)
            if found["key"] == "id":
                identifier = value
            elif found["key"] == "class":
                classes += value.split()
            else:
                pairs.append((found["key"], value))
        at = _SPACES.match(text, found.end()).end()  # type: ignore[union-attr]
    return identifier, tuple(classes), tuple(pairs)


def _value(found: re.Match[str]) -> str:
    """Return a value; character references in it count where it is in quotes, as in pandoc."""
    bare = found["bare"]
    if bare is not None:
        return _ESCAPED.sub(r"\1", bare)
    inside = found["double"] if found["double"] is not None else found["single"]
    pieces = _ESCAPED.split(inside)  # by turns text, and signs that a backslash keeps as they are
    return "".join([each if at % 2 else html.unescape(each) for at, each in enumerate(pieces)])


def _fault(text: str, at: int) -> Fault:
    rest = text[at:].split(maxsplit=1)[0]
    hint = _FORM
    if _WORD.match(rest):
        hint = f"a class has a dot before it: `.{rest}`"
    elif rest[0] in "{}":
        hint = "the braces are left out"
    elif rest[0] in "\"'" or re.match(r"[\w:.-]+=[\"']", rest):
        hint = "a quote is never closed"
    return Fault("PM311", f"{quoted(rest)} is no attribute", hint)
