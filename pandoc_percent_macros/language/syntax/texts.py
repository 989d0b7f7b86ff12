"""The texts in the arguments of a call, and the same call with other texts: to find out where they come out."""

from collections.abc import Callable
from itertools import count
from typing import Any

from ...base import Span
from .nodes import Argument, Call, Interpolated, Literal


def texts_in(call: Call) -> list[tuple[Span, str]]:
    """Return the texts in a call's arguments and in those of calls in them, of ``name=value`` in both readings."""
    found: list[tuple[Span, str]] = []

    def note(span: Span, text: str) -> str:
        found.append((span, text))
        return text

    _mapped(call, note)
    return found


def with_text(call: Call, number: int, text: str) -> Call:
    """Return a call with another text in the place of one of those that ``texts_in`` returns."""
    numbers = count()
    return _mapped(call, lambda _, old: text if next(numbers) == number else old)


def _mapped(call: Call, change: Callable[[Span, str], str]) -> Call:
    """Return a call with each text in its arguments changed by a function, which is given the text's place, too."""
    calls: dict[int, Call] = {}  # a call stands in both readings of its argument

    def written(each: Any, span: Span) -> Any:
        match each:
            case str():
                return change(span, each)
            case Literal(start, end, value):
                return Literal(start, end, change(Span(call.source, start, end), str(value)))
            case Interpolated(start, end, parts):
                return Interpolated(start, end, tuple(written(part, span) for part in parts))
            case Call():
                if id(each) not in calls:
                    calls[id(each)] = _mapped(each, change)
                return calls[id(each)]
        return each

    arguments = []
    for each in call.arguments:
        value_span = Span(each.source, each.start + each.span.text.find("=") + 1, each.end)
        text, value = written(each.text, each.span), written(each.value, value_span)
        arguments.append(Argument(text, each.source, each.start, each.end, each.name, value))
    return call.with_arguments(tuple(arguments))
