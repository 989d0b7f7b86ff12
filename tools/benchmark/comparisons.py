"""The rows of the goals' table: what is measured, against what."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inputs import PIECES
from measuring import Command, Run, interleaved, median, ratio
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
    return [*deck(inputs), large(inputs), *lift(inputs), *one_call(), *markdown(inputs)]


def _pandoc(path: Path, filter_: str | Path | None, target: str = "beamer") -> Command:
    filters = ["-F", filter_] if filter_ else []
    return Command(["pandoc", *filters, path, "-t", target, "-o", path.with_suffix(f".{target}.out")])


def deck(inputs: Path) -> list[Row]:
    """The short deck, and all filters that are installed."""
    filters: Mapping[str, tuple[str | Path | None, float | None]] = {
        OURS: ("percent-macros", None),
        "a panflute filter that does nothing": (_FILTERS / "panflute_only.py", 0.65),
        "a Python filter that loads and dumps JSON": (_FILTERS / "json_only.py", 1.3),
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
    return _row(work, "`cat` as the filter", runs[OURS], runs["cat"], 1.08)


def lift(inputs: Path) -> list[Row]:
    """The preprocessor among preprocessors."""
    commands = {
        OURS: Command(["percent-macros", "lift", inputs / "lift.md"]),
        "gpp": Command(["gpp", inputs / "lift.gpp"]),
        "m4": Command(["m4", inputs / "lift.m4"]),
    }
    runs = interleaved(commands, inputs, 15)
    text = (inputs / "lift.md").read_bytes()
    work = f"`percent-macros lift` on {len(text) / 1e6:.1f} MB with {text.count(b'%%put'):,} calls"
    return [_row(work, f"`{name}` reading the same", runs[OURS], runs[name], 1.0) for name in ("gpp", "m4")]


def one_call() -> list[Row]:
    """One call in process."""
    python = VENV / "bin" / "python"
    said = subprocess.run([python, _HERE / "in_process.py"], check=True, stdout=subprocess.PIPE, text=True).stdout
    times = json.loads(said)
    against = "the same macro in Jinja2's sandbox"
    works = {
        "evaluate": ("one call of `putpic`, in process", 2.0),
        "parse and evaluate": ("its text parsed, too", None),
    }
    return [
        Row(work, against, times[name], times["jinja"], times[name] / times["jinja"], goal=goal)
        for name, (work, goal) in works.items()
    ]


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
        rows.append(Row(work, against, ours["cpu"], theirs["cpu"], *ratios, goal=1.5))
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
