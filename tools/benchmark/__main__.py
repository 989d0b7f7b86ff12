"""Measures this package against its peers and its goals, and writes docs/benchmarks.md: `make bench`."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import builds
import comparisons
import growth
import programs
from comparisons import Row
from growth import Growth

PAGE = programs.ROOT / "docs" / "benchmarks.md"
_HEAD = """\
# Benchmarks

Written by `make bench`; [performance.md](performance.md) says what follows from it.

All programs run in turn, and every ratio is the median of the ratios of neighbours, so that a machine that is slow
for a while is slow for all. Ratios are of CPU time, the user's and the system's, of a program and all that it starts;
the ratio of the times on the clock stands beside them.

"""
_GROWTH = f"""
## Growth

Millions of instructions, as valgrind counts them, at n, 2n and 4n, over those at 0. A doubling may cost {growth.GOAL}
times as many. `tools/benchmark/inputs.py` has the documents; the filter gets pandoc's JSON of the lifted ones.

"""
_COLUMNS = ["Work", "Measured against", "Ours", "Theirs", "Ratio", "On the clock"]


def main() -> None:
    programs.install()
    folder = programs.FOLDER / "inputs"
    subprocess.run([programs.VENV / "bin" / "python", Path(__file__).parent / "inputs.py", folder], check=True)
    text = page([*builds.all_rows(folder), *comparisons.all_rows(folder)], growth.all_growths(folder))
    PAGE.write_text(text, "utf-8")
    print(text.removeprefix(_HEAD))


def page(rows: list[Row], growths: list[Growth]) -> str:
    """Return the page of all figures."""
    today = datetime.datetime.now(datetime.UTC).date()
    versions = ", ".join(f"{name} {version}" for name, version in programs.versions().items())
    return "".join(
        (
            f"{_HEAD}{today}, {programs.machine()}. {versions}.\n\n## Goals\n\n",
            table([*_COLUMNS, "Goal", "Met"], [_goal_cells(row) for row in rows if row.goal is not None]),
            "\n## Other figures\n\n",
            table(_COLUMNS, [_cells(row) for row in rows if row.goal is None]),
            _GROWTH,
            table(
                ["Work", "Instructions", "Ratios", "Met"],
                [_growth_cells(each) for each in growths],
            ),
        )
    )


def table(head: list[str], lines: list[list[str]]) -> str:
    """Return a table in Markdown, the columns after the first two aligned to the right."""
    rule = ["---" if name in ("Work", "Measured against", "Met") else "---:" for name in head]
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *lines))


def _cells(row: Row) -> list[str]:
    wall = f"{row.wall:.2f}" if row.wall is not None else ""
    return [row.work, row.against, _time(row.ours), _time(row.theirs), f"{row.cpu:.2f}", wall]


def _goal_cells(row: Row) -> list[str]:
    assert row.goal is not None
    return [*_cells(row), f"≤ {row.goal:g}", "yes" if row.cpu <= row.goal else "**no**"]


def _growth_cells(each: Growth) -> list[str]:
    counts, ratios = (" ".join(f"{number:,.{digits}f}" for number in numbers) for numbers, digits in _shown(each))
    return [each.work, counts, ratios, "yes" if each.holds else "**no**"]


def _shown(each: Growth) -> list[tuple[list[float], int]]:
    """Return the millions of instructions, and the ratios, and how many digits behind the point they are shown with."""
    return [([count / 1e6 for count in each.counts], 0), (each.ratios, 2)]


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.001 else f"{seconds * 1e6:.1f} µs"


if __name__ == "__main__":
    sys.exit(main())
