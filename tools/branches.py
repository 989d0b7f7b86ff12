#!/usr/bin/env python3
"""Prints the share of branches that the tests take, from what `coverage` has measured; 1 if it is below the goal."""

from __future__ import annotations

import json
import subprocess
import sys

GOAL = 95  # per cent


def main() -> int:
    done = subprocess.run(["coverage", "json", "--quiet", "-o", "-"], check=False, stdout=subprocess.PIPE, text=True)
    totals = json.loads(done.stdout)["totals"]
    taken, every = totals["covered_branches"], totals["num_branches"]
    share = 100 * taken / every
    print(f"branches: {taken:,} of {every:,} taken, {share:.1f} %; the goal is {GOAL} %")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
