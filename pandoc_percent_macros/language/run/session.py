"""The evaluation of one document: the results of its calls, with one account for all of them.

Macros are pure, so calls of the document with the same arguments share a result; unless the host adds macros too,
of which nothing is known.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault, has_room
from ..check import Program, check_call
from ..functions import RESULT, Environment
from ..syntax import Call, NativeMacro
from ..values import DEFAULTS, Given, Limits, Result, Value, pieces
from .machine import LITTLE, Machine, run_native

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Session:
    """The evaluation of one document."""

    def __init__(
        self,
        program: Program,
        environment: Environment,
        limits: Limits = DEFAULTS,
        machine: Callable[[Program, Environment, Limits], Machine] = Machine,
    ) -> None:
        self.program = program
        self._machine = machine(program, environment, limits)
        self.budget = self._machine.budget
        self._results: dict[tuple[str, tuple[Any, ...]], Result] = {}
        self._shares = not any(isinstance(each, NativeMacro) for each in program.macros.values())

    def expand(self, call: Call, body: object | None = None) -> Result:
        """Return the result of a call of the document.

        Args:
            call: the call.
            body: the host's handle for what stands between ``%%begin`` and ``%%end``; the result holds it as it is.
                A plain call has none, whatever is given here.

        Raises:
            Fault: at its place in a macro's body, with the calls that led there; or at the call.
        """
        values = self._values(call)
        key = (call.name, tuple(values))
        result = self._results.get(key) if body is None else None
        try:
            if result is None:
                self.budget.allow_call()
                given = call.has_body and body is not None
                value = self._run(call, values, pieces.piece(Given(body)) if given else None)
                result = pieces.result_of(value)
                if body is None and self._shares:
                    self._results[key] = result
            self.budget.result(sum(map(pieces.length_of_part, result.pieces)))
        except Fault as fault:
            raise fault.at(call.span, call.name_span) from None
        return result

    def _values(self, call: Call) -> list[Any]:
        """Return the values of the macro's parameters, or raise the first thing that is wrong with the call."""
        if call.values is not None and call.macro is self.program.macros.get(call.name):
            return call.values
        values, faults = check_call(self.program, call)  # the program was linked without this call
        if values is None:
            raise Fault.of((faults or [self.program.faulty[call.name]])[0])
        return values

    def _run(self, call: Call, values: list[Any], body: Value) -> Any:
        macro = self.program.macros[call.name]
        if isinstance(macro, NativeMacro):
            return run_native(macro, values)
        machine = self._machine
        machine.room = LITTLE if has_room(LITTLE) else 0
        try:
            return machine.enter(machine.unit(call.name, RESULT), values, body)
        except Fault as fault:
            raise (fault.through(call.span, call.name) if fault.span else fault) from None
