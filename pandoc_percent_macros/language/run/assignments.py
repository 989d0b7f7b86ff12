"""From declarations and assignments to closures, and what a macro gives: frames change here and in loops alone."""

from __future__ import annotations

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ..check.scopes import RETURNED
from ..syntax.nodes import Array, Element, List
from ..values import lists
from ..values.operators import ARITHMETIC, concatenate, repeat, repeat_list
from ..values.values import truth
from .calls import CallCompiler
from .closures import constant, variable
from .compiler import MANY, ONE, RESULT

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..syntax.nodes import Assign, Declare, Expression
    from .closures import Frame, Run

    Execute = Callable[[Frame], "int | None"]

NEXT, LAST, RETURN = 1, 2, 3  # signals


class AssignmentCompiler(CallCompiler):
    """Compiles what changes a frame."""

    want = ONE  # of the macro

    def wanted(self, node: Expression) -> Run:
        """Return the closure of a value that the macro gives."""
        return {ONE: self.one, MANY: self.returned_list, RESULT: self.result}[self.want](node)

    def returned_list(self, node: Expression) -> Run:
        values, budget, fail = self.many(node), self.budget, self.fail(node)

        def run(frame: Frame) -> Any:
            try:
                return lists.copied(values(frame), budget)
            except Fault as fault:
                raise fail(fault) from None

        return run

    def giving(self, value: Expression | None) -> Execute:
        run = self.wanted(value) if value is not None else constant([] if self.want == MANY else None)

        def execute(frame: Frame) -> int:
            frame[RETURNED] = run(frame)
            return RETURN

        return execute

    def ignoring(self, run: Run) -> Execute:
        def execute(frame: Frame) -> None:
            run(frame)

        return execute

    def then(self, execute: Execute, target: Expression, last: bool) -> Execute:
        """Return an assignment, which is the value of the macro too if it is its last statement."""
        if not last:
            return execute
        give = self.giving(target)

        def both(frame: Frame) -> int | None:
            execute(frame)
            return give(frame)

        return both

    def declare(self, statement: Declare, last: bool) -> Execute:
        first = statement.names[0]
        names = List(statement.start, statement.end, statement.names)
        if statement.value is None:
            return self.then(self.reset(statement), names, last)
        if statement.several:
            assign = self.declare_several(statement, self.many(statement.value))
            if last and self.want == ONE:
                return self.counting(assign)
            return self.then(self.ignoring(assign), names, last)
        if isinstance(first, Array):
            return self.then(self.set_array(self.slots[first.start], statement.value), first, last)
        return self.then(self.set_scalar(self.slots[first.start], self.one(statement.value)), first, last)

    def set_scalar(self, slot: int, value: Run) -> Execute:
        def execute(frame: Frame) -> None:
            frame[slot] = value(frame)

        return execute

    def set_array(self, slot: int, value: Expression) -> Execute:
        run = self.returned_list(value)

        def execute(frame: Frame) -> None:
            frame[slot] = run(frame)

        return execute

    def reset(self, statement: Declare) -> Execute:
        fresh = [(self.slots[name.start], isinstance(name, Array)) for name in statement.names]

        def execute(frame: Frame) -> None:
            for slot, array in fresh:
                frame[slot] = [] if array else None

        return execute

    def declare_several(self, statement: Declare, values: Run) -> Run:
        """Return the closure of ``my (…) = …``, which gives how many values there were."""
        slots = [(self.slots[name.start], isinstance(name, Array)) for name in statement.names]

        def run(frame: Frame) -> int:
            found = values(frame)
            count = len(found)
            for at, (slot, array) in enumerate(slots):
                if array:
                    frame[slot] = found[at:]
                    found = found[:at]
                else:
                    frame[slot] = found[at] if at < len(found) else None
            return count

        return run

    def counting(self, run: Run) -> Execute:
        """Return an assignment whose count of values is what the macro gives (perlop, "assignment operators")."""

        def execute(frame: Frame) -> int:
            frame[RETURNED] = run(frame)
            return RETURN

        return execute

    def assign(self, statement: Assign) -> Execute:
        target = statement.target
        value = self.assigned(statement)
        if isinstance(target, Element):
            return self.assign_element(target, value)
        return self.set_scalar(self.slots[target.start], value)

    def assigned(self, statement: Assign) -> Run:
        """Return the closure of the value that a variable gets."""
        value, sign = self.one(statement.value), statement.operator[:-1]
        if not sign:
            return value
        old, fail = self.one(statement.target), self.fail(statement)
        if sign in ("||", "&&", "//"):
            return self.defaulted(sign, old, value)
        operation, budget = self.updating(sign), self.budget

        def run(frame: Frame) -> Any:
            right = value(frame)
            try:
                return operation(old(frame), right, budget)
            except Fault as fault:
                raise fail(fault) from None

        return run

    def updating(self, sign: str) -> Callable[[Any, Any, Any], Any]:
        """Return what ``op=`` does; with ``.=``, ``+=`` and ``-=`` an undefined variable counts as empty."""
        if sign == ".":
            return lambda old, value, budget: concatenate(("" if old is None else old, value), budget)
        if sign == "x":
            return repeat
        operation = ARITHMETIC[sign]
        if sign in "+-":
            return lambda old, value, budget: operation(0 if old is None else old, value)
        return lambda old, value, budget: operation(old, value)

    def defaulted(self, sign: str, old: Run, value: Run) -> Run:
        def run(frame: Frame) -> Any:
            found = old(frame)
            keep = found is not None if sign == "//" else truth(found) == (sign == "||")
            return found if keep else value(frame)

        return run

    def assign_array(self, statement: Assign) -> Execute:
        slot = self.slots[statement.target.start]
        if statement.operator == "=":
            return self.set_array(slot, statement.value)
        array, often, budget = variable(slot), self.one(statement.value), self.budget
        fail = self.fail(statement)

        def execute(frame: Frame) -> None:
            try:
                frame[slot] = repeat_list(array(frame), often(frame), budget)
            except Fault as fault:
                raise fail(fault) from None

        return execute

    def assign_element(self, target: Element, value: Run) -> Execute:
        array, index = variable(self.slots[target.start]), self.one(target.index)
        budget, fail = self.budget, self.fail(target)

        def execute(frame: Frame) -> None:
            new = value(frame)
            try:
                lists.store(array(frame), index(frame), new, budget)
            except Fault as fault:
                raise fail(fault) from None

        return execute
