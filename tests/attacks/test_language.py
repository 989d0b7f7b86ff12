"""Attacks on the language: cases 1 to 16 of the list. A test's number is its case's."""

from __future__ import annotations

import re

import pytest

from ..conftest import Done
from .conftest import OLD, Expand, assert_gives, assert_refused, lines

pytestmark = pytest.mark.pandoc

DOUBLING = lines(
    [
        *(f"%%define m{each}($x) m{each + 1}($x . $x) =end" for each in range(40)),
        "%%define m40($x) $x =end",
        "",
    ]
)


def value(expand: Expand, code: str, *options: str, **variables: str) -> Done:
    """Expand a call of a macro with this body."""
    return expand(f"%%define f()\n{code}\n=end\n\n%%f()\n", *options, **variables)


def test_01_forty_macros_that_double(expand: Expand) -> None:
    done = expand(DOUBLING + "%%m0(a)\n")
    assert_refused(done, "PM402", "a.md:21:22")
    assert "`m0` at a.md:43:1" in done.err


def test_02_the_same_in_ten_thousand_paragraphs(expand: Expand) -> None:
    done = expand(DOUBLING + "".join(f"%%m0(a{each})\n\n" for each in range(10_000)))
    assert "error[PM401]: the macros of this document take too many steps" in done.err
    assert re.search(r"^… and \d+ more$", done.err, re.MULTILINE)
    assert (done.status, done.out) == (83, OLD)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("%%define f() f() =end\n", "a.md:1:10"),
        ("%%define a() b() =end\n%%define b() a() =end\n", "a.md:1:10"),
        ("%%define f($x) g(f($x)) =end\n%%define g($x) $x =end\n", "a.md:1:10"),
        ("%%define f($x = g()) $x =end\n%%define g() f() =end\n", "a.md:1:10"),
        ("%%define f($x = f(1)) $x =end\n", "a.md:1:10"),
    ],
)
def test_03_recursion(expand: Expand, text: str, place: str) -> None:
    assert_refused(expand(text + "\n%%f(1)\n"), "PM210", place)


@pytest.mark.parametrize("count", ["10**9", "10**13"])
def test_04_a_text_repeated(expand: Expand, count: str) -> None:
    assert_refused(value(expand, f"'x' x {count}"), "PM402", "a.md:2:1")


def test_04_a_text_repeated_less_than_never(expand: Expand) -> None:
    assert_gives(value(expand, "'[' . ('x' x -1) . ']'"), "{[}{]}\n")


def test_05_a_wide_number(expand: Expand) -> None:
    assert_refused(value(expand, 'sprintf("%1000000000d", 1)'), "PM409", "a.md:2:1")


@pytest.mark.parametrize(
    "text",
    [
        "%%f(" * 20_000 + "a" + ")" * 20_000,
        "%%f(%%f(%%f(a))) " * 20_000,
        "%%f(" + r"\x% " * 5_000 + ")",
        "%%t()\n\n%%template t()\n" + "%%f(\n" * 20_000 + "=end",
        "%%t()\n\n%%template t()\n" + "%%f({a) %%g(\n" * 20_000 + "=end",
        "%%t()\n\n%%template t()\n" + "%%f(a) " * 20_000 + "\n=end",
    ],
)
def test_06_calls_in_calls(expand: Expand, text: str) -> None:
    """Each is over in seconds, as its work grows with its length."""
    done = expand(f"{text}\n\n%%define f($x) $x =end\n")
    assert done.status in (0, 83)
    assert "Traceback" not in done.err


def test_06_nested_loops(expand: Expand) -> None:
    loops = "".join(f"for my $i{each} (1 .. 10000) {{ " for each in range(5))
    assert_refused(value(expand, f"{loops}{'}' * 5}"), "PM401", "a.md:2:117")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2 ** 10000000", "Inf"),
        ("9" * 5000, "Inf"),
        ("-(9 ** 9 ** 9)", "-Inf"),
        ("9 ** 9 ** 9 - 9 ** 9 ** 9", "NaN"),
        ("'[' . 'x' x (9 ** 9 ** 9) . ']'", "{[}{]}"),
        ("my $n = 9 ** 9 ** 9; '[' . 'x' x ($n - $n) . ']'", "{[}{]}"),
    ],
)
def test_07_numbers_beyond_all_bounds(expand: Expand, code: str, text: str) -> None:
    assert_gives(value(expand, code), f"{text}\n")


@pytest.mark.parametrize("code", ["1 / 0", "1 % 0", "1 / (1 - 1)", "sqrt(-1)", "log(0)"])
def test_08_impossible_calculations(expand: Expand, code: str) -> None:
    assert_refused(value(expand, code), "PM304", "a.md:2:1")


@pytest.mark.parametrize("count", [100, 101, 100_000])
def test_09_parentheses(expand: Expand, count: int) -> None:
    done = value(expand, "(" * count + "1" + ")" * count)
    if count == 100:
        assert_gives(done, "1\n")
    else:
        assert_refused(done, "PM407", "a.md:2:102")


def test_10_many_terms(expand: Expand) -> None:
    assert_gives(value(expand, " . ".join(["'a'"] * 100_000)), "a" * 100_000 + "\n")


def test_10_many_statements(expand: Expand) -> None:
    assert_gives(value(expand, "my $n = 0;\n" + "$n = $n;\n" * 100_000 + "$n"), "0\n")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("join(',', ('a') x 1000000)", "PM403"),
        ("my $s = 'a,' x 400000; scalar(split(',', $s))", "PM403"),
        ("my $s = 'a,' x 1000000; scalar(split(',', $s))", "PM402"),
        ("my @l = (1); $l[1000000] = 1;", "PM403"),
        ("join('x' x 1000, (1 .. 10000))", "PM402"),
    ],
)
def test_11_a_million_fields(expand: Expand, code: str, fault: str) -> None:
    done = value(expand, code)
    assert f"error[{fault}]" in done.err
    assert done.status == 83


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("rindex('a' x 1000000, 'ab' . 'a' x 500000)", "-1"),
        ("index('a' x 1000000, 'a' x 500000 . 'ba')", "-1"),
        ("my $r = replace('a' x 1000000, 'ab' . 'a' x 50000, ''); length($r)", "1000000"),
        ("my $t = join('', map { text('aaaaaaaaa ') } (1 .. 90000)); 'done'", "done"),
        ("my $c = text('a'); for my $i (1 .. 2000) { $c .= latex('') . text('a') } length('done')", "4"),
    ],
)
def test_11_work_by_the_square(expand: Expand, code: str, text: str) -> None:
    """In seconds, not in minutes: tests/language/test_work.py counts."""
    assert_gives(value(expand, code), f"{text}\n")


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("for my $i (1 .. 100000) { my $r = rindex('a' x 1000, 'ab' . 'a' x 500) }", "PM401"),
        ("my $l = 'a' x 1000000; for my $i (1 .. 100000) { my $r = $l le $l le $l }", "PM401"),
        ("my $c = text(''); for my $i (1 .. 100000) { $c = $c . text('') . latex('') }", "PM401"),
        ("my @l = (1 .. 1000); for my $i (1 .. 100000) { my $r = sum(@l) }", "PM401"),
        ("my @l = 'a' x 100000 .. 'z' x 100000;", "PM401"),
        ("my @l = map { 'a' x 10000 . $_ } (1 .. 100); for my $i (1 .. 1000) { my @r = sort(@l) }", "PM401"),
        ("sprintf('%' . '0' x 1000000, 1)", "PM305"),
    ],
)
def test_11_work_that_is_charged(expand: Expand, code: str, fault: str) -> None:
    done = value(expand, code)
    assert re.search(rf"^a\.md:2:\d+: error\[{fault}\]: ", done.err, re.MULTILINE), done.err
    assert (done.status, done.out) == (83, OLD)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("substr('abc', -2)", "bc"),
        ("substr('abc', 1, -1)", "b"),
        ("substr('abc', 0, 10 ** 18)", "abc"),
        ("my @l = (1, 2, 3); $l[-1] . ($l[-100] // 'none')", "3none"),
    ],
)
def test_11_indexes_out_of_all_bounds(expand: Expand, code: str, text: str) -> None:
    assert_gives(value(expand, code), f"{text}\n")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("sprintf('{0.__class__} %s {}', 'a')", "{0.__class__} a {}"),
        ("replace('{0.__class__}', '0', '{1.__init__}')", "{{1.__init__}.__class__}"),
        ("my $__class__ = '{0.__dict__}'; $__class__", "{0.__dict__}"),
        ('my $__builtins__ = 1; my @__dict__ = (1, 2); "$__builtins__@__dict__"', "11 2"),
    ],
)
def test_12_names_that_mean_something_to_python(expand: Expand, code: str, text: str) -> None:
    assert_gives(value(expand, code), f"{text}\n")


@pytest.mark.parametrize("name", ["__class__", "__init__", "self", "None", "__import__", "mro"])
def test_12_macros_that_mean_something_to_python(expand: Expand, name: str) -> None:
    assert_gives(expand(f"%%define {name}($self, $__class__ = 2) $self . $__class__ =end\n\n%%{name}(1)\n"), "12\n")
    assert_refused(expand(f"%%{name}(1)\n"), "PM203", "a.md:1:1")
    assert_refused(value(expand, f"my $x = {name}(1);"), "PM203", "a.md:2:9")


def test_13_one_budget(expand: Expand, tmp_path) -> None:
    """Each part alone is within the limit that all of them together are over."""
    loop = "my $s = 0; for my $i (1 .. 2000) { $s += $i }"
    (tmp_path / "library.pmac").write_text(f"%%define used() {loop} '' =end\n")
    parts = {
        "a macro": f"%%define a() {loop} '' =end\n%%define f() a() =end\n",
        "a library": "%%use library\n%%define f() used() =end\n",
        "a default": f"%%define a() {loop} '' =end\n%%define f($x = a()) $x =end\n",
        "markdown": f"%%define f() {loop} markdown('*a*') =end\n",
    }
    limits = {"PERCENT_MACROS_LIMITS": "steps=12000,steps_a_call=0"}
    for text in parts.values():
        assert expand(f"{text}\n%%f()\n", **limits).status == 0
    together = "".join(text.replace("f(", f"f{at}(") for at, text in enumerate(parts.values()))
    together = together.replace("%%define a() ", "%%define b() ", 1).replace("f0() a()", "f0() b()")
    calls = "".join(f"%%f{at}()\n\n" for at in range(len(parts)))
    done = expand(f"{together}\n{calls}", **limits)
    assert "error[PM401]" in done.err
    assert done.status == 83


def test_14_arguments_and_results_are_never_read_again(expand: Expand) -> None:
    evil = "%%define evil() die('expanded') =end\n%%define f($x) text($x) =end\n%%template t($x) <$x> =end\n"
    evil += "%%define g() text('%%' . 'evil()') =end\n%%define h() '%%' . 'evil()' =end\n\n"
    text = '%%f("%%evil()")\n\nx %%g() y\n\n%%f(%%h())\n\n%%f(%%t(%%h()))\n\n%%f("$x")\n'
    given = "\\%\\%evil()\n\nx \\%\\%evil() y\n\n\\%\\%evil()\n\n\\textless\\%\\%evil()\\textgreater{}\n\n\\$x\n"
    assert_gives(expand(evil + text), given)


def test_14_markdown_is_not_read_for_directives(expand: Expand) -> None:
    evil = "%%define evil() die('expanded') =end\n%%define g() markdown('a %%' . 'evil() *b*') =end\n\n"
    assert_gives(expand(evil + "%%g()\n"), "a \\%\\%evil() \\emph{b}\n")


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        (r"\)", r"\)"),
        (r"a\,b", r"a\,b"),
        (r"\(a, b\), \{c, d\}", r"\(a, b\)|\{c, d\}"),
        ('"a, b)"', "a, b)"),
        ("'it''s'", "'it''s'"),
        ("l'été, d'abord", "l'été|d'abord"),
        (r"\textbf{a, b}", r"\textbf{a, b}"),
        ("{)}, {(}", "{)}|{(}"),
        ("[, ]", "[, ]"),
        ("(a, b), [c, d], {e, f}", "(a, b)|[c, d]|{e, f}"),
        ("a\nb", "a b"),
        (r'"a\"b"', 'a"b'),
        ('"', '"'),
        (",", "|"),
        ("}\\input{/etc/passwd}", "}\\input{/etc/passwd}"),
        ('"}\\input{/etc/passwd}{"', "}\\input{/etc/passwd}{"),
    ],
)
def test_15_arguments(expand: Expand, argument: str, text: str) -> None:
    macro = "%%define f(@x) html(replace(join('|', @x), \"\\n\", ' ')) =end\n\n"
    assert_gives(expand(f"{macro}%%f({argument})\n", target="html"), f"{text}\n")


def test_16_ten_thousand_and_one_macros(expand: Expand) -> None:
    text = "".join(f"%%define m{each}() {each} =end\n" for each in range(10_001))
    assert_gives(expand(f"{text}\nx %%m0() %%m10000()\n"), "x 0 10000\n")


def test_16_sixty_five_arguments(expand: Expand) -> None:
    parameters = ", ".join(f"$p{each}" for each in range(65))
    arguments = ", ".join(str(each) for each in range(65))
    macro = f"%%define f({parameters}) sum({parameters}) =end\n\n"
    assert_gives(expand(f"{macro}%%f({arguments})\n"), "2080\n")
    assert_refused(expand(f"{macro}%%f({arguments}, 65)\n"), "PM208", "a.md:3:255")


def test_16_a_name_of_a_megabyte(expand: Expand) -> None:
    name = "n" * 1_000_000
    assert_gives(expand(f"%%define {name}() 1 =end\n\n%%{name}()\n"), "1\n")
    assert_refused(expand(f"%%{name}()\n"), "PM203", "a.md:1:1")
    name += "n" * 50_000
    assert_refused(expand(f"%%define {name}() 1 =end\n\nx\n"), "PM408", "a.md:1:1")
