"""What the commands have in common: streams that are closed, standard input, words that mean nothing, no pandoc."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = pytest.mark.pandoc
MACRO = '%%define f($x) "\\\\textbf{$x}" =end\n\n%%f(a)\n'
COMMANDS = ("check", "list", "call", "expand", "explain", "build", "watch", "boxes", "preview", "move", "lift", "setup")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(MACRO)
    return path


def shell(line: str, folder: Path) -> tuple[int, str]:
    """Return the exit status of a shell's line, and what it said on standard error."""
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list a.md >&-", "standard output: Bad file descriptor"),
        ("list a.md >/dev/full", "standard output: No space left on device"),
        ("lift <&-", "error[PM801]: can't read standard input: Bad file descriptor"),
        ("check - <&- >&2", "error[PM801]: can't read standard input: Bad file descriptor"),
    ],
)  # fmt: skip
def test_a_stream_that_is_closed_or_full(document, tmp_path, line, said) -> None:
    assert shell(f"percent-macros {line}", tmp_path) == (1, f"percent-macros: {said}\n")


def test_streams_that_are_not_needed_may_be_closed(document, tmp_path) -> None:
    assert shell("percent-macros build a.md -o a.tex <&- >&- 2>&-", tmp_path) == (0, "")
    assert (tmp_path / "a.tex").is_file()


@pytest.mark.parametrize("command", ["check", "list", "expand", "call"])
def test_the_document_may_come_from_standard_input(run, document, command) -> None:
    more = ("f(x)",) if command == "call" else ()
    named = run("percent-macros", command, "a.md", *more)
    piped = run("percent-macros", command, "-", *more, text=MACRO)
    assert (named.status, piped.status, piped.err) == (0, 0, "")
    assert piped.out.replace("<stdin>", "a.md").split() == named.out.split()
    assert piped.out.count("<stdin>") == named.out.count("a.md")


@pytest.mark.parametrize("command", ["check", "call", "expand", "explain"])
def test_a_format_that_pandoc_does_not_write(run, document, command) -> None:
    place = "a.md:3" if command == "explain" else "a.md"
    more = ("f(x)",) if command == "call" else ()
    done = run("percent-macros", command, place, *more, "-t", "baemer")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("'baemer' is not a format that pandoc writes; did you mean 'beamer'?\n")


def test_extensions_of_a_format_and_writers_in_lua(run, document) -> None:
    assert run("percent-macros", "call", "a.md", "image(b.png)", "-t", "html-smart").out == (
        run("percent-macros", "call", "a.md", "image(b.png)", "-t", "html").out
    )
    assert run("percent-macros", "call", "a.md", "f(x)", "-t", "pdf").out == "\\textbf{x}\n"
    assert "my.lua does not show" in run("percent-macros", "check", "a.md", "-t", "my.lua").out


@pytest.mark.parametrize("options", [("-f", "html"), ("-f", "rst+smart")])
@pytest.mark.parametrize("command", ["check", "list", "expand"])
def test_no_markdown(run, document, command, options) -> None:
    done = run("percent-macros", command, *options, "a.md")
    assert done.status == 1
    assert "error[PM604]: macros are read from Markdown, and this is " + options[1] in done.out + done.err


def test_a_command_that_is_misspelled(run) -> None:
    done = run("percent-macros", "chekc", "a.md")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("No such command 'chekc'. Did you mean 'check'?\n")


def test_the_help_says_of_each_command_what_it_does(run) -> None:
    lines = run("percent-macros", "--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)
    assert not any("..." in line or len(line) > 80 for line in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_fits_a_terminal(run, command) -> None:
    examples = " " * 4
    lines = run("percent-macros", command, "--help").out.splitlines()
    assert all(len(line) <= 80 for line in lines if not line.startswith(examples))


def test_a_byte_that_is_no_utf_8_is_shown_under_the_name_that_was_given(run, tmp_path) -> None:
    (tmp_path / "a.md").write_bytes(b"a\xff\n")
    assert run("percent-macros", "check", "a.md").out.startswith("a.md:1:2: error[PM802]")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--", "--odd"], "No such option '--odd'"),
        (["lift", "-f", "docx", "a.md"], "'docx' is not a Markdown dialect; known are commonmark, "),
        (["build", "-Q", "a.md", "-o", "a.html"], "pandoc has no option `-Q`"),
    ],
)
def test_a_command_line_that_does_not_read(run: Run, arguments: list[str], said: str) -> None:
    done = run("percent-macros", *arguments)
    assert (done.status, done.out, said in done.err) == (2, "", True), done.err


def test_faults_without_a_place_for_programs(run: Run) -> None:
    github = run("percent-macros", "check", "--output-format", "github", "missing.md")
    assert github.out.startswith("::error title=percent-macros PM801::can't read missing.md")
    sarif = run("percent-macros", "check", "--output-format", "sarif", "missing.md")
    (found,) = json.loads(sarif.out)["runs"][0]["results"]
    assert (found["ruleId"], "locations" in found) == ("PM801", False)


def test_a_fault_over_several_lines_for_github(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("%%begin only(\nbeamer)\n\nx\n")
    done = run("percent-macros", "check", "--output-format", "github", "a.md")
    assert done.out.startswith("::error file=a.md,line=1,endLine=2,col=1,title=percent-macros PM105::")


def test_a_writer_that_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.lua").write_text('function Writer() error("no luck") end\n')
    (tmp_path / "a.md").write_text('%%define f() markdown("*a*") =end\n')
    done = run("percent-macros", "call", "a.md", "f()", "-t", "./bad.lua")
    assert (done.status, done.out) == (1, "")
    assert "error[PM601]: pandoc failed to write ./bad.lua: " in done.err
    assert "no luck" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "a.md", "-o", "a.html"], "error[PM601]: pandoc was not found"),
        (["check", "-t", "odd", "a.md"], "error[PM601]: pandoc was not found"),
        (["setup"], "pandoc was not found\n   hint: put it on the PATH\n   hint: name the data directory with"),
    ],
)
def test_without_pandoc(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Where pypandoc brings one, that is taken: the test hides it."""
    (tmp_path / "a.md").write_text("text\n")
    (tmp_path / "pypandoc.py").write_text("def get_pandoc_path():\n    raise OSError('no pandoc')\n")
    program = shutil.which("percent-macros")
    assert program
    done = run(program, *arguments, PATH=os.fspath(tmp_path), PYTHONPATH=os.fspath(tmp_path))
    assert (done.status, said in done.out + done.err) == (1, True), done
