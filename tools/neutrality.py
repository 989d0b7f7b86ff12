"""Builds decks with marks on their pages and without, and compares every page pixel for pixel: `make neutrality`.

    neutrality.py [--engine ENGINE] [--generated DECKS] [NAME…]

The decks are the examples, tests/corpus, and generated ones; NAME… are what the names of those begin with that are
wanted. The exit status is 1 if a page differs, or if a deck can't be built with marks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.support import decks, marked_decks  # noqa: E402  (the tests are no package that is installed)
from tests.support.latex import differing, page_count  # noqa: E402

PICTURE = ROOT / "examples/talk/images/docker.pdf"


@dataclass(frozen=True)
class Document:
    """A document to build."""

    name: str
    text: str
    options: tuple[str, ...] = ()
    beside: tuple[tuple[str, Path], ...] = ()  # folders to be linked to, beside the document


@dataclass(frozen=True)
class Outcome:
    """What came of a document: its pages, and those that differ."""

    document: Document
    pages: int = 0
    differing: tuple[int, ...] = ()
    failure: str = ""  # why there was nothing to compare
    broken: bool = False  # it is the marks' fault


def documents(generated: int) -> Iterator[Document]:
    """Yield the examples, the corpus, and so many generated decks."""
    yield from examples()
    for path in sorted((ROOT / "tests/corpus").glob("*.md")):
        reader = ".".join(path.name.split(".")[1:-1]) or "markdown"
        yield Document(f"corpus/{path.stem}", path.read_bytes().decode("utf-8"), (f"--from={reader}",))
    for seed in range(generated):
        yield Document(f"generated/{seed}", marked_decks.Maker(seed).deck(), (), (("picture.pdf", PICTURE),))
        yield Document(f"edited/{seed}", decks.Maker(seed).deck().text())


def examples() -> Iterator[Document]:
    """Yield the decks of the examples."""
    folder = ROOT / "examples"
    for name, options in (("talk", ()), ("tour", ()), ("gallery", ()), ("gallery", ("-Mresult=true",))):
        beside = tuple((f"../{each}", folder / each) for each in ("talk",) if name != each)
        files = tuple((each.name, each) for each in (folder / name).iterdir() if each.suffix in ("", ".pmac"))
        text = (folder / name / f"{name}.md").read_text("utf-8")
        yield Document(f"examples/{name}{''.join(options)}", text, options, (*beside, *files))


def compared(document: Document, engine: str) -> Outcome:
    """Build a document twice, and compare."""
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer, "deck")
        folder.mkdir()
        for name, path in document.beside:
            (folder / name).symlink_to(path)
        (folder / "a.md").write_bytes(document.text.encode())
        plain, said = built(folder, "plain.pdf", engine, document.options)
        marked, complaint = built(folder, "marked.pdf", engine, (*document.options, "--marks"))
        if not (plain and marked):
            return Outcome(document, failure=complaint or said, broken=plain != marked)
        return looked_at(document, folder / "plain.pdf", folder / "marked.pdf")


def built(folder: Path, output: str, engine: str, options: tuple[str, ...]) -> tuple[bool, str]:
    """Build; return whether that succeeded, and what was said."""
    command = ["percent-macros", "build", "a.md", "-t", "beamer", "-o", output, f"--pdf-engine={engine}", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode == 0, done.stderr


def looked_at(document: Document, plain: Path, marked: Path) -> Outcome:
    """Compare two PDFs."""
    counts = page_count(plain), page_count(marked)
    if counts[0] != counts[1]:
        return Outcome(document, failure=f"{counts[0]} pages, {counts[1]} with marks", broken=True)
    return Outcome(document, counts[0], tuple(differing(plain, marked)))


def main() -> int:
    """Compare what the command line asks for; return 1 if a page differs by more than is allowed."""
    parser = argparse.ArgumentParser(description="Compares pages with marks and without.")
    parser.add_argument("names", nargs="*", help="documents whose names begin so, instead of all")
    parser.add_argument("--engine", default="pdflatex")
    parser.add_argument("--generated", type=int, default=20, help="so many generated decks of each kind")
    asked = parser.parse_args()
    chosen = [
        each for each in documents(asked.generated) if not asked.names or each.name.startswith(tuple(asked.names))
    ]
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        outcomes = list(processes.map(partial(compared, engine=asked.engine), chosen))
    return report(outcomes, asked.engine)


def report(outcomes: list[Outcome], engine: str) -> int:
    """Print what was found; return the exit status."""
    for each in outcomes:
        if each.broken:
            print(f"{each.document.name}: {each.failure.strip()}")
        elif each.differing:
            print(f"{each.document.name}: pages {', '.join(map(str, each.differing))} differ")
    compared_ones = [each for each in outcomes if not each.failure]
    pages = sum(each.pages for each in compared_ones)
    differ = sum(len(each.differing) for each in compared_ones)
    broken = sum(each.broken for each in outcomes)
    failed = len(outcomes) - len(compared_ones)
    print(
        f"{engine}: {len(compared_ones)} documents, {pages} pages compared, {differ} differ,"
        f" {broken} documents harmed; {failed - broken} make no PDF with or without marks"
    )
    return 1 if broken or differ or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
