"""The filter: pandoc's JSON in, pandoc's JSON out, every macro call expanded."""

from __future__ import annotations

import json
import sys

from . import settings
from .diagnostics.model import Diagnostics, Fault
from .diagnostics.render import render
from .document import bodies, preamble
from .document.collection import collect
from .document.directives import BEGIN, CALL, DEFINE
from .document.expansion import DocumentEnvironment, Expansion
from .document.formats import Format, meant
from .document.libraries import prelude, used
from .document.placeholders import Placer
from .document.recovery import Origin, recover
from .document.tokens import TOKEN
from .language.arguments import parse_call
from .language.definitions import parse_definition
from .language.program import Session, link
from .pandoc.invocation import header_text
from .records import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .document.directives import Directive
    from .document.elements import Blocks
    from .language.arguments import Call
    from .language.budget import Limits
    from .language.macros import Macro
    from .language.program import Program
    from .language.values import Markdown
    from .text import Span

_FRAMES = 5_000  # of Python's stack; a level of nesting in a document takes about four
_SIGNS = (b"%%", b"percent-macro", b'"%')  # one of them is in every document that holds a directive


def run(target: str) -> int:
    """Filter standard input to standard output, as pandoc's ``--filter`` asks; return the exit status.

    Args:
        target: the format that pandoc writes.
    """
    data = sys.stdin.buffer.read()
    if not any(sign in data for sign in _SIGNS):
        sys.stdout.buffer.write(data)
        return 0
    diagnostics = Diagnostics()
    sys.setrecursionlimit(_FRAMES)
    try:
        document = parse_document(data)
        if expand(document, Format(target), diagnostics) and not diagnostics.failed:
            data = serialized(document)
    except Fault as fault:
        diagnostics.add(fault.diagnostic)
    except RecursionError:
        diagnostics.error("PM607", "the document's elements nest too deep", None)
    sys.stderr.write(render(diagnostics))
    if diagnostics.failed:
        return 1
    sys.stdout.buffer.write(data)
    return 0


def parse_document(data: bytes) -> Any:
    """Return the document that pandoc's JSON encodes, or raise ``Fault`` (PM602)."""
    try:
        document = json.loads(data)
        known = {"pandoc-api-version", "meta", "blocks"} <= document.keys()
    except (ValueError, AttributeError):
        known = False
    if not known:
        raise Fault(
            "PM602",
            "standard input is no document in pandoc's JSON",
            None,
            "run it as `pandoc -F percent-macros`",
        )
    return document


def serialized(document: Any) -> bytes:
    """Return a document as pandoc's JSON, or raise ``Fault`` (PM901) for one that is not whole.

    A token that nothing was put in the place of would be a directive lost.
    """
    text = json.dumps(document, ensure_ascii=False)
    if TOKEN.search(text):
        raise Fault("PM901", "a directive was lost on its way to the filter", None, "please report this document")
    return text.encode()


def expand(document: Any, target: Format, diagnostics: Diagnostics) -> bool:
    """Expand the macros of a document; return whether there was anything to change in it."""
    origin = Origin()
    carried = collect(document)
    directives = recover(document, origin) if carried is None else carried
    if not directives:
        return carried is not None
    for directive in directives.values():
        if directive.fault:
            diagnostics.add(directive.fault)
    bodies.check(directives.values(), diagnostics)
    placer = Placer(directives, Diagnostics() if diagnostics.failed else diagnostics)
    placer.document(document)
    target = meant(target, document["meta"])
    needs = preamble.Preamble()
    environment = DocumentEnvironment(document["meta"], target, needs)
    limits = settings.limits()
    calls, program = _compile(directives, placer, environment, diagnostics, limits)
    if diagnostics.failed:
        return True
    session = Session(program, environment, limits)
    expansion = Expansion(session, environment, calls, directives, target, origin.switched_off, diagnostics)
    expansion.run(document, lambda pieces: _read_markdown(pieces, origin))
    if target.belongs_to("latex"):
        for latex in expansion.latex:
            needs.see(latex)
        _complete_preamble(document["meta"], needs, origin, diagnostics)
    return True


def _read_markdown(pieces: Sequence[Markdown], origin: Origin) -> Sequence[Blocks]:
    from .document.content import read_markdown  # starts a process, and most documents need none

    return read_markdown(pieces, origin.program, origin.reader)


def _complete_preamble(meta: Any, needs: preamble.Preamble, origin: Origin, diagnostics: Diagnostics) -> None:
    """Put what macros need into the preamble, or say what to add where pandoc would not look at it."""
    lines = needs.lines(preamble.of_metadata(meta))
    if not lines:
        return
    preamble.add(meta, lines)
    invocation = origin.invocation
    if invocation and invocation.header:
        missing = needs.lines(header_text(invocation))
        if missing:
            diagnostics.warning(
                "PM606",
                "`-H` or `-V header-includes` makes pandoc ignore the packages that macros need",
                None,
                f"add there: {' '.join(missing)}",
            )


def _compile(
    directives: dict[str, Directive],
    placer: Placer,
    environment: DocumentEnvironment,
    diagnostics: Diagnostics,
    limits: Limits,
) -> tuple[dict[str, Call], Program]:
    """Return the calls of a document by the keys of their tokens, and its macros."""
    macros = []
    for directive in directives.values():
        if directive.kind == DEFINE:
            macro = parse_definition(directive.source, diagnostics, limits=limits)
            if macro:
                macros.append(macro)
    libraries = (*prelude(diagnostics), *used(directives.values(), diagnostics))
    calls = {
        key: parse_call(directive.source)
        for key, directive in directives.items()
        if directive.kind in (CALL, BEGIN) and key not in placer.literal
    }
    found = Diagnostics()
    program = link(macros, libraries, list(calls.values()), found)
    unknown = {each.mark.text: each.mark for each in found if each.code == "PM203" and each.mark}
    if unknown:
        found, program, calls = _link_again(macros, libraries, calls, placer, unknown, environment)
    for each in found:
        diagnostics.add(each)
    return calls, program


def _link_again(
    macros: Sequence[Macro],
    libraries: Sequence[Macro],
    calls: dict[str, Call],
    placer: Placer,
    unknown: dict[str, Span],
    environment: DocumentEnvironment,
) -> tuple[Diagnostics, Program, dict[str, Call]]:
    """Link with the macros in Python, which are looked for only when some name has no definition."""
    from .document import natives  # looks through all installed packages

    found = Diagnostics()
    installed = natives.load(unknown, environment, found)
    nowhere = unknown.keys() - installed.keys()
    # On a line of raw TeX, what looks like the call of a macro that there is not is a comment of TeX's.
    calls = {key: call for key, call in calls.items() if key not in placer.raw_tex or call.name not in nowhere}
    return found, link(macros, libraries, list(calls.values()), found, installed), calls
