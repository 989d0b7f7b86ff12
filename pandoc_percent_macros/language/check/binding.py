"""What a call of the document, or of a template, calls, and which of its arguments goes to which parameter."""

from __future__ import annotations

import re
from operator import attrgetter

from ...base import ERROR, TYPE_CHECKING, WARNING, Diagnostic, Span, nearest, pattern
from ..syntax import BODY, Argument, Call, Macro, NativeMacro, amounts, defined, single

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..syntax import Written


class _Absent:
    """In the place of an argument that is not given."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
_MEASURES = ("width", "height")
_LENGTHS = (*_MEASURES, "x", "y", "w", "h", "depth", "size", "length")
_DECIMAL = pattern(r"\d+,\d+(?:[ ]?(?:[a-zA-Z]{1,3}|%|\\\w+))?")
_PARTED = pattern(r"(?<![\w.,])\d+,\d+(?![\d.])")
_PATH = pattern(r"(?:[A-Za-z]:)?[\w. -]*(?:\\[\w. -]+)+\.(?:png|jpe?g|pdf|eps|svg|gif|webp|tiff?)", re.IGNORECASE)
_ARROW = pattern(r"[\w-]+\s*(=>)")  # Perl's comma, behind the name of an argument
_MISSPELT = 0.75  # how like a macro's a name is that is certainly meant to be it
_LONGEST_HINT = 80  # characters of a call that a hint writes out
_name = attrgetter("name")


def check_call(call: Call, macros: Mapping[str, Macro | NativeMacro]) -> Sequence[Diagnostic]:
    """Bind a call to the macro of its name, and return what is wrong with it; the calls in its arguments apart.

    It stays unbound where that is an error. Where the macro's definition has faults, nothing is wrong with the call.
    """
    macro = macros.get(call.name)
    if macro is None:
        return [_unknown(call, macros)]
    if isinstance(macro, Macro) and not macro.sound:
        call.resolve(macro, ())  # it never runs
        return ()
    values, found = bind(call, macro)
    if all(each.severity != ERROR for each in found):
        call.resolve(macro, tuple(values))
    return found


def _unknown(call: Call, macros: Mapping[str, Macro | NativeMacro]) -> Diagnostic:
    same = next((each for each in macros if each.casefold() == call.name.casefold()), None)
    hints = _as_named(call, macros[same]) if same else _as_meant(call, macros)
    return Diagnostic("PM203", f"unknown macro `{call.name}`", call.span, hints, mark=call.name_span)


def _as_named(call: Call, macro: Macro | NativeMacro) -> tuple[str, ...]:
    """Return the hint that writes a call with the name of its macro, which has other large and small letters."""
    text = call.source.text
    after = text[call.name_span.end : call.end]
    short = len(after) <= _LONGEST_HINT and "\n" not in after
    written = text[call.start : call.name_span.start] + macro.name + (after if short else "(…)")
    return f"write `{written}`: large and small letters differ", defined(macro)


def _as_meant(call: Call, macros: Mapping[str, Macro | NativeMacro]) -> tuple[str, ...]:
    """Return the hints for a name that no macro has: which may have been meant, and how it stays text."""
    names = list(macros)
    text = "begin" if call.has_body else f"{call.name}("
    itself = f"to have the text itself, write a backslash before it: `\\%%{text}`"
    close = nearest(call.name, names)
    if close is None:
        return (itself,)
    macro = macros[close]
    place = ""
    if isinstance(macro, Macro):
        line, _ = macro.source.position(macro.name_span.start)
        place = f", defined at {macro.source.name}:{line}"
    hint = f"did you mean `{close}`{place}?"
    return (hint,) if nearest(call.name, [close], _MISSPELT) else (hint, itself)


def bind(call: Call, macro: Macro | NativeMacro) -> tuple[list[Written | _Absent], list[Diagnostic]]:
    """Return what the parameters are given, in their order, and what ``@rest`` is after them; and what is wrong."""
    as_many = len(call.arguments) == len(macro.parameters)
    if as_many and not call.has_body and not any(map(_name, call.arguments)):  # as most calls are
        return [each.text for each in call.arguments], [*_doubts(call, macro)]
    values, faults = _bound(call, macro)
    return values, faults or [*_doubts(call, macro)]


def _bound(call: Call, macro: Macro | NativeMacro) -> tuple[list[Written | _Absent], list[Diagnostic]]:
    names = {each.name: at for at, each in enumerate(single(macro))}
    faults: list[Diagnostic] = []
    named: dict[str, Argument] = {}
    texts: list[Written | _Absent] = []
    for argument in call.arguments:
        if argument.name is not None and argument.name in names:
            if argument.name in named:
                faults.append(_fault(f"argument `{argument.name}` is given twice", argument.span, macro))
            named[argument.name] = argument
        elif named:
            message = "argument without a name follows one with a name"
            faults.append(_fault(message, argument.span, macro, *_commas(call)))
        else:
            texts.append(argument.text)
    taken = min(len(texts), len(names))
    texts += [ABSENT] * (len(names) - len(texts))
    for name, argument in named.items():
        at = names[name]
        if at < taken:
            faults.append(_fault(f"argument `{name}` is given twice", argument.span, macro))
        texts[at] = argument.value if argument.value is not None else ""
    if call.has_body and BODY in names and texts[at := names[BODY]] is not ABSENT:
        given = named.get(BODY) or call.arguments[at]
        faults.append(
            _fault(
                f"argument `{BODY}` is given twice",
                given.span,
                macro,
                "the content between %%begin and %%end is `$body`",
            )
        )
    if not faults and (ABSENT in texts or len(texts) > len(names)):
        faults += _missing(call, macro, texts, names)
    return texts, faults


def _missing(
    call: Call, macro: Macro | NativeMacro, texts: list[Written | _Absent], names: dict[str, int]
) -> list[Diagnostic]:
    _, most = amounts(macro)
    given = len(call.arguments)
    if most is not None and len(texts) > most:
        extra = call.arguments[most]
        count = "no arguments" if not most else f"{most} argument{'' if most == 1 else 's'}"
        hints = [*_meant(extra, list(names)), *_unclosed_quotes(call), *_commas(call)]
        return [_fault(f"`{macro.name}` takes {count}, not {given}", extra.span, macro, *hints)]
    lacking = [
        f"`{each}`"
        for each, text in zip(single(macro), texts, strict=False)
        if text is ABSENT and each.default is None and not (call.has_body and each.name == BODY)
    ]
    if not lacking:
        return []
    message = f"`{macro.name}` needs {', '.join(lacking[:-1])}{' and ' * (len(lacking) > 1)}{lacking[-1]}"
    return [_fault(message, call.span, macro, mark=call.name_span)]


def _doubts(call: Call, macro: Macro | NativeMacro) -> Iterator[Diagnostic]:
    """Yield warnings of arguments that are probably not what was meant, and refuse a decimal comma."""
    source = call.source
    names: list[str] | None = None
    for at, each in enumerate(call.arguments):
        first = source.text[each.start : each.start + 1]
        if first == '"' and each.end > each.start + 1 and source.text.find('"', each.start + 1, call.end) < 0:
            hint = "write a second one after the argument, or `'\"'` for the sign itself"
            span = Span(source, each.start, each.start + 1)
            yield Diagnostic("PM112", "the quote is never closed, and is text", span, (hint,), severity=WARNING)
        elif (first.isdigit() or "," in each.span.text or each.name in _MEASURES) and (
            fault := _decimal_comma(call, macro, at)
        ):
            yield fault
        if type(each.text) is str and "\\" in each.text and _PATH.fullmatch(each.text):
            slashes = each.text.replace("\\", "/")
            message = "a path with backslashes: LaTeX takes them for commands"
            yield Diagnostic("PM509", message, each.span, (f"write `{slashes}`",), severity=WARNING)
        if each.name is None:
            continue
        names = [parameter.name for parameter in single(macro)] if names is None else names
        if each.name in names and (arrow := _ARROW.match(each.span.text)):
            written = each.span.text[: arrow.start(1)].rstrip()
            message = "`=>` belongs to code: the sign `>` is a part of the argument here"
            hint = f"write `{written}={each.span.text[arrow.end() :].lstrip()}`"
            yield Diagnostic("PM216", message, each.span, (hint,), severity=WARNING)
        close = nearest(each.name, [name for name in names if len(name) > 2]) if each.name not in names else None
        if close:
            message = f"`{macro.name}` has no parameter `${each.name}`: the argument is text"
            hints = (f"did you mean `{close}=…`? In quotes it is text", defined(macro))
            yield Diagnostic("PM216", message, each.span, hints, severity=WARNING)


def _decimal_comma(call: Call, macro: Macro | NativeMacro, at: int) -> Diagnostic | None:
    """Return the fault of ``0,3`` in the place of a width: the comma parts arguments."""
    whole, *after = call.arguments[at : at + 2]
    parameters = single(macro)
    written = whole.value if whole.name in _MEASURES else whole.text
    named = whole.name or (parameters[at].name if at < len(parameters) else "")
    if named in _MEASURES and type(written) is str and "," in written and _DECIMAL.fullmatch(written):
        point = written.replace(",", ".")
        return _fault(f"`{written}` is no length: a decimal comma", whole.span, macro, f"write a point: `{point}`")
    if not after or at >= len(parameters) or parameters[at].name not in _MEASURES:
        return None
    if not call.source.text[after[0].start - 1 : after[0].start + 1].strip(",").isdigit():
        return None  # a space, or no number, stands behind the comma
    text = call.source.text[whole.start : after[0].end]
    following = parameters[at + 1].name if at + 1 < len(parameters) else ""
    if not _DECIMAL.fullmatch(text) or following in _LENGTHS:
        return None
    span = Span(call.source, whole.start, after[0].end)
    return _fault(f"`{text}` is two arguments", span, macro, f"write a point: `{text.replace(',', '.')}`")


def _commas(call: Call) -> list[str]:
    """Return a hint if a decimal comma may have been meant that parts two arguments."""
    found = _PARTED.search(call.source.text, call.start, call.end)
    return [f"`{found[0]}` is two arguments; if it is a number, write `{found[0].replace(',', '.')}`"] if found else []


def _unclosed_quotes(call: Call) -> list[str]:
    """Return a hint if an argument begins with a quote mark that nothing closes."""
    text = call.source.text
    for each in call.arguments:
        if (mark := text[each.start : each.start + 1]) in ('"', "'") and text.find(mark, each.start + 1, call.end) < 0:
            return [f"the `{mark}` before `{text[each.start + 1 : each.end][:20]}` is never closed"]
    return []


def _meant(argument: Argument, names: list[str]) -> tuple[str, ...]:
    close = nearest(argument.name, names) if argument.name else None
    return (f"did you mean `{close}=…`?",) if close else ()


def _fault(message: str, span: Span, macro: Macro | NativeMacro, *hints: str, mark: Span | None = None) -> Diagnostic:
    return Diagnostic("PM208", message, span, (*hints, defined(macro)), mark=mark)
