"""Work that grows faster than the text: two fragments, repeated in some way, at one length and at four times that.

Python's profiler does not count what goes on inside a regular expression, so that processor time is measured: only
where it is long enough to mean something, and as the best of several tries.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.document.expansion.expanding import expand
from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.manuscript import Input, Manuscript
from pandoc_percent_macros.document.source.scanner import scan
from pandoc_percent_macros.document.transport.lift import Lifted
from pandoc_percent_macros.document.transport.markers import with_markers
from pandoc_percent_macros.document.work import Origin, Work
from pandoc_percent_macros.language.values.budget import Limits
from pandoc_percent_macros.pandoc.invocation import understand
from pandoc_percent_macros.pandoc.parent import Process
from pandoc_percent_macros.report.terminal import render

FRAGMENTS = [
    *(
        "%%define ",
        "%%define f() ",
        "%%define f() 1 =end\n",
        "%%template t()\n",
        "=end\n",
        "%%use a\n",
        "%%f(",
        "%%f()\n",
    ),
    *(
        "%%f(a,",
        "%%f(a)",
        ")",
        ",",
        '"',
        "'",
        "{",
        "}",
        "[",
        "](",
        "]:",
        "]",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "$",
        "$$",
        "\\(",
    ),
    *(
        "\\",
        "\\begin{a}\n",
        "\\end{a}\n",
        "\\x{",
        "\\verb|",
        "<",
        "<a ",
        "</a>",
        "<!--",
        "-->",
        "<pre>",
        "-",
        "- ",
        "- a\n",
    ),
    *(
        "---\n",
        "...\n",
        "> ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "a",
        "a ",
        "1. ",
        ":   a\n",
        "[^1]: a\n",
        "[a]: ",
        "| a | ",
        "|",
        "#",
    ),
    *(
        "%%begin b()\n",
        "%%begin c(\n",
        "%%end b\n",
        "%%end c\n",
        "%%end x\n",
        "(",
        "((",
        "-(",
        "!",
        "1+",
        "1 ? ",
        "a.",
        "my $x;",
    ),
    *(
        '"a" . ',
        "if (1) {",
        "return 1;",
        "# a\n",
        "q{",
        "qw(",
        "$x",
        "$x,",
        "f(",
        "sort(",
        "${",
        "\r\n",
        "\r",
        "\0",
        "é",
        "漢",
    ),
    *("%", "%%", "%%%", "=", "*", "_", "^", "@", "!", "::: a\n", ":::\n", "%%g(1, 2)\n", "x=1, ", "\\%%f()", "*%%f()*"),
]
SHAPES = ("ab ab", "aa bb", "aa b", "a bb", "define aa bb")
_LIMITS = Limits(steps=100_000, steps_a_call=10)
ORIGIN = Origin(understand(Process("pandoc", (), "/")))
_SHORT = 0.02  # seconds: less is noise
_TRIES = 8


def text(one: str, other: str, shape: str, size: int) -> str:
    """Return a text of about ``size`` characters made of two fragments in one of the ``SHAPES``."""
    if shape == "ab ab":
        return (one + other) * (size // len(one + other))
    many, more = size // len(one), size // len(other)
    if shape == "aa b":
        return one * many + other
    if shape == "a bb":
        return one + other * more
    head = "%%define f() " if shape.startswith("define") else ""
    return head + one * (many // 2) + other * (more // 2)


def whole_way(source: str, dialect: str = "markdown") -> None:
    """Take a text through everything but pandoc: lift it, and expand it as if each directive were a paragraph."""
    manuscript = Manuscript([Input("a.md", source)])
    syntax = parse_format(dialect)
    assert syntax
    directives = scan(manuscript, syntax)
    with_markers([Lifted(manuscript, directives)], syntax)
    lifted = Lifted(manuscript, directives)
    diagnostics = Diagnostics()
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": paragraphs(lifted.text)}
    work = Work(document, "latex", _LIMITS, ORIGIN, diagnostics)
    work.directives = lifted.directives
    expand(work)
    render(diagnostics)


def paragraphs(lifted: str) -> list[dict[str, object]]:
    """Return the lines of a text as paragraphs of words."""
    return [
        {"t": "Para", "c": [{"t": "Str", "c": word} for word in paragraph.split()]} for paragraph in lifted.split("\n")
    ]


def seconds(source: str) -> float:
    """Return the processor time that a text takes."""
    start = time.process_time()
    whole_way(source)
    return time.process_time() - start


def growth(one: str, other: str, shape: str, size: int = 24_000) -> float:
    """Return how many times as long a text takes that is four times as long; 0 where it is too short to tell."""
    if seconds(text(one, other, shape, size)) < _SHORT:
        return 0
    short = long = float("inf")
    for _ in range(_TRIES):  # what else the machine does only ever adds
        short = min(short, seconds(text(one, other, shape, size)))
        long = min(long, seconds(text(one, other, shape, 4 * size)))
        if long / short < 6:
            break
    return long / short


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield all texts there are: two fragments, and how they are repeated."""
    for shape in SHAPES:
        for one in FRAGMENTS:
            for other in FRAGMENTS:
                yield one, other, shape
