"""Documents of several files: inputs of pandoc's, and what filters include. docs/several-files.md, run as it is."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.pages import Step, steps

pytestmark = pytest.mark.pandoc

STEPS = steps("several-files.md")
INCLUDE = STEPS[-1].files["include.lua"]
MACROS = '%%define key($name) text("<$name>") =end\n'


def test_the_page_has_its_commands() -> None:
    assert len(STEPS) >= 5


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.command)
def test_a_command_of_the_page(run: Run, tmp_path: Path, step: Step) -> None:
    for name, text in step.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = run(*shlex.split(step.command))
    assert (done.status, done.err, done.out) == (0, "", step.output)


def test_a_body_from_one_file_into_the_next(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("%%begin only(plain)\nOne.\n")
    (tmp_path / "b.md").write_text("Two.\n%%end only\n")
    for scope in ([], ["--file-scope"]):
        done = run("pandoc", "-F", "percent-macros", *scope, "a.md", "b.md", "-t", "plain")
        assert (done.status, done.err, done.out) == (0, "", "One.\n\nTwo.\n")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A document that includes files in two folders, one of which includes another."""
    (tmp_path / "include.lua").write_text(INCLUDE)
    (tmp_path / "parts" / "deep").mkdir(parents=True)
    (tmp_path / "parts" / "one.md").write_text(
        '%%define late($x) "late $x" =end\n\n# One %%key(in a heading)\n\n'
        'Text %%key(a\\,b) and %%key("c -- d"), \\%%key(e).\n\n- item\n\n  %%key(in an item)\n'
    )
    (tmp_path / "book.md").write_text(
        f"{MACROS}\n# Zero\n\n%%late(binding)\n\n```{{.include}}\nparts/one.md\n```\n\nEnd %%key(f).\n"
    )
    return tmp_path


BOOK = (
    "Zero\n\nlate binding\n\nOne <in a heading>\n\nText <a\\,b> and <c -- d>, %%key(e).\n\n"
    "- item\n\n  <in an item>\n\nEnd <f>.\n"
)
READERS = {"pandoc's": [], "ours": ["-f", "percent-macros.lua"], "another dialect": ["-f", "commonmark_x"]}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_an_included_file(run: Run, book: Path, data_dir: Path, reader: list[str]) -> None:
    options = ["--data-dir", data_dir, *reader, "-L", "include.lua", "-F", "percent-macros", "-t", "plain"]
    done = run("pandoc", *options, "book.md")
    assert (done.status, done.err, done.out) == (0, "", BOOK)


def test_a_document_without_macros_of_its_own(run: Run, book: Path) -> None:
    (book / "book.md").write_text("Start.\n\n```{.include}\nparts/one.md\n```\n")
    (book / "parts" / "one.md").write_text("%%use keys\n\nText %%key(a), %%image(a.png).\n")
    (book / "parts" / "keys.pmac").write_text(MACROS)
    done = run("pandoc", "-L", "include.lua", "-F", "percent-macros", "book.md", "-t", "latex")
    assert (done.status, done.err) == (0, "")
    assert "Text \\textless a\\textgreater, " in done.out
    assert "\\includegraphics" in done.out


def test_files_that_included_files_include(run: Run, book: Path) -> None:
    """As include-files.lua does it: by names from the folder of the file that includes."""
    nested = INCLUDE.replace("function CodeBlock", "local include\nfunction include").replace(
        "blocks:extend(pandoc.read(file:read 'a').blocks)",
        "local read = pandoc.read(file:read 'a').blocks\n"
        "    blocks:extend(pandoc.system.with_working_directory(pandoc.path.directory(name), function()\n"
        "      return pandoc.walk_block(pandoc.Div(read), {CodeBlock = include}).content\n    end))",
    )
    (book / "nested.lua").write_text(nested + "return {{CodeBlock = include}}\n")
    (book / "parts" / "one.md").write_text("One.\n\n```{.include}\ndeep/two.md\n```\n")
    (book / "parts" / "deep" / "two.md").write_text("Two %%key(a).\n\nThree %%kay(b).\n")
    (book / "book.md").write_text(f"{MACROS}\n```{{.include}}\nparts/one.md\n```\n")
    done = run("pandoc", "-L", "nested.lua", "-F", "percent-macros", "book.md", "-t", "plain")
    assert done.status == 83
    assert "parts/deep/two.md:3:7: error[PM203]: unknown macro `kay`" in done.err
    (book / "parts" / "deep" / "two.md").write_text("Two %%key(a).\n")
    done = run("pandoc", "-L", "nested.lua", "-F", "percent-macros", "book.md", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "One.\n\nTwo <a>.\n")


def test_the_filter_that_includes_knows_the_format_and_its_own_file(run: Run, book: Path) -> None:
    head = "local own = pandoc.path.filename(PANDOC_SCRIPT_FILE)\n"
    say = "blocks:insert(pandoc.Para(FORMAT .. ' ' .. own .. ' ' .. PANDOC_STATE.resource_path[2])) return blocks"
    (book / "say.lua").write_text(head + INCLUDE.replace("return blocks", say))
    words = ["-L", "say.lua", "-F", "percent-macros", "book.md", "--resource-path=.:parts"]
    for target in ("plain", "html", "beamer"):
        done = run("pandoc", *words, "-t", target)
        assert (done.status, done.err) == (0, "")
        assert f"{target} say.lua parts" in done.out


def test_other_filters_beside_it(run: Run, book: Path) -> None:
    (book / "upper.lua").write_text("function Str(s) s.text = s.text:gsub('End', 'THE END') return s end\n")
    (book / "refs.bib").write_text("@book{a, title = {A Title}}\n")
    with (book / "book.md").open("a") as file:
        file.write("\nCited [@a].\n")
    words = ["-L", "include.lua", "-L", "upper.lua", "--citeproc", "--bibliography=refs.bib", "-F", "percent-macros"]
    done = run("pandoc", *words, "book.md", "-t", "plain")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(BOOK.replace("End", "THE END"))
    assert "A Title" in done.out


def test_a_filter_in_the_data_directory(run: Run, book: Path) -> None:
    (book / "data" / "filters").mkdir(parents=True)
    (book / "include.lua").rename(book / "data" / "filters" / "include.lua")
    done = run("pandoc", "--data-dir=data", "-L", "include.lua", "-F", "percent-macros", "book.md", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", BOOK)


def test_a_fault_in_an_included_file(run: Run, book: Path) -> None:
    (book / "parts" / "one.md").write_text("# One\n\nText %%key(a, b).\n\n%%key(c\n")
    done = run("pandoc", "-L", "include.lua", "-F", "percent-macros", "book.md", "-t", "plain")
    assert done.status == 83
    assert "parts/one.md:3:15: error[PM208]" in done.err
    assert "parts/one.md:5:6: error[PM103]" in done.err


def test_a_filter_that_includes_too_late(run: Run, book: Path) -> None:
    done = run("pandoc", "-F", "percent-macros", "-L", "include.lua", "book.md", "-t", "plain")
    assert "warning[PM617]: include.lua runs after this filter" in done.err
    (book / "book.md").write_text(f"{MACROS}\nOnly %%key(a).\n")
    done = run("pandoc", "-F", "percent-macros", "-L", "include.lua", "book.md", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "Only <a>.\n")


PANFLUTE = """#!/usr/bin/env python
import panflute as pf
def include(e, doc):
    if isinstance(e, pf.CodeBlock) and "include" in e.classes:
        return pf.convert_text(open(e.text).read())
pf.run_filter(include)
"""


def test_a_filter_that_is_no_lua(run: Run, book: Path) -> None:
    """What it includes can't be read: that is said, and text that only looks so is no matter."""
    (book / "include").write_text(PANFLUTE)
    (book / "include").chmod(0o755)
    (book / "parts" / "one.md").write_text("Included %%key(a).\n")
    (book / "book.md").write_text(f"{MACROS}\nText %%key(b).\n\n```{{.include}}\nparts/one.md\n```\n")
    words = ["-F", "./include", "-F", "percent-macros", "book.md", "-t", "plain"]
    done = run("pandoc", *words)
    assert done.status == 83
    assert "error[PM616]: `%%key(…)` stands in text" in done.err
    (book / "parts" / "one.md").write_text("Included %%other(a).\n")
    (book / "book.md").write_text(f"{MACROS}\nText %%key(b), \\%%key(c).\n\n```{{.include}}\nparts/one.md\n```\n")
    done = run("pandoc", *words)
    assert (done.status, done.err, done.out) == (0, "", "Text <b>, %%key(c).\n\nIncluded %%other(a).\n")


def test_build_with_a_filter_that_includes(run: Run, book: Path) -> None:
    words = ["book.md", "-L", "include.lua", "-F", "percent-macros", "-t", "plain", "-o", "book.txt"]
    done = run("percent-macros", "build", *words)
    assert done.status == 0, done.err
    assert (book / "book.txt").read_text() == BOOK


def test_the_program_is_not_taken_from_pandoc_s_folder(run: Run, book: Path) -> None:
    """A folder of that name there is a stranger's."""
    (book / "pandoc_percent_macros").mkdir()
    (book / "pandoc_percent_macros" / "__init__.py").write_text("open('taken', 'w')\n")
    done = run("pandoc", "-L", "include.lua", "-F", "percent-macros", "book.md", "-t", "plain")
    assert (done.status, done.out) == (0, BOOK)
    assert not os.path.exists(book / "taken")
