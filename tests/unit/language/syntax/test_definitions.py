"""Definitions: where they end, what is wrong with how they are written, and libraries of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.base.fault import Diagnostic, Diagnostics, Unclosed
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.syntax.definitions import (
    end_of_definition,
    parse_definition,
    parse_library,
)
from pandoc_percent_macros.language.syntax.macros import Macro, single

from ....support.macros import gives, marked, places

DEFINITION = re.compile("%%(define|template|markdown)")


def parsed(text: str) -> tuple[Macro | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    return parse_definition(Source("a.md", text), diagnostics), list(diagnostics)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('%%define hi() return "x" =end rest', " rest"),
        ('%%define hi() return "=end" =end rest', " rest"),
        ("%%define hi()\n# =end\nq{=end};\n=end\nrest", "\nrest"),
        ("%%define f($x = '=end') $x =end", ""),
        ("%%define f() my $x =end", ""),
        ("%%define f() return =end", ""),
        ('%%define f() "a" x 3 . =endx =end', ""),
        (r"%%template t($x) \textbf{$x} =end rest", " rest"),
        ("%%template t($x)\n  a =end\n  =end  \nrest", "  \nrest"),
        ("%%template t($x = '=end')\na\n=end", ""),
        ("%%markdown t($x) *$x* =end rest", " rest"),
        ("%%markdown t($x)\n- a =end\n  =end  \nrest", "  \nrest"),
    ],
)
def test_end(text: str, rest: str) -> None:
    assert text[end_of_definition(text, 0) :] == rest


@pytest.mark.parametrize(
    ("text", "code", "offset", "stop"),
    [
        ("%%define f() 1", "PM101", 0, 14),
        ("%%define f() 1\n%%define g() 2 =end", "PM101", 0, 15),
        ("%%define f() 1\n\nSome text, l'entreprise", "PM101", 0, 39),
        ('%%define f() "a', "PM102", 13, 15),
        ('%%define f() "a;\n=end\nText "b" c', "PM102", 13, 21),
        ("%%template f()\n a", "PM101", 0, 17),
        ("%%template f()\n a\n%%template g() b =end", "PM101", 0, 18),
        ("%%markdown f()\n a\n%%markdown g() b =end", "PM101", 0, 18),
    ],
)
def test_unterminated(text: str, code: str, offset: int, stop: int) -> None:
    with pytest.raises(Unclosed) as caught:
        end_of_definition(text, 0)
    assert (caught.value.code, caught.value.offset, caught.value.stop) == (code, offset, stop)


@given(st.text(alphabet="%dtefin= ()$x\"'q{}#\n;a", max_size=60))
def test_any_text_ends_or_does_not(text: str) -> None:
    whole = "%%define f() " + text
    try:
        end = end_of_definition(whole, 0)
    except Unclosed:
        return
    assert whole[:end].endswith("=end")
    macro, found = parsed(whole[:end])
    assert all(each.span and 0 <= each.span.start <= each.span.end <= end for each in found)
    assert macro is None or macro.sound != any(each.severity == "error" for each in found)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("PM104", "%%define «3»() 1 =end"),
        ("PM104", "%%define f(«x») 1 =end"),
        ("PM104", "%%define f($x«;») 1 =end"),
        ("PM104", "%%define f(@r, «$x») 1 =end"),
        ("PM104", "%%define f($x = 1, «$y») 1 =end"),
        ("PM104", "%%define f($x = «)» $x =end"),
        ("PM104", "%%template f($x = «)» $x =end"),
        ("PM204", "%%define «use»($x) 1 =end"),
        ("PM204", "%%define «begin»($x) 1 =end"),
        ("PM206", "%%define f($x, «$x») 1 =end"),
        ("PM104", "%%define f() my $a = «;» =end"),
        ("PM104", "%%define f() return «width»; =end"),
        ("PM104", "%%define f() return «5mm»; =end"),
        ("PM104", '%%define f() return "a«\\b»"; =end'),
        ("PM104", '%%define f() return "a«\\1»"; =end'),
        ("PM104", '%%define f() return "a«\\x{110000}»"; =end'),
        ("PM104", "%%define f() «018»; =end"),
        ("PM104", "%%define f() if (1 «=» 2) { } =end"),
        ("PM104", "%%define f() «while» (1) { } =end"),
        ("PM104", "%%define f($x) $x «->» 3; =end"),
        ("PM104", "%%define f() if (1) { 1 } else «if» (2) { 2 } =end"),
        ("PM104", "%%define f() (1, 2 «=end»"),
        ("PM104", "%%define f() 1; «}» 2 =end"),
        ("PM104", "%%define f() if (1) { 2 «=end»"),
        ("PM104", "%%define f() «1» = 2; =end"),
        ("PM104", "%%define f() «my $x = 1 if» 1 =end"),
        ("PM104", "%%define f() 1 .. 2 «..» 3 =end"),
        ("PM104", "%%define f() 1 <=> 2 «==» 3 =end"),
        ("PM104", "%%define f() return 1 «or» 2 =end"),
        ("PM104", "%%define f() 1 == 1 or «return» 2; =end"),
        ("PM104", "%%define f() (not 1«,» 2) =end"),
        ("PM104", "%%define f() return 1 + not 0«,» 2 =end"),
        ("PM104", "%%define f() join '', not not(1)«,» 2 =end"),
        ("PM104", "%%define f() for («my» $i = 0; $i < 3; $i += 1) { } =end"),
        ("PM104", "%%define f() «\\» =end"),
        ("PM102", '%%define f() return «"»a;\n=end\ntext "b" c =end'),
        ("PM101", "«%%define f()» 1;"),
    ],
)
def test_what_does_not_read(code: str, text: str) -> None:
    plain, marks = marked(text)
    macro, found = parsed(plain)
    assert [each.code for each in found] == [code]
    assert places(found) == marks
    assert macro is None or not macro.sound


@pytest.mark.parametrize(
    "text", ["%%define f($x = ) $x", "%%define f($x = ) 'a;\n=end\ntext 'b c", "%%template f(=)\na"]
)
def test_a_faulty_head_without_an_end(text: str) -> None:
    macro, found = parsed(text)
    assert macro
    assert "PM104" in [each.code for each in found]


def test_every_fault_of_a_definition_is_found() -> None:
    text = (
        "%%define f()\nmy $a = «;»\nif («%») { 1; 2 } elsif (2) { 3 } else { 4 }\n"
        'if (1) { «)» } "«\\b»"; map { «*» } 1; for my $i (1) { 1 «2»; { }; $a = 1 «2» }\n =end'
    )
    plain, marks = marked(text.replace("{ }; ", ""))
    _, found = parsed(plain)
    assert places(found) == marks


def test_a_macro() -> None:
    macro, found = parsed('%%define image($path, $width = 0.5 + 1, @rest) "$path$width@rest" =end')
    assert macro
    assert not found
    assert macro.signature() == "image($path, $width = 0.5 + 1, @rest)"
    assert macro.name_span.text == "image"
    assert [str(each) for each in macro.parameters] == ["$path", "$width", "@rest"]
    assert [each.name for each in single(macro)] == ["path", "width"]


@pytest.mark.parametrize(
    "unit", ["%%define ", "%%define f() '", "%%template f()\n", "q{", '"a', '%%define f($x = "', "=", "\\"]
)
def test_linear_for_a_whole_document(unit: str) -> None:
    def find_all(size: int) -> int:
        text = "%%define f() " + unit * (size // len(unit))
        at = 0
        while following := DEFINITION.search(text, at):
            try:
                at = end_of_definition(text, following.start())
            except Unclosed as unterminated:
                at = unterminated.stop
        return at

    assert find_all(400_000) > 0  # it would take hours if each opening looked at all the rest


def test_a_library() -> None:
    text = (
        "Text\n\n# Says hello.\n# Twice.\n%%define hi() 'hi' =end\n%%use other\n"
        "more\n  %%template t($x)\n  $x\n  =end\n"
    )
    diagnostics = Diagnostics()
    library = parse_library(Source("a.pmac", text), diagnostics)
    assert not list(diagnostics)
    assert [(each.name, each.doc) for each in library.macros] == [("hi", "Says hello.\nTwice."), ("t", "more")]
    assert [(each.target, str(each.span)) for each in library.uses] == [("other", "a.pmac:6:1")]
    assert str(library.macros[1].name_span) == "a.pmac:8:14"


def test_a_library_goes_on_after_a_fault() -> None:
    diagnostics = Diagnostics()
    library = parse_library(Source("a.pmac", "%%define a() 1\n%%define b() ; + =end\n%%define c() 3 =end"), diagnostics)
    assert [(each.code, str(each.span)) for each in diagnostics] == [("PM101", "a.pmac:1:1"), ("PM104", "a.pmac:2:18")]
    assert [(each.name, each.sound) for each in library.macros] == [("b", False), ("c", True)]


def test_a_template_in_a_list() -> None:
    definitions = "%%template t($x) <$x> =end\n%%define f() my @l = (t(1), t(2)); join '|', @l =end"
    assert gives(definitions) == "<1>|<2>"


def test_parentheses_in_the_head_of_a_template() -> None:
    definitions = "%%template f($x = ((1 + 1) * (2)), $y = '=end)')\n$x$y\n=end\n%%define g() 'g' =end"
    assert gives(definitions) == "4=end)"
    assert gives(definitions, "%%f(a, b)") + gives(definitions, "%%g()") == "abg"
