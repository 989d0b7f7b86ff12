"""``percent-macros list``, ``call`` and ``explain``: which macros there are, and what they give."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios

import pytest

pytestmark = pytest.mark.pandoc

DECK = r"""%%use shapes

%%define strong($text)
# Bold, as LaTeX has it.
"\\textbf{$text}"
=end
%%define badge($text, $colour = "blue") "\\colorbox{$colour}{" . strong($text) . "}" =end
%%define framed($title) latex("\\begin{block}{$title}") . $body . latex("\\end{block}") =end

## A slide

%%badge(new) and %%badge(old, colour=red)

%%begin framed(Title)
Text, %%square(2cm)
%%end framed
"""
LIBRARY = r"""A square.
%%define square($side, @more) "\\rule{$side}{$side}" =end
"""


@pytest.fixture(autouse=True)
def deck(tmp_path):
    (tmp_path / "talk.md").write_text(DECK)
    (tmp_path / "shapes.pmac").write_text(LIBRARY)
    return tmp_path


def test_the_table(run) -> None:
    lines = run("percent-macros", "list", "talk.md").out.splitlines()
    assert lines[0].split() == ["Macro", "Calls", "From", "What", "it", "is"]
    rows = [line.split("  ") for line in lines[1:]]
    found = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert found[:4] == [
        ["strong($text)", "0", "talk.md:3", "Bold, as LaTeX has it."],
        ['badge($text, $colour = "blue")', "2", "talk.md:7"],
        ["framed($title)", "1", "talk.md:8"],
        ["square($side, @more)", "1", "shapes.pmac:2", "A square."],
    ]
    assert {row[0].partition("(")[0] for row in found[4:]} == {"image", "only", "place"}


def test_the_table_fits_a_terminal(deck) -> None:
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    variables = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    variables.pop("COLUMNS", None)
    subprocess.run(
        ["percent-macros", "list", "talk.md"], stdin=child, stdout=child, cwd=deck, env=variables, check=True
    )
    os.close(child)
    shown = b""
    try:
        while part := os.read(parent, 65536):
            shown += part
    except OSError:  # the other end is closed, and all of it is read
        pass
    lines = re.sub(r"\x1b\[[\d;]*m", "", shown.decode()).split("\r\n")
    assert max(map(len, lines)) <= 60
    assert any("strong($text)" in line for line in lines)


def test_json(run) -> None:
    macros = {each["name"]: each for each in json.loads(run("percent-macros", "list", "--json", "talk.md").out)}
    assert macros["square"] == {
        "name": "square",
        "signature": "square($side, @more)",
        "doc": "A square.",
        "kind": "library",
        "file": "shapes.pmac",
        "line": 2,
        "calls": 1,
    }
    assert macros["badge"]["kind"] == "document"
    assert macros["image"]["kind"] == "prelude"


def test_what_every_document_has(run) -> None:
    assert [each["name"] for each in json.loads(run("percent-macros", "list", "--json").out)] == [
        "image",
        "only",
        "place",
    ]


def test_a_document_with_a_fault_is_listed_all_the_same(run, deck) -> None:
    (deck / "talk.md").write_text(DECK.replace("%%badge(new)", "%%bagde(new)"))
    done = run("percent-macros", "list", "talk.md")
    assert done.status == 1
    assert "badge($text" in done.out
    assert "talk.md:12:1: error[PM203]: unknown macro `bagde`" in done.err


@pytest.mark.parametrize("written", ["badge(new)", "%%badge(new)", " badge(text=new) "])
def test_what_a_call_gives(run, written) -> None:
    done = run("percent-macros", "call", "talk.md", written)
    assert (done.status, done.out, done.err) == (0, "\\colorbox{blue}{\\textbf{new}}\n", "")


def test_what_a_call_gives_in_a_format(run, deck) -> None:
    assert run("percent-macros", "call", "talk.md", "image(a.png)", "-t", "html").out == (
        '<p><img src="a.png" style="width:100.0%" /></p>\n'
    )
    (deck / "b.md").write_text('%%define b() text("a & b") =end\n')
    assert run("percent-macros", "call", "b.md", "b()").out == "a \\& b\n"


@pytest.mark.parametrize(
    ("written", "code"),
    [("badge", "PM104"), ("badge(", "PM103"), ("badge(a) b", "PM104"), ("bagde(a)", "PM203"), ("badge()", "PM208")],
)
def test_what_is_no_call(run, written, code) -> None:
    done = run("percent-macros", "call", "talk.md", written)
    assert (done.status, done.out) == (1, "")
    assert f"error[{code}]" in done.err


def test_the_story_of_a_call(run) -> None:
    done = run("percent-macros", "explain", "talk.md:12:18")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "talk.md:12:18: %%badge(old, colour=red)\n\n"
        'macro: badge($text, $colour = "blue"), defined at talk.md:7:10\n\n'
        'parameters:\n  $text = "old"\n  $colour = "red"\n\n'
        'steps:\n  badge("old", "red") = "\\\\colorbox{red}{\\\\textbf{old}}"\n'
        '    strong("old") = "\\\\textbf{old}"\n\n'
        "result, raw latex:\n  \\colorbox{red}{\\textbf{old}}\n"
    )


def test_all_calls_of_a_line(run) -> None:
    done = run("percent-macros", "explain", "talk.md:12")
    assert done.out.count("macro: badge") == 2
    assert '  $colour = "blue" (the default)\n' in done.out


def test_a_call_with_content_and_one_of_a_library(run) -> None:
    framed = run("percent-macros", "explain", "talk.md:14").out
    assert "result, content:\n  what stands between %%begin and %%end\n" in framed
    square = run("percent-macros", "explain", "talk.md:15").out
    assert "defined at shapes.pmac:2:10\n  A square.\n" in square
    assert "  @more = ()\n" in square


def test_a_call_that_fails_shows_how_far_it_came(run, deck) -> None:
    (deck / "a.md").write_text('%%define in($x) die("no ", $x) =end\n%%define out($x) in("$x!") =end\n\n%%out(y)\n')
    done = run("percent-macros", "explain", "a.md:4")
    assert done.status == 1
    assert '  $x = "y"\n' in done.out
    assert "a.md:1:17: error[PM307]: no y!" in done.err
    assert "in the call of `in` at a.md:2:18" in done.err


def test_a_line_without_a_call(run) -> None:
    done = run("percent-macros", "explain", "talk.md:10")
    assert (done.status, done.err) == (1, "Error: there is no macro call at talk.md:10\n")
    assert run("percent-macros", "explain", "talk.md").status == 2
