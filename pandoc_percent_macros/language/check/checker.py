"""The checks of one macro before anything runs: names, arguments, lists in the place of values, dead code.

What it finds out about variables, the slot of each, is all that the compiler needs besides the tree.
"""

from __future__ import annotations

from ...base.fault import Diagnostics, nearest
from ...base.record import TYPE_CHECKING, Record
from ...base.source import Span
from ..syntax.macros import BODY, Macro, single
from ..syntax.nodes import (
    Array,
    Assign,
    Body,
    Choice,
    Declare,
    Element,
    Evaluate,
    For,
    If,
    Jump,
    List,
    Return,
    Scalar,
    Slice,
)
from ..syntax.templates import Template
from .expression_checker import ExpressionChecker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..syntax.macros import NativeMacro
    from ..syntax.nodes import Expression, Statement
    from .scopes import Variable


class Checked(Record):
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


class _Checker(ExpressionChecker):
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
        for span in self.macro.lookalikes if warn else ():
            self.lookalike(span)
        return Checked(self.slots, self.scopes.size, tuple(self.calls), body.used)

    def lookalike(self, span: Span) -> None:
        sign = {"t": "a tab", "n": "a line feed", "r": "a carriage return", "e": "an escape character"}[span.text[1]]
        hint = f"write two backslashes: `\\{span.text}`"
        self.diagnostics.warning("PM109", f"`{span.text}` in a string begins with {sign}", span, hint)

    def template(self, template: Template, warn: bool) -> None:
        for part in template.parts:
            if isinstance(part, Scalar):
                self.variable(f"${part.name}", part)
        known = [f"${each.name}" for each in single(self.macro) if len(each.name) > 2]
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


def _ends(statement: Statement) -> bool:
    """Whether what follows a statement in its block can't be reached."""
    match statement:
        case Return() | Jump():
            return True
        case If(cases=cases, otherwise=otherwise):
            bodies = [body for _, _, body in cases] + ([otherwise] if otherwise is not None else [])
            return otherwise is not None and all(body.statements and _ends(body.statements[-1]) for body in bodies)
    return False
