"""``percent-macros list``: which macros there are."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from ..support.inspected import DECK, write

pytestmark = pytest.mark.pandoc


@pytest.fixture(autouse=True)
def deck(tmp_path: Path) -> Path:
    write(tmp_path)
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
