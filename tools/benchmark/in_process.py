"""Times one call of the deck's macro in this process, and the same macro of Jinja2's sandbox; prints both as JSON."""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from inputs import DECK
from jinja2.sandbox import SandboxedEnvironment

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.check.linker import link
from pandoc_percent_macros.language.functions import Environment
from pandoc_percent_macros.language.run.session import Session
from pandoc_percent_macros.language.syntax.calls import parse_call
from pandoc_percent_macros.language.syntax.definitions import parse_definition

CALLS, ROUNDS = 2_000, 15
_JINJA = r"""
{%- macro putpic(x, y, width, path) -%}
\begin{tikzpicture}[remember picture,overlay]\node at ({{ x }},{{ y }}) {\includegraphics[width={{ width }}]{
{{- path }}}};\end{tikzpicture}
{%- endmacro -%}
{%- for x, y, width, path in calls %}{{ putpic(x, y, width, path) }}
{% endfor -%}
"""


def main() -> None:
    template = SandboxedEnvironment().from_string(_JINJA)
    arguments = [(f"{number}mm", "10mm", "2cm", f"images/{number}") for number in range(CALLS)]
    texts = [f"%%putpic({', '.join(each)})" for each in arguments]
    if expansions(texts) != template.render(calls=arguments).splitlines():
        raise SystemExit("the two macros differ")
    ways: dict[str, Callable[[], float]] = {
        "jinja": lambda: timed(lambda: template.render(calls=arguments)),
        "evaluate": lambda: evaluated(texts),
        "parse and evaluate": lambda: timed(lambda: expansions(texts)),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(way() / CALLS)
    print(json.dumps({name: statistics.median(each) for name, each in times.items()}))


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds that work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def session() -> Session:
    text = Path(DECK).read_text("utf-8")
    definition = re.search(r"%%define.*?=end", text, re.DOTALL)
    found = Diagnostics()
    macro = parse_definition(Source("talk.md", definition[0]), found) if definition else None
    if macro is None or found.failed:
        sys.exit("the deck's macro does not read")
    return Session(link([macro], [], [], found), Environment())


def evaluated(texts: list[str]) -> float:
    """Return what it takes to evaluate calls that are parsed already, in a session that has run none."""
    calls = [parse_call(Source("talk.md", text)) for text in texts]
    fresh = session()
    fresh.expand(parse_call(Source("talk.md", "%%putpic(a, b, c, d)")))  # the macro is compiled at its first call
    return timed(lambda: [fresh.expand(call) for call in calls])


def expansions(texts: list[str]) -> list[str]:
    """Return what calls give, from their text on."""
    fresh = session()
    results = [fresh.expand(parse_call(Source("talk.md", text))) for text in texts]
    return ["".join(piece.text for piece in result.pieces) for result in results]


if __name__ == "__main__":
    main()
