"""The text that a page of the documentation tells its reader to paste or to run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def block(page: str, language: str, number: int = 0) -> str:
    """Return a fenced block of a page: the first in a language, or the one with that number, from 0."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[number]


@dataclass
class Step:
    """A command that a page shows, the files that are there by then, and what the page says it writes."""

    command: str
    files: dict[str, str]
    output: str | None  # None: nothing is said of it


_PARTS = re.compile(
    r"^`(?P<name>[^`\n]+)`:\n\n(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$"
    r"|^(?P<commands>(?:    (?:pandoc|percent-macros) [^\n]*\n)+)(?:\n```text\n(?P<output>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


def steps(page: str) -> list[Step]:
    """Return the commands of a page, in their order.

    A file is a line with its name and a fenced block; commands are indented, and a block of ``text`` right below them
    is what the last one writes.
    """
    found: list[Step] = []
    files: dict[str, str] = {}
    for part in _PARTS.finditer((DOCS / page).read_text("utf-8")):
        if part["name"]:
            files = {**files, part["name"]: part["text"]}
            continue
        *others, last = part["commands"].strip().split("\n")
        found += [Step(each.strip(), files, None) for each in others]
        found.append(Step(last.strip(), files, part["output"]))
    return found
