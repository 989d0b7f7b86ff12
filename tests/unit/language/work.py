"""Run by test_work.py under Callgrind: programs that make much work of few steps, if anything does.

Prints a JSON list: what each program is about, the steps that it was charged, and the fault that it ended with.
Callgrind writes its counts at each call of getppid: before and after each program, and nowhere else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import product

from pandoc_percent_macros.base import Fault
from pandoc_percent_macros.language.functions import FUNCTIONS
from pandoc_percent_macros.language.values.budget import Limits
from tests.support.macros import call, session

SIZES = {1_000: 20, 16_000: 2}  # characters of a text, and how often each program works on it
SMALLEST = 8
LIMITS = Limits(steps=1_000_000)

TEXTS = {
    "$same": '"a" x {n}',
    "$late": '("a" x {q}) . "b" . ("a" x {q})',  # begins everywhere in the one above, and is nowhere
    "$blank": '" " x {n}',
    "$other": '"\u0130&" x {h}',
    "$fields": '"%%" x {h}',
    "$zeros": '"%" . ("0" x {n})',
    "$digits": '"9" x {n}',
    "$formats": '"%s%%" x {e}',
    "$magic": '"z" x {n}',
    "$copy": '("a" x ({n} - 1)) . "a"',
    "$successor": '"b" . ("a" x ({n} - 1))',
    "$text": '""',
    "$content": 'text("")',
    "$half": "{h}",
    "$short": '"a"',
}
LISTS = {
    "@numbers": "(1 .. {e})",
    "@words": '(("ab") x {e})',
    "@long": '(map {{ ("a" x {n}) . $_ }} (1 .. 9))',
    "@grown": '(("ab") x {e})',
    "@spent": '(("ab") x {e})',
    "@parts": '(map {{ text("ab") }} (1 .. {e}))',
}
ONE = [*(f"({name})" for name in ("$same", "$blank", "$other", "$digits", "0.5")), '("")']
TWO = [
    *("($same, $late)", "($same, $short)", "($same, $half)", '($same, "")', '($blank, " ")', '(" ", $blank)'),
    *('(" ", $same)', "($short, $half)", '("html", $same)', "($same, $same)", "($half, $half)"),
]
THREE = [
    *("($same, $late, $short)", "($same, $late, $half)", "($same, $short, $late)", "($same, $half, $half)"),
    *("($short, $same, $half)", '(" ", $blank, $half)', "($same, $short, $short)", '($same, $short, "bc")'),
]
PASSED = ("@numbers", "@words", "@long", "@parts")
MANY = [f"({name})" for name in PASSED]
LED = [
    *(f"({first}, {rest})" for first, rest in product(("$short", "$fields", '""'), PASSED)),
    "($zeros, 1)",
    "($formats, @words)",
]
SHAPES = {"$": ONE, "$$": TWO, "$;$": [*ONE, *TWO], "$$;$": [*TWO, *THREE], "$$$": THREE, "@": MANY, "$@": LED}

VARIABLES = {**TEXTS, **LISTS}
OTHERS = "%%define other(@x) @x =end\n%%define one($x) $x =end\n%%template templated($x) a $x =end\n"

OPERATORS = [
    *(
        f"my $r = {one} {sign} {other};"
        for sign in ("eq", "lt", "cmp", ".")
        for one in ("$same",)
        for other in ("$copy",)
    ),
    *("my $r = $same eq $copy eq $same;", "my $r = 1 < 2 < $half;", "my $r = -$same;", "my $r = !$same;"),
    *(f"my $r = $half {sign} 3;" for sign in ("+", "-", "*", "/", "%", "**", "<=>", "==")),
    *('my $r = "$same$late";', 'my $r = "@words";', 'my $r = "@long";', "my $r = $short x $half;"),
    *("my @r = (@words) x 2;", "my @r = 1 .. $half;", "my @r = @words[@numbers];", "my @r = (@words, @numbers);"),
    *('my @r = "a" .. "zz";', "my @r = $same .. $successor;", "my @r = $magic .. $magic;", "my @r = @words;"),
    *("$text .= $same;", '$content .= text("");', '$content = $content . text("ab");', "my ($x, @r) = @words;"),
    *("push(@grown, @words);", "unshift(@grown, 1);", "my $r = pop(@grown) // 1;", "my $r = shift(@spent) // 1;"),
    *("$grown[$half] = 1;", "my $r = $words[$half] // 1;", "my $r = scalar(@words);", "my $r = reverse($same);"),
    *("my @r = reverse(@words);", "for my $x (@words) {{ $short = $x; }}", "my @r = map {{ $_ }} @words;"),
    *("my @r = map {{ @words }} (1, 2);", "my @r = grep {{ $_ }} @words;", "my @r = sort {{ $a <=> $b }} @numbers;"),
    *(
        "my @r = sort {{ $a cmp $b }} @long;",
        "my @r = sort {{ 0 }} @words;",
        "my @r = sort(@long);",
        "my @r = uniq(@long);",
    ),
    *("my @r = other(@words);", "my $r = one($same);", "my $r = templated($same);", "my @r = qw(a b c);"),
]
RESULTS = ["@parts", "join('', @parts)", "$same", 'join("", map { latex("ab") } (1 .. 2000))', "text($same)"]


def programs() -> Iterator[tuple[str, str]]:
    """Yield the name of what a program is about, and its code, to be run several times."""
    for name, function in FUNCTIONS.items():
        if function.prototype in SHAPES and name not in ("map", "grep"):
            for arguments in SHAPES[function.prototype]:
                target = "my @r" if name in ("split", "sort", "uniq", "reverse") else "my $r"
                yield name, f"{target} = {name}{arguments};"
    for operation in OPERATORS:
        yield operation, operation.replace("{{", "{").replace("}}", "}")


def main() -> None:
    for about, code in dict(programs()).items():  # so that what is loaded and compiled once is so now
        _run(about, SMALLEST, code, {"n": SMALLEST, "h": 4, "q": 2, "e": 1})
    done = []
    for size, often in SIZES.items():
        sizes = {"n": size, "h": size // 2, "q": size // 4, "e": size // 8}
        for about, code in programs():
            done.append(_run(about, size, f"for my $i (1 .. {often}) {{ {code} }}\n''", sizes))
        done += [_run(result, size, result, sizes) for result in RESULTS]
    print(json.dumps(done))


def _run(about: str, size: int, code: str, sizes: dict[str, int]) -> dict[str, object]:
    declared = [f"my {name} = {value.format(**sizes)};" for name, value in VARIABLES.items() if _uses(code, name)]
    body = "\n".join([*declared, code])
    made = session(f"{OTHERS}%%define f()\n{body}\n=end", limits=LIMITS)
    before, fault = made.budget.steps, ""
    asked = call("%%f()")
    measured = size > SMALLEST
    if measured:
        os.getppid()
    try:
        made.expand(asked)
    except Fault as found:
        fault = found.diagnostic.code
    if measured:
        os.getppid()
    steps = before + LIMITS.steps_a_call - made.budget.steps
    return {"about": about, "size": size, "code": code, "steps": steps, "fault": fault}


def _uses(code: str, name: str) -> bool:
    return re.search(rf"[$@]{name[1:]}\b", code) is not None


if __name__ == "__main__":
    main()
