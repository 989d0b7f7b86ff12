"""Builds calls of many kinds, and compares their boxes with where poppler sees their ink: `make exactness`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.support.placed_calls import Measured, measured  # noqa: E402  (the tests are no package that is installed)

DECKS = {
    "pdfLaTeX": (),
    "XeLaTeX": ("--pdf-engine=xelatex",),
    "LuaLaTeX": ("--pdf-engine=lualatex",),
    "Madrid, 16:9, 12 points": ("-V", "theme=Madrid", "-V", "aspectratio=169", "-V", "fontsize=12pt"),
    "Berlin, 4:3, xelatex": ("-V", "theme=Berlin", "--pdf-engine=xelatex"),
    "article, landscape": ("-t", "latex", "-V", "geometry:landscape,a5paper"),
}
GOAL = 0.1  # mm


def main() -> int:
    """Measure, and print the errors of each kind of call; return 1 if one is beyond the goal."""
    errors: dict[str, dict[str, float]] = {}
    for name, options in DECKS.items():
        with tempfile.TemporaryDirectory() as folder:
            for each in measured(Path(folder), *options):
                row = errors.setdefault(each.kind, {})
                row[name] = max(row.get(name, 0), each.error)
    width = max(map(len, errors))
    print(f"{'mm':{width}}", *DECKS, sep="  ")
    for kind, row in errors.items():
        print(
            f"{kind:{width}}",
            *(f"{row[name]:{len(name)}.3f}" if name in row else " " * len(name) for name in DECKS),
            sep="  ",
        )
    worst = Measured(*max(((kind, max(row.values())) for kind, row in errors.items()), key=lambda pair: pair[1]))
    print(f"{len(errors)} kinds of call; the largest error is {worst.error:.3f} mm: {worst.kind}")
    return int(worst.error > GOAL)


if __name__ == "__main__":
    sys.exit(main())
