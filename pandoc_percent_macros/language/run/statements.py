"""From the statements of a checked macro to closures: each returns None to go on, or a signal."""

from __future__ import annotations

from ...base import TYPE_CHECKING
from ..check import RETURNED
from ..functions import LIST, RESULT, SCALAR, Frame, Operation, Run
from ..syntax import nodes
from ..values import Value, element, entry, operators, set_entry, table_of, truth
from . import closures
from .closures import Execute, constant, variable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .expressions import Expressions

NEXT, LAST, RETURN = 1, 2, 3  # signals


class Statements:
    """Compiles the body of one macro, for the context that its call stands in.

    Args:
        expressions: compiles the macro's expressions.
        context: SCALAR, LIST or RESULT.
    """

    def __init__(self, expressions: Expressions, context: str) -> None:
        self.expressions = expressions
        self.context = context
        self.budget = expressions.budget

    def program(self, body: nodes.Body) -> tuple[Run, int]:
        """Return a closure that runs the whole body and returns its value, and its weight in steps."""
        if len(body.statements) == 1 and (alone := self.alone(body.statements[0])) is not None:
            return self.expressions.weighed(lambda: self.wanted(alone))
        steps, weight = self.expressions.weighed(lambda: self.sequence(body.statements, last=True))
        empty: Any = [] if self.context == LIST else None

        def run(frame: Frame) -> Any:
            for step in steps:
                if step(frame) is not None:
                    return frame[RETURNED]
            return empty

        return run, weight

    def alone(self, statement: nodes.Statement) -> nodes.Expression | None:
        return statement.value if isinstance(statement, (nodes.Return, nodes.Evaluate)) else None

    def sequence(self, statements: Sequence[nodes.Statement], last: bool) -> list[Execute]:
        """Compile statements; with ``last`` the value of the last one is the macro's."""
        final = len(statements) - 1
        return [self.statement(each, last and at == final) for at, each in enumerate(statements)]

    def kept(self, execute: Execute) -> Execute:
        """Return what forgets its matches when it has run."""
        matched = self.expressions.matched
        return closures.keeping(execute, matched) if matched != nodes.UNRESOLVED else execute

    def bracketed(self, body: nodes.Body, last: bool) -> Execute:
        """Return the closure of a block; the statement before ``if`` at its end is none, and its matches remain."""
        execute = self.body(body, last)
        return self.kept(execute) if self.expressions.source.text[body.start] == "{" else execute

    def body(self, body: nodes.Body, last: bool) -> Execute:
        """Return the closure of a block, charged each time it runs."""
        steps, weight = self.expressions.weighed(lambda: self.sequence(body.statements, last))
        budget, where = self.budget, self.expressions.place(body)
        used_up = closures.placed(budget.charge, where)

        def run(frame: Frame) -> int | None:
            budget.steps -= weight
            if budget.steps < 0:
                used_up(0)
            for step in steps:
                signal = step(frame)
                if signal is not None:
                    return signal
            return None

        return run

    def statement(self, statement: nodes.Statement, last: bool) -> Execute:
        self.expressions.weight += 1
        match statement:
            case nodes.Return(value=value):
                return self.returning(value)
            case nodes.Evaluate(value=value):
                return self.returning(value) if last else self.ignoring(self.expressions.in_either(value))
            case nodes.Declare():
                return self.declare(statement, last)
            case nodes.Assign(target=target):
                if isinstance(target, nodes.Array):
                    return self.then(self.assign_array(statement), target, last)
                if isinstance(target, nodes.Hash):
                    return self.then(self.set_slot(target.slot, self.table(statement.value)), target, last)
                return self.then(self.assign(statement), target, last, statement.postfix)
            case nodes.If():
                return self.conditional(statement, last)
            case nodes.For():
                return self.loop(statement)
            case nodes.Jump(word=word):
                signal = LAST if word == "last" else NEXT
                return lambda frame: signal

    def conditional(self, statement: nodes.If, last: bool) -> Execute:
        """``if``; where no body is chosen, the value of the last condition is that of the statement (perlsub)."""
        cases = []
        for test, negated, body in statement.cases:
            cases.append(
                (
                    self.expressions.in_scalar(test) if last else self.expressions.condition(test),
                    negated,
                    self.bracketed(body, last),
                )
            )
        otherwise = self.bracketed(statement.otherwise, last) if statement.otherwise is not None else None
        if len(cases) == 1 and otherwise is None and not last:
            return self.single(*cases[0])
        listed = self.context == LIST

        def execute(frame: Frame) -> int | None:
            value = None
            for test, negated, body in cases:
                value = test(frame)
                if truth(value) != negated:
                    return body(frame)
            if otherwise is not None:
                return otherwise(frame)
            if last:
                frame[RETURNED] = [value] if listed else value
                return RETURN
            return None

        return execute

    def single(self, test: Run, negated: bool, body: Execute) -> Execute:
        if negated:
            return lambda frame: None if test(frame) else body(frame)
        return lambda frame: body(frame) if test(frame) else None

    def loop(self, statement: nodes.For) -> Execute:
        values, body = self.expressions.in_list(statement.source), self.body(statement.body, False)
        slot, budget = statement.variable.slot, self.budget

        def rounds(values: list[Value]) -> list[Value]:
            budget.loop(len(values))
            return operators.copied(values, budget)

        source = closures.unary(rounds, values, self.expressions.place(statement))

        def execute(frame: Frame) -> int | None:
            values = source(frame)
            for frame[slot] in values:
                signal = body(frame)
                if signal is not None and signal != NEXT:
                    return signal if signal == RETURN else None
            return None

        return self.kept(execute)

    # What the macro returns

    def wanted(self, node: nodes.Expression) -> Run:
        """Return the closure of a value that the macro returns."""
        ways = {SCALAR: self.expressions.in_scalar, LIST: self.copied, RESULT: self.expressions.result}
        return ways[self.context](node)

    def copied(self, node: nodes.Expression) -> Run:
        """Return the closure of a list that belongs to no variable."""
        budget = self.budget
        values = self.expressions.in_list(node)
        return closures.unary(lambda found: operators.copied(found, budget), values, self.expressions.place(node))

    def returning(self, value: nodes.Expression | None) -> Execute:
        run = self.wanted(value) if value is not None else constant([] if self.context == LIST else None)

        def execute(frame: Frame) -> int:
            frame[RETURNED] = run(frame)
            return RETURN

        return execute

    def ignoring(self, run: Run) -> Execute:
        def execute(frame: Frame) -> None:
            run(frame)

        return execute

    def then(self, execute: Execute, target: nodes.Expression, last: bool, before: bool = False) -> Execute:
        """Return an assignment, which is the value of the macro too if it is its last statement.

        With ``before`` that is the one that the variable had (``$i++``).
        """
        if not last:
            return execute
        give = self.returning(target)
        first, second = (give, execute) if before else (execute, give)

        def both(frame: Frame) -> int | None:
            first(frame)
            second(frame)
            return RETURN

        return both

    # Declarations and assignments

    def declare(self, statement: nodes.Declare, last: bool) -> Execute:
        first = statement.names[0]
        names = nodes.List(statement.start, statement.end, statement.names)
        if statement.value is None:
            return self.then(self.reset(statement), names, last)
        if statement.several:
            assign = self.declare_several(statement, self.expressions.in_list(limited(statement)))
            if last and self.context == SCALAR:
                return self.counting(assign)
            return self.then(self.ignoring(assign), names, last)
        if isinstance(first, nodes.Array):
            return self.then(self.set_slot(first.slot, self.copied(statement.value)), first, last)
        if isinstance(first, nodes.Hash):
            return self.then(self.set_slot(first.slot, self.table(statement.value)), first, last)
        return self.then(self.set_slot(first.slot, self.expressions.in_scalar(statement.value)), first, last)

    def declaring(self, statement: nodes.Declare) -> Run:
        """Return the closure of a declaration as an expression: its value, or of several how many there were."""
        if statement.several and statement.value is not None:
            return self.declare_several(statement, self.expressions.in_list(statement.value))
        return closures.last((self.declare(statement, last=False),), self.expressions.in_scalar(statement.names[0]))

    def table(self, value: nodes.Expression) -> Run:
        """Return the closure of a lookup table of what a list holds."""
        budget = self.budget
        values = self.expressions.in_list(value)
        return closures.unary(lambda found: table_of(found, budget), values, self.expressions.place(value))

    def set_slot(self, slot: int, value: Run) -> Execute:
        def execute(frame: Frame) -> None:
            frame[slot] = value(frame)

        return execute

    def reset(self, statement: nodes.Declare) -> Execute:
        fresh = [(name.slot, _EMPTY.get(type(name))) for name in statement.names]

        def execute(frame: Frame) -> None:
            for slot, empty in fresh:
                frame[slot] = empty and empty()

        return execute

    def declare_several(self, statement: nodes.Declare, values: Run) -> Run:
        """Return the closure of ``my (…) = …``, which returns how many values there were."""
        slots = [(name.slot, type(name)) for name in statement.names]
        budget = self.budget

        def run(frame: Frame) -> int:
            found = values(frame)
            budget.charge(len(found) >> 6)
            count = len(found)
            for at, (slot, kind) in enumerate(slots):
                if kind is not nodes.Scalar:
                    frame[slot] = found[at:] if kind is nodes.Array else table_of(found[at:], budget)
                    found = found[:at]
                else:
                    frame[slot] = found[at] if at < len(found) else None
            return count

        return closures.placed(run, self.expressions.place(statement))

    def counting(self, run: Run) -> Execute:
        """Return an assignment whose count of values is what the macro returns (perlop, "assignment operators")."""

        def execute(frame: Frame) -> int:
            frame[RETURNED] = run(frame)
            return RETURN

        return execute

    def assign(self, statement: nodes.Assign) -> Execute:
        target = statement.target
        if isinstance(target, (nodes.Element, nodes.Entry)) and statement.operator != "=":
            return self.change_part(statement, target)
        value = self.assigned(statement)
        if isinstance(target, nodes.Element):
            return self.assign_element(target, value)
        if isinstance(target, nodes.Entry):
            return self.assign_entry(target, value)
        return self.set_slot(target.slot, value)

    def assigned(self, statement: nodes.Assign) -> Run:
        """Return the closure of the value that a variable gets."""
        value, sign = self.expressions.in_scalar(statement.value), statement.operator[:-1]
        if not sign:
            return value
        old = self.expressions.in_scalar(statement.target)
        if statement.operator in ("++", "--"):
            step = operators.incremented if sign == "+" else operators.decremented
            return closures.unary(step, old, self.expressions.place(statement))
        if statement.operator in _CHOOSING:
            return self.defaulted(statement.operator, old, value)
        return closures.binary(self.updating(sign), value, old, self.expressions.place(statement))

    def updating(self, sign: str) -> Operation:
        """Return what ``op=`` does, given the new value and the variable's, which is evaluated after it.

        With ``.=``, ``+=`` and ``-=`` an undefined variable counts as empty (perlop, "Assignment Operators").
        """
        budget = self.budget
        if sign == ".":
            return lambda value, old: operators.concatenate(("" if old is None else old, value), budget)
        if sign == "x":
            return lambda value, old: operators.repeat(old, value, budget)
        operation = operators.ARITHMETIC[sign]
        if sign in "+-":
            return lambda value, old: operation(0 if old is None else old, value)
        return lambda value, old: operation(old, value)

    def defaulted(self, sign: str, old: Run, value: Run) -> Run:
        def run(frame: Frame) -> Any:
            found = old(frame)
            return found if _keeps(sign, found) else value(frame)

        return run

    def assign_array(self, statement: nodes.Assign) -> Execute:
        assert isinstance(statement.target, nodes.Array)
        slot, budget = statement.target.slot, self.budget
        if statement.operator == "=":
            return self.set_slot(slot, self.copied(statement.value))
        often = self.expressions.in_scalar(statement.value)
        where = self.expressions.place(statement)
        repeated = closures.binary(
            lambda values, count: operators.repeat_list(values, count, budget), variable(slot), often, where
        )
        return self.set_slot(slot, repeated)

    def assign_element(self, target: nodes.Element, value: Run) -> Execute:
        array, index = variable(target.slot), self.expressions.in_scalar(target.index)
        budget = self.budget

        def execute(frame: Frame) -> None:
            new = value(frame)
            operators.store(array(frame), index(frame), new, budget)

        return closures.placed(execute, self.expressions.place(target))

    def assign_entry(self, target: nodes.Entry, value: Run) -> Execute:
        table, key = variable(target.slot), self.expressions.in_scalar(target.key)
        budget = self.budget

        def execute(frame: Frame) -> None:
            new = value(frame)
            set_entry(table(frame), key(frame), new, budget)

        return closures.placed(execute, self.expressions.place(target))

    def change_part(self, statement: nodes.Assign, target: nodes.Element | nodes.Entry) -> Execute:
        """Return ``$l[…] op= …`` or ``$h{…} op= …``: what is changed is found, and made, before the value (perlop)."""
        holder, budget, sign = variable(target.slot), self.budget, statement.operator
        is_element = isinstance(target, nodes.Element)
        key = self.expressions.in_scalar(target.index if isinstance(target, nodes.Element) else target.key)
        get, put = (element, operators.store) if is_element else (entry, set_entry)
        value, where = self.expressions.in_scalar(statement.value), self.expressions.place(statement)
        step = {"++": operators.incremented, "--": operators.decremented}.get(sign)
        update = closures.placed(self.updating(sign[:-1]), where) if step is None and sign not in _CHOOSING else None

        def execute(frame: Frame) -> None:
            held, at = holder(frame), key(frame)
            old = get(held, at)
            if old is None:
                put(held, at, None, budget)
            if step is not None:
                put(held, at, step(old), budget)
            elif update is not None:
                new = value(frame)
                put(held, at, update(new, get(held, at)), budget)
            elif not _keeps(sign, old):
                put(held, at, value(frame), budget)

        return closures.placed(execute, self.expressions.place(target) if step is None else where)


_CHOOSING = frozenset(("||=", "&&=", "//="))


def _keeps(sign: str, value: Value) -> bool:
    """Whether ``||=`` and its like leave a value as it is."""
    return value is not None if sign == "//=" else truth(value) == (sign == "||=")


_EMPTY: dict[type, type] = {nodes.Array: list, nodes.Hash: dict}  # what a variable is that has been declared


def limited(statement: nodes.Declare) -> nodes.Expression:
    """Return the value of ``my (…) = …``: ``split`` without a limit makes one part more than there are names."""
    value = statement.value
    assert value is not None
    while isinstance(value, nodes.List) and len(value.items) == 1:
        value = value.items[0]
    if not isinstance(value, nodes.FunctionCall) or value.name != "split":
        return value
    *given, limit = (*value.arguments, None) if len(value.arguments) == 2 else value.arguments
    free = limit is None or (isinstance(limit, nodes.Literal) and type(limit.value) is int and limit.value == 0)
    if not free or any(isinstance(name, nodes.Array) for name in statement.names):
        return value
    most = nodes.Literal(value.end, value.end, len(statement.names) + 1)
    return nodes.FunctionCall(value.start, value.end, value.name, value.name_end, (*given, most))
