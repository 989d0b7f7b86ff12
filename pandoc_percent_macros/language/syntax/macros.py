"""Macros as records: what a definition says, before it is linked with others."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING, Record
from ...base.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .nodes import Body, Expression
    from .templates import Template

BODY = "body"  # the variable that holds the content of a %%begin call


class Parameter(Record):
    """``$name``, ``$name = default``, or ``@name``, which takes what is left."""

    name: str
    span: Span
    many: bool = False
    default: Expression | None = None

    def __str__(self) -> str:
        return f"{'@' if self.many else '$'}{self.name}"


class Macro(Record):
    """A definition."""

    name: str
    name_span: Span
    parameters: tuple[Parameter, ...]
    body: Body | Template
    source: Source
    span: Span
    doc: str | None = None
    depth: int = 0  # how deep its code nests
    sound: bool = True  # it was read without a fault
    lookalikes: tuple[Span, ...] = ()  # escapes in strings that look like commands of TeX

    def signature(self) -> str:
        """Return how it is called, with defaults: ``image($path, $width = 1)``."""
        return f"{self.name}({', '.join(map(_shown, self.parameters))})"


class NativeMacro(Record):
    """A macro that the host gives: a function of texts, called like any macro.

    ``run`` gets the arguments by name as texts (a list for ``@rest``, None for what was left out, a number is
    one as text, content stays content) and returns a text, a value of values.py, or a handle, which the
    result holds as ``Native``. A default must be a literal.
    """

    name: str
    parameters: tuple[Parameter, ...]
    run: Callable[[Mapping[str, object]], object]
    doc: str | None = None

    def signature(self) -> str:
        return f"{self.name}({', '.join(map(_shown, self.parameters))})"


def single(macro: Macro | NativeMacro) -> list[Parameter]:
    """Return the parameters that take one argument each, which may name them: all but ``@rest``."""
    return [each for each in macro.parameters if not each.many]


def _shown(parameter: Parameter) -> str:
    if parameter.default is None:
        return str(parameter)
    start, end = parameter.default.start, parameter.default.end
    return f"{parameter} = {parameter.span.source.text[start:end]}"
