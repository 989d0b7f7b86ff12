"""The text of a call: where it ends and what its arguments are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.base.fault import Fault, Unclosed
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.syntax.calls import calls_in, parse_call, scan_call

from ....support.macros import call


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("()", []),
        ("( )", []),
        ("(,)", ["", ""]),
        ("(a,)", ["a", ""]),
        ('("")', [""]),
        ("(98mm, 10mm, 2cm, images/ansible)", ["98mm", "10mm", "2cm", "images/ansible"]),
        ("(L'entreprise, d'abord)", ["L'entreprise", "d'abord"]),
        ("(a (b, c), [d, e], {f, g})", ["a (b, c)", "[d, e]", "{f, g}"]),
        (r"(\textbf{a, b})", [r"\textbf{a, b}"]),
        (r"(z.\,B., 50\%, \textbf{a, b})", [r"z.\,B.", r"50\%", r"\textbf{a, b}"]),
        (r"(a\, b, \(c, d\))", [r"a\, b", r"\(c, d\)"]),
        (r"(\([0, 1)\), \[a, (b\], \{c, d\}, e)", [r"\([0, 1)\)", r"\[a, (b\]", r"\{c, d\}", "e"]),
        (r"(a\)b, \left\{ c \right., d)", [r"a\)b", r"\left\{ c \right.", "d"]),
        (r"(\\[2mm], \\, b)", [r"\\[2mm]", r"\\", "b"]),
        ("({,}, {)}, {(}, x)", ["{,}", "{)}", "{(}", "x"]),
        (r"({\}}, {\(}, b)", [r"{\}}", r"{\(}", "b"]),
        (r"(a\\, b\n)", [r"a\\", r"b\n"]),
        (r"(\{, b)", [r"\{", "b"]),
        ('("a, b)", c)', ["a, b)", "c"]),
        (r"""("a\"b", 'it\'s', "it\'s", "\\")""", ['a"b', "it's", r"it\'s", r"\\"]),
        ('("a" and "b", c)', ['"a" and "b"', "c"]),
        ('("a, b)', ['"a', "b"]),
        ("(' a ', b)", [" a ", "b"]),
        ("(a\n b,\n'c'\n)", ["a\n b", "c"]),
        ("(])", ["]"]),
        ("(]0, 1[, 2)", ["]0", "1[, 2"]),
        ("([), b)", ["["]),
        ("({[}, b)", ["{[}", "b"]),
        ('("%%k(a, b)", c)', ["%%k(a, b)", "c"]),
        (r"(%%%k(a), \%%k(b), %%k)", ["%%%k(a)", r"\%%k(b)", "%%k"]),
        ("(a=b)", ["a=b"]),
    ],
)
def test_arguments_of_a_call(text: str, arguments: list[str]) -> None:
    end = scan_call(text, 0)
    assert [each.text for each in call(f"%%f{text[:end]}").arguments] == arguments


def test_an_argument_keeps_both_readings() -> None:
    one, two, three = call('%%f(width = 2cm, cap="a, b", x == y)').arguments
    assert (one.text, one.name, one.value) == ("width = 2cm", "width", "2cm")
    assert (two.text, two.name, two.value) == ('cap="a, b"', "cap", "a, b")
    assert (three.text, three.name) == ("x == y", None)


def test_calls_in_arguments() -> None:
    found = call('%%f(a %%k(b, "c)", %%l()) d, x-y=%%m(1), [%%n(,)])')
    assert [each.span.text for each in calls_in(found)] == [
        found.span.text, '%%k(b, "c)", %%l())', "%%l()", "%%m(1)", "%%n(,)",
    ]  # fmt: skip
    assert [each.span.text for each in found.arguments] == ['a %%k(b, "c)", %%l()) d', "x-y=%%m(1)", "[%%n(,)]"]
    assert [each.name for each in found.arguments] == [None, "x_y", None]
    assert [each.depth for each in calls_in(found)] == [2, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "code", "sign"),
    [
        ("(a", "PM103", "("),
        ("(a {b)", "PM103", "{"),
        (r"(a \(b)", "PM103", "\\"),
        ('(a, x="b (c)', "PM112", '"'),
        ("(a, %%k({)", "PM103", "{"),
        ("('tis (a)", "PM103", "("),
    ],
)
def test_what_is_never_closed(text: str, code: str, sign: str) -> None:
    with pytest.raises(Unclosed) as caught:
        scan_call(text, 0)
    assert (caught.value.code, text[caught.value.offset]) == (code, sign)


def test_calls_that_nest_too_deep() -> None:
    def nested(depth: int) -> str:
        return "%%f(" * depth + ")" * depth

    assert call(nested(101)).depth == 100
    with pytest.raises(Fault, match="nest deeper"):
        call(nested(102))
    with pytest.raises(Fault, match="nest deeper"):
        call(nested(100_000))


def test_places() -> None:
    found = call("%%begin note( a b ,c)")
    assert found.has_body
    assert (found.name_span.text, found.span.text) == ("note", "%%begin note( a b ,c)")
    assert [each.span.text for each in found.arguments] == ["a b", "c"]


def test_a_body_without_arguments() -> None:
    found = call("%%begin note")
    assert (found.name, found.arguments, found.has_body, found.span.text) == ("note", (), True, "%%begin note")


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("({)", 3),
        (r"(\(a)", 5),
        ("(%%k(a)", 7),
        ("(a", 2),
        ("(a\n\nb)", 2),
        ("(a\n \t\r\nb)", 2),
        ('("a\n\nb")', 3),
        ("(\\\n\n)", 2),
        ("((a)", 4),
        ("(\\)", 3),
    ],
)
def test_unclosed(text: str, stop: int) -> None:
    with pytest.raises(Unclosed) as caught:
        scan_call(text, 0)
    assert caught.value.stop == stop


@given(st.text(alphabet="()[]{},\"'\\ \n=ab%é", max_size=60))
def test_any_text_is_a_call_or_unclosed(text: str) -> None:
    try:
        end = scan_call("(" + text, 0)
    except Unclosed:
        return
    source = Source("a.md", "%%f" + ("(" + text)[:end])
    found = parse_call(source)
    assert found.span.end == len(source.text)
    assert all(0 <= each.span.start <= each.span.end <= len(source.text) for each in found.arguments)


@pytest.mark.parametrize(
    "unit",
    ["%%f(", "%%f({", "\\{,", "\\(", '%%f("a, ', "'a, ", '"a\\', "[", "}", "\\", "('", "\na", "a='x", "(", '","'],
)
def test_linear(unit: str) -> None:
    def scan(size: int) -> None:
        with pytest.raises(Unclosed):
            scan_call("(" + unit * (size // len(unit)), 0)

    scan(1_000_000)  # it would take hours if each opening looked at all the rest
