"""What macros give: statements, expressions, functions, content. test_perl.py compares what Perl has too."""

import pytest

from pandoc_percent_macros.base.fault import Diagnostics, Fault
from pandoc_percent_macros.base.source import Source, Span
from pandoc_percent_macros.language.check.linker import link
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax.macros import Macro, NativeMacro, Parameter
from pandoc_percent_macros.language.values.pieces import Given, Markdown, Native, Raw, Text

from ....support.macros import Known, call, gives, linked, pieces, session, value


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("return 0.1 + 0.2", "0.3"),
        ("10 / 3", "3.33333333333333"),
        ("9 ** 20", "1.21576654590569e+19"),
        ("-7 % 3", "2"),
        ("-2 ** 2", "-4"),
        ("2 + 3 . 4", "54"),
        ('"a" . 1 + 2 if 0; "b"', "b"),
        ("1_000 + 0x1A + 017 + 0b11", "1044"),
        ('my $x = "b"; "a${x}c$x"', "abcb"),
        ('my $len = 3; "$len{}[width=$len]{$len}"', "3{}[width=3]{3}"),
        ('my $l = 1; "$l[0] @l"', "1[0] @l"),
        ('my @l = (1, 2); "me@l.org @l @m"', "me1 2.org 1 2 @m"),
        ('"50\\% \\$x $ $1 \\@"', "50% $x $ $1 @"),
        (r"'a\'b\\c\d'", r"a'b\c\d"),
        ("q{a{b}} . q(c\\)) . qq<$>", "a{b}c)$"),
        ('"a" x 3 . "-"x2', "aaa--"),
        ('"x" x -1', ""),
        ("join(',', (1, 2) x 2)", "1,2,1,2"),
        ("my @l = (3, 1, 2); join ',', sort @l", "1,2,3"),
        ("join ',', sort { $b <=> $a } 9, 10, 8", "10,9,8"),
        ("join ',', map { $_ * 2 } grep { $_ % 2 } 1 .. 5", "2,6,10"),
        ('my @l = qw(a b c); $l[-1] . $l[0] . $#l . @l . "@l[0, 1]"', "ca23a b c[0, 1]"),
        ("my @l; push @l, 1, 2; unshift @l, 0; pop @l; join ',', @l", "0,1"),
        ("my ($a, @b) = (1, 2, 3); $a . @b", "12"),
        ('my $s; $s .= "a"; my $n; $n += 2; $s . $n', "a2"),
        ("my $s = ''; for my $i (1 .. 5) { next if $i == 2; last if $i > 3; $s .= $i } $s", "13"),
        ("my $s = ''; $s .= $_ for 1 .. 3; $s", "123"),
        ("unless (0) { 'a' } else { 'b' }", "a"),
        ("if (0) { 'a' } elsif (1) { 'b' }", "b"),
        ("return 'a' unless 1; 'c'", "c"),
        ("1 < 2 < 3 ? 'y' : 'n'", "y"),
        ("(1 > 2) . '|' . (1 < 2)", "|1"),
        ("not(0) . 'x'", "1x"),
        ("join '-', not(0), not (0), 3, not 0", "1-1-3-1"),
        ("abs -3", "3"),
        ("int -3.7", "-3"),
        ("abs +3", "3"),
        ("my $n = 4; abs - $n - 3 < 8 ? 'y' : 'n'", "y"),
        ("join ',', abs -2 ** 2, int -7 / 2, length -12, defined -1", "4,-3,3,1"),
        ("join (',', uc ('a') . 'b', length\n  ('abc') + 1)", "Ab,4"),
        ("my ($a, $b) = (1, 2, 3)", "12"),
        ("my ($a, @r) = (4, 5, 6)", "456"),
        ("if (1) { my ($x) = 7 }", "7"),
        ("0 || undef // 'd'", "d"),
        ("defined(undef) ? 1 : 0", "0"),
        ("scalar(reverse('abc'))", "cba"),
        ("my @l = (1, 2); return @l", "12"),
        ("return (1, 2)", "12"),
        ("return", ""),
        ("", ""),
        ("# a comment\n'a' # another", "a"),
        ("replace('a.b.c', '.', '-') . trim('  x ') . repeat('ab', 2)", "a-b-cxabab"),
        ("contains('abc', 'b') . starts_with('abc', 'a') . ends_with('abc', 'c')", "111"),
        ("round(2.5) . round(-2.5) . floor(-1.5) . ceil(1.2)", "3-3-22"),
        ("min(3, 1, 2) . max(3, 1) . sum(1, 2, 3)", "136"),
        ("looks_like_number('1e3') . '|' . looks_like_number('2cm')", "1|"),
        ("join '|', uniq(1, 2, 1, '1.0')", "1|2|1.0"),
        ('meta("none") // "none"', "none"),
        ('escape_markdown("*a* [b](c) d\'e 1--2")', "\\*a\\* \\[b\\](c) d'e 1--2"),
        ('escape_markdown("1. a")', "1\\. a"),
        ('sprintf("{0.__class__} %s", "%s")', "{0.__class__} %s"),
        ('replace("{0.__class__}", "0", "1")', "{1.__class__}"),
        ('my $__class__ = 1; "$__class__"', "1"),
    ],
)
def test_value(body: str, text: str) -> None:
    assert value(body) == text


def test_arguments_are_texts() -> None:
    assert value('"$a|$b|@r"', '$a, $b = "x$a", @r', "1, , 3, 4") == "1||3 4"
    assert value('"$a|$b"', '$a, $b = "x$a"', "1") == "1|x1"
    assert value('"$a|$b"', "$a = 1, $b = $a + 1", "b=5") == "1|5"
    assert value('"$a"', "$a", "z=1") == "z=1"
    assert value("$a + 1", "$a", " 2 ") == "3"


def test_macros_call_macros() -> None:
    definitions = """
%%define twice($x) return $x . $x =end
%%define many($n) my @l = (1 .. $n); return @l; =end
%%define pair() my @l = many(2); my $n = many(3); return "@l" . twice("a") . $n; =end
"""
    assert gives(definitions, "%%pair()") == "1 2aa3"
    assert gives(definitions, "%%twice(%%twice(b))") == "bbbb"


@pytest.mark.parametrize(
    ("body", "one", "many"),
    [  # what Perl's subroutines give in scalar context and in list context; U: undefined
        ("return (1, 2, 3)", "3", "1 2 3"),
        ("return 1, 2", "2", "1 2"),
        ("my @l = (7, 8); return (1, @l)", "2", "1 7 8"),
        ("(1, (4, 5))", "5", "1 4 5"),
        ("(1, ())", "U", "1"),
        ("qw(a b c)", "c", "a b c"),
        ("return (1, 2) x 2", "22", "1 2 1 2"),
        ("return 1 ? (1, 2) : 3", "2", "1 2"),
        ("return (1, (4, 5, 6)[0, 1])", "5", "1 4 5"),
        ("my @l; return (push(@l, 1), @l)", "1", "1 1"),
        ("my ($a, $b) = (1, 2, 3)", "3", "1 2"),
        ("my ($a) = ()", "0", "U"),
        ("my ($a, @r) = (4, 5, 6)", "3", "4 5 6"),
        ("if (1) { my ($a) = 7 }", "1", "7"),
        ("my @l = (5, 6)", "2", "5 6"),
        ("my $x", "U", "U"),
        ("my @l", "0", ""),
        ("my ($a, $b)", "U", "U U"),
        ("my ($a, @b)", "0", "U"),
    ],
)
def test_what_a_macro_gives_to_another(body: str, one: str, many: str) -> None:
    definitions = f"""
%%define g() {body}
=end
%%define f() my $one = g (); my @many = (g()); ($one // 'U') . ': ' . join ' ', map {{ $_ // 'U' }} @many =end
"""
    assert gives(definitions) == f"{one}: {many}"


def test_a_fault_in_any_element_of_a_list() -> None:
    for elements in ("1 / 0, 2", "2, 1 / 0"):
        with pytest.raises(Fault):
            gives(f"%%define g() return ({elements}) =end %%define f() 'a' . g() =end")


def test_a_template_doubles_no_backslash() -> None:
    definitions = "%%template t($x, $y = 1 + 1)\n\\begin{x}[$x]\n  ${y}mm $z \\$x$\n\\end{x}\n=end"
    assert gives(definitions, "%%t(a)") == "\\begin{x}[a]\n  2mm $z \\a$\n\\end{x}"
    assert gives("%%template t($x) \\textbf{$x} =end", "%%t(a)") == "\\textbf{a}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('"plain text"', [Text("plain text")]),
        ('"\\\\textbf{a}"', [Raw("latex", "\\textbf{a}")]),
        ('"100%"', [Raw("latex", "100%")]),
        ('"\\\\b{" . text("a_b") . "}"', [Raw("latex", "\\b{"), Text("a_b"), Raw("latex", "}")]),
        ('"(" . text("a_b") . ")"', [Text("(a_b)")]),
        ('"\\\\item[" . text("a") . "] b"', [Raw("latex", "\\item["), Text("a"), Raw("latex", "] b")]),
        ('html("<b>") . "a" . raw("openxml", "<x/>")', [Raw("html", "<b>"), Text("a"), Raw("openxml", "<x/>")]),
        ('latex("a") . latex("b")', [Raw("latex", "ab")]),
        ('join(", ", text("a"), latex("b"))', [Text("a, "), Raw("latex", "b")]),
        ('my $t = text("a"); "<$t>"', [Text("<a>")]),
        ('my $t = "x"; $t .= latex("y"); $t', [Text("x"), Raw("latex", "y")]),
        ('text("")', []),
        ("undef", []),
        ('(text("a"), "b")', [Text("ab")]),
    ],
)
def test_content(body: str, expected: list[object]) -> None:
    assert list(pieces(f"%%define f() {body}\n=end", "%%f()")) == expected


def test_markdown_knows_its_place() -> None:
    (found,) = pieces('%%define f() return markdown("*a*") =end', "%%f()")
    assert isinstance(found, Markdown)
    assert (found.text, found.span and found.span.text) == ("*a*", 'markdown("*a*")')


def test_body() -> None:
    definitions = """
%%define f($x) "\\\\a{" . $body . "}$x" =end
%%template g()
[$body]
=end
%%define h() k($body) =end
%%define k($c) defined $c ? $c : 'none' =end
"""
    handle = object()
    assert pieces(definitions, "%%begin f(1)", body=handle) == (
        Raw("latex", "\\a{"),
        Given(handle),
        Raw("latex", "}1"),
    )
    assert pieces(definitions, "%%begin g()", body=handle) == (Text("["), Given(handle), Text("]"))
    assert pieces(definitions, "%%begin h", body=handle) == (Given(handle),)
    assert gives(definitions, "%%h()") == "none"
    assert pieces('%%define k($t, $body) "$t$body" =end', "%%begin k(a)", body=handle) == (Text("a"), Given(handle))
    assert gives('%%define k($t, $body) "$t$body" =end', "%%k(a, b)") == "ab"
    default = '%%define k($body = "none", $t = "t") "[$body$t]" =end'
    assert pieces(default, "%%begin k", body=handle) == (Text("["), Given(handle), Text("t]"))
    assert pieces(default, "%%begin k(t=a)", body=handle) == (Text("["), Given(handle), Text("a]"))
    assert gives(default, "%%k()") + gives(default, "%%k(a)") == "[nonet][at]"
    assert pieces(default, "%%k()", body=handle) == (Text("[nonet]"),)


def test_environment() -> None:
    environment = Known(["html"], {"title": "T"})
    definition = """
%%define f()
usepackage("soul", "a") . usetikzlibrary("calc");
format("html") . format("docx") . meta("title")
=end
"""
    assert gives(definition, "%%f()", environment) == "1T"
    assert environment.packages == [("soul", "a"), ("tikz library", "calc")]


def test_equal_calls_share_a_result() -> None:
    running = session("%%define f($x) my $s = 0; $s += $_ for 1 .. 1000; $s . $x =end")
    first = running.expand(call("%%f(1)"))
    left = running.budget.steps
    assert running.expand(call("%%f(1)")) is first
    assert running.budget.steps == left
    assert running.expand(call("%%f(2)")) is not first


def test_macros_of_the_host() -> None:
    span = Span(Source("host", ""), 0, 0)
    handle = object()
    natives = {
        "element": NativeMacro("element", (Parameter("a", span),), lambda arguments: handle),
        "upper": NativeMacro(
            "upper", (Parameter("a", span), Parameter("r", span, many=True)), lambda a: f"{a['a']}{a['r']}"
        ),
    }
    macros = linked("%%define f($x) '<' . element($x) . '>' . upper(1, 2) =end")[0].macros
    program = link([macro for macro in macros.values() if isinstance(macro, Macro)], (), (), Diagnostics(), natives)
    running = Session(program, Known())
    assert running.expand(call("%%element(1)")).pieces == (Native(handle),)
    assert running.expand(call("%%f(1)")).pieces == (Text("<"), Native(handle), Text(">1['2']"))


def test_long_chains() -> None:
    many = 100_000
    assert value("return " + '"a" . ' * many + '"b"') == "a" * many + "b"
    assert value("my $x = 0; " + "$x += 1;" * many + " $x") == str(many)
    many = 10_000
    assert value("return " + "1 + " * many + "1") == str(many + 1)
    assert value("return " + "0 || " * many + "1") == "1"
    assert value("return " + "0 ? 1 : " * many + "2") == "2"
    assert value("return " + "1 ** " * many + "1") == "1"
    assert value("return " + "1 < " * many + "1") == ""
    assert value("return " + "1 * 1 + " * many + "1") == str(many + 1)
    assert value("if (0) { 1 } " + "elsif (0) { 1 } " * many + "else { 'x' }") == "x"


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
def test_rare_fields_of_sprintf(body: str, text: str) -> None:
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
def test_rare_lists_and_texts(body: str, text: str) -> None:
    assert value(body) == text
