"""What is known of TeX's text, judged by TeX."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pandoc_percent_macros.base import tex


@pytest.mark.tex
def test_tex_sets_an_escaped_text_as_it_stands(tmp_path: Path) -> None:
    text = "".join(sorted(tex.ESCAPES))
    preamble = r"\documentclass{article}\usepackage[T1]{fontenc}"
    (tmp_path / "a.tex").write_text(rf"{preamble}\begin{{document}}{tex.escaped(text)}\end{{document}}")
    subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"], cwd=tmp_path, check=True)
    as_logged = subprocess.run(
        ["pdftotext", "a.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert text in as_logged
