"""What authors who know another language write: one message, with a hint, and what is written here instead reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostic
from tests.support import macros

PAGE = (Path(__file__).parents[2] / "docs" / "coming-from.md").read_text("utf-8")
PERL = PAGE.partition("## From Perl")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `(.+?)` \| (?:`(.+?)` )?\|$", PERL, re.MULTILINE)


def told(code: str, kind: str = "define") -> list[Diagnostic]:
    _, found = macros.linked(f"%%{kind} f($x = 'a', @l) {code}\n=end")
    return [each for each in found if each.code != "PM207"]


def test_the_page_has_rows() -> None:
    assert len(ROWS) > 35


@pytest.mark.parametrize(("old", "new"), ROWS)
def test_a_habit_gives_one_message_with_a_hint(old: str, new: str) -> None:
    found = told(old)
    assert len(found) == 1, [each.message for each in found]
    assert found[0].hints
    assert told(new) == []


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ('return <<"EOT";\nsome text; more, (text)\nEOT', "%%template"),
        ("return <<~EOT . 'b';\n  some text\n  EOT", "several lines"),
        ("{{ x }} is {% if x %} x {% endif %}", "`$x`"),
        ('"{{ x }}"', "`$x`"),
        ('"{{{x(1)}}}"', "`$x`"),
        ("return 'it's';", "apostrophe"),
        ("return \\textbf{$x};", "%%template"),
        ("return keys %$x;", "no references"),
        ("return true;", "true is `1`"),
        ("let y = 1;", "`my $x = …;`"),
        ("def g(y): return y", "%%define"),
        ("return 'a' 'b';", "joined by `.`"),
        ("system('ls');", "meta"),
        ("return `ls`;", "no programs"),
        ("return strlen($x);", "length"),
        ("x;", "dollar sign"),
        ("return eq($x);", "&eq(…)"),
        ("return s($x);", "&s(…)"),
        ('return "\\F$x";', "lc($x)"),
        ("switch ($x) { }", "elsif"),
        ("my %h = (a => 1); $x =~ s/(a)/$h{$1}/;", "split /(…)/"),
        ("$x =~ s/(a)/$l[0]/;", "split /(…)/"),
        ('my %h = (a => 1); return "$h{a}";', "end the string"),
        ("$x =~ s/(a)/uc($1)/e;", "split /(…)/"),
        ("$x =~ s/(a)/<\\1>/;", "`$1`"),
        ("$x =~ s/(?<n>a)/<$+{n}>/;", "`$1`"),
        ("if ($x =~ /(?<n>a)/) { return $+{n}; }", "`$1`"),
        ("my %h = (a => 1); for my ($k, $v) (%h) { return $k . $v; } return 1;", "for my $k (keys %h)"),
        ("my %h; $h{a}{b} = 1; return $h{a};", "don't nest"),
        ("my %h; $h{a}[1] .= 'x'; return $h{a};", "don't nest"),
        ("my %h; return $h{a}[1] . $h{a}->{b};", "don't nest"),
        ("my %h; return $h{a}->{b}->{c} || $h{a}->{d} ? 1 : 2;", "no references"),
        ("my %h; $h{a}->{b} ||= 5; return $h{a};", "no references"),
    ],
)
def test_other_habits(code: str, hint: str) -> None:
    found = told(code)
    assert len(found) == 1, [each.message for each in found]
    assert hint in found[0].hints[0]


@pytest.mark.parametrize(
    "body", ["{{ name }}", "<b>{{{name}}}</b>", "\\textbf{#1}", "*$1*", "%name", "{name}", "$(name)"]
)
def test_a_parameter_written_as_elsewhere(body: str) -> None:
    """It is text in a template; that it is never used is told of, with how it is written."""
    _, found = macros.linked(f"%%template key($name) {body}\n=end")
    assert [each.code for each in found] == ["PM207"]
    assert "written `$name`" in found[0].hints[0]


def test_what_looks_like_a_named_group_is_text_where_no_pattern_is() -> None:
    assert macros.gives('%%define f() "x$+{n}$" =end', "%%f()") == "x$+{n}$"
    assert told('return "x$+{n}$";') == []


@pytest.mark.parametrize(("name", "code"), [("m", "m(1)"), ("tr", "tr(1)(2)"), ("y", "y(1)(2)"), ("s", "s(1)(2)")])
def test_the_call_of_a_macro_that_is_named_like_a_quoting_operator(name: str, code: str) -> None:
    _, found = macros.linked(f"%%define {name}($x) $x =end\n%%define f() {code} =end")
    assert [f"`&{name}(…)`" in each.hints[0] for each in found] == [True]


def test_a_pattern_without_a_topic_where_no_macro_has_its_name() -> None:
    _, found = macros.linked("%%define f() m(1) =end")
    assert ["&m" in each.hints[0] for each in found] == [False]


def test_matches_are_replaced_one_by_one_as_the_hint_says() -> None:
    text = "%%define f($s)\nmy %h = ('&' => 'and');\n"
    text += 'join("", map { exists $h{$_} ? $h{$_} : $_ } split /([&%])/, $s)\n=end'
    assert macros.gives(text, '%%f("a & b % c")') == "a and b % c"


def test_a_macro_of_any_name() -> None:
    text = '%%define eq($x) "<$x>" =end\n%%define s($x) "s$x" =end\n%%define print($x) "p$x" =end\n'
    text += (
        "%%define length($x) 'macro' =end\n%%define f($x) &eq($x) . &s($x) . print($x) . length($x) . &length($x) =end"
    )
    assert macros.gives(text, "%%f(ab)") == "<ab>sabpab2macro"
