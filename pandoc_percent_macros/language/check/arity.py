"""How many arguments a macro takes, and how that is said."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from ..syntax.macros import Macro, single

if TYPE_CHECKING:
    from ..syntax.macros import NativeMacro


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
