"""The check of names: variables of a macro, and where a fault is reported."""

from __future__ import annotations

import re

from ...base.record import TYPE_CHECKING
from ...base.source import Span
from ..syntax.nodes import Scalar
from .scopes import Scopes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...base.fault import Diagnostics
    from ..syntax.macros import Macro, NativeMacro
    from ..syntax.nodes import Expression, Statement, Target


class NameChecker:
    """What is known of the names of one macro."""

    def __init__(self, macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics) -> None:
        self.macro = macro
        self.macros = macros
        self.diagnostics = diagnostics
        self.scopes = Scopes()
        self.slots: dict[int, int] = {}
        self.calls: list[tuple[str, Span]] = []
        self.loops = 0

    def may_be_declared(self, key: str) -> bool:
        """Whether a head or a statement that could not be read seems to declare a variable."""
        text = self.macro.source.text
        if re.compile(rf"[(,]\s*\{key}\b").search(text, 0, self.macro.body.start):
            return True
        return re.search(rf"\b(?:my|for|foreach)\b[^;=]*\{key}\b", text) is not None

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

    def change(self, target: Target, declare: bool = False) -> None:
        """Check what is assigned to, or changed by a function."""
        key = f"{'$' if isinstance(target, Scalar) else '@'}{target.name}"
        found = self.scopes.find(key)
        if found is not None and found.fixed:
            hint = f"copy it first: `my {key[0]}copy = {key};`"
            self.error("PM211", f"`{key}` can't be changed here: {found.fixed}", target, hint)
        self.variable(key, target, declare)
