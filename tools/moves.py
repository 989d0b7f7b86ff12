"""Move what calls of many kinds paint, and print a table: asked, reached, the error; what is refused, and why.

The judge is ``percent-macros boxes`` on the deck with all changes. Exit status 1 where a kind is off by more than it
may be, or is refused without need, or moves though it can't.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pandoc_percent_macros.placing.wishes import TRUE, Wish
from tests.support.moves import KINDS, Kind, Outcome, judged, moved

_PLACES = 0.001  # millimetres that `boxes` rounds to


def main() -> int:
    names = sys.argv[1:]
    kinds = [each for each in KINDS if not names or each.name in names]
    path = Path(tempfile.mkdtemp(prefix="moves-")) / "moves.md"
    outcomes = moved(path, kinds)
    reached = judged(path, outcomes)
    print("| Kind | Call | Becomes | Asked, mm | Reached, mm | Error, mm |")
    print("|---|---|---|---|---|---:|")
    for each in reached:
        wish = each.outcome.kind.wish
        there = f"{each.width:.2f} wide" if wish.width else f"{each.moved[0] + 0:.2f}, {each.moved[1] + 0:.2f}"
        text = each.outcome.plan.text if each.outcome.plan else ""
        row = (each.outcome.kind.name, _code(each.outcome.kind), _shown(text), _asked(wish), there, f"{each.error:.3f}")
        print(f"| {' | '.join(row)} |")
    refused = [each for each in outcomes if not each.plan]
    print("\n| Refused | Call | Asked, mm | Why |")
    print("|---|---|---|---|")
    for each in refused:
        print(f"| {each.kind.name} | {_code(each.kind)} | {_asked(each.kind.wish)} | {each.reason} |")
    wrong = [each.outcome for each in reached if each.error > TRUE + _PLACES]
    wrong += [each for each in outcomes if not _is_as_expected(each)]
    worst = max((each.error for each in reached), default=0)
    print(f"\n{len(reached)} kinds moved, the largest error {worst:.3f} mm; {len(refused)} refused; {len(wrong)} wrong")
    for each in wrong:
        print(f"wrong: {each.kind.name}: {each.reason}")
    return 1 if wrong else 0


def _is_as_expected(outcome: Outcome) -> bool:
    return outcome.kind.refused in outcome.reason if outcome.kind.refused else outcome.plan is not None


def _code(kind: Kind) -> str:
    return _shown(kind.call.partition("\n:::")[0])


def _shown(text: str) -> str:
    return f"`{' '.join(text.split())}`".replace("|", "\\|")


def _asked(wish: Wish) -> str:
    said = (
        [f"by {wish.by[0]:g}, {wish.by[1]:g}"] if wish.by else [f"to {wish.to[0]:g}, {wish.to[1]:g}"] if wish.to else []
    )
    return "; ".join([*said, *([f"{wish.width:g} wide"] if wish.width else [])])


if __name__ == "__main__":
    sys.exit(main())
