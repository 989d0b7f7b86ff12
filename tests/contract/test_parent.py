"""The pandoc above a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pandoc_percent_macros.pandoc.parent import above_by_ps

from ..conftest import Run

DEFINE = '%%define f($x) "<$x>" =end\n\n'
SHOW = (
    "import sys; sys.path.insert(0, {root!r}); from pandoc_percent_macros.pandoc.parent import find; "
    "print(find(), file=sys.stderr); print(sys.stdin.read())"
)


@pytest.fixture
def show(tmp_path):
    """A filter that prints the pandoc above it."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    script = tmp_path / "show"
    script.write_text("#!/usr/bin/env python\n" + SHOW.format(root=root).replace("; ", "\n") + "\n")
    script.chmod(0o755)
    return script


@pytest.mark.pandoc
def test_pandoc_is_found_from_a_filter(run, show, tmp_path) -> None:
    (tmp_path / "a b é.md").write_text("x")
    said = run("pandoc", "-F", show, "a b é.md", "-M", "x=y z").err
    assert "'a b é.md', '-M', 'x=y z'" in said
    assert f"folder='{tmp_path}'" in said


@pytest.mark.pandoc
def test_pandoc_is_found_through_a_shell_script(run, show, tmp_path) -> None:
    (tmp_path / "a.md").write_text("x")
    wrapper = tmp_path / "wrapper.sh"
    wrapper.write_text(f'#!/bin/sh\n"{show}" "$@"\nexit $?\n')
    wrapper.chmod(0o755)
    said = run("pandoc", "-F", wrapper, "a.md").err
    assert "'a.md'" in said
    assert f"'{wrapper}'" in said


def test_ps_shows_the_same_processes(tmp_path) -> None:
    (tmp_path / "a b.md").write_text("x")
    with subprocess.Popen(
        [sys.executable, "-c", "input()", "a b.md", "-M", "x"], stdin=subprocess.PIPE, cwd=tmp_path
    ) as child:
        here = os.getcwd()
        os.chdir(tmp_path)
        try:
            process = next(above_by_ps(child.pid))
        finally:
            os.chdir(here)
            child.communicate(b"\n")
    assert process.program == sys.executable
    assert process.arguments[-3:] == ("a b.md", "-M", "x")


DEEP = '#!/bin/sh\nif [ "$N" -gt 0 ]; then N=$((N - 1)) "$0" "$@"; else {} "$@"; fi\nexit $?\n'


@pytest.mark.pandoc
@pytest.mark.parametrize(("shells", "status"), [("3", 0), ("9", 83)])
def test_pandoc_is_looked_for_only_so_far_above(
    run: Run, filtered: Run, tmp_path: Path, shells: str, status: int
) -> None:
    (tmp_path / "deep.sh").write_text(DEEP.format("percent-macros"))
    (tmp_path / "deep.sh").chmod(0o755)
    filtered(DEFINE + "%%f(x)\n")
    done = run("pandoc", "-F", "./deep.sh", "a.md", "-t", "plain", N=shells)
    assert (done.status, done.out) == (status, "" if status else "<x>\n"), done.err
    assert ("error[PM605]" in done.err) == bool(status)


def test_ps_shows_only_so_many_processes(run: Run, tmp_path: Path) -> None:
    script = (
        "import os; from pandoc_percent_macros.pandoc.parent import above_by_ps;"
        "print(len(list(above_by_ps(os.getppid()))))"
    )
    (tmp_path / "deep.sh").write_text(DEEP.format(f"'{sys.executable}' -c '{script}'"))
    (tmp_path / "deep.sh").chmod(0o755)
    assert run("./deep.sh", N="9").out == "8\n"


def test_ps_shows_nothing_above_the_first_process_and_one_that_is_gone() -> None:
    assert list(above_by_ps(1)) == []
    assert list(above_by_ps(2**30)) == []
