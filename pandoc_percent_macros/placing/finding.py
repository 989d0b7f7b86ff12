"""The call at a place of an author's file: what it says, what its macro is, and where it paints."""

import os
from collections.abc import Sequence
from pathlib import Path

from ..base import Fault
from ..build.request import Request
from ..document.source import BEGIN, CALL, DEFINE, Directive
from ..inspect.loading import load
from ..pages import MarkedCall
from . import rewriting
from .candidates import described
from .placed import PlacedCall
from .wishes import Movable

_Found = tuple[str, Directive]  # a directive, by the key of its token
_NEAR = 3  # lines with calls that are named where there is none
_SHOWN = 40  # characters of a call


def find(request: Request, placed: Sequence[PlacedCall], name: str, line: int, column: int | None) -> Movable:
    """Return the call at a place.

    Args:
        request: the document that is built.
        placed: what its calls paint.
        name: of the file.
        line: from 1.
        column: from 1; without one, the call is the only one on the line that paints.

    Raises:
        Fault: PM619 where there is not one such call, or nothing is known of where it paints; PM621 where it has
            another text than when the document was built; PM801, PM802, PM803 for a file that can't be read.
    """
    names = request.invocation.inputs
    known_as = next((each for each in names if _is_same(request.folder / each, Path(name))), None)
    if known_as is None:
        raise Fault("PM619", f"{name} is not among the files that pandoc is given: {', '.join(names)}")
    files = {each: rewriting.read(each, request.folder) for each in names}
    loaded = load(request.arguments, [files[each].input for each in names])
    there = [
        (key, each)
        for key, each in loaded.directives.items()
        if each.source.name == known_as and _covers(each, line, column)
    ]
    marked, (key, directive) = _only(known_as, line, there, placed)
    processed = loaded.expanded(request.target).processed
    call, macros = processed.calls.get(key), processed.program.macros
    if call is None:
        raise Fault("PM619", "this call is not evaluated").at(directive.span)
    if call.source.text != marked.text:
        raise Fault("PM621", "the call has changed since the document was built").at(directive.span)
    pages = tuple(each for each in placed if each.call == marked)
    words = described(call, macros)
    file = files[known_as]
    return Movable(file, marked, call, macros.get(call.name), pages, loaded, directive.standalone, words)


def _only(name: str, line: int, there: Sequence[_Found], placed: Sequence[PlacedCall]) -> tuple[MarkedCall, _Found]:
    """Return the one of some directives that is a call that paints."""
    painting = {(each.call.line, each.call.column): each.call for each in placed if each.call.file == name}
    calls = [each for each in there if each[1].kind in (CALL, BEGIN)]
    places = [(painting.get(each.source.position(0)), (key, each)) for key, each in calls]
    found = [(marked, each) for marked, each in places if marked]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(f"{name}:{each.line}:{each.column} `{_short(each.text)}`" for each, _ in found)
        raise Fault("PM619", f"several calls paint at line {line}", f"name the column, too: {shown}")
    if calls:
        hint = "calls in mathematics, metadata and addresses have no marks"
        raise Fault("PM619", "nothing is known of where this call paints", hint).at(calls[0][1].span)
    definition = next((each for _, each in there if each.kind == DEFINE), None)
    if definition:
        message = "this is a definition: what moves is a call of the document's"
        raise Fault("PM619", message, "name the line of the call").at(definition.span)
    near = sorted({each for each, _ in painting}, key=lambda each: abs(each - line))[:_NEAR]
    hint = f"calls that paint are at the lines {', '.join(map(str, sorted(near)))}" if near else "no call of it paints"
    raise Fault("PM619", f"there is no call at {name}:{line}", hint)


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _covers(directive: Directive, line: int, column: int | None) -> bool:
    source = directive.source
    start, end = source.position(0), source.position(len(source.text))
    if column is None:
        return start[0] <= line <= end[0]
    return start <= (line, column) < end


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
