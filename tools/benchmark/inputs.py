"""Writes the documents that the benchmark reads into the folder that is its one argument.

A program of its own: the benchmark itself stays small, because a process that it starts is counted with its size.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECK = ROOT / "examples" / "talk" / "talk.md"
LARGE = 800_000  # bytes of the deck repeated
HUGE, CALLS = 2_000_000, 10_000  # bytes and calls of the text to lift
STEPS = (1, 2, 4)
PIECES = 1_000  # results of `markdown()`


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    deck = DECK.read_text("utf-8")
    definition, body = deck.split("=end\n", 1)
    definition += "=end\n"
    (folder / "deck.md").write_text(deck, "utf-8")
    (folder / "empty.md").write_text("", "utf-8")
    (folder / "large.md").write_text(large(definition, body), "utf-8")
    slides = huge(body)
    (folder / "lift.md").write_text(definition + slides, "utf-8")
    for name in ("markdown", "text"):
        macro = f'%%define word($x)\nreturn {name}("*$x*")\n=end\n\n'
        calls = "".join(f"%%word(some *words* number {number})\n\n" for number in range(PIECES))
        (folder / f"{name}.md").write_text(macro + calls, "utf-8")
    pieces = "".join(f"*some *words* number {number}*\n\n" for number in range(PIECES))
    (folder / "pieces.md").write_text(pieces, "utf-8")
    for name, make in SERIES.items():
        for step in (0, *STEPS):
            path = folder / f"{name}-{step}.md"
            path.write_text(make(step), "utf-8")
            lifted = subprocess.run(["percent-macros", "lift", path], check=True, capture_output=True).stdout
            json = subprocess.run(["pandoc", "-t", "json"], input=lifted, check=True, capture_output=True).stdout
            path.with_suffix(".json").write_bytes(json)


def large(definition: str, body: str) -> str:
    """Return the deck repeated, its definition once, with as many calls as the issue asks for."""
    slides = body.split("\n# Novaquark", 1)[1]
    calls = "".join(f"\n%%putpic({number}mm, 10mm, 2cm, images/ansible)\n" for number in range(4))
    section = f"\n# Novaquark{slides}{calls}"
    return definition + body + section * (LARGE // len(section.encode()))


def huge(body: str) -> str:
    """Return slides of that many bytes with that many calls of ``putpic``, all different, in plain words."""
    words = re.sub(r"[`'#%\\$,()]", "", body.split("## Présentation", 1)[1])
    text = []
    size = 0
    for number in range(CALLS):
        call = f"\n\n%%putpic({number % 160}mm, {number}mm, 2cm, images/ansible)\n\n"
        room = HUGE * (number + 1) // CALLS - size - len(call.encode())
        start = number % 50
        filler = words[start : start + room - 20]
        text += filler, call
        size += len(filler.encode()) + len(call.encode())
    return "".join(text)


# Documents that grow in one way: at 0 there is next to nothing, then n, 2n and 4n.


def calls(step: int) -> str:
    lines = "".join(f"%%put({number}, b)\n\n" for number in range(1_000 * step))
    return f"%%define put($a, $b)\nreturn latex($a . $b)\n=end\n\n{lines}Words.\n"


def definitions(step: int) -> str:
    names = [f"m{number}" for number in range(250 * step)]
    macros = "".join(
        f'%%define {name}($a, $b = 1)\nmy $c = $a x 2;\nreturn latex("$c" . $b)\n=end\n\n' for name in names
    )
    return macros + "".join(f"%%{name}(a)\n\n" for name in names) + "Words.\n"


def nesting(step: int) -> str:
    """Expressions in each other, up to 96 deep; so many definitions of them that they can be timed."""
    inside = "(" * (24 * step) + "$a" + " . 1)" * (24 * step)
    macros = "".join(f"%%define m{number}($a)\nreturn {inside}\n=end\n\n" for number in range(60))
    return macros + "".join(f"%%m{number}(a)\n\n" for number in range(60)) + "Words.\n"


def bodies(step: int) -> str:
    """Bodies in each other, ten times."""
    nest = "%%begin box\n\n" * (50 * step) + "Words.\n\n" + "%%end box\n\n" * (50 * step)
    return "%%define box()\nreturn $body\n=end\n\n" + nest * 10


def argument(step: int) -> str:
    """One argument, with brackets in it, in 16 calls."""
    text = "some {words} (and brackets) " * (1_000 * step)
    lines = "".join(f"%%put({number} {text})\n\n" for number in range(16))
    return f"%%define put($a)\nreturn length($a)\n=end\n\n{lines}Words.\n"


def brackets(step: int) -> str:
    """Brackets in each other, in the arguments of four calls."""
    text = "(" * (12_000 * step) + ")" * (12_000 * step)
    lines = "".join(f"%%put({number} {text})\n\n" for number in range(4))
    return f"%%define put($a)\nreturn length($a)\n=end\n\n{lines}Words.\n"


SERIES = {each.__name__: each for each in (calls, definitions, nesting, bodies, argument, brackets)}

if __name__ == "__main__":
    main()
