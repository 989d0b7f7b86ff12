"""Precompiled preambles: which there can't be, and how many are kept."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pandoc_percent_macros.latex.engine import Job
from pandoc_percent_macros.latex.precompiled import FormatCache


def job(folder: Path, name: str, tex: str) -> Job:
    return Job(shutil.which(name) or name, name, (), tex, folder, folder)


@pytest.mark.parametrize(
    ("name", "tex"), [("xelatex", "\\documentclass{article}\n\\begin{document}\n"), ("pdflatex", "no body\n")]
)
def test_what_has_no_precompiled_preamble(tmp_path: Path, name: str, tex: str) -> None:
    asked = job(tmp_path, name, tex)
    formats = FormatCache(tmp_path)
    assert formats.precompiled(asked) == (None, asked)
    assert formats.refused == ""


@pytest.mark.tex
def test_the_oldest_precompiled_preamble_goes(tmp_path: Path) -> None:
    for number in range(16):
        (tmp_path / f"{number}-0.fmt").write_text("")
        record = {"format": f"{number}-0.fmt", "refused": "", "stamps": {}}
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
        os.utime(tmp_path / f"{number}.json", (number, number))
    asked = job(tmp_path, "pdflatex", "\\documentclass{article}\n\\begin{document}\nx\n\\end{document}\n")
    made, _ = FormatCache(tmp_path).precompiled(asked)
    assert made
    assert {each.stem for each in tmp_path.glob("*.fmt")} == {f"{number}-0" for number in range(1, 16)} | {made.stem}
    assert not (tmp_path / "0.json").exists()


@pytest.mark.tex
def test_one_process_takes_a_preamble_away_from_another(tmp_path: Path) -> None:
    asked = job(tmp_path, "pdflatex", "\\documentclass{article}\n\\begin{document}\nx\n\\end{document}\n")
    ours, theirs = FormatCache(tmp_path), FormatCache(tmp_path)
    made, _ = ours.precompiled(asked)
    assert made
    theirs.forget(asked)
    ours.distrust(made)  # LaTeX failed, since it was not there
    again, _ = FormatCache(tmp_path).precompiled(asked)
    assert again
    assert again.is_file()
    theirs.distrust(again)
    assert FormatCache(tmp_path).precompiled(asked) == (None, asked)
