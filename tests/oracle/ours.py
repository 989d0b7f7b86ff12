"""What the filter makes of documents, by the ways in which a user would run it.

``plain`` and ``lift`` run in this process what the filter and ``percent-macros lift`` run, and leave the reading to
pandoc, many documents in one process; where the filter has pandoc read a document again, that is a process of its own.
``by_processes`` runs everything as a user does, and by the reader in Lua, too.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from pandoc_percent_macros import filter as pandoc_filter
from pandoc_percent_macros.base import Diagnostics, Fault
from pandoc_percent_macros.cli.main import cli
from pandoc_percent_macros.document.work import Origin
from pandoc_percent_macros.pandoc.executable import find_pandoc
from pandoc_percent_macros.pandoc.invocation import understand
from pandoc_percent_macros.pandoc.parent import Process
from pandoc_percent_macros.report.terminal import render

from . import alone
from .alone import Text
from .generator import Document

LUA_READER = Path(__file__).parents[2] / "filters" / "percent-macros.lua"
REFUSED = "refused by pandoc\n"
FILTER = ("-F", "percent-macros", "-t", "json")


@dataclass(frozen=True)
class Given:
    """What came of a document: pandoc's elements, or None and what was said."""

    document: Any
    said: str = ""


def plain(documents: Sequence[Document], folder: Path) -> list[Given]:
    """``pandoc -F percent-macros FILE``."""
    read = alone.read([_as_read(each, each.source) for each in documents])
    return [_plain(each, document, folder) for each, document in zip(documents, read, strict=True)]


def _as_read(document: Document, text: str) -> Text:
    return Text(text.removeprefix("\ufeff").replace("\r", ""), document.reader, document.tab_stop)


def _plain(document: Document, read: Any, folder: Path) -> Given:
    if read is None:
        return Given(None, REFUSED)
    name = f"{document.seed}.md"
    (folder / name).write_bytes(document.data)
    return _filtered(read, _origin(document, folder, name))


def _origin(document: Document, folder: Path, *files: str) -> Origin:
    """Return what the filter finds out about the pandoc that starts it."""
    program = find_pandoc()
    assert program
    arguments = (*document.options, *FILTER, *files)
    invocation = understand(Process(program, arguments, os.fspath(folder), ("percent-macros", "json")))
    assert invocation
    return Origin(invocation)


def _filtered(document: Any, origin: Origin) -> Given:
    diagnostics = Diagnostics()
    data = json.dumps(document).encode()
    try:
        data = pandoc_filter.filtered(data, "json", diagnostics, origin)
    except Fault as fault:
        diagnostics.add(fault.diagnostic)
    except Exception as fault:  # noqa: BLE001  # it would be a traceback
        return Given(None, f"Traceback: {fault!r}\n")
    said = render(diagnostics) if diagnostics else ""
    return Given(None if diagnostics.failed else json.loads(data), said)


def lift(documents: Sequence[Document], folder: Path) -> list[Given]:
    """``percent-macros lift FILE | pandoc -F percent-macros``."""
    lifted = []
    for each in documents:
        path = folder / f"{each.seed}.md"
        path.write_bytes(each.data)
        done = CliRunner().invoke(cli, ["lift", *_dialect(each), os.fspath(path)])
        lifted.append(_as_read(each, done.stdout_bytes.decode()))
    return [
        _filtered(read, _origin(each, folder)) if read else Given(None, REFUSED)
        for each, read in zip(documents, alone.read(lifted), strict=True)
    ]


def _dialect(document: Document) -> list[str]:
    return ["-f", document.reader, "--tab-stop", str(document.tab_stop)]


def by_processes(document: Document, folder: Path) -> dict[str, Given]:
    """Return what each way gives, every program of it run as a user runs it."""
    name = f"{document.seed}.md"
    (folder / name).write_bytes(document.data)

    def pandoc(*arguments: str | Path, text: bytes = b"") -> Given:
        words = ["pandoc", *map(os.fspath, arguments)]
        done = subprocess.run(words, input=text, capture_output=True, cwd=folder, timeout=120)
        return Given(json.loads(done.stdout) if done.returncode == 0 else None, done.stderr.decode())

    lifted = subprocess.run(["percent-macros", "lift", *_dialect(document), name], capture_output=True, cwd=folder)
    ways = {
        "plain": pandoc(*document.options, *FILTER, name),
        "lift": pandoc(*document.options, *FILTER, text=lifted.stdout),
    }
    if re.match(r"markdown(?![a-z_])", document.reader):
        switches = document.reader.removeprefix("markdown")
        ways["reader"] = pandoc("-f", f"{LUA_READER}{switches}", *document.options[2:], *FILTER, name)
    return ways


def alone_by_process(document: Document, text: str) -> Any:
    """Return what pandoc makes of a text from standard input: what ``alone.read`` must give, too."""
    done = subprocess.run(["pandoc", *document.options, "-t", "json"], input=text.encode(), capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else None
