"""docs/pre-commit.md, with the real pre-commit: it installs this package, and refuses a commit that has a fault."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ..support.pages import block

ROOT = Path(__file__).parents[2]
CONFIGURATION = block("pre-commit.md", "yaml")
PARTS = ("filters", "pandoc_percent_macros", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture
def git(run, tmp_path):
    """Run git as somebody, without the settings of whoever runs the tests."""
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(folder: Path, *words: str):
        home = {"GIT_CONFIG_GLOBAL": str(tmp_path / "none"), "GIT_CONFIG_NOSYSTEM": "1"}
        return run("git", *words, cwd=folder, PRE_COMMIT_HOME=str(tmp_path / "environments"), **who, **home)

    return git


@pytest.fixture
def documents(git, tmp_path) -> Path:
    """Make a repository for documents, beside one with this package at the tag that the page names."""
    package, documents = tmp_path / "pandoc-percent-macros", tmp_path / "documents"
    for folder in (package, documents):
        folder.mkdir()
        assert git(folder, "init", "--quiet").status == 0
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, package / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, package / name)
    (tag,) = re.findall(r"rev: (\S+)", CONFIGURATION)
    for words in (("add", "."), ("commit", "--quiet", "-m", "all"), ("tag", tag)):
        assert git(package, *words).status == 0
    (documents / ".pre-commit-config.yaml").write_text(CONFIGURATION, "utf-8")
    return documents


# One test: each would have pre-commit install the package anew.
def test_a_commit_with_a_fault_is_refused(git, run, documents) -> None:
    install, run_all = (block("pre-commit.md", "sh", number).split() for number in range(2))
    assert run(*install, cwd=documents).status == 0
    (documents / "good.md").write_text('%%define é($x) "<$x>" =end\n\n%%é(1)\n', "utf-8")
    (documents / "text.txt").write_text("%%nope(1)\n", "utf-8")
    git(documents, "add", ".")
    done = git(documents, "commit", "-m", "good")
    assert done.status == 0, done
    assert "check percent macros" in done.err

    (documents / "faulty.md").write_text("%%nope(1)\n", "utf-8")
    git(documents, "add", ".")
    done = git(documents, "commit", "-m", "faulty")
    assert done.status == 1, done
    assert "faulty.md:1:1: error[PM203]: unknown macro `nope`" in done.err
    assert git(documents, "log", "--format=%s").out == "good\n"

    done = run(*run_all, cwd=documents, PRE_COMMIT_HOME=str(documents.parent / "environments"))
    assert done.status == 1
    assert "text.txt" not in done.out
    assert "good.md" not in done.out
