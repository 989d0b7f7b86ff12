"""Calls in a header that pandoc can't read as it stands: at the author's line, with a cure that works (PM113)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.ways import READER

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
REST = '\n%%define v($x = "") "V$x" =end\n\nText %%v(1).\n'
REFUSED = [
    ("title: %%v() talk", 'title: "%%v() talk"'),
    ("title: The %%v(a: b)", 'title: "The %%v(a: b)"'),
    ('title: %%v("a") talk', "title: '%%v(\"a\") talk'"),
    ("title: %%v(l'a) talk", 'title: "%%v(l\'a) talk"'),
    ("title: [%%v(a), c]", '"%%v(a)"'),
    ("list:\n- %%v()\n- b", '- "%%v()"'),
    ("map:\n  key: %%v(x)", '  key: "%%v(x)"'),
]


@pytest.fixture
def write(tmp_path: Path):
    def write(header: str) -> None:
        (tmp_path / "a.md").write_text(f"---\nauthor: me\n{header}\nlang: en\n---\n{REST}", "utf-8")

    return write


def place(header: str) -> str:
    line, _, column = header[: header.index("%%")].rpartition("\n")
    return f"{3 + line.count(chr(10)) + bool(line)}:{len(column) + 1}"


@pytest.mark.parametrize(("header", "cure"), REFUSED)
def test_it_is_told_where_and_how_to_write_it(run: Run, write, header: str, cure: str) -> None:
    write(header)
    assert "YAML" in run("pandoc", "-F", "percent-macros", "a.md").err  # the filter is not asked
    for command in (
        ["percent-macros", "lift", "a.md"],
        ["percent-macros", "check", "a.md"],
        ["percent-macros", "expand", "a.md"],
        ["percent-macros", "build", "a.md", "-o", "a.html"],
        ["pandoc", "-f", str(READER), "-F", "percent-macros", "a.md"],
    ):
        done = run(*command)
        assert done.status != 0, command
        said = done.out + done.err if "check" in command else done.err
        assert re.findall(r"^a\.md:(\d+:\d+): error\[(PM\d+)\]", said, re.MULTILINE) == [(place(header), "PM113")]
        assert f"hint: write `{cure}`" in said
    line = next(line for line in header.split("\n") if "%%" in line)
    write(header.replace(line, cure if cure[0] != '"' else re.sub(r"%%v\(.*?\)", lambda _: cure, line)))
    document = json.loads(run("pandoc", "-F", "percent-macros", "-t", "json", "a.md").out)
    assert "%%" not in json.dumps(document)
    assert run("percent-macros", "lift", "a.md").status == 0


def test_several(run: Run, write) -> None:
    write("title: %%v() talk\nsubtitle: x %%v(ok)\nabstract: %%v(a: b)")
    done = run("percent-macros", "check", "a.md")
    assert re.findall(r"^a\.md:(\d+:\d+): error\[PM113\]", done.out + done.err, re.MULTILINE) == ["3:8", "5:11"]


@pytest.mark.parametrize(
    "header",
    ["title: The %%v() talk", 'title: "%%v() talk"', "title: |\n  %%v(a: b)", "title: x %%v(a #b)", "a: {b: x %%v(c)}"],
)
def test_what_pandoc_reads_is_no_fault(run: Run, write, header: str) -> None:
    write(header)
    plain = run("pandoc", "-F", "percent-macros", "-t", "native", "-s", "a.md")
    assert (plain.status, plain.err) == (0, "")
    lifted = run("percent-macros", "lift", "a.md")
    assert (lifted.status, lifted.err) == (0, "")
    assert run("pandoc", "-F", "percent-macros", "-t", "native", "-s", text=lifted.out) == plain


def test_a_header_that_is_wrong_without_calls(run: Run, write) -> None:
    write("title: %%v(x)\nb: c: d")
    done = run("percent-macros", "check", "a.md")
    assert done.status != 0
    assert "PM113" not in done.out + done.err
    assert "YAML" in done.out + done.err
