"""Expansion: evaluate a document's calls, and put what they give in their places."""

from __future__ import annotations

from ...base import tex
from ...base.fault import Diagnostics, Fault
from ...base.record import TYPE_CHECKING
from ...language.functions.environment import Environment
from ...language.values.values import Given, Markdown, Native, Raw, Result
from .. import elements
from ..elements import plain_text
from ..transport.tokens import START, TOKEN
from . import formats
from .placeholders import PLACEHOLDER, Place
from .preamble import Preamble
from .results import Elements, as_blocks, as_inlines, as_latex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence
    from typing import Any

    from ...language.program import Session
    from ...language.syntax.calls import Call
    from ...language.values.values import Piece
    from ..elements import Blocks, Element, Inlines
    from ..source.directives import Directive
    from .marks import Marks

    ReadMarkdown = Callable[[Sequence[Markdown]], Sequence[Blocks]]


class DocumentEnvironment(Environment):
    """What macros may know of the document, and ask of it."""

    def __init__(self, meta: Any, target: formats.Format, preamble: Preamble) -> None:
        self._meta = meta
        self._target = target
        self._preamble = preamble
        self.call: Call | None = None  # of the document, that is being evaluated

    @property
    def format(self) -> str:
        """The name of the format that is written."""
        return self._target.name

    def format_is(self, name: str) -> bool:
        return self._target.belongs_to(name)

    def meta(self, key: str) -> str | None:
        value = self._meta.get(key)
        if value is None:
            return None
        if value["t"] == "MetaList":
            return ", ".join(plain_text(each) for each in value["c"])
        return plain_text(value)

    def use_package(self, name: str, options: str) -> None:
        self._preamble.use_package(name, options)

    def use_tikz_library(self, name: str) -> None:
        self._preamble.use_tikz_library(name)


class Expansion:
    """The expansion of one document, in three steps: evaluate, read all Markdown at once, place."""

    def __init__(
        self,
        session: Session,
        environment: DocumentEnvironment,
        calls: dict[str, Call],
        directives: dict[str, Directive],
        target: formats.Format,
        switched_off: frozenset[str],
        diagnostics: Diagnostics,
        marks: Marks | None = None,
    ) -> None:
        """Prepare the expansion of a document.

        Args:
            session: evaluates calls.
            environment: what it lets macros know of the document.
            calls: the calls of the document by the keys of their tokens.
            directives: the same as directives.
            target: the format that is written.
            switched_off: the extensions ``raw_tex`` and ``raw_html``, as far as the reader's options switch them off.
            diagnostics: takes faults and warnings.
            marks: are put around what calls give.
        """
        self._session = session
        self._environment = environment
        self._calls = calls
        self._directives = directives
        self._target = target
        self._switched_off = switched_off
        self._diagnostics = diagnostics
        self._marks = marks
        self._markdown: list[Markdown] = []
        self._content: dict[int, Blocks] = {}
        self._warned: set[tuple[str, str]] = set()
        self.latex: list[str] = []  # all raw LaTeX that macros gave
        self.results: list[tuple[Call, Result]] = []  # in the order of evaluation

    def run(self, document: Any, read_markdown: ReadMarkdown) -> None:
        """Expand a document whose directives are placeholders."""
        self._visit(document, self._evaluate)
        if self._markdown:
            read = read_markdown(self._markdown)
            self._content = {id(piece): blocks for piece, blocks in zip(self._markdown, read, strict=True)}
        document["blocks"] = self._placed_blocks(document["blocks"])
        elements.each_in_meta(document["meta"], self._placed_blocks, self._placed_inlines)

    def blocks(self, result: Result, paragraph: str = "Para") -> Blocks:
        """Return what a call gave as blocks; ``paragraph`` is the kind that its text becomes, ``Para`` or ``Plain``."""
        return as_blocks(result.pieces, self._blocks_of, paragraph)

    def inlines(self, result: Result) -> Inlines | None:
        """Return what a call gave as inlines; None if it is blocks."""
        return as_inlines(result.pieces, self._blocks_of)

    # Evaluation. Results go into the placeholders; into raw TeX at once.

    def _visit(self, document: Any, visit: Callable[[Blocks], Blocks]) -> None:
        visit(document["blocks"])
        elements.each_in_meta(document["meta"], visit, visit)

    def _evaluate(self, members: Blocks) -> Blocks:
        for element in members:
            if element["t"] == PLACEHOLDER:
                self._evaluate_place(element["c"])
            elif element["t"].startswith("Raw"):
                if START in element["c"][1] and element["c"][0] in tex.RAW_FORMATS:
                    element["c"][1] = TOKEN.sub(self._in_raw_tex, element["c"][1])
            else:
                elements.each_list(element, self._evaluate, self._evaluate)
        return members

    def _evaluate_place(self, place: Place) -> None:
        call = self._calls.get(place.key)
        if call is None:
            return  # a marker written by hand, of what is no call
        place.result = self._call(call, place)
        if place.result and place.body and any(isinstance(piece, Given) for piece in place.result.pieces):
            self._evaluate(place.body)

    def _call(self, call: Call, place: Place | None) -> Result | None:
        self._environment.call = call
        try:
            result = self._session.expand(call, place if call.has_body else None)
        except Fault as fault:
            self._diagnostics.add(fault.diagnostic)
            return None
        if self._switched_off:
            result = Result(tuple(piece for piece in result.pieces if self._is_allowed(piece, call)))
        self._warn_if_nothing_shows(result.pieces, call)
        for piece in result.pieces:
            if isinstance(piece, Raw):
                if piece.format in tex.RAW_FORMATS:
                    self.latex.append(piece.text)
            elif isinstance(piece, Markdown):
                self._markdown.append(piece)
            elif isinstance(piece, Native) and isinstance(piece.handle, Elements):
                self.latex += elements.raw_texts(piece.handle.members)
        self.results.append((call, result))
        return result

    def _in_raw_tex(self, found: re.Match[str]) -> str:
        """Return the LaTeX of a call on a line of raw TeX; its own text, a comment, if there is no such macro."""
        directive = self._directives.get(found[1])
        if directive is None:
            return found[0]  # no token of this document's
        call = self._calls.get(found[1])
        if call is None:
            return directive.source.text
        result = self._call(call, None)
        latex = as_latex(result.pieces) if result else ""
        if latex is None:
            self._diagnostics.error(
                "PM703",
                f"`{call.name}` gives content that can't stand inside raw TeX",
                call.span,
                mark=call.name_span,
            )
        return self._marks.latex(found[1], latex or "") if self._marks else latex or ""

    def _is_allowed(self, piece: Piece, call: Call) -> bool:
        """Return whether the reader's options let a piece into the document; warn if they don't."""
        switch = formats.switch_of(piece.format) if isinstance(piece, Raw) else None
        if switch not in self._switched_off:
            return True
        message = f"markup that `{call.name}` gives is left out: `{switch}` is switched off"
        self._warn_once("PM702", message, call)
        return False

    def _warn_if_nothing_shows(self, pieces: Sequence[Piece], call: Call) -> None:
        raw = [piece for piece in pieces if isinstance(piece, Raw)]
        if not raw or len(raw) != len(pieces) or any(self._target.shows(piece.format) for piece in raw):
            return
        kinds = " and ".join(sorted({_NAMES.get(piece.format, piece.format) for piece in raw}))
        message = f"`{call.name}` gives nothing but {kinds}, which {self._target.name} does not show"
        self._warn_once("PM701", message, call, 'use `format("…")` in the macro to give something else')

    def _warn_once(self, code: str, message: str, call: Call, *hints: str) -> None:
        if (code, call.name) not in self._warned:
            self._warned.add((code, call.name))
            self._diagnostics.warning(code, message, call.span, *hints, mark=call.name_span)

    # Placing.

    def _blocks_of(self, piece: Piece) -> Blocks:
        """Return the blocks of a piece that is neither raw nor text."""
        if isinstance(piece, Given):
            place = piece.handle
            assert isinstance(place, Place)
            return self._placed_blocks(place.body or [])
        if isinstance(piece, Native):
            assert isinstance(piece.handle, Elements)
            return piece.handle.as_blocks()
        return self._content[id(piece)]

    def _placed_blocks(self, blocks: Blocks) -> Blocks:
        placed: Blocks = []
        for block in blocks:
            if block["t"] == PLACEHOLDER:
                place: Place = block["c"]
                if place.result:
                    placed += self._marked(place, place.result, place.paragraph)
                continue
            alone = _only_placeholder(block)
            if alone and alone.result:
                inlines = self.inlines(alone.result)
                if inlines is None:  # alone in its paragraph, it may be blocks
                    placed += self._marked(alone, alone.result, block["t"])
                    continue
            elements.each_list(block, self._placed_blocks, self._placed_inlines)
            placed.append(block)
        return placed

    def _marked(self, place: Place, result: Result, paragraph: str) -> Blocks:
        blocks = self.blocks(result, paragraph)
        return self._marks.blocks(place.key, blocks) if self._marks else blocks

    def _placed_inlines(self, inlines: Inlines) -> Inlines:
        placed: Inlines = []
        changed = False
        for inline in inlines:
            if inline["t"] == PLACEHOLDER:
                placed += self._placed_inline(inline["c"])
                changed = True
            else:
                elements.each_list(inline, self._placed_blocks, self._placed_inlines)
                placed.append(inline)
        return elements.joined(placed) if changed else placed

    def _placed_inline(self, place: Place) -> Inlines:
        if place.result is None:
            return []
        inlines = self.inlines(place.result)
        if inlines is None:
            call = self._calls[place.key]
            self._diagnostics.error(
                "PM704",
                f"`{call.name}` gives blocks, which can't stand inside a line",
                call.span,
                "put the call on a line of its own",
                mark=call.name_span,
            )
        return self._marks.inlines(place.key, inlines or []) if self._marks else inlines or []


_NAMES = {"latex": "LaTeX", "tex": "LaTeX", "html": "HTML"}


def _only_placeholder(block: Element) -> Place | None:
    if block["t"] in ("Para", "Plain") and len(block["c"]) == 1 and block["c"][0]["t"] == PLACEHOLDER:
        place: Place = block["c"][0]["c"]
        return place
    return None
