"""``percent-macros lift``: Markdown in, Markdown with markers out, for a pandoc and a filter after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = pytest.mark.pandoc
DEFINE = '%%define f($x) "<$x>" =end\n\n'


def expanded(run: Run, lifted: str, *options: str) -> str:
    """Return what pandoc and the filter make of a lifted text."""
    done = run("pandoc", "-F", "percent-macros", "-t", "plain", *options, text=lifted)
    assert (done.status, done.err) == (0, "")
    return done.out


def test_files_are_one_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DEFINE + "One %%f(1).")
    (tmp_path / "b.md").write_text("Two %%f(2).\n")
    done = run("percent-macros", "lift", "a.md", "b.md")
    assert (done.status, done.err) == (0, "")
    assert expanded(run, done.out) == "One <1>.\n\nTwo <2>.\n"


def test_standard_input_is_read_where_no_file_is_named(run: Run) -> None:
    done = run("percent-macros", "lift", text=DEFINE + "One %%f(1).\n")
    assert (done.status, done.err) == (0, "")
    assert expanded(run, done.out) == "One <1>.\n"


@pytest.mark.parametrize("text", ["", "Text, 100 %.\n", "no end of line", "\ufeffmark\r\n\r\nand returns\r\n"])
def test_a_text_without_macros_comes_out_as_it_is(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())
    assert run("percent-macros", "lift", "a.md").out == text


def test_standard_input_by_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("More %%f(2).\n")
    text = DEFINE + "One %%f(1).\n"
    assert run("percent-macros", "lift", "-", text=text) == run("percent-macros", "lift", text=text)
    assert expanded(run, run("percent-macros", "lift", "-", "b.md", text=text).out) == "One <1>.\n\nMore <2>.\n"


def test_the_dialect_tells_what_is_code(run: Run) -> None:
    text = DEFINE + "~~~\n%%f(1)\n~~~\n"
    fenced = run("percent-macros", "lift", text=text).out
    plain = run("percent-macros", "lift", "-f", "markdown-fenced_code_blocks", text=text).out
    assert expanded(run, fenced) == "    %%f(1)\n"
    assert "<1>" in expanded(run, plain, "-f", "markdown-fenced_code_blocks")


def test_a_fault_is_reported_and_the_rest_lifted(run: Run) -> None:
    done = run("percent-macros", "lift", text=DEFINE + "One %%f(1).\n\nTwo %%f(2.\n")
    assert done.status == 1
    assert "<stdin>:5:8: error[PM103]" in done.err
    assert "One " in done.out
    assert run("percent-macros", "lift", "missing.md").err.startswith("percent-macros: error[PM801]")


def test_a_file_that_is_no_utf8(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"Text\n\n%%f(\xe9)\n")
    done = run("percent-macros", "lift", "a.md")
    assert done.status == 1
    assert "a.md:3:5: error[PM802]" in done.err


def test_a_part_of_what_a_reader_is_handed_that_is_no_file(run: Run) -> None:
    done = run("percent-macros", "lift", "--part", f"{len(DEFINE) + 7}:gone.md", text=DEFINE + "%%f(a)\n")
    assert (done.status, done.err) == (0, "")
    assert 'source="gone.md"' in done.out
