"""What is found before anything runs, each at its place."""

import pytest

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.check.linker import link
from pandoc_percent_macros.language.syntax.definitions import parse_library

from ....support.macros import call, linked, marked, places


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PM201", "%%define f($width) return «$widht» . $width; =end"),
        ("PM201", '%%define f($a) return "$a «$b» @b"; =end'),
        ("PM201", "%%define f() «$x» = 1; =end"),
        ("PM201", "%%define f() my $x = 1; return «$x[0]»; =end"),
        ("PM201", "%%define f() if (1) { my $x = 1 } return «$x»; =end"),
        ("PM201", "%%define f() my $x = «$x»; =end"),
        ("PM201", "%%define f($a = «$b», $b = 1) return $a . $b; =end"),
        ("PM201", "%%define f() return «$_»; =end"),
        ("PM201", "%%define f() return join ',', sort { $a <=> «$c» } 1, 2 =end"),
        ("PM203", "%%define f() return «lenght»('a') =end"),
        ("PM203", "%%define f() return «__class__»() =end"),
        ("PM208", "%%define f() return «length('a', 'b')» =end"),
        ("PM208", "%%define f() return «index()» =end"),
        ("PM104", "%%define f() return map('a'«)» =end"),
        ("PM208", "%%define f() my $x = 1; push(«$x», 1); =end"),
        ("PM209", "%%define f() return 1; «my $x = 1»; =end"),
        ("PM209", "%%define f() if (1) { return 1 } else { return 2 } «3» =end"),
        ("PM209", "%%define f() for my $i (1) { next; «$i» } =end"),
        ("PM104", "%%define f() «last»; =end"),
        ("PM210", "%%define «f»() return f() =end"),
        ("PM210", "%%define «f»($x = f(1)) return $x =end"),
        ("PM211", "%%define f() for my $i (1) { «$i» = 2 } =end"),
        ("PM211", "%%define f() my @l = (1); for my $i (@l) { push «@l», $i } =end"),
        ("PM211", "%%define f() my $x = 1; for my $i ($x, 2) { «$x» .= $i } =end"),
        ("PM212", "%%define f() my $x = «(1, 2)»; =end"),
        ("PM212", "%%define f() return 'a' . («1 .. 3») =end"),
        ("PM212", "%%define f() my @l = (1); «@l» .= 'a'; =end"),
    ],
)
def test_error(code: str, text: str) -> None:
    plain, marks = marked(text)
    _, found = linked(plain)
    assert [each.code for each in found if each.severity == "error"] == [code]
    assert places([each for each in found if each.severity == "error"]) == marks


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PM207", "%%define f(«$x», $y) return $y =end"),
        ("PM207", "%%define f(«@r») return 1 =end"),
        ("PM207", "%%template f(«$x») a =end"),
        ("PM214", "%%template f($width) $width «$widht» $w =end"),
        ("PM109", '%%define f() "«\\textbf»{a}\\n" =end'),
        ("PM109", '%%define f() "a«\\newline»" =end'),
        ("PM109", '%%define f() "«\\node»[draw] (a) {b};" =end'),
        ("PM109", '%%define f() "«\\newcommand»*{a}" =end'),
        ("PM109", "%%define f() qq(«\\noindent» a) =end"),
        ("PM109", '%%define f() "\\\\\\\\«\\em» a" =end'),
        ("PM109", '%%define f() "«\\rm» a" =end'),
        ("PM109", '%%define f($x = "«\\textwidth»") $x =end'),
        ("PM109", '%%template f($x = "«\\textwidth»") \\textit{$x} =end'),
    ],
)
def test_warning(code: str, text: str) -> None:
    plain, marks = marked(text)
    _, found = linked(plain)
    assert [(each.code, each.severity) for each in found] == [(code, "warning")]
    assert places(found) == marks


@pytest.mark.parametrize(
    "text",
    [
        r'"a\tb c"',
        r'"\n\n"',
        r'"\nnode"',
        r'"name\tvalue\ttwo words\nnext\n"',
        r'"\ne \to \tau"',
        r'"\nsee[^1]"',
        r'"\n[width={1}]\n{a}"',
        r'"\e[0m\r\n"',
        r'"\\textbf{a}\\\\newline"',
        r"'\textbf{a}' . q(\newline)",
        r'"\n" . "body{margin:0}"',
        "# \\textbf{a}\n1",
    ],
)
def test_escapes_that_are_meant(text: str) -> None:
    assert linked(f"%%define f() {text} =end")[1] == []


def test_escapes_in_libraries_and_open_strings() -> None:
    macros = parse_library(Source("a.pmac", '%%define f() "\\textbf{a}" =end'), Diagnostics()).macros
    diagnostics = Diagnostics()
    link((), macros, (), diagnostics)
    assert list(diagnostics) == []
    assert [each.code for each in linked('%%define f() return "\\textbf{a};\n=end\ntext "b =end')[1]] == ["PM102"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("%%define f($width) return $widht . $width; =end", "did you mean `$width`?"),
        ("%%define f() $x = 1; =end", "declare it: `my $x = …;`"),
        ("%%define f() my @l = (1); return $l; =end", "`@l` is declared: an element of it is `$l[0]`"),
        ("%%define f() return lenght('a') =end", "did you mean `length`?"),
        ("%%define f($x) $x or return 1; =end", "`return` is a statement: write `return … if …;`"),
        ("%%define f($x) for (1) { $x and last } =end", "`last` is a statement: write `last … if …;`"),
        ("%%define f() for (my $i = 0; $i < 3; $i += 1) { } =end", "write `for my $i (0 .. 9) { … }`"),
        ("%%define f() my $i; for ($i = 0; $i < 3; $i += 1) { $y } =end", "write `for my $i (0 .. 9) { … }`"),
        ("%%define f() for (;;) { } =end", "write `for my $i (0 .. 9) { … }`"),
        ("%%define f() (not 1, 2) =end", "write `not(…)`"),
    ],
)
def test_hints(text: str, hint: str) -> None:
    _, found = linked(text)
    assert [each.hints for each in found if each.severity == "error"] == [(hint,)]


def test_all_faults_of_all_macros_at_once() -> None:
    _, found = linked("%%define a() return $x . $y =end\n%%define b() return c(1) =end\n%%define d() ; + =end")
    assert sorted(f"{each.code} {each.span}" for each in found) == [
        "PM104 talk.md:3:18",
        "PM201 talk.md:1:21",
        "PM201 talk.md:1:26",
        "PM203 talk.md:2:21",
    ]


def test_the_hint_of_an_escape() -> None:
    (found,) = linked('%%define f() "\\textbf{a}" =end')[1]
    assert (found.message, found.hints) == (
        "`\\textbf` in a string begins with a tab",
        ("write two backslashes: `\\\\textbf`",),
    )


@pytest.mark.parametrize(
    "text",
    [
        '%%define f(@x, «$y») "@x$y" . $x[0] =end',
        "%%define f($x, $y = «)» $x . $y =end",
        "%%define f($x = 1, @y«;») $x . @y =end",
        "%%define f() for («my» $i = 0; $i < 3; $i += 1) { if ($i) { 1 } } 2 =end",
        "%%define f() for («my» $i = 0; $i < grep { $_ } 1; $i += 1) { 1 } =end",
        "%%define f() for («my» $i = 0; =end",
    ],
)
def test_what_follows_a_fault_is_read(text: str) -> None:
    plain, marks = marked(text)
    _, found = linked(plain)
    assert places([each for each in found if each.severity == "error"]) == marks


def test_unknown_variables_of_a_faulty_macro() -> None:
    _, found = linked("%%define f(@x, $y) @x . $y . $z =end")
    assert [(each.code, str(each.span)) for each in found] == [("PM104", "talk.md:1:16"), ("PM201", "talk.md:1:30")]


def test_a_fault_brings_no_others_with_it() -> None:
    _, found = linked("%%define f($y) my $x = ; return $x . g($x) =end\n%%define g($, ) 1 =end\n%%define h() g() =end")
    assert [str(each.span) for each in found] == ["talk.md:1:24", "talk.md:2:12"]


def test_cycles() -> None:
    _, found = linked(
        "%%define a() b() =end\n%%define b() c() =end\n%%define c() 'x' . a() . d() =end\n%%define d() 1 =end"
    )
    assert [(each.code, str(each.span), each.message) for each in found] == [
        ("PM210", "talk.md:1:10", "macro `a` calls itself: `a` → `b` → `c` → `a`")
    ]


def test_a_long_chain_is_no_cycle() -> None:
    count = 10_001
    text = (
        "\n".join(f"%%define m{each}() m{each + 1}() =end" for each in range(count)) + f"\n%%define m{count}() 1 =end"
    )
    assert linked(text)[1] == []


def test_doubled() -> None:
    _, found = linked("%%define a() 1 =end\n%%define b() 1 =end\n%%define a() 2 =end")
    assert [(each.code, str(each.span), each.hints) for each in found] == [
        ("PM205", "talk.md:1:10", ("the other definition is at talk.md:3",)),
        ("PM205", "talk.md:3:10", ("the other definition is at talk.md:1",)),
    ]


DEFINITIONS = """
%%define putpic($x, $y, $width = 1) "$x$y$width" =end
%%define rest($a, @r) "$a@r" =end
%%define none() $body =end
%%define box($body = 1, $title = 2) "$body$title" =end
"""


@pytest.mark.parametrize(
    ("code", "text", "message"),
    [
        ("PM203", "%%«putpick»(1)", "unknown macro `putpick`"),
        ("PM208", "%%«putpic»(1)", "`putpic` needs `$y`"),
        ("PM208", "%%«putpic»()", "`putpic` needs `$x` and `$y`"),
        ("PM208", "%%putpic(1, 2, 3, «4»)", "`putpic` takes 3 arguments, not 4"),
        ("PM208", "%%putpic(1, x=2, «x=3»)", "argument `x` is given twice"),
        ("PM208", "%%putpic(1, «x=3», y=2)", "argument `x` is given twice"),
        ("PM208", "%%putpic(x=1, «2»)", "argument without a name follows one with a name"),
        ("PM208", "%%«rest»()", "`rest` needs `$a`"),
        ("PM208", "%%none(«1»)", "`none` takes no arguments, not 1"),
        ("PM215", "%%begin «putpic»(1, 2)", "`putpic` does not use `$body`: the content would be lost"),
        ("PM208", "%%begin box(«1»)", "argument `body` is given twice"),
        ("PM208", "%%begin box(title=2, «body=1»)", "argument `body` is given twice"),
    ],
)
def test_calls_of_the_document(code: str, text: str, message: str) -> None:
    plain, marks = marked(text)
    _, found = linked(DEFINITIONS, [call(plain)])
    errors = [each for each in found if each.severity == "error"]
    assert [(each.code, each.message) for each in errors][:1] == [(code, message)]
    assert places(errors)[:1] == marks


def test_hints_of_calls() -> None:
    _, found = linked(DEFINITIONS, [call("%%putpick(1)"), call("%%putpic(1)"), call("%%putpic(1, 2, 3, widht=4)")])
    signature = "`putpic($x, $y, $width = 1)`, defined at talk.md:2"
    assert [each.hints for each in found] == [
        ("did you mean `putpic`, defined at talk.md:2?",),
        (signature,),
        ("did you mean `width=…`?", signature),
    ]


def test_a_document_overrides_libraries() -> None:
    diagnostics = Diagnostics()
    own, one, two = (
        parse_library(Source(name, f"%%define f($x) '{name}' =end"), diagnostics).macros
        for name in ("talk.md", "prelude", "library")
    )
    assert link([], [*one, *two], [], diagnostics).macros["f"] is two[0]
    assert not list(diagnostics)
    assert link(own, [*one, *two], [], diagnostics).macros["f"] is own[0]
    assert [each.code for each in diagnostics] == ["PM207"]


@pytest.mark.parametrize(
    ("code", "message", "text"),
    [
        ("PM104", "expected one index", "%%define f(@l) «$l[0, 1]» =end"),
        ("PM104", "expected one index", "%%define f(@l) «$l[]» =end"),
        ("PM104", "expected `)`, found `,`", "%%define f() return (1 or 2«,» 3) =end"),
        ("PM104", "expected `)`, found `,`", "%%define f() return join(1 and 2«,» 3) =end"),
        ("PM201", "unknown variable `$_`", "%%define f() return «abs» =end"),
        ("PM201", "unknown variable `$_`", "%%define f() return «length» > 2 =end"),
        ("PM208", "`join` takes at least 1 argument, not 0", "%%define f() return «join()» =end"),
        ("PM101", "template has no `=end`", "«%%template f($x»\ntext $x\n\nProse"),
    ],
)
def test_what_is_wrong_before_anything_runs(code: str, message: str, text: str) -> None:
    plain, marks = marked(text)
    found = [each for each in linked(plain)[1] if each.severity == "error"]
    assert [(each.code, each.message) for each in found] == [(code, message)]
    assert places(found) == marks
