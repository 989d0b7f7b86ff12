"""Each limit at N and at N + 1, and that no work is done before it is charged."""

import sys
import threading
import tracemalloc

import pytest

from pandoc_percent_macros.base.fault import Diagnostics, Fault
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax.definitions import parse_definition
from pandoc_percent_macros.language.values.budget import Limits

from ..support.macros import Known, call, fault, gives, linked, pieces, session, value


def code(body: str, limits: Limits, parameters: str = "", arguments: str = "") -> str | None:
    """Return the code of the fault that a macro with this body ends with, None if it runs."""
    try:
        pieces(f"%%define f({parameters}) {body}\n=end", f"%%f({arguments})", limits=limits)
    except Fault as raised:
        return raised.diagnostic.code
    return None


@pytest.mark.parametrize(
    "body",
    [
        "my $s = 'a' x 10; 1",
        "my $s = 'aaaaa' . 'bbbbb'; my $t = $s . ''; 1",
        "my $s = 'aaaaa'; $s .= 'bbbbb'; 1",
        "my $s = join('-', 1 .. 5) . 'x'; 1",
        "my $s = repeat('ab', 5); 1",
        "my $s = replace('aaaaa', 'a', 'bb'); 1",
        "my $s = sprintf('%010d', 1); 1",
        "my $s = sprintf('%s%s', 'aaaaa', 'bbbbb'); 1",
    ],
)
def test_one_string(body: str) -> None:
    body = body.replace("aaaaa", "a" * 5)
    assert code(body, Limits(string=10)) is None
    assert code(body, Limits(string=9)) == "PM402"


@pytest.mark.parametrize(
    "body",
    [
        "my @l = 1 .. 10; 1",
        "for my $i (1 .. 10) { }",
        "my @l = (1) x 10; 1",
        "my @l = (1 .. 5); my @k = (@l, @l); 1",
        "my @l = (1 .. 9); push @l, 1; 1",
        "my @l = (1 .. 9); unshift @l, 1; 1",
        "my @l; $l[9] = 1; 1",
        "my @l = split(',', '1,2,3,4,5,6,7,8,9,10'); 1",
        "my @l = 'a' .. 'j'; 1",
        "my @l = map { (1, 2) } 1 .. 5; 1",
    ],
)
def test_one_list(body: str) -> None:
    assert code(body, Limits(iterations=10)) is None
    assert code(body, Limits(iterations=9)) == "PM403"


def test_steps() -> None:
    definition = "%%define f() my $s = 0; for my $i (1 .. 100) { $s += $i } $s =end"
    running = session(definition, limits=Limits(steps_a_call=0))
    running.expand(call("%%f()"))
    used = 1_000_000 - running.budget.steps
    assert gives(definition) == "5050"
    assert pieces(definition, "%%f()", limits=Limits(steps=used, steps_a_call=0))
    assert fault(definition, limits=Limits(steps=used - 1, steps_a_call=0)).code == "PM401"


def test_every_call_adds_steps() -> None:
    definition = "%%define f($x) my $s = 0; for my $i (1 .. 100) { $s += $i } $s . $x =end"
    running = session(definition, limits=Limits(steps=0, steps_a_call=1000, steps_in_all=3000))
    for each in range(3):
        running.expand(call(f"%%f({each})"))
    assert 0 <= running.budget.steps < 3000
    running.budget.steps = 0
    with pytest.raises(Fault) as caught:
        running.expand(call("%%f(3)"))
    assert caught.value.diagnostic.code == "PM401"


@pytest.mark.parametrize(("count", "expected"), [(64, None), (65, "PM404")])
def test_depth_of_calls(count: int, expected: str | None) -> None:
    text = (
        "\n".join(f"%%define m{each}() m{each + 1}() =end" for each in range(1, count))
        + f"\n%%define m{count}() 7 =end"
    )
    if expected is None:
        assert gives(text, "%%m1()") == "7"
    else:
        assert fault(text, "%%m1()").code == expected


@pytest.mark.parametrize(("count", "sound"), [(99, True), (100, True), (101, False), (100_000, False)])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(", ")"),
        ("-", ""),
        ("!", ""),
        ("not ", ""),
        ("uc(", ")"),
        ("[", "]"),
        ("1 ? ", ": 1"),
        ("if (1) {", "}"),
        ("2 ** -", ""),
    ],
)
def test_nesting(before: str, after: str, count: int, sound: bool) -> None:
    before = {"[": "$l[", "-": "- "}.get(before, before)
    text = f"%%define f() my @l = (0); {before * count}1{after * count} =end"
    diagnostics = Diagnostics()
    macro = parse_definition(Source("a.md", text), diagnostics)
    found = [each.code for each in diagnostics]
    if len(text) > 1 << 20:
        assert found == ["PM408"]
    else:
        assert macro
        assert (macro.sound, found[:1]) == (sound, [] if sound else ["PM407"])


def test_size_of_a_definition() -> None:
    text = "%%define f() 1 =end"
    for limit, expected in ((len(text), []), (len(text) - 1, ["PM408"])):
        diagnostics = Diagnostics()
        parse_definition(Source("a.md", text), diagnostics, limits=Limits(definition=limit))
        assert [each.code for each in diagnostics] == expected


@pytest.mark.parametrize(
    "body", ["sprintf('%10d', 1)", "sprintf('%.10f', 1)", "sprintf('%*d', 10, 1)", "sprintf('%.*s', 10, 'a')"]
)
def test_width_and_precision(body: str) -> None:
    assert code(body, Limits(width=10)) is None
    assert code(body, Limits(width=9)) == "PM409"


def test_output_of_a_call_and_of_all() -> None:
    definition = "%%define f($x) 'aaaaaaaaaa' . substr($x, 1) =end"
    assert pieces(definition, "%%f(1)", limits=Limits(output=10))
    assert fault(definition, "%%f(1)", limits=Limits(output=9)).code == "PM405"
    running = session(definition, limits=Limits(output_in_all=30))
    for text in ("%%f(1)", "%%f(1)", "%%f(2)"):
        running.expand(call(text))
    with pytest.raises(Fault) as caught:
        running.expand(call("%%f(1)"))
    assert caught.value.diagnostic.code == "PM406"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("'x' x 10**9", "PM402"),
        ("'x' x 10**13", "PM402"),
        ("'x' x 9**9**9", None),
        ("'x' x -9**9**9", None),
        ("sprintf('%1000000000d', 1)", "PM409"),
        ("sprintf('%.1000000000f', 1)", "PM409"),
        ("2 ** 10000000", None),
        ("9" * 5000, None),
        ("'" + "9" * 5000 + "' + 1", "PM301"),
        ("1 / 0", "PM304"),
        ("1 % 0", "PM304"),
        ("my @l = (1 .. 1e15); 1", "PM403"),
        ("my @l; $l[1e18] = 1;", "PM403"),
        ("join(',', (1) x 1e9)", "PM403"),
        ("my $s = 'a,' x 400000; scalar(split(',', $s))", "PM403"),
        ("my $s = 'a'; $s .= $s for 1 .. 40; 1", "PM402"),
        ("my @l = (1, 2); for my $i (1 .. 40) { @l = (@l, @l) } 1", "PM403"),
        ("for my $a (1 .. 10000) { for my $b (1 .. 10000) { for my $c (1 .. 10000) { } } }", "PM401"),
        ("for my $a (1 .. 100000) { my @l = (1 .. 100000); }", "PM401"),
        ("my $s = 'ab' x 500000; for my $a (1 .. 100000) { my $t = index($s, 'c'); }", "PM401"),
        ("my $s = 'ab' x 500000; my $t = $s . 'x'; for my $a (1 .. 100000) { my $u = $s eq $t; }", "PM401"),
        ("my @l = (1 .. 100000); for my $a (1 .. 100000) { my @k = reverse @l; }", "PM401"),
        ("my @l = (1 .. 100000); for my $a (1 .. 100000) { shift @l; }", "PM401"),
        ("my @l = (1 .. 100000); for my $a (1 .. 100000) { my $m = max(@l); }", "PM401"),
        ("my @l = ('') x 100000; for my $a (1 .. 100000) { my $m = join('', @l); }", "PM401"),
        ("my @l = (1 .. 100000); for my $a (1 .. 100000) { my @m = sort { $b <=> $a } @l; }", "PM401"),
    ],
)
def test_bombs_end(body: str, expected: str | None) -> None:
    assert code(body, Limits()) == expected


def test_doubling_over_many_macros_and_calls() -> None:
    text = (
        "\n".join(f"%%define m{each}($x) m{each + 1}($x . $x) =end" for each in range(40))
        + "\n%%define m40($x) $x =end"
    )
    assert fault(text, "%%m0(a)").code == "PM402"
    program, _ = linked(text)
    running = Session(program, Known())
    codes = set()
    for each in range(10_000):
        with pytest.raises(Fault) as caught:
            running.expand(call(f"%%m0(a{each})"))
        codes.add(caught.value.diagnostic.code)
    assert codes == {"PM402", "PM401"}


def test_one_account_for_nested_calls_defaults_and_results() -> None:
    text = """
%%define inner($x = join(",", 1 .. 1000)) markdown($x) =end
%%define outer() my $r = ""; for my $i (1 .. 100) { $r .= inner() } $r =end
"""
    running = session(text)
    running.expand(call("%%outer()"))
    assert running.budget.steps < 1_010_000 - 100 * 1000 // 8


def test_deep_nesting_in_deep_calls_needs_no_deep_stack() -> None:
    """64 macros in one another, each 100 levels deep, while most of Python's stack is taken."""
    deep = "uc(" * 99
    text = "\n".join(f"%%define m{each}() {deep}m{each + 1}(){')' * 99} =end" for each in range(1, 64))
    running = session(text + "\n%%define m64() 'x' =end")

    def nested(levels: int) -> str:
        if levels:
            return nested(levels - 1)
        return "".join(each.text for each in running.expand(call("%%m1()")).pieces)

    assert nested(0) == "X"
    assert nested(sys.getrecursionlimit() - 300) == "X"
    assert threading.active_count() == 1


def test_a_name_of_a_megabyte() -> None:
    assert value("$x", "$x", "a" * (1 << 20)) == "a" * (1 << 20)
    name = "n" * 500_000
    assert gives(f"%%define {name}() 1 =end", f"%%{name}()") == "1"
    assert value("'ok'", ", ".join(f"$p{each} = 1" for each in range(65)), ", ".join("1" * 65)) == "ok"


@pytest.mark.parametrize("most", [2_999, 3_000, 3_001])
def test_steps_of_a_document_are_at_most_so_many(most: int) -> None:
    running = session("%%define f() 1 =end", limits=Limits(steps=500, steps_a_call=1_000, steps_in_all=most))
    for _ in range(5):
        running.budget.allow_call()
    assert running.budget.steps == most


@pytest.mark.parametrize(
    "body",
    [
        "'x' x 10**9",
        "repeat('x', 10**9)",
        "sprintf('%1000000000d', 1)",
        "sprintf('%.1000000000f', 1)",
        "sprintf('%s' x 100, ('x' x 1000000) x 100)",
        "my $s = 'x' x 1000000; $s . $s",
        "my $s = 'x' x 1000000; \"$s$s$s$s\"",
        "my $s = 'x' x 1000000; $s .= $s; 1",
        "my $s = 'x' x 1000000; replace($s, 'x', 'xxxxxxxxxxxxxxxxxxxxxxxx')",
        "my $s = 'x' x 1000000; join($s, 1 .. 10)",
        "my $s = 'ß' x 1000000; uc($s)",
        "my $s = 'x,' x 500000; scalar(split(',', $s))",
        "my @l = (1 .. 10**15); 1",
        "my @l; $l[10**9] = 1;",
        "my @l = (1) x 10**9; 1",
        "my @l = 'a' .. 'zzzzzzzz'; 1",
        "for my $i (1 .. 10**9) { }",
    ],
)
def test_nothing_is_made_before_it_is_charged(body: str) -> None:
    """The most that is there at once is a text of the largest size, and what the operation looks at."""
    running = session(f"%%define f() {body}\n=end")
    tracemalloc.start()
    try:
        with pytest.raises(Fault) as caught:
            running.expand(call("%%f()"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.diagnostic.code in ("PM401", "PM402", "PM403", "PM409")
    assert peak < 6 << 20
