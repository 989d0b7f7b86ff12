"""The result of each call in several formats, as elements that hold for all of them.

Where the formats agree, that is the result. Where they don't, it is raw markup of each: a writer shows its own
and passes over the others'.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from ..base import Fault
from ..document import elements
from ..document.expansion import HTML_BLOCK, Elements, Expansion, as_latex
from ..inspect.loading import ExpandedDocument
from ..language.syntax import Call
from ..language.values import Given, Native, Piece, Result
from ..pandoc import BINARY, Format, write

if TYPE_CHECKING:
    Segments: TypeAlias = list[elements.Blocks]


class Branches:
    """The results of a document's calls in all formats that it was expanded for."""

    def __init__(self, expanded: Sequence[ExpandedDocument], program: str) -> None:
        """Take in a document, expanded for each format; ``program`` is pandoc's executable."""
        self._program = program
        self._version = expanded[0].document["pandoc-api-version"]
        self._formats: list[tuple[Format, Expansion, dict[str, Result]]] = []
        self.calls: dict[str, Call] = expanded[0].processed.calls
        for each in expanded:
            expansion = each.processed.expansion
            assert expansion is not None
            keys = {id(call): key for key, call in each.processed.calls.items()}
            results = {keys[id(call)]: result for call, result in expansion.results}
            self._formats.append((each.processed.target, expansion, results))

    def segments(self, key: str, paragraph: str = "Para") -> Segments:
        """Return the blocks of a call's result, parted where the content of its ``%%begin`` stands.

        Args:
            key: of the call's token.
            paragraph: the kind that its text becomes, ``Para`` or ``Plain``.

        Raises:
            Fault: PM609 when the formats' results can't stand beside one another.
        """
        whole, parted = [], []
        for _, expansion, results in self._formats:
            result = results.get(key, Result(()))
            whole.append(expansion.blocks(result, paragraph))
            parted.append([expansion.blocks(Result(part), paragraph) for part in _parts(result)])
        same = len({len(each) for each in parted}) == 1
        if same and not all(_is_one_paragraph(blocks) for blocks in whole):
            return [self._segment(key, list(blocks)) for blocks in zip(*parted, strict=True)]
        return [self._segment(key, whole)]

    def _segment(self, key: str, found: list[elements.Blocks]) -> elements.Blocks:
        """Return blocks in several formats as one.

        As raw markup of each, where there are tags that Markdown would put into a paragraph, in which they can't stand.
        """
        bare = any(each["t"] == "Plain" and any(map(_is_block_tag, each["c"])) for blocks in found for each in blocks)
        if bare and not any(target.name in BINARY for target, _, _ in self._formats):
            return self._branched(key, found, inline=False, raw=True)
        return self._merged(key, found)

    def inlines(self, key: str) -> elements.Inlines:
        """Return the inlines of a call's result."""
        found = [expansion.inlines(results.get(key, Result(()))) or [] for _, expansion, results in self._formats]
        return self._merged(key, found, inline=True)

    def latex(self, key: str) -> str:
        """Return the result of a call inside raw TeX, in the first format that shows it."""
        ordered = sorted(self._formats, key=lambda each: not each[0].belongs_to("latex"))
        _, _, results = ordered[0]
        return as_latex(results[key].pieces) or "" if key in results else ""

    def mathematics(self, key: str) -> str:
        """Return the result of a call inside mathematics; raises ``Fault`` (PM609) if it is another in each format."""
        return self._same(key, [as_latex(each.pieces) or "" for each in self._results(key)])

    def string(self, key: str) -> str:
        """Return the result of a call as a string; raises ``Fault`` (PM609) if it is another in each format."""
        return self._same(key, [each.string or "" for each in self._results(key)])

    def _results(self, key: str) -> list[Result]:
        return [results.get(key, Result(())) for _, _, results in self._formats]

    def _same(self, key: str, texts: list[str]) -> str:
        for text, (target, _, _) in zip(texts, self._formats, strict=True):
            if text != texts[0]:
                raise self._fault(key, target)
        return texts[0]

    def _merged(self, key: str, found: list[list[elements.Element]], *, inline: bool = False) -> list[elements.Element]:
        """Return results in several formats as one: where only the raw markup differs, all else stands there once."""
        if all(_is_one_paragraph(members) for members in found):
            inlines = self._merged(key, [members[0]["c"] for members in found], inline=True)
            return [{"t": found[0][0]["t"], "c": inlines}]
        divided = [_runs(members) for members in found]
        same = all(list(map(_shared, runs)) == list(map(_shared, divided[0])) for runs in divided)
        together = zip(*divided, strict=True) if same else [found]
        return [element for runs in together for element in self._branched(key, list(runs), inline=inline)]

    def _branched(
        self, key: str, found: list[list[elements.Element]], *, inline: bool, raw: bool = False
    ) -> list[elements.Element]:
        """Return members as raw markup of each format, where they are not the same in all; with ``raw`` in any case."""
        if not raw and all(each == found[0] for each in found):
            return found[0]
        merged: list[elements.Element] = []
        taken: dict[str, list[elements.Element]] = {}
        for (target, _, _), members in zip(self._formats, found, strict=True):
            if (raw and taken.get(target.markup) == members) or not members:
                continue
            if target.markup in taken or target.name in BINARY:
                raise self._fault(key, target)
            taken[target.markup] = members
            if _is_raw(members):
                merged += [each for each in members if target.shows(each["c"][0])]
            else:
                element = elements.raw_inline if inline else elements.raw_block
                blocks = [{"t": "Plain", "c": members}] if inline else members
                merged.append(element(target.markup, self._written(blocks, target)))
        return merged

    def _fault(self, key: str, target: Format) -> Fault:
        call = self.calls[key]
        message = f"`{call.name}` returns something else in {target.name} than in the other formats, and"
        hint = f"expand the document for {target.name} alone"
        return Fault("PM609", f"{message} Markdown can't tell them apart", hint).at(call.span)

    def _written(self, blocks: elements.Blocks, target: Format) -> str:
        document = {"pandoc-api-version": self._version, "meta": {}, "blocks": blocks}
        return write(self._program, document, target.markup, ["--wrap=none"]).rstrip("\n")


def _runs(members: list[elements.Element]) -> list[list[elements.Element]]:
    """Return members parted into raw ones and others, in turn."""
    return [list(run) for _, run in groupby(members, lambda each: each["t"].startswith("Raw"))]


def _is_raw(members: list[elements.Element]) -> bool:
    return all(each["t"].startswith("Raw") for each in members)


def _shared(run: list[elements.Element]) -> list[elements.Element]:
    return [] if _is_raw(run) else run


def _is_block_tag(inline: elements.Element) -> bool:
    return inline["t"] == "RawInline" and inline["c"][0].startswith("html") and bool(HTML_BLOCK.search(inline["c"][1]))


def _is_one_paragraph(blocks: elements.Blocks) -> bool:
    return len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain")


def _parts(result: Result) -> list[tuple[Piece, ...]]:
    parts: list[tuple[Piece, ...]] = [()]
    for piece in result.pieces:
        if isinstance(piece, Given):
            parts.append(())
        else:
            parts[-1] += (piece,)
    return parts


def as_pieces(segments: Segments, body: object) -> Result:
    """Return segments as the result of a call, the handle ``body`` between them."""
    pieces: list[Piece] = []
    for number, blocks in enumerate(segments):
        if number:
            pieces.append(Given(body))
        if blocks:
            pieces.append(Native(Elements(blocks, inline=False)))
    return Result(tuple(pieces))
