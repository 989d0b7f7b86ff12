"""Macro libraries: the prelude of the package, and the ``.pmac`` files that ``%%use`` and metadata name.

Only regular files whose name, links followed, ends in ``.pmac`` are opened, and none of a file's lines is shown
before that is known: a document from a stranger must not make anything else appear in a diagnostic.
"""

from __future__ import annotations

import os
import re

from ...base import TYPE_CHECKING, Diagnostic, Diagnostics, Fault, Record, Source, Span, nearest, pattern
from ...language.syntax import Macro, parse_library
from ..source import ITSELF, USE, Directive, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


PATH_VARIABLE = "PERCENT_MACROS_PATH"
USE_FIELD = "percent-macros-use"  # of metadata
SUFFIX = ".pmac"
PRELUDE = "<prelude>"  # in the place of a folder, in the names of its files
DEPTH = 16  # of libraries that use libraries
FILES = 256  # for one document
_PRELUDE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "language", "prelude")
_TARGET = pattern(r"%%use[ \t]*(.*?)[ \t]*", re.DOTALL)
_ADDRESS = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Named(Record):
    """The name of a library in metadata (named_libraries.py), as ``%%use`` takes it."""

    target: str
    span: Span  # where it stands
    folder: str  # that a relative path counts from
    trusted: bool = False  # whoever runs pandoc has named it


def prelude(diagnostics: Diagnostics, text: str | None = None) -> tuple[Macro, ...]:
    """Return the macros that every document has; only those whose names stand in a text, if one is given.

    Each file is named after its macro, and not read without need: that takes longer than many a document's own macros.
    Those whose names begin with an underscore are for the others alone, and come with them.
    """
    names = sorted(name.removesuffix(SUFFIX) for name in os.listdir(_PRELUDE) if name.endswith(SUFFIX))
    wanted = [name for name in names if text is None or name in text]
    macros: list[Macro] = []
    for name in wanted:
        with open(os.path.join(_PRELUDE, name + SUFFIX), encoding="utf-8") as file:
            source = Source(f"{PRELUDE}/{name}{SUFFIX}", file.read())
        macros += parse_library(source, diagnostics).macros
        wanted += [each for each in names if each.startswith("_") and each in source.text and each not in wanted]
    return tuple(macros)


def is_of_prelude(span: Span | None) -> bool:
    return span is not None and span.source.name.startswith(PRELUDE)


def outside_prelude(found: Diagnostic) -> Diagnostic:
    """Return a fault that arose in the prelude at the call of it: that is what its author can change."""
    while is_of_prelude(found.span) and found.trace:
        found = found.replace(span=found.trace[0][0], mark=None, trace=found.trace[1:])
    return found


def used(directives: Iterable[Directive], diagnostics: Diagnostics, named: Iterable[Named] = ()) -> tuple[Macro, ...]:
    """Return the macros of the libraries that a document uses, and of those that these use.

    Faults of the libraries go to the diagnostics: PM801 to PM803 for a file that can't be read, PM804 for one that is
    not there, PM805 for one that may not be used, PM806 for libraries that use each other, PM807 for too many.

    Args:
        directives: the document's; those of ``%%use`` name libraries.
        diagnostics: takes the faults.
        named: the libraries that its metadata name; those of ``%%use`` hold over them.
    """
    return tuple(_loaded(directives, diagnostics, named).macros)


def library_files(directives: Iterable[Directive], named: Iterable[Named] = ()) -> tuple[str, ...]:
    """Return the names of the library files that ``%%use`` directives, and metadata, lead to and that are there."""
    return tuple(_loaded(directives, Diagnostics(), named).files.values())


def _loaded(directives: Iterable[Directive], diagnostics: Diagnostics, named: Iterable[Named]) -> _Loader:
    loader = _Loader(diagnostics)
    for each in named:
        loader.use(each.target, each.span, (), each)
    for directive in directives:
        if directive.kind == USE:
            target = _TARGET.fullmatch(directive.source.text)
            loader.use(target[1].strip("\"'") if target else "", directive.span, ())
    return loader


class _Loader:
    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self.files: dict[str, str] = {}  # names by real paths
        self.macros: list[Macro] = []

    def use(self, target: str, span: Span, above: tuple[str, ...], named: Named | None = None) -> None:
        """Take in a library.

        Args:
            target: how it is named.
            span: where.
            above: the real paths of the libraries that led to it.
            named: what metadata say, if they name it.
        """
        try:
            name, path = _find(target, span, named)
            if path in above:
                raise Fault("PM806", f"library `{target}` uses itself").at(span)
            if len(above) >= DEPTH or len(self.files) >= FILES:
                raise Fault("PM807", f"more than {DEPTH} libraries deep, or more than {FILES} of them").at(span)
            if path in self.files:
                return
            self.files[path] = name
            library = parse_library(Source(name, _text(name, path, span)), self._diagnostics)
        except Fault as fault:
            found = fault.diagnostic
            mistaken = found.code in ("PM804", "PM805") and not above and named is None
            self._diagnostics.add(found.replace(hints=(*found.hints, ITSELF.format(USE))) if mistaken else found)
            return
        for each in library.uses:
            self.use(each.target, each.span, (*above, path))
        self.macros += library.macros


def _find(target: str, span: Span, named: Named | None) -> tuple[str, str]:
    """Return the name to show for a library, and its real path."""
    if not target or "\0" in target:
        raise Fault("PM805", "`%%use` names no library", "write `%%use NAME` for the file `NAME.pmac`").at(span)
    absolute = os.path.isabs(target) or target.startswith(("/", "\\", "~"))
    if (absolute and not (named and named.trusted)) or _ADDRESS.match(target):
        hint = "name it by a relative path, or put it on the library path"
        raise Fault("PM805", f"`{target}` is an absolute path or an address", hint).at(span)
    file = target if target.endswith(SUFFIX) else target + SUFFIX
    folder = named.folder if named else os.path.dirname(span.source.name)
    for place in (folder, *_library_path()):
        name = os.path.join(place, os.path.expanduser(file) if absolute else file)
        if os.path.lexists(name):
            return _shown(name, absolute) if place == folder else name, _checked(name, target, span)
    raise Fault("PM804", f"library `{target}` was not found", _advice(file, folder, named)).at(span)


def _shown(name: str, absolute: bool) -> str:
    """Return a name as it is shown; an absolute one, if it is below the working directory, from there."""
    here = os.path.join(os.getcwd(), "") if absolute else ""
    return os.path.normpath(name).removeprefix(here)


def _checked(name: str, target: str, span: Span) -> str:
    path = os.path.realpath(name)
    if not path.endswith(SUFFIX) or not os.path.isfile(path):
        raise Fault("PM805", f"library `{target}` is no regular file whose name ends in `{SUFFIX}`").at(span)
    return path


def _text(name: str, path: str, span: Span) -> str:
    try:
        with open(path, "rb") as file:
            return text_of(name, file.read()).replace("\r\n", "\n")
    except OSError as fault:
        raise Fault("PM801", f"can't read {name}: {fault.strerror}").at(span) from None


def _library_path() -> Sequence[str]:
    return [each for each in os.environ.get(PATH_VARIABLE, "").split(os.pathsep) if each]


def _advice(file: str, folder: str, named: Named | None) -> str:
    try:
        there = [name for name in os.listdir(folder or ".") if name.endswith(SUFFIX)]
    except OSError:
        there = []
    close = nearest(file, there)
    where = "from where pandoc runs" if named and named.trusted else "beside the file"
    looked = f"it is looked for {where}, and along {PATH_VARIABLE}"
    return f"did you mean `{close}`?" if close else looked
