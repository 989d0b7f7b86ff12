"""Small programs as texts: definitions in, what calls give, or the faults with their places, out."""

from __future__ import annotations

from collections.abc import Sequence

from pandoc_percent_macros.base.fault import Diagnostic, Diagnostics, Fault
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.check.linker import Program, link
from pandoc_percent_macros.language.functions import Environment
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax import Call, parse_call
from pandoc_percent_macros.language.syntax.definitions import parse_library
from pandoc_percent_macros.language.values.budget import Limits
from pandoc_percent_macros.language.values.pieces import Raw, Text
from pandoc_percent_macros.report.codes import RULES


class Known(Environment):
    """An environment that knows a few formats and metadata, and keeps what it is asked for."""

    def __init__(self, formats: Sequence[str] = (), meta: dict[str, str] | None = None) -> None:
        self.formats = formats
        self.values = meta or {}
        self.packages: list[tuple[str, str]] = []

    def format_is(self, name: str) -> bool:
        return name in self.formats

    def meta(self, key: str) -> str | None:
        return self.values.get(key)

    def use_package(self, name: str, options: str) -> None:
        self.packages.append((name, options))

    def use_tikz_library(self, name: str) -> None:
        self.packages.append(("tikz library", name))


def call(text: str) -> Call:
    return parse_call(Source("call.md", text))


def linked(definitions: str, calls: Sequence[Call] = ()) -> tuple[Program, list[Diagnostic]]:
    """Return the program of a document with these definitions, and what was found about it."""
    diagnostics = Diagnostics()
    library = parse_library(Source("talk.md", definitions), diagnostics)
    program = link(library.macros, (), calls, diagnostics)
    found = list(diagnostics)
    assert all(each.code in RULES for each in found)
    return program, found


def session(definitions: str, environment: Environment | None = None, limits: Limits | None = None) -> Session:
    program, found = linked(definitions)
    assert not [each for each in found if each.severity == "error"], found
    return Session(program, environment or Known(), limits or Limits())


def pieces(
    definitions: str,
    text: str,
    environment: Environment | None = None,
    body: object = None,
    limits: Limits | None = None,
) -> tuple[object, ...]:
    """Return what a call gives."""
    return session(definitions, environment, limits).expand(call(text), body).pieces


def gives(definitions: str, text: str = "%%f()", environment: Environment | None = None) -> str:
    """Return the text of what a call gives, of whatever kind it is."""
    found = pieces(definitions, text, environment)
    assert all(isinstance(each, (Raw, Text)) for each in found), found
    return "".join(each.text for each in found if isinstance(each, (Raw, Text)))


def value(body: str, parameters: str = "", arguments: str = "") -> str:
    """Return what a macro with this body gives."""
    return gives(f"%%define f({parameters}) {body}\n=end", f"%%f({arguments})")


def fault(definitions: str, text: str = "%%f()", limits: Limits | None = None) -> Diagnostic:
    """Return the fault that a call ends with."""
    try:
        found = pieces(definitions, text, limits=limits)
    except Fault as raised:
        return known(raised.diagnostic)
    raise AssertionError(f"no fault, but {found}")


def known(found: Diagnostic) -> Diagnostic:
    assert found.code in RULES
    return found


def marked(text: str) -> tuple[str, list[str]]:
    """Return a text without its marks ``«…»``, and what they enclose as ``offset:text``."""
    places = []
    plain = ""
    for part in text.split("«"):
        inside, mark, rest = part.partition("»")
        if mark:
            places.append(f"{len(plain)}:{inside}")
        plain += inside + rest
    return plain, places


def places(found: Sequence[Diagnostic]) -> list[str]:
    """Return where diagnostics point to, as ``marked`` does; for texts of a single definition."""
    spans = [each.mark or each.span for each in found]
    return [f"{span.start}:{span.text}" for span in spans if span]
