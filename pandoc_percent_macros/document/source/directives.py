"""Directives: the pieces of a document that belong to the macro language."""

from __future__ import annotations

from ...base import CONTEXT, TYPE_CHECKING, Diagnostic, Diagnostics, Record, Source, Span, grammar, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


_HEAD = pattern(r"%%(?:\w+|#)?")
_NAME = pattern(r"%%(?:begin|end)[ \t]+([^\W\d]\w*)")

ITSELF = r"to have the text itself, write a backslash before it: `\%%{}`"  # a hint

DEFINE = "define"
USE = "use"
COMMENT = "comment"
CALL = "call"
BEGIN = "begin"
END = "end"
FAULT = "fault"  # what would be a directive if it were closed
MISS = "miss"  # text that begins as a call does: a call may have been meant
NOTE = "note"  # text, as it is clear where it was found, that has to be known when something is wrong


class Directive(Record):
    """A directive, and how it stands in the text that it was found in.

    Whether it stands where directives count is pandoc's to say: in code it is text. Where the text around it has to be
    known to tell where it ends, or what to leave out, it is ``doubtful``, and ``literal`` is what the scanner thinks.
    """

    kind: str  # one of the above
    source: Source  # its text, and where that stands in the author's file
    standalone: bool = True  # alone on its line or lines: a block
    start: int = 0  # offsets in the document's text of the stretch that it takes
    end: int = 0
    at: int = 0  # offset in it of the percent signs
    fault: Diagnostic | None = None  # what is wrong, for a FAULT
    doubtful: bool = False
    literal: bool = False  # it is thought to be text
    held_off: bool = False  # by a letter before it: in text it is none
    taken: str | None = None  # the text that it takes the place of, if that is not its own
    containers: tuple[int, ...] = ()  # that its line stands in, for a BEGIN
    body: Callable[[], str] | None = None  # for a BEGIN: makes the text up to its END, without the marks of containers

    @property
    def span(self) -> Span:
        return Span(self.source, 0, len(self.source.text))

    @property
    def head(self) -> str:
        """The percent signs and the word after them."""
        text = self.source.text
        return text[
            : next((at for at in range(2, len(text)) if not (text[at].isalnum() or text[at] == "_")), len(text))
        ]

    @property
    def original(self) -> str:
        """The text that stands in the document where the directive does."""
        return self.source.text if self.taken is None else self.taken

    @property
    def note(self) -> Directive:
        """What is to be known of a directive that is text: how it begins, and where it stands."""
        if self.kind == NOTE:
            return self
        text = self.head
        if self.kind == DEFINE and (found := grammar.DEFINED.match(self.source.text)):
            text = found[0]
        line = self.source.text[len(text) :].partition("\n")[0]
        after = line + self.source.after if "\n" not in self.source.text else line
        source = self.source.replace(text=text, after=after[:CONTEXT], margins=())
        return Directive(NOTE, source, self.standalone, self.at, self.at, self.at)

    @property
    def places(self) -> bool:
        """True when something is to stand where the directive stands."""
        return self.kind in (CALL, BEGIN, END, FAULT, MISS)


def check_pairs(directives: Iterable[Directive], diagnostics: Diagnostics) -> None:
    """Report each ``%%begin`` that is never closed (PM105), and each ``%%end`` that closes nothing (PM108)."""
    opened: list[tuple[str, Directive]] = []
    names: dict[str, int] = {}  # how many of each are open
    for directive in directives:
        if directive.kind == BEGIN:
            name = name_of(directive)
            opened.append((name, directive))
            names[name] = names.get(name, 0) + 1
        elif directive.kind == END:
            _close(opened, names, directive, diagnostics)
    for each in opened:
        _unclosed(*each, diagnostics)


def _close(
    opened: list[tuple[str, Directive]], names: dict[str, int], end: Directive, diagnostics: Diagnostics
) -> None:
    name = name_of(end)
    if not names.get(name):
        hint = f"the open one is `%%begin {opened[-1][0]}`" if opened else "there is no `%%begin` before it"
        diagnostics.error("PM108", f"`%%end {name}` closes nothing", end.span, hint, ITSELF.format(END))
        return
    while True:
        last, begin = opened.pop()
        names[last] -= 1
        if last == name:
            return
        _unclosed(last, begin, diagnostics)


def _unclosed(name: str, begin: Directive, diagnostics: Diagnostics) -> None:
    hint = f"write `%%end {name}` on a line of its own"
    diagnostics.error("PM105", f"`%%begin {name}` is never closed", begin.span, hint, ITSELF.format(BEGIN))


def name_of(directive: Directive) -> str:
    found = _NAME.match(directive.source.text)
    return found[1] if found else ""
