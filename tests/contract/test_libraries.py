"""``%%use``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.document.expansion.libraries import PRELUDE, SUFFIX, prelude

from ..conftest import Run

pytestmark = pytest.mark.pandoc


@pytest.fixture
def expand(run, tmp_path):
    def expand(text: str, **variables: str):
        (tmp_path / "a.md").write_text(text, "utf-8")
        return run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex", **variables)

    return expand


def library(path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_library_beside_the_document_and_those_that_it_uses(expand, tmp_path) -> None:
    library(tmp_path / "lib" / "a.pmac", 'A comment.\n%%use ../b\n%%define f($x) g($x) . "." =end\n')
    library(tmp_path / "b.pmac", '%%define g($x) "\\\\g{$x}" =end\n')
    done = expand("%%use lib/a.pmac\n\nx %%f(1) %%g(2)\n")
    assert (done.status, done.out) == (0, "x \\g{1}. \\g{2}\n")


def test_a_library_on_the_path(expand, tmp_path) -> None:
    library(tmp_path / "somewhere" / "a.pmac", "%%define f() 1 =end\n")
    done = expand("%%use a\n\n%%f()\n", PERCENT_MACROS_PATH=os.fspath(tmp_path / "somewhere"))
    assert (done.status, done.out) == (0, "1\n")


def test_the_document_s_own_macro_wins(expand, tmp_path) -> None:
    library(tmp_path / "a.pmac", "%%define f() 1 =end\n%%define image($x) 2 =end\n")
    assert expand("%%use a\n%%define f() 3 =end\n\n%%f() %%image(x)\n").out == "3 2\n"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/etc/passwd", "PM805"),
        ("/etc/passwd.pmac", "PM805"),
        ("file:///etc/passwd", "PM805"),
        ("https://example.org/x.pmac", "PM805"),
        ("~/x", "PM805"),
        ("../../etc/passwd", "PM804"),
        ("missing", "PM804"),
        ("folder", "PM805"),
        ("link", "PM805"),
        ("fifo", "PM805"),
        ("loop", "PM805"),
        ("cycle", "PM806"),
    ],
)
def test_what_is_no_library(expand, tmp_path, target: str, code: str) -> None:
    (tmp_path / "folder.pmac").mkdir()
    (tmp_path / "secret").write_text("the secret line\n")
    (tmp_path / "link.pmac").symlink_to(tmp_path / "secret")
    (tmp_path / "loop.pmac").symlink_to(tmp_path / "loop.pmac")
    os.mkfifo(tmp_path / "fifo.pmac")
    library(tmp_path / "cycle.pmac", "%%use cycle2\n")
    library(tmp_path / "cycle2.pmac", "%%use cycle\n")
    done = expand(f"%%use {target}\n\nx\n")
    assert done.status == 83
    assert f"error[{code}]" in done.err
    assert "secret line" not in done.err
    assert "Traceback" not in done.err


def test_a_fault_in_a_library_is_shown_there(expand, tmp_path) -> None:
    library(tmp_path / "a.pmac", "%%define f() $x =end\n")
    assert "a.pmac:1:14: error[PM201]" in expand("%%use a\n\n%%f()\n").err


def test_each_file_of_the_prelude_is_named_after_its_macro() -> None:
    """The filter reads only those files whose names a document mentions."""
    every = prelude(Diagnostics())
    assert len(every) >= 3
    assert [macro.source.name for macro in every] == [f"{PRELUDE}/{macro.name}{SUFFIX}" for macro in every]
    assert [macro.name for macro in prelude(Diagnostics(), "%%image(a.png)")] == ["image", "_file", "_length"]
    assert [macro.name for macro in prelude(Diagnostics(), "%%begin only(html)")] == ["only"]


def test_a_fault_inside_the_prelude_is_shown_at_the_call(expand, tmp_path) -> None:
    library(tmp_path / "b.pmac", "%%define f($x)\n    image('a.png', $x)\n=end\n")
    done = expand("%%use b\n\nText\n\n%%image(a.png, 0)\n\n%%f(12qq)\n")
    assert done.status == 83
    assert "a.md:5:1: error[PM307]: `width` is `0`" in done.err
    assert "b.pmac:2:5: error[PM307]: `width` is `12qq`" in done.err
    assert "in the call of `f` at a.md:7:1" in done.err
    assert "<prelude>" not in done.err


def test_a_macro_of_the_prelude_that_only_a_library_calls(expand, tmp_path) -> None:
    library(tmp_path / "b.pmac", "%%define f($x) image($x) =end\n")
    done = expand("%%use b\n\n%%f(a.png)\n")
    assert done.status == 0
    assert "\\includegraphics" in done.out


def test_a_name_that_is_nearly_one_of_the_prelude(expand) -> None:
    done = expand("%%imag(a.png)\n")
    assert done.status != 0
    assert "did you mean `image`" in done.err


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A library of the project's, one of a document's in another folder, and a defaults file."""
    library(tmp_path / "macros" / "house.pmac", "The house's.\n%%define house() 'of the house' =end\n")
    library(tmp_path / "talks" / "own--one.pmac", "%%define own() 'of its own' =end\n")
    library(tmp_path / "talks" / "own.md", "---\npercent-macros-use: own--one\n---\n\n%%own()\n")
    library(tmp_path / "a.md", "%%house()\n")
    library(tmp_path / "house.yaml", "metadata:\n  percent-macros-use: ${.}/macros/house\n")
    return tmp_path


HOUSE = "macros/house"
WAYS = {
    "the command line": ["-M", f"percent-macros-use={HOUSE}"],
    "with its suffix": ["-M", f"percent-macros-use={HOUSE}.pmac"],
    "two": ["-M", f"percent-macros-use={HOUSE}", "-M", "percent-macros-use=talks/own--one"],
    "a defaults file": ["-d", "house"],
    "a defaults file, and the command line": ["-d", "house", "-M", "percent-macros-use=talks/own--one"],
    "what a defaults file drops": ["-M", "percent-macros-use=missing", "-d", "house"],
}


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_who_runs_pandoc_names_a_library(run: Run, project: Path, options: list[str]) -> None:
    done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "plain", *options)
    assert (done.status, done.out, done.err) == (0, "of the house\n", "")


def test_a_defaults_file_works_from_every_folder(run: Run, project: Path) -> None:
    done = run("pandoc", "-F", "percent-macros", "../a.md", "-t", "plain", "-d", "../house", cwd=project / "talks")
    assert (done.status, done.out) == (0, "of the house\n")


def test_the_command_line_may_name_an_absolute_path(run: Run, project: Path) -> None:
    for name in (os.fspath(project / HOUSE), f"~/{HOUSE}"):
        options = ["-M", f"percent-macros-use={name}"]
        done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "plain", *options, HOME=os.fspath(project))
        assert (done.status, done.out) == (0, "of the house\n"), done.err


OF_DOCUMENTS = {
    "plain": ["pandoc", "-F", "percent-macros", "talks/own.md", "-t", "plain"],
    "the last of two": ["pandoc", "-F", "percent-macros", "a.md", "talks/own.md", "-t", "plain"],
    "for itself": ["pandoc", "-F", "percent-macros", "--file-scope", "a.md", "talks/own.md", "-t", "plain"],
}


@pytest.mark.parametrize("command", OF_DOCUMENTS.values(), ids=OF_DOCUMENTS)
def test_a_document_s_own_count_from_its_folder(run: Run, project: Path, command: list[str]) -> None:
    """Pandoc reads the name as Markdown, and makes a dash of its hyphens."""
    (project / "a.md").write_text("---\npercent-macros-use: nothing\n---\n")
    done = run(*command)
    assert (done.status, done.out, done.err) == (0, "of its own\n", "")


def test_a_lifted_document_s_own(run: Run, project: Path, data_dir: Path) -> None:
    lifted = run("percent-macros", "lift", "talks/own.md").out
    done = run("pandoc", "-F", "percent-macros", "-t", "plain", text=lifted)
    assert (done.status, done.out, done.err) == (0, "of its own\n", "")
    done = run("pandoc", "--data-dir", data_dir, "-d", "percent-macros", "talks/own.md", "-t", "plain")
    assert (done.status, done.out, done.err) == (0, "of its own\n", "")


def test_a_file_of_metadata_is_part_of_the_document(run: Run, project: Path) -> None:
    (project / "m.yaml").write_text("percent-macros-use: own--one\n")
    library(project / "talks" / "b.md", "%%own()\n")
    done = run("pandoc", "-F", "percent-macros", "talks/b.md", "--metadata-file=m.yaml", "-t", "plain")
    assert (done.status, done.out, done.err) == (0, "of its own\n", "")


@pytest.mark.parametrize("options", [["-d", "house"], ["-M", f"percent-macros-use={HOUSE}"]])
def test_every_command_knows_them(run: Run, project: Path, options: list[str]) -> None:
    assert run("percent-macros", "check", "a.md", *options).status == 0
    assert run("percent-macros", "expand", "a.md", *options).out == "of the house\n"
    assert run("percent-macros", "call", "a.md", "house()", *options).out == "of the house\n"
    assert "defined at macros/house.pmac:2:10" in run("percent-macros", "explain", "a.md:1", *options).out
    for file in (["a.md"], []):
        listed = run("percent-macros", "list", *file, *options).out
        row = next(line for line in listed.splitlines() if line.startswith("house"))
        assert row.split()[2:] == ["macros/house.pmac:2", "The", "house's."]


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("missing", ":2:21: error[PM804]: library `missing`"),
        ("[missing]", ":2:22: error[PM804]"),
        ("\n- missing\n", ":3:3: error[PM804]"),
        ("'it--is missing'", ":2:21: error[PM804]: library `it--is missing`"),
        ("{a: missing}", "error[PM805]"),
        ("/etc/macros", ":2:21: error[PM805]"),
        ("~/macros", ":2:21: error[PM805]"),
        ("https://example.org/macros.pmac", ":2:21: error[PM805]"),
        ("folder", ":2:21: error[PM805]"),
    ],
)
def test_what_a_document_can_t_name(expand, tmp_path, value: str, place: str) -> None:
    (tmp_path / "folder.pmac").mkdir()
    done = expand(f"---\npercent-macros-use: {value}\n---\n\n%%define f() 1 =end\n\n%%f()\n")
    assert done.status == 83
    assert f"{'' if place.startswith('error') else 'a.md'}{place}" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("value", ["", "[]", "false", '""'])
def test_a_field_that_names_nothing(expand, value: str) -> None:
    done = expand(f"---\npercent-macros-use: {value}\n---\n\n%%define f() 1 =end\n\n%%f()\n")
    assert (done.status, done.out, done.err) == (0, "1\n", "")


def test_a_name_on_the_command_line_that_is_no_library(run: Run, project: Path) -> None:
    done = run("pandoc", "-F", "percent-macros", "a.md", "-t", "plain", "-M", "percent-macros-use=hause")
    assert done.status == 83
    assert "error[PM804]: library `hause`" in done.err
    assert "from where pandoc runs" in done.err
