"""``percent-macros setup``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ..conftest import Run

DEFINE = '%%define f($x) "<$x>" =end\n\n'
FILES = ("custom/percent-macros.lua", "filters/percent-macros", "defaults/percent-macros.yaml")


def test_it_says_what_it_writes_and_writes_it_once(run, tmp_path) -> None:
    folder = tmp_path / "d"
    first = run("percent-macros", "setup", "--data-dir", folder)
    assert (first.status, first.err) == (0, "")
    assert first.out == "".join(f"wrote {folder / name}\n" for name in FILES)
    assert os.access(folder / "filters" / "percent-macros", os.X_OK)
    assert sorted(each.name for each in folder.rglob("*") if each.is_file()) == sorted(
        name.split("/")[1] for name in FILES
    )
    again = run("percent-macros", "setup", "--data-dir", folder)
    assert again.out == "".join(f"unchanged {folder / name}\n" for name in FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_somebody_else_s_is_kept(run, tmp_path, name) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("mine\n")
    done = run("percent-macros", "setup", "--data-dir", tmp_path)
    assert done.status == 1
    assert str(path) in done.err
    assert path.read_text() == "mine\n"


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_ours_that_was_changed_is_kept(run, tmp_path, name) -> None:
    run("percent-macros", "setup", "--data-dir", tmp_path)
    path = tmp_path / name
    path.write_text("# mine\n" + path.read_text())
    changed = path.read_text()
    assert run("percent-macros", "setup", "--data-dir", tmp_path).status == 1
    assert path.read_text() == changed


def test_an_older_file_of_ours_is_replaced(run, tmp_path) -> None:
    from pandoc_percent_macros.cli.setup_command import _signed

    path = tmp_path / "defaults" / "percent-macros.yaml"
    path.parent.mkdir()
    path.write_text(_signed("from: markdown\n"))
    assert f"wrote {path}" in run("percent-macros", "setup", "--data-dir", tmp_path).out
    assert "percent-macros.lua" in path.read_text()


@pytest.mark.pandoc
def test_without_a_folder_it_is_the_user_s(run, tmp_path) -> None:
    done = run("percent-macros", "setup", HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "share"))
    assert done.status == 0, done.err
    assert (tmp_path / "share" / "pandoc" / "filters" / "percent-macros").exists()


def test_a_folder_that_can_t_be_made(run, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    done = run("percent-macros", "setup", "--data-dir", tmp_path / "file" / "d")
    assert done.status == 1
    assert "Traceback" not in done.err


def test_setup_with_a_pandoc_that_does_not_say_its_folder(run: Run, tmp_path: Path) -> None:
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    done = run("percent-macros", "setup", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert done.status == 1
    assert f"error[PM601]: {fake} does not say where its data directory is\n" in done.err


@pytest.mark.pandoc
def test_setup_for_a_python_under_a_path_with_a_space(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my python").symlink_to(sys.prefix)
    python = tmp_path / "my python" / "bin" / Path(sys.executable).name
    done = run(python, "-m", "pandoc_percent_macros", "setup", "--data-dir", tmp_path / "data")
    assert done.status == 0, done.err
    assert f"'{python}'" in (tmp_path / "data" / "filters" / "percent-macros").read_text()
    (tmp_path / "a.md").write_text(DEFINE + "%%f(x)\n")
    done = run("pandoc", "--data-dir", tmp_path / "data", "-F", "percent-macros", "a.md", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "<x>\n")
