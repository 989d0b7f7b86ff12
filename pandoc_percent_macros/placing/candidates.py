"""The numbers of a call that may move what it paints: those that stand in it, and defaults that can be written out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..language.syntax import Argument, Call, Literal, Macro, NativeMacro, Parameter, calls_in, single
from .quantities import Number, number_in, numbers_in

_SPACES = " \t\r\n"


@dataclass(frozen=True)
class Candidate:
    """A number of a call."""

    key: str  # tells it from the others of the call, whatever their values
    name: str  # what it is called in messages: `$x`, or how it is written
    number: Number
    start: int  # where it stands in the call's text; of a default, where it is to be written
    end: int
    default: str = ""  # the parameter whose default it is; "" for a number that stands in the call

    @property
    def is_default(self) -> bool:
        return bool(self.default)


@dataclass(frozen=True)
class Change:
    """A part of a call's text, and what takes its place."""

    start: int
    end: int
    text: str


def given(call: Call, macro: Macro | NativeMacro | None) -> list[Candidate]:
    """Return the arguments of a call that are numbers, and then the defaults that are."""
    found = list(_arguments(call, macro))
    return [*found, *_defaults(call, macro)] if macro else found


def inside(call: Call, macro: Macro | NativeMacro | None) -> list[Candidate]:
    """Return the numbers within other arguments of a call, those of calls in them included."""
    whole = {each.start for each in given(call, macro)}
    found: dict[int, Candidate] = {}
    for outer in calls_in(call):
        for argument in outer.arguments:
            start, end = _value(argument, None)
            for each in numbers_in(outer.source.text[start:end]):
                at = start + each.start
                text = outer.source.text[at : start + each.end]
                found[at] = Candidate("", f"`{text.strip()}`", each.number, at, start + each.end)
    starts = [at for at in sorted(found) if at not in whole]
    return [replace(found[at], key=f"inside {number}") for number, at in enumerate(starts)]


def changed(call: Call, changes: Iterable[tuple[Candidate, str]]) -> list[Change]:
    """Return the parts of a call that have other texts, in their order, for numbers written anew."""
    parts = [Change(each.start, each.end, text) for each, text in changes if not each.is_default]
    named = [f"{each.default}={text}" for each, text in changes if each.is_default]
    return sorted([*parts, *([_added(call, named)] if named else [])], key=lambda each: each.start)


def with_changes(text: str, changes: Iterable[Change]) -> str:
    """Return a call's text with some parts of it changed."""
    pieces: list[str] = []
    at = 0
    for each in changes:
        pieces += text[at : each.start], each.text
        at = each.end
    return "".join([*pieces, text[at:]])


def _arguments(call: Call, macro: Macro | NativeMacro | None) -> Iterator[Candidate]:
    names = {each.name for each in single(macro)} if macro else set()
    parameters = [str(each) for each in single(macro)] if macro else []
    for at, argument in enumerate(call.arguments):
        named = argument.name if argument.name in names else None
        start, end = _value(argument, named)
        number = number_in(call.source.text[start:end])
        if number:
            name = f"${named}" if named else parameters[at] if at < len(parameters) else f"argument {at + 1}"
            yield Candidate(f"argument {at}", f"`{name}`" if name.startswith("$") else name, number, start, end)


def _value(argument: Argument, named: str | None) -> tuple[int, int]:
    """Return where the value of an argument stands, without its name, quotes and spaces around it."""
    text = argument.source.text
    start, end = argument.start, argument.end
    if named:
        start = text.index("=", start) + 1
    start += len(text[start:end]) - len(text[start:end].lstrip(_SPACES))
    if end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    return start, end


def _defaults(call: Call, macro: Macro | NativeMacro) -> Iterator[Candidate]:
    given_names = {argument.name for argument in call.arguments}
    by_position = sum(argument.name not in {each.name for each in single(macro)} for argument in call.arguments)
    for each in single(macro)[by_position:]:
        number = _default(each)
        if number and each.name not in given_names:
            yield Candidate(f"default {each.name}", f"`{each}`", number, call.end, call.end, each.name)


def _default(parameter: Parameter) -> Number | None:
    """Return the number that is the default of a parameter; None where it is something else, or calculated."""
    default = parameter.default
    if default is None:
        return None
    if isinstance(default, Literal) and isinstance(default.value, str):
        return number_in(default.value)
    return number_in(parameter.span.source.text[default.start : default.end])


def _added(call: Call, named: list[str]) -> Change:
    """Return the change that writes named arguments into a call."""
    text = ", ".join(named)
    if call.arguments:
        end = call.arguments[-1].end
        return Change(end, end, f", {text}")
    closed = call.source.text[call.start : call.end].endswith(")")
    return Change(call.end - 1, call.end - 1, text) if closed else Change(call.end, call.end, f"({text})")


def described(call: Call, macros: Mapping[str, Macro | NativeMacro]) -> str:
    """Return what arguments a call has, for a message."""
    texts = [f"`{' '.join(each.span.text.split())}`" for each in call.arguments]
    macro = macros.get(call.name)
    if not texts:
        return f"`{macro.signature()}` is called without arguments" if macro else "it has no arguments"
    return f"its arguments are {', '.join(texts)}"
