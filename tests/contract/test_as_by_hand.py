"""A document with calls is what pandoc makes of the one that an author would have written without them."""

from __future__ import annotations

import pytest

from ..conftest import Run

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
MACRO = '%%define k($n) "QZ$n" =end\n'
GFM = "gfm"

# Dialect, text, and the same by hand; ``DEF`` is where the macro is defined, at the start if it is not there.
PAIRS = {
    "quotes-without-spaces": ("markdown", ">%%k(1)\n>- one\n", ">QZ1\n>\n>- one\n"),
    "quote-in-quote": ("markdown", ">>%%k(1)\n>># Title\n", ">>QZ1\n>>\n>># Title\n"),
    "quote-below": ("markdown", "%%k(1)\n> quoted\n", "QZ1\n\n> quoted\n"),
    "text-too-deep-for-a-list": ("markdown", " %%k(1)\n    - an\n", "QZ1\n\n\\- an\n"),
    "text-too-deep-at-a-tab-stop": ("markdown --tab-stop=2", "%%k(1)\n  - an\n", "QZ1\n\n\\- an\n"),
    "list-in-an-item": ("markdown", "- %%k(1)\n    - an\n", "- QZ1\n    - an\n"),
    "no-rule": ("markdown", "%%k(1)\n---}\n", "QZ1\n\n---}\n"),
    "definition-below-an-empty-line": (
        "markdown",
        "%%k(1)\nterm\n\n:   what it is\n",
        "QZ1\n\nterm\n\n:   what it is\n",
    ),
    "address-with-spaces": ("markdown", "[a]\n\n[a]: %%k( 1 )\n", "[a]\n\n[a]: QZ1\n"),
    "link-with-spaces": ("markdown", "[a](%%k( 1 )) b\n", "[a](QZ1) b\n"),
    "heading-over-lines": ("markdown", "> a\n\n> %%k(\n> 1)\n===\n", "> a\n\n> QZ1\n===\n"),
    "argument-in-a-quote-of-an-item": ("markdown", "2) >%%k(\n  > 1)\n", "2) >QZ1\n"),
    "argument-in-a-quote-that-interrupts": ("markdown_strict", ";\n>%%k(\n>1) a\n", ";\n>QZ1 a\n"),
    "argument-in-a-quote-of-a-line-block": ("markdown", "| a\n>%%k(\n>1) b\n", "| a\n>QZ1 b\n"),
    "argument-in-a-lazy-quote": ("markdown", ">\n%%k(\n> 1) a\n", ">\nQZ1 a\n"),
    "argument-in-a-quote-of-an-item-that-interrupts": ("markdown_mmd", "* a\n>%%k(\n>  1) b\n", "* a\n>QZ1 b\n"),
    "heading-of-a-call": ("markdown", "a\n\n%%k(1)\n===\n-- --\n", "a\n\nQZ1\n===\n-- --\n"),
    "break-at-the-end": ("markdown", "%%k(1)\nb\\\n", "QZ1\n\nb\\\n"),
    "no-comment": ("markdown", "    <!--\n>%%k(\n> 1) a\n", "    <!--\n>QZ1 a\n"),
    "identifier-gfm": (GFM, "# . %%k(1)\n", "# . QZ1\n"),
    "identifier-gfm-brace": (GFM, "## %%k(1) }\n", "## QZ1 }\n"),
    "identifier-emoji": (GFM, "### 👩‍💻%%k(1)\n", "### 👩‍💻QZ1\n"),
    "identifier-emoji-after": (GFM, "### %%k(1)🙂 %%k(2)\n", "### QZ1🙂 QZ2\n"),
    "identifier-ascii": ("markdown+ascii_identifiers", "# %%k(é)\n\n# %%k(é)\n", "# QZé\n\n# QZé\n"),
    "identifier-gfm-ascii": ("gfm+ascii_identifiers", "# %%k(1)\n", "# QZ1\n"),
    "identifier-strict-ascii": ("markdown_strict+ascii_identifiers", "# %%k(1)\n", "# QZ1\n"),
    "identifier-reference": ("markdown", "## [%%k(1)][ref]\n[ref]:\n", "## [QZ1][ref]\n[ref]:\n"),
    "identifier-in-a-note": ("markdown", "a[^1].\n\n[^1]:>##### %%k(1)\n", "a[^1].\n\n[^1]:>##### QZ1\n"),
    "identifier-mmd": ("markdown_mmd", "# a %%k(1)[%%k( 2 )]\n", "# a QZ1[QZ2]\n"),
    "identifier-none": ("markdown_strict", "# %%k(1)\n\n#\n", "# QZ1\n\n#\n"),
    "identifier-of-code": ("markdown", "# `%%k(1)` %%k(2)\n", "# `%%k(1)` QZ2\n"),
    "tasks-before-definitions": (GFM, "-[ ] %%k(1)\n\nDEF", "-[ ] QZ1\n"),
    "fences-of-both-signs": (
        "markdown",
        "DEF\n%%k(1)\n\n```\ncode\n~~~\n\nand\n   ```\n",
        "QZ1\n\n```\ncode\n~~~\n\nand\n   ```\n",
    ),
    "rule-that-is-no-header": ("commonmark_x", "---\na: b\n...\nc %%k(1)\n\nDEF", "---\na: b\n...\nc QZ1\n"),
}


@pytest.mark.parametrize("way", ["plain", "lift"])
@pytest.mark.parametrize("name", PAIRS)
def test_as_by_hand(run: Run, filtered: Run, name: str, way: str) -> None:
    dialect, text, by_hand = PAIRS[name]
    options = ["-f", *dialect.split()]
    text = text.replace("DEF", MACRO) if "DEF" in text else f"{MACRO}\n{text}"
    expected = run("pandoc", *options, "-t", "native", text=by_hand)
    if way == "plain":
        given = filtered(text, *options, target="native")
    else:
        lifted = run("percent-macros", "lift", *options, text=text)
        given = run("pandoc", *options, "-F", "percent-macros", "-t", "native", text=lifted.out)
    assert (given.status, given.err, given.out) == (0, "", expected.out)


@pytest.mark.parametrize("dialect", ["markdown", "gfm"])
def test_a_heading_without_anything_for_an_identifier(run: Run, filtered: Run, dialect: str) -> None:
    expected = run("pandoc", "-f", dialect, "-t", "native", text="# !\n\n# !\n")
    given = filtered('%%define e() "!" =end\n\n# %%e()\n\n# %%e()\n', "-f", dialect, target="native")
    assert given.out == expected.out
