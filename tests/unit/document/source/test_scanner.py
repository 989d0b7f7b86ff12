"""Which parts of a text are directives, and how they stand in it."""

import pytest

from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.directives import BEGIN, CALL, DEFINE, END, FAULT, USE, Directive
from pandoc_percent_macros.document.source.manuscript import Input, Manuscript
from pandoc_percent_macros.document.source.scanner import scan


def directives(text: str, dialect: str = "markdown") -> list[Directive]:
    syntax = parse_format(dialect)
    assert syntax
    return scan(Manuscript([Input("a.md", text)]), syntax)


def texts(text: str, dialect: str = "markdown") -> list[str]:
    return [each.source.text for each in directives(text, dialect)]


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
        "$x %%f(a) y$",
        "$$\n%%f(a)\n$$",
        "<!-- %%f(a) -->",
        "<!--\n\n%%f(a)\n\n-->",
        "---\ntitle: x\nsubtitle: %%f(a)\n---",
        "text\n\n---\nx: |\n  %%f(a)\n...",
        "`%%f(a)`{=latex}",
        "```{=latex}\n%%f(a)\n```",
        "[link](%%f(a))",
        '[link](url "%%f(a)")',
        "[label]: %%f(a)",
        "<https://example.org/%%f(a)>",
        '<a title="%%f(a)">x</a>',
        "<pre>\n%%f(a)\n</pre>",
        "<script>\n%%f(a)\n</script>",
        r"\%%f(a)",
        "a%%f(a)",
        "é%%f(a)",
        "9%%f(a)",
        "%%%f(a)",
        "100%% of (a)",
        "%% f(a)",
        "%%9(a)",
        "\\begin{verbatim}\n%%f(a)\n\\end{verbatim}",
        "\\begin{center} x %%f(a)\n\\end{center}",
        r"\verb|%%f(a)|",
    ],
)
def test_what_pandoc_takes_as_it_stands_holds_no_directive(text: str) -> None:
    assert texts(text + "\n") == []


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
        ("[^1]: note\n\n    %%f(a)", "%%f(a)"),
        ("term\n:   %%f(a)", "%%f(a)"),
        ("> %%f(a)", "%%f(a)"),
        ("* %%f(a)", "%%f(a)"),
        ("| %%f(a) | b |", "%%f(a)"),
        ("# %%f(a)", "%%f(a)"),
        ("[^1]: %%f(a)", "%%f(a)"),
        ("---\n\n%%f(a)\n\n---", "%%f(a)"),
        (r"\\%%f(a)".replace("\\\\", "\\\\ "), "%%f(a)"),
        (r"\textbf{a %%f(b) c}", "%%f(b)"),
        ("%%légende(a)", "%%légende(a)"),
        ("%%f(g(x), (y))", "%%f(g(x), (y))"),
        (r"%%f(\(, \textbf{a)})".replace(r"\textbf{a)}", "b"), r"%%f(\(, b)"),
        ('%%f("a)b", c)', '%%f("a)b", c)'),
        ("%%f(d'abord, l'autre)", "%%f(d'abord, l'autre)"),
        ("%%f(a,\n  b)", "%%f(a,\n  b)"),
    ],
)
def test_calls_are_found_in_text(text: str, call: str) -> None:
    assert texts(text + "\n") == [call]


@pytest.mark.parametrize(
    ("text", "standalone", "isolated"),
    [
        ("%%f(a)", True, True),
        ("before\n\n%%f(a)\n\nafter", True, True),
        ("before\n%%f(a)\nafter", True, False),
        ("* %%f(a)", True, False),
        ("* item\n\n    %%f(a)", True, False),
        ("> %%f(a)", True, False),
        ("x %%f(a)", False, False),
        ("%%f(a) x", False, False),
        ("# %%f(a)", False, False),
        ("| a | %%f(a) |", False, False),
        ("%%f(a)\n\n:   definition", True, False),
    ],
)
def test_how_a_call_stands(text: str, standalone: bool, isolated: bool) -> None:
    (call,) = directives(text + "\n")
    assert (call.standalone, call.isolated) == (standalone, isolated)


def test_a_call_on_a_line_of_raw_tex() -> None:
    text = "\\begin{center}\n%%f(a)\n%% no (call)\n%%g(b) x\n\\end{center}\n\n\\parbox{5cm}{\n%%h(c)\n}\n"
    assert [(each.source.text, each.raw_tex) for each in directives(text)] == [
        ("%%f(a)", True),
        ("%%h(c)", True),
    ]


@pytest.mark.parametrize(
    ("text", "definition", "rest"),
    [
        ("%%define f()\nreturn 1;\n=end\n", "%%define f()\nreturn 1;\n=end", ""),
        ("%%define f() 1 =end after\n", "%%define f() 1 =end", "after\n"),
        ("a\n\n%%define f()\n1\n=end\n\nb\n", "%%define f()\n1\n=end", "a\n\n\nb\n"),
        ("%%define f()\n1\n=end\n\n% Title\n", "%%define f()\n1\n=end", "% Title\n"),
        ("a\n%%define f() 1 =end\nb\n", "%%define f() 1 =end", "a\nb\n"),
        ("* a\n%%define f() 1 =end\n* b\n", "%%define f() 1 =end", "* a\n* b\n"),
        ('%%define f()\n"=end\n" # =end\n=end\n', '%%define f()\n"=end\n" # =end\n=end', ""),
        ("%%template f($x)\n$x =end\n=end\n", "%%template f($x)\n$x =end\n=end", ""),
        ("> %%define f()\n> 1\n> =end\n> b\n", "%%define f()\n1\n=end", "> b\n"),
        ("1. a\n\n   %%template f()\n   x\n     y\n   =end\n", "%%template f()\nx\n  y\n=end", "1. a\n\n"),
    ],
)
def test_a_definition_is_taken_out_with_its_lines(text: str, definition: str, rest: str) -> None:
    (found,) = directives(text)
    assert (found.kind, found.source.text) == (DEFINE, definition)
    assert text[: found.start] + text[found.end :] == rest


def test_the_kinds_of_directives() -> None:
    text = "%%use lib\n\n%%begin only(beamer)\nx\n%%end only\n\n%%begin box\n%%f()\n%%end box\n"
    found = [(each.kind, each.source.text) for each in directives(text)]
    assert found == [
        (USE, "%%use lib"),
        (BEGIN, "%%begin only(beamer)"),
        (END, "%%end only"),
        (BEGIN, "%%begin box"),
        (CALL, "%%f()"),
        (END, "%%end box"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a %%f(b\n\nc\n", "PM103", "a.md:1:6"),
        ("%%define f()\nreturn 1;\n", "PM101", "a.md:1:1"),
        ('%%define f()\nreturn "x;\n=end\n', "PM102", "a.md:2:8"),
        ("%%begin f(a) text\n", "PM106", "a.md:1:13"),
    ],
)
def test_what_is_never_closed_is_a_fault(text: str, code: str, place: str) -> None:
    fault = next(each.fault for each in directives(text) if each.kind == FAULT)
    assert fault is not None
    assert (fault.code, str(fault.span)) == (code, place)


def test_the_text_behind_a_fault_is_still_read() -> None:
    text = "%%f(\n\n%%define g()\n1\n\n%%define h() 1 =end\n\n%%k(b)\n"
    kinds = [(each.kind, each.source.line) for each in directives(text)]
    assert kinds == [(FAULT, 1), (FAULT, 3), (DEFINE, 6), (CALL, 8)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a\nb %%f(x)\n", 2, 3),
        ("a\r\nb %%f(x)\r\n", 2, 3),
        ("日本 %%f(x)\n", 1, 4),
        ("\té\u0301 %%f(x)\n", 1, 5),
        ("a\u2028b %%f(x)\n", 1, 5),
    ],
)
def test_places_are_the_author_s(text: str, line: int, column: int) -> None:
    (call,) = directives("x\n" + text if text.startswith("\t") else text)
    line += text.startswith("\t")
    assert call.source.position(0) == (line, column)


def test_a_call_over_the_lines_of_a_block_quote() -> None:
    (call,) = directives("> a %%f(x,\n>   y)\n")
    assert call.source.text == "%%f(x,\n  y)"
    assert call.source.position(call.source.text.index("y")) == (2, 5)
    assert call.source.line_at(0) == "> a %%f(x,"
    assert call.source.line_at(call.source.text.index("y")) == ">   y)"


def test_dialects_differ() -> None:
    assert texts("$%%f(a)$\n", "markdown-tex_math_dollars") == ["%%f(a)"]
    assert texts("```\n%%f(a)\n\nnever closed\n", "gfm") == []
    assert texts("\\begin{center}\nx %%f(a)\n\\end{center}\n", "commonmark") == ["%%f(a)"]


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
def test_what_is_text_in_a_dialect(text: str, dialect: str, calls: str) -> None:
    assert "".join(call[2] for call in texts(text + "\n", dialect)) == calls
