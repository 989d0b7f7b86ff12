"""What stands where a call stood changes nothing in how the text around it is parsed.

Each text is read twice: with calls, lifted and expanded to a word as wide as the call, and with that word in
their places from the start.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run
from ..support.ways import Document, Outcome

# Gives a word as wide as the call: `%%w(` and `)` are five columns.
WORD = '%%define w($x = "") return "w" x (length($x) + 5) =end\n'
_CALL = re.compile(r"%%w\([^()]*\)")
_PLACE = re.compile(r"^([ >]*)…\n?", re.MULTILINE)
# Headings are read without identifiers: pandoc makes them from the text, and a call is no text yet.
READER = "markdown-auto_identifiers"

TEXTS = {
    "paragraph": "Some %%w() text, %%w(abc)... and (%%w()) more.",
    "first and last in a paragraph": "%%w() text\nmore %%w()",
    "alone": "above\n\n%%w()\n\nbelow",
    "emphasis": "*%%w()* **%%w() x** ~~%%w()~~ x^%%w()^ H~%%w()~O *a **b %%w()** c*",
    "quotes": "\"%%w()\" '%%w()' \"a '%%w()' b\" it's %%w()'s",
    "dashes": "%%w()--%%w() %%w()---%%w()... a -- %%w()",
    "links": "[%%w()](u) [a %%w()][r] ![%%w()](i) [%%w()]{.c}\n\n![fig %%w()](i)\n\n[r]: v",
    "notes": "a[^1] b^[c %%w()]\n\n[^1]: d %%w()\n\n    %%w()\n\n    e",
    "headings": "# a %%w()\n\n%%w() b\n---------\n\n## %%w() {#c .d}",
    "tight list": "- a\n- %%w()\n- b %%w()\n- c",
    "loose list": "- a\n\n- %%w()\n\n- b\n\n  %%w()\n\n  c",
    "item's second paragraph": "1. a\n\n    %%w()\n\n2. b\n    - c\n\n        %%w()\n\n        d",
    "only item": "- %%w()",
    "task list": "- [ ] %%w()\n- [x] a %%w()",
    "example list": "(@) %%w()\n(@a) b %%w()\n\nsee (@a)",
    "definition list": "%%w()\n:   a %%w()\n\nb\n\n:   c\n\n    %%w()\n\nd\n  ~ %%w()\n  ~ e",
    "block quote": "> a %%w()\n>\n> %%w()\n>\n> > %%w()\n\nb",
    "lazy lines": "> a\nb %%w() c\n\n- d\ne %%w()",
    "divs": "::: a\n%%w()\n:::\n\n:::: {.b}\n\n%%w()\n\n::: c\nd %%w()\n:::\n\n::::",
    "html divs": "<div>\n%%w()\n</div>\n\n<div>\n\n%%w()\n\n</div>\n\n<b>%%w()</b> <span>%%w()</span>",
    "line block": "| a %%w()\n|   %%w() b\n| %%w()\n| c\n  %%w()",
    "pipe table": "| a | %%w() |\n|---|:-:|\n| %%w(abc) | *%%w()* |\n\n: c %%w()",
    "pipe table of wide cells": f"| a | b |\n|---|---|\n| {'a ' * 40} | %%w({'b' * 30}) |",
    "simple table": "  a       b\n------  ------\n%%w(1)  c\nd       %%w(1)\n\n: e %%w()",
    "headerless table": "------  ------\n%%w(1)  c\nd       %%w(1)\n------  ------",
    "multiline table": (
        "-------------------\n a        b\n ------   ---------\n %%w(1)   c %%w()\n          d\n\n e        %%w(abc)\n"
        "-------------------\n\n: f"
    ),
    "grid table": (
        "+--------+---------+\n| a      | %%w(12) |\n+========+=========+\n| %%w()  | - b     |\n|        | - %%w() |\n"
        "+--------+---------+\n| c      | d %%w() |\n|        |         |\n|        | e       |\n+--------+---------+"
    ),
    "raw TeX beside": "\\textbf{a} %%w() \\emph{b}%%w() \\LaTeX{} %%w()\n\n\\vspace{1cm} %%w()",
    "code and math beside": "`a`%%w()`b` $c$ %%w() $d$ $5 %%w() $6",
    "hard breaks": "a %%w()\\\n%%w() b  \nc %%w()",
    "between rules": "***\n\n%%w()\n\n---\n\na %%w()",
    "citations": "@a [p. %%w()] [see @b, %%w()] %%w() @c",
    "comment beside": "<!-- a --> %%w() <!-- b -->\n\n%%w() <!-- c -->",
    "wide characters": "漢字 %%w() é\n\n| 漢 | %%w() |\n|----|---|\n| é | a |\n\n漢字  b\n----  -----\na     %%w()",
    "title": "% a %%w()\n% b\n\nc",
    "end without a new line": "a\n\n- b %%w()",
}

DEFINITIONS = {  # `…` is a definition on lines of its own
    "between paragraphs": "a\n\n…\n\nb",
    "in a paragraph": "a\n…\nb",
    "under a paragraph": "a\n…\n\nb",
    "above a paragraph": "…\na\n\n…\nb",
    "between tight items": "- a\n…\n- b\n- c",
    "between loose items": "- a\n\n…\n\n- b",
    "in an item": "- a\n\n  …\n\n  b\n- c",
    "in a quote": "> a\n>\n> …\n>\n> b",
    "above a heading": "…\n# a\n\n…\nb\n---\n\nc",
    "above a list": "a\n\n…\n- b\n- c\n\n  d",
    "above a table": "…\n| a | b |\n|---|---|\n| c | d |\n\n…\n\n: e",
    "above code": "a\n\n…\n\n    b\n\n…\n```\nc\n```",
    "in a div": "::: a\n…\nb\n:::",
    "in a definition list": "a\n:   b\n\n    …\n\n    c\n\nd\n:   e",
    "above the title": "…\n\n% a\n% b\n\nc",
    "below the title": "% a\n% b\n\n…\n\nc",
    "around YAML": "…\n---\ntitle: a\n---\n…\n\nb",
    "in a line block": "| a\n\n…\n\n| b",
    "at the end": "- a\n\n…",
}


def _lifted(folder: Path, text: str) -> Any:
    """Return the blocks and the metadata of a text that was lifted and expanded."""
    document = _document(folder, "calls.md", text)
    done = document.run("percent-macros", "lift", "-f", READER, "calls.md")
    return _read(document.pandoc("-F", "percent-macros", "-t", "json", text=done.native.encode()))


def _plain(folder: Path, text: str) -> Any:
    """Return the same of a text without macros, read by pandoc alone."""
    return _read(_document(folder, "words.md", text).pandoc("-t", "json", "words.md"))


def _document(folder: Path, name: str, text: str) -> Document:
    (folder / name).write_text(text, "utf-8")
    return Document(folder / name, READER)


def _read(outcome: Outcome) -> Any:
    assert (outcome.status, outcome.said) == (0, "")
    return _joined(json.loads(outcome.native))


def _joined(value: Any) -> Any:
    """Return elements with strings that stand side by side made one, as pandoc's readers have them."""
    if isinstance(value, dict):
        return {key: _joined(each) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    joined: list[Any] = []
    for each in map(_joined, value):
        if joined and _is_string(joined[-1]) and _is_string(each):
            joined[-1] = {"t": "Str", "c": joined[-1]["c"] + each["c"]}
        else:
            joined.append(each)
    return joined


def _is_string(value: Any) -> bool:
    return isinstance(value, dict) and value.get("t") == "Str"


@pytest.mark.pandoc
@pytest.mark.parametrize("name", TEXTS)
def test_a_call_is_a_word_to_the_text_around_it(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    words = _CALL.sub(lambda call: "w" * len(call[0]), text)
    assert words != text
    assert _lifted(tmp_path, f"{text}\n\n{WORD}") == _plain(tmp_path, f"{words}\n\n")


@pytest.mark.pandoc
@pytest.mark.parametrize(
    "definition",
    [
        "%%define f() return 1 =end",
        "%%template f()\n\\a\n\n- b\n=end",
        "%%markdown f()\n# a\n\n- b\n=end",
        "%%define f()\n# c\n\n    return 1\n=end",
    ],
    ids=["one line", "template", "markdown", "blank line"],
)
@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_leaves_nothing(name: str, definition: str, tmp_path: Path) -> None:
    text = DEFINITIONS[name]
    names = iter("fghij")
    defined = _PLACE.sub(lambda line: _defined(line[1], definition.replace("f()", f"{next(names)}()")), text)
    without = _PLACE.sub("", text).lstrip("\n")
    assert _lifted(tmp_path, defined) == _plain(tmp_path, without)


def _defined(margin: str, definition: str) -> str:
    """Return a definition whose lines have the margin of a container."""
    return "".join(f"{margin}{line}\n" for line in definition.split("\n"))


@pytest.mark.parametrize(
    "reader", ["markdown", "gfm", "markdown_strict", "markdown_mmd", "markdown-backtick_code_blocks"]
)
@pytest.mark.parametrize(
    "text",
    ["<!-- open", "<!--\n\nopen", "<pre>\nopen", "<?php open", "```\nopen", "> ```\n> open", "```\nopen\n\n%%f(b)"],
)
def test_what_is_left_open_is_not_closed_by_a_marker(run: Run, tmp_path: Path, reader: str, text: str) -> None:
    """Markers stand after the text, with the text of calls in them."""
    calls = "Words %%f(-->) and %%f('</pre>') and %%f(?>).\n\n%%f(alone)\n\n"
    (tmp_path / "a.md").write_text(f"%%define f($x) text($x) =end\n\n{calls}{text}\n")
    plain = run("pandoc", "-f", reader, "-F", "percent-macros", "a.md", "-t", "native")
    lifted = run("percent-macros", "lift", "-f", reader, "a.md").out
    done = run("pandoc", "-f", reader, "-F", "percent-macros", "-t", "native", text=lifted)
    assert (done.status, done.out) == (0, plain.out)
