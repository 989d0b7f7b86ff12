"""What an author waits for: a PDF, the first one, and the one after a change."""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path

import decks
from comparisons import Row
from measuring import Command, Run, interleaved, median, ratio, run
from programs import MARP, VENV

_ROUNDS = 5
_OPTIONS = ("-t", "beamer")


def all_rows(folder: Path) -> list[Row]:
    """Measure builds of decks of 15, 60 and 200 slides."""
    rows: list[Row] = []
    for slides in (15, 60, 200):
        rows += _builds(folder / f"deck-{slides}", slides)
    return [*rows, *_others(folder / "others", 60)]


def _builds(folder: Path, slides: int) -> list[Row]:
    folder.mkdir(parents=True, exist_ok=True)
    cache = folder / "cache"
    variables = {"XDG_CACHE_HOME": os.fspath(cache)}
    build = Command(["percent-macros", "build", "deck.md", *_OPTIONS, "-o", "deck.pdf"], None, variables)
    by_hand = Command(["latexmk", "-pdf", "-interaction=nonstopmode", "hand.tex"])
    runs: dict[str, list[Run]] = {"first": [], "again": [], "hand first": [], "hand again": []}
    shown: list[float] = []
    for _ in range(_ROUNDS):
        shutil.rmtree(cache, ignore_errors=True)
        for path in folder.glob("hand.*"):
            path.unlink()
        _write(folder, slides, decks.CHANGED)
        runs["first"].append(run(build, folder))
        runs["hand first"].append(run(by_hand, folder))
        _write(folder, slides, decks.AFTER)
        runs["again"].append(run(build, folder))
        runs["hand again"].append(run(by_hand, folder))
        shown.append(_watched(folder, slides, variables))
    wait = statistics.median(shown)
    first, again = median(runs["first"], "wall"), median(runs["again"], "wall")
    goals = {15: (None, None), 60: (0.2, None), 200: (None, 0.12)}[slides]
    work = f"`watch`, one slide of {slides} changed, from save to the new PDF (on the clock)"
    return [
        Row(work, "a first `build`, empty caches", wait, first, wait / first, wait / first, goals[0]),
        Row(work, "`build` of all of it, again", wait, again, wait / again, wait / again, goals[1]),
        _row(f"`build`, {slides} slides, first", "latexmk, hand-written LaTeX, first", runs, "first", 0.9),
        _row(f"`build`, {slides} slides, after a change", "latexmk after the same change", runs, "again", 1.0),
    ]


def _row(work: str, against: str, runs: dict[str, list[Run]], name: str, goal: float) -> Row:
    ours, theirs = runs[name], runs[f"hand {name}"]
    ratios = (ratio(ours, theirs, what) for what in ("cpu", "wall"))
    return Row(work, against, median(ours, "cpu"), median(theirs, "cpu"), *ratios, goal=goal)


def _write(folder: Path, slides: int, words: str) -> None:
    """Write a version of the deck, and of the LaTeX that an author would have written for it by hand."""
    (folder / "deck.md").write_text(decks.deck(slides).replace(decks.CHANGED, words), "utf-8")
    command = ["pandoc", "-F", "percent-macros", "-s", "deck.md", *_OPTIONS, "-o", "hand.tex"]
    subprocess.run(command, cwd=folder, check=True)


def _watched(folder: Path, slides: int, variables: dict[str, str]) -> float:
    """Return the seconds on the clock from a change of one slide to the new PDF."""
    _write(folder, slides, decks.CHANGED)
    output = folder / "deck.pdf"
    child = subprocess.Popen(
        ["percent-macros", "watch", "deck.md", *_OPTIONS, "-o", "deck.pdf"],
        cwd=folder,
        env={**os.environ, **variables},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr
    try:
        for line in child.stderr:
            if re.search("waiting for changes", line):
                break
        time.sleep(1)  # an author writes no sooner
        before = output.stat().st_ino
        text = decks.deck(slides).replace(decks.CHANGED, decks.AFTER)
        started = time.perf_counter()
        (folder / "deck.md").write_text(text, "utf-8")
        while output.stat().st_ino == before:
            time.sleep(0.005)
        return time.perf_counter() - started
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate()


def _others(folder: Path, slides: int) -> list[Row]:
    """Other programs that make slides of text, for comparison: their decks say about the same."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(decks.PICTURE, folder)
    (folder / "deck.md").write_text(decks.deck(slides), "utf-8")
    (folder / "deck.typ").write_text(decks.typst(slides), "utf-8")
    (folder / "marp.md").write_text(decks.marp(slides), "utf-8")
    python = VENV / "bin" / "python"
    compile_it = "import typst; typst.compile('deck.typ', output='typst.pdf')"
    commands = {
        "build": Command(["percent-macros", "build", "deck.md", *_OPTIONS, "-o", "deck.pdf"]),
        "Typst, to PDF": Command([python, "-c", compile_it]),
        "Marp, to HTML": Command([MARP, "--no-stdin", "marp.md", "-o", "marp.html"]),
    }
    if not MARP.exists():
        del commands["Marp, to HTML"]
    runs = interleaved(commands, folder, _ROUNDS)
    names = [name for name in commands if name != "build"]
    return [
        Row(
            f"`build`, {slides} slides, once more",
            name,
            median(runs["build"], "cpu"),
            median(runs[name], "cpu"),
            ratio(runs["build"], runs[name], "cpu"),
            ratio(runs["build"], runs[name], "wall"),
        )
        for name in names
    ]
