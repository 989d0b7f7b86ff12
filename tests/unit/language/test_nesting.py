"""Calls in arguments of calls, and in templates."""

import pytest

from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.values.budget import Limits
from pandoc_percent_macros.language.values.pieces import Raw, Text

from ...support.macros import Known, call, fault, gives, linked, pieces, places, session

KEYS = r"""
%%define b($x) "\\textbf{$x}" =end
%%define k($k) "\\texttt{$k}" =end
%%define pair($a, $b = "-", $c_d = "+") "<$a|$b|$c_d>" =end
%%define n() 3 =end
%%define t($x) text($x) =end
%%define nothing() return; =end
%%define many() return ("a", "b"); =end
%%define kind($x) defined $x ? $x + 1 : "undef" =end
"""


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("%%b(%%k(a))", r"\textbf{\texttt{a}}"),
        ("%%b(x %%k(a) y %%k(b))", r"\textbf{x \texttt{a} y \texttt{b}}"),
        ("%%pair(%%pair(1, 2), 3)", "<<1|2|+>|3|+>"),
        ('%%pair(%%k("a, (b"), c)', r"<\texttt{a, (b}|c|+>"),
        ("%%pair(a, c-d=%%k(x))", r"<a|-|\texttt{x}>"),
        ("%%pair(a, c_d=1 %%n() 2)", "<a|-|1 3 2>"),
        ("%%pair(e-f=%%n())", "<e-f=3|-|+>"),
        ('%%b("%%k(a)")', r"\textbf{%%k(a)}"),
        (r"%%b(\emph{%%k(a)})", r"\textbf{\emph{\texttt{a}}}"),
        ("%%kind(%%n())", "4"),
        ("%%kind(%%nothing())", "undef"),
        ("%%b(x%%nothing()y)", r"\textbf{xy}"),
        ("%%b(%%many())", r"\textbf{ab}"),
        ("%%b(a%%n())", r"\textbf{a3}"),
    ],
)
def test_a_call_in_an_argument(text: str, given: str) -> None:
    assert gives(KEYS, text) == given


def test_content_is_handed_over_as_it_is() -> None:
    assert pieces(KEYS, "%%b(%%t(50%) off)") == (Raw("latex", r"\textbf{"), Text("50%"), Raw("latex", " off}"))


def test_results_and_values_are_not_read_again() -> None:
    definitions = (
        KEYS
        + """
%%define code() "%" . "%k(a)" =end
%%template box($t) [$t] =end
"""
    )
    assert gives(definitions, "%%b(%%code())") == r"\textbf{%%k(a)}"
    assert gives(definitions, "%%box(%%code())") == "[%%k(a)]"
    assert gives(definitions, '%%box("%%k(a)")') == "[%%k(a)]"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("$x and %%k(b)", r"a, b and \texttt{b}"),
        ("%%k($x)", r"\texttt{a, b}"),
        ("%%pair($x, ${y}s)", "<a, b|cs|+>"),
        ("%%pair(%%k($x), c-d=$y)", r"<\texttt{a, b}|-|c>"),
        ('%%k("$x, \\"$y\\"")', r"\texttt{a, b, " + '"c"}'),
        ("50\\% %%k($y) % %%k($y)\n%%k(x)", "50\\% \\texttt{c} % %%k(c)\n\\texttt{x}"),
        ("%%todo(%%k($y))\n%%k($y)", "%%todo(%%k(c))\n\\texttt{c}"),
        ("\\verb|%%k($y)| %%k(x)", "\\verb|%%k(c)| \\texttt{x}"),
        (
            "\\begin{verbatim}\n%%k($y)\n\\end{verbatim}\n%%k(x)",
            "\\begin{verbatim}\n%%k(c)\n\\end{verbatim}\n\\texttt{x}",
        ),
        ("%%%k($y)", "%%%k(c)"),
        ("fig%%n().png", "fig3.png"),
    ],
)
def test_a_call_in_a_template(text: str, given: str) -> None:
    definitions = f"{KEYS}\n%%template f($x, $y)\n{text}\n=end\n"
    assert gives(definitions, '%%f("a, b", c)') == given


@pytest.mark.parametrize(
    ("definitions", "codes"),
    [
        ("%%template f($x)\n%%k($x, 1)\n=end", ["PM208"]),
        ("%%template f($x)\n%%k(%%lost($x))\n=end", ["PM203"]),
        ("%%template f($x)\n%%kk($x)\n=end", []),
        ("%%template f($x)\n%%pairs($x)\n=end", ["PM214"]),
        ("%%template f($x)\n%%f($x)\n=end", ["PM210"]),
        ("%%template f($x)\n%%k(%%g($x))\n=end\n%%define g($y) f($y) =end", ["PM210"]),
        ("%%template f($x)\n%%k($x\n=end", ["PM103"]),
        ("%%template f($x)\n$x %%k({$x)\n=end", ["PM103"]),
        ("%%template f($x)\n%%k(a)\n=end", ["PM207"]),
        ("%%template f($x)\n%%pair($x, c-f=1)\n=end", ["PM216"]),
        ("%%template f($x)\n" + "%%k(" * 101 + "$x" + ")" * 101 + "\n=end", []),
        ("%%template f($x)\n$x" + "%%k(" * 102 + "$x" + ")" * 102 + "\n=end", ["PM407"]),
    ],
)
def test_what_is_wrong_in_a_template_before_anything_runs(definitions: str, codes: list[str]) -> None:
    _, found = linked(KEYS + definitions)
    assert [each.code for each in found] == codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%%b(%%lost(a))", [("PM203", "6:lost")]),
        ("%%b(%%k(a, b), c)", [("PM208", "15:c"), ("PM208", "11:b")]),
        ("%%b(x=%%k(%%lost()))", [("PM203", "12:lost")]),
        ('%%b("a)', [("PM112", '4:"')]),
        ('%%b("a, b)', [("PM208", "8:b")]),
        ("%%pair(a, q=b)", []),
        ("%%pair(a, c-e=b)", [("PM216", "10:c-e=b")]),
        ("%%pair(a, c_d=b, c-d=e)", [("PM208", "17:c-d=e")]),
    ],
)
def test_what_is_wrong_in_arguments_before_anything_runs(text: str, expected: list[tuple[str, str]]) -> None:
    _, found = linked(KEYS, [call(text)])
    assert sorted(zip((each.code for each in found), places(found), strict=True)) == sorted(expected)


def test_a_fault_in_a_call_in_an_argument() -> None:
    found = fault(KEYS + "%%define bad($n) 1 / $n =end", "%%b(x %%bad(0))")
    assert found.code == "PM304"
    assert [(span.text, message) for span, message in found.trace] == [("%%bad(0)", "in the call of `bad`")]
    found = fault(KEYS + "%%define bad($n) 1 / $n =end\n%%template f() a %%k(%%bad(0)) =end")
    assert [span.text for span, _ in found.trace] == ["%%bad(0)", "%%f()"]


def test_limits_hold_for_calls_in_arguments() -> None:
    definitions = "%%define d($x) $x . $x =end\n%%define a() my $t = 0; for my $i (1 .. 90000) { $t += $i } $t =end"
    assert fault(definitions, "%%d(" * 30 + "ab" + ")" * 30).code == "PM402"
    assert fault(definitions, "%%d(" + "%%a()" * 99 + ")", Limits(steps=100_000)).code == "PM401"
    assert gives(definitions, "%%d(" * 10 + "ab" + ")" * 10) == "ab" * 1024


def test_deep_nesting_where_little_room_is_left() -> None:
    definitions = KEYS + "%%define e($x) $x =end\n%%template f($x)\n" + "%%e(" * 101 + "$x" + ")" * 101 + "\n=end"

    def deep(levels: int) -> str:
        return deep(levels - 1) if levels else gives(definitions, "%%e(" * 100 + "%%f(a)" + ")" * 100)

    assert deep(0) == "a"
    assert deep(700) == "a"


def test_equal_numbers_that_are_other_texts_share_no_result() -> None:
    definitions = KEYS + '%%define no() 1 == 2 =end\n%%define zero() 0 =end\n%%define show($x) "[$x]" =end'
    running = session(definitions, Known())
    assert [running.expand(call(text)).string for text in ("%%show(%%no())", "%%show(%%zero())")] == ["[]", "[0]"]


def test_a_call_that_the_program_was_linked_without() -> None:
    with pytest.raises(Fault, match="unknown macro `lost`"):
        session(KEYS).expand(call("%%b(%%lost())"))
