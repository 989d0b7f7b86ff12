"""What a fuzzer feeds: each target takes bytes, tells what came of them, and fails where a promise is broken.

The promises: an author's fault ends in declared diagnostics, and in no other exception; these point inside the text;
a text without directives comes out as it went in; nothing is left of a directive in the output; limits hold. What a
target returns is the same in every process, whatever its locale, time zone, folder or seed of hashes.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from pandoc_percent_macros import filter as pandoc_filter
from pandoc_percent_macros.base.fault import Diagnostic, Diagnostics, Fault, Unclosed
from pandoc_percent_macros.base.source import Source, Span
from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.directives import FAULT, Directive
from pandoc_percent_macros.document.source.manuscript import Input, Manuscript, text_of
from pandoc_percent_macros.document.source.scanner import scan
from pandoc_percent_macros.document.transport.lift import Lifted
from pandoc_percent_macros.document.transport.markers import with_markers
from pandoc_percent_macros.document.transport.tokens import START, TOKEN
from pandoc_percent_macros.language.check.linker import Program, link
from pandoc_percent_macros.language.functions import Environment
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax.calls import parse_call, scan_call
from pandoc_percent_macros.language.syntax.definitions import parse_definition, parse_library
from pandoc_percent_macros.language.syntax.macros import Macro
from pandoc_percent_macros.language.values.budget import Limits
from pandoc_percent_macros.report.codes import RULES
from pandoc_percent_macros.report.terminal import render

NAME = "a.md"
DIALECTS = ("markdown", "gfm", "commonmark_x", "markdown-smart", "markdown_strict", "markdown_mmd", "commonmark")
LIMITS = Limits(
    steps=30_000, steps_a_call=1_000, iterations=2_000, string=20_000, output=20_000, definition=100_000, width=200
)
ARGUMENTS = ("a", "12", "", "-3.5", "x_y", '"1, 2"')
_LEFT_OUT = ("percent-macro", "\U00010401")


def _text(data: bytes) -> str | Diagnostic:
    try:
        return text_of(NAME, data)
    except Fault as fault:
        return fault.diagnostic


def _checked(found: Iterable[Diagnostic]) -> str:
    """Return diagnostics as they are shown, after a look at each of their places."""
    every = list(found)
    for each in every:
        assert each.code in RULES, each.code
        assert each.message
        for span in (each.span, each.mark, *(span for span, _ in each.trace)):
            assert span is None or _is_inside(span), each
    shown = render(every)
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    return shown


def _is_inside(span: Span) -> bool:
    line, column = span.source.position(span.start)
    return 0 <= span.start <= span.end <= len(span.source.text) and line >= 1 and column >= 1


# The preprocessor.


def lift(data: bytes) -> str:
    """Lift a text; the first byte tells the dialect, as a digit."""
    dialect = DIALECTS[data[0] % 16 % len(DIALECTS)] if data else DIALECTS[0]
    text = _text(data[1:])
    if isinstance(text, Diagnostic):
        return _checked([text])
    syntax = parse_format(dialect)
    assert syntax
    manuscript = Manuscript([Input(NAME, text)])
    directives = scan(manuscript, syntax)
    lifted = with_markers([Lifted(manuscript, directives)], syntax)
    if "%%" not in text:
        assert not directives
        assert lifted == text
    _check_directives(directives, text)
    if START not in text:
        keys = [each[1] for each in TOKEN.finditer(Lifted(manuscript, directives).text)]
        assert len(keys) == len(set(keys))
    return lifted + _checked(each.fault for each in directives if each.fault)


def _check_directives(directives: list[Directive], text: str) -> None:
    """Directives stand in their order, and each knows its lines of the file."""
    assert all(one.start <= two.start for one, two in pairwise(directives))  # those that compete overlap
    lines = text.split("\n")
    for each in directives:
        source = each.source
        assert (each.kind == FAULT) == (each.fault is not None)
        assert 0 <= each.start <= each.end <= len(text)
        if "\r" in text:
            continue
        at = 0
        for row, line in enumerate(source.text.split("\n")):
            shown = source.line_at(at)
            assert shown in lines[source.line - 1 + row], each
            at += len(line) + 1


# The language.


def parse(data: bytes) -> str:
    """Read a text as a library, as a call if it begins like one, and as a definition if it begins like one."""
    text = _text(data)
    if isinstance(text, Diagnostic):
        return _checked([text])
    return _parsed_call(text) + _parsed_definition(text) + _checked_program(text)[1]


def _parsed_call(text: str) -> str:
    if not text.startswith("%%f("):
        return ""
    try:
        end = scan_call(text, 3)
    except Unclosed as fault:
        return f"unclosed {fault.stop}"
    call = parse_call(Source(NAME, text[:end]))
    assert (call.span.end, call.name) == (end, "f")
    places = [each.span for each in call.arguments]
    assert all(map(_is_inside, places))
    assert all(one.end < two.start for one, two in pairwise(places))
    return repr([(each.text, each.name, each.value) for each in call.arguments])


def _parsed_definition(text: str) -> str:
    if not text.startswith(("%%define ", "%%template ")):
        return ""
    diagnostics = Diagnostics()
    macro = parse_definition(Source(NAME, text), diagnostics, limits=LIMITS)
    assert macro is None or macro.sound or diagnostics.failed
    assert macro is not None or diagnostics.failed
    return f"{macro.name if macro else None} {_checked(diagnostics)}"


def _checked_program(text: str) -> tuple[Program, str]:
    diagnostics = Diagnostics()
    library = parse_library(Source(NAME, text), diagnostics, LIMITS)
    program = link(library.macros, (), (), diagnostics)
    return program, f"{sorted(program.faulty)} {_checked(diagnostics)}"


def evaluate(data: bytes) -> str:
    """Read a text as a library, and call its macros, each with as many arguments as it needs, and one more."""
    text = _text(data)
    if isinstance(text, Diagnostic):
        return _checked([text])
    program, said = _checked_program(text)
    first, second = (_all_called(program) for _ in range(2))
    assert first == second
    return said + first


def _all_called(program: Program) -> str:
    session = Session(program, Environment(), LIMITS)
    given = []
    for name, macro in program.macros.items():
        assert isinstance(macro, Macro)
        needed = sum(each.default is None and not each.many for each in macro.parameters)
        for count in (needed, needed + 1):
            values = ", ".join((ARGUMENTS * (count // len(ARGUMENTS) + 1))[:count])
            given.append(_called(session, f"%%{name}({values})"))
    return "\n".join(given)


def _called(session: Session, text: str) -> str:
    try:
        result = session.expand(parse_call(Source("call.md", text)))
    except Fault as fault:
        return _checked([fault.diagnostic])
    texts = [getattr(each, "text", "") for each in result.pieces]
    assert sum(map(len, texts)) <= LIMITS.output
    assert "\0" not in "".join(texts)
    return repr([(type(each).__name__, text) for each, text in zip(result.pieces, texts, strict=True)])


# The filter.


def filter_json(data: bytes) -> str:
    """Filter a document, as a pandoc that can't be asked anything hands it over: in JSON, with markers in it."""
    with _streams(data) as (output, errors):
        status = pandoc_filter.run(data, "latex")
    written = output.getvalue().decode("utf-8", "strict" if output.getvalue() != data else "replace")
    said = errors.getvalue()
    assert status in (0, 1)
    assert all(sign.isprintable() or sign == "\n" for sign in said)
    assert ("error[" in said) == (status == 1), said
    if status:
        assert not written
    elif output.getvalue() != data:
        document = json.loads(written)
        assert {"pandoc-api-version", "meta", "blocks"} <= document.keys()
        left = json.dumps(document["blocks"], ensure_ascii=False)
        assert START not in left or START in data.decode("utf-8", "replace") or "\\udbfc" in data.decode("latin-1")
    return f"{status}\n{written}{said}"


@contextmanager
def _streams(data: bytes) -> Iterator[tuple[io.BytesIO, io.StringIO]]:
    """Stand in for the process's own streams, and for an environment in which nothing can be read or started."""
    output, errors = io.BytesIO(), io.StringIO()
    kept = sys.stdin, sys.stdout, sys.stderr, dict(os.environ), sys.getrecursionlimit()
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))
    sys.stdout = io.TextIOWrapper(output, write_through=True)
    sys.stderr = errors
    os.environ.update(PERCENT_MACROS_SOURCES="off", PATH="", PERCENT_MACROS_LIMITS="steps=30000,steps_a_call=1000")
    try:
        yield output, errors
    finally:
        sys.stdout.detach()
        sys.stdin, sys.stdout, sys.stderr = kept[:3]
        os.environ.clear()
        os.environ.update(kept[3])
        sys.setrecursionlimit(kept[4])


TARGETS: dict[str, Callable[[bytes], str]] = {
    "lift": lift,
    "parse": parse,
    "evaluate": evaluate,
    "filter": filter_json,
}
