"""Corners of the language: infinities and what is no number, rare forms of syntax, and edges of functions."""

from __future__ import annotations

import pytest
from harness import fault, gives, linked, marked, places, value


@pytest.mark.parametrize(
    ("body", "text"),
    [  # each as Perl has it
        ("'Inf' + 1", "Inf"),
        ("'-inf' * 2", "-Inf"),
        ("'+Infinity' - 'nan'", "NaN"),
        ("-3 % 9**9**9", "Inf"),
        ("3 % -9**9**9", "-Inf"),
        ("-3 % -9**9**9", "-3"),
        ("0 % 9**9**9", "0"),
        ("9**9**9 % 3", "NaN"),
        ("my @l = (7, 8); $l['nan']", "7"),
        ("substr('abc', 'nan') . substr('abc', '-inf')", "abcabc"),
        ("rindex('abcabc', 'c', '-inf')", "-1"),
        ("index('abcabc', 'c', 'nan')", "2"),
        ("join '|', split(',', 'a,b,,', 'inf')", "a|b||"),
        ("join '|', split(' ', ' a b ', 18446744073709551615)", "a|b|"),
        ("join '|', split('', 'ab', 1e19)", "a|b|"),
        ("'<' . '' x 1e19 . repeat('', 2**64) . '>'", "<>"),
        ("my @l; @l x= 1e19; length(join(',', @l, (@l) x 2**63))", "0"),
    ],
)
def test_numbers_without_an_end(body: str, text: str) -> None:
    assert value(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [  # each as Perl has it
        ("sprintf('%*d|', -4, 1)", "1   |"),
        ("sprintf('%0*d|', -4, 1)", "1   |"),
        ("sprintf('%.*f', -1, 1.5)", "1.500000"),
        ("sprintf('%hd %hhu', 'Inf', 'nan')", "Inf NaN"),
        ("sprintf('%hd %hhd %hhu', 65535, 128, 257)", "-1 -128 1"),
        ("sprintf('%*s|%*s|', 'Inf', 'a', 'nan', 'b')", "a|b|"),
        ("sprintf('%.*f %.*f', 'Inf', 1.5, 'nan', 1.5)", "1.500000 2"),
        ("sprintf('%#u %#X %#o', 12, 12, 12)", "12 0XC 014"),
    ],
)
def test_sprintf(body: str, text: str) -> None:
    assert value(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [  # each as Perl has it, which lacks `replace` and `@l x=`, and warns of the range from "a-"
        ("join ',', 'abc' .. 'z'", ""),
        ("join ',', 'x' .. 'C'", "x,y,z"),
        ("join ',', 'zx' .. 'a9'", "zx,zy,zz"),
        ("'<' . join(',', '' .. 'b') . '>'", "<>"),
        ("join ',', 'a-' .. 'zz'", "a-"),
        ('my @l = (1, 2); @l x= 2; "@l"', "1 2 1 2"),
        ("undef() // 'd'", "d"),
        ("join ',', map({ $_ * 2 } 1, 2), sort({ $b <=> $a } 3, 4)", "2,4,4,3"),
        ("replace('abc', '', 'x')", "abc"),
        ("substr('abc', -5, 3)", "a"),
    ],
)
def test_lists_and_texts(body: str, text: str) -> None:
    assert value(body) == text


def test_a_template_in_a_list() -> None:
    definitions = "%%template t($x) <$x> =end\n%%define f() my @l = (t(1), t(2)); join '|', @l =end"
    assert gives(definitions) == "<1>|<2>"


def test_parentheses_in_the_head_of_a_template() -> None:
    definitions = "%%template f($x = ((1 + 1) * (2)), $y = '=end)')\n$x$y\n=end\n%%define g() 'g' =end"
    assert gives(definitions) == "4=end)"
    assert gives(definitions, "%%f(a, b)") + gives(definitions, "%%g()") == "abg"


@pytest.mark.parametrize(
    ("code", "message", "body"),
    [
        ("PM305", "`%` is no field of `sprintf`", "return «sprintf('5%')»"),
        ("PM305", "`% ` is no field of `sprintf`", "return «sprintf('% ')»"),
        (
            "PM409",
            "a width or precision in `sprintf` is over the limit of 1,000",
            "return «sprintf('%*d', '-Inf', 1)»",
        ),
        ("PM305", "`substr` lies outside of the text, which has 3 characters", "return «substr('abc', -5, 1)»"),
        ("PM305", "`substr` begins outside of the text, which has 3 characters", "return «substr('abc', 'inf')»"),
        ("PM301", "Inf can't be the end of a range", "return join ',', «1 .. 'inf'»"),
        ("PM301", "1e+30 can't be the end of a range", "return join ',', «1 .. 1e30»"),
        ("PM301", '"a" is no number', "my @l = (1, 2); «@l x= 'a'»"),
        ("PM303", "content used as text", "return «reverse(text('a'), 'b')»"),
    ],
)
def test_faults(code: str, message: str, body: str) -> None:
    plain, (mark,) = marked(f"%%define f() {body}\n=end")
    found = fault(plain)
    assert (found.code, found.message, places([found])) == (code, message, [mark])


@pytest.mark.parametrize(
    ("code", "message", "text"),
    [
        ("PM104", "expected one index", "%%define f(@l) «$l[0, 1]» =end"),
        ("PM104", "expected one index", "%%define f(@l) «$l[]» =end"),
        ("PM104", "expected `)`, found `,`", "%%define f() return (1 or 2«,» 3) =end"),
        ("PM104", "expected `)`, found `,`", "%%define f() return join(1 and 2«,» 3) =end"),
        ("PM208", "`abs` takes 1 argument, not 0", "%%define f() return «abs» =end"),
        ("PM208", "`length` takes 1 argument, not 0", "%%define f() return «length» > 2 =end"),
        ("PM208", "`join` takes at least 1 argument, not 0", "%%define f() return «join()» =end"),
        ("PM101", "template has no `=end`", "«%%template f($x»\ntext $x\n\nProse"),
    ],
)
def test_what_is_wrong_before_anything_runs(code: str, message: str, text: str) -> None:
    plain, marks = marked(text)
    found = [each for each in linked(plain)[1] if each.severity == "error"]
    assert [(each.code, each.message) for each in found] == [(code, message)]
    assert places(found) == marks
