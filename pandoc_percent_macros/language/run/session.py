"""The evaluation of one document: the results of its calls, with one account for all of them.

Macros are pure, so calls of the document with the same arguments share a result; unless they count or warn, or the
host adds macros too, of which nothing is known.
"""

from __future__ import annotations

from ...base import ERROR, TYPE_CHECKING, Fault, has_room
from ..check import Program, check
from ..functions import RESULT, Counters, Environment
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
        machine: Callable[[Program, Environment, Limits, Counters], Machine] = Machine,
        counters: Counters | None = None,
    ) -> None:
        self.program = program
        self._environment = environment
        self._counters = Counters() if counters is None else counters
        self._machine = machine(program, environment, limits, self._counters)
        self._world = self._machine.world
        self._started: dict[int, int] = {}  # positions of the counters, by the identity of the call that began there
        self.budget = self._machine.budget
        self._results: dict[tuple[str, tuple[Any, ...]], Result] = {}
        self._shares = not any(isinstance(each, NativeMacro) for each in program.macros.values())

    def again(self) -> Session:
        """Return a session for the same program in which nothing has been evaluated yet, to find something out."""
        return Session(self.program, self._environment.silent(), self.budget.limits)

    @property
    def counts(self) -> bool:
        """Whether a macro has asked for a counter."""
        return self._counters.asked

    def counters(self, call: Call | None = None) -> Counters:
        """Return the counters as they are now, or as they were when a call began that has been evaluated."""
        return self._counters.before(self._started[id(call)] if call else self._counters.position)

    def has_evaluated(self, call: Call) -> bool:
        return id(call) in self._started

    def expand(self, call: Call, body: object | None = None) -> Result:
        """Return the result of a call of the document.

        Args:
            call: the call.
            body: the host's handle for what stands between ``%%begin`` and ``%%end``; the result holds it as it is.
                A plain call has none, whatever is given here.

        Raises:
            Fault: at its place in a macro's body, with the calls that led there; or at the call.
        """
        self._bind(call)
        key = (call.name, call.values or ())
        shares = self._shares and body is None and not call.depth
        self._world.unique = False
        self._started[id(call)] = self._counters.position
        result = self._results.get(key) if shares else None
        try:
            if result is None:
                self.budget.allow_call()
                values = self._machine.values(call)
                given = call.has_body and body is not None
                value = self._run(call, values, pieces.piece(Given(body)) if given else None)
                result = pieces.result_of(value)
                if shares and not self._world.unique:
                    self._results[key] = result
            self.budget.result(sum(map(pieces.length_of_part, result.pieces)))
        except Fault as fault:
            raise fault.at(call.span, call.name_span) from None
        return result

    def _bind(self, call: Call) -> None:
        """Bind a call that the program was linked without; raise the first thing that is wrong with it."""
        if call.values is not None and call.bound is self.program.macros.get(call.name):
            return
        found = check(self.program, call)
        faults = [each for each in found if each.severity == ERROR]
        if faults:
            raise Fault.of(faults[0])

    def _run(self, call: Call, values: list[Any], body: Value) -> Any:
        macro = self.program.macros[call.name]
        if isinstance(macro, NativeMacro):
            return run_native(macro, values, body)
        machine = self._machine
        machine.room = LITTLE if has_room(LITTLE) else 0
        try:
            return machine.enter(machine.unit(call.name, RESULT), values, body)
        except Fault as fault:
            raise (fault.through(call.span, call.name) if fault.span else fault) from None
