"""Where variables live: names of a macro, block by block, and the slot of a frame that each has."""

from __future__ import annotations

from ...base.fault import nearest

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

    def hint(self, key: str) -> str | None:
        """Return what a name that is not known may mean."""
        known = [each for scope in self._scopes for each in scope]
        other = ("@" if key[0] == "$" else "$") + key[1:]
        if other in known:
            return f"`{other}` is there: " + (f"an element of it is `{key}[0]`" if key[0] == "$" else "one value")
        close = nearest(key, known)
        return f"did you mean `{close}`?" if close else None
