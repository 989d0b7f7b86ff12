"""What is to be said of fenced divs that pandoc reads otherwise than they look: divs go in, warnings come out."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from ..base import WARNING, Diagnostic
from ..document import elements
from ..document.source import Input
from .divs import Divs, Fence, changed, number_of
from .loading import load

_WORDS = re.compile(r"[ \t]*([^\W\d_][\w-]*)((?:[ \t]+\.?[^\W\d_][\w-]*)+|[ \t]+\{[^{}\n]*\})[ \t]*:*\s*")
_SPACED = re.compile(r"\s=|=\s")
_LEFT = "begin the line at the left edge, or where the text of its list item begins"
_WORD = "percentmacrosend"
_LANDED = re.compile(rf"{_WORD}(\d+)x")


def faults(divs: Divs, arguments: Sequence[str], inputs: Sequence[Input]) -> Iterator[Diagnostic]:
    """Yield a warning for each fence that is read otherwise than it looks.

    Args:
        divs: of the document.
        arguments: as for ``load``.
        inputs: the files that these name.

    Raises:
        Fault: what ``load`` raises.
    """
    yield from _texts(divs)
    yield from _braces(divs)
    if len(divs.opened) > len(divs.closing):
        # No more than that: an empty line above what closes a div may take it out of a paragraph that goes on lazily.
        yield from islice(_Unclosed(divs, arguments, inputs).diagnostics(), len(divs.opened) - len(divs.closing))


def _texts(divs: Divs) -> Iterator[Diagnostic]:
    """Yield a warning for each fence that is text, but none for what would have closed one that is."""
    without = 0  # fences that were to open a div
    for each in divs.fences:
        if each.number not in divs.texts:
            continue
        if not each.closes:
            without += 1
            yield _warning("PM614", "this line opens no div, and is shown as text", each, _cure(each))
        elif without:
            without -= 1
        else:
            message = f"this `{each.colons}` closes nothing, and is shown as text"
            cure = _LEFT if each.margin.isspace() else "take it out, or open a div for it: `::: {.name}`"
            yield _warning("PM614", message, each, cure)


def _cure(fence: Fence) -> str:
    """Return what makes a line open a div."""
    if words := _WORDS.fullmatch(fence.rest):
        more = words[2].strip("{ \t}") if "{" in words[2] else _as_classes(words[2])
        return f"write `{fence.colons} {{.{words[1]} {more}}}`: after the colons goes one name, or attributes in braces"
    if not fence.has_mark:
        return "after the colons goes one name, or attributes in braces: `::: {.name key=value}`, no space beside `=`"
    if _SPACED.search(fence.rest):
        return "put no space beside the `=`"
    text = fence.span.source.text
    end = text.rfind("\n", 0, fence.span.start)
    if end >= 0 and text[text.rfind("\n", 0, end) + 1 : end].strip("> \t\r"):
        return "leave an empty line above it"
    if fence.margin.isspace():
        return _LEFT
    closing = f"close the div with a line `{fence.colons}`"  # without which older pandocs take it for text
    return closing if "{" not in fence.rest else f'write attributes as in `{{#id .class key="value"}}`, and {closing}'


def _as_classes(words: str) -> str:
    return " ".join(f".{each.removeprefix('.')}" for each in words.split())


def _braces(divs: Divs) -> Iterator[Diagnostic]:
    """Yield a warning for each div whose name is what were to be attributes."""
    for div in _divs(divs.document["blocks"]):
        fence = divs.of(div)
        if fence and div["c"][0][1][0].startswith("{"):
            name = fence.rest.strip(" \t\r:")
            message = f"`{name}` is taken for the name of the div: these are no attributes"
            yield _warning("PM614", message, fence, 'write attributes as in `{#id .class key="value"}`')


def _divs(value: object) -> Iterator[elements.Element]:
    """Yield all divs in whatever holds elements, outer ones first."""
    if isinstance(value, list):
        for each in value:
            yield from _divs(each)
    elif isinstance(value, dict):
        if value.get("t") == "Div":
            yield value
        yield from _divs(list(value.values()))


class _Unclosed:
    """Divs that nothing closes: a word before each line that closes a div tells, by where it lands, which one."""

    def __init__(self, divs: Divs, arguments: Sequence[str], inputs: Sequence[Input]) -> None:
        self._fences = divs.fences
        new = {each.number: each.marked for each in divs.fences if each.has_mark}
        for each in divs.fences:
            if each.number in divs.closing:
                margin = each.margin
                new[each.number] = f"\n{margin}{_WORD}{each.number}x\n{margin.rstrip()}\n{margin}{each.colons}"
        document = load(arguments, changed(inputs, divs.fences, new)).document()
        self._inside: dict[int, int | None] = {}  # the div that a div is in, by the numbers of their fences
        self._closed: dict[int, int] = {}  # what opens a div, by what closes it
        self._columns: set[int] = set()
        self._look([document["meta"], document["blocks"]], None)
        self._odd = list(self._other_lengths())

    def _look(self, value: object, inside: int | None) -> None:
        if isinstance(value, list):
            for each in value:
                self._look(each, inside)
        elif isinstance(value, dict):
            if value.get("t") == "Str" and inside is not None:
                for word in _LANDED.findall(value["c"]):
                    self._closed[int(word)] = inside
            elif value.get("t") == "Div":
                number = number_of(value)
                if number is not None:
                    self._inside[number] = inside
                    self._columns.update({number} if "column" in value["c"][0][1] else ())
                self._look(value["c"][1], number)
            else:
                self._look(list(value.values()), inside)

    def diagnostics(self) -> Iterator[Diagnostic]:
        closed = set(self._closed.values())
        for number in self._inside:
            if number not in closed:
                yield self._of_other_length(number) or self._of_next_column(number) or self._plain(number)

    def _plain(self, number: int) -> Diagnostic:
        div = self._fences[number]
        return _warning("PM613", "this div is never closed", div, f"put a line `{div.colons}` after what belongs to it")

    def _of_other_length(self, number: int) -> Diagnostic | None:
        """Return a warning for a div inside that is closed by what looks as if it were to close one around it."""
        for end, inner, meant, around in self._odd:
            if number in around:
                hint = f"the `{end.colons}` of line {end.line} closes it, not the div of line {meant.line}"
                message = f"this div lacks its `{inner.colons}`"
                return _warning("PM613", message, inner, hint, "pandoc does not count the colons that close a div")
        return None

    def _other_lengths(self) -> Iterator[tuple[Fence, Fence, Fence, set[int]]]:
        """Yield what closes a div and looks as if it were for one around it; both of these, and all those around."""
        for closing, opening in sorted(self._closed.items()):
            end, inner = self._fences[closing], self._fences[opening]
            if end.colons != inner.colons:
                around = list(self._around(opening))
                meant = (self._fences[each] for each in around if self._fences[each].colons == end.colons)
                for first in islice(meant, 1):
                    yield end, inner, first, set(around)

    def _around(self, number: int) -> Iterator[int]:
        """Yield the divs that a div is in, from the inside out."""
        outer = self._inside.get(number)
        while outer is not None:
            yield outer
            outer = self._inside.get(outer)

    def _of_next_column(self, number: int) -> Diagnostic | None:
        """Return a warning for a column in which the next one begins."""
        for inner in sorted(self._columns):
            outer = self._inside[inner]
            if outer is not None and outer in self._columns and outer >= number:
                line = self._fences[inner].line
                message = f"this column is not closed where the next one begins, in line {line}"
                return _warning("PM613", message, self._fences[outer], f"put a line `:::` above line {line}")
        return None


def _warning(code: str, message: str, fence: Fence, *hints: str) -> Diagnostic:
    return Diagnostic(code, message, fence.span, hints, severity=WARNING)
