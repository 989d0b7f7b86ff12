"""Running macros: what the closures of a session have in common, and calls of macros among each other.

A macro is compiled when it is first called, for each context that it is called in.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault, Span, on_new_stack, with_room
from ..check import ABSENT, BODY_SLOT, FIRST, Program
from ..functions import LIST, Counters, Environment, Frame, Run, World
from ..syntax import BODY, Call, Macro, NativeMacro, Template, amounts, defined, nodes, single
from ..values import Budget, Content, Given, Limits, Native, Value, pieces, text_of
from . import closures
from .expressions import Expressions
from .statements import Statements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .expressions import Patterns


_FRAMES = 4  # of Python's stack that a run, or its compilation, takes for one level of nesting
_NESTED = 6  # that a call in an argument of another call takes, compiled or run
_ROOM = 700  # frames that a new stack has for certain
LITTLE = 200  # frames that a call takes for granted: has_room looks for this many


def frames(macro: Macro) -> int:
    """Return how many frames of Python's stack a macro takes, without the macros that it calls."""
    if isinstance(macro.body, Template):
        return _FRAMES * (macro.depth + 4) + _NESTED * macro.body.depth
    return _FRAMES * (macro.depth + 4)


def _patterns(expressions: Expressions) -> Patterns:
    from .matches import Matching  # few macros match

    return Matching(expressions)


class Unit:
    """A macro compiled for one context."""

    __slots__ = ("defaults", "frames", "least", "macro", "most", "run", "single", "size", "weight")

    def __init__(self, macro: Macro, run: Run, size: int, weight: int, defaults: list[Run | None]) -> None:
        self.macro = macro
        self.run = run
        self.size = size
        self.weight = weight
        self.defaults = defaults
        self.frames = frames(macro)
        self.single = len(defaults)
        self.least, self.most = amounts(macro)


class Machine:
    """What the closures of a session have in common."""

    def __init__(self, program: Program, environment: Environment, limits: Limits, counters: Counters) -> None:
        self.program = program
        self.budget = Budget(limits)
        self.world = World(self.budget, environment, counters)
        self.depth = 0
        self.room = LITTLE
        self._units: dict[tuple[str, str], Unit] = {}

    def unit(self, name: str, context: str) -> Unit:
        """Return a macro ready to run; a fault if it, or its definition, has one."""
        unit = self._units.get((name, context))
        if unit is None:
            if name in self.program.faulty:
                raise Fault.of(self.program.faulty[name])
            macro = self.program.macros[name]
            assert isinstance(macro, Macro)
            unit = self._units[name, context] = with_room(2 * frames(macro), lambda: self._compile(macro, context))
        return unit

    def _compile(self, macro: Macro, context: str) -> Unit:
        checked = self.program.checked[macro.name]
        matched = FIRST + len(macro.parameters) if macro.matches else nodes.UNRESOLVED
        expressions = Expressions(macro.source, self.world, self.calling, Statements, _patterns, matched)
        defaults = [None if each.default is None else expressions.in_scalar(each.default) for each in single(macro)]
        if isinstance(macro.body, Template):
            run, more = self._template(expressions, macro.body), 0
            if context == LIST:
                run = closures.gathered([(False, run)], self.budget, expressions.place(macro.body))
        else:
            run, more = Statements(expressions, context).program(macro.body)
        weight = expressions.weight
        return Unit(macro, run, checked.size, weight + more + 1, defaults)

    def _template(self, expressions: Expressions, template: Template) -> Run:
        if not template.markdown:
            return expressions.joined(template.parts, template)
        parts = [(part, expressions.in_scalar(part), expressions.place(part)) for part in template.parts]
        text, span, budget = expressions.source.text, expressions.span(template), self.budget

        def run(frame: Frame) -> Content:
            found: list[tuple[str, Value]] = []
            for part, value, place in parts:
                written, given = text[part.start : part.end], value(frame)
                if isinstance(part, nodes.Call):  # what it gives is content, a string too
                    found += [(written, given)] if given is not None else []
                elif isinstance(given, Content):
                    found.append((written, given))
                else:
                    found.append((closures.placed(text_of, place)(given), None))
            if len(found) == 1 and isinstance(found[0][1], Content):
                return found[0][1]  # nothing is to be read, and raw markup alone may stand in a line
            markdown = pieces.piece(pieces.with_holes(found, span))
            budget.text(markdown.length)
            return markdown

        return closures.placed(run, expressions.place(template))

    def values(self, call: Call) -> list[Any]:
        """Return the values of the parameters of the macro that a call of the document calls, in their order.

        Raises:
            Fault: in a call in its arguments.
        """
        written = call.values or ()
        if not call.depth:
            return [*written]
        self.room = LITTLE
        return with_room(_NESTED * (call.depth + 1) + LITTLE, lambda: self._evaluated(call, written))

    def _evaluated(self, call: Call, written: Sequence[Any]) -> list[Any]:
        expressions = Expressions(call.source, self.world, self.calling, Statements, _patterns)
        runs = [expressions.written(each) for each in written]
        self.budget.charge(expressions.weight)
        return [run([]) for run in runs]

    def calling(
        self, call: nodes.MacroCall | Call, context: str, arguments: Run, named: Sequence[Run], span: Span
    ) -> Run:
        """Return the closure of a call in code, or in a text.

        Args:
            call: the call.
            context: SCALAR, LIST or RESULT.
            arguments: those without names, as a list.
            named: the values of those with names.
            span: where faults stand that have no place of their own.
        """
        name = call.name
        macro = self.program.macros.get(name)
        if named and macro is not None and isinstance(call, nodes.MacroCall):
            arguments = closures.placed(_with_named(macro, call, arguments, named), lambda fault: fault.at(span))
        if isinstance(macro, NativeMacro):
            return self._calling_native(macro, context, arguments, span)

        def run(frame: Frame) -> Any:
            values = arguments(frame)
            try:
                unit = self.unit(name, context)
                self._check_count(unit, len(values))
                return self.enter(unit, values)
            except Fault as fault:
                raise (fault.through(span, name) if fault.span else fault.at(span)) from None

        return run

    def _check_count(self, unit: Unit, given: int) -> None:
        if given < unit.least or (unit.most is not None and given > unit.most):
            message = f"`{unit.macro.name}` is called with {given} argument{'' if given == 1 else 's'}"
            raise Fault("PM208", message, defined(unit.macro))

    def enter(self, unit: Unit, values: list[Any], body: Value = None) -> Any:
        """Run a macro with these values of its parameters (ABSENT: the default), those of ``@rest`` at the end."""
        if self.depth >= self.budget.limits.depth:
            raise Fault("PM404", f"macros call each other more than {self.budget.limits.depth} levels deep")
        self.budget.charge(unit.weight + (len(values) >> 4))
        room = self.room
        if room < unit.frames:
            self.room = _ROOM
            try:
                return on_new_stack(lambda: self.enter(unit, values, body))
            finally:
                self.room = room
        self.depth += 1
        self.room = room - unit.frames
        try:
            return unit.run(_frame(unit, values, body))
        finally:
            self.depth -= 1
            self.room = room

    def _calling_native(self, macro: NativeMacro, context: str, arguments: Run, span: Span) -> Run:
        run = closures.unary(lambda values: run_native(macro, values), arguments, lambda fault: fault.at(span))
        return (lambda frame: [run(frame)]) if context == LIST else run


def _with_named(macro: Macro | NativeMacro, call: nodes.MacroCall, arguments: Run, named: Sequence[Run]) -> Run:
    """Return the closure of a call's arguments in the order of the parameters, with ABSENT for what is not given."""
    parameters = single(macro)
    places = {each.name: at for at, each in enumerate(parameters)}
    given = [(places[each.name], each.name, run) for each, run in zip(call.named, named, strict=True)]
    needed = [at for at, each in enumerate(parameters) if each.default is None]

    def run(frame: Frame) -> list[Any]:
        values = [*arguments(frame)]
        before = len(values)
        values += [ABSENT] * (len(parameters) - before)
        for at, name, value in given:
            if at < before:
                raise Fault("PM208", f"argument `{name}` is given twice", defined(macro))
            values[at] = value(frame)
        for at in needed:
            if values[at] is ABSENT:
                raise Fault("PM208", f"`{macro.name}` needs `{parameters[at].name}`", defined(macro))
        return values

    return run


def _frame(unit: Unit, values: list[Any], body: Value) -> Frame:
    frame: Frame = [None] * unit.size
    frame[BODY_SLOT] = body
    given = len(values)
    single = unit.single
    if given >= single:
        frame[FIRST : FIRST + single] = values[:single]
    else:
        frame[FIRST : FIRST + given] = values
    if unit.most is None:
        frame[FIRST + single] = values[single:]
    if given >= single and ABSENT not in values:
        return frame
    for at, default in enumerate(unit.defaults):
        if at >= given or values[at] is ABSENT:
            is_body = body is not None and unit.macro.parameters[at].name == BODY
            frame[FIRST + at] = body if is_body else default(frame) if default is not None else None
    return frame


def run_native(macro: NativeMacro, values: list[Any], body: Value = None) -> Value:
    """Return what a macro of the host makes of these values, and of what stands between ``%%begin`` and ``%%end``."""
    parameters = single(macro)
    arguments: dict[str, object] = {}
    for at, each in enumerate(parameters):
        absent = at >= len(values) or values[at] is ABSENT
        default: Value = each.default.value if isinstance(each.default, nodes.Literal) else None
        if absent and each.name == BODY and body is not None:
            default = body
        arguments[each.name] = _as_text(default if absent else values[at])
    if len(parameters) < len(macro.parameters):
        arguments[macro.parameters[-1].name] = [_as_text(value) for value in values[len(parameters) :]]
    value = macro.run(arguments)
    if value is None or isinstance(value, (str, int, float, Content)):
        return value
    return pieces.piece(value if isinstance(value, Given) else Native(value))


def _as_text(value: Value) -> str | Content | None:
    return value if value is None or isinstance(value, Content) else text_of(value)
