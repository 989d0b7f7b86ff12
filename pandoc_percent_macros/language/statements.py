"""From the statements of a macro to closures: each gives None to go on, or a signal."""

from __future__ import annotations

from ..records import TYPE_CHECKING
from . import lists
from .closures import constant, variable
from .compiler import MANY, ONE, RESULT, ExpressionCompiler
from .faults import OperationFault
from .nodes import Array, Assign, Body, Declare, Element, Evaluate, For, If, Jump, Return, Scalar
from .operations import ARITHMETIC, concatenate, repeat, repeat_list
from .scopes import RETURNED
from .shapes import is_plural
from .values import truth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from .closures import Frame, Run
    from .nodes import Expression, Statement

    Execute = Callable[[Frame], "int | None"]

NEXT, LAST, RETURN = 1, 2, 3  # signals


class StatementCompiler(ExpressionCompiler):
    """Compiles the body of one macro, for one of the contexts that a call may stand in."""

    want = ONE

    def program(self, body: Body, want: str) -> tuple[Run, int]:
        """Return a closure that runs the whole body and gives its value, and its weight in steps."""
        self.want = want
        self.weight = 1
        steps = self.sequence(body.statements, last=True)
        empty: Any = [] if want == MANY else None
        if len(body.statements) == 1 and (alone := self.alone(body.statements[0])) is not None:
            return self.wanted(alone), self.weight

        def run(frame: Frame) -> Any:
            for step in steps:
                if step(frame) is not None:
                    return frame[RETURNED]
            return empty

        return run, self.weight

    def alone(self, statement: Statement) -> Expression | None:
        return statement.value if isinstance(statement, (Return, Evaluate)) else None

    def wanted(self, node: Expression) -> Run:
        """Return the closure of a value that the macro gives."""
        return {ONE: self.one, MANY: self.returned_list, RESULT: self.result}[self.want](node)

    def returned_list(self, node: Expression) -> Run:
        values, budget, fail = self.many(node), self.budget, self.fail(node)

        def run(frame: Frame) -> Any:
            try:
                return lists.copied(values(frame), budget)
            except OperationFault as fault:
                raise fail(fault) from None

        return run

    def sequence(self, statements: Sequence[Statement], last: bool) -> list[Execute]:
        """Compile statements; with ``last`` the value of the last one is the macro's."""
        final = len(statements) - 1
        return [self.statement(each, last and at == final) for at, each in enumerate(statements)]

    def body(self, body: Body, last: bool) -> Execute:
        """Return the closure of a block, charged each time it runs."""
        before, self.weight = self.weight, 1
        steps = self.sequence(body.statements, last)
        weight, self.weight = self.weight, before
        budget, fail = self.budget, self.fail(body)

        def run(frame: Frame) -> int | None:
            budget.steps -= weight
            if budget.steps < 0:
                try:
                    budget.charge(0)
                except OperationFault as fault:
                    raise fail(fault) from None
            for step in steps:
                signal = step(frame)
                if signal is not None:
                    return signal
            return None

        return run

    def statement(self, statement: Statement, last: bool) -> Execute:
        self.weight += 1
        match statement:
            case Return(value=value):
                return self.giving(value)
            case Evaluate(value=value):
                return self.giving(value) if last else self.ignoring(self.any(value))
            case Declare():
                return self.declare(statement, last)
            case Assign(target=target):
                run = self.assign_array(statement) if isinstance(target, Array) else self.assign(statement)
                return self.then(run, target, last)
            case If():
                return self.conditional(statement, last)
            case For():
                return self.loop(statement)
            case Jump(word=word):
                signal = LAST if word == "last" else NEXT
                return lambda frame: signal

    def any(self, node: Expression) -> Run:
        return self.many(node) if is_plural(node) else self.one(node)

    def ignoring(self, run: Run) -> Execute:
        def execute(frame: Frame) -> None:
            run(frame)

        return execute

    def giving(self, value: Expression | None) -> Execute:
        run = self.wanted(value) if value is not None else constant([] if self.want == MANY else None)

        def execute(frame: Frame) -> int:
            frame[RETURNED] = run(frame)
            return RETURN

        return execute

    def then(self, execute: Execute, target: Scalar | Array | Element, last: bool) -> Execute:
        """Return an assignment, which is the value of the macro too if it is its last statement."""
        if not last:
            return execute
        give = self.giving(target)

        def both(frame: Frame) -> int | None:
            execute(frame)
            return give(frame)

        return both

    # Variables

    def declare(self, statement: Declare, last: bool) -> Execute:
        first = statement.names[0]
        if statement.several and statement.value is not None:
            return self.declare_several(statement, self.many(statement.value))
        if statement.value is None:
            fresh = [(self.slots[name.start], isinstance(name, Array)) for name in statement.names]

            def reset(frame: Frame) -> None:
                for slot, array in fresh:
                    frame[slot] = [] if array else None

            return reset
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

    def declare_several(self, statement: Declare, values: Run) -> Execute:
        slots = [(self.slots[name.start], isinstance(name, Array)) for name in statement.names]

        def execute(frame: Frame) -> None:
            found = values(frame)
            for at, (slot, array) in enumerate(slots):
                if array:
                    frame[slot] = found[at:]
                    found = found[:at]
                else:
                    frame[slot] = found[at] if at < len(found) else None

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
            except OperationFault as fault:
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
            except OperationFault as fault:
                raise fail(fault) from None

        return execute

    def assign_element(self, target: Element, value: Run) -> Execute:
        array, index = variable(self.slots[target.start]), self.one(target.index)
        budget, fail = self.budget, self.fail(target)

        def execute(frame: Frame) -> None:
            new = value(frame)
            try:
                lists.store(array(frame), index(frame), new, budget)
            except OperationFault as fault:
                raise fail(fault) from None

        return execute

    # Control

    def conditional(self, statement: If, last: bool) -> Execute:
        """``if``; where no body is chosen, the value of the last condition is that of the statement (perlsub)."""
        cases = []
        for test, negated, body in statement.cases:
            cases.append((self.one(test) if last else self.condition(test), negated, self.body(body, last)))
        otherwise = self.body(statement.otherwise, last) if statement.otherwise is not None else None
        if len(cases) == 1 and otherwise is None and not last:
            return self.single(*cases[0])
        many = self.want == MANY

        def execute(frame: Frame) -> int | None:
            value = None
            for test, negated, body in cases:
                value = test(frame)
                if truth(value) != negated:
                    return body(frame)
            if otherwise is not None:
                return otherwise(frame)
            if last:
                frame[RETURNED] = [value] if many else value
                return RETURN
            return None

        return execute

    def single(self, test: Run, negated: bool, body: Execute) -> Execute:
        if negated:
            return lambda frame: None if test(frame) else body(frame)
        return lambda frame: body(frame) if test(frame) else None

    def loop(self, statement: For) -> Execute:
        values, body = self.many(statement.source), self.body(statement.body, False)
        slot = self.slots[statement.variable.start]
        budget, fail = self.budget, self.fail(statement)

        def execute(frame: Frame) -> int | None:
            found = values(frame)
            try:
                budget.loop(len(found))
                found = lists.copied(found, budget)
            except OperationFault as fault:
                raise fail(fault) from None
            for frame[slot] in found:
                signal = body(frame)
                if signal is not None and signal != NEXT:
                    return signal if signal == RETURN else None
            return None

        return execute
