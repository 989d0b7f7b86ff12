"""From the expressions of a checked macro to closures, for the contexts that Perl knows (perldata, "Context")."""

from __future__ import annotations

from functools import partial

from ...base import TYPE_CHECKING, Fault, Source, Span
from ..check import gives_list, spreads
from ..functions import FUNCTIONS, LIST, RESULT, SCALAR, TRUTH, Code, Frame, Function, Operation, Run, World
from ..syntax import Call, nodes
from ..values import entries, entry, operators, pairs, text_of
from . import closures
from .closures import Place, condition, constant, place, variable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol, TypeVar

    # What makes the closure of a call of another macro: from the call, the context, its arguments as a list, those that
    # have names, and where the call stands.
    Calling = Callable[[nodes.MacroCall | Call, str, Run, Sequence[Run], Span], Run]
    T = TypeVar("T")

    class Blocks(Protocol):
        """What compiles statements inside of expressions: see statements.py."""

        def program(self, body: nodes.Body) -> tuple[Run, int]: ...
        def declaring(self, statement: nodes.Declare) -> Run: ...

    class Patterns(Protocol):
        """What compiles patterns: see matches.py."""

        def pattern(self, node: nodes.Pattern) -> Run: ...
        def match(self, node: nodes.Match) -> Run: ...
        def matches(self, node: nodes.Match) -> Run: ...
        def split(self, node: nodes.FunctionCall) -> Run: ...
        def substitution(self, node: nodes.Substitution) -> Run: ...
        def transliteration(self, node: nodes.Transliteration) -> Run: ...


class Expressions:
    """Compiles the expressions of one macro.

    Args:
        source: the macro's text.
        world: what functions are given, with the budget.
        calling: compiles calls of other macros.
        statements: makes what compiles the statements in a block, and declarations, for a context.
        patterns: makes what compiles patterns.
        matched: the slot of what the macro's last match found; UNRESOLVED if it matches nothing.
    """

    def __init__(
        self,
        source: Source,
        world: World,
        calling: Calling,
        statements: Callable[[Expressions, str], Blocks],
        patterns: Callable[[Expressions], Patterns],
        matched: int = nodes.UNRESOLVED,
    ) -> None:
        self.source = source
        self.world = world
        self.budget = world.budget
        self.calling = calling
        self.statements = statements
        self.matched = matched
        self._patterns = patterns
        self.weight = 0  # steps of what has been compiled

    def weighed(self, compile_it: Callable[[], T]) -> tuple[T, int]:
        """Return what is compiled, and its weight in steps, which is charged for each time it runs."""
        before, self.weight = self.weight, 1
        compiled = compile_it()
        weight, self.weight = self.weight, before
        return compiled, weight

    def place(self, node: nodes.Node) -> Place:
        return place(self.source, node)

    def span(self, node: nodes.Node) -> Span:
        return Span(self.source, node.start, node.end)

    def result(self, node: nodes.Expression) -> Run:
        """Return the closure for a value that goes into the document: a list, if that is what is written."""
        while isinstance(node, nodes.List) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, nodes.MacroCall):
            return self.macro_call(node, RESULT)
        return self.in_either(node)

    def condition(self, node: nodes.Expression) -> Run:
        """Return a closure that tells whether an expression is true."""
        run = self.in_scalar(node)
        while isinstance(node, nodes.List) and len(node.items) == 1:
            node = node.items[0]
        truthy = isinstance(node, nodes.Match) or (isinstance(node, nodes.Unary) and node.operator in ("!", "not"))
        truthy = truthy or (isinstance(node, nodes.Comparison) and node.operators[-1] not in ("<=>", "cmp"))
        return run if truthy else condition(run)

    def in_scalar(self, node: nodes.Expression) -> Run:  # noqa: C901 — one case a kind of node
        self.weight += 1
        match node:
            case nodes.Literal(value=value):
                return constant(value)
            case nodes.Scalar():
                return variable(node.slot)
            case nodes.Interpolated() | nodes.Chain(rest=((".", _), *_)):
                return self.chain(node)
            case nodes.List(items=items):
                return self.last(items) if items else constant(None)
            case nodes.Array() | nodes.Hash():
                array = variable(node.slot)
                return lambda frame: len(array(frame))
            case nodes.Count():
                array = variable(node.slot)
                return lambda frame: len(array(frame)) - 1
            case nodes.Element():
                array = variable(node.slot)
                return closures.binary(operators.element, array, self.in_scalar(node.index), self.place(node))
            case nodes.Entry():
                return closures.binary(entry, variable(node.slot), self.in_scalar(node.key), self.place(node))
            case nodes.Capture():
                return self.capture(node)
            case nodes.Slice():
                values = self.in_list(node)
                return lambda frame: (values(frame) or [None])[-1]
            case nodes.Unary():
                return self.unary(node)
            case nodes.Chain():
                return self.chain(node)
            case nodes.Power(operands=operands):
                runs = [self.in_scalar(each) for each in operands]
                return closures.folded_right(runs, operators.ARITHMETIC["**"], self.place(node))
            case nodes.Logic(first=first, rest=rest):
                return closures.either(
                    self.in_scalar(first), [(sign, self.in_scalar(each)) for sign, each in rest], False
                )
            case nodes.Comparison():
                return self.comparison(node)
            case nodes.Choice(cases=cases, otherwise=otherwise):
                compiled = [(self.condition(test), self.in_scalar(value)) for test, value in cases]
                return closures.choice(compiled, self.in_scalar(otherwise))
            case nodes.FunctionCall():
                return self.call(node, SCALAR)
            case nodes.MacroCall():
                return self.macro_call(node, SCALAR)
            case Call():
                return self.nested(node)
            case nodes.Block() | nodes.Range():
                values = self.in_list(node)
                return lambda frame: len(values(frame))
            case nodes.Pattern():
                return self.matching.pattern(node)
            case nodes.Match():
                return self.matching.match(node)
            case nodes.Substitution():
                return self.matching.substitution(node)
            case nodes.Transliteration():
                return self.matching.transliteration(node)
            case nodes.Let(declaration=declaration):
                return self.statements(self, SCALAR).declaring(declaration)

    @property
    def matching(self) -> Patterns:
        """Compiles patterns."""
        return self._patterns(self)

    def capture(self, node: nodes.Capture) -> Run:
        """Return the closure of what a group of the last match found."""
        found, number = variable(node.slot), node.number

        def run(frame: Frame) -> Any:
            captures = found(frame)
            return captures[number] if captures is not None and number < len(captures) else None

        return run

    def in_either(self, node: nodes.Expression) -> Run:
        return self.in_list(node) if gives_list(node) else self.in_scalar(node)

    def last(self, items: Sequence[nodes.Expression]) -> Run:
        """Return the closure of a list where one value is wanted: the checks let it come from a ``return`` alone."""
        *before, last = items
        return (
            closures.last([self.in_either(each) for each in before], self.in_scalar(last))
            if before
            else self.in_scalar(last)
        )

    def in_list(self, node: nodes.Expression) -> Run:  # noqa: C901 — one case a kind of node
        self.weight += 1
        match node:
            case nodes.Array():
                return variable(node.slot)
            case nodes.Hash():
                budget = self.budget
                return closures.unary(lambda table: pairs(table, budget), variable(node.slot), self.place(node))
            case nodes.Match() if not node.negated:
                return self.matching.matches(node)
            case nodes.Let(declaration=declaration):
                first, names = self.in_scalar(node), self.in_list(nodes.List(node.start, node.end, declaration.names))
                return closures.last((first,), names)
            case nodes.List(items=items):
                if len(items) == 1:
                    return self.in_list(items[0])
                return closures.gathered([self.item(each) for each in items], self.budget, self.place(node))
            case nodes.Range(low=low, high=high):
                budget = self.budget
                return closures.binary(
                    lambda first, last: operators.span(first, last, budget),
                    self.in_scalar(low),
                    self.in_scalar(high),
                    self.place(node),
                )
            case nodes.Slice(source=nodes.Hash(slot=slot), indexes=indexes):
                budget = self.budget
                return closures.binary(
                    lambda table, keys: entries(table, keys, budget),
                    variable(slot),
                    self.in_list(indexes),
                    self.place(node),
                )
            case nodes.Slice(source=source, indexes=indexes):
                of_list, budget = not isinstance(source, nodes.Array), self.budget
                values, at = self.in_list(source), self.in_list(indexes)
                return closures.binary(
                    lambda found, wanted: operators.chosen(found, wanted, of_list, budget), values, at, self.place(node)
                )
            case nodes.Choice(cases=cases, otherwise=otherwise):
                compiled = [(self.condition(test), self.in_list(value)) for test, value in cases]
                return closures.choice(compiled, self.in_list(otherwise))
            case nodes.Logic(first=first, rest=rest):
                steps = [(sign, self.in_scalar(each)) for sign, each in rest[:-1]]
                steps.append((rest[-1][0], self.in_list(rest[-1][1])))
                return closures.either(self.in_scalar(first), steps, True)
            case nodes.Chain(first=nodes.List() as first, rest=(("x", often),)):
                budget = self.budget
                return closures.binary(
                    lambda values, count: operators.repeat_list(values, count, budget),
                    self.in_list(first), self.in_scalar(often), self.place(node),
                )  # fmt: skip
            case nodes.Block():
                return self.block(node)
            case nodes.MacroCall():
                return self.macro_call(node, LIST)
            case nodes.FunctionCall(name=name) if FUNCTIONS[name].gives_list:
                return self.call(node, LIST)
        single = self.in_scalar(node)
        return lambda frame: [single(frame)]

    def item(self, node: nodes.Expression) -> tuple[bool, Run]:
        """Return an item of a list: whether it is spread out, and its closure."""
        spread = spreads(node)
        return spread, self.in_list(node) if spread else self.in_scalar(node)

    def unary(self, node: nodes.Unary) -> Run:
        if node.operator in ("!", "not"):
            operand = self.condition(node.operand)
            return lambda frame: not operand(frame)
        run = self.in_scalar(node.operand)
        if node.operator != "-":
            return run
        budget = self.budget
        return closures.unary(lambda value: operators.negate(value, budget), run, self.place(node))

    def comparison(self, node: nodes.Comparison) -> Run:
        runs = [self.in_scalar(each) for each in node.operands]
        operations = [operators.COMPARISONS[sign] for sign in node.operators]
        if len(operations) == 1:
            return closures.comparison(
                node.operators[0], operations[0], runs[0], runs[1], self.budget, self.place(node)
            )
        return closures.compared(runs, operations, self.budget, self.place(node))

    # Chains of operators, and texts put together

    def chain(self, node: nodes.Chain | nodes.Interpolated) -> Run:
        if isinstance(node, nodes.Interpolated):
            return self.concatenation(self.parts(node), node)
        signs = {sign for sign, _ in node.rest}
        if signs == {"."}:
            parts = [part for each in (node.first, *(operand for _, operand in node.rest)) for part in self.parts(each)]
            return self.concatenation(parts, node)
        where = self.place(node)
        first = self.in_scalar(node.first)
        if len(node.rest) == 1 and node.rest[0][0] != "x":
            ((sign, operand),) = node.rest
            return closures.arithmetic(sign, operators.ARITHMETIC[sign], first, self.in_scalar(operand), where)
        if "." in signs:
            where = _binding_alike(where)
        return closures.folded(first, [(self.operation(sign), self.in_scalar(each)) for sign, each in node.rest], where)

    def operation(self, sign: str) -> Operation:
        budget = self.budget
        if sign == ".":
            return lambda left, right: operators.concatenate((left, right), budget)
        if sign == "x":
            return lambda left, right: operators.repeat(left, right, budget)
        return operators.ARITHMETIC[sign]

    def parts(self, node: nodes.Expression) -> list[tuple[nodes.Expression, bool]]:
        """Return what a part of a concatenation is made of, and whether it stands in a string."""
        while isinstance(node, nodes.List) and len(node.items) == 1:
            node = node.items[0]
        if isinstance(node, nodes.Interpolated):
            return [(part, True) for part in node.parts]
        return [(node, False)]

    def concatenation(self, parts: list[tuple[nodes.Expression, bool]], whole: nodes.Node) -> Run:
        constants: list[Any] = []
        slots: list[tuple[int, int]] = []
        holes: list[tuple[int, Run]] = []
        places: dict[int, Place] = {}
        text: list[str] = []
        for part, in_string in parts:
            written = self.constant_text(part, in_string)
            if written is not None:
                text.append(written)
                continue
            constants.append("".join(text))
            text = []
            places[len(constants)] = self.place(part)
            if isinstance(part, nodes.Scalar):
                self.weight += 1
                slots.append((len(constants), part.slot))
            elif isinstance(part, Call):
                holes.append((len(constants), self.nested_text(part)))
            elif isinstance(part, nodes.Array) and in_string:
                holes.append((len(constants), self.spaced(part)))
            else:
                holes.append((len(constants), self.in_scalar(part)))
            constants.append("")
        constants.append("".join(text))
        self.weight += 1
        return closures.concatenation(constants, slots, holes, self.budget, self.place(whole), places)

    def constant_text(self, part: nodes.Expression, in_string: bool) -> str | None:
        """Return the text of a part that is always the same."""
        if isinstance(part, nodes.Literal) and part.value is not None:
            return text_of(part.value)
        if isinstance(part, (nodes.Array, nodes.Capture)) and in_string and part.slot == nodes.UNRESOLVED:
            return self.source.text[part.start : part.end]
        return None

    def spaced(self, part: nodes.Array) -> Run:
        values, budget = variable(part.slot), self.budget
        return closures.unary(lambda found: operators.joined(found, budget), values, self.place(part))

    def joined(self, parts: Sequence[nodes.Expression], whole: nodes.Node) -> Run:
        """Return the closure of the parts of a text, one after the other."""
        return self.concatenation([(part, True) for part in parts], whole)

    # Calls

    def written(self, value: Any) -> Run:
        """Return the closure of what a call in the text of a document or a template gives a parameter."""
        return self.in_scalar(value) if isinstance(value, nodes.Node) else constant(value)  # type: ignore[arg-type]

    def nested(self, call: Call) -> Run:
        """Return the closure of a call in an argument of another call, or in a template."""
        arguments = [(False, self.written(each)) for each in call.values or ()]
        values = closures.gathered(arguments, self.budget, self.place(call))
        run, budget = self.calling(call, RESULT, values, (), call.span), self.budget

        def value(frame: Frame) -> Any:
            found = run(frame)
            if type(found) is not list:
                return found
            given = [each for each in found if each is not None]
            return operators.concatenate(given, budget) if len(given) != 1 else given[0]

        return closures.placed(value, self.place(call))

    def nested_text(self, call: Call) -> Run:
        """Do so with text around it: a call that gives nothing adds nothing."""
        run = self.nested(call)

        def text(frame: Frame) -> Any:
            found = run(frame)
            return "" if found is None else found

        return text

    def macro_call(self, node: nodes.MacroCall, context: str) -> Run:
        """Return the closure of a call of a macro."""
        named = [self.in_scalar(each.value) for each in node.named]
        return self.calling(node, context, self.arguments(node.arguments), named, self.span(node))

    def call(self, node: nodes.FunctionCall, context: str) -> Run:
        """Return the closure of a call of a function."""
        function = FUNCTIONS[node.name]
        if function.pattern and isinstance(node.arguments[0], nodes.Pattern):
            values = self.matching.split(node)
            return values if context == LIST else lambda frame: len(values(frame))
        if function.gives_list and context == SCALAR:
            if function.scalar is None:
                values = self.function(node, function, function.run)
                return lambda frame: len(values(frame))
            return self.function(node, function, function.scalar)
        return self.function(node, function, function.run)

    def function(self, node: nodes.FunctionCall, function: Function, run: Operation | None) -> Run:
        """Return the closure of a call of a function, which ``run`` does."""
        assert run is not None
        arguments = self.prototyped(node, function)
        if function.inline is not None:
            return function.inline(arguments[0])
        if function.wants_span:
            run = partial(run, span=self.span(node))
        if not function.pays:
            return closures.called(run, self.world, arguments, self.place(node))
        operation = partial(run, self.world)
        if len(arguments) == 1:
            return closures.unary(operation, arguments[0], self.place(node))
        left, right = arguments
        return closures.binary(operation, left, right, self.place(node))

    def prototyped(self, node: nodes.FunctionCall, function: Function) -> list[Run]:
        """Return the closures of a function's arguments, as its prototype takes them."""
        runs: list[Run] = []
        for at, kind in enumerate(function.kinds):
            if kind == "@":
                return [*runs, self.arguments(node.arguments[at:])]
            if at < len(node.arguments):
                argument = node.arguments[at]
                runs += [self.in_scalar(argument)] if kind == "$" else self.variable(argument)
        return runs

    def variable(self, node: nodes.Expression) -> list[Run]:
        """Return the closures of an array or a table itself, to be changed; of a value of a table, that and the key."""
        while isinstance(node, nodes.List) and len(node.items) == 1:
            node = node.items[0]
        assert isinstance(node, nodes.Name)
        return [variable(node.slot), *([self.in_scalar(node.key)] if isinstance(node, nodes.Entry) else [])]

    def arguments(self, arguments: Sequence[nodes.Expression]) -> Run:
        """Return the closure of the list that some arguments make together."""
        if len(arguments) == 1:
            return self.in_list(arguments[0])
        first, last = (arguments[0].start, arguments[-1].end) if arguments else (0, 0)
        where = place(self.source, nodes.Node(first, last))
        return closures.gathered([self.item(each) for each in arguments], self.budget, where)

    def block(self, node: nodes.Block) -> Run:
        """Return the closure of a function with a block, such as ``map``."""
        use = FUNCTIONS[node.name].block
        assert use is not None
        values, budget, change = self.in_list(node.source), self.budget, use.run
        code, weight = self.code(node.body, use.context)
        slots = tuple(each.slot for each in node.variables)

        def run(frame: Frame) -> Any:
            return change(values(frame), Code(frame, slots, code, weight), budget)

        return closures.placed(run, self.place(node))

    def code(self, body: nodes.Body, context: str) -> tuple[Run, int]:
        """Return the closure of a block's value, and its weight in steps. What it matches is forgotten behind it."""
        contexts = {SCALAR: self.in_scalar, LIST: self.in_list, TRUTH: self.condition}
        match body.statements:
            case (nodes.Evaluate(value=value),):
                run, weight = self.weighed(lambda: contexts[context](value))
            case _:
                run, weight = self.statements(self, LIST if context == LIST else SCALAR).program(body)
                run = condition(run) if context == TRUTH else run
        return closures.keeping(run, self.matched) if self.matched != nodes.UNRESOLVED else run, weight


def _binding_alike(place_of: Place) -> Place:
    """Add to the fault of a text that is no number, in a chain with `.`, what its author may not have thought of."""

    def explained(fault: Fault) -> Fault:
        if fault.code == "PM301" and fault.span is None:
            fault.hints += ("`.`, `+` and `-` bind alike, from the left: put what is to be added in parentheses",)
        return place_of(fault)

    return explained
