"""From the statements of a macro to closures: each gives None to go on, or a signal."""

from __future__ import annotations

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ..check.scopes import RETURNED
from ..syntax.nodes import Array, Assign, Body, Declare, Evaluate, For, If, Jump, Return
from ..values import lists
from ..values.values import truth
from .assignments import LAST, NEXT, RETURN, AssignmentCompiler
from .compiler import MANY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..syntax.nodes import Expression, Statement
    from .assignments import Execute
    from .closures import Frame, Run


class StatementCompiler(AssignmentCompiler):
    """Compiles the body of one macro, for one of the contexts that a call may stand in."""

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
                except Fault as fault:
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
            except Fault as fault:
                raise fail(fault) from None
            for frame[slot] in found:
                signal = body(frame)
                if signal is not None and signal != NEXT:
                    return signal if signal == RETURN else None
            return None

        return execute
