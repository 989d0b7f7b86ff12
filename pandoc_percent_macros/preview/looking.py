"""A closer look at pages: what on them is from which line, what does not fit. It takes a second, in its own process.

So it can be ended at once when there is something better to do, and pdfium, which one thread may use at a time, is free
for pictures meanwhile.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..base import Diagnostic, Fault, Span
from ..inspect.loading import load
from ..latex import Stop, run
from ..lint.linter import Linter, sources_of
from ..lint.on_pages import lines_of
from ..lint.slides import SeenPage, Slide
from ..lint.sources import Sources, Start
from ..lint.thresholds import of_metadata
from ..pages import Box, MarkedCall
from ..pages.looks import BODY, TITLE
from ..placing.placed import PlacedDocument
from .listening import as_data, place_of

_NOTES = re.compile(r"[ ]{0,3}:{3,}[ \t]*(?:notes|\{[^{}]*\.notes(?![\w-])[^{}]*\})[ \t]*:*[ \t]*$")
_END = re.compile(r"[ ]{0,3}:{3,}[ \t]*$")


@dataclass(frozen=True)
class Looked:
    """What was seen."""

    pages: dict[int, dict[str, Any]]  # by their numbers: title, start, notes, texts, findings
    diagnostics: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Built:
    """A document as it was built, in another process."""

    pdf: Path
    calls: list[MarkedCall]
    tex: str
    log: str
    target: str


def look_closer(document: PlacedDocument, said: Sequence[Diagnostic], folder: Path, stop: Stop) -> Looked | None:
    """Look at the pages of the last build; return what was seen, None where nothing can be said.

    Args:
        document: it is built.
        said: what the build said of it.
        folder: for a temporary file.
        stop: is asked, time and again, whether to end at once.

    Raises:
        Stopped: it was ended, for ``stop``.
    """
    asked = {
        "arguments": document.arguments,
        "pdf": os.fspath(document.pdf),
        "calls": [asdict(each) for each in document.calls],
        "tex": document.tex,
        "log": document.log,
        "target": document.target,
        "said": [_said(each) for each in said],
    }
    question = folder / "look.json"
    question.write_text(json.dumps(asked), "utf-8")
    command = [sys.executable, "-P", "-m", __name__, os.fspath(question)]
    done = run(command, document.request.folder, os.environ, None, stop)
    if done.status:
        return None
    answer = json.loads(done.out)
    return Looked({int(number): page for number, page in answer["pages"].items()}, tuple(answer["diagnostics"]))


def _said(diagnostic: Diagnostic) -> dict[str, Any]:
    text = diagnostic.span.text if diagnostic.span else ""
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hints": diagnostic.hints,
        "severity": diagnostic.severity,
        "place": place_of(diagnostic.span),
        "text": text,
    }


def main() -> None:
    """Answer the question that is in a file."""
    asked = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    calls = [MarkedCall(**each) for each in asked["calls"]]
    built = _Built(Path(asked["pdf"]), calls, asked["tex"], asked["log"], asked["target"])
    loaded = load(asked["arguments"])
    sources = sources_of(loaded)
    said = [_diagnostic(each, sources) for each in asked["said"]]
    try:
        thresholds = of_metadata(loaded.document()["meta"], sources)
    except Fault as fault:
        print(json.dumps({"pages": {}, "diagnostics": as_data([*said, fault.diagnostic])}))
        return
    linted = Linter(built).lint(loaded, thresholds, said)
    pages: dict[int, dict[str, Any]] = {}
    for slide in linted.slides:
        for page in slide.pages:
            pages[page.number] = _page(slide, page, sources)
    for finding in linted.findings:
        seen = pages.setdefault(finding.page, {})
        told = {"box": asdict(finding.box), "message": finding.message, "place": place_of(finding.span)}
        seen.setdefault("findings", []).append(told)
    print(json.dumps({"pages": pages, "diagnostics": as_data(linted.diagnostics)}))


def _diagnostic(told: dict[str, Any], sources: Sources) -> Diagnostic:
    place = told["place"]
    span = sources.call(place["file"], place["line"], place["column"], told["text"]) if place else None
    return Diagnostic(told["code"], told["message"], span, tuple(told["hints"]), severity=told["severity"])


def _page(slide: Slide, page: SeenPage, sources: Sources) -> dict[str, Any]:
    start = slide.start
    if start is None:
        return {"title": slide.title}
    first = sources.line(start.file, start.line)
    return {
        "title": slide.title,
        "start": {**(place_of(first) or {}), "end": start.end},
        "notes": "\n\n".join(_notes(start, sources)),
        "texts": [*_texts(page, start, sources)],
    }


def _texts(page: SeenPage, start: Start, sources: Sources) -> Iterator[dict[str, Any]]:
    """Yield the lines of text of a page that no call gives, and where they were written."""
    pieces = [each for each in page.looks if each.kind == "text" and each.part in (BODY, TITLE) and not each.calls]
    for line in lines_of(pieces):
        written = _written(line.text, line.part, start, sources)
        if written and line.box.area:
            yield {"box": _rounded(line.box), "text": line.text.strip(), "place": place_of(written)}


def _written(text: str, part: str, start: Start, sources: Sources) -> Span | None:
    found = sources.written(text, start)
    return found or (sources.line(start.file, start.line) if part == TITLE else None)


def _rounded(box: Box) -> dict[str, float]:
    return {name: round(value, 2) for name, value in asdict(box).items()}


def _notes(start: Start, sources: Sources) -> Iterator[str]:
    """Yield the notes of a slide, as they are written."""
    lines = [sources.line(start.file, number).text for number in range(start.line, start.end)]
    inside: list[str] | None = None
    for line in lines:
        if inside is None:
            inside = [] if _NOTES.match(line) else None
        elif _END.match(line):
            yield "\n".join(inside).strip()
            inside = None
        else:
            inside.append(line)


if __name__ == "__main__":
    main()
