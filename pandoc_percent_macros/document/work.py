"""A document in work: what is handed on from reading it to recovering its directives, to expanding and writing it."""

from __future__ import annotations

import os

from ..base import TYPE_CHECKING, Diagnostics
from ..pandoc import Format, Invocation, parent, understood
from .source import DEFAULTS, Directive, Syntax, is_script, parse_format, switches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..language.values import Limits
    from .elements import Document
    from .source import Input

OUR_READER = "percent-macros.lua"
_RAW = frozenset(("raw_tex", "raw_html"))


class Work:
    """A document, and what is known of it at each step.

    ``elements`` are pandoc's, as its JSON has them, and are changed in their place. ``directives`` are by the keys of
    their tokens, in the order of the text. With an error among the diagnostics the document is not to be used.
    """

    def __init__(
        self,
        elements: Document,
        target: str,
        limits: Limits,
        origin: Origin | None = None,
        diagnostics: Diagnostics | None = None,
    ) -> None:
        """Take up a document.

        Args:
            elements: pandoc's elements.
            target: the format that pandoc writes, by its name.
            limits: what evaluation may cost.
            origin: how the document came about; found out when needed, if not given.
            diagnostics: takes every fault and warning.
        """
        self.elements = elements
        self.target = Format(target)
        self.limits = limits
        self.origin = origin or Origin()
        self.diagnostics = Diagnostics() if diagnostics is None else diagnostics
        self.directives: dict[str, Directive] = {}
        self.inputs: Sequence[Input] = ()  # the author's files, where they were read; not for a text that was lifted
        self.foreign: Sequence[str] = ()  # names in text that a filter before this one has put in, written as calls
        self.header = ""  # the file with what macros need in the preamble, where `build` gives pandoc one


def dialect_of(invocation: Invocation) -> Syntax | None:
    """Return the dialect of Markdown that a document is read as, None if it is none.

    A reader in Lua is taken to end in pandoc's Markdown, with the extensions that are on for it.

    Raises:
        Fault: PM601 when pandoc can't tell these.
    """
    reader = invocation.reader
    name = os.path.basename(reader)
    if name.startswith(OUR_READER):
        return parse_format("markdown" + name.removeprefix(OUR_READER))
    if not is_script(reader):
        return parse_format(reader)
    from ..pandoc import quarto  # most documents are read by pandoc's own readers
    from ..pandoc.executable import extensions

    if name.startswith(quarto.READER) and (syntax := parse_format(quarto.told().reader)):
        return syntax
    return Syntax("markdown", frozenset(extensions(invocation)) or DEFAULTS["markdown"])


class Origin:
    """How the document came about: the pandoc that read it, asked for only when needed, if it is not given."""

    def __init__(self, invocation: Invocation | None = None) -> None:
        self._asked = invocation is not None
        self._invocation = invocation
        self._reader: str | None = None

    @property
    def invocation(self) -> Invocation | None:
        """What pandoc was asked to do, None when that can't be seen."""
        if not self._asked:
            process = parent.find()
            self._invocation = understood(process) if process else None
            self._asked = True
        return self._invocation

    @property
    def program(self) -> str:
        """The pandoc to read further texts with: the one that reads the document, else any."""
        invocation = self.invocation
        if invocation:
            return invocation.process.program
        from ..pandoc.executable import find_pandoc  # most documents know their pandoc

        return find_pandoc()

    @property
    def reader(self) -> str:
        """The Markdown dialect of the document, as ``--from`` takes it."""
        if self._reader is None:
            invocation = self.invocation
            if invocation and parse_format(invocation.reader):
                self._reader = invocation.reader
            else:
                syntax = dialect_of(invocation) if invocation else None
                self._reader = syntax.option if syntax else "markdown"
        return self._reader

    @property
    def syntax(self) -> Syntax:
        """The Markdown dialect of the document."""
        syntax = parse_format(self.reader)
        assert syntax is not None  # the reader is one of Markdown's
        return syntax

    @property
    def switched_off(self) -> frozenset[str]:
        """The extensions for raw markup that the reader's options switch off."""
        off: set[str] = set()
        for sign, extension in switches(self.invocation.reader if self.invocation else self.reader):
            (off.add if sign == "-" else off.discard)(extension)
        return _RAW & off
