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
    ("text", "standalone"),
    [
        ("%%f(a)", True),
        ("before\n\n%%f(a)\n\nafter", True),
        ("before\n%%f(a)\nafter", True),
        ("* %%f(a)", True),
        ("* item\n\n    %%f(a)", True),
        ("> %%f(a)", True),
        ("x %%f(a)", False),
        ("%%f(a) x", False),
        ("# %%f(a)", False),
        ("| a | %%f(a) |", False),
        ("%%f(a)\n\n:   definition", True),
    ],
)
def test_how_a_call_stands(text: str, standalone: bool) -> None:
    (call,) = directives(text + "\n")
    assert call.standalone == standalone


@pytest.mark.parametrize("text", [r"\%%f(a)", "%%%f(a)", "100%% of (a)", "%% f(a)", "%%9(a)", r"\%%define f() 1 =end"])
def test_what_is_no_call_anywhere(text: str) -> None:
    assert texts(text + "\n") == []


DEFINITION = "%%define f() 1 =end\n"


@pytest.mark.parametrize(
    ("before", "doubtful", "literal"),
    [
        ("", False, False),
        ("a\n\n", False, False),
        ("a\n", False, False),
        ("```\na\n```\n\n", False, False),
        ("`a` b\n", False, False),
        ("<!-- a -->\n\n", False, False),
        ("```\n", True, False),
        ("```\na\n    ```\n```\n\n", True, False),
        ("a ` b\n", True, False),
        ("a $5\n", True, False),
        ("<!-- a\n\n", True, True),
        ("\\begin{a}\n", True, False),
        ("- a\n\n    ", True, False),
    ],
    ids=repr,
)
def test_where_a_definition_is_doubtful(before: str, doubtful: bool, literal: bool) -> None:
    """What may be open there may make text of it; without that pandoc need not be asked."""
    (found,) = (each for each in directives(before + DEFINITION) if each.kind == DEFINE)
    assert (found.doubtful, found.literal) == (doubtful, literal)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("a %%f(b) `c`\n", False),
        ("a ` b %%f(c)\n", False),
        ("a `b %%f(` c) d\n", True),
        ("a $b %%f($ c) d\n", True),
        ("a <b %%f(> c) d\n", True),
        ("a ` b\n\n%%f(` c)\n", False),
        ("a%%f(b)\n", True),
        ("日%%f(b)\n", False),
    ],
    ids=repr,
)
def test_where_it_is_doubtful_whether_a_call_is_one(text: str, doubtful: bool) -> None:
    assert [each.doubtful for each in directives(text) if each.kind == CALL] == [doubtful]


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
