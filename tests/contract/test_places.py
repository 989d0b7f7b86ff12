"""Where pandoc's reader puts a call, in all dialects: pandoc alone is the judge of the tables, too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pandoc_percent_macros.document.elements import ADDRESS, ATTRIBUTE, MATH, RAW, TEXT
from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.manuscript import Input, Manuscript
from pandoc_percent_macros.document.transport import settling

from ..conftest import Run

pytestmark = pytest.mark.pandoc


def placed(run: Run, text: str, dialect: str = "markdown", kind: str = TEXT) -> list[str]:
    """Return the calls of a text that stand where pandoc has a kind of string."""
    syntax = parse_format(dialect)
    assert syntax

    def read(texts: list[str]) -> Any:
        return json.loads(run("pandoc", "-f", dialect, "-t", "json", text=texts[0]).out)

    lifted = settling.settled(settling.lift([Manuscript([Input("a.md", text)])], syntax), syntax, read)
    places = settling.places(read([lifted[0].text]))
    return [each.source.text for key, each in lifted[0].directives.items() if places.get(key) == kind]


@pytest.mark.parametrize(
    "text",
    [
        "`%%f(a)`",
        "`` ` %%f(a) ``",
        "```\n%%f(a)\n```",
        "~~~ {.python}\n%%f(a)\n~~~",
        "> ```\n> %%f(a)\n> ```",
        "* item\n\n  ```\n  %%f(a)\n  ```",
        "    %%f(a)",
        "text\n\n\t%%f(a)",
        "* item\n\n        %%f(a)",
        "1.  item\n\n        %%f(a)",
        ">     %%f(a)",
        "<!-- %%f(a) -->",
        "<!--\n\n%%f(a)\n\n-->",
        "`%%f(a)`{=latex}",
        "```{=latex}\n%%f(a)\n```",
        '<a title="%%f(a)">x</a>',
        "<pre>\n%%f(a)\n</pre>",
        "<script>\n%%f(a)\n</script>",
        "a%%f(a)",
        "é%%f(a)",
        "9%%f(a)",
        "\\begin{verbatim}\n%%f(a)\n\\end{verbatim}",
        r"\verb|%%f(a)|",
    ],
)
def test_what_pandoc_takes_as_it_stands(run: Run, text: str) -> None:
    for kind in (TEXT, MATH, ADDRESS, ATTRIBUTE):
        assert placed(run, text + "\n", kind=kind) == []


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("%%f()", "%%f()"),
        ("x %%f(a) y", "%%f(a)"),
        ("(%%f(a))", "%%f(a)"),
        ("*%%f(a)*", "%%f(a)"),
        ("“%%f(a)”", "%%f(a)"),
        ("[%%f(a)](url)", "%%f(a)"),
        ("a `code` %%f(a)", "%%f(a)"),
        ("a ` b %%f(a)", "%%f(a)"),
        ("costs $5 and %%f(a)", "%%f(a)"),
        ("``` not a fence\n\n%%f(a)", "%%f(a)"),
        ("```\nnever closed\n\n%%f(a)", "%%f(a)"),
        ("<!-- never closed %%f(a)", "%%f(a)"),
        ("a < b %%f(a)", "%%f(a)"),
        ("paragraph\n    %%f(a)", "%%f(a)"),
        ("* item\n\n    %%f(a)", "%%f(a)"),
        ("* item\n    * inner\n\n        %%f(a)", "%%f(a)"),
        ("x[^1]\n\n[^1]: note\n\n    %%f(a)", "%%f(a)"),
        ("term\n:   %%f(a)", "%%f(a)"),
        ("> %%f(a)", "%%f(a)"),
        ("* %%f(a)", "%%f(a)"),
        ("| %%f(a) | b |", "%%f(a)"),
        ("# %%f(a)", "%%f(a)"),
        ("x[^1]\n\n[^1]: %%f(a)", "%%f(a)"),
        ("---\n\n%%f(a)\n\n---", "%%f(a)"),
        (r"\\%%f(a)".replace("\\\\", "\\\\ "), "%%f(a)"),
        ("%%légende(a)", "%%légende(a)"),
        ("%%f(g(x), (y))", "%%f(g(x), (y))"),
        (r"%%f(\{, \textbf{a)})", r"%%f(\{, \textbf{a)})"),
        (r"%%f(\([0, 1)\), %%g(b)) c", r"%%f(\([0, 1)\), %%g(b))"),
        ('%%f("a)b", c)', '%%f("a)b", c)'),
        ("%%f(d'abord, l'autre)", "%%f(d'abord, l'autre)"),
        ("%%f(a,\n  b)", "%%f(a,\n  b)"),
    ],
)
def test_calls_in_text(run: Run, text: str, call: str) -> None:
    assert placed(run, text + "\n") == [call]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$x %%f(a) y$", MATH),
        ("$x%%f(a)$", MATH),
        ("$$\n%%f(a)\n$$", MATH),
        ("[link](%%f(a))", ADDRESS),
        ("[link](a%%f(a)b)", ADDRESS),
        ('[link](url "%%f(a)")', ADDRESS),
        ("[label]\n\n[label]: %%f(a)", ADDRESS),
        ("<https://example.org/%%f(a)>", ADDRESS),
        ('[x]{k="%%f(a)"}', ATTRIBUTE),
        ("```{k=%%f(a)}\nx\n```", ATTRIBUTE),
        ("---\ntitle: x\nsubtitle: %%f(a)\n---", TEXT),
        ("text\n\n---\nx: |\n  %%f(a)\n...", TEXT),
        ("\\begin{center} x %%f(a)\n\\end{center}", RAW),
        (r"\textbf{a %%f(a) c}", RAW),
    ],
)
def test_calls_in_other_places(run: Run, text: str, kind: str) -> None:
    assert placed(run, text + "\n", kind=kind) == ["%%f(a)"]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("a `b %%f(` c) d %%g(1)", ["%%g(1)"]),
        ("a %%f(` b) c ` d %%g(1)", ["%%f(` b)", "%%g(1)"]),
        ("a `%%f(` b `)` c %%g(1)", ["%%g(1)"]),
        ("$a %%f($ b) c %%g(1)", ["%%g(1)"]),
        ("$$a %%f($$ b) c %%g(1)", ["%%g(1)"]),
        ("$a %%f($b$) c$ %%g(1)", ["%%g(1)"]),
        (r"\textbf{a %%f(} b) c %%g(1)", ["%%g(1)"]),
        ("<!-- %%f( --> b) %%g(1)", ["%%g(1)"]),
        ("```\n%%f(\n```\nb) %%g(1)", ["%%g(1)"]),
    ],
)
def test_what_begins_first_holds(run: Run, text: str, calls: list[str]) -> None:
    """Of a call and a stretch of code that compete for a character, as of any two of pandoc's inlines."""
    assert placed(run, text + "\n") == calls


def test_dialects_differ(run: Run) -> None:
    assert placed(run, "$%%f(a)$\n", "markdown-tex_math_dollars") == ["%%f(a)"]
    assert placed(run, "```\n%%f(a)\n\nnever closed\n", "gfm") == []
    assert placed(run, "\\begin{center}\nx %%f(a)\n\\end{center}\n", "commonmark") == ["%%f(a)"]


MARKDOWN = "markdown markdown_mmd markdown_phpextra markdown_strict markdown_github".split()
COMMONMARK = "commonmark commonmark_x gfm gfm-raw_html commonmark-raw_html".split()
NO_HTML = ["markdown-raw_html", "markdown_strict-raw_html"]
# A text, and which of its calls pandoc reads as text: by dialects of its Markdown reader, and of its CommonMark reader.
HTML = [
    ("<!-- %%f() --> %%g()", "g", ""),
    ("x <!-- %%f() --> %%g()", "g", "g"),
    ("<!--\n\n%%f()\n\n-->\n%%g()", "g", "g"),
    ("x <!--\n\n%%f()\n\n--> %%g()", "g", "fg"),
    ("> x <!--\n> %%f()\n> --> %%g()", "g", "g"),
    ("x <!--> %%f() --> %%g()", "fg", "fg"),
    ("x <!---> %%f() --> %%g()", "fg", "fg"),
    ("<!-- a\n\n%%f()", "f", ""),
    ("<?php %%f() ?> %%g()", "g", ""),
    ("- <?php %%f() ?> %%g()", "g", ""),
    ("x <?php %%f() ?> %%g()", "g", "g"),
    ("# <?php %%f() ?> %%g()", "g", "g"),
    ("x\n<?php\n%%f()\n\n%%g()\n?>\n%%h()", "h", "h"),
    ("<?php\n\n%%f()\n\n?>\n\n%%g()", "g", "g"),
    ("x <?php\n\n%%f()\n\n?> %%g()", "g", "fg"),
    ("<?php if ($a > 1) { %%f() } ?> %%g()", "fg", ""),
    ("x <?php $a->b %%f() ?> %%g()", "fg", "g"),
    ("<?php\n\n%%f() > %%g()\n\n?>\n\n%%h()", "gh", "h"),
    ("<?php %%f()\n\n%%g()\n\n>", "", ""),
    ("<?php %%f()\n\n%%g()", "fg", ""),
    ("<? %%f() ?> %%g()", "fg", ""),
    ("x <?= %%f() ?> %%g()", "fg", "g"),
    ("<!DOCTYPE %%f()> %%g()", "fg", ""),
    ("x <!DOCTYPE %%f()> %%g()", "fg", "g"),
    ("x <!doctype %%f()> %%g()", "fg", "g"),
    ("<!DOCTYPE\n\n%%f()\n\n>\n\n%%g()", "fg", "g"),
    ("x <!DOCTYPE\n\n%%f()\n\n> %%g()", "fg", "fg"),
    ("<! %%f()> %%g()", "fg", "fg"),
    ("<![CDATA[ %%f() > %%g() ]]> %%h()", "fgh", ""),
    ("x <![CDATA[ %%f() > %%g() ]]> %%h()", "fgh", "h"),
    ("<![CDATA[\n\n%%f()\n\n]]>\n\n%%g()", "fg", "g"),
    ("x <![CDATA[\n\n%%f()\n\n]]> %%g()", "fg", "fg"),
    ("x <![cdata[ %%f() ]]> %%g()", "fg", "fg"),
    ("<pre>\n\n%%f()\n\n</pre>\n%%g()", "g", "g"),
    ("<pre>\n\n%%f()", "f", ""),
    ("<script-x>%%f()</script>", "f", "f"),
    ('x <a title="%%f()">%%g()</a>', "g", "g"),
    ('x <a title="\n\n%%f()">%%g()</a>', "g", "fg"),
]
# An element of verbatim text: by dialects with Markdown inside of HTML, without it, and of CommonMark.
ELEMENTS = [
    ("x <pre>%%f()</pre> %%g()", "g", "fg", "fg"),
    ("x <script>\n\n%%f()\n\n</script> %%g()", "g", "fg", "fg"),
    ("x\n<textarea>\n%%f()\n</textarea>\n%%g()", "g", "fg", "g"),
    ("x\n\n<pre>\n\n%%f()\n\n</pre>\n%%g()", "g", "g", "g"),
    ("<style>\n\n%%f()\n\n</style>\n%%g()", "g", "g", "g"),
]
INDENTED = [  # indented code, and text
    "    <!-- a\n\n%%f() -->",
    "    ```\n\n%%f()\n\n    ```",
    "    ~~~\n\n%%f()\n\n    ~~~",
    "    <pre>\n\n%%f()\n\n    </pre>",
    "- a\n\n        ```\n\n%%f()\n\n        ```",
]
LEFT = [  # a container ends before what would close something in it
    "> <!-- a\n> b\n\n%%f() -->",
    "- a\n\n  <!-- b\n\n%%f()\n\n  -->",
    "- <pre>\n\n%%f()\n\n</pre>",
    "> ```\n> a\n\n%%f()\n\n> ```\n> b\n> ```",
    "- ~~~\n  a\n\n%%f()\n\n- ~~~\n  b\n  ~~~",
]
ITEMS = [  # indented code in a list item, and text in another
    "-     %%f()\n- %%g()",
    "- %%g()\n-     %%f()\n",
    "12.      %%f()\n\n    %%g()",
    "- - -     %%f()\n    - %%g()",
    "> *     %%f()\n> *    %%g()",
]
AS_PANDOC = (
    [(text, dialect, calls) for text, calls, _ in HTML for dialect in MARKDOWN]
    + [(text, dialect, calls) for text, _, calls in HTML for dialect in COMMONMARK]
    + [(text, dialect, calls) for text, calls, _, _ in ELEMENTS for dialect in MARKDOWN[:3]]
    + [(text, dialect, calls) for text, _, calls, _ in ELEMENTS for dialect in MARKDOWN[3:]]
    + [(text, dialect, calls) for text, _, _, calls in ELEMENTS for dialect in COMMONMARK]
    + [("<!-- %%f() --> <?php %%g() ?> <!A %%h()>", dialect, "fgh") for dialect in NO_HTML]
    + [(text, dialect, "g") for text in ITEMS for dialect in ("markdown", "markdown_strict", "gfm", "commonmark_x")]
    + [(text, dialect, "f") for text in INDENTED + LEFT for dialect in ("markdown", "gfm", "commonmark_x")]
)


@pytest.mark.parametrize(("text", "dialect", "calls"), AS_PANDOC)
def test_what_is_text_in_a_dialect(run: Run, text: str, dialect: str, calls: str) -> None:
    assert "".join(call[2] for call in placed(run, text + "\n", dialect)) == calls


@pytest.mark.parametrize("dialect", sorted({dialect for _, dialect, _ in AS_PANDOC}))
def test_it_is_text_for_pandoc(run: Run, dialect: str) -> None:
    """Without this the table above would only say what we think."""
    for text, of, calls in AS_PANDOC:
        if of == dialect:
            document = json.loads(run("pandoc", "-f", dialect, "-t", "json", text=text + "\n").out)
            assert "".join(re.findall(r"%%(\w)\(", " ".join(_words(document["blocks"])))) == calls, text


def _words(value: Any) -> list[str]:
    """Return the words of pandoc's text, in their order."""
    if isinstance(value, dict):
        return [value["c"]] if value.get("t") == "Str" else _words(value.get("c", []))
    return [word for each in value for word in _words(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("text", ["[a](%%f())", '[a](b "%%f()")', "[a]{k=%%f()}"])
def test_a_result_that_does_not_fit_its_place(run: Run, tmp_path: Path, text: str) -> None:
    """TeX in the place of a string."""
    (tmp_path / "a.md").write_text("%%define f() '\\\\x{y}' =end\n\n" + text + "\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "a.md")
    assert done.status != 0
    assert re.search(r"error\[PM705\]", done.err)


def test_as_many_headings_as_calls_in_one_paragraph(run: Run, tmp_path: Path) -> None:
    """What pandoc alone makes of it with empty lines around each word."""
    lines = [f"%%v({n})\n# H{n}\n" for n in range(120)]
    (tmp_path / "a.md").write_text("%%define v($n) text($n) =end\n\n" + "".join(lines), "utf-8")
    expected = run("pandoc", "-t", "native", text="\n".join(f"{n}\n\n# H{n}\n" for n in range(120)))
    assert run("pandoc", "-F", "percent-macros", "-t", "native", "a.md") == expected


def in_code(count: int) -> str:
    return "\n".join(f"`a\n%%define g{n}() 1 =end\nb`\n" for n in range(count))


def test_many_definitions_in_code(run: Run, tmp_path: Path) -> None:
    """Each is found to be code only when pandoc has read the text without those above it."""
    (tmp_path / "a.md").write_text(in_code(60) + "\n%%define v($n) text($n) =end\n\n%%v(1)\n", "utf-8")
    expected = run("pandoc", "-t", "native", text=in_code(60) + "\n1\n")
    assert run("pandoc", "-F", "percent-macros", "-t", "native", "a.md") == expected


@pytest.mark.parametrize("way", ["filter", "lift", "check"])
def test_what_pandoc_would_have_to_read_too_often(run: Run, tmp_path: Path, way: str) -> None:
    """It is refused, and no definition is taken out of code without a word."""
    (tmp_path / "a.md").write_text(in_code(101) + "\n%%define v($n) text($n) =end\n\n%%v(1)\n", "utf-8")
    command = ["pandoc", "-F", "percent-macros"] if way == "filter" else ["percent-macros", way]
    done = run(*command, "a.md")
    assert done.status != 0
    assert re.search(r"^a\.md:\d+:1: error\[PM612\]", done.out + done.err, re.MULTILINE)
