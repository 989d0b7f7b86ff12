"""Diagnostics as data: a code, a place, a terse message, and hints apart from it."""

from __future__ import annotations

from .record import TYPE_CHECKING, Record
from .source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ERROR = "error"
WARNING = "warning"


class Diagnostic(Record):
    """One fault of a document.

    The message is lower case, states the fault, and gives no advice; advice is a hint. The trace
    names the calls that led to ``span``, innermost first, each with the place of the call. The caret
    stands under ``mark`` where that is not all of ``span``.
    """

    code: str  # a key of codes.RULES
    message: str
    span: Span | None  # None: the fault has no place in a file
    hints: tuple[str, ...] = ()
    trace: tuple[tuple[Span, str], ...] = ()
    severity: str = ERROR
    mark: Span | None = None

    @property
    def with_hints(self) -> str:
        """The message, and each hint on a line of its own."""
        return "\n".join([self.message, *(f"hint: {hint}" for hint in self.hints)])


# Made beforehand: when it is wanted, there is no memory to make it.
NO_MEMORY = Diagnostic("PM610", "there is not enough memory for this document", None)


class Fault(Exception):
    """An author's fault, raised where work can't go on.

    It is raised without a place by whatever finds it, and gets one from the first of those that know one: what is
    furthest inside holds. ``raise Fault("PM304", "division by zero")`` is an operation's; ``fault.at(span)`` is said
    by whoever knows the text.
    """

    def __init__(self, code: str, message: str, *hints: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hints = hints
        self.span: Span | None = None
        self.mark: Span | None = None
        self.trace: tuple[tuple[Span, str], ...] = ()
        self._complete = False

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Fault:
        """Return the fault that a diagnostic tells of, complete: whatever it passes adds nothing to its trace."""
        fault = cls(diagnostic.code, diagnostic.message, *diagnostic.hints)
        fault.span, fault.mark, fault.trace = diagnostic.span, diagnostic.mark, diagnostic.trace
        fault._complete = True
        return fault

    def at(self, span: Span | None, mark: Span | None = None) -> Fault:
        """Give the fault a place, unless it has one; the caret stands under ``mark``. Return the fault, to raise it."""
        if self.span is None:
            self.span, self.mark = span, mark
        return self

    def through(self, span: Span, name: str) -> Fault:
        """Add to the trace that the call at ``span`` of the macro ``name`` led to the fault. Return the fault."""
        if not self._complete:
            self.trace += ((span, f"in the call of `{name}`"),)
        return self

    @property
    def diagnostic(self) -> Diagnostic:
        """The fault as data."""
        return Diagnostic(self.code, self.message, self.span, self.hints, self.trace, mark=self.mark)


class Unclosed(Fault):
    """A call, a definition or a string that is opened at the offset ``offset`` of a text, and never closed.

    Nothing before the offset ``stop`` could close it: there, a scanner goes on.
    """

    def __init__(self, code: str, message: str, offset: int, stop: int) -> None:
        super().__init__(code, message)
        self.offset = offset
        self.stop = stop


class Diagnostics:
    """The faults and warnings of one document."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._seen: set[tuple[str, str, str]] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic, unless the same one is there already."""
        key = (diagnostic.code, str(diagnostic.span), diagnostic.message)
        if key not in self._seen:
            self._seen.add(key)
            self._found.append(diagnostic)

    def error(self, code: str, message: str, span: Span | None, *hints: str, mark: Span | None = None) -> None:
        self.add(Diagnostic(code, message, span, hints, mark=mark))

    def warning(self, code: str, message: str, span: Span | None, *hints: str, mark: Span | None = None) -> None:
        self.add(Diagnostic(code, message, span, hints, severity=WARNING, mark=mark))

    def __iter__(self) -> Iterator[Diagnostic]:
        """Iterate in the order of the text, file after file; what has no place comes last."""
        files: dict[str, int] = {}
        for each in self._found:
            if each.span:
                files.setdefault(each.span.source.name, len(files))

        def place(each: Diagnostic) -> tuple[int, int, int]:
            if each.span is None:
                return (len(files), 0, 0)
            return (files[each.span.source.name], *each.span.source.position(each.span.start))

        return iter(sorted(self._found, key=place))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def failed(self) -> bool:
        """True when there is an error among them."""
        return any(each.severity == ERROR for each in self._found)


_COMPARED = 100  # names that a misspelled one is compared with, at most


def nearest(name: str, known: Sequence[str], likeness: float = 0.6) -> str | None:
    """Return the one of some known names that a misspelled name most likely means, or None; 1 is the same name.

    Of very many only those are looked at that begin alike, and are about as long: a comparison is slow.
    """
    import difflib  # costs start-up time, and only a fault needs it
    from heapq import nsmallest

    if len(known) > _COMPARED:
        known = nsmallest(_COMPARED, known, lambda each: (each[:1] != name[:1], abs(len(each) - len(name))))
    close = difflib.get_close_matches(name, known, n=1, cutoff=likeness)
    return close[0] if close else None
