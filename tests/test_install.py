"""What an installer leaves behind: the README's line gives the PDF, with no pandoc on the PATH."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from .conftest import ROOT, Run
from .support.programs import bare_path

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

PARTS = ("pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with this tree installed by pip; what it depends on comes from the one of the tests."""
    import pypandoc

    if not (Path(pypandoc.__file__).parent / "files").is_dir():
        pytest.skip("no pandoc comes along on this platform")
    folder = tmp_path_factory.mktemp("an environment")
    tree, made = folder / "tree", folder / "venv"
    shutil.copytree(
        ROOT / "pandoc_percent_macros", tree / "pandoc_percent_macros", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in PARTS:
        shutil.copy(ROOT / name, tree)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    (site,) = made.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", made / "bin" / "python"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "install", *offline, "."], cwd=tree, check=True)
    assert (site / "pandoc_percent_macros").is_dir()
    return made


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH with LaTeX, and the programs of the system that pandoc's way to it needs."""
    return bare_path(tmp_path, "pdflatex", "sh", "mkdir", "cp")


def line(program: str) -> list[str]:
    """Return the first line of the README's section on installing that runs a program."""
    (section,) = re.findall(r"^## Install it\n(.*?)^## ", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    return shlex.split(re.findall(rf"^    ({program} .*)$", section, re.MULTILINE)[0])


@pytest.mark.parametrize("way", ["activated", "named by its path", "a link to it on the PATH"])
@pytest.mark.parametrize("options", [(), ("-F", "percent-macros")], ids=["", "filter named, too"])
def test_the_line_that_gives_the_pdf(
    run: Run, tmp_path: Path, talk: Path, environment: Path, path: str, way: str, options: tuple[str, ...]
) -> None:
    program, *words = line("percent-macros")
    scripts = environment / "bin"
    if way == "activated":
        path = os.pathsep.join((os.fspath(scripts), path))
    elif way == "named by its path":
        program = os.fspath(scripts / program)
    else:  # as pipx and uv leave it
        (tmp_path / "programs" / program).symlink_to(scripts / program)
    assert shutil.which("pandoc", path=path) is None
    assert shutil.which("percent-macros", path=path) is None or way != "named by its path"
    done = run(shutil.which(program, path=path) or program, *words, *options, cwd=talk, PATH=path, PYTHONPATH="")
    assert done.status == 0, done.err
    assert (talk / "talk.pdf").read_bytes().startswith(b"%PDF-")


def test_without_latex_it_is_named(run: Run, talk: Path, environment: Path, tmp_path: Path) -> None:
    program, *words = line("percent-macros")
    done = run(environment / "bin" / program, *words, cwd=talk, PATH=bare_path(tmp_path), PYTHONPATH="")
    assert done.status == 1
    assert "pdflatex not found" in done.err
    assert not (talk / "talk.pdf").exists()


def test_setup_asks_the_pandoc_that_came_along(run: Run, tmp_path: Path, environment: Path, path: str) -> None:
    program = environment / "bin" / "percent-macros"
    done = run(program, "setup", PATH=path, HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "share"), PYTHONPATH="")
    assert done.status == 0, done.err
    assert (tmp_path / "share" / "pandoc" / "filters" / "percent-macros").is_file()
