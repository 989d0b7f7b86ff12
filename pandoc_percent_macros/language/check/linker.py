"""All macros of a document, put together and checked before any of them runs."""

from collections.abc import Mapping, Sequence

from ...base import ERROR, Diagnostic, Diagnostics, Record, with_room
from ..syntax import BODY, Call, Macro, NativeMacro, calls_in, defined
from .binding import check_call
from .checker import Checked, check_macro

_FRAMES = 4  # of Python's stack that the check takes for one level of nesting


class Program(Record):
    """The macros of a document by name. Those with a fault in them, and what calls them, do not run."""

    macros: dict[str, Macro | NativeMacro]
    checked: dict[str, Checked]
    faulty: dict[str, Diagnostic]


def link(
    document: Sequence[Macro],
    libraries: Sequence[Macro],
    calls: Sequence[Call],
    diagnostics: Diagnostics,
    natives: Mapping[str, NativeMacro] | None = None,
) -> Program:
    """Return the program of a document, and report every fault that can be known before it runs.

    Args:
        document: the document's own definitions.
        libraries: those of the prelude and the libraries, in the order in which they are taken in; of two with
            the same name the later one holds, and the document's own holds over all.
        calls: the calls in the document's text.
        diagnostics: takes the faults.
        natives: macros that the host adds, by name; definitions hold over them.
    """
    macros: dict[str, Macro | NativeMacro] = dict(natives or {})
    _collect(libraries, macros, diagnostics)
    _collect(document, macros, diagnostics)
    own = {id(macro) for macro in document}
    checked: dict[str, Checked] = {}
    faulty: dict[str, Diagnostic] = {}
    for name, macro in macros.items():
        if isinstance(macro, Macro):
            found = Diagnostics()
            checked[name] = _check(macro, macros, found, id(macro) in own)
            for each in found:
                diagnostics.add(each)
                if each.severity == ERROR:
                    faulty.setdefault(name, each)
            if not macro.sound:
                message = f"the definition of `{name}` has faults"
                faulty.setdefault(name, Diagnostic("PM213", message, macro.name_span))
    _find_cycles(macros, checked, diagnostics, faulty)
    program = Program(macros, checked, faulty)
    for call in calls:
        for each in check(program, call):
            diagnostics.add(each)
    return program


def _collect(definitions: Sequence[Macro], macros: dict[str, Macro | NativeMacro], diagnostics: Diagnostics) -> None:
    """Add definitions; two of one name in the same file are a fault of both."""
    first: dict[tuple[str, str], Macro] = {}
    for macro in definitions:
        key = (macro.source.name, macro.name)
        other = first.setdefault(key, macro)
        if other is not macro:
            for one, two in ((other, macro), (macro, other)):
                line, _ = two.source.position(two.name_span.start)
                message = f"macro `{macro.name}` is defined twice"
                hint = f"the other definition is at {two.source.name}:{line}"
                diagnostics.error("PM205", message, one.name_span, hint)
        macros[macro.name] = macro


def _check(macro: Macro, macros: Mapping[str, Macro | NativeMacro], diagnostics: Diagnostics, warn: bool) -> Checked:
    return with_room(_FRAMES * (macro.depth + 4), lambda: check_macro(macro, macros, diagnostics, warn))


def check(program: Program, call: Call) -> list[Diagnostic]:
    """Bind a call of the document, and the calls in its arguments, to the macros of a program.

    Return what is wrong with them: names, arguments, or a body that is not taken. A call with an error stays unbound.
    """
    faults: list[Diagnostic] = []
    for each in calls_in(call) if call.depth else (call,):
        faults += check_call(each, program.macros)
    macro = program.macros.get(call.name)
    if call.has_body and macro and call.values is not None and not _uses_body(program, macro):
        message = f"`{call.name}` does not use `$body`: the content would be lost"
        faults.append(Diagnostic("PM215", message, call.span, (defined(macro),), mark=call.name_span))
    return faults


def _uses_body(program: Program, macro: Macro | NativeMacro) -> bool:
    if not isinstance(macro, Macro):
        return any(each.name == BODY for each in macro.parameters)
    if not macro.sound:
        return True  # that can't be told
    checked = program.checked.get(macro.name)
    return checked is not None and checked.uses_body


def _find_cycles(
    macros: Mapping[str, Macro | NativeMacro],
    checked: Mapping[str, Checked],
    diagnostics: Diagnostics,
    faulty: dict[str, Diagnostic],
) -> None:
    """Report each cycle of macros at the definition it is found from; without recursion, chains may be long."""
    done: set[str] = set()
    for root in checked:
        path: list[str] = []
        on_path: set[str] = set()
        todo: list[tuple[str, int]] = [(root, 0)]
        while todo:
            name, at = todo.pop()
            calls = checked[name].calls if name in checked else ()
            if not at:
                if name in done:
                    continue
                path.append(name)
                on_path.add(name)
            for later in range(at, len(calls)):
                callee, _ = calls[later]
                if callee in on_path:
                    _report_cycle(path[path.index(callee) :], macros, diagnostics, faulty)
                elif callee not in done:
                    todo += [(name, later + 1), (callee, 0)]
                    break
            else:
                path.pop()
                on_path.discard(name)
                done.add(name)


def _report_cycle(
    names: list[str],
    macros: Mapping[str, Macro | NativeMacro],
    diagnostics: Diagnostics,
    faulty: dict[str, Diagnostic],
) -> None:
    macro = macros[names[0]]
    assert isinstance(macro, Macro)
    shown = names if len(names) <= 6 else [*names[:5], "…"]
    way = " → ".join(f"`{name}`" for name in [*shown, names[0]])
    fault = Diagnostic(
        "PM210",
        f"macro `{names[0]}` calls itself: {way}",
        macro.name_span,
        ("macros can't be recursive: loop over a list with `for`",),
    )
    diagnostics.add(fault)
    for name in names:
        faulty.setdefault(name, fault)
