"""Functions of results (section "What a macro gives" of the reference), and of the document and its format."""

import re
from collections.abc import Callable
from itertools import groupby

from ...base import Fault, Span, pattern, tex
from ..values import (
    Content,
    Given,
    Markdown,
    Raw,
    Text,
    Value,
    Wrapped,
    concatenate,
    number_of,
    pieces,
    quoted,
    text_of,
)
from ..values.pieces import DIV, SPAN
from .entry import Function, World

_FORMAT = pattern(r"[A-Za-z][A-Za-z0-9_]*")
_PACKAGE = pattern(r"[A-Za-z0-9][A-Za-z0-9._@/+-]*")
_TIKZ_LIBRARY = pattern(r"[A-Za-z0-9][A-Za-z0-9._ ,-]*")
_MARKDOWN_SIGN = pattern(r"[\\`*_{}\[\]<>#|~^$@&]")
_LIST_SIGN = pattern(r"^(\w*)([-+:%=.)])")  # what begins a list, a title or a table at the start of a line


def _raw(format: str) -> Callable[..., Content]:
    return lambda world, text: pieces.piece(Raw(format, text_of(text)))


def _any_raw(world: World, format: Value, text: Value) -> Content:
    name = text_of(format)
    if not _FORMAT.fullmatch(name):
        raise Fault("PM305", f"{quoted(name)} is not the name of a format", "`raw` takes a name such as `openxml`")
    return pieces.piece(Raw(name, text_of(text)))


def _text(world: World, value: Value) -> Content:
    """Return plain text; of content its strings are, and all else stays what it is."""
    if not isinstance(value, Content):
        return pieces.piece(Text(text_of(value)))
    return Content(tuple([Text(part) if isinstance(part, str) else part for part in value.parts]), value.length)


def _markdown(world: World, value: Value, span: Span) -> Content:
    """Return text that is to be read as Markdown; content in it stays what it is."""
    if not isinstance(value, Content):
        return pieces.piece(Markdown(text_of(value), span))
    world.budget.charge(len(value.parts))
    if not any(isinstance(part, str) for part in value.parts):
        return value  # there is nothing to be read, and raw markup alone may stand in a line or between blocks
    parts: list[tuple[str, Value]] = []
    for is_text, run in groupby(value.parts, lambda part: isinstance(part, str)):
        some = tuple(run)
        parts += [(str(part), None) for part in some] if is_text else [("", Content(some, 0))]
    return _paid(world, pieces.with_holes(parts, span))


def _wrapped(element: str) -> Callable[..., Content]:
    def run(world: World, attributes: Value, values: list[Value]) -> Content:
        from .attributes import parse_attributes  # few documents need it

        world.budget.charge(len(values))
        inside = pieces.result_of(values).pieces
        return _paid(world, pieces.wrapped(element, parse_attributes(text_of(attributes)), inside))

    return run


def _paid(world: World, piece: Markdown | Wrapped) -> Content:
    content = pieces.piece(piece)
    world.budget.text(content.length)
    return content


def _escape_markdown(world: World, value: Value) -> str:
    """Return Markdown that reads as this text, on one line: without markup, but with typographic quotes and dashes."""
    text = " ".join(text_of(value).split())
    world.budget.text(2 * len(text))
    world.budget.charge(len(text) >> 1)
    return _LIST_SIGN.sub(r"\1\\\2", _MARKDOWN_SIGN.sub(r"\\\g<0>", text))


def _use_package(world: World, name: Value, options: Value = "") -> str:
    world.environment.use_package(_checked(_PACKAGE, name, "package"), text_of(options))
    return ""


def _use_tikz_library(world: World, name: Value) -> str:
    world.environment.use_tikz_library(_checked(_TIKZ_LIBRARY, name, "TikZ library"))
    return ""


def _checked(pattern: re.Pattern[str], name: Value, kind: str) -> str:
    text = text_of(name)
    if not pattern.fullmatch(text):
        raise Fault("PM305", f"{quoted(text)} is not the name of a {kind}")
    return text


def _add_to_preamble(world: World, markup: Value) -> str:
    raw = markup.parts if isinstance(markup, Content) else ()
    if not raw or not all(isinstance(part, Raw) for part in raw):
        hint = 'write the format: `preamble(latex("…"))`, `preamble(html("…"))`'
        raise Fault("PM305", "`preamble` takes nothing but raw markup", hint)
    for part in raw:
        if isinstance(part, Raw):
            world.environment.add_to_preamble(part.format, part.text)
    return ""


def _escaped_for(world: World, value: Value, longest: int, escaped: Callable[[str], str]) -> str:
    text = text_of(value)
    world.budget.text(longest * len(text))
    world.budget.charge(len(text) >> 4)
    return escaped(text)


def _escape_html(world: World, value: Value) -> str:
    from html import escape  # seldom needed

    return _escaped_for(world, value, 6, escape)


def _escape_latex(world: World, value: Value) -> str:
    return _escaped_for(world, value, 18, tex.escaped)


def _meta_list(world: World, key: Value) -> list[Value]:
    values = world.environment.meta_list(text_of(key))
    world.budget.items(len(values))
    return [*values]


def _counter(world: World, name: Value, step: Value = 1) -> int:
    world.unique = world.counters.asked = True
    key = text_of(name)
    by = number_of(step)
    if by not in (0, 1):
        raise Fault("PM305", f"`counter` counts by 1, not by {text_of(step)}", "`counter($name, 0)` reads it")
    world.budget.text(len(key))
    return world.counters.count(key) if by else world.counters.value(key)


def _source(world: World, body: Value) -> str:
    if not isinstance(body, Content):
        return text_of(body)  # a parameter of this name may be given otherwise
    if len(body.parts) != 1 or not isinstance(body.parts[0], Given):
        raise Fault("PM303", "`source` takes `$body` itself, and no other content")
    text = world.environment.source(body.parts[0].handle)
    if text is None:
        hint = "a lifted text carries it where `source` or `%%use` is written in it, or `percent-macros-use`"
        raise Fault("PM314", "the text between `%%begin` and `%%end` is not known here", hint)
    world.budget.text(len(text))
    return text


def _warn(world: World, values: list[Value]) -> str:
    world.unique = True
    message = text_of(concatenate(values, world.budget)).strip() if values else ""
    world.environment.warn(message or "something's wrong")
    return ""


def _die(world: World, values: list[Value]) -> None:
    message = concatenate(values, world.budget) if values else "died"
    raise Fault("PM307", text_of(message).strip() or "died")


MARKUP = (
    Function("latex", "$", _raw("latex")),
    Function("html", "$", _raw("html")),
    Function("raw", "$$", _any_raw),
    Function("text", "$", _text),
    Function("markdown", "$", _markdown, wants_span=True, pays=True),
    Function("div", "$@", _wrapped(DIV)),
    Function("span", "$@", _wrapped(SPAN)),
    Function("escape_markdown", "$", _escape_markdown),
    Function("format", "$", lambda world, name: world.environment.format_is(text_of(name))),
    Function("meta", "$", lambda world, key: world.environment.meta(text_of(key))),
    Function("source", "$", _source),
    Function("meta_list", "$", _meta_list, gives_list=True),
    Function("meta_content", "$", lambda world, key: world.environment.meta_content(text_of(key))),
    Function("escape_html", "$", _escape_html),
    Function("escape_latex", "$", _escape_latex),
    Function("counter", "$;$", _counter),
    Function("preamble", "$", _add_to_preamble),
    Function("usepackage", "$;$", _use_package),
    Function("usetikzlibrary", "$", _use_tikz_library),
    Function("warn", "@", _warn),
    Function("die", "@", _die),
)
