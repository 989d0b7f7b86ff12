"""How often pandoc is started by the filter, for each document of the corpus and of the examples.

``tests/corpus/readings.txt`` says how often it has to be: 0 where the filter finds all directives in what pandoc read
first, 1 where pandoc reads the text again, one more for what macros give to ``markdown()``, and one more for each
question that only pandoc can answer. A number that rises needs a reason, and one that falls is to be written down:

    python -m tests.support.readings > tests/corpus/readings.txt
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from .ways import Document, Outcome, plain

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
LIST = CORPUS / "readings.txt"
_COUNTING = Path(__file__).parent / "counting"


def documents() -> list[Path]:
    """Return the documents whose readings are counted."""
    return [*sorted(CORPUS.glob("*.md")), *sorted(ROOT.glob("examples/*/*.md"))]


def document(path: Path) -> Document:
    """Return a document, whose reader is in its name if it is not ``markdown``: ``NNN-name.FORMAT.md``."""
    return Document(path, ".".join(path.name.split(".")[1:-1]) or "markdown")


def name(path: Path) -> str:
    return path.relative_to(ROOT if "examples" in path.parts else CORPUS).as_posix()


def counted(document: Document) -> tuple[Outcome, int]:
    """Return what plain ``-F`` makes of a document, and how many pandocs the filter has started for it."""
    with tempfile.NamedTemporaryFile("r") as file:
        paths = [os.fspath(_COUNTING), *filter(None, [os.environ.get("PYTHONPATH")])]
        outcome = plain(document, STARTED_PANDOCS=file.name, PYTHONPATH=os.pathsep.join(paths))
        return outcome, len(file.read().splitlines())


def expected() -> tuple[str, dict[str, int]]:
    """Return the pandoc that the list holds for, and the numbers by the names of documents."""
    first, *lines = LIST.read_text("utf-8").splitlines()
    return first, {name: int(number) for number, name in (line.split(" ", 1) for line in lines)}


def pandoc() -> str:
    """Return the pandoc on the PATH as the first line of the list names it."""
    return subprocess.run(["pandoc", "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[0]


if __name__ == "__main__":
    print(pandoc())
    for each in documents():
        print(counted(document(each))[1], name(each), flush=True)
