"""The text that a page of the documentation tells its reader to paste or to run."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def block(page: str, language: str, number: int = 0) -> str:
    """Return a fenced block of a page: the first in a language, or the one with that number, from 0."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[number]
