"""Hints for packages and themes that LaTeX lacks."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.blame.packages import cure


@pytest.mark.parametrize(
    ("file", "debian", "texlive"),
    [
        ("siunitx.sty", "texlive-science", "siunitx"),
        ("tikz.sty", "texlive-pictures", "pgf"),
        ("beamerthememetropolis.sty", "texlive-latex-extra", "beamertheme-metropolis"),
        ("beamer.cls", "texlive-latex-recommended", "beamer"),
        ("soul.sty", "texlive-plain-generic", "soul"),
    ],
)
def test_packages_that_are_known(file: str, debian: str, texlive: str) -> None:
    hint = f"install it: `apt install {debian}` on Debian, `tlmgr install {texlive}` with TeX Live"
    assert cure(f"LaTeX Error: File `{file}' not found") == (hint,)


@pytest.mark.parametrize(
    ("file", "meant"),
    [
        ("siuntix.sty", "siunitx"),
        ("beamerthemeMadridd.sty", "Madrid"),
        ("beamerthemeMetropolis.sty", "metropolis"),
        ("beamercolorthemecrain.sty", "crane"),
        ("beamerthemexyzzy.sty", None),
        ("nosuchthing.sty", None),
    ],
)
def test_names_that_are_not_known(file: str, meant: str | None) -> None:
    *hints, last = cure(f"LaTeX Error: File `{file}' not found")
    assert hints == ([f"did you mean `{meant}`?"] if meant else [])
    assert f"`apt-file search {file}`" in last
    assert f"`tlmgr search --global --file /{file}`" in last


@pytest.mark.parametrize("message", ["Undefined control sequence", "LaTeX Error: File `a.png' not found"])
def test_other_messages(message: str) -> None:
    assert cure(message) == ()
