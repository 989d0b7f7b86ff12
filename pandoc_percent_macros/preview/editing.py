"""What windows change in the author's files: numbers of calls, and that undone and done again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..base import Fault
from ..placing import rewriting
from ..placing.move import Mover
from ..placing.placed import PlacedDocument
from ..placing.rewriting import AuthorsFile
from ..placing.wishes import Derivatives, Movable, Plan, Wish

_MOST = 500  # changes that can be undone
_MOST_KNOWN = 64  # calls of which it is known how they move


@dataclass(frozen=True)
class Place:
    """A call, as a window knows it."""

    file: str
    line: int  # from 1
    column: int  # from 1
    text: str


@dataclass(frozen=True)
class _Change:
    what: str
    before: AuthorsFile
    after: AuthorsFile


class Editing:
    """Changes of one document's files. It belongs to the thread that builds the document."""

    def __init__(self, document: PlacedDocument) -> None:
        self._document = document
        self._mover: Mover | None = None
        self._known: dict[tuple[str, str], Derivatives] = {}  # by the file, and the name of the macro
        self._undo: list[_Change] = []
        self._redo: list[_Change] = []

    @property
    def undoable(self) -> str:
        """What ``undo`` would take back; "" for nothing."""
        return self._undo[-1].what if self._undo else ""

    @property
    def redoable(self) -> str:
        """What ``redo`` would do again; "" for nothing."""
        return self._redo[-1].what if self._redo else ""

    def renew(self) -> None:
        """Take it that the document was built anew."""
        self._mover = None

    def move(self, place: Place, wish: Wish) -> dict[str, Any]:
        """Move a call, in its file; return what was written.

        Raises:
            Fault: as ``Mover`` does; PM621 where another call stands there by now.
        """
        mover = self._mover = self._mover or Mover(self._document)
        found = mover.find(place.file, place.line, place.column)
        if found.marked.text != place.text:
            raise Fault("PM621", "another call stands there by now", "the page is about to show it: try again")
        plan = self._plan(mover, found, wish)
        mover.apply(plan)
        numbers = [{"name": each.name, "old": each.old, "new": each.new} for each in plan.numbers]
        if plan.edits:
            said = ", ".join(f"{each['name']} {each['old']} → {each['new']}".replace("  ", " ") for each in numbers)
            self._undo.append(_Change(said, found.file, plan.file))
            self._undo = self._undo[-_MOST:]
            self._redo = []
        return {"text": plan.text, "numbers": numbers, "error": plan.error, "edited": bool(plan.edits)}

    def _plan(self, mover: Mover, found: Movable, wish: Wish) -> Plan:
        key = (found.marked.file, found.call.name)
        try:
            plan = mover.plan(found, wish, self._known.get(key))
        except Fault as fault:
            if fault.code != "PM620" or wish.width is None or wish.to is None:
                raise
            plan = mover.plan(found, replace(wish, to=None), self._known.get(key))  # about the corner that stays
        self._known[key] = plan.derivatives
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return plan

    def undo(self) -> str:
        """Take the last change back; return what it was.

        Raises:
            Fault: PM621 where the file has changed since; PM809 where it can't be written.
        """
        return self._back(self._undo, self._redo, forth=False)

    def redo(self) -> str:
        """Do again what was taken back last; see ``undo``."""
        return self._back(self._redo, self._undo, forth=True)

    def _back(self, taken: list[_Change], given: list[_Change], *, forth: bool) -> str:
        if not taken:
            raise Fault("PM621", f"there is nothing to {'redo' if forth else 'undo'}")
        change = taken[-1]
        old, new = (change.before, change.after) if forth else (change.after, change.before)
        rewriting.replace(old, new)
        given.append(taken.pop())
        self._mover = None
        return change.what


def wish_of(asked: Mapping[str, Any]) -> tuple[Place, Wish]:
    """Return what a window asks for; raise ``ValueError`` for what makes no sense."""
    try:
        place = Place(str(asked["file"]), int(asked["line"]), int(asked["column"]), str(asked["text"]))
        by, to = _pair(asked.get("by")), _pair(asked.get("to"))
        width = None if asked.get("width") is None else _number(asked["width"])
    except (KeyError, TypeError) as fault:
        raise ValueError(f"not a move: {fault}") from None
    if (by and to) or (by is None and to is None and width is None) or (width is not None and width <= 0):
        raise ValueError("not a move")
    return place, Wish(by, to, width)


def _pair(value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    across, down = value
    return _number(across), _number(down)


def _number(value: Any) -> float:
    number = float(value)
    if not -10_000 < number < 10_000:  # of millimetres; and no NaN
        raise ValueError("not a length")
    return number
