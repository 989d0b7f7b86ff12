"""``%%use``."""

from __future__ import annotations

import os

import pytest

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.document.expansion.libraries import PRELUDE, SUFFIX, prelude

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
    assert [macro.name for macro in prelude(Diagnostics(), "%%image(a.png)")] == ["image"]


def test_a_macro_of_the_prelude_that_only_a_library_calls(expand, tmp_path) -> None:
    library(tmp_path / "b.pmac", "%%define f($x) image($x) =end\n")
    done = expand("%%use b\n\n%%f(a.png)\n")
    assert done.status == 0
    assert "\\includegraphics" in done.out


def test_a_name_that_is_nearly_one_of_the_prelude(expand) -> None:
    done = expand("%%imag(a.png)\n")
    assert done.status != 0
    assert "did you mean `image`" in done.err
