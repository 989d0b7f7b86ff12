"""The check of one macro before anything runs: names, arguments, lists in the place of values, dead code.

It writes the slot of each variable into the tree. A slot is a place in the macro's frame, and a frame is a list: what
the macro returns, its ``$body``, its parameters in their order, then every other variable that it declares. An array
is a list in its slot; all else is a value (see values/pieces.py).
"""

from __future__ import annotations

import re

from ...base import ERROR, TYPE_CHECKING, Diagnostics, Record, Span, nearest
from ..functions import FUNCTIONS, LIST
from ..syntax import (
    BODY,
    Call,
    Macro,
    NativeMacro,
    Template,
    Text,
    amount,
    amounts,
    calls_in,
    defined,
    nodes,
    read_template,
    single,
    variables_in,
)
from .binding import check_call

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


RETURNED, BODY_SLOT, FIRST = 0, 1, 2  # slots: of the value that is returned, of $body, of the first parameter


class Checked(Record):
    """What is known of a macro after its check, besides the slots in its tree."""

    size: int  # of the frame: how many slots
    calls: tuple[tuple[str, Span], ...]  # macros that it calls, with the places of the calls
    uses_body: bool
    comments: tuple[Span, ...] = ()  # names in a template that look like calls, and that no macro has


def check_macro(
    macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics, warn: bool = True
) -> Checked:
    """Report every fault of a macro that can be known before it runs, and resolve its variables.

    Args:
        macro: the macro, which may have been read with faults.
        macros: all that it may call, by name.
        diagnostics: takes the faults.
        warn: whether to warn, too: of the author's own macros alone.
    """
    return _Checker(macro, macros, diagnostics).run(warn)


class Variable:
    """A declared variable."""

    __slots__ = ("fixed", "slot", "used")

    def __init__(self, slot: int, fixed: str = "") -> None:
        self.slot = slot
        self.used = False
        self.fixed = fixed  # why it can't be changed here, if it can't


class Scopes:
    """The names that are known at a place of a macro. A key is a name with its sign: ``$x``, ``@l``."""

    def __init__(self) -> None:
        self._scopes: list[dict[str, Variable]] = [{}]
        self.size = FIRST - 1

    def open(self) -> None:
        self._scopes.append({})

    def close(self) -> None:
        self._scopes.pop()

    def declare(self, key: str, fixed: str = "") -> Variable:
        variable = Variable(self.size, fixed)
        self.size += 1
        self._scopes[-1][key] = variable
        return variable

    def find(self, key: str) -> Variable | None:
        for scope in reversed(self._scopes):
            if key in scope:
                return scope[key]
        return None

    @property
    def names(self) -> list[str]:
        """Those of the single values that are known."""
        return [key[1:] for scope in self._scopes for key in scope if key[0] == "$"]

    def hint(self, key: str) -> str | None:
        """Return what a name that is not known may mean."""
        known = [each for scope in self._scopes for each in scope]
        other = ("@" if key[0] == "$" else "$") + key[1:]
        if other in known:
            return f"`{other}` is declared: " + (
                f"an element of it is `{key}[0]`" if key[0] == "$" else "it holds a single value"
            )
        close = nearest(key, known)
        return f"did you mean `{close}`?" if close else None


class _Checker:
    """The check of one macro. Expressions are checked for the context that they stand in (perldata, "Context")."""

    def __init__(self, macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics) -> None:
        self.macro = macro
        self.macros = macros
        self.diagnostics = diagnostics
        self.scopes = Scopes()
        self.calls: list[tuple[str, Span]] = []
        self.comments: list[Span] = []
        self.loops = 0
        self.warn = False

    def run(self, warn: bool) -> Checked:
        self.warn = warn
        body = self.scopes.declare(f"${BODY}")
        parameters = []
        for each in self.macro.parameters:
            if each.default is not None:
                self.in_scalar(each.default)
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
        return Checked(self.scopes.size, tuple(self.calls), body.used, tuple(self.comments))

    def lookalike(self, span: Span) -> None:
        sign = {"t": "a tab", "n": "a line feed", "r": "a carriage return", "e": "an escape character"}[span.text[1]]
        hint = f"write two backslashes: `\\{span.text}`"
        self.diagnostics.warning("PM109", f"`{span.text}` in a string begins with {sign}", span, hint)

    def template(self, template: Template, warn: bool) -> None:
        """Read the text of a template, now that it is known which names macros have, and check the calls in it."""
        text = read_template(self.macro.source, template, frozenset(self.scopes.names), self.macros)
        template.resolve(text.parts, text.depth)
        for fault in text.faults:
            self.diagnostics.add(fault)
        for part in template.parts:
            if isinstance(part, nodes.Scalar):
                self.variable(f"${part.name}", part)
            elif isinstance(part, Call):
                self.written(part, warn)
        if warn:
            self.lookalikes(text)
        self.comments += [Span(self.macro.source, start, end) for start, end in text.comments]

    def written(self, call: Call, warn: bool) -> None:
        """Check a call in the text of a template, and the calls in its arguments."""
        for each in calls_in(call):
            for found in check_call(each, self.macros):
                if warn or found.severity == ERROR:
                    self.diagnostics.add(found)
            if each.name in self.macros:
                self.calls.append((each.name, each.span))
            for part in variables_in(each):
                self.variable(f"${part.name}", part)

    def lookalikes(self, text: Text) -> None:
        """Warn of what is text, and nearly a parameter or a call."""
        known = [f"${each.name}" for each in single(self.macro) if len(each.name) > 2]
        for other in text.others:
            if close := nearest(f"${other.name}", known):
                self.diagnostics.warning(
                    "PM214", f"`${other.name}` is not a parameter, and stays text", self.span(other),
                    f"did you mean `{close}`?",
                )  # fmt: skip
        for each in text.doubtful:
            message = f"`${each.name}` is the parameter here, and the sign behind it is text"
            hint = f"mathematics is written `$${{{each.name}}}$`, the parameter in a text `${{{each.name}}}`"
            self.diagnostics.warning("PM217", message, self.span(each), hint)
        known = [name for name in self.macros if len(name) > 2]
        for start, end in text.comments:
            name = self.macro.source.text[start + 2 : end]
            if close := nearest(name, known):
                span = Span(self.macro.source, start, end)
                message = f"`%%{name}` calls no macro, and is a comment of TeX's"
                self.diagnostics.warning("PM214", message, span, f"did you mean `%%{close}`?")

    # Statements

    def statements(self, statements: Sequence[nodes.Statement]) -> None:
        ended = False
        for statement in statements:
            if ended:
                self.error("PM209", "statement is never reached", statement)
            ended = False
            self.statement(statement)
            ended = _ends(statement)

    def body(self, body: nodes.Body) -> None:
        self.scopes.open()
        self.statements(body.statements)
        self.scopes.close()

    def statement(self, statement: nodes.Statement) -> None:
        match statement:
            case nodes.Declare():
                self.declare(statement)
            case nodes.Assign():
                self.assign(statement)
            case nodes.Return(value=value):
                if value is not None:
                    self.in_either(value)
            case nodes.Evaluate(value=value):
                self.in_either(value)
            case nodes.If(cases=cases, otherwise=otherwise):
                for condition, _, body in cases:
                    self.in_scalar(condition)
                    self.body(body)
                if otherwise is not None:
                    self.body(otherwise)
            case nodes.For():
                self.loop(statement)
            case nodes.Jump(word=word):
                if not self.loops:
                    self.error("PM104", f"`{word}` is outside of a loop", statement)

    def declare(self, statement: nodes.Declare) -> None:
        if statement.value is not None:
            if statement.several or isinstance(statement.names[0], nodes.Array):
                self.in_list(statement.value)
            else:
                self.in_scalar(statement.value)
        for name in statement.names:
            key = f"{'@' if isinstance(name, nodes.Array) else '$'}{name.name}"
            name.resolve(self.scopes.declare(key).slot)

    def assign(self, statement: nodes.Assign) -> None:
        target = statement.target
        if isinstance(target, nodes.Array) and statement.operator not in ("=", "x="):
            self.error("PM212", f"`{statement.operator}` takes one value, not an array", target)
        if isinstance(target, nodes.Array) and statement.operator == "=":
            self.in_list(statement.value)
        else:
            self.in_scalar(statement.value)
        if isinstance(target, nodes.Element):
            self.in_scalar(target.index)
        self.change(target, declare=not isinstance(target, nodes.Element))

    def loop(self, statement: nodes.For) -> None:
        self.in_list(statement.source)
        self.scopes.open()
        key = f"${statement.variable.name}"
        statement.variable.resolve(self.scopes.declare(key, "the loop sets it").slot)
        sources = [variable for variable in self.sources(statement.source) if not variable.fixed]
        for variable in sources:
            variable.fixed = "the loop goes over it"
        self.loops += 1
        self.body(statement.body)
        self.loops -= 1
        for variable in sources:
            variable.fixed = ""
        self.scopes.close()

    def sources(self, node: nodes.Expression) -> list[Variable]:
        """Return the variables that a loop goes over. In Perl the loop's own variable is another name for them."""
        match node:
            case nodes.List(items=items):
                return [found for item in items for found in self.sources(item)]
            case nodes.Choice(cases=cases, otherwise=otherwise):
                return [found for _, value in cases for found in self.sources(value)] + self.sources(otherwise)
            case nodes.Slice(source=source):
                return self.sources(source)
            case nodes.Scalar(name=name):
                found = self.scopes.find(f"${name}")
            case nodes.Array(name=name) | nodes.Element(name=name):
                found = self.scopes.find(f"@{name}")
            case _:
                return []
        return [found] if found else []

    # Expressions

    def in_either(self, node: nodes.Expression) -> None:
        if isinstance(node, nodes.CallExpression) and node.name == "reverse" and self.warn:
            self.reversed(node)
        self.in_list(node) if gives_list(node) else self.in_scalar(node)

    def reversed(self, node: nodes.CallExpression) -> None:
        """Warn of the list of one value, reversed: what the document is given of it is that value."""
        if len(node.arguments) == 1 and not spreads(node.arguments[0]):
            message = "in the document `reverse` of a single value is that value"
            self.diagnostics.warning("PM220", message, self.span(node), "for its characters write `scalar(reverse(…))`")

    def in_scalar(self, node: nodes.Expression) -> None:
        match node:
            case nodes.List(items=(item,)):
                self.in_scalar(item)
            case nodes.Choice(cases=cases, otherwise=otherwise):
                for condition, value in cases:
                    self.in_scalar(condition)
                    self.in_scalar(value)
                self.in_scalar(otherwise)
            case nodes.List(items=items) if items:
                self.error("PM212", "a list stands where one value is wanted", node, "`join` makes one text of it")
                self.in_list(node)
            case nodes.Range():
                self.error("PM212", "a range stands where one value is wanted", node)
                self.in_list(node)
            case nodes.Block(name="sort") | nodes.CallExpression(name="sort"):
                self.error("PM212", "a list stands where one value is wanted", node, "`join` makes one text of it")
                self.in_list(node)
            case nodes.Chain(first=first, rest=rest):
                self.in_scalar(first)
                for _, operand in rest:
                    self.in_scalar(operand)
            case _:
                self.in_list(node)

    def in_list(self, node: nodes.Expression) -> None:  # noqa: C901 — one case a kind of node
        match node:
            case nodes.Literal():
                pass
            case nodes.Scalar(name=name):
                self.variable(f"${name}", node)
            case nodes.Array(name=name) | nodes.Count(name=name):
                self.variable(f"@{name}", node)
            case nodes.Element(name=name, index=index):
                self.variable(f"@{name}", node)
                self.in_scalar(index)
            case nodes.Slice(source=source, indexes=indexes):
                self.in_list(source)
                self.in_list(indexes)
            case nodes.Interpolated(parts=parts):
                self.interpolated(parts)
            case nodes.List(items=items):
                for item in items:
                    self.in_list(item)
            case nodes.Unary(operand=operand):
                self.in_scalar(operand)
            case nodes.Chain(first=first, rest=rest):
                repeated = isinstance(first, nodes.List) and rest[0][0] == "x"
                self.in_list(first) if repeated else self.in_scalar(first)
                for _, operand in rest:
                    self.in_scalar(operand)
            case nodes.Logic(first=first, rest=rest):
                self.in_scalar(first)
                for _, operand in rest[:-1]:
                    self.in_scalar(operand)
                self.in_list(rest[-1][1])
            case nodes.Power(operands=operands) | nodes.Comparison(operands=operands):
                for operand in operands:
                    self.in_scalar(operand)
            case nodes.Range(low=low, high=high):
                self.in_scalar(low)
                self.in_scalar(high)
            case nodes.Choice(cases=cases, otherwise=otherwise):
                for condition, value in cases:
                    self.in_scalar(condition)
                    self.in_list(value)
                self.in_list(otherwise)
            case nodes.CallExpression():
                self.call(node)
            case nodes.Block():
                self.block(node)

    def interpolated(self, parts: Sequence[nodes.Literal | nodes.Scalar | nodes.Array | Call]) -> None:
        for part in parts:
            if isinstance(part, nodes.Scalar):
                self.variable(f"${part.name}", part)
            elif isinstance(part, nodes.Array) and self.scopes.find(f"@{part.name}"):
                self.variable(f"@{part.name}", part)

    def block(self, node: nodes.Block) -> None:
        self.in_list(node.source)
        self.scopes.open()
        for each in node.variables:
            each.resolve(self.scopes.declare(f"${each.name}", "the block sets it").slot)
        use = FUNCTIONS[node.name].block
        assert use is not None
        self.in_list(node.value) if use.context == LIST else self.in_scalar(node.value)
        self.scopes.close()

    def call(self, node: nodes.CallExpression) -> None:
        if node.name in FUNCTIONS:
            self.function(node)
            return
        for argument in node.arguments:
            self.in_list(argument)
        span = Span(self.macro.source, node.start, node.end)
        mark = Span(self.macro.source, node.start, node.name_end)
        callee = self.macros.get(node.name)
        if callee is None:
            known = [*self.macros, *FUNCTIONS]
            close = nearest(node.name, known)
            hints = [f"did you mean `{close}`?"] if close else []
            self.diagnostics.error("PM203", f"unknown macro or function `{node.name}`", span, *hints, mark=mark)
            return
        self.calls.append((node.name, span))
        if not isinstance(callee, Macro) or callee.sound:
            self.count(node, callee)

    def function(self, node: nodes.CallExpression) -> None:
        function = FUNCTIONS[node.name]
        if function.run is None:
            self.error("PM208", f"`{node.name}` needs a block: `{node.name} {{ … }} @list`", node)
        least, most = function.arity
        given = len(node.arguments)
        if given < least or (most is not None and given > most):
            self.error("PM208", f"`{node.name}` takes {amount(least, most)}, not {given}", node)
        kinds = function.kinds
        for at, argument in enumerate(node.arguments):
            kind = kinds[min(at, len(kinds) - 1)]
            if kind == "\\":
                if not isinstance(argument, nodes.Array):
                    self.error("PM208", f"`{node.name}` needs an array variable", argument)
                else:
                    self.change(argument)
            elif kind == "@":
                self.in_list(argument)
            else:
                self.in_scalar(argument)

    def count(self, node: nodes.CallExpression, callee: Macro | NativeMacro) -> None:
        """Check how many arguments a macro is given in code."""
        fixed = sum(1 for each in node.arguments if not spreads(each))
        given = "at least " if fixed < len(node.arguments) else ""
        least, most = amounts(callee)
        too_few = not given and fixed < least
        if too_few or (most is not None and fixed > most):
            message = f"`{callee.name}` takes {amount(least, most)}, not {given}{fixed}"
            self.error("PM208", message, node, defined(callee))

    # Names, and where a fault is reported

    def may_be_declared(self, key: str) -> bool:
        """Whether a head or a statement that could not be read seems to declare a variable."""
        text = self.macro.source.text
        if re.compile(rf"[(,]\s*\{key}\b").search(text, 0, self.macro.body.start):
            return True
        return re.search(rf"\b(?:my|for|foreach)\b[^;=]*\{key}\b", text) is not None

    def variable(self, key: str, node: nodes.Name, declare: bool = False) -> None:
        found = self.scopes.find(key)
        if found is None:
            if not self.macro.sound and self.may_be_declared(key):
                return
            hint = self.scopes.hint(key) or (f"declare it: `my {key} = …;`" if declare else "")
            self.error("PM201", f"unknown variable `{key}`", node, *filter(None, [hint]))
            return
        found.used = True
        node.resolve(found.slot)

    def span(self, node: nodes.Node) -> Span:
        return Span(self.macro.source, node.start, node.end)

    def error(self, code: str, message: str, node: nodes.Node, *hints: str) -> None:
        self.diagnostics.error(code, message, self.span(node), *hints)

    def change(self, target: nodes.Target, declare: bool = False) -> None:
        """Check what is assigned to, or changed by a function."""
        key = f"{'$' if isinstance(target, nodes.Scalar) else '@'}{target.name}"
        found = self.scopes.find(key)
        if found is not None and found.fixed:
            hint = f"copy it first: `my {key[0]}copy = {key};`"
            self.error("PM211", f"`{key}` can't be changed here: {found.fixed}", target, hint)
        self.variable(key, target, declare)


def _ends(statement: nodes.Statement) -> bool:
    """Whether what follows a statement in its block can't be reached."""
    match statement:
        case nodes.Return() | nodes.Jump():
            return True
        case nodes.If(cases=cases, otherwise=otherwise):
            bodies = [body for _, _, body in cases] + ([otherwise] if otherwise is not None else [])
            return otherwise is not None and all(body.statements and _ends(body.statements[-1]) for body in bodies)
    return False


# Context, as Perl has it (perldata): an expression is evaluated for one value, or for a list of any number. Which of
# the two an expression yields is told by its form, as far as that goes.


def gives_list(node: nodes.Expression) -> bool:
    """Whether an expression is one of lists. A call of a macro is not, whatever it may return."""
    match node:
        case nodes.Array() | nodes.Slice() | nodes.Range() | nodes.Block():
            return True
        case nodes.List(items=items):
            return len(items) != 1 or gives_list(items[0])
        case nodes.Choice(cases=cases, otherwise=otherwise):
            return gives_list(otherwise) or any(gives_list(value) for _, value in cases)
        case nodes.Logic(rest=rest):
            return gives_list(rest[-1][1])
        case nodes.Chain(first=nodes.List(), rest=(("x", _),)):
            return True
        case nodes.CallExpression(name=name):
            return name in FUNCTIONS and FUNCTIONS[name].gives_list
    return False


def spreads(node: nodes.Expression) -> bool:
    """Whether an expression may yield something else in list context than the one value of scalar context."""
    match node:
        case nodes.List(items=(item,)):
            return spreads(item)
        case nodes.Choice(cases=cases, otherwise=otherwise):
            return spreads(otherwise) or any(spreads(value) for _, value in cases)
        case nodes.Logic(rest=rest):
            return spreads(rest[-1][1])
        case nodes.CallExpression(name=name):
            return name not in FUNCTIONS or FUNCTIONS[name].gives_list
    return gives_list(node)
