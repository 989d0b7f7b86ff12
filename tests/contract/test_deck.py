"""The example deck, in every way that people start pandoc, to LaTeX and to PDF."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.pandoc
FILTERS = Path(__file__).parents[2] / "filters"
IMAGE = re.compile(r"^%%image\(([^,)]*)(?:, ([\d.]+))?\)$", re.MULTILINE)
PUTPIC = re.compile(r"^%%putpic\((.*), (.*), (.*), (.*)\)$", re.MULTILINE)


def by_hand(deck: str) -> str:
    """Return the deck with each macro written out as the LaTeX that an author would write for it."""
    deck = deck[deck.index("=end\n\n") + len("=end\n\n") :]
    deck = IMAGE.sub(
        lambda call: (
            "```{=latex}\n\\begin{center}\n"
            f"\\includegraphics[width={call[2] or 1}\\linewidth,height=\\textheight,keepaspectratio]{{{call[1]}}}\n"
            "\\end{center}\n```"
        ),
        deck,
    )
    return PUTPIC.sub(
        lambda call: (
            "```{=latex}\n\\begin{tikzpicture}[remember picture,overlay]"
            f"\\node at ({call[1]},{call[2]}) {{\\includegraphics[width={call[3]}]{{{call[4]}}}}};"
            "\\end{tikzpicture}\n```"
        ),
        deck,
    )


@pytest.fixture
def latex_by_hand(run, talk) -> str:
    text = by_hand((talk / "talk.md").read_text("utf-8"))
    done = run("pandoc", "-V", "header-includes=\\usepackage{tikz}", "-t", "beamer", "-s", text=text)
    assert done.status == 0, done.err
    return done.out


def commands(data_dir: Path) -> dict[str, str]:
    lua = f"'{FILTERS}/percent-macros.lua'"
    return {
        "filter": "pandoc -F percent-macros talk.md -t beamer -s -o '{out}'",
        "defaults file": f"pandoc --data-dir '{data_dir}' -d percent-macros -t beamer talk.md -s -o '{{out}}'",
        "reader": f"pandoc -f {lua} -F percent-macros talk.md -t beamer -s -o '{{out}}'",
        "lift": "percent-macros lift talk.md | pandoc -F percent-macros -t beamer -s -o '{out}'",
        "data directory": f"pandoc -F '{data_dir}/filters/percent-macros' talk.md -t beamer -s -o '{{out}}'",
    }


WAYS = sorted(commands(Path()))


def shell(command: str, cwd: Path) -> None:
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=cwd, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), command


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_latex_that_an_author_would_write(
    way, talk, data_dir, latex_by_hand, pandoc_version
) -> None:
    if way in ("reader", "defaults file") and pandoc_version < (3,):
        pytest.skip("the reader in Lua needs pandoc 3")
    shell(commands(data_dir)[way].format(out="a b.tex"), talk)
    assert (talk / "a b.tex").read_text("utf-8") == latex_by_hand


def test_from_another_folder(run, talk, latex_by_hand) -> None:
    done = run("pandoc", "-F", "percent-macros", talk / "talk.md", "-t", "beamer", "-s", cwd=talk.parent)
    assert (done.status, done.out, done.err) == (0, latex_by_hand, "")


@pytest.mark.tex
def test_the_pdf(run, talk) -> None:
    done = run("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "talk.pdf", cwd=talk)
    assert (done.status, done.err) == (0, "")
    assert "Pages:           15\n" in run("pdfinfo", "talk.pdf", cwd=talk).out
    pages = run("pdftotext", "-layout", "talk.pdf", "-", cwd=talk).out.split("\f")
    for words in ("Soutenance de stage de fin d’études", "Pierre-Olivier Mercier", "Jeudi 4 septembre 2014"):
        assert words in pages[0]
    for page, words in ((1, "Novaquark"), (2, "Startup créée"), (9, "Recettes Ansible"), (14, "Conclusion")):
        assert words in pages[page], page
    assert not any("%%" in page or "putpic" in page for page in pages)
    pictures = run("pdfimages", "-list", "talk.pdf", cwd=talk).out.splitlines()[2:]
    assert len({line.split()[0] for line in pictures if " image " in line}) >= 6


@pytest.mark.tex
def test_the_pages_are_those_of_the_deck_written_by_hand(run, talk, latex_by_hand) -> None:
    (talk / "hand.tex").write_text(latex_by_hand, "utf-8")
    for _ in range(2):  # remember picture
        assert run("pdflatex", "-interaction=batchmode", "hand.tex", cwd=talk).status == 0
    assert run("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "talk.pdf", cwd=talk).status == 0
    for name in ("hand", "talk"):
        assert run("pdftoppm", "-r", "60", f"{name}.pdf", name, cwd=talk).status == 0
    hand, ours = (sorted(talk.glob(f"{name}-*.ppm")) for name in ("hand", "talk"))
    assert len(hand) == len(ours) == 15
    for one, two in zip(hand, ours, strict=True):
        assert one.read_bytes() == two.read_bytes(), two.name
