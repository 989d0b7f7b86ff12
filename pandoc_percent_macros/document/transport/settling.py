"""What only pandoc can tell of a text: which of its doubtful directives are directives, and what an empty line changes.

Texts with tokens go in, and pandoc is asked to read them as often as there is something to learn; most texts hold
nothing that is doubtful, and are not read at all.
"""

from __future__ import annotations

from ...base import CONTEXT, TYPE_CHECKING, Fault, tex
from .. import elements
from ..source import BEGIN, CALL, Directive, Manuscript, Syntax, scan
from . import parting
from .lift import Lifted
from .tokens import START, TOKEN

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    Read = Callable[[list[str]], Any]  # what pandoc makes of the texts of a document

CUT = "cut"  # the kind of the place of a call's head, when mathematics or TeX ends inside the call
_ROUNDS = 100  # of asking; each settles one directive at least


def lift(manuscripts: Sequence[Manuscript], syntax: Syntax) -> list[Lifted]:
    """Return the texts with tokens as far as the scanner can tell, without a question."""
    return [Lifted(each, scan(each, syntax)) for each in manuscripts]


def settled(lifted: list[Lifted], syntax: Syntax, read: Read) -> list[Lifted]:
    """Return the texts with what is doubtful in them settled.

    Args:
        lifted: the texts, as the scanner sees them.
        syntax: their dialect.
        read: has pandoc read them.

    Raises:
        Fault: PM612 when pandoc would have to be asked too often.
    """
    decided: list[dict[int, bool]] = [{} for _ in lifted]
    for _ in range(_ROUNDS):
        if not any(each.doubtful for each in lifted):
            break
        calls = {
            key: call for each in lifted for key, call in each.doubtful.items() if call.literal and call.kind == CALL
        }
        landed = places(read([each.probe for each in lifted]), calls)
        wrong = [_wrong(each, known, landed) for each, known in zip(lifted, decided, strict=True)]
        if not any(wrong):
            for each in lifted:
                each.held_off.update(key for key in each.doubtful if _is_held_off(each.doubtful[key], landed.get(key)))
            break
        for known, found in zip(decided, wrong, strict=True):
            known.update(found)
        lifted = [
            Lifted(each.manuscript, scan(each.manuscript, syntax, known))
            for each, known in zip(lifted, decided, strict=True)
        ]
    else:
        raise _too_often(next(each for texts in lifted for each in texts.doubtful.values()))
    return lifted


def _too_often(directive: Directive) -> Fault:
    message = f"pandoc would have to read the text more than {_ROUNDS} times to tell what is a directive"
    return Fault("PM612", message, "put empty lines around directives").at(directive.span)


def _wrong(lifted: Lifted, decided: dict[int, bool], landed: dict[str, str]) -> dict[int, bool]:
    """Return, by their offsets, what the doubtful directives are that the scanner is wrong about.

    After one that takes lines out of the text nothing is said: it may be what made the others seem wrong.
    """
    wrong = {}
    for key, directive in lifted.doubtful.items():
        is_one = _is_directive(directive, landed.get(key, ""))
        if is_one == directive.literal and directive.at not in decided:
            wrong[directive.at] = is_one
            if directive.kind not in (CALL, BEGIN):
                break
    return wrong


def _is_directive(directive: Directive, place: str) -> bool:
    if directive.kind not in (CALL, BEGIN):
        return place == elements.TEXT
    if directive.held_off:
        return place in (elements.MATH, elements.ADDRESS, elements.ATTRIBUTE)
    return place in (elements.TEXT, elements.MATH, elements.ADDRESS, elements.ATTRIBUTE, elements.RAW)


def _is_held_off(directive: Directive, place: str | None) -> bool:
    """Return whether nothing but what is before it keeps a call from being one: a letter, or a dollar sign."""
    if place == CUT:
        return directive.literal and directive.kind == CALL
    if not directive.held_off or not directive.literal:
        return False
    return place == elements.TEXT or (place == elements.RAW and not tex.COMMENTED.search(directive.source.before))


def places(document: elements.Document, heads: Mapping[str, Directive] | None = None) -> dict[str, str]:
    """Return in what kinds of strings (elements.strings) the tokens of a document stand, by their keys.

    Args:
        document: pandoc's elements.
        heads: the directives of which only the head has a token.
    """
    found: dict[str, str] = {}
    for kind, holder, at in elements.strings([document["meta"], document["blocks"]]):
        if START in holder[at]:
            if kind == elements.RAW and holder[0] != "tex":
                kind = ""
            found.update((key, kind) for key in TOKEN.findall(holder[at]))
            if heads and kind in (elements.MATH, elements.RAW):
                tokens = TOKEN.finditer(holder[at])
                cut = [each[1] for each in tokens if each[1] in heads and _is_cut(heads[each[1]], each)]
                found.update(dict.fromkeys(cut, CUT))
    return found


def _is_cut(call: Directive, head: re.Match[str]) -> bool:
    """Return whether the string that a call's head stands in ends before the call does."""
    source = call.source
    rest = source.text[len(call.head) :]
    most = head.end() + len(rest) + sum(map(len, source.margins)) + CONTEXT  # with all spaces that may be there
    return not "".join(head.string[head.end() : most].split()).startswith("".join(rest.split()))


def parts(lifted: list[Lifted], document: elements.Document) -> bool:
    """Return whether an empty line beside a call would make a difference to what pandoc has read."""
    return bool(parting.gaps(document, _candidates(lifted)))


def may_part(lifted: list[Lifted]) -> bool:
    """Return whether there is a call beside a line that may be a block."""
    return bool(_candidates(lifted))


def _candidates(lifted: list[Lifted]) -> dict[str, parting.Sides]:
    return {key: sides for each in lifted for key, sides in parting.candidates(each).items()}


def parted(lifted: list[Lifted], read: Read, document: elements.Document | None = None) -> elements.Document:
    """Return what pandoc reads from texts, in which calls that are alone on their lines part their paragraphs.

    What stands on the lines beside such a call is read as after an empty line: where that may make a difference, the
    text is read again with empty lines (the ``gaps`` of the texts).

    Args:
        lifted: the texts; their gaps are written down there.
        read: has pandoc read them.
        document: what it has read already, with tokens in it.

    Raises:
        Fault: PM612 when pandoc would have to be asked too often.
    """
    candidates = _candidates(lifted)
    for _ in range(_ROUNDS):
        if document is None:
            document = read([each.text for each in lifted])
        parting.tighten(document, {key: gap for each in lifted for key, gap in each.gaps.items()})
        gaps = parting.gaps(document, candidates)
        if not gaps:
            break
        for each in lifted:
            each.gaps.update((key, gap) for key, gap in gaps.items() if key in each.directives)
        for key in gaps:
            del candidates[key]
        document = None
    else:
        for each in lifted:
            for key in candidates.keys() & each.directives.keys():
                raise _too_often(each.directives[key])
    return document if document is not None else read([each.text for each in lifted])
