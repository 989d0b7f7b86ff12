"""Faults while a macro runs: in the body, with the calls that led there."""

import pytest

from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.functions import Environment
from pandoc_percent_macros.language.run.session import Session

from ....support.macros import call, fault, linked, marked, places, session


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("PM301", 'return «"2cm" * 2»'),
        ("PM301", "my $x = 'a'; «$x += 1»"),
        ("PM301", "return 1 + («'x' - 1»)"),
        ("PM301", "return («'x' .. 3»)[0]"),
        ("PM302", 'my $x; return "a«$x» b"'),
        ("PM302", "my $x; return «$x + 1»"),
        ("PM302", 'return "a" . «meta("none")»'),
        ("PM302", "my @l; return 'x' . «$l[3]»"),
        ("PM302", "return «uc(undef)»"),
        ("PM303", 'return «length(text("a"))»'),
        ("PM303", 'return «text("a") eq "a"»'),
        ("PM303", 'return «text("a") + 1»'),
        ("PM303", 'return «latex(text("a"))»'),
        ("PM304", "return «1 / 0»"),
        ("PM304", "return «1 % 0.5»"),
        ("PM304", "return «sqrt(-1)»"),
        ("PM304", "return «log(0)»"),
        ("PM305", "return «substr('abc', 5)»"),
        ("PM305", "return «sprintf('%d')»"),
        ("PM305", "return «sprintf('%d', 1, 2)»"),
        ("PM305", "return «sprintf('%y', 1)»"),
        ("PM305", "return «chr(55296)»"),
        ("PM305", "my @l; «$l[-1]» = 2;"),
        ("PM305", "return «raw('a b', 'c')»"),
        ("PM305", "return «usepackage('}\\input{x')»"),
        ("PM307", "«die('no ', 'way')»"),
        ("PM301", "return join ',', sort { «$a <=> $b» } 1, 'x'"),
        ("PM301", "return join ',', map { «$_ + 1» } 'x'"),
        ("PM301", "return «1 ** '2 cm'»"),
    ],
)
def test_place(code: str, body: str) -> None:
    plain, (mark,) = marked(f"%%define f() {body}\n=end")
    found = fault(plain)
    assert found.span
    assert (found.code, f"{found.span.start}:{found.span.text}") == (code, mark)


def test_the_way_there() -> None:
    found = fault("%%define a($x) return $x * 2 =end\n%%define b($y) return 'z' . a($y) =end", "%%b(1cm)")
    assert (found.code, found.message, str(found.span)) == ("PM301", '"1cm" is not a number', "talk.md:1:23")
    assert [(span.text, what) for span, what in found.trace] == [
        ("a($y)", "in the call of `a`"),
        ("%%b(1cm)", "in the call of `b`"),
    ]


def test_results_that_no_document_may_hold() -> None:
    assert fault('%%define f() "a\\0" =end').code == "PM306"


def test_arguments_that_only_a_run_can_count() -> None:
    found = fault("%%define a($x) $x =end\n%%define f() my @l = (1, 2); return a(@l) =end")
    assert (found.code, found.span and found.span.text) == ("PM208", "a(@l)")
    assert found.hints == ("`a($x)`, defined at talk.md:1",)


def test_a_program_with_faults_runs_what_has_none() -> None:
    program, _ = linked("%%define a() $x =end\n%%define b() a() =end\n%%define c() 'fine' =end\n%%define d() ; + =end")
    running = Session(program, Environment())
    assert running.expand(call("%%c()")).pieces[0].text == "fine"
    for text, code in (("%%a()", "PM201"), ("%%b()", "PM201"), ("%%d()", "PM213"), ("%%e()", "PM203")):
        with pytest.raises(Fault) as caught:
            running.expand(call(text))
        assert caught.value.diagnostic.code == code


def test_an_environment_may_refuse() -> None:
    class Refusing(Environment):
        def meta(self, key: str) -> str | None:
            raise Fault("PM601", "no")

    with pytest.raises(Fault) as caught:
        session("%%define f() meta('a') =end", Refusing()).expand(call("%%f()"))
    assert caught.value.diagnostic.code == "PM601"


@pytest.mark.parametrize(
    ("code", "message", "body"),
    [
        ("PM305", "`%` is not a field of `sprintf`", "return «sprintf('5%')»"),
        ("PM305", "`% ` is not a field of `sprintf`", "return «sprintf('% ')»"),
        (
            "PM409",
            "a width or precision in `sprintf` is over the limit of 1,000",
            "return «sprintf('%*d', '-Inf', 1)»",
        ),
        ("PM305", "`substr` lies outside of the text, which has 3 characters", "return «substr('abc', -5, 1)»"),
        (
            "PM305",
            "`substr` begins outside of the text, which has 3 characters",
            "return «substr('abc', 18446744073709551615)»",
        ),
        ("PM301", "Inf can't be the end of a range", "return join ',', «1 .. 'inf'»"),
        ("PM301", "1e+30 can't be the end of a range", "return join ',', «1 .. 1e30»"),
        ("PM301", '"a" is not a number', "my @l = (1, 2); «@l x= 'a'»"),
        ("PM303", "content used as text", "return length(«reverse(text('a'), 'b')»)"),
    ],
)
def test_faults_of_functions_and_ranges(code: str, message: str, body: str) -> None:
    plain, (mark,) = marked(f"%%define f() {body}\n=end")
    found = fault(plain)
    assert (found.code, found.message, places([found])) == (code, message, [mark])
