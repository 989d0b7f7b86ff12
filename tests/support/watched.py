"""Run in a fresh process: lift and expand documents, and print what Python's audit hooks saw of the outside.

    python -m tests.support.watched FILE…

All modules are imported before the hook is set, so that it is strict: no import is allowed either. What stands for
pandoc are paragraphs of the lifted text's words.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import pandoc_percent_macros as package
from tests.fuzz.growth import paragraphs

# What Python's own work in memory reports: the depth of the stack, and the identity of an object.
HARMLESS = {"sys._getframe", "builtins.id"}
# Only the standard library's modules that the package imports when they are needed.
LAZY = ("difflib", "threading", "unicodedata", "zlib", "bisect", "encodings.unicode_escape", "encodings.utf_8_sig")
AUTHOR_SIDE = ("author", "cli", "commands", "latex", "installation", "__main__", "api", "filters")


def import_all() -> None:
    """Import what the filter may import."""
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if each.name.split(".")[1] not in AUTHOR_SIDE:
            importlib.import_module(each.name)
    for name in LAZY:
        importlib.import_module(name)


def expand(name: str, text: str) -> str:
    """Lift and expand a text; return what was written and said."""
    from pandoc_percent_macros.base.fault import Diagnostics
    from pandoc_percent_macros.document.expansion import expanding
    from pandoc_percent_macros.document.source.dialect import parse_format
    from pandoc_percent_macros.document.source.manuscript import Input, Manuscript
    from pandoc_percent_macros.document.source.scanner import scan
    from pandoc_percent_macros.document.transport.lift import Lifted
    from pandoc_percent_macros.document.transport.markers import with_markers
    from pandoc_percent_macros.document.work import Origin, Work
    from pandoc_percent_macros.language.values.budget import Limits
    from pandoc_percent_macros.report.terminal import render

    manuscript = Manuscript([Input(name, text)])
    syntax = parse_format("markdown")
    assert syntax
    directives = scan(manuscript, syntax)
    lifted = Lifted(manuscript, directives)
    diagnostics = Diagnostics()
    document = {"pandoc-api-version": [1, 23], "meta": {}, "blocks": paragraphs(lifted.text)}
    work = Work(document, "latex", Limits(), Origin(), diagnostics)
    work.directives = lifted.directives
    expanding.expand(work)
    return with_markers([lifted], syntax) + json.dumps(document, default=str) + render(diagnostics)


def main() -> None:
    import_all()
    texts = {name: Path(name).read_text("utf-8-sig") for name in sys.argv[1:]}
    watching = False
    seen: list[tuple[str, str]] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event not in HARMLESS:
            seen.append((event, repr(arguments[0]) if arguments else ""))

    sys.addaudithook(watch)
    for name, text in texts.items():
        watching = True
        expand(name, text)
        watching = False
        print(json.dumps([name, sorted(set(seen))]))
        seen.clear()


if __name__ == "__main__":
    main()
