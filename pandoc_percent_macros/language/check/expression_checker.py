"""The check of a macro's expressions: names, arguments, patterns, and lists in the place of values.

Each is checked for the context that it stands in (perldata, "Context").
"""

from __future__ import annotations

import re

from ...base import TYPE_CHECKING, Diagnostics, Fault, Span, nearest
from ..functions import FUNCTIONS, LIST
from ..syntax import Macro, NativeMacro, amount, amounts, defined, nodes, single
from .contexts import gives_list, spreads
from .scopes import Scopes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ExpressionChecker:
    """The check of one macro's expressions. What stands in blocks is checked by whoever checks statements."""

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
        self.replaces = False  # what is looked at takes the place of a match

    def statements(self, statements: Sequence[nodes.Statement]) -> None:
        """Check statements, one after the other."""
        raise NotImplementedError

    def statement(self, statement: nodes.Statement) -> None:
        """Check a statement."""
        raise NotImplementedError

    def declare(self, statement: nodes.Declare) -> None:
        """Check a declaration, and declare its variables."""
        raise NotImplementedError

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
            from ..syntax import habits  # most strings hold no elements

            hint = habits.of_element(f"${part.name}{sign}…{'}' if sign == '{' else ']'}", self.replaces)
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
        self.replaces = True
        self.in_scalar(node.replacement)
        self.replaces = False
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
                (key == "$_" and habits.of_topic(self.macro.source.text, node.start, self.macros))
                or habits.of_variable(key)
                or self.scopes.hint(key)
                or (f"declare it: `my {key} = …;`" if declare else "")
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
        key = key_of(target)
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


def key_of(target: nodes.Target) -> str:
    """Return the name of a variable with its sign."""
    sign = "$" if isinstance(target, nodes.Scalar) else "%" if isinstance(target, (nodes.Hash, nodes.Entry)) else "@"
    return sign + target.name
