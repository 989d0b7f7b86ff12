#!/usr/bin/env python3
"""Look for texts that take more than their length's share of time, in all pairs of tests/fuzz/growth.py's fragments.

    tools/fuzz-growth.py SECONDS [SEED]

Prints each pair for which a text four times as long takes more than six times as long, and how many were tried. The
exit status is 1 when there is one.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.fuzz.growth import growth, pairs

SIZE = 12_000  # characters of the shorter text
SLOWEST = 60  # seconds of processor time for one pair
STEEP = 6


def main() -> int:
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    todo = list(pairs())
    random.Random(seed).shuffle(todo)
    signal.signal(signal.SIGPROF, _too_slow)
    end = time.monotonic() + seconds
    tried = found = 0
    for pair in todo:
        if time.monotonic() > end:
            break
        tried += 1
        signal.setitimer(signal.ITIMER_PROF, SLOWEST)
        try:
            times = growth(*pair, SIZE)
            if times > STEEP:
                times = growth(*pair, 2 * SIZE)  # where it is no noise, it shows even more
        except TimeoutError:
            times = float("inf")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if times > STEEP:
            found += 1
            print(f"{times:.1f} times as long: {pair}", flush=True)
    print(f"growth: {tried:,} of {len(todo):,} pairs tried, {found} too steep (seed {seed})")
    return 1 if found else 0


def _too_slow(*_: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    sys.exit(main())
