"""Broken documents, one for each kind of error: what is said, and that nothing is written."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pandoc

PUTPIC = '%%define putpic($x, $y, $width = "2cm") "\\\\node at ($x,$y) {$width};" =end\n\n'

BROKEN = {
    "an unknown macro": (
        PUTPIC + "%%putpick(98mm, 10mm)\n",
        (
            "talk.md:3:1: error[PM203]: unknown macro `putpick`\n"
            "    3 | %%putpick(98mm, 10mm)\n"
            "      |   ^^^^^^^\n"
            "   hint: did you mean `putpic`, defined at talk.md:1?\n"
        ),
    ),
    "too few arguments": (
        PUTPIC + "Text %%putpic(98mm).\n",
        (
            "talk.md:3:6: error[PM208]: `putpic` needs `$y`\n"
            "    3 | Text %%putpic(98mm).\n"
            "      |        ^^^^^^\n"
            '   hint: `putpic($x, $y, $width = "2cm")`, defined at talk.md:1\n'
        ),
    ),
    "too many arguments": (
        PUTPIC + "> %%putpic(1, 2, 3,\n>   4)\n",
        (
            "talk.md:4:5: error[PM208]: `putpic` takes 3 arguments, not 4\n"
            "    4 | >   4)\n"
            "      |     ^\n"
            '   hint: `putpic($x, $y, $width = "2cm")`, defined at talk.md:1\n'
        ),
    ),
    "an unknown variable": (
        '%%define f($name)\nreturn "\\\\foo{$nmae}";\n=end\n',
        (
            "talk.md:2:15: error[PM201]: unknown variable `$nmae`\n"
            '    2 | return "\\\\foo{$nmae}";\n'
            "      |               ^^^^^\n"
            "   hint: did you mean `$name`?\n"
        ),
    ),
    "a definition that does not end": (
        "% Title\n\n%%define f($x)\nreturn $x;\n\nText.\n",
        (
            "talk.md:3:1: error[PM101]: macro has no `=end`\n"
            "    3 | %%define f($x)\n"
            "      | ^^^^^^^^^^^^^^\n"
            "   hint: write `=end` behind its body, or on a line below it: no brace and no empty line ends it\n"
        ),
    ),
    "a string that does not end": (
        '%%define f($x)\nreturn "$x;\n=end\n\nText.\n',
        "talk.md:2:8: error[PM102]: ",
    ),
    "a call that does not end": (
        "%%image(a.png\n\nText.\n",
        (
            "talk.md:1:8: error[PM103]: the call's parenthesis is never closed\n"
            "    1 | %%image(a.png\n"
            "      |        ^\n"
            "   hint: put an argument with a lone parenthesis, brace or quote mark in quotes; "
            "for the text itself write `\\%%`\n"
        ),
    ),
    "a body that does not end": ("%%begin only(beamer)\n\nText.\n", "talk.md:1:1: error[PM105]: "),
    "a macro that calls itself": ("%%define f($x) f($x) =end\n", "talk.md:1:10: error[PM210]: "),
    "a macro defined twice": (
        "%%define f() 1 =end\n\n%%define f() 2 =end\n",
        "talk.md:1:10: error[PM205]: ",
    ),
    "a body that is no code": ("%%define f($x)\nreturn + ;\n=end\n", "talk.md:2:"),
}


@pytest.fixture
def filtered(run, tmp_path):
    def filtered(text: str):
        (tmp_path / "talk.md").write_text(text, "utf-8")
        return run("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "talk.tex")

    return filtered


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_document(filtered, tmp_path, name: str) -> None:
    text, said = BROKEN[name]
    (tmp_path / "talk.tex").write_text("the old output")
    done = filtered(text)
    assert done.status == 83
    assert said in done.err, done.err
    assert "Traceback" not in done.err
    assert (tmp_path / "talk.tex").read_text() == "the old output"


def test_all_faults_are_reported_in_the_order_of_the_text(filtered) -> None:
    done = filtered(PUTPIC + "%%a()\n\n%%define g() $z =end\n\n%%putpic()\n\n%%open(\n\n%%b()\n")
    places = [line.split(": error[")[0] for line in done.err.splitlines() if ": error[" in line]
    assert places == ["talk.md:3:1", "talk.md:5:14", "talk.md:7:1", "talk.md:9:7", "talk.md:11:1"]


@pytest.mark.parametrize(
    ("definition", "fault"),
    [
        ("%%define f() return 1;\n\n", "talk.md:1:1: error[PM101]"),
        ("%%template f()\n x\n\n", "talk.md:1:1: error[PM101]"),
        ('%%define f()\nreturn "x;\n=end\n\n', "talk.md:2:8: error[PM102]"),
    ],
)
def test_calls_of_a_definition_without_an_end_are_no_faults_of_their_own(filtered, definition: str, fault: str) -> None:
    done = filtered(definition + "%%define g() f() =end\n\n%%f() %%g() %%h()\n\n%%f()\n")
    line = definition.count("\n") + 3
    found = [each for each in done.err.splitlines() if ": error[" in each]
    assert [each.rpartition(": ")[0] for each in found] == [fault, f"talk.md:{line}:13: error[PM203]"]


def test_a_definition_without_an_end_in_code_defines_nothing(filtered) -> None:
    done = filtered("~~~\n%%define f() 1\n~~~\n\n%%f()\n")
    assert "talk.md:5:1: error[PM203]" in done.err


def test_control_characters_are_shown_escaped(filtered) -> None:
    done = filtered("%%nothing(\x1b[31m)\n")
    assert "\x1b" not in done.err
    assert r"\x1b[31m" in done.err
