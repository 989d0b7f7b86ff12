"""Attacks on the scanner, and on what reads bytes: cases 17 to 25 of the list. A test's number is its case's."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ..conftest import Run
from ..fuzz.growth import text
from .conftest import OLD, Expand, assert_gives, assert_refused

pytestmark = pytest.mark.pandoc

VERBATIM = [
    "```\n%%f(1)\n```",
    "~~~ {.c}\n%%f(1)\n~~~",
    "    %%f(1)",
    "a `%%f(1)` b",
    "a `` ` %%f(1) `` b",
    "```{=latex}\n%%f(1)\n```",
    "a `%%f(1)`{=latex} b",
    "<!-- %%f(1) -->",
    "a <!-- %%f(1) --> b",
    "<pre>%%f(1)</pre>",
    "\\%%f(1)",
]
LIMIT = 64 * 1024 * 1024


@pytest.mark.parametrize("end", ["", "\n", "\r\n", " \t\n\n\n"])
@pytest.mark.parametrize(
    "text", ["", "a", "\ufeffa", "a\r\nb\rc\u2028d", "a\0b", "% T\n\n- 100% `%`\n\n\\% %", "é漢\u202e\u0301"]
)
def test_17_a_document_without_directives(run: Run, tmp_path: Path, text: str, end: str) -> None:
    data = (text + end).encode()
    (tmp_path / "a.md").write_bytes(data)
    done = subprocess.run(["percent-macros", "lift", "a.md"], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, data, b"")


def test_17_pandoc_s_json_without_directives(run: Run) -> None:
    document = run("pandoc", "-t", "json", text="100% of `%%f` \\%%x *b* \x1b").out.replace(",", " ,\n")
    done = run("percent-macros", "latex", text=document, PANDOC_VERSION="3")
    assert (done.status, done.out, done.err) == (0, document, "")


@pytest.mark.parametrize("text", VERBATIM)
def test_18_what_only_looks_like_a_call(run: Run, expand: Expand, text: str) -> None:
    """The document has a directive elsewhere, so that it is looked at."""
    rest = "\n\nbelow\n\n"
    done = expand(f"{text}{rest}%%define f(@x) die('expanded') =end\n", "-s", target="json")
    assert done.status == 0, done.err
    plain = json.loads(run("pandoc", "-t", "json", "-s", text=text + rest).out)
    assert json.loads(done.out) == plain
    assert "f(1)" in done.out or "<!--" in text


@pytest.mark.parametrize(
    ("opener", "code", "place"),
    [
        ("%%define f()\nreturn 1;\n", "PM101", "a.md:3:1"),
        ("%%template f()\na\n", "PM101", "a.md:3:1"),
        ('%%define f() "a\n=end\n', "PM102", "a.md:3:14"),
        ("%%define f() q{a\n=end\n", "PM102", "a.md:3:14"),
        ("x %%f(a", "PM103", "a.md:3:6"),
        ("%%f(a,\n\nb)", "PM103", "a.md:3:4"),
        ("%%begin only(beamer)\n", "PM105", "a.md:3:1"),
        ("%%begin only(beamer\n", "PM103", "a.md:3:13"),
        ("> %%begin only(beamer\n", "PM103", "a.md:3:15"),
    ],
)
def test_19_what_is_never_closed(expand: Expand, opener: str, code: str, place: str) -> None:
    assert_refused(expand(f"a\n\n{opener}"), code, place)


@pytest.mark.parametrize(
    ("one", "other", "shape"),
    [
        ("%%define ", "a", "aa b"),
        ("%%template t\n", "a", "aa b"),
        ("%%begin b(\n", "a", "aa b"),
        ("%%define f() ", "=end\n", "aa b"),
        ("%%define f() ", "%%define f() 'a'", "ab ab"),
        ("%%f(", "a", "aa b"),
        ("%%f(", ")", "aa bb"),
        ("%%f({", ")", "ab ab"),
        ("x%%f({", ") ", "ab ab"),
        ("%%f(%%f(", ")) ", "ab ab"),
        ("%%f()", "a", "aa b"),
        ("> %%f(\n", "a", "aa b"),
        ("`", "a", "aa b"),
        ("`", "%%f(a)", "aa b"),
        ("``` ", "`", "ab ab"),
        ("$", "%%f(a)", "aa bb"),
        ("<!--", "%%f(a)", "aa b"),
        ("<pre>", "%%f(a)", "aa b"),
        ("<!", "%%f(a)", "aa b"),
        ('%%f("', "'", "ab ab"),
        ("- %%define f() 1 =end\n", "%%f()", "aa b"),
        ("%%begin b()\n", "%%end c\n", "aa bb"),
        ("[a]: ", "%%f()", "ab ab"),
        ("\\x[", "%%f()", "aa b"),
        ("> ", "~~~ %%f() ", "aa bb"),
        ("- ```\n", "\n%%f()\n\n", "ab ab"),
    ],
)
def test_20_many_openers(held_run: Run, one: str, other: str, shape: str) -> None:
    """A second or two if the work grows with the length; more than the guard gives if it grows with its square."""
    call = "\n\n%%f()\n"  # a text without any is not looked at
    done = held_run("percent-macros", "lift", text=text(one, other, shape, 200_000) + call)
    assert done.status in (0, 1)
    assert "Traceback" not in done.err


def test_20_more_calls_than_there_is_memory_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Words.\n\n%%define f() 'x' =end\n\n" + "%%f()\n\n" * 20_000)
    document = run("pandoc", "a.md", "-t", "json").out
    variables = {"PANDOC_VERSION": "3", "PERCENT_MACROS_SOURCES": "a.md"}
    for arguments in ("lift a.md", "latex"):  # and neither asks pandoc, which would run short of it, too
        done = run("sh", "-c", f"ulimit -d 30000; exec percent-macros {arguments}", text=document, **variables)
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith("percent-macros: error[PM610]: ")


def test_21_one_byte_over_the_limit(run: Run, held_run: Run, tmp_path: Path) -> None:
    with open(tmp_path / "a.md", "wb") as file:
        file.truncate(LIMIT + 1)
    done = held_run("percent-macros", "lift", "a.md")
    assert (done.status, done.out) == (1, "")
    assert "error[PM803]" in done.err
    document = run("pandoc", "-t", "json", text="%%f(1)\n").out
    variables = {"PANDOC_VERSION": "3", "PERCENT_MACROS_SOURCES": "a.md"}
    done = held_run("percent-macros", "latex", text=document, **variables)
    assert (done.status, done.out) == (1, "")
    assert "error[PM803]" in done.err


def test_21_a_line_as_long_as_the_limit(run: Run, tmp_path: Path) -> None:
    call = b" %%nothing("
    (tmp_path / "a.md").write_bytes(b"a" * (LIMIT - len(call)) + call)
    done = subprocess.run(["percent-macros", "lift", "a.md"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 1
    assert f"a.md:1:{LIMIT}: error[PM103]" in done.stderr.decode()
    assert len(done.stderr) < 1000


def test_22_null_bytes(expand: Expand, run: Run) -> None:
    macro = "%%define f($x) text($x) =end\n\n"
    done = expand(f"{macro}a\0b %%f(c\0d)\n\n%%f(\0)\n")
    assert "\0" not in done.out
    assert done.status == 0 or "error[PM306]" in done.err
    done = expand('%%define g() "a\\0b" =end\n\n%%g()\n')
    assert "error[PM306]" in done.err
    assert done.out == OLD


@pytest.mark.parametrize(
    ("data", "place", "byte"),
    [
        (b"a\n\n%%f(\xe9)\n", "a.md:3:5", "byte 7 (0xe9)"),
        (b"\xff%%f(1)\n", "a.md:1:1", "byte 0 (0xff)"),
        (b"%%f(\xc3\xa9)\xc3", "a.md:1:7", "byte 7 (0xc3)"),
        (b"%%f(\xed\xa0\x80)", "a.md:1:5", "byte 4 (0xed)"),
    ],
)
def test_23_bytes_that_are_no_text(held_run: Run, tmp_path: Path, data: bytes, place: str, byte: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    done = held_run("percent-macros", "lift", "a.md")
    assert (done.status, done.out) == (1, "")
    assert f"{place}: error[PM802]: {byte} is no UTF-8" in done.err


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("\ufeff", "1:1"),
        ("\ufeffa\n\n", "3:1"),
        ("a\r\n\r\nb ", "3:3"),
        ("a\u2028b ", "1:5"),
        ("a\u0085b ", "1:5"),
        ("e\u0301 ", "1:4"),
        ("\u202eא ", "1:4"),
        ("漢字 ", "1:4"),
        ("\U0001f600 ", "1:3"),
        ("a\x0bb\x0c ", "1:6"),
    ],
)
def test_24_lines_and_columns(expand: Expand, before: str, place: str) -> None:
    assert_refused(expand(f"{before}%%nothing()\n".encode()), "PM203", f"a.md:{place}")


def test_24_a_lone_carriage_return(held_run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\rb %%f(\r\n")
    done = held_run("percent-macros", "lift", "a.md")
    assert "a.md:1:8: error[PM103]" in done.err


@pytest.mark.parametrize("text", ["\u202eא\u0301e\u0301é\ufeff", "a\u2028b", "漢字\U0001f600"])
def test_24_such_characters_are_kept(expand: Expand, text: str) -> None:
    assert_gives(
        expand(f"%%define f($x) html('<i>' . $x . '</i>') =end\n\n%%f({text})\n", target="html"), f"<i>{text}</i>\n"
    )


@pytest.mark.parametrize("sign", [">", "[", "- ", "(", "*", "> - "])
def test_25_nested_twenty_thousand_times(held_run: Run, sign: str) -> None:
    done = held_run("percent-macros", "lift", text=f"{sign * 20_000}%%f(1)\n\n%%f(2)\n")
    assert (done.status, done.err) == (0, "")
    assert "%%f(2)" in done.out


@pytest.mark.parametrize("depth", [300, 5_000, 20_000, 200_000])
def test_25_elements_nested_twenty_thousand_times(held_run: Run, run: Run, depth: int) -> None:
    """As a pandoc with memory enough would hand them over."""
    lifted = json.loads(run("pandoc", "-t", "json", text=run("percent-macros", "lift", text="%%image(a)\n").out).out)
    inside = json.dumps(lifted["blocks"])
    nested = '[{"t":"BlockQuote","c":' * depth + inside + "}]" * depth
    document = f'{{"pandoc-api-version":[1,23],"meta":{{}},"blocks":{nested}}}'
    done = held_run("percent-macros", "latex", text=document, PANDOC_VERSION="3")
    assert "Traceback" not in done.err
    if depth == 300:
        assert "includegraphics" in done.out
    else:
        assert (done.status, done.out) == (1, "")
        assert "error[PM607]" in done.err


def test_25_pandoc_may_give_up(expand: Expand) -> None:
    done = expand("%%image(a)\n\n" + ">" * 20_000 + "a\n", "+RTS", "-M60m", "-RTS")
    assert (done.status, done.out) == (251, OLD), done.err
    assert "heap" in done.err.lower()
