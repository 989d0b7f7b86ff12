"""Decks made at random, edits of them, and what has to hold of a PDF: to try what typesets only changed slides."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

WORDS = "apple birch cedar delta ember fjord grove heron inlet jetty knoll larch maple north ocean petal quartz".split()
HEADER = """---
title: A deck
header-includes: |
  \\usepackage{{tikz}}
  \\newcounter{{tally}}
  \\newcommand{{\\who}}{{nobody}}
theme: {theme}
---

%%template at($x, $y, $what)
\\begin{{tikzpicture}}[remember picture,overlay]
\\node at ([xshift=$x,yshift=$y]current page.center) {{$what}};\\end{{tikzpicture}}
=end

"""
_SMALL = 0.5  # of all edits
THEMES = ("default", "Boadilla", "Madrid", "Berlin", "Singapore", "CambridgeUS")


@dataclass(frozen=True)
class Slide:
    section: str  # that begins with it; "" for none
    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Deck:
    theme: str
    slides: tuple[Slide, ...] = field(default=())

    def text(self) -> str:
        lines = [HEADER.format(theme=self.theme)]
        for slide in self.slides:
            lines += [f"# {slide.section}\n\n"] if slide.section else []
            lines += [f"## {slide.title}\n\n", *(f"{part}\n\n" for part in slide.parts)]
        return "".join(lines)


class Maker:
    """Makes decks and edits, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._label = 0

    def _words(self, count: int) -> str:
        return " ".join(self._random.choice(WORDS) for _ in range(count))

    def deck(self) -> Deck:
        slides = [self._slide(number) for number in range(self._random.randint(5, 9))]
        return Deck(self._random.choice(THEMES), tuple(slides))

    def _slide(self, number: int) -> Slide:
        section = self._words(2) if number % 3 == 0 else ""
        parts = tuple(self.part() for _ in range(self._random.randint(1, 3)))
        return Slide(section, self._words(2), parts)

    def part(self) -> str:
        kinds: list[Callable[[], str]] = [
            lambda: self._words(6) + ".",
            lambda: f"* {self._words(3)}\n* {self._words(2)}\n* {self._words(4)}",
            lambda: f"> - {self._words(3)}\n> - {self._words(2)}",
            lambda: f"{self._words(3)}\n\n. . .\n\n{self._words(3)}",
            lambda: f"%%at({self._random.randint(-40, 40)}mm, {self._random.randint(-20, 20)}mm, {self._words(1)})",
            lambda: f"| {self._words(1)} | {self._words(1)} |\n|---|---|\n| {self._words(1)} | {self._words(2)} |",
            lambda: f"::: notes\n{self._words(4)}\n:::",
            lambda: f"~~~\n{self._words(3)} \\x %\n~~~",
            lambda: "\\stepcounter{tally}Tally \\arabic{tally}.",
            lambda: f"{self._words(2)}^[{self._words(3)}]",
            lambda: "Who: \\who.",
            self._labelled,
            self._reference,
        ]
        return self._random.choice(kinds)()

    def _labelled(self) -> str:
        self._label += 1
        return f"{self._words(2)}\\hypertarget{{t{self._label}}}{{here}}\\label{{l{self._label}}}"

    def _reference(self) -> str:
        number = self._random.randint(1, max(1, self._label))
        return f"See \\ref{{l{number}}} on \\pageref{{l{number}}}, \\hyperlink{{t{number}}}{{there}}."

    def edited(self, deck: Deck) -> tuple[str, Deck]:
        """Return a name of what was edited, and the deck after it."""
        edits: dict[str, Callable[[list[Slide], int], None]] = {
            "a word": self._word,
            "a title": self._title,
            "a section": self._section,
            "a part more": lambda slides, at: _put(slides, at, (*slides[at].parts, self.part())),
            "a part less": lambda slides, at: _put(slides, at, slides[at].parts[1:] or ("Nothing.",)),
            "a part otherwise": lambda slides, at: _put(slides, at, (self.part(), *slides[at].parts[1:])),
            "a label more": lambda slides, at: _put(slides, at, (*slides[at].parts, self._labelled())),
            "a reference more": lambda slides, at: _put(slides, at, (*slides[at].parts, self._reference())),
            "labels less": self._without_labels,
            "a part moved": self._moved,
            "a counter": lambda slides, at: _put(slides, at, (*slides[at].parts, "\\stepcounter{tally}")),
            "a global macro": lambda slides, at: _put(
                slides, at, (f"\\gdef\\who{{{self._words(1)}}}", *slides[at].parts)
            ),
            "an overlay": lambda slides, at: _put(slides, at, (*slides[at].parts, ". . .", self._words(2))),
            "a picture moved": lambda slides, at: _put(
                slides, at, (f"%%at({self._random.randint(-40, 40)}mm, 3mm, here)", *slides[at].parts[1:])
            ),
            "a slide more": lambda slides, at: slides.insert(at, self._slide(1)),
            "a slide less": lambda slides, at: slides.__delitem__(at),
        }
        small = ("a word", "a title", "a part otherwise", "a picture moved")  # what authors do most
        names = self._random.sample(list(edits), self._random.choice((1, 1, 2, 3)))
        if self._random.random() < _SMALL:
            names = [self._random.choice(small)]
        slides = list(deck.slides)
        for name in names:
            edits[name](slides, self._random.randrange(len(slides)))
        theme = deck.theme
        if self._random.random() < 0.03:
            theme = self._random.choice(THEMES)
            names.append("the theme")
        return " and ".join(names), Deck(theme, tuple(slides))

    def _word(self, slides: list[Slide], at: int) -> None:
        parts = [
            part.replace("e", "E", 1) if part[0].isalpha() and "\\" not in part else part for part in slides[at].parts
        ]
        _put(slides, at, tuple(parts))

    def _title(self, slides: list[Slide], at: int) -> None:
        slides[at] = replace(slides[at], title=self._words(2))

    def _section(self, slides: list[Slide], at: int) -> None:
        slides[at] = replace(slides[at], section=self._words(2) if slides[at].section else "")

    def _without_labels(self, slides: list[Slide], at: int) -> None:
        for number, slide in enumerate(slides):
            if kept := tuple(part for part in slide.parts if "\\label" not in part):
                slides[number] = replace(slide, parts=kept)

    def _moved(self, slides: list[Slide], at: int) -> None:
        to = self._random.randrange(len(slides))
        part = slides[at].parts[-1]
        _put(slides, at, slides[at].parts[:-1] or ("Gone.",))
        _put(slides, to, (*slides[to].parts, part))


def _put(slides: list[Slide], at: int, parts: tuple[str, ...]) -> None:
    slides[at] = replace(slides[at], parts=parts)


def dangling(pdf: Path) -> list[str]:
    """Return the links and bookmarks of a PDF that lead nowhere, and the targets that are on no page of it."""
    with pikepdf.open(pdf) as document:
        pages = {page.obj.objgen for page in document.pages}
        targets = dict(pikepdf.NameTree(document.Root.Names.Dests).items())
        arrays = {name: target if isinstance(target, pikepdf.Array) else target.D for name, target in targets.items()}
        found = [name for name, array in arrays.items() if array[0].objgen not in pages]
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                action = annotation.get("/A", {})
                if action.get("/S") == "/GoTo" and str(action.D) not in targets:
                    found.append(str(action.D))
        found += [name for name in _bookmarked(document.Root.get("/Outlines")) if name not in targets]
        return found + document.check_pdf_syntax()


def _bookmarked(outline: pikepdf.Object | None) -> Iterator[str]:
    entry = outline.get("/First") if outline is not None else None
    while entry is not None:
        yield str(entry.A.D)
        yield from _bookmarked(entry)
        entry = entry.get("/Next")
