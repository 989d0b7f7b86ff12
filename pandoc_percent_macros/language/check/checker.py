"""The check of one macro before anything runs: names, arguments, lists in the place of values, dead code.

It writes the slot of each variable into the tree. A slot is a place in the macro's frame, and a frame is a list: what
the macro returns, its ``$body``, its parameters in their order, what its last match found if it matches anything, then
every other variable that it declares. An array is a list in its slot, a lookup table a dictionary; all else is a value
(see values/pieces.py).
"""

from __future__ import annotations

from ...base import ERROR, TYPE_CHECKING, Diagnostics, Record, Span, nearest
from ..syntax import (
    BODY,
    Call,
    Macro,
    NativeMacro,
    Parameter,
    Template,
    Text,
    calls_in,
    nodes,
    read_template,
    single,
    variables_in,
)
from .binding import check_call
from .expression_checker import ExpressionChecker, key_of
from .scopes import Variable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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


class _Checker(ExpressionChecker):
    """The check of one macro. Expressions are checked for the context that they stand in (perldata, "Context")."""

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
        if self.macro.matches:
            self.matched = self.scopes.declare("&").slot
        if isinstance(self.macro.body, Template):
            self.template(self.macro.body, warn)
        else:
            self.scopes.open()
            self.statements(self.macro.body.statements)
        for parameter, variable in parameters:
            if warn and not variable.used and self.macro.sound and parameter.name != "_":
                self.unused(parameter)
        for span in self.macro.lookalikes if warn else ():
            self.lookalike(span)
        return Checked(self.scopes.size, tuple(self.calls), body.used, tuple(self.comments))

    def unused(self, parameter: Parameter) -> None:
        """Warn of a parameter that is never used, perhaps because it is written as in another language."""
        from ..syntax import habits  # most macros use theirs

        position = self.macro.parameters.index(parameter) + 1
        body = self.macro.source.text[self.macro.body.start : self.macro.body.end]
        hint = "" if parameter.many else habits.of_parameter(parameter.name, position, body)
        message = f"parameter `{parameter}` of `{self.macro.name}` is never used"
        self.diagnostics.warning("PM207", message, parameter.span, *filter(None, [hint]))

    def lookalike(self, span: Span) -> None:
        """Warn of what is read in another way in a string than it is probably meant."""
        text = span.text
        if text[0] == "\\":
            sign = {"t": "a tab", "n": "a line feed", "r": "a carriage return", "e": "an escape character"}[text[1]]
            hint = f"write two backslashes: `\\{text}`"
            self.diagnostics.warning("PM109", f"`{text}` in a string begins with {sign}", span, hint)
            return
        name = text.lstrip("@$#{ \t\n")
        if text[:2] == "$+":
            if self.matched != nodes.UNRESOLVED:
                hint = "what groups of a pattern found has numbers, not names: `$1`"
                self.diagnostics.warning("PM222", f"`{text}` is text in a string", span, hint)
            return
        if text[:2] == "{{":
            if name not in self.parameters:
                return
            hint = f"a parameter is written `${name}`, or `${{{name}}}`"
        elif text[:2] in ("@{", "${"):
            hint = 'end the string before it: `"…" . (1 + 2) . "…"`'
        elif name not in self.arrays:
            return
        else:
            end = "$#" + name if text[0] == "$" else f'join(" ", @{name}[…])'
            hint = f'end the string before it: `"…" . {end} . "…"`'
        self.diagnostics.warning("PM222", f"`{text}` is text in a string", span, hint)

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

    def statement(self, statement: nodes.Statement) -> None:  # noqa: C901 — one case a kind of node
        match statement:
            case nodes.Declare():
                self.declare(statement)
            case nodes.Assign():
                self.assign(statement)
            case nodes.Return(value=value):
                if self.blocks:
                    self.error(
                        "PM104", "`return` is inside of a block that gives a value", statement, "its last value counts"
                    )
                if value is not None:
                    self.in_either(value)
            case nodes.Evaluate(value=value):
                self.in_either(value)
            case nodes.If(cases=cases, otherwise=otherwise):
                self.scopes.open()  # of what the conditions declare
                for condition, _, body in cases:
                    self.in_scalar(condition)
                    self.body(body)
                if otherwise is not None:
                    self.body(otherwise)
                self.scopes.close()
            case nodes.For():
                self.loop(statement)
            case nodes.Jump(word=word):
                if not self.loops:
                    self.error("PM104", f"`{word}` is outside of a loop", statement)

    def declare(self, statement: nodes.Declare) -> None:
        if statement.value is not None:
            if statement.several or not isinstance(statement.names[0], nodes.Scalar):
                self.in_list(statement.value)
            else:
                self.in_scalar(statement.value)
        for name in statement.names:
            name.resolve(self.scopes.declare(key_of(name)).slot)

    def assign(self, statement: nodes.Assign) -> None:
        target = statement.target
        several = isinstance(target, (nodes.Array, nodes.Hash))
        if (
            several
            and statement.operator != "="
            and not (isinstance(target, nodes.Array) and statement.operator == "x=")
        ):
            what = "an array" if isinstance(target, nodes.Array) else "a lookup table"
            self.error("PM212", f"`{statement.operator}` takes one value, not {what}", target)
        if several and statement.operator == "=":
            self.in_list(statement.value)
        else:
            self.in_scalar(statement.value)
        self.change(target, declare=True)

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
            case nodes.Hash(name=name) | nodes.Entry(name=name):
                found = self.scopes.find(f"%{name}")
            case nodes.FunctionCall(name="values", arguments=(argument,)):
                return self.sources(argument)
            case _:
                return []
        return [found] if found else []


def _ends(statement: nodes.Statement) -> bool:
    """Whether what follows a statement in its block can't be reached."""
    match statement:
        case nodes.Return() | nodes.Jump():
            return True
        case nodes.If(cases=cases, otherwise=otherwise):
            bodies = [body for _, _, body in cases] + ([otherwise] if otherwise is not None else [])
            return otherwise is not None and all(body.statements and _ends(body.statements[-1]) for body in bodies)
    return False
