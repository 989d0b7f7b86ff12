"""The checks of one macro before anything runs: names, arguments, lists in the place of values, dead code.

What it finds out about variables, the slot of each, is all that the compiler needs besides the tree.
"""

from __future__ import annotations

import re

from ..diagnostics.model import Diagnostics, nearest
from ..records import TYPE_CHECKING, record
from ..text import Span
from .macros import BODY, Macro
from .nodes import (
    Array,
    Assign,
    Block,
    Body,
    Chain,
    Choice,
    Comparison,
    Count,
    Declare,
    Element,
    Evaluate,
    For,
    If,
    Interpolated,
    Invocation,
    Jump,
    List,
    Literal,
    Logic,
    Power,
    Range,
    Return,
    Scalar,
    Slice,
    Unary,
)
from .scopes import Scopes
from .shapes import is_plural, spreads
from .signatures import PROTOTYPES, arity
from .templates import Template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .macros import NativeMacro
    from .nodes import Expression, Statement, Target
    from .scopes import Variable


@record
class Checked:
    """What is known of a macro after its check."""

    slots: dict[int, int]  # the offset of a variable in the text → its place in the frame
    size: int  # of the frame
    calls: tuple[tuple[str, Span], ...]  # macros that it calls
    uses_body: bool


def check(
    macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics, warn: bool = True
) -> Checked:
    """Report every fault of a macro that can be known before it runs. Warnings are for the author's own macros."""
    return _Checker(macro, macros, diagnostics).run(warn)


class _Checker:
    def __init__(self, macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics) -> None:
        self.macro = macro
        self.macros = macros
        self.diagnostics = diagnostics
        self.scopes = Scopes()
        self.slots: dict[int, int] = {}
        self.calls: list[tuple[str, Span]] = []
        self.loops = 0

    def run(self, warn: bool) -> Checked:
        body = self.scopes.declare(f"${BODY}")
        parameters = []
        for each in self.macro.parameters:
            if each.default is not None:
                self.one(each.default)
            parameters.append((each, self.scopes.declare(str(each))))
            if each.name == BODY and not each.many:
                body = parameters[-1][1]
        if isinstance(self.macro.body, Template):
            self.template(self.macro.body, warn)
        else:
            self.scopes.open()
            self.statements(self.macro.body.statements)
        for parameter, variable in parameters:
            if warn and not variable.used and self.macro.sound and parameter.name != "_":
                message = f"parameter `{parameter}` of `{self.macro.name}` is never used"
                self.diagnostics.warning("PM207", message, parameter.span)
        return Checked(self.slots, self.scopes.size, tuple(self.calls), body.used)

    def template(self, template: Template, warn: bool) -> None:
        for part in template.parts:
            if isinstance(part, Scalar):
                self.variable(f"${part.name}", part)
        known = [f"${each.name}" for each in self.macro.parameters if not each.many and len(each.name) > 2]
        for other in template.others if warn else ():
            close = nearest(f"${other.name}", known)
            if close:
                self.diagnostics.warning(
                    "PM214", f"`${other.name}` is no parameter, and stays text", self.span(other),
                    f"did you mean `{close}`?",
                )  # fmt: skip

    # Statements

    def statements(self, statements: Sequence[Statement]) -> None:
        ended = False
        for statement in statements:
            if ended:
                self.error("PM209", "statement is never reached", statement)
            ended = False
            self.statement(statement)
            ended = _ends(statement)

    def body(self, body: Body) -> None:
        self.scopes.open()
        self.statements(body.statements)
        self.scopes.close()

    def statement(self, statement: Statement) -> None:
        match statement:
            case Declare():
                self.declare(statement)
            case Assign():
                self.assign(statement)
            case Return(value=value):
                if value is not None:
                    self.any(value)
            case Evaluate(value=value):
                self.any(value)
            case If(cases=cases, otherwise=otherwise):
                for condition, _, body in cases:
                    self.one(condition)
                    self.body(body)
                if otherwise is not None:
                    self.body(otherwise)
            case For():
                self.loop(statement)
            case Jump(word=word):
                if not self.loops:
                    self.error("PM104", f"`{word}` stands in no loop", statement)

    def declare(self, statement: Declare) -> None:
        if statement.value is not None:
            if statement.several or isinstance(statement.names[0], Array):
                self.many(statement.value)
            else:
                self.one(statement.value)
        for name in statement.names:
            key = f"{'@' if isinstance(name, Array) else '$'}{name.name}"
            self.slots[name.start] = self.scopes.declare(key).slot

    def assign(self, statement: Assign) -> None:
        target = statement.target
        if isinstance(target, Array) and statement.operator not in ("=", "x="):
            self.error("PM212", f"`{statement.operator}` takes one value, no array", target)
        if isinstance(target, Array) and statement.operator == "=":
            self.many(statement.value)
        else:
            self.one(statement.value)
        if isinstance(target, Element):
            self.one(target.index)
        self.change(target, declare=not isinstance(target, Element))

    def change(self, target: Target, declare: bool = False) -> None:
        """Check what is assigned to, or changed by a function."""
        key = f"{'$' if isinstance(target, Scalar) else '@'}{target.name}"
        found = self.scopes.find(key)
        if found is not None and found.fixed:
            hint = f"copy it first: `my {key[0]}copy = {key};`"
            self.error("PM211", f"`{key}` can't be changed here: {found.fixed}", target, hint)
        self.variable(key, target, declare)

    def loop(self, statement: For) -> None:
        self.many(statement.source)
        self.scopes.open()
        key = f"${statement.variable.name}"
        self.slots[statement.variable.start] = self.scopes.declare(key, "the loop gives it its value").slot
        sources = [variable for variable in self.sources(statement.source) if not variable.fixed]
        for variable in sources:
            variable.fixed = "the loop goes over it"
        self.loops += 1
        self.body(statement.body)
        self.loops -= 1
        for variable in sources:
            variable.fixed = ""
        self.scopes.close()

    def sources(self, node: Expression) -> list[Variable]:
        """Return the variables that a loop goes over. In Perl the loop's own variable is another name for them."""
        match node:
            case List(items=items):
                return [found for item in items for found in self.sources(item)]
            case Choice(cases=cases, otherwise=otherwise):
                return [found for _, value in cases for found in self.sources(value)] + self.sources(otherwise)
            case Slice(source=source):
                return self.sources(source)
            case Scalar(name=name):
                found = self.scopes.find(f"${name}")
            case Array(name=name) | Element(name=name):
                found = self.scopes.find(f"@{name}")
            case _:
                return []
        return [found] if found else []

    # Expressions, by what is wanted of them: one value, any number, or either

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
            self.error("PM208", f"`{node.name}` takes {_amount(least, most)}, not {given}", node)
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
            message = f"`{callee.name}` takes {_amount(least, most)}, not {given}{fixed}"
            self.error("PM208", message, node, defined(callee))

    # Helpers

    def may_be_declared(self, key: str) -> bool:
        """Whether a statement that could not be read seems to declare a variable."""
        return re.search(rf"\b(?:my|for|foreach)\b[^;=]*\{key}\b", self.macro.source.text) is not None

    def variable(self, key: str, node: Expression, declare: bool = False) -> None:
        found = self.scopes.find(key)
        if found is None:
            if not self.macro.sound and self.may_be_declared(key):
                return
            hint = self.scopes.hint(key) or (f"declare it: `my {key} = …;`" if declare else "")
            self.error("PM201", f"unknown variable `{key}`", node, *filter(None, [hint]))
            return
        found.used = True
        self.slots[node.start] = found.slot

    def span(self, node: Expression | Statement) -> Span:
        return Span(self.macro.source, node.start, node.end)

    def error(self, code: str, message: str, node: Expression | Statement, *hints: str) -> None:
        self.diagnostics.error(code, message, self.span(node), *hints)


def amounts(macro: Macro | NativeMacro) -> tuple[int, int | None]:
    """Return how many arguments a macro takes at least and at most; None: any number."""
    single = [each for each in macro.parameters if not each.many]
    least = sum(1 for each in single if each.default is None)
    return least, None if len(single) < len(macro.parameters) else len(single)


def _amount(least: int, most: int | None) -> str:
    if most is None:
        return f"at least {least} argument{'' if least == 1 else 's'}"
    if least == most:
        return "no arguments" if not most else f"{most} argument{'' if most == 1 else 's'}"
    return f"{least} to {most} arguments"


def defined(macro: Macro | NativeMacro) -> str:
    """Return a hint that shows a macro's signature and where it is defined."""
    if not isinstance(macro, Macro):
        return f"`{macro.signature()}`"
    line, _ = macro.source.position(macro.name_span.start)
    return f"`{macro.signature()}`, defined at {macro.source.name}:{line}"


def _ends(statement: Statement) -> bool:
    """Whether what follows a statement in its block can't be reached."""
    match statement:
        case Return() | Jump():
            return True
        case If(cases=cases, otherwise=otherwise):
            bodies = [body for _, _, body in cases] + ([otherwise] if otherwise is not None else [])
            return otherwise is not None and all(body.statements and _ends(body.statements[-1]) for body in bodies)
    return False
