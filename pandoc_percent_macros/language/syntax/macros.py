"""Macros as they are defined, before they are checked and linked; how arguments are counted."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Record, Source, Span
from . import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BODY = "body"  # the variable that holds the content of a %%begin call


class Parameter(Record):
    """``$name``, ``$name = default``, or ``@name``, which takes what is left."""

    name: str
    span: Span
    many: bool = False
    default: nodes.Expression | None = None

    def __str__(self) -> str:
        return f"{'@' if self.many else '$'}{self.name}"


class Template(nodes.Node):
    """Text with holes. What it is made of is known once all macros are: the check fills that in."""

    nesting: int  # how deep calls may stand in each other's arguments
    markdown: bool  # it is read as Markdown; else it is TeX
    parts: tuple[nodes.Literal | nodes.Scalar | nodes.Call, ...] = ()
    depth: int = 0  # how deep they do

    def resolve(self, parts: tuple[nodes.Literal | nodes.Scalar | nodes.Call, ...], depth: int) -> None:
        """Say what the template is made of."""
        self._setters[-2](self, parts)
        self._setters[-1](self, depth)


class Macro(Record):
    """A definition."""

    name: str
    name_span: Span
    parameters: tuple[Parameter, ...]
    body: nodes.Body | Template
    source: Source
    span: Span
    doc: str | None = None
    depth: int = 0  # how deep its code nests
    sound: bool = True  # it was read without a fault
    lookalikes: tuple[Span, ...] = ()  # escapes in strings that look like commands of TeX
    matches: bool = False  # its code matches patterns, so that `$1` is what one of them found

    def signature(self) -> str:
        """Return how it is called, with defaults: ``image($path, $width = 1)``."""
        return f"{self.name}({', '.join(map(_shown, self.parameters))})"


class NativeMacro(Record):
    """A macro that the host adds: a function of texts, called like any macro.

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


def amounts(macro: Macro | NativeMacro) -> tuple[int, int | None]:
    """Return how many arguments a macro takes at least and at most; None: any number."""
    parameters = single(macro)
    least = sum(1 for each in parameters if each.default is None)
    return least, None if len(parameters) < len(macro.parameters) else len(parameters)


def amount(least: int, most: int | None) -> str:
    """Return a number of arguments in words."""
    if most is None:
        return f"at least {least} argument{'' if least == 1 else 's'}"
    if least == most:
        return "no arguments" if not most else f"{most} argument{'' if most == 1 else 's'}"
    return f"{least} to {most} arguments"


def defined(macro: Macro | NativeMacro) -> str:
    """Return a hint that shows a macro's signature and where it is defined."""
    if not isinstance(macro, Macro):
        return f"`{macro.signature()}`"
    line, _ = macro.source.position(macro.name_span.start)
    return f"`{macro.signature()}`, defined at {macro.source.name}:{line}"
