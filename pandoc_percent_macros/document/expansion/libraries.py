"""Macro libraries: the prelude of the package, and the ``.pmac`` files that ``%%use`` names.

Only regular files whose name, links followed, ends in ``.pmac`` are opened, and none of a file's lines is shown
before that is known: a document from a stranger must not make anything else appear in a diagnostic.
"""

from __future__ import annotations

import os
import re

from ...base import TYPE_CHECKING, Diagnostics, Fault, Source, Span, nearest, pattern
from ...language.syntax import Macro, parse_library
from ..source import ITSELF, USE, Directive, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


PATH_VARIABLE = "PERCENT_MACROS_PATH"
SUFFIX = ".pmac"
PRELUDE = "<prelude>"  # in the place of a folder, in the names of its files
DEPTH = 16  # of libraries that use libraries
FILES = 256  # for one document
_PRELUDE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "language", "prelude")
_TARGET = pattern(r"%%use[ \t]*(.*?)[ \t]*", re.DOTALL)
_ADDRESS = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


def prelude(diagnostics: Diagnostics, text: str | None = None) -> tuple[Macro, ...]:
    """Return the macros that every document has; only those whose names stand in a text, if one is given.

    Each file is named after its macro, and not read without need: that takes longer than many a document's own macros.
    """
    macros: list[Macro] = []
    for name in sorted(os.listdir(_PRELUDE)):
        if name.endswith(SUFFIX) and (text is None or name.removesuffix(SUFFIX) in text):
            with open(os.path.join(_PRELUDE, name), encoding="utf-8") as file:
                source = Source(f"{PRELUDE}/{name}", file.read())
            macros += parse_library(source, diagnostics).macros
    return tuple(macros)


def used(directives: Iterable[Directive], diagnostics: Diagnostics) -> tuple[Macro, ...]:
    """Return the macros of the libraries that a document's ``%%use`` directives name, and those that these use.

    Faults of the libraries go to the diagnostics: PM801 to PM803 for a file that can't be read, PM804 for one that is
    not there, PM805 for one that may not be used, PM806 for libraries that use each other, PM807 for too many.
    """
    return tuple(_loaded(directives, diagnostics).macros)


def library_files(directives: Iterable[Directive]) -> tuple[str, ...]:
    """Return the names of the library files that ``%%use`` directives lead to and that are there."""
    return tuple(_loaded(directives, Diagnostics()).files.values())


def _loaded(directives: Iterable[Directive], diagnostics: Diagnostics) -> _Loader:
    loader = _Loader(diagnostics)
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

    def use(self, target: str, span: Span, above: tuple[str, ...]) -> None:
        """Take in a library; ``above`` are the real paths of those that led to it."""
        try:
            name, path = _find(target, span)
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
            mistaken = found.code in ("PM804", "PM805") and not above
            self._diagnostics.add(found.replace(hints=(*found.hints, ITSELF.format(USE))) if mistaken else found)
            return
        for each in library.uses:
            self.use(each.target, each.span, (*above, path))
        self.macros += library.macros


def _find(target: str, span: Span) -> tuple[str, str]:
    """Return the name to show for a library, and its real path."""
    if not target or "\0" in target:
        raise Fault("PM805", "`%%use` names no library", "write `%%use NAME` for the file `NAME.pmac`").at(span)
    if os.path.isabs(target) or target.startswith(("/", "\\", "~")) or _ADDRESS.match(target):
        hint = "name it by a relative path, or put it on the library path"
        raise Fault("PM805", f"`{target}` is an absolute path or an address", hint).at(span)
    named = target if target.endswith(SUFFIX) else target + SUFFIX
    folder = os.path.dirname(span.source.name)
    for place in (folder, *_library_path()):
        name = os.path.join(place, named)
        if os.path.lexists(name):
            return os.path.normpath(name) if place == folder else name, _checked(name, target, span)
    raise Fault("PM804", f"library `{target}` was not found", _advice(named, folder)).at(span)


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


def _advice(named: str, folder: str) -> str:
    try:
        there = [name for name in os.listdir(folder or ".") if name.endswith(SUFFIX)]
    except OSError:
        there = []
    close = nearest(named, there)
    looked = f"it is looked for beside the file, and along {PATH_VARIABLE}"
    return f"did you mean `{close}`?" if close else looked
