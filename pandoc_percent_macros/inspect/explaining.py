"""The result of a call, and its story: its macro, its parameters, the macros that it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from .. import settings
from ..base import Diagnostic, Fault, Span
from ..document.expansion import Elements, Processed, outside_prelude
from ..language.check import ABSENT
from ..language.functions import Frame, Run
from ..language.run import Machine, Session, Unit
from ..language.syntax import Call, Macro, MacroCall, Node, calls_in, single
from ..language.values import (
    Attributes,
    Content,
    Given,
    Markdown,
    Native,
    Piece,
    Raw,
    Result,
    Text,
    Value,
    Wrapped,
    number_text,
)
from ..pandoc import Format, write
from ..report.terminal import printable
from .listing import comment_of
from .loading import ExpandedDocument, LoadedDocument

_SHOWN = 60  # characters of a value in a step


def calls_at(processed: Processed, line: int, column: int | None = None) -> list[Call]:
    """Return the calls of a document that stand on a line, or the innermost one at a column, both from 1."""
    calls = [call for call in processed.calls.values() if _is_on(call, line)]
    if column is None:
        return calls
    return [inner for call in calls for inner in calls_in(call) if _covers(inner, line, column)][-1:]


def _is_on(call: Call, line: int) -> bool:
    source = call.span.source
    first, _ = source.position(call.span.start)
    last, _ = source.position(call.span.end)
    return first <= line <= last


def _covers(call: Call, line: int, column: int) -> bool:
    source = call.span.source
    return source.position(call.span.start) <= (line, column) < source.position(call.span.end)


def explanation(processed: Processed, call: Call) -> tuple[str, Diagnostic | None]:
    """Return the story of a call as lines of text, and what goes wrong in it."""
    fault = None
    result: Result | None = None
    steps: list[Step] = []
    try:
        result, steps = traced(processed, call)
    except Fault as raised:
        fault = outside_prelude(raised.diagnostic)
    lines = [f"{printable(str(call.span))}: {_first_line(call.span.text)}", ""]
    lines += _macro(processed, call, steps)
    if len(steps) > 1 or (steps and steps[0].steps):
        lines += ["steps:", *(line for step in steps for line in _step(step, 1)), ""]
    if result is not None:
        lines += _result(result)
    return "\n".join(lines) + "\n", fault


def _macro(processed: Processed, call: Call, steps: Sequence[Step]) -> Iterator[str]:
    macro = processed.program.macros.get(call.name)
    if macro is None:
        return
    comment, place = macro.doc, "a macro in Python"
    if isinstance(macro, Macro):
        comment, place = comment_of(macro), f"defined at {printable(str(macro.name_span))}"
    yield f"macro: {macro.signature()}, {place}"
    for line in (comment or "").split("\n"):
        if line:
            yield f"  {printable(line)}"
    values = [*(call.values or ())]
    if call.depth and steps and steps[-1].macro is macro:
        values = steps[-1].values  # those of the calls in its arguments are known
    if macro.parameters and call.bound is macro:
        parameters = single(macro)
        yield ""
        yield "parameters:"
        for parameter, value in zip(parameters, values, strict=False):
            yield f"  {parameter} = {_default(parameter) if value is ABSENT else _given(call, value)}"
        rest = ", ".join(_given(call, value) for value in values[len(parameters) :])
        yield from (f"  {each} = ({rest})" for each in macro.parameters if each.many)
    yield ""


def _given(call: Call, value: Any) -> str:
    """Return a value, or, where it was not evaluated, how it is written."""
    return printable(call.source.text[value.start : value.end]) if isinstance(value, Node) else _shown(value)


def _default(parameter: Any) -> str:
    if parameter.default is None:
        return "what stands between %%begin and %%end"
    text = parameter.span.source.text[parameter.default.start : parameter.default.end]
    return f"{printable(text)} (the default)"


def _step(step: Step, depth: int) -> Iterator[str]:
    arguments = ", ".join(_shown(value) for value in step.values if value is not ABSENT)
    yield f"{'  ' * depth}{step.macro.name}({arguments}) = {_shown(step.value)}"
    for each in step.steps:
        yield from _step(each, depth + 1)


def _result(result: Result) -> Iterator[str]:
    if not result.pieces:
        yield "result: nothing"
    for piece in result.pieces:
        yield f"result, {_kind(piece)}:"
        yield from (f"  {line}" for line in _text(piece).rstrip("\n").split("\n"))


def _kind(piece: Piece) -> str:
    match piece:
        case Raw(format):
            return f"raw {format}"
        case Text():
            return "text"
        case Markdown():
            return "Markdown"
        case Given():
            return "content"
        case Native(handle):
            return "metadata" if _is_field(handle) else "pandoc's elements"
        case Wrapped(element):
            return element.lower()
    raise AssertionError(piece)


def _text(piece: Piece) -> str:
    match piece:
        case Raw(_, text) | Text(text):
            return _lines(text)
        case Markdown():
            return _lines(_with_content(piece))
        case Given():
            return "what stands between %%begin and %%end"
        case Wrapped():
            return _piece(piece)
        case Native(handle) if _is_field(handle):
            return "a value of the document's metadata, with its markup"
    return "what the macro in Python returned"


def _is_field(handle: object) -> bool:
    return isinstance(handle, Elements) and handle.holds_places


def _lines(text: str) -> str:
    return "\n".join(printable(line.expandtabs(4)) for line in text.split("\n"))


def _with_content(markdown: Markdown) -> str:
    """Return Markdown with what stands for the content in it, in braces."""
    texts: list[str] = []
    at = 0
    for hole in markdown.holes:
        texts += markdown.text[at : hole.at], "{", " . ".join(map(_piece, hole.result.pieces)), "}"
        at = hole.at
    return "".join([*texts, markdown.text[at:]])


def _attributes(attributes: Attributes) -> str:
    """Return attributes as pandoc's Markdown has them."""
    identifier, classes, pairs = attributes
    words = [f"#{identifier}"] if identifier else []
    words += [f".{each}" for each in classes]
    return " ".join([*words, *(f"{name}={_shown(value)}" for name, value in pairs)])


def _shown(value: Any) -> str:
    """Return a value as the language would write it, shortened."""
    if value is None:
        return "undef"
    if isinstance(value, list):
        return f"({', '.join(map(_shown, value))})"
    if isinstance(value, Content):
        return " . ".join(_shown(part) if isinstance(part, str) else _piece(part) for part in value.parts) or '""'
    if not isinstance(value, str):
        return number_text(value) if not isinstance(value, bool) else "1" if value else '""'
    text = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{printable(quoted)}"'


def _piece(piece: Piece) -> str:
    match piece:
        case Raw(format, text):
            return f"{format}({_shown(text)})"
        case Text(text):
            return f"text({_shown(text)})"
        case Markdown():
            return f"markdown({_shown(_with_content(piece))})"
        case Wrapped(element, attributes, inside):
            parts = [f"'{_attributes(attributes)}'", *map(_piece, inside)]
            return f"{element.lower()}({', '.join(parts)})"
        case Given():
            return "$body"
    return "…"


def _first_line(text: str) -> str:
    first, new_line, _ = text.partition("\n")
    return printable(first) + (" …" if new_line else "")


@dataclass
class Step:
    """One run of a macro."""

    macro: Macro
    values: list[Any]  # of its parameters, ABSENT where the default holds; what ``@rest`` takes at the end
    steps: list[Step] = field(default_factory=list)  # the macros that it called
    value: Any = None  # what it returned; a list where one was wanted


def traced(processed: Processed, call: Call) -> tuple[Result, list[Step]]:
    """Return the result of a call, and its steps: one, or none for a macro in Python.

    Raises:
        Fault: what is wrong with the call, or what happens in it.
    """
    machines: list[_TracingMachine] = []

    def machine(*arguments: Any) -> Machine:
        machines.append(_TracingMachine(*arguments))
        return machines[0]

    session = _session(processed, call, machine)
    result = session.expand(call, processed.body(call))
    return result, machines[0].steps


def _session(processed: Processed, call: Call, machine: Callable[..., Machine]) -> Session:
    """Return a session for a call of the document, or for one in the arguments of another: then that one runs first."""
    limits = settings.limits()
    outer = next((each for each in processed.calls.values() if any(inner is call for inner in calls_in(each))), call)
    if outer is call:
        return processed.session(call, limits, machine)
    watching: list[_WatchingMachine] = []

    def watched(*arguments: Any) -> Machine:
        watching.append(_WatchingMachine(call, *arguments))
        return watching[0]

    session = processed.session(outer, limits, watched)
    with suppress(Fault):  # after the call, or in it: then it is met again
        session.expand(outer, processed.body(outer))
    counters = session.counters().before(watching[0].position)
    return Session(processed.program, processed.environment.silent(), limits, machine, counters)


class _WatchingMachine(Machine):
    """A machine that takes note of the counters when a call in an argument begins."""

    def __init__(self, call: Call, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._call = call
        self.position = 0

    def calling(self, call: MacroCall | Call, context: str, arguments: Run, named: Sequence[Run], span: Span) -> Run:
        run = super().calling(call, context, arguments, named, span)
        if span != self._call.span:
            return run

        def noted(frame: Frame) -> Any:
            self.position = self.world.counters.position
            return run(frame)

        return noted


class _TracingMachine(Machine):
    """A machine that keeps what is run on it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.steps: list[Step] = []

    def enter(self, unit: Unit, values: list[Any], body: Value = None) -> Any:
        if self.room < unit.frames:  # it comes back here, on a new stack
            return super().enter(unit, values, body)
        outside = self.steps
        step = Step(unit.macro, list(values))
        outside.append(step)
        self.steps = step.steps
        try:
            step.value = super().enter(unit, values, body)
        finally:
            self.steps = outside
        return step.value


def written(loaded: LoadedDocument, expanded: ExpandedDocument) -> str:
    """Return the result of the only call of a document, without a new line at its end.

    Raw markup is returned as it is; a result with anything else in it as pandoc writes it.
    """
    ((_, result),) = expanded.processed.results
    raw = raw_text(result.pieces, expanded.processed.target)
    if raw is not None:
        return raw.rstrip("\n")
    return write(loaded.program, expanded.document, expanded.processed.target.markup).rstrip("\n")


def raw_text(pieces: Sequence[Piece], target: Format) -> str | None:
    """Return the raw markup among pieces that shows in a format; None if there is anything but raw markup."""
    if not all(isinstance(piece, Raw) for piece in pieces):
        return None
    return "".join(piece.text for piece in pieces if isinstance(piece, Raw) and target.shows(piece.format))
