"""From calls in expressions to closures: functions, blocks of ``map``, ``grep`` and ``sort``, other macros."""

from __future__ import annotations

from ...base.fault import Fault
from ...base.record import TYPE_CHECKING
from ...base.source import Span
from ..functions.signatures import PLURAL, PROTOTYPES
from ..functions.table import FUNCTIONS
from ..values import lists
from ..values.values import Markdown, piece, text_of
from . import closures
from .closures import place, variable
from .compiler import ONE, ExpressionCompiler
from .gathering import called, gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..syntax.nodes import Block, Expression, Invocation
    from ..values.budget import Budget
    from ..values.values import Value
    from .closures import Frame, Run

_CHANGES: dict[str, Callable[[list[Value], Budget], Any]] = {
    "reverse": lists.reversed_list,
    "sort": lists.ordered,
    "uniq": lists.uniq,
}


class CallCompiler(ExpressionCompiler):
    """Compiles calls."""

    def call(self, node: Invocation) -> Run:
        """Return the closure of a call from which one value is wanted."""
        name, fail, arguments = node.name, self.fail(node), node.arguments
        if name not in PROTOTYPES:
            return self.invoke(node, ONE)
        if name == "defined":
            value = self.one(arguments[0])
            return lambda frame: value(frame) is not None
        if name == "scalar":
            return self.one(arguments[0])
        if name in ("push", "unshift", "pop", "shift"):
            return self.changing(node)
        if name == "reverse":
            values, budget = self.arguments(arguments), self.budget
            return closures.unary(lambda found: lists.reversed_text(found, budget), values, fail)
        if name in PLURAL:
            values = self.list_function(node)
            return lambda frame: len(values(frame))
        if name == "markdown":
            where = Span(self.source, node.start, node.end)
            return closures.unary(lambda text: piece(Markdown(text_of(text), where)), self.one(arguments[0]), fail)
        return called(FUNCTIONS[name], self.world, self.prototyped(node), fail)

    def prototyped(self, node: Invocation) -> list[Run]:
        single = PROTOTYPES[node.name].replace(";", "").find("@")
        if single < 0:
            return [self.one(each) for each in node.arguments]
        runs = [self.one(each) for each in node.arguments[:single]]
        return [*runs, self.arguments(node.arguments[single:])]

    def arguments(self, arguments: Sequence[Expression]) -> Run:
        """Return the closure of the list that some arguments make together."""
        if len(arguments) == 1:
            return self.many(arguments[0])
        fail = place(self.source, *((arguments[0].start, arguments[-1].end) if arguments else (0, 0)))
        return gathered([self.item(each) for each in arguments], self.budget, fail)

    def changing(self, node: Invocation) -> Run:
        """``push``, ``unshift``, ``pop``, ``shift``"""
        array, budget, fail = variable(self.slots[node.arguments[0].start]), self.budget, self.fail(node)
        if node.name in ("pop", "shift"):
            at = -1 if node.name == "pop" else 0
            return closures.unary(lambda values: lists.take(values, at, budget), array, fail)
        change = lists.append if node.name == "push" else lists.prepend
        more = self.arguments(node.arguments[1:])
        return closures.binary(lambda values, new: change(values, [*new], budget), array, more, fail)

    def list_function(self, node: Invocation) -> Run:
        """``sort``, ``uniq``, ``reverse``, ``split`` where a list is wanted."""
        fail, budget = self.fail(node), self.budget
        if node.name == "split":
            return called(FUNCTIONS["split"], self.world, self.prototyped(node), fail)
        values = self.arguments(node.arguments)
        change = _CHANGES[node.name]
        return closures.unary(lambda found: change(found, budget), values, fail)

    def block(self, node: Block) -> Run:
        """``map``, ``grep``, ``sort`` with a block."""
        values, fail, budget = self.many(node.source), self.fail(node), self.budget
        slot = self.slots[node.start]
        before, self.weight = self.weight, 1
        value = {"map": self.many, "grep": self.condition, "sort": self.one}[node.name](node.value)
        weight, self.weight = self.weight, before
        if node.name == "sort":
            return self.sorting(node, values, value, weight)

        def run(frame: Frame) -> list[Value]:
            found: list[Value] = []
            source = [*values(frame)]
            try:
                budget.charge(weight * len(source))
                for frame[slot] in source:
                    if node.name == "grep":
                        found += [frame[slot]] if value(frame) else []
                    else:
                        found += value(frame)
                        if len(found) > budget.iterations:
                            budget.items(len(found))
            except Fault as fault:
                raise fail(fault) from None
            return found

        return run

    def sorting(self, node: Block, values: Run, value: Run, weight: int) -> Run:
        one, other, budget = self.slots[node.start], self.slots[node.start + 1], self.budget

        def run(frame: Frame) -> list[Value]:
            def compare(left: Value, right: Value) -> Value:
                budget.charge(weight)
                frame[one], frame[other] = left, right
                return value(frame)  # type: ignore[no-any-return]

            return lists.ordered_by(values(frame), compare, budget)

        return closures.unary(lambda found: found, run, self.fail(node))

    def invoke(self, node: Invocation, want: str) -> Run:
        """Return the closure of a call of another macro."""
        return self.machine.calling(
            node.name, want, self.arguments(node.arguments), Span(self.source, node.start, node.end)
        )
