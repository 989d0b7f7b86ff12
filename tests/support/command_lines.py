"""Reading an editor's command as the editor does: with its variables, and without a shell."""

from __future__ import annotations

import re
from collections.abc import Mapping


def expanded(words: list[str], variables: Mapping[str, str]) -> list[str]:
    """Return the words with ``$name`` and ``${name}`` replaced; fail with ``KeyError`` for an unknown one."""
    return [re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda found: variables[found[1] or found[2]], each) for each in words]
