"""Where a document that macros were expanded in is not what it must be, and the smallest document that shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import ours
from .generator import CALL, Document
from .judge import COMMENT, Verdict, judge, normal, places_of
from .ours import Given

_VALUE = re.compile(r"[Qq][Zz](\d{3})(?!j)")
_CODE = re.compile(r"(?:error)\[(PM\d{3})\]")


def disagreements(verdict: Verdict, given: Given) -> list[str]:
    """Return the kinds of disagreement between a document and what is right."""
    if given.document is None:
        codes = sorted(set(_CODE.findall(given.said)))
        return [f"refused: {' '.join(codes)}" if codes else given.said.strip().partition("\n")[0][:60] or "no output"]
    if normal(given.document) == verdict.expected:
        return []
    expected = Counter(verdict.places)
    actual = Counter((*each[:2], "value") for each in places_of(given.document, _VALUE))
    actual += Counter((*each[:2], "call") for each in places_of(given.document, CALL))
    actual = Counter({_as_expected(each, expected): count for each, count in actual.items()})
    missing, surplus = expected - actual, actual - expected
    if not missing and not surplus:
        return ["other structure around"]
    return sorted({_told(each, surplus) for each in missing} or {_told_surplus(each) for each in surplus})


def _as_expected(place: tuple[int, str, str], expected: Counter[tuple[int, str, str]]) -> tuple[int, str, str]:
    """Raw TeX is not looked at for comments again, nor HTML for what is one: as the judge saw it, if it fits."""
    number, kind, form = place
    for other in ("comment of raw TeX", "raw HTML", COMMENT):
        if (number, other, form) in expected and kind in ("raw TeX", "raw HTML", COMMENT):
            return number, other, form
    return place


def _told(missing: tuple[int, str, str], surplus: Counter[tuple[int, str, str]]) -> str:
    number, kind, form = missing
    must = {"value": "expanded", "call": "left"}[form]
    instead = sorted(
        {f"{'expanded' if other[2] == 'value' else 'left'} in {other[1]}" for other in surplus if other[0] == number}
    )
    return f"must be {must} in {kind}: {' and '.join(instead) or 'lost'}"


def _told_surplus(surplus: tuple[int, str, str]) -> str:
    return f"{'expanded' if surplus[2] == 'value' else 'left'} in {surplus[1]} besides"


WAYS: dict[str, Callable[[Sequence[Document], Path], list[Given]]] = {"plain": ours.plain, "lift": ours.lift}


def compared(
    documents: Sequence[Document], folder: Path, ways: Sequence[str] = tuple(WAYS)
) -> list[tuple[Verdict, dict[str, list[str]]]]:
    """Return for each document what is right, and the kinds of disagreement by way."""
    verdicts = judge(documents)
    judged = [each for each in verdicts if each.expected is not None]
    kinds: dict[int, dict[str, list[str]]] = {id(each): {} for each in verdicts}
    for way in ways:
        given = WAYS[way]([each.document for each in judged], folder)
        for verdict, one in zip(judged, given, strict=True):
            if one.said == ours.REFUSED:
                verdict.unjudged[f"refused by pandoc as it is, {way}"] += 1
            kinds[id(verdict)][way] = [] if one.said == ours.REFUSED else disagreements(verdict, one)
    return [(each, kinds[id(each)]) for each in verdicts]


def minimised(document: Document, way: str, kind: str, folder: Path) -> Document:
    """Return a smaller document with the same disagreement: without lines, words and switches that it needs not."""
    for attempts in (_without_lines, _plainer, _without_words, _without_lines, _plainer):
        at = 0
        while True:
            candidates = [each for each in attempts(document) if CALL.search(each.text)]
            chunk = candidates[at : at + 16]
            if not chunk:
                break
            found = compared(chunk, folder, [way])
            fitting = [each.document for each, kinds in found if kind in kinds.get(way, [])]
            at = max(at - 8, 0) if fitting else at + 16
            document = min(fitting, key=_size, default=document)
    return document


def _size(document: Document) -> tuple[int, int, int]:
    unusual = (
        document.crlf + document.mark + document.open_end + (document.tab_stop != 4) + (not document.defined_first)
    )
    return len(document.text), len(document.reader), unusual


def _without_lines(document: Document) -> Iterator[Document]:
    lines = document.text.split("\n")
    for size in sorted({len(lines) // 2, len(lines) // 4, 2, 1} - {0}, reverse=True):
        for at in range(0, len(lines) - size + 1, max(size // 2, 1)):
            yield replace(document, text="\n".join(lines[:at] + lines[at + size :]))


def _without_words(document: Document) -> Iterator[Document]:
    pieces = [each for each in re.split(r"(%%k\([^()]*\)|\w+|\s)", document.text) if each]
    for size in sorted({len(pieces) // 2, len(pieces) // 4, 4, 2, 1} - {0}, reverse=True):
        for at in range(0, len(pieces) - size + 1, max(size // 2, 1)):
            yield replace(document, text="".join(pieces[:at] + pieces[at + size :]))


def _plainer(document: Document) -> Iterator[Document]:
    base, *switches = re.split(r"(?=[+-])", document.reader)
    for at in range(len(switches)):
        yield replace(document, reader=base + "".join(switches[:at] + switches[at + 1 :]))
    if base != "markdown":
        yield replace(document, reader="markdown" + "".join(switches))
    plain: dict[str, Any] = {"crlf": False, "mark": False, "open_end": False, "tab_stop": 4, "defined_first": True}
    for name, value in plain.items():
        if getattr(document, name) != value:
            yield replace(document, **{name: value})
