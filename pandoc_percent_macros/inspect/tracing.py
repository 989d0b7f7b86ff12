"""The steps of a call: which macros it runs, with what, and what each of them gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import settings
from ..document.expansion.processing import Processed
from ..language.run.machine import Machine, Unit
from ..language.run.session import Session
from ..language.syntax.calls import Call
from ..language.syntax.macros import Macro
from ..language.values.pieces import Result

if TYPE_CHECKING:
    from ..language.values.pieces import Value


@dataclass
class Step:
    """One run of a macro."""

    macro: Macro
    values: list[Any]  # of its parameters, ABSENT where the default holds; what ``@rest`` takes at the end
    steps: list[Step] = field(default_factory=list)  # the macros that it called
    value: Any = None  # what it gave; a list where one was wanted


def traced(processed: Processed, call: Call) -> tuple[Result, list[Step]]:
    """Return what a call gives, and its steps: one, or none for a macro in Python.

    Raises:
        Fault: what is wrong with the call, or what happens in it.
    """
    machines: list[_TracingMachine] = []

    def machine(*arguments: Any) -> Machine:
        machines.append(_TracingMachine(*arguments))
        return machines[0]

    session = Session(processed.program, processed.environment, settings.limits(), machine)
    result = session.expand(call, _BODY if call.has_body else None)
    return result, machines[0].steps


_BODY = "…"  # the handle of what stands between %%begin and %%end


class _TracingMachine(Machine):
    """A machine that keeps what is run on it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.steps: list[Step] = []

    def enter(self, unit: Unit, values: list[Any], body: Value = None) -> Any:
        if self.room < unit.frames:  # it comes back here, on a new stack
            return super().enter(unit, values, body)
        outside = self.steps
        step = Step(unit.macro, list(values))
        outside.append(step)
        self.steps = step.steps
        try:
            step.value = super().enter(unit, values, body)
        finally:
            self.steps = outside
        return step.value
