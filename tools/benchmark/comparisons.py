"""The rows of the goals' table: what is measured, against what."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import decks
from inputs import PIECES
from measuring import Command, Run, instructions, interleaved, median, ratio
from programs import VENV

_HERE = Path(__file__).resolve().parent
_FILTERS = _HERE / "filters"
OURS = "percent-macros"


@dataclass(frozen=True)
class Row:
    """A line of a table: times in seconds, ratios, and the ratio to reach, None where there is no goal."""

    work: str
    against: str
    ours: float
    theirs: float
    cpu: float
    wall: float | None = None
    goal: float | None = None


def all_rows(inputs: Path) -> list[Row]:
    """Measure everything; takes some minutes."""
    return [*deck(inputs), one_reading(inputs), without_macros(inputs), large(inputs), lift(inputs), *markdown(inputs)]


def _pandoc(path: Path, filter_: str | Path | None, target: str = "beamer") -> Command:
    filters = ["-F", filter_] if filter_ else []
    return Command(["pandoc", *filters, path, "-t", target, "-o", path.with_suffix(f".{target}.out")])


def deck(inputs: Path) -> list[Row]:
    """The short deck, and all filters that are installed."""
    filters: Mapping[str, tuple[str | Path | None, float | None]] = {
        OURS: ("percent-macros", None),
        "a panflute filter that does nothing": (_FILTERS / "panflute_only.py", 0.6),
        "a Python filter that loads and dumps JSON": (_FILTERS / "json_only.py", 1.25),
        "the same with `json.dump`, which writes in pieces": (_FILTERS / "json_in_pieces.py", None),
        "a pandocfilters filter that does nothing": (_FILTERS / "pandocfilters_only.py", None),
        "pandoc-latex-environment": ("pandoc-latex-environment", None),
        "pandoc-include": ("pandoc-include", None),
        "no filter": (None, None),
    }
    commands = {name: _pandoc(inputs / "deck.md", path) for name, (path, _) in filters.items()}
    runs = interleaved(commands, inputs, 25)
    work = "`pandoc -F percent-macros` on the deck, `-t beamer`"
    return [_row(work, name, runs[OURS], runs[name], goal) for name, (_, goal) in filters.items() if name != OURS]


def large(inputs: Path) -> Row:
    """The deck repeated."""
    path = inputs / "large.md"
    commands = {OURS: _pandoc(path, "percent-macros"), "cat": _pandoc(path, _FILTERS / "cat")}
    runs = interleaved(commands, inputs, 9)
    text = path.read_text("utf-8")
    work = f"the deck repeated to {len(text.encode()) / 1000:.0f} KB, {text.count('%%') - 1:,} calls"
    return _row(work, "`cat` as the filter", runs[OURS], runs["cat"], None)


def one_reading(inputs: Path) -> Row:
    """A deck whose macro is a template with LaTeX in it, and the same with a macro in code."""
    commands = {}
    for name in ("template", "define"):
        (inputs / f"{name}.md").write_text(decks.deck(60, define=name == "define"), "utf-8")
        commands[name] = _pandoc(inputs / f"{name}.md", "percent-macros")
    runs = interleaved(commands, inputs, 15)
    work = "`pandoc -F` on 60 slides with a `%%template` that holds LaTeX"
    return _row(work, "the same with `%%define`", runs["template"], runs["define"], 1.05)


def without_macros(inputs: Path) -> Row:
    """A document without directives, in instructions of the processor."""
    text = subprocess.run(["pandoc", "-t", "json"], input=b"Some words.", check=True, capture_output=True).stdout
    (inputs / "plain.json").write_bytes(text)
    python = VENV / "bin" / "python"
    ours = instructions(Command(["percent-macros", "html"], inputs / "plain.json", {"PANDOC_VERSION": "3.9"}), inputs)
    theirs = instructions(Command([python, "-c", "pass"]), inputs)
    per_second = 1e9  # so that the table shows millions of instructions as milliseconds
    work = "a document without `%%` through the filter (1 ms: a million instructions)"
    return Row(work, "Python's own start", ours / per_second, theirs / per_second, ours / theirs, goal=1.3)


def lift(inputs: Path) -> Row:
    """The preprocessor, and pandoc on what it reads."""
    path = inputs / "lift.md"
    commands = {
        OURS: Command(["percent-macros", "lift", path]),
        "pandoc": Command(["pandoc", path, "-t", "json", "-o", inputs / "lift.json"]),
    }
    runs = interleaved(commands, inputs, 3)
    text = path.read_bytes()
    work = f"`percent-macros lift` on {len(text) / 1e6:.1f} MB with {text.count(b'%%put'):,} calls"
    return _row(work, "pandoc reading the same text", runs[OURS], runs["pandoc"], 0.06)


def markdown(inputs: Path) -> list[Row]:
    """What it costs that results are Markdown: the same document with results that are text has to be subtracted."""
    starts = {"one start of pandoc that reads the same texts": "pieces.md", "one that reads nothing": "empty.md"}
    commands = {name: _pandoc(inputs / f"{name}.md", "percent-macros", "json") for name in ("markdown", "text")}
    commands |= {against: _pandoc(inputs / name, None, "json") for against, name in starts.items()}
    runs = interleaved(commands, inputs, 15)
    work = f"{PIECES:,} results of `markdown()`, more than the same of `text()`"
    ours = {what: _difference(runs["markdown"], runs["text"], what) for what in ("cpu", "wall")}
    rows = []
    for against in starts:
        theirs = {what: median(runs[against], what) for what in ours}
        ratios = (ours[what] / theirs[what] for what in ours)
        rows.append(Row(work, against, ours["cpu"], theirs["cpu"], *ratios))
    return rows


def _difference(more: list[Run], less: list[Run], what: str) -> float:
    return statistics.median(getattr(a, what) - getattr(b, what) for a, b in zip(more, less, strict=True))


def _row(work: str, against: str, ours: list[Run], theirs: list[Run], goal: float | None) -> Row:
    return Row(
        work,
        against,
        median(ours, "cpu"),
        median(theirs, "cpu"),
        ratio(ours, theirs, "cpu"),
        ratio(ours, theirs, "wall"),
        goal,
    )
