"""From the tree of a checked macro to closures (closures.py): expressions, in the two contexts that Perl knows.

``one`` gives a closure for a single value, ``many`` one for a list, ``result`` the one of the two that the form of the
expression calls for. The lists that ``many`` closures give may be those of variables: whoever keeps one copies it.
"""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from ..check.context import is_plural, spreads
from ..functions.signatures import PLURAL, PROTOTYPES
from ..syntax.nodes import (
    Array,
    Block,
    Chain,
    Choice,
    Comparison,
    Count,
    Element,
    Interpolated,
    Invocation,
    List,
    Literal,
    Logic,
    Power,
    Range,
    Scalar,
    Slice,
    Unary,
)
from ..values import lists
from ..values.operators import ARITHMETIC, COMPARISONS, concatenate, negate, repeat, repeat_list, span
from ..values.values import text_of
from . import closures
from .closures import condition, constant, place, variable
from .gathering import concatenation, gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ...base.source import Source
    from ..syntax.nodes import Expression
    from .closures import Fail, Run
    from .machine import Machine

ONE, MANY, RESULT = "one", "many", "result"  # what is wanted of a macro


class ExpressionCompiler:
    """Compiles the expressions of one macro."""

    def __init__(self, source: Source, slots: dict[int, int], machine: Machine) -> None:
        self.source = source
        self.slots = slots
        self.machine = machine
        self.world = machine.world
        self.budget = machine.world.budget
        self.weight = 0  # steps of what has been compiled since this was set to 0

    def fail(self, node: Any) -> Fail:
        return place(self.source, node.start, node.end)

    def result(self, node: Expression) -> Run:
        """Return the closure for a value that goes into the document: a list, if that is what is written."""
        while isinstance(node, List) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, Invocation) and node.name not in PROTOTYPES:
            return self.invoke(node, RESULT)
        return self.any(node)

    def condition(self, node: Expression) -> Run:
        """Return a closure that tells whether an expression is true."""
        run = self.one(node)
        while isinstance(node, List) and len(node.items) == 1:
            node = node.items[0]
        truthy = isinstance(node, Unary) and node.operator in ("!", "not")
        truthy = truthy or (isinstance(node, Comparison) and node.operators[-1] not in ("<=>", "cmp"))
        return run if truthy else condition(run)

    def one(self, node: Expression) -> Run:  # noqa: C901 — one case a kind of node
        self.weight += 1
        match node:
            case Literal(value=value):
                return constant(value)
            case Scalar():
                return variable(self.slots[node.start])
            case Interpolated() | Chain(rest=((".", _), *_)):
                return self.chain(node)
            case List(items=items):
                return self.last(items) if items else constant(None)
            case Array():
                array = variable(self.slots[node.start])
                return lambda frame: len(array(frame))
            case Count():
                array = variable(self.slots[node.start])
                return lambda frame: len(array(frame)) - 1
            case Element():
                array = variable(self.slots[node.start])
                return closures.binary(lists.element, array, self.one(node.index), self.fail(node))
            case Slice():
                values = self.many(node)
                return lambda frame: (values(frame) or [None])[-1]
            case Unary():
                return self.unary(node)
            case Chain():
                return self.chain(node)
            case Power(operands=operands):
                runs = [self.one(each) for each in operands]
                return closures.folded_right(runs, ARITHMETIC["**"], self.fail(node))
            case Logic(first=first, rest=rest):
                return closures.either(self.one(first), [(sign, self.one(each)) for sign, each in rest], False)
            case Comparison():
                return self.comparison(node)
            case Choice(cases=cases, otherwise=otherwise):
                compiled = [(self.condition(test), self.one(value)) for test, value in cases]
                return closures.choice(compiled, self.one(otherwise))
            case Invocation():
                return self.call(node)
            case Block() | Range():
                values = self.many(node)
                return lambda frame: len(values(frame))

    def any(self, node: Expression) -> Run:
        return self.many(node) if is_plural(node) else self.one(node)

    def last(self, items: Sequence[Expression]) -> Run:
        """Return the closure of a list where one value is wanted: the checks let it come from a ``return`` alone."""
        *before, last = items
        return closures.last([self.any(each) for each in before], self.one(last)) if before else self.one(last)

    def many(self, node: Expression) -> Run:
        self.weight += 1
        match node:
            case Array():
                return variable(self.slots[node.start])
            case List(items=items):
                if len(items) == 1:
                    return self.many(items[0])
                return gathered([self.item(each) for each in items], self.budget, self.fail(node))
            case Range(low=low, high=high):
                budget = self.budget
                return closures.binary(
                    lambda first, last: span(first, last, budget), self.one(low), self.one(high), self.fail(node)
                )
            case Slice(source=source, indexes=indexes):
                of_list, budget = not isinstance(source, Array), self.budget
                values, chosen = self.many(source), self.many(indexes)
                return closures.binary(
                    lambda found, at: lists.chosen(found, at, of_list, budget), values, chosen, self.fail(node)
                )
            case Choice(cases=cases, otherwise=otherwise):
                compiled = [(self.condition(test), self.many(value)) for test, value in cases]
                return closures.choice(compiled, self.many(otherwise))
            case Logic(first=first, rest=rest):
                steps = [(sign, self.one(each)) for sign, each in rest[:-1]]
                steps.append((rest[-1][0], self.many(rest[-1][1])))
                return closures.either(self.one(first), steps, True)
            case Chain(first=List() as first, rest=(("x", often),)):
                budget = self.budget
                return closures.binary(
                    lambda values, count: repeat_list(values, count, budget),
                    self.many(first), self.one(often), self.fail(node),
                )  # fmt: skip
            case Block():
                return self.block(node)
            case Invocation(name=name) if name in PLURAL or name == "reverse":
                return self.list_function(node)
            case Invocation(name=name) if name not in PROTOTYPES:
                return self.invoke(node, MANY)
        single = self.one(node)
        return lambda frame: [single(frame)]

    def item(self, node: Expression) -> tuple[bool, Run]:
        """Return an item of a list: whether it is spread out, and its closure."""
        many = spreads(node)
        return many, self.many(node) if many else self.one(node)

    def unary(self, node: Unary) -> Run:
        if node.operator in ("!", "not"):
            operand = self.condition(node.operand)
            return lambda frame: not operand(frame)
        run = self.one(node.operand)
        return closures.unary(negate, run, self.fail(node)) if node.operator == "-" else run

    def comparison(self, node: Comparison) -> Run:
        runs = [self.one(each) for each in node.operands]
        operations = [COMPARISONS[sign] for sign in node.operators]
        if len(operations) == 1:
            return closures.comparison(node.operators[0], operations[0], runs[0], runs[1], self.budget, self.fail(node))
        return closures.compared(runs, operations, self.fail(node))

    # Chains of operators, and texts put together

    def chain(self, node: Chain | Interpolated) -> Run:
        if isinstance(node, Interpolated):
            return self.concatenation(self.parts(node), node)
        signs = {sign for sign, _ in node.rest}
        if signs == {"."}:
            parts = [part for each in (node.first, *(operand for _, operand in node.rest)) for part in self.parts(each)]
            return self.concatenation(parts, node)
        fail = self.fail(node)
        first = self.one(node.first)
        if len(node.rest) == 1 and node.rest[0][0] != "x":
            ((sign, operand),) = node.rest
            return closures.arithmetic(sign, ARITHMETIC[sign], first, self.one(operand), fail)
        return closures.folded(first, [(self.operation(sign), self.one(each)) for sign, each in node.rest], fail)

    def operation(self, sign: str) -> Callable[[Any, Any], Any]:
        budget = self.budget
        if sign == ".":
            return lambda left, right: concatenate((left, right), budget)
        if sign == "x":
            return lambda left, right: repeat(left, right, budget)
        return ARITHMETIC[sign]

    def parts(self, node: Expression) -> list[tuple[Expression, bool]]:
        """Return what a part of a concatenation is made of, and whether it stands in a string."""
        while isinstance(node, List) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, Interpolated):
            return [(part, True) for part in node.parts]
        return [(node, False)]

    def concatenation(self, parts: list[tuple[Expression, bool]], whole: Expression) -> Run:
        constants: list[Any] = []
        slots: list[tuple[int, int]] = []
        holes: list[tuple[int, Run]] = []
        fails: dict[int, Fail] = {}
        text: list[str] = []
        for part, in_string in parts:
            written = self.constant_text(part, in_string)
            if written is not None:
                text.append(written)
                continue
            constants.append("".join(text))
            text = []
            fails[len(constants)] = self.fail(part)
            if isinstance(part, Scalar):
                self.weight += 1
                slots.append((len(constants), self.slots[part.start]))
            elif isinstance(part, Array) and in_string:
                holes.append((len(constants), self.spaced(part)))
            else:
                holes.append((len(constants), self.one(part)))
            constants.append("")
        constants.append("".join(text))
        self.weight += 1
        return concatenation(constants, slots, holes, self.budget, self.fail(whole), fails)

    def constant_text(self, part: Expression, in_string: bool) -> str | None:
        """Return the text of a part that is always the same."""
        if isinstance(part, Literal) and part.value is not None:
            return text_of(part.value)
        if isinstance(part, Array) and in_string and part.start not in self.slots:
            return self.source.text[part.start : part.end]
        return None

    def spaced(self, part: Array) -> Run:
        values, budget = variable(self.slots[part.start]), self.budget
        return closures.unary(lambda found: lists.joined(found, budget), values, self.fail(part))

    # Calls: see calls.py

    def call(self, node: Invocation) -> Run:
        raise NotImplementedError

    def list_function(self, node: Invocation) -> Run:
        raise NotImplementedError

    def block(self, node: Block) -> Run:
        raise NotImplementedError

    def invoke(self, node: Invocation, want: str) -> Run:
        raise NotImplementedError
