"""Expansion: evaluate a document's calls, and put what they give in their places."""

from __future__ import annotations

import json
from functools import partial

from ...base import TYPE_CHECKING, Diagnostics, Fault, pattern, tex
from ...language.functions import Environment
from ...language.values import Given, Markdown, Native, Piece, Raw, Result, Wrapped, every, filtered
from ...pandoc import formats
from .. import elements
from ..source import BEGIN, CALL, Directive
from ..transport import START, TOKEN
from .libraries import is_of_prelude, outside_prelude
from .placeholders import COMMENT, PLACEHOLDER, TAG, Place, Placer
from .preamble import Preamble
from .results import Elements, as_blocks, as_inlines, as_latex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from ...language.run import Session
    from ...language.syntax import Call
    from ...language.values import Value
    from ..work import Work
    from .handed import Handed
    from .holes import Holes
    from .marks import Marks

    ReadMarkdown = Callable[[Sequence[str], str], Sequence[elements.Blocks]]


class DocumentEnvironment(Environment):
    """What macros may know of the document, and ask of it."""

    def __init__(
        self, meta: elements.Meta, target: formats.Format, preamble: Preamble, diagnostics: Diagnostics
    ) -> None:
        self._meta = meta
        self._texts: dict[str, str] = {}  # of metadata that was asked for: it may be long, and asked for often
        self._target = target
        self._preamble = preamble
        self._diagnostics = diagnostics
        self._handed: Handed | None = None
        self.api_version: list[int] = []  # of pandoc's elements
        self.call: Call | None = None  # of the document, that is being evaluated

    @property
    def format(self) -> str:
        """The name of the format that is written."""
        return self._target.name

    def format_is(self, name: str) -> bool:
        return self._target.belongs_to(name)

    def meta(self, key: str) -> str | None:
        if key not in self._texts and (value := self._found(key)):
            from . import fields  # few macros ask for any

            self._texts[key] = ", ".join([fields.text(each, key) for each in fields.members(value)])
        return self._texts.get(key)

    def meta_list(self, key: str) -> list[str]:
        from . import fields

        value = self._found(key)
        return [fields.text(each, key) for each in fields.members(value)] if value else []

    def meta_content(self, key: str) -> Value:
        from . import fields

        value = self._found(key)
        return fields.content(value) if value else None

    def _found(self, key: str) -> elements.Element | None:
        from . import fields

        return self._meta.get(key) or fields.nested(self._meta, key)

    def source(self, handle: object) -> str | None:
        if isinstance(handle, Place):
            body = handle.directive.body
            return body() if body else None if handle.body else ""
        return handle if isinstance(handle, str) else None

    def warn(self, message: str) -> None:
        if self.call:
            self._diagnostics.warning("PM313", message, self.call.span, mark=self.call.name_span)

    @property
    def handed(self) -> Handed:
        """The content that macros in Python were handed."""
        if self._handed is None:
            from .handed import Handed

            self._handed = Handed()
        return self._handed

    def silent(self) -> DocumentEnvironment:
        silent = DocumentEnvironment(self._meta, self._target, Preamble(), Diagnostics())
        silent.call, silent.api_version = self.call, self.api_version
        return silent

    def add_to_preamble(self, format: str, text: str) -> None:
        self._preamble.add(format, text)

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
        work: Work,
        marks: Marks | None = None,
    ) -> None:
        """Prepare the expansion of a document.

        Args:
            session: evaluates calls.
            environment: what it lets macros know of the document.
            calls: the calls of the document by the keys of their tokens.
            work: the document, with placeholders in it.
            marks: are put around what calls return.
        """
        self.session = session
        self._environment = environment
        self._calls = calls
        self._document = work.elements
        self._directives = work.directives
        self._target = work.target
        self._origin = work.origin
        self._switched_off = work.origin.switched_off
        self._diagnostics = work.diagnostics
        self._marks = marks
        self._markdown: list[tuple[Markdown, Call]] = []
        self._content: dict[str, elements.Blocks] = {}  # of the texts that `markdown()` was given
        self._holes: Holes | None = None  # in that Markdown
        self._given: dict[str, Result | None] = {}  # what the calls gave, by the keys of their tokens; None: a fault
        self._from_python: dict[int, Elements] = {}  # with places for the tokens in it, by identity
        self._kept: set[str] = set()  # the keys of the tokens in these
        self._later: list[Place] = []  # in them, whose results are not known yet
        self._fields: set[int] = set()  # of the metadata that are being placed, by identity
        self._warned: set[tuple[str, str]] = set()
        self._probe: Session | None = None  # to evaluate calls with other arguments; it has a budget of its own
        self.latex: list[str] = []  # all raw LaTeX that macros gave
        self.results: list[tuple[Call, Result]] = []  # in the order of evaluation

    def run(self, places: Sequence[Place], read_markdown: ReadMarkdown) -> None:
        """Expand a document.

        Args:
            places: of the directives, in the order of the document.
            read_markdown: has pandoc read what ``markdown()`` was given, in a dialect.
        """
        self._evaluate(places)
        if self._markdown:
            self._read(read_markdown)
        for place in self._later:
            place.result = self._given.get(place.key)
        self._fill([*places, *self._later])
        document = self._document
        document["blocks"] = self._placed_blocks(document["blocks"])
        elements.each_in_meta(document["meta"], self._placed_blocks, self._placed_inlines)

    def blocks(self, result: Result, paragraph: str = "Para") -> elements.Blocks:
        """Return what a call gave as blocks; ``paragraph`` is the kind that its text becomes, ``Para`` or ``Plain``."""
        return as_blocks(result.pieces, self._blocks_of, paragraph)

    def own_blocks(self, result: Result) -> elements.Blocks:
        """Return the blocks that a call gave itself, one after the other, without the content of its body."""
        found: elements.Blocks = []
        for piece in every(result.pieces):
            if self._holes and isinstance(piece, Markdown) and piece.holes:
                found += self._holes.text_blocks(piece)
            elif not isinstance(piece, (Given, Wrapped)):
                found += self.blocks(Result((piece,)))
        return found

    def inlines(self, result: Result) -> elements.Inlines | None:
        """Return what a call gave as inlines; None if it is blocks."""
        return as_inlines(result.pieces, self._blocks_of)

    def _read(self, read_markdown: ReadMarkdown) -> None:
        """Have all Markdown read that the calls gave, each text once, with tokens in the place of content in it."""
        if any(each.holes for each, _ in self._markdown):
            from .holes import Holes  # seldom is content put into Markdown

            self._holes = Holes(self._directives, self._diagnostics)
        texts: dict[str, dict[str, None]] = {}  # by their dialects: the prelude's own does not depend on the document's
        for each, call in self._markdown:
            dialect = "markdown" if is_of_prelude(each.span) else self._origin.reader
            text = self._holes.add(each, call) if self._holes and each.holes else each.text
            texts.setdefault(dialect, {})[text] = None
        for dialect, some in texts.items():
            self._content.update(zip(some, read_markdown([*some], dialect), strict=True))
        if self._holes:
            self._directives = {**self._directives, **self._holes.directives}
            self._calls = {**self._calls, **self._holes.calls}
            self._given.update(self._holes.given)
            self._fill(self._holes.find_places(self._content))
            self._holes.keep_texts()

    def _fill(self, places: Sequence[Place]) -> None:
        """Put results into those places that are in strings."""
        for place in places:
            if place.holder is not None and START in place.holder[place.at]:
                place.holder[place.at] = TOKEN.sub(partial(self._in_string, place), place.holder[place.at])

    def _evaluate(self, places: Sequence[Place]) -> None:
        """Evaluate the calls that stand somewhere in the document, an outer one before those in its body."""
        found: dict[str, list[Place]] = {}
        for place in places:
            found.setdefault(place.key, []).append(place)
        for key in self._directives:  # the order of the text
            for place in found.get(key, ()) if key in self._calls else ():
                if place.kind in (TAG, COMMENT) or not self._is_used(place):
                    continue
                if key not in self._given:
                    self._given[key] = self._call(self._calls[key], place)
                place.result = self._given[key]
                if place.body is not None and place.result:
                    place.shows_body = any(isinstance(piece, Given) for piece in every(place.result.pieces))

    def _is_used(self, place: Place) -> bool:
        """True unless a place is in a body that its macro threw away."""
        outer = place.parent
        return outer is None or outer.shows_body or (outer.result is not None and place.key in self._kept)

    def _call(self, call: Call, place: Place) -> Result | None:
        self._environment.call = call
        try:
            result = self.session.expand(call, place if call.has_body else None)
        except Fault as fault:
            self._diagnostics.add(outside_prelude(fault.diagnostic))
            return None
        if place.kind in (elements.TEXT, elements.RAW):
            if self._switched_off:
                allowed = filtered(result.pieces, lambda piece: self._is_allowed(piece, call))
                result = Result(allowed, result.string)
            self._warn_if_nothing_shows(result.pieces, call)
        for piece in every(result.pieces):
            if isinstance(piece, Raw):
                if piece.format in tex.RAW_FORMATS:
                    self.latex.append(piece.text)
                    if "%" in piece.text and self._target.shows(piece.format):
                        self._check_percent_signs(call)
            elif isinstance(piece, Markdown):
                self._markdown.append((piece, call))
            elif isinstance(piece, Native) and isinstance(piece.handle, Elements):
                self.latex += elements.raw_texts(piece.handle.members)
                self._find_tokens(piece.handle, call)
        self.results.append((call, result))
        return result

    def _find_tokens(self, found: Elements, call: Call) -> None:
        """Find the places of content in what a macro in Python gave that had been handed to it."""
        if (
            found.holds_places
            or id(found) in self._from_python
            or START not in json.dumps(found.members, ensure_ascii=False)
        ):
            return
        given = self._environment.handed.given
        directives = {
            **{key: each.replace(kind=CALL, standalone=not found.inline) for key, each in self._directives.items()},
            **{key: Directive(CALL, call.source, standalone=not found.inline) for key in given},
        }
        placer = Placer(directives, self._diagnostics)
        blocks = placer.blocks([{"t": "Plain", "c": found.members}] if found.inline else found.members)
        members = blocks[0]["c"] if found.inline else blocks
        self._from_python[id(found)] = Elements(members, found.inline, holds_places=True)
        self._later += placer.places
        self._kept |= {each.key for each in placer.places}
        for key in [each.key for each in placer.places if each.key in given]:
            self._directives = {**self._directives, key: directives[key]}
            self._calls = {**self._calls, key: call}
            self._given[key] = Result((given[key],))
            self._markdown += [(each, call) for each in every((given[key],)) if isinstance(each, Markdown)]

    def _check_percent_signs(self, call: Call) -> None:
        """Warn of percent signs in arguments; the macro may have written the one that was found, too."""
        if call.has_body or call.source.text.count("%", call.start, call.end) <= 2:
            return
        from .percent_signs import warn  # mostly there are none

        if self._probe is None:
            self._probe = self.session.again()
        warn(call, self._probe, self._diagnostics)

    def _in_string(self, place: Place, found: re.Match[str]) -> str:
        """Return what stands in the place of a token in a string; its own text if it is the call of no macro."""
        directive = self._directives.get(found[1])
        if directive is None:
            return found[0]  # no token of this document's
        call = self._calls.get(found[1])
        if call is None:
            return directive.original
        result = self._given.get(found[1])
        if result is None:
            return ""
        if directive.kind == BEGIN:
            self._cant_stand(place.kind, call)
        latex = place.kind in (elements.RAW, elements.MATH)
        text = as_latex(result.pieces) if latex else result.string
        if text is None or (not latex and (place.kind == elements.CITATION or _MARKUP.search(text))):
            self._cant_stand(place.kind, call)
            return ""
        marks = self._marks_of(found[1]) if place.kind == elements.RAW else None
        return marks.latex(found[1], text) if marks else text

    def _marks_of(self, key: str) -> Marks | None:
        """Return the marks to put around what stands in the place of a token: around a call of the document."""
        handed = key in self._kept and key in self._environment.handed.given
        return None if handed or (self._holes and key in self._holes.directives) else self._marks

    def _cant_stand(self, kind: str, call: Call) -> None:
        where = _WHERE[kind]
        hint = (
            ""
            if kind in (elements.RAW, elements.MATH)
            else "there it has to be a string without a backslash and braces"
        )
        code = "PM703" if kind == elements.RAW else "PM705"
        message = f"what `{call.name}` returns can't stand in {where}"
        if kind == elements.CITATION:  # none can, and a better string would not help
            message = f"no call can stand in {where}"
            hint = "write the key itself, or give the whole citation by `markdown(…)` in a macro"
        self._diagnostics.error(code, message, call.span, *filter(None, [hint]), mark=call.name_span)

    def _is_allowed(self, piece: Piece, call: Call) -> bool:
        """Return whether the reader's options let a piece into the document; warn if they don't."""
        switch = formats.switch_of(piece.format) if isinstance(piece, Raw) else None
        if switch not in self._switched_off:
            return True
        message = f"markup that `{call.name}` gives is left out: `{switch}` is switched off"
        self._warn_once("PM702", message, call)
        return False

    def _warn_if_nothing_shows(self, pieces: Sequence[Piece], call: Call) -> None:
        shown = [piece for piece in every(pieces) if not isinstance(piece, Wrapped)]
        raw = [piece for piece in shown if isinstance(piece, Raw)]
        if not raw or len(raw) != len(shown) or any(self._target.shows(piece.format) for piece in raw):
            return
        kinds = " and ".join(sorted({_NAMES.get(piece.format, piece.format) for piece in raw}))
        message = f"`{call.name}` gives nothing but {kinds}, which {self._target.name} does not show"
        self._warn_once("PM701", message, call, 'use `format("…")` in the macro to give something else')

    def _warn_once(self, code: str, message: str, call: Call, *hints: str) -> None:
        if (code, call.name) not in self._warned:
            self._warned.add((code, call.name))
            self._diagnostics.warning(code, message, call.span, *hints, mark=call.name_span)

    # Placing.

    def _blocks_of(self, piece: Piece) -> elements.Blocks:
        """Return the blocks of a piece that is neither raw nor text."""
        if isinstance(piece, Given):
            place = piece.handle
            assert isinstance(place, Place)
            return self._placed_blocks(place.body or [])
        if isinstance(piece, Native):
            assert isinstance(piece.handle, Elements)
            handle = self._from_python.get(id(piece.handle), piece.handle)
            return self._field(handle) if handle.holds_places else handle.as_blocks()
        assert isinstance(piece, Markdown)
        if self._holes and piece.holes:
            return self._holes.blocks(piece, self._placed_blocks, self._origin.syntax)
        return self._content[piece.text]

    def _field(self, field: Elements) -> elements.Blocks:
        """Return the blocks of a value of the metadata, with the results of calls in it."""
        if id(field.members) in self._fields:
            raise Fault("PM312", "the metadata field is asked for by a call that stands in it")
        self._fields.add(id(field.members))
        try:
            members = (self._placed_inlines if field.inline else self._placed_blocks)(field.members)
        finally:
            self._fields.remove(id(field.members))
        return Elements(members, field.inline).as_blocks()

    def _placed_blocks(self, blocks: elements.Blocks) -> elements.Blocks:
        placed: elements.Blocks = []
        for block in blocks:
            if block["t"] == PLACEHOLDER:
                place: Place = block["c"]
                if place.result:
                    placed += self._marked(place, place.result, place.paragraph)
                continue
            alone = _only_placeholder(block)
            if alone and alone.result:
                try:
                    inlines = self.inlines(alone.result)
                except Fault as fault:
                    placed += self._refused(alone, fault)
                    continue
                if inlines is None:  # alone in its paragraph, it may be blocks
                    placed += self._marked(alone, alone.result, block["t"])
                    continue
            elements.each_list(block, self._placed_blocks, self._placed_inlines)
            placed.append(block)
        return placed

    def _marked(self, place: Place, result: Result, paragraph: str) -> elements.Blocks:
        try:
            blocks = self.blocks(result, paragraph)
        except Fault as fault:
            return self._refused(place, fault)
        marks = self._marks_of(place.key)
        return marks.blocks(place.key, blocks) if marks else blocks

    def _refused(self, place: Place, fault: Fault) -> list[elements.Element]:
        """Report what can't stand where a macro puts it."""
        call = self._calls[place.key]
        self._diagnostics.add(fault.at(call.span, call.name_span).diagnostic)
        return []

    def _placed_inlines(self, inlines: elements.Inlines) -> elements.Inlines:
        placed: elements.Inlines = []
        changed = False
        for inline in inlines:
            if inline["t"] == PLACEHOLDER:
                placed += self._placed_inline(inline["c"])
                changed = True
            else:
                elements.each_list(inline, self._placed_blocks, self._placed_inlines)
                placed.append(inline)
        return elements.joined(placed) if changed else placed

    def _placed_inline(self, place: Place) -> elements.Inlines:
        if place.result is None:
            return []
        try:
            inlines = self.inlines(place.result)
        except Fault as fault:
            return self._refused(place, fault)
        if inlines is None:
            self._blocks_in_line(place.key)
        marks = self._marks_of(place.key)
        return marks.inlines(place.key, inlines or []) if marks else inlines or []

    def _blocks_in_line(self, key: str) -> None:
        call = self._calls[key]
        if self._holes and key in self._holes.directives:
            written = self._directives[key].source.text
            message = f"`{call.name}` puts blocks in the place of `{written}`, inside a line of its text"
            hint = f"in the macro, put `{written}` on a line of its own"
        else:
            message = f"`{call.name}` gives blocks, which can't stand inside a line"
            hint = "put the call on a line of its own"
        self._diagnostics.error("PM704", message, call.span, hint, mark=call.name_span)


# Where calls may stand, in words
_WHERE = {
    elements.RAW: "raw TeX",
    elements.MATH: "mathematics",
    elements.ADDRESS: "an address or a title",
    elements.ATTRIBUTE: "an attribute or a plain metadata value",
    elements.CITATION: "a citation's key",
}
_MARKUP = pattern(r"[\\{}]")
_NAMES = {"latex": "LaTeX", "tex": "LaTeX", "html": "HTML"}


def _only_placeholder(block: elements.Element) -> Place | None:
    if block["t"] in ("Para", "Plain") and len(block["c"]) == 1 and block["c"][0]["t"] == PLACEHOLDER:
        place: Place = block["c"][0]["c"]
        return place
    return None
