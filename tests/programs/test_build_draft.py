"""``percent-macros build --draft``: a box with the name where a picture is missing, of the size that was asked for."""

from __future__ import annotations

import re

import pytest

from ..support.latex import document

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
SMALL = "--template=small.latex"
MISSING = """![Of Markdown](images/one_two.png){width=50%}

%%image(images/of-a-macro.png, 0.3)

Raw: \\includegraphics[width=3cm,height=2cm]{raw}, and ![](accents%20é.png){height=1cm}.
"""
NAMES = ["images/one_two.png", "images/of-a-macro.png", "raw", "accents é.png"]


def test_latex_shows_every_name(run, tmp_path) -> None:
    document(tmp_path, "---\nheader-includes: '\\usepackage[T1]{fontenc}'\n---\n\n" + MISSING)
    assert run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf").status == 1
    done = run("percent-macros", "build", "a.md", SMALL, "--draft", "-o", "a.pdf")
    assert (done.status, "WARNING" in done.err) == (0, False), done.err
    shown = run("pdftotext", "-layout", "a.pdf", "-").out
    assert [name for name in NAMES if name not in shown] == []


def test_the_box_has_the_size_of_the_picture(run, tmp_path) -> None:
    text = ""
    for options in ("width=3cm,height=2cm", "width=4cm", "width=4cm,height=1cm,keepaspectratio"):
        text += f"\n\\setbox0\\hbox{{\\includegraphics[{options}]{{x}}}}\\the\\wd0, \\the\\ht0\n"
    document(tmp_path, text)
    assert run("percent-macros", "build", "a.md", SMALL, "--draft", "-o", "a.pdf").status == 0
    sizes = re.findall(r"([\d.]+)pt", run("pdftotext", "a.pdf", "-").out)
    centimetres = [round(float(each) / 72.27 * 2.54, 2) for each in sizes]
    assert centimetres == [3, 2, 4, 3, 1.33, 1]  # without a size of its own a picture is 4:3


def test_html_shows_every_name(run, tmp_path) -> None:
    document(tmp_path, MISSING)
    done = run("percent-macros", "build", "a.md", "--draft", "-s", "-o", "a.html")
    assert done.status == 0, done.err
    html = " ".join((tmp_path / "a.html").read_text("utf-8").split())
    boxes = re.findall(r'<span class="missing-picture" style="([^"]*)">([^<]*)</span>', html)
    assert [name for _, name in boxes] == [NAMES[0], NAMES[1], NAMES[3]]
    assert "width:50%" in boxes[0][0]
    assert "height:1cm" in boxes[2][0]


def test_other_formats_say_what_is_missing(run, tmp_path) -> None:
    document(tmp_path, MISSING)
    assert run("percent-macros", "build", "a.md", "--draft", "-t", "plain", "-o", "a.txt").status == 0
    assert "[missing picture: images/one_two.png]" in " ".join((tmp_path / "a.txt").read_text("utf-8").split())


def test_a_picture_that_is_there_is_shown(run, talk) -> None:
    document(talk, "![](images/game.png) ![](game.png){width=1cm}\n\n\\includegraphics{images/docker}\n")
    words = ["a.md", "--draft", SMALL, "--resource-path=.:images", "-o", "a.pdf"]
    done = run("percent-macros", "build", *words, cwd=talk)
    assert done.status == 0, done.err
    assert re.findall(r"[a-z]+", run("pdftotext", "a.pdf", "-", cwd=talk).out) == []
