"""From a document's directives to its program: the definitions, libraries and calls, linked and checked."""

from __future__ import annotations

from ...base.fault import Diagnostics, Unclosed
from ...base.record import TYPE_CHECKING
from ...language.check.linker import link
from ...language.syntax.calls import parse_call
from ...language.syntax.definitions import parse_definition
from ..source.directives import BEGIN, CALL, DEFINE
from .libraries import prelude, used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...base.source import Span
    from ...language.check.linker import Program
    from ...language.syntax.calls import Call
    from ...language.syntax.macros import Macro
    from ...language.values.budget import Limits
    from ..source.directives import Directive
    from .expansion import DocumentEnvironment
    from .placeholders import Placer


def compile_directives(
    directives: dict[str, Directive],
    placer: Placer,
    environment: DocumentEnvironment,
    diagnostics: Diagnostics,
    limits: Limits,
) -> tuple[Program, dict[str, Call]]:
    """Return the macros of a document, and its calls by the keys of their tokens.

    Args:
        directives: by the keys of their tokens.
        placer: tells which of them pandoc took for code, and which stand in raw TeX.
        environment: the document, as macros in Python may know it.
        diagnostics: takes every fault that can be known before anything runs.
        limits: what definitions may cost.
    """
    macros = []
    for directive in directives.values():
        if directive.kind == DEFINE:
            macro = parse_definition(directive.source, diagnostics, limits=limits)
            if macro:
                macros.append(macro)
    libraries = used(directives.values(), diagnostics)
    code = [directive.source.text for directive in directives.values()] + [macro.source.text for macro in libraries]
    needed = prelude(diagnostics, "\n".join(code))
    calls = {
        key: call
        for key, directive in directives.items()
        if directive.kind in (CALL, BEGIN) and key not in placer.literal and (call := _call(directive, diagnostics))
    }
    found = Diagnostics()
    program = link(macros, (*needed, *libraries), list(calls.values()), found)
    unknown = {each.mark.text: each.mark for each in found if each.code == "PM203" and each.mark}
    if unknown:
        libraries = (*prelude(diagnostics), *libraries)  # names that may have been meant
        found, program, calls = _link_again(macros, libraries, calls, placer, unknown, environment)
    for each in found:
        diagnostics.add(each)
    return program, calls


def _call(directive: Directive, diagnostics: Diagnostics) -> Call | None:
    try:
        return parse_call(directive.source)
    except Unclosed:  # the scanner finds no such call, but a marker may be written by hand
        diagnostics.error("PM103", "the call's parenthesis is never closed", directive.span)
        return None


def _link_again(
    macros: Sequence[Macro],
    libraries: Sequence[Macro],
    calls: dict[str, Call],
    placer: Placer,
    unknown: dict[str, Span],
    environment: DocumentEnvironment,
) -> tuple[Diagnostics, Program, dict[str, Call]]:
    """Link with the macros in Python, which are looked for only when some name has no definition."""
    from . import python_macros as natives  # looks through all installed packages

    found = Diagnostics()
    installed = natives.load(unknown, environment, found)
    nowhere = unknown.keys() - installed.keys()
    # On a line of raw TeX, what looks like the call of a macro that there is not is a comment of TeX's.
    calls = {key: call for key, call in calls.items() if key not in placer.raw_tex or call.name not in nowhere}
    return found, link(macros, libraries, list(calls.values()), found, installed), calls
