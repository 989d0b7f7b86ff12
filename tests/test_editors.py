"""Build commands of real editors."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

VIM = r"set makeprg=pandoc\ -F\ percent-macros\ %:S\ -t\ beamer\ -o\ %:r:S.pdf"


def test_vim_builds_the_deck(run, talk) -> None:
    (talk / "talk.md").rename(talk / "ma soutenance.md")
    done = run("vim", "-Nu", "NONE", "-es", "ma soutenance.md", "-c", VIM, "-c", "silent make", "-c", "qa!", cwd=talk)
    assert (talk / "ma soutenance.pdf").exists(), done
    assert "Pages:           15\n" in run("pdfinfo", "ma soutenance.pdf", cwd=talk).out


def test_vim_jumps_to_the_fault(run, talk) -> None:
    text = (talk / "talk.md").read_text("utf-8")
    (talk / "ma soutenance.md").write_text(text.replace("%%putpic(95mm", "%%putpick(95mm"), "utf-8")
    line = text[: text.index("%%putpic(95mm")].count("\n") + 1
    script = "call writefile([expand('%') . ':' . line('.') . ':' . col('.')], 'where')"
    errorformat = r"set errorformat=%f:%l:%c:\ %m,%-G%.%#"
    commands = [VIM, errorformat, "silent make", script, "qa!"]
    run(
        "vim", "-Nu", "NONE", "-es", "ma soutenance.md", *[part for each in commands for part in ("-c", each)], cwd=talk
    )
    assert (talk / "where").read_text() == f"ma soutenance.md:{line}:1\n"
    assert not (talk / "ma soutenance.pdf").exists()
