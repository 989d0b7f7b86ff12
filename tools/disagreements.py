"""Write a table of the oracle's disagreements by kind, each with its smallest documents: ``FIRST COUNT [MOST]``.

FIRST is the first seed, COUNT how many documents are judged, MOST how many of each kind are made smaller. Documents
that differ in words and numbers alone are shown once, with how many of those made smaller look like that.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.oracle import comparison, judge
from tests.oracle.generator import Document, generate
from tests.oracle.judge import Verdict


def main() -> None:
    first, count, most = int(sys.argv[1]), int(sys.argv[2]), int((sys.argv[3:] or ["6"])[0])
    folder = Path(tempfile.mkdtemp(prefix="oracle-"))
    compared = comparison.compared([generate(seed) for seed in range(first, first + count)], folder)
    places: Counter[str] = Counter()
    unjudged: Counter[str] = Counter()
    failing: dict[tuple[str, str], list[Document]] = {}
    for verdict, kinds in compared:
        places.update(f"{kind} ({form})" for _, kind, form in verdict.places)
        unjudged += verdict.unjudged
        for way, said in kinds.items():
            for kind in said:
                if way == "plain" or kind not in kinds["plain"]:
                    failing.setdefault((way, kind), []).append(verdict.document)
    bad = sum(any(kinds.values()) for _, kinds in compared)
    print(f"# Disagreements: {bad} of {count} documents, seeds {first} to {first + count - 1}\n")
    print("A kind of `lift` is listed only where `plain` agrees.\n")
    print(f"Places judged: {_listed(places)}.\n")
    print(f"Calls taken out because nobody can judge them: {_listed(unjudged)}.\n")
    for (way, kind), documents in sorted(failing.items(), key=lambda item: -len(item[1])):
        print(f"\n## {len(documents)} documents, {way}: {kind}\n", flush=True)
        shapes: dict[str, list[Document]] = {}
        for each in documents[:most]:
            small = comparison.minimised(each, way, kind, folder)
            shapes.setdefault(_shape(small), []).append(small)
        for alike in sorted(shapes.values(), key=len, reverse=True):
            _show(alike, way, kind, folder)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())


def _shape(document: Document) -> str:
    call = re.sub(r"%%k\([^()]*\)", "§", document.text)
    return re.sub(r"[^\W_]+", "w", call)


def _show(alike: list[Document], way: str, kind: str, folder: Path) -> None:
    document = min(alike, key=lambda each: len(each.text))
    (found,) = comparison.compared([document], folder, [way])
    verdict: Verdict = found[0]
    (given,) = comparison.WAYS[way]([document], folder)
    print(f"{len(alike)} like this, {str(document).splitlines()[0]}\n")
    print("`````\n" + document.text + "\n`````\n")
    if given.document is None:
        print(given.said)
        return
    print(f"- right: `{_flat(verdict.expected)}`\n- given: `{_flat(judge.normal(given.document))}`\n")


def _flat(document: object) -> str:
    """Return a document's elements without the names of fields and empty attributes."""
    assert isinstance(document, dict)
    text = repr([document["meta"], document["blocks"]] if document["meta"] else document["blocks"])
    text = text.replace("['', [], []], ", "").replace("{'t': 'Space'}", "_").replace("{'t': 'SoftBreak'}", "⏎")
    return re.sub(r"\{'t': '(\w+)', 'c': ", r"{\1 ", re.sub(r"\{'t': 'Str', 'c': ('[^']*')\}", r"\1", text))[:600]


if __name__ == "__main__":
    main()
