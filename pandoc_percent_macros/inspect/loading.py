"""An author's document, read and expanded in this process instead of in a filter below pandoc."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from .. import settings
from ..base import Diagnostics, Fault, Source, Span, Unclosed, tex
from ..document import elements
from ..document.expansion import Placer, Processed, expand
from ..document.source import CALL, DEFINE, USE, Directive, Syntax, manuscript
from ..document.transport import TOKEN, headers, settling, tokens
from ..document.work import Origin, Work, dialect_of
from ..language.functions import Counters
from ..language.syntax import scan_call
from ..pandoc import USUAL, Invocation, Process, find_pandoc, load_defaults, parse, read_again, understand


@dataclass(frozen=True)
class LoadedDocument:
    """A document as pandoc reads it, with tokens in the places of its directives."""

    invocation: Invocation
    manuscripts: Sequence[manuscript.Manuscript]  # one, or with --file-scope one for each file
    directives: dict[str, Directive]  # by the keys of their tokens, in the order of the text
    _document: elements.Document

    @property
    def dialect(self) -> str:
        """The Markdown dialect that it is in, as ``--from`` takes it."""
        return Origin(self.invocation).reader

    @property
    def program(self) -> str:
        """Pandoc's executable."""
        return self.invocation.process.program

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """In what kinds of strings (``elements.strings``) calls stand, by their keys; one may stand in several."""
        found: dict[str, set[str]] = {}
        for kind, holder, at in elements.strings([self._document["meta"], self._document["blocks"]]):
            if tokens.START in holder[at] and not (kind == elements.RAW and holder[0] not in tex.RAW_FORMATS):
                for key in TOKEN.findall(holder[at]):
                    found.setdefault(key, set()).add(kind)
        return found

    @cached_property
    def tight(self) -> set[str]:
        """The keys of the calls that are alone on their lines in items of tight lists, or in other bare text."""
        places = Placer(self.directives, Diagnostics()).run(self.document())
        return {each.key for each in places if each.paragraph == "Plain"}

    @property
    def api_version(self) -> list[int]:
        """The version of pandoc's elements."""
        version: list[int] = self._document["pandoc-api-version"]
        return version

    def document(self) -> elements.Document:
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

        Counters are where they are in the document at the first call of this text, or else at its end.

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
        expanded = self._processed(deepcopy(document), directives, target)
        expansion = expanded.processed.expansion
        if expansion is None or not expansion.session.counts:
            return expanded
        return self._processed(document, directives, target, self._counters(directives[key].source.text, target))

    def _counters(self, text: str, target: str) -> Counters | None:
        processed = self.expanded(target).processed
        if processed.expansion is None:
            return None
        session = processed.expansion.session
        evaluated = filter(session.has_evaluated, processed.calls.values())
        return session.counters(next((each for each in evaluated if each.span.text == text), None))

    def _processed(
        self,
        document: elements.Document,
        directives: dict[str, Directive],
        target: str,
        counters: Counters | None = None,
    ) -> ExpandedDocument:
        work = Work(document, target, settings.limits(), Origin(self.invocation))
        work.directives = directives
        work.inputs = [each for part in self.manuscripts for each in part.inputs]
        processed = expand(work, counters=counters)
        return ExpandedDocument(document, processed, work.diagnostics)


@dataclass(frozen=True)
class ExpandedDocument:
    """A document with its calls expanded; with an error among the diagnostics it is not whole."""

    document: elements.Document  # pandoc's elements
    processed: Processed
    diagnostics: Diagnostics


def load(arguments: Sequence[str], inputs: Sequence[manuscript.Input] | None = None) -> LoadedDocument:
    """Return a document as pandoc reads it.

    Args:
        arguments: what pandoc is given: files, and options that matter for reading them. Others do no harm.
        inputs: what is read in the place of the files.

    Raises:
        Fault: PM601 when there is no pandoc, or it fails; PM604 when it is not Markdown; PM801, PM802, PM803 for a file
            that can't be read; PM608 for options that pandoc would not take.
    """
    invocation = understand(Process(find_pandoc(), tuple(arguments), os.getcwd()))
    _check_defaults(invocation)
    syntax = _syntax(invocation)
    if inputs is None:
        inputs = read_inputs(invocation.inputs)
    parts = [[each] for each in inputs] if invocation.file_scope else [inputs]
    manuscripts = [manuscript.Manuscript(part, invocation.tab_stop) for part in parts]
    lifted = settling.lift(manuscripts, syntax)

    def read(texts: list[str]) -> elements.Document:
        return read_again(invocation, texts)

    lifted = settling.settled(lifted, syntax, read)
    for each in lifted:
        headers.check(each, syntax, lambda text: read([text]))
    document = settling.parted(lifted, read)
    directives = {key: directive for each in lifted for key, directive in each.carried.items()}
    return LoadedDocument(invocation, manuscripts, directives, document)


def read_inputs(names: Iterable[str]) -> list[manuscript.Input]:
    """Return input files, or raise ``Fault`` (PM801, PM802, PM803)."""
    return [manuscript.read_standard_input() if name == "-" else manuscript.read_input(name) for name in names]


def dialect(arguments: Sequence[str]) -> Syntax:
    """Return the dialect of Markdown that a command line has pandoc read, or raise ``Fault`` (PM604, PM608)."""
    return _syntax(understand(Process(find_pandoc(), tuple(arguments), os.getcwd())))


def _syntax(invocation: Invocation) -> Syntax:
    syntax = dialect_of(invocation)
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
