"""Attacks on what is written: cases 26 to 29 of the list. A test's number is its case's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run
from .conftest import Expand, assert_gives

pytestmark = pytest.mark.pandoc

BOLD = '%%define b($x) "\\\\textbf{" . text($x) . "}" =end\n\n'
EVIL = "}\\input{/etc/passwd}{"


def test_26_text_is_escaped(expand: Expand) -> None:
    done = expand(f'{BOLD}%%b("{EVIL}")\n')
    assert_gives(done, "\\textbf{\\}\\textbackslash input\\{/etc/passwd\\}\\{}\n")


@pytest.mark.parametrize("sign", list("{}$&#^_~%<>|\"'`"))
@pytest.mark.parametrize("target", ["latex", "html", "context", "typst"])
def test_26_as_pandoc_escapes_it(expand: Expand, run: Run, sign: str, target: str) -> None:
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": [{"t": "Para", "c": [{"t": "Str", "c": sign}]}]}
    expected = run("pandoc", "-f", "json", "-t", target, text=json.dumps(document)).out
    argument = f'"\\{sign}"' if sign == '"' else f'"{sign}"'
    assert_gives(expand(f"%%define f($x) text($x) =end\n\n%%f({argument})\n", target=target), expected)


@pytest.mark.parametrize(
    ("switch", "result", "target"),
    [
        ("raw_html", "html('<script>x</script>')", "html"),
        ("raw_html", "raw('html', '<script>x</script>')", "html"),
        ("raw_tex", "'\\\\input{/etc/passwd}'", "latex"),
        ("raw_tex", "latex('\\\\input{/etc/passwd}')", "latex"),
        ("raw_tex", "raw('tex', '\\\\input{/etc/passwd}')", "beamer"),
    ],
)
@pytest.mark.parametrize("place", ["%%f()", "a %%f() b", "> %%f()"])
def test_27_markup_that_is_switched_off(expand: Expand, switch: str, result: str, target: str, place: str) -> None:
    done = expand(f"%%define f() {result} =end\n\n{place}\n", "-f", f"markdown-{switch}", target=target)
    assert done.status == 0
    assert "script" not in done.out
    assert "input" not in done.out
    assert f"warning[PM702]: markup that `f` gives is left out: `{switch}` is switched off" in done.err


@pytest.mark.parametrize("target", ["html", "pptx", "docx", "revealjs"])
def test_28_latex_where_there_is_none(expand: Expand, target: str) -> None:
    done = expand("%%define f() '\\\\LaTeX' =end\n\n%%f()\n\na %%f() b\n\n%%f()\n", target=target)
    assert done.status == 0
    assert done.err.count("warning[PM701]: `f` gives nothing but LaTeX") == 1


HOSTILE = "\x1b[31m\x07\x9b1m\u202e\u2066\x08\x7f\u200b"
GITHUB = "a\n::error::x\n"


@pytest.mark.parametrize("output", ["full", "concise", "json", "github", "sarif"])
@pytest.mark.parametrize(
    "text",
    [
        f"%%nothing({HOSTILE})\n",
        f'%%define f() die("{HOSTILE}") =end\n\n%%f()\n',
        f"%%define f($x) die($x) =end\n\n%%f({HOSTILE})\n",
        '%%define f() die("a\\n::error::x\\e[31m") =end\n\n%%f()\n',
        '%%define f() die("a\\n##[error]x%0A::error::y") =end\n\n%%f()\n',
        f"%%define f() $a{HOSTILE} =end\n",
        f"%%use {HOSTILE}\n",
        f"%%begin f{HOSTILE}\n",
    ],
)
def test_29_what_drives_a_terminal(run: Run, tmp_path: Path, output: str, text: str) -> None:
    name = "::error::\x1b[31m.md"
    (tmp_path / name).write_text(text, "utf-8")
    done = run("percent-macros", "check", "--output-format", output, name)
    assert done.status == 1
    assert "Traceback" not in done.err
    for each in (done.out, done.err):
        assert not [sign for sign in each if not sign.isprintable() and sign != "\n"]
        if output != "github":
            assert not [line for line in each.splitlines() if line.startswith(("::", "##"))]
    if output == "github":
        commands = done.out.splitlines()
        assert commands
        assert all(line.startswith(("::error file=", "::warning file=")) for line in commands), commands
    if output in ("json", "sarif"):
        json.loads(done.out)


def test_29_in_the_filter(expand: Expand) -> None:
    done = expand(f"%%nothing({HOSTILE})\n")
    assert not [sign for sign in done.err if not sign.isprintable() and sign != "\n"]
    assert "\\x1b[31m" in done.err
