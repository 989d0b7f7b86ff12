"""Only the slides that changed are typeset, shown, and the whole after them: the same PDF in the end."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pandoc_percent_macros.build.builder import kept
from pandoc_percent_macros.build.live import Live
from pandoc_percent_macros.build.progress import Progress
from pandoc_percent_macros.build.request import Request
from pandoc_percent_macros.latex import Stopped

from ..conftest import Run
from ..support.decks import Maker, dangling
from ..support.latex import pages

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
SEEDS = range(int(os.environ.get("GENERATED_DECKS", "1")))
EDITS = 5  # of each deck
MANY = int(os.environ.get("MANY_EDITS", "12"))
DECK = """\
# One

## First

Words.

## Second

More\\footnote{A note.} words.

## Third

Last words, \\ref{known}.
"""


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Live]]:
    """Begin to build ``a.pdf`` of a text in this process."""
    monkeypatch.chdir(tmp_path)
    begun: list[Live] = []

    def begin(text: str, *options: str) -> Live:
        Path("a.md").write_text(text)
        pandoc = os.path.abspath(shutil.which("pandoc") or "")
        request = Request(pandoc, ("a.md", "-t", "beamer", *options, "-o", "a.pdf"), tmp_path)
        begun.append(Live(request, Progress(), kept()))
        begun[-1].__enter__()
        assert begun[-1].update().is_whole
        return begun[-1]

    yield begin
    for each in begun:
        each.__exit__(None, None, None)


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_decks_and_edits(live, run: Run, tmp_path: Path, seed: int, record_property) -> None:
    """The published PDF is that of a build from nothing, and the one before it was equal or was replaced."""
    maker = Maker(seed)
    deck = maker.deck()
    building = live(deck.text())
    counts: Counter[str] = Counter()
    for _ in range(EDITS):
        what, deck = maker.edited(deck)
        Path("a.md").write_text(deck.text())
        update = building.update()
        assert update.result.succeeded, what
        if update.is_whole:
            counts[f"whole: {building.gave_way}"] += 1
        else:
            shown = pages(Path("a.pdf"))
            assert dangling(Path("a.pdf")) == [], what
            before = Path("a.pdf").stat().st_ino
            assert building.complete(never).succeeded
            replaced = Path("a.pdf").stat().st_ino != before
            differ = shown != pages(Path("a.pdf"))
            counts["replaced" if differ else "replaced by an equal one" if replaced else "equal"] += 1
            assert replaced or not differ
        command = ["percent-macros", "build", "--fresh", "a.md", "-t", "beamer", "-o", "fresh.pdf"]
        done = run(*command, XDG_CACHE_HOME=os.fspath(tmp_path / "cache"))
        assert done.status == 0, done.err
        assert pages(Path("a.pdf")) == pages(Path("fresh.pdf")), what
        assert dangling(Path("a.pdf")) == [], what
    record_property("frames", json.dumps(counts))


def test_only_what_changed_is_typeset(live, run: Run) -> None:
    building = live(DECK)
    Path("a.md").write_text(DECK.replace("More", "Fewer"))
    update = building.update()
    assert (update.frames, update.result.pages, building.gave_way) == (1, 4, "")
    assert "Fewer" in run("pdftotext", "a.pdf", "-").out
    before = Path("a.pdf").read_bytes()
    assert building.complete(never).pages == 4
    assert Path("a.pdf").read_bytes() == before  # it shows the same, so it is not published again


@pytest.mark.parametrize("code", ["", " \\read15 to\\line"])
def test_a_slide_that_looks_into_its_own_file(live, code: str) -> None:
    looking = DECK.replace("More", f"\\openin15=\\jobname.tex{code} \\closein15 More")
    building = live(looking)
    Path("a.md").write_text(looking.replace("More", "Fewer"))
    assert (building.update().frames, building.gave_way) == (1, "")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("## Third", "## New\n\n## Third", "the number of frames"),
        ("# One", "# Two", "the text between frames"),
        ("Words.", "Words.\\footnote{First.}", "counters"),
        ("Words.", "Words.\\label{known}", "a label comes or goes"),
        ("Words.", "Words\n\n. . .\n\nlater.", "the number of pages"),
        ("Words.", "\\subsection{Sub}Words.", "bookmarks"),
        ("Words.", "\\nothing", "LaTeX fails"),
        ("Last", "Last", "no frame differs"),
    ],
)
def test_all_is_typeset_where_more_may_depend_on_it(live, old: str, new: str, reason: str) -> None:
    building = live(DECK)
    Path("a.md").write_text(DECK.replace(old, new))
    update = building.update()
    assert update.is_whole
    assert reason in building.gave_way
    assert update.result.succeeded == (reason != "LaTeX fails")


def test_a_picture_that_changes_has_all_typeset(live, talk: Path) -> None:
    picture = Path("a.png")
    shutil.copy(talk / "images" / "game.png", picture)
    building = live(f"{DECK}\n![]({picture})\n")
    shutil.copy(talk / "images" / "cubism.png", picture)
    Path("a.md").write_text(f"{DECK.replace('More', 'Fewer')}\n![]({picture})\n")
    assert building.update().is_whole
    assert building.gave_way == "a file that LaTeX reads has changed"


def test_a_change_meanwhile_ends_the_whole_build(live, run: Run) -> None:
    building = live(DECK)
    for word in ("Fewer", "Some"):
        Path("a.md").write_text(DECK.replace("More", word))
        assert building.update().frames == 1
        with pytest.raises(Stopped):
            building.complete(lambda: True)
        assert word in run("pdftotext", "a.pdf", "-").out
    # What was stopped has left nothing: both changes are told from the last whole build.
    Path("a.md").write_text(DECK.replace("More", "No").replace("Last", "First"))
    update = building.update()
    assert update.frames == 2
    assert building.complete(never).succeeded
    assert "First" in run("pdftotext", "a.pdf", "-").out


def test_the_file_does_not_grow_with_each_edit(live) -> None:
    building = live(DECK)
    sizes = []
    for number in range(MANY):
        Path("a.md").write_text(DECK.replace("More", f"Number {number}"))
        assert building.update().frames == 1
        sizes.append(Path("a.pdf").stat().st_size)
        if number % 4 == 0:
            building.complete(never)
    assert max(sizes) < 1.1 * sizes[0]


def test_an_engine_without_formats(live) -> None:
    building = live(DECK, "--pdf-engine=xelatex")
    Path("a.md").write_text(DECK.replace("More", "Fewer"))
    assert building.update().is_whole
