"""While a document is lifted and its macros run, Python opens no file, socket, process or module but what is named.

Python's own audit hooks see it, in a fresh process (support/watched.py), over the whole corpus and documents that
try. What `markdown()` gives is read by pandoc, a process: the one exception, and tested as such.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pandoc_percent_macros.document.expansion.libraries import _PRELUDE

ROOT = Path(__file__).parents[2]
CORPUS = sorted((ROOT / "tests" / "corpus").glob("*.md"))
Event = tuple[str, str]

OUT = [
    "/etc/passwd",
    "a.png",
    "http://127.0.0.1:9/x",
    "\\input{a}",
    "`id`",
    "$(id)",
    "__import__('os')",
    "%%use a",
    "~",
]
ATTEMPTS = "%%define image_of($x) image($x) =end\n%%define f($x) latex($x) . html($x) . text($x) =end\n\n" + "".join(
    f'%%{name}("{each}")\n\na %%{name}("{each}")\n\n' for each in OUT for name in ("f", "image_of", "image")
)


def watched(folder: Path, *names: str) -> dict[str, list[Event]]:
    """Return what was seen while each of some documents was lifted and expanded."""
    command = [sys.executable, "-m", "tests.support.watched", *names]
    variables = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "PERCENT_MACROS_PATH": os.fspath(folder / "path")}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = map(json.loads, done.stdout.splitlines())
    return {name: [(event, argument) for event, argument in seen] for name, seen in found}


# The pandoc that started the filter is looked for there.
_OF_PROCESSES = re.compile(r"'/proc/\d+/(?:stat|cmdline)'").fullmatch


def beside_the_prelude(seen: list[Event]) -> list[Event]:
    prelude = {("open", repr(os.path.join(_PRELUDE, name))) for name in os.listdir(_PRELUDE)}
    return [
        each for each in seen if each not in prelude | {("os.listdir", repr(_PRELUDE))} and not _OF_PROCESSES(each[1])
    ]


def test_documents_of_the_corpus(tmp_path: Path) -> None:
    names = [os.fspath(path) for path in CORPUS if "markdown(" not in path.read_text("utf-8")]
    assert len(names) > 250
    found = watched(ROOT / "tests" / "corpus", *names)
    assert len(found) == len(names)
    others = {name: seen for name, events in found.items() if (seen := beside_the_prelude(events))}
    assert not [each for seen in others.values() for each in seen if not is_look_at_packages(each)]
    assert len(others) < 40


def is_look_at_packages(event: Event) -> bool:
    """A name that has no definition is looked for among the macros that installed Python packages register."""
    name, argument = event
    path = argument.strip("'")
    is_folder = path in (*sys.path, os.fspath(CORPUS[0].parent)) or path.endswith((".zip", ".egg-info"))
    return name in ("open", "os.listdir") and (is_folder or os.path.basename(path) in ("entry_points.txt", "METADATA"))


def test_documents_that_try(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ATTEMPTS, "utf-8")
    assert beside_the_prelude(watched(tmp_path, "a.md")["a.md"]) == []


def test_the_libraries_that_are_named_are_all_that_is_opened(tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "a.md").write_text("%%use one\n%%use far\n%%use missing\n\n%%f()\n")
    (tmp_path / "one.pmac").write_text("%%use two\n%%define f() g() . far() =end\n")
    (tmp_path / "two.pmac").write_text("%%define g() 1 =end\n")
    (tmp_path / "three.pmac").write_text("%%define h() 1 =end\n")
    (tmp_path / "path" / "far.pmac").write_text("%%define far() 1 =end\n")
    seen = beside_the_prelude(watched(tmp_path, "a.md")["a.md"])
    opened = sorted(os.path.basename(argument.strip("'")) for event, argument in seen if event == "open")
    assert opened == ["far.pmac", "one.pmac", "two.pmac"]
    assert [each for each in seen if each[0] != "open"] == [("os.listdir", "'.'")]  # for the hint on the missing one


@pytest.mark.pandoc
def test_markdown_is_read_by_pandoc_and_the_hook_sees_it(tmp_path: Path) -> None:
    """And so the hook would see anything else."""
    (tmp_path / "a.md").write_text("%%define f() markdown('*a*') =end\n\n%%f()\n")
    events = {event for event, _ in watched(tmp_path, "a.md")["a.md"]}
    assert "subprocess.Popen" in events
    assert not {event for event in events if event.startswith("socket")}
