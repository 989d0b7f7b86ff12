"""What whoever runs pandoc may set, and a document may not: the limits of the language."""

import os

from . import INSTEAD, MARKS, PAGE_MARKS
from .base import Fault, nearest
from .language.values import Limits

VARIABLE = "PERCENT_MACROS_LIMITS"
HEADER = "PERCENT_MACROS_HEADER"
_NAMES = tuple(Limits.__match_args__)


def limits() -> Limits:
    """Return the limits that the environment sets, as ``steps=5000000,string=2097152``; the others are the defaults.

    Raise ``Fault`` (PM410) for a text that can't be parsed so.
    """
    said: dict[str, int] = {}
    for part in filter(None, map(str.strip, os.environ.get(VARIABLE, "").split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if name not in _NAMES:
            close = nearest(name, _NAMES)
            hint = f"did you mean `{close}`?" if close else f"known are {', '.join(_NAMES)}"
            raise Fault("PM410", f"{VARIABLE} names an unknown limit `{name}`", hint)
        if not (value.isascii() and value.isdecimal() and len(value) <= 18):
            raise Fault("PM410", f"{VARIABLE} sets `{name}` to `{value}`, which is not a number")
        said[name] = int(value)
    return Limits(**said)


def marks() -> str:
    """Return the file that ``percent-macros build`` wants the meaning of the marks in; "" when it wants none."""
    return os.environ.get(MARKS, "")


def page_marks() -> str:
    """Return the file that ``percent-macros`` wants the meaning of the marks on pages in; "" when it wants none."""
    return os.environ.get(PAGE_MARKS, "")


def instead() -> str:
    """Return what ``percent-macros move`` wants to be read in the place of a call, as JSON; "" for no such thing."""
    return os.environ.get(INSTEAD, "")


def header() -> str:
    """Return the file that ``percent-macros build`` gives pandoc for the preamble; "" when it gives none."""
    return os.environ.get(HEADER, "")
