"""Macros in Python: functions that installed packages register, for what the language leaves out.

A document can't load Python. What counts is the entry-point group ``pandoc_percent_macros`` of the packages that are
installed beside this one; a package's code is loaded when the document calls a name that it registers, and no macro of
the document, its libraries or the prelude has. This module is imported only then, too: looking for entry points takes
longer than most documents.
"""

import contextlib
import inspect
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from typing import Any

from ...base import Diagnostics, Fault, Record, Source, Span
from ...language.functions import FUNCTIONS
from ...language.syntax import BODY, KEYWORDS, Literal, NativeMacro, Parameter
from ...language.values import Content, text_of
from .expansion import DocumentEnvironment
from .results import Elements

GROUP = "pandoc_percent_macros"
CONTEXT = "context"  # a first parameter of this name gets the context, not an argument
_FORBIDDEN = re.compile(r"[\ud800-\udfff]|\\u0000")  # in JSON
_SHOWN = 300  # characters of what an exception says
_FAILURES = (Exception, SystemExit)  # of somebody else's code; all are reported as the author's faults are


class Context(Record):
    """What a function may know of the call that it works for, and of the document. It can't be changed."""

    file: str  # of the call in the document that led here, as its author would name it
    line: int  # from 1
    column: int  # from 1, in characters
    format: str  # that pandoc writes, by the name that pandoc gives it; "" when not known
    _environment: DocumentEnvironment

    def format_is(self, name: str) -> bool:
        """Return whether a format, or one of its family, is written, as the language's ``format()`` does."""
        return self._environment.format_is(name)

    def meta(self, key: str, default: str | None = None) -> str | None:
        """Return a metadata value of the document as text, as the language's ``meta()`` does."""
        value = self._environment.meta(key)
        return default if value is None else value


class _Unfit(Exception):
    """What an entry point names can't be a macro; the message says why."""


def load(
    wanted: Mapping[str, Span], environment: DocumentEnvironment, diagnostics: Diagnostics
) -> dict[str, NativeMacro]:
    """Return the macros that installed packages register, by name.

    Only those that are wanted are loaded; the others are there for their names alone.

    Args:
        wanted: the names that the document calls, and no definition has, each with a place that does.
        environment: the document, as the functions may know it.
        diagnostics: takes PM808 for what can't be loaded.
    """
    natives = {}
    for name, points in _registered().items():
        natives[name] = NativeMacro(name, _ANY, lambda _: "")
        if name in wanted:
            macro = _load_one(name, points, environment, wanted[name], diagnostics)
            natives[name] = macro or natives[name]
    return natives


def installed(environment: DocumentEnvironment, diagnostics: Diagnostics) -> dict[str, tuple[NativeMacro, str]]:
    """Return all macros that installed packages register, by name, each with the name of its package.

    Args:
        environment: the document, as the functions may know it.
        diagnostics: takes PM808 for what can't be loaded.
    """
    found = {}
    for name, points in sorted(_registered().items()):
        macro = _load_one(name, points, environment, None, diagnostics)
        if macro:
            found[name] = (macro, points[0].dist.name if points[0].dist else points[0].value)
    return found


def _registered() -> dict[str, list[metadata.EntryPoint]]:
    found: dict[str, list[metadata.EntryPoint]] = {}
    for each in metadata.entry_points(group=GROUP):
        if each.name not in FUNCTIONS and each.name not in KEYWORDS:
            found.setdefault(each.name, []).append(each)
    return found


def _load_one(
    name: str,
    points: list[metadata.EntryPoint],
    environment: DocumentEnvironment,
    place: Span | None,
    diagnostics: Diagnostics,
) -> NativeMacro | None:
    try:
        return _loaded(name, points, environment)
    except _Unfit as reason:
        message = f"macro `{name}` can't be loaded from {_owners(points)}: {reason}"
        diagnostics.error("PM808", message, place)
        return None


def _owners(points: Iterable[metadata.EntryPoint]) -> str:
    return " and ".join(sorted({f"`{each.dist.name}`" if each.dist else f"`{each.value}`" for each in points}))


def _loaded(name: str, points: list[metadata.EntryPoint], environment: DocumentEnvironment) -> NativeMacro:
    if len({each.value for each in points}) > 1:
        raise _Unfit("both have a macro of this name")
    try:
        with contextlib.redirect_stdout(sys.stderr):  # standard output is the document
            function = points[0].load()
            signature = inspect.signature(function)
    except _FAILURES as fault:
        raise _Unfit(_said(fault)) from None
    parameters = list(signature.parameters.values())
    takes_context = bool(parameters) and parameters[0].name == CONTEXT
    if takes_context:
        del parameters[0]
    return NativeMacro(
        name,
        _parameters(name, parameters),
        _Runner(name, function, parameters, environment, takes_context),
        inspect.getdoc(function),
    )


def _parameters(name: str, parameters: Iterable[inspect.Parameter]) -> tuple[Parameter, ...]:
    """Return a function's parameters as a macro's."""
    found = []
    for each in parameters:
        many = each.kind is each.VAR_POSITIONAL
        if each.kind in (each.KEYWORD_ONLY, each.VAR_KEYWORD):
            raise _Unfit(f"its parameter `{each}` can't be given by position")
        shown = f"{'@' if many else '$'}{each.name}"
        default = None
        if each.default is not each.empty:
            start = len(shown) + len(" = ")
            shown += f" = {_literal(each.default)}"
            default = Literal(start, len(shown), None)  # the value is Python's own
        found.append(Parameter(each.name, Span(Source(f"<{name}>", shown), 0, len(shown)), many, default))
    return tuple(found)


_ANY = (Parameter("arguments", Span(Source("<python>", "@arguments"), 0, 10), many=True),)


def _literal(value: object) -> str:
    """Return a default as the language would write it."""
    if value is None or value is False:
        return "undef" if value is None else '""'
    if isinstance(value, (int, float)):
        return str(+value)
    if isinstance(value, str):
        return f'"{value}"' if value.isprintable() and not re.search(r'[\\"$@]', value) else "…"
    return "…"


class _Runner:
    """Calls a function for a macro, and brings what it returns into the language."""

    def __init__(
        self,
        name: str,
        function: Callable[..., object],
        parameters: list[inspect.Parameter],
        environment: DocumentEnvironment,
        takes_context: bool,
    ) -> None:
        self._name = name
        self._function = function
        self._parameters = parameters
        self._environment = environment
        self._takes_context = takes_context

    def __call__(self, arguments: Mapping[str, object]) -> object:
        try:
            values = [value for each in self._parameters for value in self._values(each, arguments[each.name])]
            if self._takes_context:
                values.insert(0, _context(self._environment))
            with contextlib.redirect_stdout(sys.stderr):  # standard output is the document
                return _brought_in(self._function(*values))
        except _Unfit as reason:
            raise Fault("PM310", f"`{self._name}` returned {reason}", _WHAT_IT_MAY) from None
        except Fault:
            raise
        except _FAILURES as fault:
            raise Fault("PM309", f"`{self._name}` failed: {_said(fault)}", *_raised_at(fault)) from None

    def _values(self, parameter: inspect.Parameter, value: Any) -> list[object]:
        if parameter.kind is parameter.VAR_POSITIONAL:
            return [self._value(each) for each in value]
        if value is None and parameter.default is not parameter.empty:
            return [parameter.default]
        return [self._value(value, as_blocks=parameter.name == BODY)]

    def _value(self, value: Any, *, as_blocks: bool = False) -> object:
        """Return a text as such; content as a list of panflute's elements: blocks, or, where it can be, inlines."""
        if not isinstance(value, Content):
            return text_of(value)
        import panflute

        blocks = self._environment.handed.blocks(value)
        document = {"pandoc-api-version": self._environment.api_version, "meta": {}, "blocks": blocks}
        content = panflute.load(io.StringIO(json.dumps(document))).content
        if not as_blocks and len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain"):
            content = content[0].content
        return list(content)


def _context(environment: DocumentEnvironment) -> Context:
    span = environment.call.span if environment.call else None
    line, column = span.source.position(span.start) if span else (0, 0)
    return Context(span.source.name if span else "", line, column, environment.format, environment)


_WHAT_IT_MAY = "a macro in Python returns a `str`, a panflute element, or a list of blocks or of inlines"


def _brought_in(value: object) -> str | Elements:
    """Return what a function returned as the language takes it."""
    if isinstance(value, str):
        return str.__str__(value)  # of a class derived from it, too
    panflute = sys.modules.get("panflute")  # a function that returns one of its elements has loaded it
    if panflute is None:
        raise _Unfit(_kind(value))
    several = isinstance(value, (list, tuple, panflute.ListContainer))
    members: Any = value if several else [value]
    spaces = (panflute.Space, panflute.SoftBreak, panflute.LineBreak)  # panflute takes the classes for instances
    members = [each() if each in spaces else each for each in members]
    inline = all(isinstance(each, panflute.Inline) for each in members)
    if not inline and not all(isinstance(each, panflute.Block) for each in members):
        wrong = [each for each in members if not isinstance(each, (panflute.Inline, panflute.Block))]
        raise _Unfit(_kind(wrong[0], several) if wrong else "blocks and inlines in one list")
    text = json.dumps([each.to_json() for each in members], ensure_ascii=False)
    if _FORBIDDEN.search(text):
        raise _Unfit("an element with a character in it that no document may: NUL, or half of one")
    return Elements(json.loads(text), inline)


def _kind(value: object, inside: bool = False) -> str:
    name = "`None`" if value is None else f"a value of the type `{type(value).__name__}`"
    return f"a list that holds {name}" if inside else name


def _said(fault: BaseException) -> str:
    words = " ".join(str(fault).split())
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return f"{type(fault).__name__}: {words}" if words else type(fault).__name__


def _raised_at(fault: BaseException) -> list[str]:
    """Return, as a hint, the line of Python that an exception comes from."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_filename == __file__:
        return []
    return [f"raised at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"]
