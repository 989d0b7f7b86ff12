"""Functions of results (section "What a macro gives" of the reference), and of the document and its format."""

from __future__ import annotations

from ...base.fault import Fault
from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from ..values.operators import concatenate
from ..values.values import Content, Markdown, Raw, Text, piece, text_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

    from ..values.values import Value
    from .environment import World

_FORMAT = pattern(r"[A-Za-z][A-Za-z0-9_]*")
_PACKAGE = pattern(r"[A-Za-z0-9][A-Za-z0-9._@/+-]*")
_TIKZ_LIBRARY = pattern(r"[A-Za-z0-9][A-Za-z0-9._ ,-]*")
_MARKDOWN_SIGN = pattern(r"[\\`*_{}\[\]<>#|~^$@&]")
_LIST_SIGN = pattern(r"^(\w*)([-+:%=.)])")  # what begins a list, a title or a table at the start of a line


def _raw(format: str) -> Callable[..., Content]:
    return lambda world, text: piece(Raw(format, text_of(text)))


def _any_raw(world: World, format: Value, text: Value) -> Content:
    name = text_of(format)
    if not _FORMAT.fullmatch(name):
        raise Fault("PM305", "the format of `raw` is a name, as `openxml`")
    return piece(Raw(name, text_of(text)))


def _escape_markdown(world: World, value: Value) -> str:
    """Return Markdown that reads as this text, on one line: without markup, but with typographic quotes and dashes."""
    text = " ".join(text_of(value).split())
    world.budget.text(2 * len(text))
    return _LIST_SIGN.sub(r"\1\\\2", _MARKDOWN_SIGN.sub(r"\\\g<0>", text))


def _use_package(world: World, name: Value, options: Value = "") -> str:
    world.environment.use_package(_checked(_PACKAGE, name, "usepackage"), text_of(options))
    return ""


def _use_tikz_library(world: World, name: Value) -> str:
    world.environment.use_tikz_library(_checked(_TIKZ_LIBRARY, name, "usetikzlibrary"))
    return ""


def _checked(pattern: re.Pattern[str], name: Value, function: str) -> str:
    text = text_of(name)
    if not pattern.fullmatch(text):
        raise Fault("PM305", f"`{function}` needs the name of one")
    return text


def _die(world: World, values: list[Value]) -> None:
    message = concatenate(values, world.budget) if values else "died"
    raise Fault("PM307", text_of(message).strip() or "died")


CONTENT: dict[str, Callable[..., Any]] = {
    "latex": _raw("latex"),
    "html": _raw("html"),
    "raw": _any_raw,
    "text": lambda world, text: piece(Text(text_of(text))),
    "markdown": lambda world, text: piece(Markdown(text_of(text))),
    "escape_markdown": _escape_markdown,
    "format": lambda world, name: world.environment.format_is(text_of(name)),
    "meta": lambda world, key: world.environment.meta(text_of(key)),
    "usepackage": _use_package,
    "usetikzlibrary": _use_tikz_library,
    "die": _die,
}
