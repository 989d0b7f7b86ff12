"""What the end-to-end tests have in common: running the real programs, as a shell would."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # speed belongs in the benchmark, and the machine may be busy
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
FILTERS = ROOT / "filters"
EXAMPLES = ROOT / "examples"

# Under nohup, or after a shell, some signals are ignored; the programs started here would ignore them, too.
for _number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.SIG_DFL)


@dataclass(frozen=True)
class Done:
    """A program that has ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program in the test's folder, or another; ``text`` is its standard input, a pipe."""

    def run(*command: str | Path, text: str | bytes = "", cwd: Path | None = None, **variables: str) -> Done:
        done = subprocess.run(
            [os.fspath(word) for word in command],
            input=text if isinstance(text, bytes) else text.encode(),
            capture_output=True,
            cwd=cwd or tmp_path,
            env={**os.environ, **variables},
            timeout=120,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def filtered(run: Run, tmp_path: Path) -> Run:
    """Write a text to ``a.md``, and run pandoc with the filter on it: to HTML, or another format."""

    def filtered(text: str, *options: str, target: str = "html", **variables: str) -> Done:
        (tmp_path / "a.md").write_text(text, "utf-8")
        return run("pandoc", "-F", "percent-macros", "a.md", "-t", target, *options, **variables)

    return filtered


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds keep in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of pandoc's into which ``percent-macros setup`` has put its files."""
    folder = tmp_path_factory.mktemp("data directory é")
    subprocess.run(["percent-macros", "setup", "--data-dir", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def pandoc_version() -> tuple[int, ...]:
    said = subprocess.run(["pandoc", "--version"], check=True, capture_output=True, text=True).stdout
    return tuple(int(part) for part in said.split()[1].split("."))


@pytest.fixture(scope="session")
def pandoc3(pandoc_version: tuple[int, ...]) -> None:
    """Skip a test of Markdown that pandoc 2 writes in a form that it reads otherwise."""
    if pandoc_version < (3,):
        pytest.skip("pandoc 2 writes Markdown that it reads otherwise")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A copy of the example's folder, under a path with a space and an accent in it."""
    folder = tmp_path / "mon exposé"
    shutil.copytree(EXAMPLES / "talk", folder, ignore=shutil.ignore_patterns("talk.*pdf", "artwork"))
    return folder


_ID_LENGTH = 60


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by what it is given: a text by its start, collections by their members, other things by their kind.

    Names are the same in every process, or pytest-xdist could not share them out.
    """
    if isinstance(val, (list, tuple, set, frozenset)):
        members = sorted(val, key=str) if isinstance(val, (set, frozenset)) else val
        return _short(" ".join(each if isinstance(each, str) else repr(each) for each in members) or "nothing")
    if isinstance(val, (str, bytes)):
        return _short(val if isinstance(val, str) else val.decode("ascii", "backslashreplace"))
    if val is None or isinstance(val, (bool, int, float, re.Pattern, type)) or callable(val):
        return None  # pytest names these itself
    return type(val).__name__ if " at 0x" in repr(val) else _short(repr(val))


def _short(text: str) -> str:
    shown = text if len(text) <= _ID_LENGTH else f"{text[:_ID_LENGTH]}..."
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in shown)


_CASE = re.compile(r"tests/attacks/.*::test_(\d\d)_")


def _say_attacks(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many cases of the list of attacks hold: those all of whose tests passed."""
    outcomes: dict[str, set[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            if found := _CASE.search(report.nodeid):
                outcomes.setdefault(found[1], set()).add(outcome)
    held = sorted(case for case, found in outcomes.items() if found == {"passed"})
    if outcomes:
        missing = ", ".join(sorted(outcomes.keys() - held))
        but = f"; not {missing}" if missing else ""
        terminalreporter.write_line(f"attacks: {len(held)} of {len(outcomes)} cases hold{but}")


def _say_oracle(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many documents and places were judged by pandoc alone, and where the filter disagreed."""
    numbers: Counter[str] = Counter()
    tables: dict[str, Counter[str]] = {}
    for reports in terminalreporter.stats.values():
        called = [report for report in reports if getattr(report, "when", "") == "call"]
        for name, counts in (each for report in called for each in report.user_properties):
            if name.startswith("oracle "):
                found = json.loads(counts)
                if isinstance(found, dict):
                    tables.setdefault(name, Counter()).update(found)
                else:
                    numbers[name] += found
    if not numbers:
        return
    lines = [", ".join(f"{number} {name.removeprefix('oracle ')}" for name, number in numbers.items())]
    lines += [f"{name.removeprefix('oracle ')}: {_listed(counts)}" for name, counts in tables.items() if counts]
    for line in lines:
        terminalreporter.write_line(f"oracle: {line}")


_LISTED = 15  # of the kinds of place and of disagreement, the most frequent


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common(_LISTED))


# What tests count, by the name of the property that they record.
_COUNTED = {"frames": "edits of decks", "readings": "documents that are read again"}


def _say_counts(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what became of edits of generated decks, and why documents of the corpus are read again."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}
    for report in terminalreporter.getreports("passed"):
        for name, found in report.user_properties:
            if name in counts:
                counts[name].update(json.loads(found))
    for name, shown in _COUNTED.items():
        if counts[name]:
            listed = ", ".join(f"{number} {kind or 'another question'}" for kind, number in counts[name].most_common())
            terminalreporter.write_line(f"{shown}: {listed}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print in how many of the faulty decks the planted line was named."""
    outcomes = {
        outcome: sum(
            "test_the_planted_line_is_named[" in each.nodeid for each in terminalreporter.stats.get(outcome, ())
        )
        for outcome in ("passed", "failed")
    }
    if any(outcomes.values()):
        terminalreporter.write_line(f"blamed: {outcomes['passed']} of {sum(outcomes.values())}")
    _say_attacks(terminalreporter)
    _say_counts(terminalreporter)
    _say_oracle(terminalreporter)
