"""The names that are known at a place of a macro, and the slots of its variables."""

from __future__ import annotations

from ...base import nearest

RETURNED, BODY_SLOT, FIRST = 0, 1, 2  # slots: of the value that is returned, of $body, of the first parameter


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
        name = key[1:]
        uses = {f"@{name}": f"an element of it is `${name}[0]`", f"%{name}": f"a value of it is `${name}{{key}}`"}
        uses[f"${name}"] = "it holds a single value"
        if other := next((each for each in uses if each != key and each in known), None):
            return f"`{other}` is declared: {uses[other]}"
        close = nearest(key, known)
        return f"did you mean `{close}`?" if close else None
