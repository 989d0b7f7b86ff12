"""The check of expressions: names, numbers of arguments, and lists in the place of single values."""

from __future__ import annotations

from ...base.fault import nearest
from ...base.record import TYPE_CHECKING
from ...base.source import Span
from ..functions.signatures import PROTOTYPES, arity
from ..syntax.macros import Macro
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
from .arity import amount, amounts, defined
from .context import is_plural, spreads
from .names import NameChecker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..syntax.macros import NativeMacro
    from ..syntax.nodes import Expression


class ExpressionChecker(NameChecker):
    """Checks expressions by what is wanted of them: one value, any number, or either."""

    def any(self, node: Expression) -> None:
        self.many(node) if is_plural(node) else self.one(node)

    def one(self, node: Expression) -> None:
        match node:
            case List(items=(item,)):
                self.one(item)
            case Choice(cases=cases, otherwise=otherwise):
                for condition, value in cases:
                    self.one(condition)
                    self.one(value)
                self.one(otherwise)
            case List(items=items) if items:
                self.error("PM212", "a list stands where one value is wanted", node, "`join` makes a text of it")
                self.many(node)
            case Range():
                self.error("PM212", "a range stands where one value is wanted", node)
                self.many(node)
            case Block(name="sort") | Invocation(name="sort"):
                self.error("PM212", "a list stands where one value is wanted", node, "`join` makes a text of it")
                self.many(node)
            case Chain(first=first, rest=rest):
                self.one(first)
                for _, operand in rest:
                    self.one(operand)
            case _:
                self.many(node)

    def many(self, node: Expression) -> None:  # noqa: C901 — one case a kind of node
        match node:
            case Literal():
                pass
            case Scalar(name=name):
                self.variable(f"${name}", node)
            case Array(name=name) | Count(name=name):
                self.variable(f"@{name}", node)
            case Element(name=name, index=index):
                self.variable(f"@{name}", node)
                self.one(index)
            case Slice(source=source, indexes=indexes):
                self.many(source)
                self.many(indexes)
            case Interpolated(parts=parts):
                self.interpolated(parts)
            case List(items=items):
                for item in items:
                    self.many(item)
            case Unary(operand=operand):
                self.one(operand)
            case Chain(first=first, rest=rest):
                repeated = isinstance(first, List) and rest[0][0] == "x"
                self.many(first) if repeated else self.one(first)
                for _, operand in rest:
                    self.one(operand)
            case Logic(first=first, rest=rest):
                self.one(first)
                for _, operand in rest[:-1]:
                    self.one(operand)
                self.many(rest[-1][1])
            case Power(operands=operands) | Comparison(operands=operands):
                for operand in operands:
                    self.one(operand)
            case Range(low=low, high=high):
                self.one(low)
                self.one(high)
            case Choice(cases=cases, otherwise=otherwise):
                for condition, value in cases:
                    self.one(condition)
                    self.many(value)
                self.many(otherwise)
            case Invocation():
                self.invocation(node)
            case Block():
                self.block(node)

    def interpolated(self, parts: Sequence[Literal | Scalar | Array]) -> None:
        for part in parts:
            if isinstance(part, Scalar):
                self.variable(f"${part.name}", part)
            elif isinstance(part, Array) and self.scopes.find(f"@{part.name}"):
                self.variable(f"@{part.name}", part)

    def block(self, node: Block) -> None:
        self.many(node.source)
        self.scopes.open()
        for at, key in enumerate(("$a", "$b") if node.name == "sort" else ("$_",)):
            self.slots[node.start + at] = self.scopes.declare(key, "the block gives it its value").slot
        self.many(node.value) if node.name == "map" else self.one(node.value)
        self.scopes.close()

    def invocation(self, node: Invocation) -> None:
        if node.name in PROTOTYPES:
            self.function(node)
            return
        for argument in node.arguments:
            self.many(argument)
        span = Span(self.macro.source, node.start, node.end)
        mark = Span(self.macro.source, node.start, node.name_end)
        callee = self.macros.get(node.name)
        if callee is None:
            known = [*self.macros, *PROTOTYPES]
            close = nearest(node.name, known)
            hints = [f"did you mean `{close}`?"] if close else []
            self.diagnostics.error("PM203", f"unknown macro or function `{node.name}`", span, *hints, mark=mark)
            return
        self.calls.append((node.name, span))
        if not isinstance(callee, Macro) or callee.sound:
            self.count(node, callee)

    def function(self, node: Invocation) -> None:
        prototype = PROTOTYPES[node.name]
        if prototype.startswith("{"):
            self.error("PM208", f"`{node.name}` needs a block: `{node.name} {{ … }} @list`", node)
        least, most = arity(prototype)
        given = len(node.arguments)
        if given < least or (most is not None and given > most):
            self.error("PM208", f"`{node.name}` takes {amount(least, most)}, not {given}", node)
        kinds = prototype.replace("\\@", "\\").replace(";", "")
        for at, argument in enumerate(node.arguments):
            kind = kinds[min(at, len(kinds) - 1)]
            if kind == "\\":
                if not isinstance(argument, Array):
                    self.error("PM208", f"`{node.name}` needs an array variable", argument)
                else:
                    self.change(argument)
            elif kind == "@":
                self.many(argument)
            else:
                self.one(argument)

    def count(self, node: Invocation, callee: Macro | NativeMacro) -> None:
        """Check how many arguments a macro is given in code."""
        fixed = sum(1 for each in node.arguments if not spreads(each))
        given = "at least " if fixed < len(node.arguments) else ""
        least, most = amounts(callee)
        too_few = not given and fixed < least
        if too_few or (most is not None and fixed > most):
            message = f"`{callee.name}` takes {amount(least, most)}, not {given}{fixed}"
            self.error("PM208", message, node, defined(callee))
