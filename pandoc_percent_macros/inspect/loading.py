"""An author's document, read and expanded in this process instead of in a filter below pandoc."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .. import settings
from ..base import tex
from ..base.fault import Diagnostics, Fault
from ..base.source import Source, Span
from ..document import elements
from ..document.expansion.formats import USUAL, Format
from ..document.expansion.processing import Processed, process
from ..document.source.dialect import Syntax, parse_format
from ..document.source.directives import CALL, DEFINE, USE, Directive
from ..document.source.files import read_input, read_standard_input
from ..document.source.manuscript import Manuscript
from ..document.source.scanner import scan
from ..document.transport import tokens
from ..document.transport.lift import with_tokens
from ..document.transport.recovery import OUR_READER, Origin
from ..document.transport.tokens import TOKEN
from ..language.syntax.calls import Unclosed, scan_call
from ..pandoc.command_line import load_defaults, parse
from ..pandoc.executable import find_pandoc, read_again
from ..pandoc.invocation import Invocation, understand
from ..pandoc.parent import Process


@dataclass(frozen=True)
class LoadedDocument:
    """A document as pandoc reads it, with tokens in the places of its directives."""

    invocation: Invocation
    manuscripts: Sequence[Manuscript]  # one, or with --file-scope one for each file
    directives: dict[str, Directive]  # by the keys of their tokens, in the order of the text
    _document: Any

    @property
    def dialect(self) -> str:
        """The Markdown dialect that it is in, as ``--from`` takes it."""
        return Origin(self.invocation).reader

    @property
    def program(self) -> str:
        """Pandoc's executable."""
        return self.invocation.process.program

    @cached_property
    def in_raw_tex(self) -> frozenset[str]:
        """The keys of the calls that stand inside raw TeX."""
        texts = [text for format, text in elements.raw_markup(self._document) if format in tex.RAW_FORMATS]
        return frozenset(key for text in texts for key in TOKEN.findall(text))

    @property
    def api_version(self) -> list[int]:
        """The version of pandoc's elements."""
        version: list[int] = self._document["pandoc-api-version"]
        return version

    def document(self) -> Any:
        """Return the document's elements, to be changed at will."""
        return deepcopy(self._document)

    def expanded(self, target: str = USUAL) -> ExpandedDocument:
        """Return the document with its calls expanded for a format.

        Raises:
            Fault: PM410 for limits in the environment that do not read as such.
        """
        return self._processed(self.document(), self.directives, target)

    def with_call(self, text: str, target: str = USUAL) -> ExpandedDocument:
        """Return, in the place of the document, one call with the document's macros and metadata.

        Args:
            text: the call, with or without its two percent signs.
            target: the format that is written.

        Raises:
            Fault: PM103, PM104 for a text that is not a call.
        """
        key = tokens.key(tokens.salt("a call of its own"), 0)
        directives = {name: each for name, each in self.directives.items() if each.kind in (DEFINE, USE)}
        directives[key] = Directive(CALL, _source_of_call(text))
        document = {
            **self._document,
            "meta": deepcopy(self._document["meta"]),
            "blocks": [{"t": "Para", "c": [{"t": "Str", "c": tokens.token(key)}]}],
        }
        return self._processed(document, directives, target)

    def _processed(self, document: Any, directives: dict[str, Directive], target: str) -> ExpandedDocument:
        diagnostics = Diagnostics()
        origin = Origin(self.invocation)
        processed = process(document, directives, Format(target), origin, settings.limits(), diagnostics)
        return ExpandedDocument(document, processed, diagnostics)


@dataclass(frozen=True)
class ExpandedDocument:
    """A document with its calls expanded; with an error among the diagnostics it is not whole."""

    document: Any  # pandoc's elements
    processed: Processed
    diagnostics: Diagnostics


def load(arguments: Sequence[str]) -> LoadedDocument:
    """Return a document as pandoc reads it.

    Args:
        arguments: what pandoc is given: files, and options that matter for reading them. Others do no harm.

    Raises:
        Fault: PM601 when there is no pandoc, or it fails; PM604 when it is not Markdown; PM801, PM802, PM803 for a file
            that can't be read; PM608 for options that pandoc would not take.
    """
    invocation = understand(Process(find_pandoc(), tuple(arguments), os.getcwd()))
    _check_defaults(invocation)
    syntax = _syntax(invocation)
    inputs = [read_standard_input() if name == "-" else read_input(name) for name in invocation.inputs]
    parts = [[each] for each in inputs] if invocation.file_scope else [inputs]
    manuscripts = [Manuscript(part) for part in parts]
    lifted = [with_tokens(each, scan(each, syntax)) for each in manuscripts]
    directives = {key: directive for each in lifted for key, directive in each.directives.items()}
    document = read_again(invocation, [each.text for each in lifted])
    return LoadedDocument(invocation, manuscripts, directives, document)


def _syntax(invocation: Invocation) -> Syntax:
    ours = os.path.basename(invocation.reader).startswith(OUR_READER)
    syntax = parse_format(Origin(invocation).reader if ours else invocation.reader)
    if syntax is None:
        raise Fault("PM604", f"macros are read from Markdown, and this is {invocation.reader}")
    return syntax


def _check_defaults(invocation: Invocation) -> None:
    given, _ = parse(invocation.process.arguments)
    data_directory = next((each.value for each in given if each.name == "data-dir"), None)
    for option in given:
        if option.name == "defaults" and not any(
            load_defaults(option.value, data_directory, invocation.process.folder)
        ):
            raise Fault("PM608", f"defaults file {option.value} was not found, or is not a YAML mapping")


def merged(every: Iterable[Diagnostics]) -> Diagnostics:
    """Return what several expansions reported, each thing once."""
    merged = Diagnostics()
    for diagnostics in every:
        for each in diagnostics:
            merged.add(each)
    return merged


def _source_of_call(text: str) -> Source:
    source = Source("<call>", f"%%{text.strip().removeprefix('%%')}")
    opening = source.text.find("(")
    whole = Span(source, 0, len(source.text))
    hint = "write it as in the document: `name(argument, …)`"
    if opening < 0 or not source.text[2:opening].strip().isidentifier():
        raise Fault("PM104", "this is not a call", hint).at(whole)
    try:
        end = scan_call(source.text, opening)
    except Unclosed:
        raise Fault("PM103", "the parenthesis of the call is never closed", hint).at(whole) from None
    if source.text[end:]:
        raise Fault("PM104", "text after the call", hint).at(Span(source, end, len(source.text)))
    return source
