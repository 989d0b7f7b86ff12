"""What a run of LaTeX that succeeded has to say, as pandoc passes it on."""

from __future__ import annotations

import re

_WARNING = re.compile(r"^(LaTeX Warning: .*(?:\n.+)*)", re.MULTILINE)
_MISSING = re.compile(r"^Missing character: (.*)$", re.MULTILINE)
_NOT_FOUND = re.compile(r"[Ff]ile `([^'\n]+)' not found")


def warnings(log: str) -> list[str]:
    """Return LaTeX's warnings in the log of a run, and the characters that its fonts lack, each on one line."""
    said = [" ".join(found.split()) for found in _WARNING.findall(log)]
    said += [f"Missing character: {found}" for found in _MISSING.findall(log)]
    return list(dict.fromkeys(said))


def not_found(log: str) -> tuple[str, ...]:
    """Return the files that LaTeX looked for in vain, as the text names them."""
    return tuple(dict.fromkeys(_NOT_FOUND.findall(log)))
