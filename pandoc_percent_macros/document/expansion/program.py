"""From a document's directives to its program: the definitions, libraries and calls, linked and checked."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Diagnostics, Fault, Span, Unclosed, grammar, pattern
from ...language.check import Program, link
from ...language.syntax import Call, Macro, parse_call, parse_definition
from .. import elements
from ..source import BEGIN, CALL, DEFINE, FAULT, MISS, NOTE, Directive
from .libraries import USE_FIELD, Named, prelude, used
from .placeholders import COMMENT, MISSED, TAG, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..work import Work
    from .expansion import DocumentEnvironment


# Where text that is nearly a call is told of
_MISSED = (MISSED, elements.MATH, elements.ADDRESS, elements.ATTRIBUTE)
_NAME = pattern(rf"%%(?:begin[ \t]+)?({grammar.NAME})")


def compile_directives(
    work: Work,
    places: Sequence[Place],
    environment: DocumentEnvironment,
) -> tuple[Program, dict[str, Call]]:
    """Return the macros of a document, and its calls by the keys of their tokens.

    Args:
        work: the document; its diagnostics take every fault that can be known before anything runs.
        places: where its directives stand; those that stand nowhere are not looked at.
        environment: the document, as macros in Python may know it.
    """
    directives, diagnostics = work.directives, work.diagnostics
    macros = []
    for directive in directives.values():
        if directive.kind == DEFINE:
            macro = parse_definition(directive.source, diagnostics, limits=work.limits)
            if macro:
                macros.append(macro)
    libraries = used(directives.values(), diagnostics, _named_by_metadata(work))
    code = [directive.source.text for directive in directives.values()] + [macro.source.text for macro in libraries]
    code += [directive.head.lower() for directive in directives.values() if directive.kind in (MISS, NOTE)]
    code += [each.source.after for each in directives.values() if each.kind == MISS and each.head == "%%begin"]
    needed = prelude(diagnostics, "\n".join(code))
    placed = {each.key for each in places if each.kind not in (TAG, COMMENT, MISSED)}
    calls = {
        key: call
        for key, directive in directives.items()
        if directive.kind in (CALL, BEGIN) and key in placed and (call := _call(directive, work))
    }
    found = Diagnostics()
    program = link(macros, (*needed, *libraries), list(calls.values()), found)
    unknown = {each.mark.text.lstrip("& "): each.mark for each in found if each.code == "PM203" and each.mark}
    in_templates = [span for checked in program.checked.values() for span in checked.comments]
    unknown |= {span.text[2:]: span for span in in_templates if span.text[2:] not in unknown}
    if unknown:
        libraries = (*prelude(diagnostics), *libraries)  # names that may have been meant
        found, program, calls = _link_again(macros, libraries, calls, places, unknown, environment)
    _tell_of_foreign(work, program)
    notes = [each for each in directives.values() if each.kind == NOTE]
    noted = {name[1]: each for each in notes if (name := grammar.DEFINED.fullmatch(each.source.text))}
    unclosed = _unclosed(directives, placed) if unknown else set()
    for each in found:
        missing = each.mark.text.lstrip("& ") if each.code == "PM203" and each.mark else ""
        if missing in unclosed:
            continue
        definition = noted.get(missing)
        diagnostics.add(each.replace(hints=(_which(definition),)) if definition else each)
    for place in places:
        if place.kind in (TAG, COMMENT):
            _check_what_stays(place, program, diagnostics)
    missed = [place.directive for place in places if place.directive.kind == MISS and place.kind in _MISSED]
    _tell_of(missed + [each for each in notes if not grammar.DEFINITION_HEAD.match(each.source.text)], work, program)
    return program, calls


def _named_by_metadata(work: Work) -> list[Named]:
    if USE_FIELD not in work.elements["meta"]:
        return []
    from .named_libraries import of_metadata  # few documents have the field

    return of_metadata(work)


def _unclosed(directives: Mapping[str, Directive], placed: set[str]) -> set[str]:
    """Return the names of the definitions that have no end, of which the author is told already."""
    faults = [each for key, each in directives.items() if each.kind == FAULT and key in placed]
    return {name[1] for each in faults if (name := grammar.DEFINED.fullmatch(each.original))}


def _tell_of_foreign(work: Work, program: Program) -> None:
    for name in work.foreign:
        if name in program.macros:
            message = f"`%%{name}(…)` stands in text that a filter before this one has put in, and can't be read there"
            hint = "lift that text before it is put in, or use a filter in Lua"
            work.diagnostics.error("PM616", message, None, hint)


def _tell_of(missed: list[Directive], work: Work, program: Program) -> None:
    """Warn of text that a call may have been meant by."""
    if not missed:
        return
    from .near_misses import NearMisses  # mostly there are none

    misses = NearMisses(program.macros, work.diagnostics, comments="raw_html" not in work.origin.switched_off)
    for directive in missed:
        misses.tell(directive)


def _which(definition: Directive) -> str:
    where = "in a comment or in code" if definition.standalone else "after other text on its line"
    text, at = definition.source.text, definition.span
    return f"`{text}` at {at} does not count, {where}: put it on a line of its own, outside of comments and code"


def _check_what_stays(place: Place, program: Program, diagnostics: Diagnostics) -> None:
    """Tell of what is left as it is, where a macro of its name exists: a call may have been meant."""
    found = _NAME.match(place.directive.source.text)
    if found is None or found[1] not in program.macros:
        return
    name, span = found[1], place.directive.span
    if place.kind == TAG:
        diagnostics.warning(
            "PM111", f"`{name}` is not called in raw HTML", span, "write the HTML by `html(…)` in a macro"
        )
    else:
        diagnostics.error("PM705", f"`%%begin {name}` can't stand in raw TeX", span, "write the TeX by a macro, too")


def _call(directive: Directive, work: Work) -> Call | None:
    try:
        return parse_call(directive.source, nesting=work.limits.nesting)
    except Unclosed:  # the scanner finds no such call, but a marker may be written by hand
        work.diagnostics.error("PM103", "the call's parenthesis is never closed", directive.span)
    except Fault as fault:
        work.diagnostics.add(fault.diagnostic)
    return None


def _link_again(
    macros: Sequence[Macro],
    libraries: Sequence[Macro],
    calls: dict[str, Call],
    places: Sequence[Place],
    unknown: dict[str, Span],
    environment: DocumentEnvironment,
) -> tuple[Diagnostics, Program, dict[str, Call]]:
    """Link with the macros in Python, which are looked for only when some name has no definition."""
    from . import python_macros as natives  # looks through all installed packages

    found = Diagnostics()
    installed = natives.load(unknown, environment, found)
    nowhere = unknown.keys() - installed.keys()
    # In TeX, what looks like the call of a macro that does not exist is a comment.
    in_tex = {each.key for each in places if each.kind in (elements.RAW, elements.MATH)}
    calls = {key: call for key, call in calls.items() if key not in in_tex or call.name not in nowhere}
    return found, link(macros, libraries, list(calls.values()), found, installed), calls
