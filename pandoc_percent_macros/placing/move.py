"""Moving what a call paints, by the numbers in it: a place and a wish go in, a change of the author's file comes out.

How the call's box moves with each number is measured: LaTeX typesets the slide with that number changed a little. So it
does not matter what the macro makes of it. What comes out is typeset before it is written.
"""

from dataclasses import replace

from ..pages import Box, MarkedCall
from . import rewriting
from .finding import find
from .placed import PlacedCall, PlacedDocument
from .planning import Planning
from .trials import Trials
from .wishes import Derivatives, Movable, Plan, Wish, sides


class Mover:
    """Moves what calls of a document paint, as it was built last.

    It may be asked again and again; once the document is built anew, there has to be a new one. While the document is
    built, nothing can be planned.
    """

    def __init__(self, document: PlacedDocument) -> None:
        """Prepare; ``document`` is built."""
        self._document = document
        self._trials: dict[tuple[str, int, int], Trials] = {}  # by the places of calls
        self._placed = document.boxes()

    def find(self, name: str, line: int, column: int | None = None) -> Movable:
        """Return the call at a place; see ``finding.find``."""
        return find(self._document.request, self._placed, name, line, column)

    def plan(self, movable: Movable, wish: Wish, known: Derivatives | None = None) -> Plan:
        """Return the change of the file that moves a call as wished, typeset and measured.

        Args:
            movable: the call.
            wish: what is asked for.
            known: of an earlier plan for the same call, so that less has to be measured.

        Raises:
            Fault: PM620 where the call's numbers can't do that; PM621 where its text is not what stands in the file.
        """
        place = _place(movable.marked)
        if place not in self._trials:
            self._trials[place] = Trials(self._document, movable.marked, movable.box)
        trials = self._trials[place]
        return Planning(self._document.request, trials, movable, wish, known or Derivatives()).plan()

    def apply(self, plan: Plan) -> None:
        """Write the change.

        The call can be moved again then, before the document is built anew, and so can others that its change does not
        move. What was planned before does not hold any more.

        Raises:
            Fault: PM621 when the file has changed meanwhile; PM809 when it can't be written.
        """
        if plan.file.data != plan.movable.file.data:
            rewriting.replace(plan.movable.file, plan.file)
            self._placed = [_after(plan, each) for each in self._placed]
            place = _place(plan.movable.marked)
            self._trials = {place: self._trials[place]} if place in self._trials else {}


def _place(call: MarkedCall) -> tuple[str, int, int]:
    return call.file, call.line, call.column


def _after(plan: Plan, placed: PlacedCall) -> PlacedCall:
    """Return what is known of a call on a page after a change was written."""
    call = plan.movable.marked
    if placed.call == call:
        shifts = [after - before for after, before in zip(sides(plan.box), sides(plan.movable.box), strict=True)]
        box = Box(*(side + shift for side, shift in zip(sides(placed.box), shifts, strict=True)))
        return replace(placed, call=replace(call, text=plan.text), box=box)
    if placed.call.file != call.file:
        return placed
    before = (each for each in plan.edits if each.line == placed.call.line and each.column < placed.call.column)
    shift = sum(len(each.new) - len(each.old) for each in before)
    return replace(placed, call=replace(placed.call, column=placed.call.column + shift))
