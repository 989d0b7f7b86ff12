"""Counts what `percent-macros check --pages` finds in decks, by kind: of good decks each is a false alarm.

    python tools/count-findings.py [--show] DECK...

A deck is a command line in one word, whose files count from the folder of the first: 'talk.md -V theme=Madrid'. Those
that do not build are told, and left out. With --show each finding is told, too.
"""

import json
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

from pandoc_percent_macros.lint.thresholds import KINDS

OF = {code: kind for kind, codes in KINDS.items() for code in codes}


def findings(deck: str) -> tuple[list[dict], str]:
    """Return what is found on the pages of a deck, and why it does not build, if it does not."""
    name, *options = shlex.split(deck)
    path = Path(name)
    command = ["percent-macros", "check", "--pages", "--output-format", "json", path.name, *options]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, timeout=300, check=False)
    told = json.loads(done.stdout) if done.stdout.startswith("[") else []
    errors = [each["message"] for each in told if each["severity"] == "error"]
    failed = (done.stderr.strip().splitlines() or [""])[-1] if done.returncode and not errors else "; ".join(errors)
    return [each for each in told if each["code"] in OF], failed


def main(decks: list[str]) -> int:
    show = "--show" in decks
    total: Counter[str] = Counter()
    built = 0
    for deck in decks:
        if deck == "--show":
            continue
        found, failed = findings(deck)
        if failed:
            print(f"{deck}: not built: {failed[:150]}", flush=True)
            continue
        built += 1
        kinds = Counter(OF[each["code"]] for each in found)
        total += kinds
        print(f"{deck}: {', '.join(f'{kind} {count}' for kind, count in kinds.items()) or 'nothing'}", flush=True)
        for each in found if show else ():
            place = each["place"]
            where = f"{place['file']}:{place['line']}:{place['column']}" if place else "-"
            print(f"    {where}: {OF[each['code']]}: {each['message']}")
    print(f"{built} decks: {', '.join(f'{kind} {count}' for kind, count in sorted(total.items())) or 'nothing'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
