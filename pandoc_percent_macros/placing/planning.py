"""From a call and a wish to a change of the author's file that was typeset and measured."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..build.request import Request
from ..document.transport import TOKEN
from ..inspect.loading import LoadedDocument, load
from ..pages import Box
from . import rewriting
from .candidates import Candidate, changed, given, inside, with_changes
from .refusing import fault, refusal
from .rewriting import AuthorsFile, Edit
from .solving import Column, Solution, Weighed, digits, rows_of, solutions, solved
from .trials import Trials
from .wishes import TRUE, Derivatives, Movable, Plan, Wish, Written, sides

_FINE = 0.01  # millimetres, before numbers are rounded
_MOST_STEPS = 8
_MOST_WAYS = 3  # of choosing numbers
_MOST_NUMBERS = 12  # within other arguments
_MOST_ROUNDINGS = 4
_TRIED_DIGITS = 6  # of numbers that are tried
_SHOWN = 40  # characters of a call


@dataclass
class _Point:
    """Values of the numbers that change, and what they give."""

    values: list[float]
    box: Box
    rest: list[float]  # of what is asked for, row by row

    @property
    def error(self) -> float:
        return max(map(abs, self.rest))


class Planning:
    """The way to one plan."""

    def __init__(self, request: Request, trials: Trials, movable: Movable, wish: Wish, known: Derivatives) -> None:
        """Prepare.

        Args:
            request: the document.
            trials: of the call.
            movable: the call.
            wish: what is asked for.
            known: of an earlier plan for the call.
        """
        self._request = request
        self._movable = movable
        self._trials = trials
        self._rows, self._values = wish.rows(movable.box)
        self._wish = wish
        self._columns = dict(known.columns)
        self._failing = ""  # the last text of the call that came to nothing

    def plan(self) -> Plan:
        """Return the plan; see ``Mover.plan``."""
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
            moving = [(each.number.steps[0], self._columns[each.key]) for each in self._moving(candidates)]
            raise refusal(self._movable, self._wish, candidates, moving)
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
        raise fault(
            self._movable, f"its numbers bring it no nearer than {nearest.error:.2f} mm to what is asked", *hints
        )

    def _moving(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of which it is known how the box moves with them."""
        return [each for each in candidates if each.key in self._columns]

    def _ways(self, candidates: Sequence[Candidate], start: _Point) -> list[Solution]:
        new = [each for each in candidates if each.key not in self._columns]
        self._measure(new, [each.number.value for each in new], start.box)
        weighed = [
            Weighed(self._columns[each.key], each.number.steps[0], int(each.is_default))
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
        for number in range(max((len(each.number.steps) for each in candidates), default=0)):
            todo = [
                (at, candidates[at].number.steps[number]) for at in lacking if number < len(candidates[at].number.steps)
            ]
            texts = [self._text(candidates, [*values[:at], values[at] + step, *values[at + 1 :]]) for at, step in todo]
            for (at, step), found in zip(todo, self._trials.boxes(texts), strict=True):
                if found:
                    pairs = zip(sides(found), sides(box), strict=True)
                    self._columns[candidates[at].key] = tuple((after - before) / step for after, before in pairs)
            lacking = [at for at in lacking if self._is_lacking(candidates[at])]

    def _is_lacking(self, candidate: Candidate) -> bool:
        """Return whether a further step may tell more of a number: nothing came out, or whole numbers may be needed."""
        column = self._columns.get(candidate.key)
        return column is None or (candidate.number.may_be_whole and not any(column))

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
            effects = rows_of(self._columns[each.key], self._rows)
            rest = [value - change * effect for value, effect in zip(rest, effects, strict=True)]
        return _Point(values, start.box, rest)

    def _rounded(self, chosen: Sequence[Candidate], point: _Point, most: int) -> Plan | None:
        """Return the plan whose numbers have the fewest digits that keep the result true; so many are tried."""
        effects = [rows_of(self._columns[each.key], self._rows) for each in chosen]
        for counts in islice(digits(effects, point.values, point.rest, TRUE * 0.9), most):
            values = [
                each.number.rounded(value, count)
                for each, value, count in zip(chosen, point.values, counts, strict=True)
            ]
            (box,) = self._trials.boxes([self._text(chosen, values)])
            if box and (rounded := self._point(values, box)).error <= TRUE:
                return self._planned(chosen, rounded)
        return None

    def _point(self, values: list[float], box: Box) -> _Point:
        reached = rows_of(sides(box), self._rows)
        return _Point(values, box, [asked - there for asked, there in zip(self._values, reached, strict=True)])

    def _texts(self, chosen: Sequence[Candidate], values: Sequence[float]) -> list[tuple[Candidate, str]]:
        pairs = zip(chosen, values, strict=True)
        return [
            (each, each.number.written(value, _TRIED_DIGITS)) for each, value in pairs if value != each.number.value
        ]

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
        after = load(self._request.arguments, [new.input if each.name == new.name else each for each in inputs])
        texts = [each.source.text for each in after.directives.values()]
        known = [each.source.text for each in before.directives.values()]
        differing = [(old, now) for old, now in zip(known, texts, strict=False) if old != now]
        if len(texts) != len(known) or differing != [(self._movable.call.source.text, text)] or _differ(before, after):
            raise fault(
                self._movable, "pandoc would read what is around the call otherwise, such as a table that it stands in"
            )


def _differ(one: LoadedDocument, other: LoadedDocument) -> bool:
    texts = (TOKEN.sub("", json.dumps(each.document(), ensure_ascii=False)) for each in (one, other))
    return next(texts) != next(texts)


def _corrected(columns: Sequence[Column], before: _Point, after: _Point) -> list[Column]:
    """Return columns that agree with a step that was taken, and else change as little as can be (Broyden)."""
    change = [b - a for a, b in zip(before.values, after.values, strict=True)]
    moved = [b - a for a, b in zip(sides(before.box), sides(after.box), strict=True)]
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


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
