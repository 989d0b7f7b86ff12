"""From the document that pandoc hands a filter to its directives, whichever way the document came.

A lifted document brings them along as markers. For any other one the text that pandoc was given is found and
scanned; then its directives are found again in the document (matching.py), or, where the parser tore them apart,
the text is read once more with tokens in their places.
"""

from __future__ import annotations

import os
from collections import Counter

from ...base import TYPE_CHECKING, Fault, Record, grammar, pattern
from ...pandoc import Invocation, metadata, parent
from .. import elements
from ..source import Directive, Input, Manuscript, Syntax, is_script, parse_format, read_input
from ..work import OUR_READER, dialect_of
from . import settling
from .lazy_json import touched
from .matching import match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...pandoc.including import Script
    from ..work import Origin, Work

_HEAD = rf"%(?:(?:{'|'.join(grammar.OPENING)})(?=\s|\Z)|{grammar.NAME}\()"
_CALL = pattern(rf"(?<![^\W_])(?<![%\\])%{_HEAD}")
_TITLE = pattern(_HEAD)  # of two percent signs pandoc took one
VARIABLE = "PERCENT_MACROS_SOURCES"
FIELD = "percent-macros-sources"
_OFF = ("", "off", "false", "none")
_BY_USER = f"name them in {VARIABLE}, or by `-M {FIELD}=FILE` on pandoc's command line"
WAYS_OUT = (
    "give pandoc the file by its name",
    "or lift the text first: `percent-macros lift FILE | pandoc -F percent-macros …`",
    "or use the reader: `pandoc -d percent-macros …`",
)
_LIFT_TO_FILE = (
    "or lift the text into a file first, `percent-macros lift talk.md > lifted.md`, and give pandoc that one"
)


def recover(work: Work, *, lifted: bool) -> bool:
    """Find the directives of a document, and put their tokens into it.

    Args:
        work: the document.
        lifted: it may bring its directives along.

    Returns:
        True if it holds directives, or markers at least: then it is not as it was.

    Raises:
        Fault: PM603 when it must be read again but filters before this one have changed it, PM604 when it was not
            Markdown, PM605 and what reading the files may raise.
    """
    if lifted and _is_to_be_lifted_again(work):
        lifted = False
    carried = _collected(work.elements) if lifted else None
    work.directives = _recovered(work) if carried is None else carried
    return carried is not None or bool(work.directives)


def _is_to_be_lifted_again(work: Work) -> bool:
    """Return whether our own reader has lifted the text, and a filter after it has read some that is not lifted."""
    invocation = work.origin.invocation
    return (
        invocation is not None
        and bool(invocation.earlier_filters)
        and _is_ours(invocation.reader)
        and bool(_that_read(invocation))
    )


def _is_ours(reader: str) -> bool:
    return os.path.basename(reader).startswith(OUR_READER)


def _collected(document: elements.Document) -> dict[str, Directive] | None:
    from .markers import collect  # most documents come as their authors wrote them

    return collect(document)


def _recovered(work: Work) -> dict[str, Directive]:
    document = work.elements
    invocation = work.origin.invocation
    told = _by_environment() or _by_metadata(document["meta"], invocation)
    if told and not told.heeded:
        message = f"a document may not name its sources: `{FIELD}` in its metadata is ignored"
        work.diagnostics.warning("PM611", message, None, _BY_USER)
    elif told:
        invocation = _renamed(work.origin, told.names) if told.names else None
    if invocation is None:
        return _without_source(document)
    syntax = dialect_of(invocation)
    if syntax is None:
        if _mention(document):
            hints = (
                "if it is Markdown, name its dialect: `-f markdown`",
                "if it is not, leave `-F percent-macros` out",
            )
            raise Fault("PM604", f"macros are read from Markdown, and this is {invocation.reader}", *hints)
        return {}
    inputs = read_inputs(invocation)
    if inputs is None:
        return _without_source(document)
    work.inputs = inputs
    if invocation.earlier_filters and (filters := _that_read(invocation)):
        return _through_filters(work, syntax, invocation, filters)
    return _from_inputs(work, syntax, invocation)


def tell_of_later(work: Work) -> None:
    """Warn of a filter after this one that has pandoc read text, in a document that seems to include some (PM617)."""
    invocation = work.origin.invocation
    if invocation is None or not any(each.value.endswith(".lua") for each in invocation.options if each.value):
        return
    from ...pandoc.including import scripts  # few documents go through filters in Lua

    _, after = scripts(invocation)
    for each in after:
        if each.reads:
            name = each.option.value
            message = f"{name} runs after this filter: macros in the text that it reads stay as they are"
            work.diagnostics.warning("PM617", message, None, f"name it first: `-L {name} -F percent-macros`")


def _that_read(invocation: Invocation) -> list[Script]:
    """Return the filters before this one, if they can be run again and one of them has pandoc read further text."""
    from ...pandoc.including import scripts  # few documents have been through other filters

    before, _ = scripts(invocation)
    again = all(each.path if each.is_lua else each.option.name == "citeproc" for each in before)
    return before if again and not invocation.file_scope and any(each.reads for each in before) else []


def _through_filters(
    work: Work, syntax: Syntax, invocation: Invocation, filters: Sequence[Script]
) -> dict[str, Directive]:
    """Read the text again, with tokens, and have the filters before this one lift what they read themselves."""
    from ...pandoc.executable import read_again
    from ...pandoc.including import read_through
    from .markers import collect, with_markers

    def read(texts: list[str]) -> elements.Document:
        return read_again(invocation, texts, syntax.option)

    lifted = settling.lift([Manuscript(work.inputs, invocation.tab_stop)], syntax)
    lifted = settling.settled(lifted, syntax, read)
    settling.parted(lifted, read)  # for the gaps
    text = with_markers(lifted, syntax)
    reader = syntax.option if _is_ours(invocation.reader) else invocation.reader
    again = read_through(invocation, text, reader, filters, work.target.name)
    work.elements.clear()
    work.elements.update(again)
    return collect(work.elements) or {}


def _copy(document: elements.Document) -> elements.Document:
    from copy import deepcopy  # most documents have been through no other filter

    return deepcopy(document)


def _from_inputs(work: Work, syntax: Syntax, invocation: Invocation) -> dict[str, Directive]:
    """Find directives in the text of the inputs, and then in the document; where that is not simple, read it again."""
    document = work.elements
    parts = [[each] for each in work.inputs] if invocation.file_scope else [work.inputs]
    lifted = settling.lift([Manuscript(part, invocation.tab_stop) for part in parts], syntax)
    if not any(each.found for each in lifted):
        return {}
    by_script = is_script(invocation.reader) and not _is_ours(invocation.reader)
    before = _copy(document) if invocation.earlier_filters or by_script else None
    matched = match(document, lifted[0], syntax) if len(lifted) == 1 and not by_script else None

    def read(texts: list[str]) -> elements.Document:
        from ...pandoc.executable import read_again  # starts processes, and is seldom needed

        return read_again(invocation, texts)

    if matched is not None and not settling.parts(lifted, matched):
        if invocation.earlier_filters and (named := _named(matched)):
            work.foreign = tuple((named - _named(read([each.text for each in lifted]))).keys())
        return lifted[0].carried
    if before is not None:
        _check_unchanged(before, read([each.manuscript.text for each in lifted]), invocation)
    lifted = settling.settled(lifted, syntax, read)
    again = settling.parted(lifted, read)
    document.clear()
    document.update(again)
    return {key: directive for each in lifted for key, directive in each.carried.items()}


def _check_unchanged(document: elements.Document, fresh: elements.Document, invocation: Invocation) -> None:
    """Raise ``Fault`` where a second reading does not give the document: its changes would be lost.

    PM603 where there are filters before this one, PM604 where only the reader can be the cause.
    """
    if document["meta"] == fresh["meta"] and touched(document["blocks"]) == fresh["blocks"]:
        return
    hints = WAYS_OUT[1:] if parse_format(invocation.reader) else (_LIFT_TO_FILE,)
    if not invocation.earlier_filters:
        message = f"the reader {invocation.reader} makes something else of the same text when it reads it again"
        raise Fault("PM604", message, *hints)
    raise Fault(
        "PM603",
        "the document must be read again, and other filters have changed it already",
        f"put `-F percent-macros` before {' and '.join(map(repr, invocation.earlier_filters))}",
        *hints,
    )


def _renamed(origin: Origin, names: Sequence[str]) -> Invocation:
    """Return the invocation with the sources that the user names."""
    known = origin.invocation
    process = parent.Process(origin.program, (), os.getcwd())
    if known is None:
        return Invocation(process, tuple(names), (), "markdown", (), (), (), (), False)
    reader = known.reader if is_script(known.reader) or parse_format(known.reader) else "markdown"
    return known.replace(inputs=tuple(names), reader=reader)


def _without_source(document: elements.Document) -> dict[str, Directive]:
    r"""Refuse a document whose text is gone: after pandoc's parser, ``\%%f(a\,b)`` and ``%%f(a,b)`` are the same."""
    mentioned = _mention(document)
    if mentioned:
        raise Fault(
            "PM605",
            f"`{mentioned}…`: the text that pandoc read can't be read again, and its parser kept too little of it",
            *WAYS_OUT,
        )
    return {}


def _named(document: elements.Document) -> Counter[str]:
    """Return the names of what looks like a call in the text of a document, and how often each is there."""
    found = _CALL.finditer(elements.running_text(document["blocks"]))
    return Counter(each[0].strip("%(") for each in found if each[0].endswith("("))


def _mention(document: elements.Document) -> str:
    """Return how the first directive begins that the text of a document seems to hold, "" if there is none."""
    meta = [value for name, value in document["meta"].items() if name == "title"]
    found = _CALL.search(elements.running_text(document["blocks"])) or _TITLE.match(elements.running_text(meta).strip())
    return found[0] if found else ""


class _Named(Record):
    """What is said of the sources: their names, or none at all when the filter shall not look for any."""

    names: tuple[str, ...]
    heeded: bool = True  # False for names that the document itself gives


def _by_environment() -> _Named | None:
    """Return what the environment says of the sources; None without a word."""
    said = os.environ.get(VARIABLE)
    if said is None:
        return None
    return _Named(() if said.lower() in _OFF else tuple(said.split(os.pathsep)))


def _by_metadata(meta: elements.Meta, invocation: Invocation | None) -> _Named | None:
    """Return what the metadata says of the sources; None without a word.

    Pandoc puts what the command line and its defaults files say into the metadata, in the place of what the document
    says there. Names are heeded if they are on the command line, too: a stranger's document could name any file that
    the user may read.

    Args:
        meta: the metadata of the document.
        invocation: what pandoc was asked to do, None when that can't be seen.
    """
    value = meta.get(FIELD)
    if value is None:
        return None
    names = tuple(map(elements.plain_text, value["c"] if value["t"] == "MetaList" else [value]))
    if len(names) == 1 and names[0].lower() in _OFF:
        return _Named(())
    return _Named(names, heeded=invocation is not None and set(names) <= set(metadata(invocation, FIELD)))


def read_inputs(invocation: Invocation) -> list[Input] | None:
    """Return pandoc's inputs, or None if one of them is no file that can be read a second time.

    Standard input can't, even if it is a file: pandoc has closed it by the time that filters run.

    Raise ``Fault`` for a file that is no text (PM802) or too large (PM803).
    """
    inputs: list[Input] = []
    for name in invocation.inputs:
        folder = invocation.process.folder
        if name == "-" or not os.path.isfile(os.path.join(folder, name)):
            return None
        inputs.append(read_input(name, folder))
    return _quartos(inputs, invocation) if os.environ.get("QUARTO_FILTER_PARAMS") else inputs


def _quartos(inputs: list[Input], invocation: Invocation) -> list[Input]:
    """Return Quarto's temporary file by the name and the lines of the author's, whose header it has cut off."""
    from ...pandoc import quarto

    source = quarto.told().source
    path = os.path.join(invocation.process.folder, source)
    if not source or len(inputs) != 1 or not os.path.isfile(path):
        return inputs
    whole, text = read_input(source, invocation.process.folder).text, inputs[0].text.strip()
    at = whole.rstrip().rfind(text)
    if at < 0 or whole[at + len(text) :].strip():
        return inputs  # code cells were run, and what they gave stands in the text
    start = inputs[0].text.index(text)
    line = whole.count("\n", 0, at) + 1 - inputs[0].text.count("\n", 0, start)
    shown = os.path.relpath(path, invocation.process.folder) if os.path.isabs(source) else source
    return [inputs[0].replace(name=shown, line=line)]
