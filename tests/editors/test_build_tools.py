"""docs/editors/make.md and docs/editors/latexmk.md, with make and latexmk: what is built again, and what not."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

LIBRARY = '%%define box($x)\nreturn "\\\\fbox{$x}"\n=end\n'
DECK = "%%use shapes\n\n# Été\n\n%%box(3)\n\n## Image\n\n%%image(images/game.png, 0.5)\n"
TOOLS = {
    "make": ("Makefile", block("editors/make.md", "make"), block("editors/make.md", "sh")),
    "latexmk": (".latexmkrc", block("editors/latexmk.md", "perl"), block("editors/latexmk.md", "sh")),
}


@pytest.fixture(params=TOOLS)
def tool(request, talk) -> str:
    """Set up a tool in a folder with a document that uses a library and a picture; return its command."""
    name, text, command = TOOLS[request.param]
    (talk / name).write_text(text, "utf-8")
    (talk / "shapes.pmac").write_text(LIBRARY, "utf-8")
    (talk / "talk.md").write_text(DECK, "utf-8")
    return command


@pytest.fixture
def built(run, talk, tool):
    """Run the tool; return whether it has written the PDF anew."""

    def built() -> bool:
        pdf = talk / "talk.pdf"
        before = pdf.stat().st_mtime_ns if pdf.exists() else 0
        done = run("bash", "-c", tool, cwd=talk)
        assert done.status == 0, done
        return pdf.stat().st_mtime_ns > before

    return built


def change(path: Path, old: bytes, new: bytes) -> None:
    """Replace a file's bytes, and have it newer than whatever was built; no waiting for the clock."""
    text = path.read_bytes()
    assert old in text
    path.write_bytes(text.replace(old, new))
    time = max(each.stat().st_mtime_ns for each in path.parent.iterdir()) + 10**9
    os.utime(path, ns=(time, time))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("talk.md", b"(3)", b"(4444)"), ("shapes.pmac", b"{$x}", b"{4444}")],
    ids=["document", "library"],
)
def test_it_builds_once_and_again_after_a_change(run, talk, built, name, old, new) -> None:
    assert built()
    assert not built()
    change(talk / name, old, new)
    assert built()
    assert "4444" in run("pdftotext", "-layout", "talk.pdf", "-", cwd=talk).out


def test_it_builds_again_for_a_picture(talk, built) -> None:
    assert built()
    shutil.copy(talk / "images" / "cubism.png", talk / "images" / "game.png")
    assert built()


def test_it_fails_with_the_fault(run, talk, tool) -> None:
    change(talk / "talk.md", b"%%box", b"%%bax")
    done = run("bash", "-c", tool, cwd=talk)
    assert done.status != 0
    assert "talk.md:5:1: error[PM203]: unknown macro `bax`" in done.out + done.err
    assert not (talk / "talk.pdf").exists()


@pytest.mark.parametrize("tool", ["make"], indirect=True)
def test_a_deleted_picture_is_the_build_s_to_report(run, talk, built, tool) -> None:
    assert built()
    (talk / "images" / "game.png").unlink()
    done = run("bash", "-c", tool, cwd=talk)
    assert done.status != 0
    assert re.search(r"^talk\.md:9:\d+: error\[PM5", done.err, re.MULTILINE)
    assert "No rule to make target" not in done.err


@pytest.mark.parametrize("tool", ["latexmk"], indirect=True)
def test_the_command_that_finds_latex_s_errors(run, talk, tool) -> None:
    change(talk / "talk.md", b"%%box(3)", b"%%box(\\undefined)")
    done = run("bash", "-c", block("editors/latexmk.md", "sh", 1), cwd=talk)
    assert done.status == 1
    assert re.search(r"^talk\.md:5:\d+: error\[PM5", done.err, re.MULTILINE)
