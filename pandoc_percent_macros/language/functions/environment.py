"""What evaluation may ask of the outside, and the account that all of it shares."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING

if TYPE_CHECKING:
    from ..values.budget import Budget


class Environment:
    """The document and the format that is being written. This one knows of nothing; a host overrides it."""

    def format_is(self, name: str) -> bool:
        """Whether this format, or one of its family, is being written."""
        return False

    def meta(self, key: str) -> str | None:
        """A metadata value of the document as text."""
        return None

    def use_package(self, name: str, options: str) -> None:
        """Have a LaTeX package loaded in the preamble."""

    def use_tikz_library(self, name: str) -> None:
        """Have a TikZ library loaded in the preamble."""


class World:
    """What functions are given besides their arguments."""

    __slots__ = ("budget", "environment")

    def __init__(self, budget: Budget, environment: Environment) -> None:
        self.budget = budget
        self.environment = environment
