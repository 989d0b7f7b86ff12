"""The check of one macro before anything runs: names, arguments, lists in the place of values, dead code.

It writes the slot of each variable into the tree. A slot is a place in the macro's frame, and a frame is a list: what
the macro returns, its ``$body``, its parameters in their order, what its last match found if it matches anything, then
every other variable that it declares. An array is a list in its slot, a lookup table a dictionary; all else is a value
(see values/pieces.py).
"""

from __future__ import annotations

import re

from ...base import ERROR, TYPE_CHECKING, Diagnostics, Fault, Record, Span, nearest
from ..functions import FUNCTIONS, LIST
from ..syntax import (
    BODY,
    Call,
    Macro,
    NativeMacro,
    Parameter,
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
from .contexts import gives_list, spreads
from .scopes import Scopes, Variable

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
        self.blocks = 0
        self.matched = nodes.UNRESOLVED  # the slot of what the last match found

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
            name.resolve(self.scopes.declare(_key(name)).slot)

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

    # Expressions

    def in_either(self, node: nodes.Expression) -> None:
        if isinstance(node, nodes.FunctionCall) and node.name == "reverse" and self.warn:
            self.reversed(node)
        self.in_list(node) if gives_list(node) else self.in_scalar(node)

    def reversed(self, node: nodes.FunctionCall) -> None:
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
            case nodes.Match(pattern=pattern) if "g" in pattern.flags:
                hint = "`my @all = … =~ /…/g;` takes every match; without `g` it tells whether there is one"
                self.error("PM212", "`/g` gives every match, and one value is wanted", node, hint)
                self.in_list(node)
            case nodes.Block(name="sort") | nodes.FunctionCall(name="sort"):
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
            case nodes.Hash(name=name):
                self.variable(f"%{name}", node)
            case nodes.Entry(name=name, key=key):
                self.variable(f"%{name}", node)
                self.in_scalar(key)
            case nodes.Capture():
                self.capture(node)
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
            case nodes.FunctionCall():
                self.function(node)
            case nodes.MacroCall():
                self.call(node)
            case nodes.Block():
                self.block(node)
            case nodes.Pattern():
                self.pattern(node)
            case nodes.Match(target=target, pattern=pattern):
                self.in_scalar(target)
                self.pattern(pattern)
                node.resolve(self.matched)
            case nodes.Substitution():
                self.substitution(node)
            case nodes.Transliteration():
                self.transliteration(node)
            case nodes.Let(declaration=declaration):
                self.declare(declaration)

    def interpolated(self, parts: Sequence[nodes.Part]) -> None:
        for part in parts:
            if isinstance(part, nodes.Scalar):
                self.interpolated_variable(part)
            elif isinstance(part, nodes.Array) and self.scopes.find(f"@{part.name}"):
                self.variable(f"@{part.name}", part)
            elif isinstance(part, nodes.Capture):
                part.resolve(self.matched)

    def interpolated_variable(self, part: nodes.Scalar) -> None:
        """Check a variable in a string. Subscripts are text there, and Perl's are not."""
        sign = self.macro.source.text[part.end : part.end + 1]
        holder = {"{": "%", "[": "@"}.get(sign, "")
        if holder and self.scopes.find(f"${part.name}") is None and self.scopes.find(f"{holder}{part.name}"):
            hint = f'end the string before it: `"…" . ${part.name}{sign}…{"}" if sign == "{" else "]"} . "…"`'
            self.error("PM201", f"unknown variable `${part.name}`: in a string, `{sign}` is text", part, hint)
        else:
            self.variable(f"${part.name}", part)

    # Patterns

    def capture(self, node: nodes.Capture) -> None:
        if self.matched == nodes.UNRESOLVED and self.macro.sound:
            message = "there is no match in this macro for it to be a part of"
            self.error("PM201", message, node, "a macro sees what its own patterns found")
        node.resolve(self.matched)

    def pattern(self, node: nodes.Pattern) -> None:
        """Check what is put into a pattern, and the pattern itself where it is always the same."""
        for part in node.parts:
            if isinstance(part, nodes.Quoted):
                self.interpolated(part.parts)
            elif isinstance(part, (nodes.Literal, nodes.Scalar, nodes.Array, nodes.Capture)):
                self.interpolated((part,))
            else:
                self.in_scalar(part)
        if len(node.parts) == 1 and isinstance(node.parts[0], nodes.Literal):
            from ..patterns import translation  # few macros match

            try:
                translation.translate(str(node.parts[0].value), node.flags)
            except translation.Unfit as fault:
                span = Span(self.macro.source, node.start + fault.offset, node.start + fault.stop)
                self.diagnostics.add(fault.at(span).diagnostic)

    def substitution(self, node: nodes.Substitution) -> None:
        self.pattern(node.pattern)
        self.in_scalar(node.replacement)
        node.resolve(self.matched)
        self.bound(node, "r" in node.pattern.flags)

    def transliteration(self, node: nodes.Transliteration) -> None:
        from ..patterns import transliteration  # few macros need it

        try:
            table = transliteration.table(node.searched, node.replacement, node.flags)
        except Fault as fault:
            self.diagnostics.add(fault.at(self.span(node)).diagnostic)
            self.in_scalar(node.target)
            return
        self.bound(node, "r" in node.flags or not table.changes)

    def bound(self, node: nodes.Substitution | nodes.Transliteration, keeps: bool) -> None:
        """Check the target of an operator that changes it, unless it ``keeps`` it."""
        target = node.target
        while isinstance(target, nodes.List) and len(target.items) == 1:
            target = target.items[0]
        if isinstance(target, nodes.Let) and isinstance(target.declaration.names[0], nodes.Scalar):
            self.declare(target.declaration)
        elif keeps:
            self.in_scalar(target)
        elif isinstance(target, (nodes.Scalar, nodes.Element, nodes.Entry)):
            self.change(target)
        else:
            hint = "with the flag `r` it gives the changed text: `s/…/…/r`"
            self.error("PM104", "only a variable can be changed", target, hint)
            self.in_scalar(target)

    def block(self, node: nodes.Block) -> None:
        self.in_list(node.source)
        self.scopes.open()
        for each in node.variables:
            each.resolve(self.scopes.declare(f"${each.name}", "the block sets it").slot)
        use = FUNCTIONS[node.name].block
        assert use is not None
        loops, self.loops = self.loops, 0
        self.blocks += 1
        *before, last = node.body.statements or (None,)
        self.statements(before)
        if isinstance(last, nodes.Evaluate):
            self.in_list(last.value) if use.context == LIST else self.in_scalar(last.value)
        elif last is not None:
            self.statement(last)
        self.blocks -= 1
        self.loops = loops
        self.scopes.close()

    # Calls

    def call(self, node: nodes.MacroCall) -> None:
        for argument in node.arguments:
            self.in_list(argument)
        for each in node.named:
            self.in_scalar(each.value)
        span = Span(self.macro.source, node.start, node.end)
        mark = Span(self.macro.source, node.start, node.name_end)
        callee = self.macros.get(node.name)
        if callee is None:
            self.unknown_function(node, span, mark)
            return
        self.calls.append((node.name, span))
        if not isinstance(callee, Macro) or callee.sound:
            self.count(node, callee)

    def function(self, node: nodes.FunctionCall) -> None:
        function = FUNCTIONS[node.name]
        if function.run is None:
            self.error("PM208", f"`{node.name}` needs a block: `{node.name} {{ … }} @list`", node)
        least, most = function.arity
        given = len(node.arguments)
        if given < least or (most is not None and given > most):
            hints = [_ARGUMENTS] if node.name in ("shift", "pop") and not given else []
            self.error("PM208", f"`{node.name}` takes {amount(least, most)}, not {given}", node, *hints)
        kinds = function.kinds
        for at, argument in enumerate(node.arguments):
            kind = kinds[min(at, len(kinds) - 1)]
            if kind in _VARIABLES:
                self.variable_argument(node, argument, kind)
            elif kind == "@":
                self.in_list(argument)
            else:
                self.in_scalar(argument)

    def unknown_function(self, node: nodes.MacroCall, span: Span, mark: Span) -> None:
        from ..syntax import habits  # most names are known

        if re.search(rf"\bsub\s+{node.name}\b", self.macro.source.text):
            return  # that is the fault
        hint = habits.of_word(node.name)
        if not hint and (close := nearest(node.name, [*self.macros, *FUNCTIONS])):
            hint = f"did you mean `{close}`?"
        message = f"unknown macro or function `{node.name}`"
        self.diagnostics.error("PM203", message, span, *filter(None, [hint]), mark=mark)

    def variable_argument(self, node: nodes.FunctionCall, argument: nodes.Expression, kind: str) -> None:
        """Check an argument of a function that takes a variable itself."""
        wanted, needed = _VARIABLES[kind]
        while isinstance(argument, nodes.List) and len(argument.items) == 1:
            argument = argument.items[0]
        fits = isinstance(argument, wanted)
        if not fits:
            self.error("PM208", f"`{node.name}` needs {needed}", argument)
        if isinstance(argument, (nodes.Array, nodes.Hash, nodes.Entry)) and fits and node.name not in _READING:
            self.change(argument)
        else:
            self.in_list(argument)

    def count(self, node: nodes.MacroCall, callee: Macro | NativeMacro) -> None:
        """Check the arguments that a macro is given in code."""
        fixed = sum(1 for each in node.arguments if not spreads(each))
        given = "at least " if fixed < len(node.arguments) else ""
        least, most = amounts(callee)
        if node.named:
            self.names(node, callee, fixed, spread=bool(given))
        elif not given and fixed < least:
            message = f"`{callee.name}` takes {amount(least, most)}, not {fixed}"
            self.error("PM208", message, node, defined(callee))
        if most is not None and fixed > most:
            message = f"`{callee.name}` takes {amount(least, most)}, not {given}{fixed}"
            self.error("PM208", message, node, defined(callee))

    def names(self, node: nodes.MacroCall, callee: Macro | NativeMacro, fixed: int, spread: bool) -> None:
        """Check the arguments that have names."""
        parameters = [each.name for each in single(callee)]
        seen = {*parameters[:fixed]}
        for each in node.named:
            if each.name not in parameters:
                close = nearest(each.name, parameters)
                hints = [f"did you mean `{close}`?"] if close else []
                message = f"`{callee.name}` has no parameter `{each.name}`"
                self.error("PM208", message, each, *hints, defined(callee))
            elif each.name in seen:
                self.error("PM208", f"argument `{each.name}` is given twice", each, defined(callee))
            seen.add(each.name)
        lacking = [each.name for each in single(callee) if each.default is None and each.name not in seen]
        if lacking and not spread:
            self.error("PM208", f"`{callee.name}` needs `{lacking[0]}`", node, defined(callee))

    # Names, and where a fault is reported

    def may_be_declared(self, key: str) -> bool:
        """Whether a head or a statement that could not be read seems to declare a variable."""
        text = self.macro.source.text
        if re.compile(rf"[(,]\s*\{key}\b").search(text, 0, self.macro.body.start):
            return True
        return re.search(rf"\b(?:my|for|foreach)\b[^;=]*\{key}\b", text) is not None

    @property
    def parameters(self) -> set[str]:
        """Those of the parameters."""
        return {each.name for each in self.macro.parameters}

    @property
    def arrays(self) -> set[str]:
        """The names of arrays that are declared anywhere in the macro."""
        declared = re.findall(r"\bmy\b[^;=]*?@(\w+)", self.macro.source.text)
        return {*declared, *(each.name for each in self.macro.parameters if each.many)}

    def variable(self, key: str, node: nodes.Name, declare: bool = False) -> None:
        found = self.scopes.find(key)
        if found is None:
            if not self.macro.sound and self.may_be_declared(key):
                return
            from ..syntax import habits  # most names are known

            hint = (
                habits.of_variable(key) or self.scopes.hint(key) or (f"declare it: `my {key} = …;`" if declare else "")
            )
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
        key = _key(target)
        if isinstance(target, nodes.Element):
            self.in_scalar(target.index)
        elif isinstance(target, nodes.Entry):
            self.in_scalar(target.key)
        found = self.scopes.find(key)
        if found is not None and found.fixed:
            hint = f"copy it first: `my {key[0]}copy = {key};`"
            self.error("PM211", f"`{key}` can't be changed here: {found.fixed}", target, hint)
        self.variable(key, target, declare and not isinstance(target, (nodes.Element, nodes.Entry)))


# What functions take that want a variable, by the sign in their prototypes
_VARIABLES: dict[str, tuple[type, str]] = {
    "\\": (nodes.Array, "an array variable"),
    "%": (nodes.Hash, "a lookup table: `%name`"),
    "{": (nodes.Entry, "a value of a lookup table: `$name{key}`"),
}
_ARGUMENTS = "what a macro is given are its parameters: `%%define f($x, $y)`"
_READING = frozenset(("keys", "values", "exists"))


def _key(target: nodes.Target) -> str:
    """Return the name of a variable with its sign."""
    sign = "$" if isinstance(target, nodes.Scalar) else "%" if isinstance(target, (nodes.Hash, nodes.Entry)) else "@"
    return sign + target.name


def _ends(statement: nodes.Statement) -> bool:
    """Whether what follows a statement in its block can't be reached."""
    match statement:
        case nodes.Return() | nodes.Jump():
            return True
        case nodes.If(cases=cases, otherwise=otherwise):
            bodies = [body for _, _, body in cases] + ([otherwise] if otherwise is not None else [])
            return otherwise is not None and all(body.statements and _ends(body.statements[-1]) for body in bodies)
    return False
