"""Changes the parser, the budget and the argument splitter in one place at a time, and counts what the tests notice.

`tools/mutants.py [FILE…]` takes some ten minutes for all files. It works on a copy of the package in `.cache/mutants`.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "mutants"
PACKAGE = "pandoc_percent_macros"
GOAL = 85  # per cent
MEMORY = 1 << 30  # bytes of each process
FILES = ("parser", "lexer", "budget", "calls")
# Not run for every change: what starts other programs, takes a second or more, or counts the frames of the stack.
_SLOW = " and ".join(
    f"not {name}" for name in ("test_linear", "test_nesting", "test_bombs_end", "chain", "deep", "100000")
)
_SETTINGS = """\
[tool.mutmut]
source_paths = ["{package}"]
only_mutate = [{files}]
also_copy = ["tests"]
pytest_add_cli_args = ["--import-mode=importlib", "-p", "no:cacheprovider", "-k", "{slow}"]
pytest_add_cli_args_test_selection = ["tests/unit/language", "tests/contract/test_language_limits.py"]
track_dependencies = false
use_git_change_detection = false
"""


def main() -> int:
    """Run mutmut on a fresh copy; print the survivors and the table; return 0 if the goal is met."""
    names = sys.argv[1:] or FILES
    prepare(names)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # a loop without end may fill it before its time is up
    mutmut = Path(sys.executable).parent / "mutmut"
    subprocess.run([mutmut, "run"], cwd=FOLDER, check=True)
    said = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=FOLDER, check=True, stdout=subprocess.PIPE, text=True
    )
    results = re.findall(rf"{PACKAGE}\.language\.(\w+)\.(\S+): (.+)", said.stdout)
    if not results:
        print("no change was made to any file", file=sys.stderr)
        return 1
    for name, change, state in results:
        if state != "killed":
            print(f"{state}: {name}.{change}")
    return 0 if report([(name, state) for name, _, state in results]) else 1


def prepare(names: list[str] | tuple[str, ...]) -> None:
    """Copy what is needed, and nothing that a former run left."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "tests").mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__", ".*", "test_perl.py")
    shutil.copytree(ROOT / PACKAGE, FOLDER / PACKAGE, ignore=ignored)
    shutil.copytree(ROOT / "tests" / "language", FOLDER / "tests" / "language", ignore=ignored)
    language = ROOT / PACKAGE / "language"
    files = ", ".join(f'"{path.relative_to(ROOT)}"' for name in names for path in language.rglob(f"{name}.py"))
    settings = _SETTINGS.format(package=PACKAGE, files=files, slow=_SLOW)
    (FOLDER / "pyproject.toml").write_text(settings, "utf-8")


def report(results: list[tuple[str, str]]) -> bool:
    """Print a line for each file, and one for all; return whether enough was noticed."""
    every = Counter(name for name, _ in results)
    # A change that makes the tests run without end is noticed, too.
    noticed = Counter(name for name, state in results if state in ("killed", "timeout"))
    for name in every:
        print(
            f"{name:12} {noticed[name]:5} of {every[name]:5} changes noticed, {100 * noticed[name] / every[name]:.1f} %"
        )
    share = 100 * noticed.total() / every.total()
    print(f"{'all':12} {noticed.total():5} of {every.total():5} changes noticed, {share:.1f} %; the goal is {GOAL} %")
    return share >= GOAL


if __name__ == "__main__":
    sys.exit(main())
