"""Libraries that metadata name: the field ``percent-macros-use`` of a document, of ``-M`` and of defaults files.

Pandoc tells what the field holds in the end. The text of the document tells where that stands, and how it is spelled:
pandoc reads metadata as Markdown, and makes dashes of hyphens. A command line is trusted, a document is not.
"""

from __future__ import annotations

import os
import re

from ...base import TYPE_CHECKING, Source, Span
from ...pandoc import Invocation, metadata
from .. import elements
from ..source import Input, verbatim
from ..transport import read_inputs
from ..work import OUR_READER
from .libraries import USE_FIELD, Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..work import Work


_NOWHERE = "<metadata>"  # the name of a source, where the author's is not known
_NONE = ("", "false")
_OPENING = re.compile(r"^---[ \t\r]*$", re.MULTILINE)
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "...", "\xa0": " "})


def of_metadata(work: Work) -> list[Named]:
    """Return the libraries that the metadata of a document name, and warn of those that the command line replaces."""
    value = work.elements["meta"].get(USE_FIELD)
    if value is None:
        return []
    values = value["c"] if value["t"] == "MetaList" else [value]
    if any(each["t"] == "MetaMap" for each in values):
        fault = f"`{USE_FIELD}` takes the name of a library, or a list of names"
        work.diagnostics.error("PM805", fault, None, f"write `{USE_FIELD}: NAME` for the file `NAME.pmac`")
    targets = [elements.plain_text(each) for each in values if each["t"] != "MetaMap"]
    targets = [each for each in targets if each not in _NONE]
    invocation = work.origin.invocation
    trusted = of_command_line(invocation) if invocation else []
    inputs = work.inputs or _read_by_reader(invocation)
    if trusted:
        for each in of_inputs(inputs):
            work.diagnostics.warning(
                "PM810",
                f"`{USE_FIELD}` on pandoc's command line, or in a defaults file, takes the place of the document's",
                each.span,
                f"name the library by `%%use {each.target}` in the text",
            )
        return trusted[-len(values) :]  # a defaults file drops what was said before it
    found = [*of_inputs(inputs)]
    # Of several headers that have the field the last one holds, unless it comes by a file of metadata or a filter.
    held = found[-len(targets) :] if targets else []
    if [_loose(each.target) for each in held] == [_loose(each) for each in targets]:
        return held
    folder = _folder(work)
    return [_unplaced(target.translate(_PLAIN), folder, trusted=False) for target in targets]


def _read_by_reader(invocation: Invocation | None) -> Sequence[Input]:
    """Return the files that our own reader has lifted."""
    ours = invocation and os.path.basename(invocation.reader).startswith(OUR_READER)
    return (read_inputs(invocation) if invocation and ours else None) or ()


def _loose(target: str) -> str:
    """Return what is left of a name that was read as Markdown, or was not."""
    return re.sub(r"[^\w/.]", "", target.translate(_PLAIN)).replace("_", "")


def of_command_line(invocation: Invocation) -> list[Named]:
    """Return the libraries that pandoc's command line and its defaults files name: they count from where it runs."""
    return [_unplaced(target, "", trusted=True) for target in metadata(invocation, USE_FIELD)]


def of_inputs(inputs: Iterable[Input]) -> Iterator[Named]:
    """Yield the libraries that the YAML of input files names, in its order, whichever pandoc would heed."""
    for each in inputs:
        if USE_FIELD in each.text:
            source = Source(each.name, each.text, each.line)
            for start, end in _headers(each.text):
                yield from _of_yaml(source, start, end)


def of_metadata_file(file: Input, folder: str) -> list[Named]:
    """Return the libraries that a file of metadata names; they count from the folder of the document."""
    return [each.replace(folder=folder) for each in _of_yaml(Source(file.name, file.text), 0, len(file.text))]


def _headers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where what may be blocks of YAML starts and ends, the lines of hyphens not counted."""
    at = 0
    while found := _OPENING.search(text, at):
        at = verbatim.yaml(text, found.start()) or found.end()
        if at > found.end():
            yield found.end(), text.rindex("\n", 0, at)


def _of_yaml(source: Source, start: int, end: int) -> Iterator[Named]:
    import yaml  # few documents have the field

    try:
        header = next(yaml.compose_all(source.text[start:end], Loader=yaml.SafeLoader), None)
    except yaml.YAMLError:
        return  # pandoc would have refused what was meant as such
    folder = os.path.dirname(source.name)
    for key, value in header.value if isinstance(header, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value == USE_FIELD:
            for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if isinstance(each, yaml.ScalarNode) and each.value not in _NONE:
                    span = Span(source, start + each.start_mark.index, start + each.end_mark.index)
                    yield Named(each.value, span, folder)


def _unplaced(target: str, folder: str, *, trusted: bool) -> Named:
    source = Source(_NOWHERE, f"{USE_FIELD}: {target}")
    return Named(target, Span(source, len(source.text) - len(target), len(source.text)), folder, trusted)


def _folder(work: Work) -> str:
    """Return the folder of a document whose text is gone, or whose metadata come from elsewhere."""
    names = [each.name for each in work.inputs] or [each.source.name for each in work.directives.values()]
    return os.path.dirname(names[0]) if names else ""
