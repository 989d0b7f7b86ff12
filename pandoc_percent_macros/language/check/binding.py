"""Which argument of a document's call goes to which parameter."""

from __future__ import annotations

from operator import attrgetter

from ...base import Diagnostic, Span, nearest
from ..syntax import BODY, Argument, Call, Macro, NativeMacro, amounts, defined, single


class _Absent:
    """In the place of an argument that is not given."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
_name = attrgetter("name")


def bind(call: Call, macro: Macro | NativeMacro) -> tuple[list[str | _Absent], list[Diagnostic]]:
    """Return the texts for the parameters, in their order, and those for ``@rest`` after them, with all faults."""
    as_many = len(call.arguments) == len(macro.parameters)
    if as_many and not call.has_body and not any(map(_name, call.arguments)):  # as most calls are
        return [each.text for each in call.arguments], []
    names = {each.name: at for at, each in enumerate(single(macro))}
    faults: list[Diagnostic] = []
    named: dict[str, Argument] = {}
    texts: list[str | _Absent] = []
    for argument in call.arguments:
        if argument.name is not None and argument.name in names:
            if argument.name in named:
                faults.append(_fault(f"argument `{argument.name}` is given twice", argument.span, macro))
            named[argument.name] = argument
        elif named:
            faults.append(_fault("argument without a name follows one with a name", argument.span, macro))
        else:
            texts.append(argument.text)
    taken = min(len(texts), len(names))
    texts += [ABSENT] * (len(names) - len(texts))
    for name, argument in named.items():
        at = names[name]
        if at < taken:
            faults.append(_fault(f"argument `{name}` is given twice", argument.span, macro))
        texts[at] = argument.value or ""
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
    call: Call, macro: Macro | NativeMacro, texts: list[str | _Absent], names: dict[str, int]
) -> list[Diagnostic]:
    _, most = amounts(macro)
    given = len(call.arguments)
    if most is not None and len(texts) > most:
        extra = call.arguments[most]
        count = "no arguments" if not most else f"{most} argument{'' if most == 1 else 's'}"
        hints = _meant(extra, list(names))
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


def _meant(argument: Argument, names: list[str]) -> tuple[str, ...]:
    close = nearest(argument.name, names) if argument.name else None
    return (f"did you mean `{close}=…`?",) if close else ()


def _fault(message: str, span: Span, macro: Macro | NativeMacro, *hints: str, mark: Span | None = None) -> Diagnostic:
    return Diagnostic("PM208", message, span, (*hints, defined(macro)), mark=mark)
