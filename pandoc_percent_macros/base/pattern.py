"""Regular expressions that are compiled when they are first used: most documents need less than half of them."""

from __future__ import annotations

import re

from .record import TYPE_CHECKING

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")

if TYPE_CHECKING:

    def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
        """Return a regular expression, as ``re.compile`` does."""

else:

    class pattern:  # noqa: N801  # called as a function is
        """A regular expression that behaves as the one that it becomes."""

        def __init__(self, text: str, flags: int = 0) -> None:
            self._arguments = text, flags

        def __getattr__(self, name: str) -> object:
            """Compile, and have the methods of what was compiled from now on."""
            compiled = re.compile(*self._arguments)
            self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
            return getattr(compiled, name)
