"""The document with its macros expanded and its definitions gone, as Markdown that needs no filter.

What the author wrote stays as it is: only directives are replaced, each by what pandoc's writer makes of its result.
Then pandoc reads that text, and it must be what the filter makes of the document. Where it is not (a tight list, a
cell too narrow for what stands in it now), pandoc writes the whole document anew.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..base import Diagnostics
from ..document import elements
from ..document.elements import MATH, RAW, TEXT
from ..document.expansion import FIELD, DocumentEnvironment, Expansion, Placer, preamble
from ..document.expansion.identifiers import renew
from ..document.work import Origin, Work
from ..inspect.loading import ExpandedDocument, LoadedDocument, merged
from ..language.syntax import Call
from ..language.values import Limits, Raw, Result
from ..pandoc import BINARY, Format, read_again, write, write_bytes
from .branches import Branches, as_pieces
from .escaping import protected, tab_stop, with_raw_attribute, writer_dialect
from .splicing import PLAIN, Splicer

_LINE_FEED = re.compile(r"(?<!\r)\n")
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
# Between an environment's edge and its content a paragraph's end does nothing.
_AT_EDGES = re.compile(r"(\\begin\{\w+\*?\}(?:\{[^{}\n]*\}|\[[^\]\n]*\])*)\s*\n\s*\n\s*|\s*\n\s*\n\s*(?=\\end\{)")
# In HTML, a comment, and space at a paragraph's edges.
_UNSEEN = re.compile(r"<!-- -->\s*|(?<=<p>)\s+|(?<=<li>)\s+|\s+(?=</(?:p|li)>)")
_LEFT = ' style="text-align: left;"'  # what a cell has that says nothing of it
_CHANGES_ALWAYS = re.compile(r"(?:.*/)?(?:core\.xml|meta\.xml|content\.opf|toc\.ncx)")  # a date, an identifier


@dataclass(frozen=True)
class Flattened:
    """A document without macros."""

    text: str
    dialect: str  # that it is to be read as
    rewritten: bool  # by pandoc: the author's own text would not have looked the same
    differs: bool  # in what is shown, from what the filter makes of the document; then it is rewritten, too
    diagnostics: Diagnostics  # with an error among them there is no text


def flatten(loaded: LoadedDocument, targets: Sequence[str]) -> Flattened:
    """Return a document as Markdown with every macro expanded, and no definitions.

    Args:
        loaded: the document.
        targets: the formats that it will be written in; where macros return something else in each, raw markup of all.

    Raises:
        Fault: PM601 when pandoc fails; PM609 for results that can't stand beside one another.
    """
    expanded = [loaded.expanded(target) for target in targets]
    diagnostics = merged(each.diagnostics for each in expanded)
    if diagnostics.failed:
        return Flattened("", "", False, False, diagnostics)
    branches = Branches(expanded, loaded.program)
    environment = expanded[0].processed.environment
    header = _header(expanded)
    dialect = with_raw_attribute(loaded.dialect)
    wanted = [appearance(each.document, each.processed.target, loaded.program) for each in expanded]
    for bare in (False, True) if len(loaded.manuscripts) == 1 else ():
        text = _with_line_ends(Splicer(loaded, branches, dialect, bare=bare).written() + _yaml(header), loaded)
        if _appearances(loaded, text, expanded, dialect) == wanted:
            return Flattened(text, dialect, False, False, diagnostics)
    document = _rewritten(loaded, branches, environment)
    # The template would write what goes into the head a second time, as the text's first block.
    header = header or list(elements.raw_markup(document["meta"].get(preamble.FIELD)))
    document["meta"].pop(preamble.FIELD, None)
    options = ["--standalone", "--wrap=preserve", *tab_stop(loaded.invocation)]
    text = write(loaded.program, protected(document, dialect), writer_dialect(dialect), options) + _yaml(header)
    text = _with_line_ends(text, loaded)
    return Flattened(text, dialect, True, _appearances(loaded, text, expanded, dialect) != wanted, diagnostics)


def _with_line_ends(text: str, loaded: LoadedDocument) -> str:
    """Return a text with the line ends of the document: CR LF where it has any."""
    if any("\r\n" in each.text for each in loaded.manuscripts):
        return _LINE_FEED.sub("\r\n", text)
    return text


def _appearances(loaded: LoadedDocument, text: str, expanded: Sequence[ExpandedDocument], dialect: str) -> list[object]:
    """Return what a text looks like in each of the formats that the document was expanded for."""
    document = read_again(loaded.invocation, [text], dialect)
    return [appearance(document, each.processed.target, loaded.program) for each in expanded]


def _header(expanded: Sequence[ExpandedDocument]) -> list[tuple[str, str]]:
    """Return what the metadata must put into the document's head, formats and texts, if macros add to it."""
    header: dict[tuple[str, str], None] = {}  # the formats have much of it in common
    for each in expanded:
        if each.processed.preamble:
            header |= dict.fromkeys(elements.raw_markup(each.document["meta"][preamble.FIELD]))
    return [*header]


def _yaml(header: list[tuple[str, str]]) -> str:
    if not header:
        return ""
    lines = ["", "---", f"{preamble.FIELD}:"]
    for format, text in header:
        lines += ["- |", *(f"  {line}".rstrip() for line in (f"```{{={format}}}", *text.split("\n"), "```"))]
    return "\n".join([*lines, "---", ""])


def _rewritten(loaded: LoadedDocument, branches: Branches, environment: DocumentEnvironment) -> elements.Document:
    """Return the elements of a document with results in the places of its calls."""
    document = loaded.document()
    placer = Placer(loaded.directives, Diagnostics())
    places = placer.run(document)
    session: Any = _KnownResults(branches, loaded)
    work = Work(document, "markdown", Limits(), Origin(loaded.invocation))
    work.directives = loaded.directives
    Expansion(session, environment, branches.calls, work).run(places, lambda _, __: ())
    if placer.headings:
        files = loaded.invocation.inputs if loaded.invocation.file_scope else ()
        renew(document, placer.headings, work.origin.syntax, files)
    return document


class _KnownResults:
    """In the place of a session: it knows the result of each call already."""

    def __init__(self, branches: Branches, loaded: LoadedDocument) -> None:
        self._branches = branches
        self._keys = {id(call): key for key, call in branches.calls.items()}
        self._directives = loaded.directives
        self._kinds = loaded.kinds
        self._tight = loaded.tight

    def expand(self, call: Call, body: object | None) -> Result:
        key = self._keys[id(call)]
        kinds = self._kinds.get(key, set())
        string = self._branches.string(key) if kinds & PLAIN else None
        if RAW in kinds or MATH in kinds:
            latex = self._branches.latex(key) if RAW in kinds else self._branches.mathematics(key)
            return Result((Raw("latex", latex),), string)
        if TEXT not in kinds and string is not None:
            return Result((), string)
        if self._directives[key].standalone:
            segments = self._branches.segments(key, "Plain" if key in self._tight else "Para")
            return Result(as_pieces(segments, body).pieces, string)
        return Result(as_pieces([[{"t": "Plain", "c": self._branches.inlines(key)}]], body).pieces, string)


def appearance(document: elements.Document, target: Format, program: str) -> object:
    """Return what a document looks like: equal for two that look the same.

    Args:
        document: pandoc's elements.
        target: the format to write it in.
        program: pandoc's executable.

    Raises:
        Fault: PM601 when pandoc fails.
    """
    return _shown_header(document) if target.belongs_to("latex") else "", _shown_body(document, target, program)


def _shown_header(document: elements.Document) -> str:
    return " ".join(" ".join(elements.raw_texts(document["meta"].get(FIELD))).split())


def _shown_body(document: elements.Document, target: Format, program: str) -> object:
    meta = {name: value for name, value in document["meta"].items() if name != FIELD}
    document = {**document, "meta": meta}
    if target.name not in BINARY:
        text = write(program, document, target.name, ["--standalone", "--wrap=none"])
        if target.belongs_to("latex"):
            text = _AT_EDGES.sub(r"\1 ", text)
        text = text.replace(_LEFT, "")
        if target.belongs_to("html"):
            return _UNSEEN.sub("", text).split()
        return [" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(text.strip())]
    with zipfile.ZipFile(io.BytesIO(write_bytes(program, document, target.name))) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not _CHANGES_ALWAYS.fullmatch(name)}
