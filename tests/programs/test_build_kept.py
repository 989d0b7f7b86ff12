"""What ``percent-macros build`` keeps for the next build, and that its result is that of a build from nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ..support.latex import document, pages

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
SMALL = "--template=small.latex"
ONE_RUN = ["a.pdf: pandoc", "a.pdf: LaTeX, run 1", "a.pdf: 1 page"]
REFERENCES = "See \\ref{x} and \\pageref{end}.\n\n\\section{One}\\label{x}\n\nEnd.\\label{end}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "cache"))
    return tmp_path / "cache" / "percent-macros"


def test_building_again_takes_one_run_without_packages(run, tmp_path, cache) -> None:
    document(tmp_path, REFERENCES)
    first = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    assert first.err.splitlines() == ["a.pdf: pandoc", "a.pdf: LaTeX, run 1", "a.pdf: LaTeX, run 2", "a.pdf: 1 page"]
    assert run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf").err.splitlines() == ONE_RUN
    assert len(list((cache / "preambles").glob("*.fmt"))) == 1
    # Nothing can be kept, and all works.
    shutil.rmtree(cache)
    cache.write_text("")
    assert run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf").err == first.err


def test_fresh_does_without_and_removes_it(run, tmp_path, cache) -> None:
    document(tmp_path, REFERENCES)
    first = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    archive = next((cache / "documents").iterdir())
    archive.write_bytes(b"no archive")
    assert run("percent-macros", "build", "--fresh", "a.md", SMALL, "-o", "a.pdf").err == first.err
    assert not list((cache / "preambles").glob("*.fmt"))
    assert run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf").err.splitlines() == ONE_RUN


EDITS = {
    "a word": ("Conclusion", "Ferdinand"),
    "a slide more": ("# Novaquark", "## New\n\nMore.\n\n# Novaquark"),
    "a slide less": (re.compile(r"^## .*?(?=^#)", re.MULTILINE | re.DOTALL), ""),
    "a section renamed": ("# Novaquark", "# Nova"),
    "another theme": ("", ""),
}


def test_the_result_is_that_of_a_build_from_nothing(run, talk) -> None:
    text = (talk / "talk.md").read_text()
    words = ["talk.md", "-t", "beamer"]
    assert run("percent-macros", "build", *words, "-o", "kept.pdf", cwd=talk).status == 0
    for name, (old, new) in EDITS.items():
        edited = re.sub(old, new, text, count=1) if old else text
        assert (edited != text) == bool(old), name
        (talk / "talk.md").write_text(edited)
        options = [] if old else ["-V", "theme=Boadilla"]
        assert run("percent-macros", "build", *words, *options, "-o", "kept.pdf", cwd=talk).status == 0
        assert run("percent-macros", "build", *words, *options, "--fresh", "-o", "new.pdf", cwd=talk).status == 0
        assert pages(talk / "kept.pdf") == pages(talk / "new.pdf"), name


def test_a_removed_label_is_gone(run, tmp_path) -> None:
    document(tmp_path, REFERENCES)
    run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    document(tmp_path, REFERENCES.replace("\\label{end}", ""))
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    assert "`end' on page 1 undefined" in done.err
    assert "??" in run("pdftotext", "a.pdf", "-").out


def test_several_at_once(tmp_path) -> None:
    document(tmp_path, REFERENCES)
    command = ["percent-macros", "build", "a.md", SMALL]
    building = [
        subprocess.Popen([*command, "-o", f"{number % 2}.pdf"], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        for number in range(6)
    ]
    said = [each.communicate()[1] for each in building]
    assert [each.returncode for each in building] == [0] * 6, said
    assert pages(tmp_path / "0.pdf") == pages(tmp_path / "1.pdf")


def test_a_preamble_that_latex_fails_with_is_remembered(run, tmp_path, cache) -> None:
    """Beamer's theme Warsaw makes pdfTeX crash from a format: of TeX Live 2022, and if not, nothing is to be shown."""
    document(tmp_path, "# One\n\n## Two\n\nWords.\n")
    words = ["a.md", "-t", "beamer", "-V", "theme=Warsaw", "-o", "a.pdf"]
    first = run("percent-macros", "build", *words)
    assert first.status == 0, first.err
    if first.err.count("LaTeX, run 1\n") == 1:
        pytest.skip("this pdfTeX does not crash")
    again = run("percent-macros", "build", *words)
    assert again.err.count("LaTeX, run 1\n") == 1
    assert not list((cache / "preambles").glob("*.fmt"))


def test_no_more_is_kept_than_of_some_documents(run, tmp_path, cache) -> None:
    document(tmp_path, REFERENCES)
    (cache / "documents").mkdir(parents=True)
    for number in range(80):
        (cache / "documents" / f"{number}.zip").write_text("")
        os.utime(cache / "documents" / f"{number}.zip", (number, number))
    run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    left = {path.stem for path in (cache / "documents").iterdir()}
    assert len(left) == 64
    assert "79" in left
