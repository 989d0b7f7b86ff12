"""What is wrong with a document, beyond what the filter says: checks of what its macros return."""

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ..base import Diagnostic, Diagnostics, Span, tex
from ..document import elements
from ..document.source import DEFINE, Input
from ..language.syntax import Call, Macro, calls_in
from ..language.values import Raw, Result, every
from ..latex import Unbalanced, unbalanced
from . import columns, divs, misread
from .loading import ExpandedDocument, LoadedDocument, load, merged
from .pictures import SearchPath, pictures

_AROUND = 30  # characters shown on either side of a sign that lacks its partner


def check_document(arguments: Sequence[str], targets: Iterable[str]) -> Diagnostics:
    """Return what is wrong with a document.

    Args:
        arguments: as for ``load``.
        targets: the formats to expand it for.

    Raises:
        Fault: what ``load`` raises.
    """
    targets = tuple(targets)
    loaded = load(arguments)
    expanded = [loaded.expanded(target) for target in targets]
    found = merged(each.diagnostics for each in expanded)
    for each in expanded:
        _check_pictures(loaded, each, found)
        if each.processed.target.belongs_to("latex"):
            _check_balance(each, found)
    inputs = [each for part in loaded.manuscripts for each in part.inputs]
    for diagnostic in check_divs(arguments, inputs, targets):
        found.add(diagnostic)
    if all(each.processed.expansion for each in expanded):  # else a name may be misspelled
        _check_use(loaded, expanded, found)
    return found


def check_divs(arguments: Sequence[str], inputs: Sequence[Input], targets: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong with fenced divs, and with the widths of columns.

    Args:
        arguments: as for ``load``.
        inputs: the files that these name.
        targets: the formats that widths are to fit.

    Raises:
        Fault: what ``load`` raises.
    """
    read = divs.read_divs(arguments, inputs)
    if read is not None:
        yield from misread.faults(read, arguments, inputs)
        for target in targets:
            yield from columns.faults(read, target)


def _check_pictures(loaded: LoadedDocument, expanded: ExpandedDocument, found: Diagnostics) -> None:
    """Report each picture that a result names and that is not there (PM502)."""
    path = SearchPath(loaded.invocation, expanded.document)
    expansion = expanded.processed.expansion
    if expansion is None:
        return
    for call, result in expansion.results:
        for picture in pictures(expansion.own_blocks(result), expanded.processed.target):
            if not path.has(picture):
                message = f"picture `{picture.name}` that `{call.name}` names was not found"
                found.error("PM502", message, call.span, mark=_mark(call, picture.name))


def _mark(call: Call, name: str) -> Span:
    """Return the argument of a call that names a picture, or the call's name."""
    for each in call.arguments:
        if name in (each.text, each.value) or os.path.splitext(name)[0] in (each.text, each.value):
            return each.span
    return call.name_span


def _check_balance(expanded: ExpandedDocument, found: Diagnostics) -> None:
    """Warn of each sign in a result that lacks its partner (PM503), in all results and in the LaTeX around them."""
    latex = [text for format, text in elements.raw_markup(expanded.document["blocks"]) if format in tex.RAW_FORMATS]
    lone = Counter((each.sign, each.opens) for each in unbalanced("\n".join(latex)))
    if not lone:
        return
    calls = [call for call, _ in expanded.processed.results]
    texts = [_latex_of(result) for _, result in expanded.processed.results]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    for each in unbalanced("\n".join(texts)):
        if lone[each.sign, each.opens]:
            lone[each.sign, each.opens] -= 1
            number = bisect_right(starts, each.start) - 1
            call, at = calls[number], each.start - starts[number]
            hint = _hint(texts[number], at, at + len(each.sign))
            found.warning("PM503", _message(call, each), call.span, hint, mark=call.name_span)


def _latex_of(result: Result) -> str:
    return "".join(
        piece.text if isinstance(piece, Raw) and piece.format in tex.RAW_FORMATS else "x"
        for piece in every(result.pieces)
    )


def _message(call: Call, lone: Unbalanced) -> str:
    if lone.opens:
        return f"`{call.name}` returns `{lone.sign}` that nothing closes"
    return f"`{call.name}` returns `{lone.sign}` that closes nothing"


def _hint(text: str, start: int, end: int) -> str:
    start, end = max(0, start - _AROUND), min(len(text), end + _AROUND)
    shown = " ".join(text[start:end].split())
    return f"in `{'…' if start else ''}{shown}{'…' if end < len(text) else ''}`"


def _check_use(loaded: LoadedDocument, expanded: Sequence[ExpandedDocument], found: Diagnostics) -> None:
    """Report the document's own macros that nothing calls (PM218)."""
    defined = {id(each.source) for each in loaded.directives.values() if each.kind == DEFINE}
    called = set()
    for each in expanded:
        program = each.processed.program
        called |= {inner.name for call in each.processed.calls.values() for inner in calls_in(call)}
        called |= {name for checked in program.checked.values() for name, _ in checked.calls}
    for macro in expanded[0].processed.program.macros.values():
        if isinstance(macro, Macro) and id(macro.source) in defined and macro.name not in called:
            found.warning("PM218", f"macro `{macro.name}` is never called", macro.name_span)
