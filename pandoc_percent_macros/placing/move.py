"""Moving what a call paints, by the numbers in it: a place and a wish go in, a change of the author's file comes out.

How the call's box moves with each number is measured: LaTeX typesets the slide with that number changed a little. So it
does not matter what the macro makes of it. What comes out is typeset before it is written.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ..base import Fault
from ..document.source import BEGIN, CALL, DEFINE, Directive
from ..document.transport import TOKEN
from ..inspect.loading import LoadedDocument, load
from ..language.syntax import Call, Macro, NativeMacro
from ..pages import Box, MarkedCall
from . import rewriting
from .candidates import Candidate, changed, described, given, inside, with_changes
from .placed import PlacedCall, PlacedDocument
from .rewriting import AuthorsFile, Edit
from .solving import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Column,
    Row,
    Solution,
    Weighed,
    digits,
    direction,
    rows_of,
    solutions,
    solved,
)
from .trials import Trials

TRUE = 0.05  # millimetres by which the result may be off
_FINE = 0.01  # before numbers are rounded
_MOST_STEPS = 8
_MOST_WAYS = 3  # of choosing numbers
_MOST_NUMBERS = 12  # within other arguments
_MOST_ROUNDINGS = 4
_DIGITS = 6  # of numbers that are tried


@dataclass(frozen=True)
class Wish:
    """Where the box of a call is to be; all in millimetres."""

    by: tuple[float, float] | None = None  # right, down
    to: tuple[float, float] | None = None  # its top left corner
    width: float | None = None

    def rows(self, box: Box) -> tuple[list[Row], list[float]]:
        """Return what is asked for of a box that is here now, as ``solving`` has it: rows, and what each is to be."""
        if self.to or self.by:
            left, top = self.to or (box.x0 + (self.by or (0, 0))[0], box.y0 + (self.by or (0, 0))[1])
            if self.width is None:
                return [LEFT, TOP, RIGHT, BOTTOM], [left, top, left + box.width, top + box.height]
            return [LEFT, TOP, WIDTH], [left, top, self.width]
        return [WIDTH], [self.width or 0]


@dataclass(frozen=True)
class Movable:
    """A call of a document, found in its file."""

    file: AuthorsFile
    marked: MarkedCall
    call: Call
    macro: Macro | NativeMacro | None
    pages: tuple[PlacedCall, ...]  # where it shows
    loaded: LoadedDocument  # that it was found in
    is_alone: bool  # on its lines
    described: str  # what arguments it has

    @property
    def box(self) -> Box:
        """Where it is on the first page where it shows."""
        return self.pages[0].box

    @property
    def wanders(self) -> bool:
        """Whether it is elsewhere on other pages."""
        return any(_distance(each.box, self.box) > TRUE for each in self.pages)


@dataclass(frozen=True)
class Derivatives:
    """How the box of a call moves with each of its numbers; it holds for other values, too, as far as it is linear."""

    columns: Mapping[str, Column] = field(default_factory=dict)  # by the keys of candidates


@dataclass(frozen=True)
class Written:
    """A number that is written anew."""

    name: str
    old: str  # "" for a default that is written out
    new: str


@dataclass(frozen=True)
class Plan:
    """A change of an author's file, and what comes of it."""

    movable: Movable
    text: str  # of the call
    numbers: tuple[Written, ...]
    edits: tuple[Edit, ...]
    file: AuthorsFile
    box: Box  # of the call then, on the first page where it shows
    error: float  # millimetres by which that is not what was asked for
    derivatives: Derivatives


@dataclass
class _Point:
    """Values of the numbers that change, and what they give."""

    values: list[float]
    box: Box
    rest: list[float]  # of what is asked for, row by row

    @property
    def error(self) -> float:
        return max(map(abs, self.rest))


class Mover:
    """Moves what calls of one document paint."""

    def __init__(self, document: PlacedDocument) -> None:
        """Prepare; ``document`` is built."""
        self._document = document
        self._placed = document.boxes()

    def find(self, name: str, line: int, column: int | None = None) -> Movable:
        """Return the call at a place.

        Args:
            name: of the file.
            line: from 1.
            column: from 1; without one, the call is the only one on the line that paints.

        Raises:
            Fault: PM619 where there is not one such call, or nothing is known of where it paints; PM801, PM802, PM803
                for a file that can't be read.
        """
        request = self._document.request
        names = request.invocation.inputs
        named = [each for each in names if os.path.realpath(each) == os.path.realpath(name)]
        if not named:
            raise Fault("PM619", f"{name} is not among the files that pandoc is given: {', '.join(names)}")
        files = {each: rewriting.read(each, request.folder) for each in names}
        loaded = load(request.arguments, [files[each].input for each in names])
        on_line = [
            (key, each)
            for key, each in loaded.directives.items()
            if each.source.name == named[0] and _covers(each, line, column)
        ]
        marked, directive, key = self._chosen(named[0], line, on_line)
        processed = loaded.expanded(request.target).processed
        call = processed.calls.get(key)
        if call is None:
            raise Fault("PM619", f"there is no call at {named[0]}:{line}").at(directive.span)
        pages = tuple(each for each in self._placed if each.call == marked)
        macros = processed.program.macros
        return Movable(
            files[named[0]],
            marked,
            call,
            macros.get(call.name),
            pages,
            loaded,
            directive.standalone,
            described(call, macros),
        )

    def _chosen(
        self, name: str, line: int, on_line: Sequence[tuple[str, Directive]]
    ) -> tuple[MarkedCall, Directive, str]:
        """Return the one of some directives that is a call that paints."""
        calls = [(key, each) for key, each in on_line if each.kind in (CALL, BEGIN)]
        painting = {(each.call.line, each.call.column): each.call for each in self._placed if each.call.file == name}
        found = [
            (marked, each, key) for key, each in calls if (marked := painting.get(each.source.position(0))) is not None
        ]
        if len(found) == 1:
            return found[0]
        if found:
            there = ", ".join(f"{name}:{each.line}:{each.column} `{_short(each.text)}`" for each, _, _ in found)
            raise Fault("PM619", f"several calls paint at line {line}", f"name the column, too: {there}")
        if calls:
            message = "nothing is known of where this call paints"
            raise Fault("PM619", message, "calls in mathematics, in metadata or inside of words have no marks").at(
                calls[0][1].span
            )
        if any(each.kind == DEFINE for _, each in on_line):
            message = "this is a definition: what moves is a call of the document's"
            raise Fault("PM619", message, "name the line of the call").at(on_line[0][1].span)
        lines = sorted({each for each, _ in painting})
        near = sorted(lines, key=lambda each: abs(each - line))[:3]
        hint = (
            f"calls that paint are at the lines {', '.join(map(str, sorted(near)))}" if near else "no call of it paints"
        )
        raise Fault("PM619", f"there is no call at {name}:{line}", hint)

    def plan(self, movable: Movable, wish: Wish, known: Derivatives | None = None) -> Plan:
        """Return the change of the file that moves a call as wished, typeset and measured.

        Args:
            movable: the call.
            wish: what is asked for.
            known: of an earlier plan for the same call, so that less has to be measured.

        Raises:
            Fault: PM620 where the call's numbers can't do that; PM621 where its text is not what stands in the file.
        """
        return _Planning(self._document, movable, wish, known or Derivatives()).plan()

    def apply(self, plan: Plan) -> None:
        """Write the change. Other calls can be moved then, and this one again, before the document is built anew.

        What was planned before does not hold any more.

        Raises:
            Fault: PM621 when the file has changed meanwhile; PM809 when it can't be written.
        """
        if plan.file.data != plan.movable.file.data:
            rewriting.replace(plan.movable.file, plan.file)
            self._placed = [_after(plan, each) for each in self._placed]


class _Planning:
    """The way to one plan."""

    def __init__(self, document: PlacedDocument, movable: Movable, wish: Wish, known: Derivatives) -> None:
        self._document = document
        self._movable = movable
        self._trials = Trials(document, movable.marked, movable.box)
        self._rows, self._values = wish.rows(movable.box)
        self._resizes = wish.width is not None
        self._columns = dict(known.columns)
        self._failing = ""  # the last text of the call that came to nothing

    def plan(self) -> Plan:
        call, macro = self._movable.call, self._movable.macro
        start = self._point([], self._movable.box)
        if start.error <= _FINE:
            return self._planned([], start)
        candidates = given(call, macro)
        ways = self._ways(candidates, start)
        if not ways:
            candidates += inside(call, macro)[:_MOST_NUMBERS]
            ways = self._ways(candidates, start)
        if not ways:
            raise self._refusal(candidates)
        nearest = start
        for way in ways[:_MOST_WAYS]:
            chosen = [self._moving(candidates)[at] for at in way.chosen]
            if plan := self._rounded(chosen, self._expected(chosen, way, start), 1):
                return plan
            point = self._followed(chosen, start)
            nearest = min(nearest, point, key=lambda each: each.error)
            if point.error <= TRUE and (plan := self._rounded(chosen, point, _MOST_ROUNDINGS)):
                return plan
        hints = [f"nothing comes out with `{_short(self._failing)}`"] if self._failing else []
        raise self._fault(f"its numbers bring it no nearer than {nearest.error:.2f} mm to what is asked", *hints)

    def _moving(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of which it is known how the box moves with them."""
        return [each for each in candidates if each.key in self._columns]

    def _ways(self, candidates: Sequence[Candidate], start: _Point) -> list[Solution]:
        new = [each for each in candidates if each.key not in self._columns]
        self._measure(new, [each.number.value for each in new], start.box)
        weighed = [
            Weighed(self._columns[each.key], each.number.step, int(each.is_default))
            for each in self._moving(candidates)
        ]
        return solutions(weighed, self._rows, start.rest)

    def _measure(self, candidates: Sequence[Candidate], values: Sequence[float], box: Box) -> None:
        """Find out how the box moves with each of some numbers.

        Args:
            candidates: the numbers.
            values: what they are.
            box: where the box is with these.
        """
        lacking = [*range(len(candidates))]
        for each in candidates:
            self._columns.pop(each.key, None)
        for sign in (1, -1):  # some numbers can't grow: a share of 1, say
            steps = [sign * candidates[at].number.step for at in lacking]
            texts = [
                self._text(candidates, [*values[:at], values[at] + step, *values[at + 1 :]])
                for at, step in zip(lacking, steps, strict=True)
            ]
            for at, step, found in zip(lacking, steps, self._trials.boxes(texts), strict=True):
                if found:
                    pairs = zip(_sides(found), _sides(box), strict=True)
                    self._columns[candidates[at].key] = tuple((after - before) / step for after, before in pairs)
            lacking = [at for at in lacking if candidates[at].key not in self._columns]

    def _followed(self, chosen: Sequence[Candidate], start: _Point) -> _Point:
        """Return the nearest point that changes of some numbers lead to, step by step where they are not linear."""
        point = self._point([each.number.value for each in chosen], start.box)
        columns = [self._columns[each.key] for each in chosen]
        measured = True  # at this point
        for _ in range(_MOST_STEPS):
            if point.error <= _FINE:
                break
            changes = solved(columns, self._rows, point.rest)
            following = self._tried(chosen, point, changes) if changes else None
            if following and following.error < point.error / 2:
                columns = _corrected(columns, point, following)
                point, measured = following, False
                continue
            if measured and not (following and following.error < point.error):
                break
            if following and following.error < point.error:
                point = following
            self._measure(chosen, point.values, point.box)
            if not all(each.key in self._columns for each in chosen):
                break
            columns, measured = [self._columns[each.key] for each in chosen], True
        self._columns |= {each.key: column for each, column in zip(chosen, columns, strict=True)}
        return point

    def _tried(self, chosen: Sequence[Candidate], point: _Point, changes: Sequence[float]) -> _Point | None:
        """Return the point that a change leads to, or a part of it where all of it is too much."""
        for part in (1, 0.5, 0.25):
            values = [value + part * change for value, change in zip(point.values, changes, strict=True)]
            text = self._text(chosen, values)
            (box,) = self._trials.boxes([text])
            if box:
                return self._point(values, box)
            self._failing = text
        return None

    def _expected(self, chosen: Sequence[Candidate], way: Solution, start: _Point) -> _Point:
        """Return the point that a change leads to where all is linear; of its box nothing is known."""
        values = [each.number.value + change for each, change in zip(chosen, way.changes, strict=True)]
        rest = start.rest
        for each, change in zip(chosen, way.changes, strict=True):
            sides = rows_of(self._columns[each.key], self._rows)
            rest = [value - change * side for value, side in zip(rest, sides, strict=True)]
        return _Point(values, start.box, rest)

    def _rounded(self, chosen: Sequence[Candidate], point: _Point, most: int) -> Plan | None:
        """Return the plan whose numbers have the fewest digits that keep the result true; so many are tried."""
        sides = [rows_of(self._columns[each.key], self._rows) for each in chosen]
        for counts in islice(digits(sides, point.values, point.rest, TRUE * 0.9), most):
            values = [
                each.number.rounded(value, count)
                for each, value, count in zip(chosen, point.values, counts, strict=True)
            ]
            (box,) = self._trials.boxes([self._text(chosen, values)])
            if box and (rounded := self._point(values, box)).error <= TRUE:
                return self._planned(chosen, rounded)
        return None

    def _point(self, values: list[float], box: Box) -> _Point:
        sides = rows_of(_sides(box), self._rows)
        return _Point(values, box, [asked - side for asked, side in zip(self._values, sides, strict=True)])

    def _texts(self, chosen: Sequence[Candidate], values: Sequence[float]) -> list[tuple[Candidate, str]]:
        pairs = zip(chosen, values, strict=True)
        return [(each, each.number.written(value, _DIGITS)) for each, value in pairs if value != each.number.value]

    def _text(self, chosen: Sequence[Candidate], values: Sequence[float]) -> str:
        call = self._movable.call
        return with_changes(call.source.text, changed(call, self._texts(chosen, values)))

    def _planned(self, chosen: Sequence[Candidate], point: _Point) -> Plan:
        call, file = self._movable.call, self._movable.file
        written = self._texts(chosen, point.values)
        source = call.source
        changes = changed(call, written)
        edits = [Edit(*source.position(each.start), source.text[each.start : each.end], each.text) for each in changes]
        text = with_changes(source.text, changes)
        new = rewriting.edited(file, edits)
        if edits and not self._movable.is_alone:
            self._check_reading(new, text)
        return Plan(
            self._movable,
            text,
            tuple(Written(each.name, source.text[each.start : each.end], text) for each, text in written),
            tuple(edits),
            new,
            point.box,
            point.error,
            Derivatives(self._columns),
        )

    def _check_reading(self, new: AuthorsFile, text: str) -> None:
        """Raise ``Fault`` (PM620) where pandoc would read the document otherwise, but for the call."""
        before = self._movable.loaded
        inputs = [each for part in before.manuscripts for each in part.inputs]
        after = load(
            self._document.request.arguments, [new.input if each.name == new.name else each for each in inputs]
        )
        texts = [each.source.text for each in after.directives.values()]
        known = [each.source.text for each in before.directives.values()]
        differing = [(old, now) for old, now in zip(known, texts, strict=False) if old != now]
        if len(texts) != len(known) or differing != [(self._movable.call.source.text, text)] or _differ(before, after):
            raise self._fault("pandoc would read what is around the call otherwise, such as a table that it stands in")

    def _refusal(self, candidates: Sequence[Candidate]) -> Fault:
        """Return why no change of the numbers does what is asked."""
        moving = self._moving(candidates)
        if not candidates:
            return self._fault("nothing in the call is a number", self._movable.described)
        names = ", ".join(each.name for each in candidates)
        columns = [self._columns[each.key] for each in moving]
        steps = [each.number.step for each in moving]
        reached = [max(map(abs, column)) * step for column, step in zip(columns, steps, strict=True)]
        if max(reached, default=0) < _FINE:
            return self._fault(f"none of the call's numbers moves what it paints: {names}", self._movable.described)
        if self._resizes:
            return self._fault(f"the call's numbers do not make it so wide: {names}", self._movable.described)
        if only := direction(columns, steps):
            return self._along(only)
        message = f"the call's numbers do not move it so without changing its size: {names}"
        return self._fault(message, self._movable.described)

    def _along(self, only: tuple[float, float]) -> Fault:
        across, down = only
        box = self._movable.box
        wanted = (self._values[0] - box.x0, self._values[1] - box.y0)
        most = across * wanted[0] + down * wanted[1]
        nearest = f"the nearest that can be is `--by={_millimetres(most * across)},{_millimetres(most * down)}`"
        if abs(down) < 0.01:
            return self._fault("its numbers move it right and left only", nearest)
        if abs(across) < 0.01:
            return self._fault("its numbers move it up and down only", nearest)
        slope = f"{down / across:.2f} mm {'down' if down * across > 0 else 'up'} for each millimetre right"
        return self._fault(f"its numbers move it along a line only, {slope.replace('-', '')}", nearest)

    def _fault(self, message: str, *hints: str) -> Fault:
        return Fault("PM620", message, *hints).at(self._movable.call.span)


def _after(plan: Plan, placed: PlacedCall) -> PlacedCall:
    """Return what is known of a call on a page after a change was written."""
    call = plan.movable.marked
    if placed.call == call:
        shifts = [after - before for after, before in zip(_sides(plan.box), _sides(plan.movable.box), strict=True)]
        box = Box(*(side + shift for side, shift in zip(_sides(placed.box), shifts, strict=True)))
        return replace(placed, call=replace(call, text=plan.text), box=box)
    if placed.call.file != call.file:
        return placed
    before = (each for each in plan.edits if each.line == placed.call.line and each.column < placed.call.column)
    shift = sum(len(each.new) - len(each.old) for each in before)
    return replace(placed, call=replace(placed.call, column=placed.call.column + shift))


def _covers(directive: Directive, line: int, column: int | None) -> bool:
    source = directive.source
    start, end = source.position(0), source.position(len(source.text))
    if column is None:
        return start[0] <= line <= end[0]
    return start <= (line, column) < end


def _differ(one: LoadedDocument, other: LoadedDocument) -> bool:
    texts = (TOKEN.sub("", json.dumps(each.document(), ensure_ascii=False)) for each in (one, other))
    return next(texts) != next(texts)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _distance(one: Box, other: Box) -> float:
    return max(abs(a - b) for a, b in zip(_sides(one), _sides(other), strict=True))


def _corrected(columns: Sequence[Column], before: _Point, after: _Point) -> list[Column]:
    """Return columns that agree with a step that was taken, and else change as little as can be (Broyden)."""
    change = [b - a for a, b in zip(before.values, after.values, strict=True)]
    moved = [b - a for a, b in zip(_sides(before.box), _sides(after.box), strict=True)]
    scale = [max(map(abs, column)) or 1 for column in columns]  # so that numbers of all units count alike
    scaled = [each * size for each, size in zip(change, scale, strict=True)]
    total = sum(each * each for each in scaled)
    if not total:
        return [*columns]
    missing = [
        moved[side] - sum(column[side] * each for column, each in zip(columns, change, strict=True))
        for side in range(4)
    ]
    return [
        tuple(value + miss * part * size / total for value, miss in zip(column, missing, strict=True))
        for column, part, size in zip(columns, scaled, scale, strict=True)
    ]


def _millimetres(value: float) -> str:
    return f"{round(value, 2) + 0:g}mm"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:40]}…"
