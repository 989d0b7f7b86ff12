#!/usr/bin/env python3
"""Prints what the code looks like as a table: `tools/house.py [REVISION…]`, a column for each, `.` for the files here.

`tools/house.py main .` shows before and after. Functions are counted from `def` to their last line, docstrings and
nested functions included; McCabe's number is ruff's; the filter is run by pandoc on examples/talk/talk.md, and timed
alone, in turns with a panflute filter that does nothing, on that deck's JSON.
"""

from __future__ import annotations

import ast
import builtins
import io
import json
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "pandoc_percent_macros"
ROUNDS = 41
COMPLEX = 10  # McCabe's number that is too much
HERE = "."
sys.path.insert(0, str(ROOT / "tools" / "benchmark"))

from measuring import Command, interleaved, median, ratio  # noqa: E402

_PANFLUTE = ROOT / "tools" / "benchmark" / "filters" / "panflute_only.py"
_FILTER = f"import sys; sys.path.insert(0, {{!r}}); from {NAME}.__main__ import main; sys.exit(main())"


def main() -> int:
    """Print the table; return the exit status."""
    revisions = sys.argv[1:] or [HERE]
    if any(each.startswith("-") for each in revisions):
        print(__doc__, file=sys.stderr)
        return 2
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        roots = [unpacked(each, Path(folder) / str(number)) for number, each in enumerate(revisions)]
        columns = [{**House(root / NAME).rows(), "modules that the filter loads": loaded(root)} for root in roots]
        timed(roots, columns, Path(folder))
    print(table(revisions, columns))
    return 0


def unpacked(revision: str, folder: Path) -> Path:
    """Return a folder with the files of a revision."""
    if revision == HERE:
        return ROOT
    archive = subprocess.run(["git", "-C", ROOT, "archive", revision], check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


@dataclass(frozen=True)
class Module:
    """A file of the package."""

    name: str  # with the package's
    text: str
    tree: ast.Module
    is_package: bool

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        return (each for each in ast.walk(self.tree) if isinstance(each, kinds))


class House:
    """What there is to count in the files of a package."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._files = [read(path, package) for path in sorted(package.rglob("*.py"))]

    def rows(self) -> dict[str, str | int]:
        """Return the numbers, by what they count, in the order of the table."""
        lines = sum(each.text.count("\n") for each in self._files)
        lengths = sorted(height(node) for each in self._files for node in each.nodes(*_FUNCTIONS))
        imports = sum(height(node) for each in self._files for node in each.nodes(ast.Import, ast.ImportFrom))
        return {
            "modules": sum(not each.is_package for each in self._files),
            "lines": lines,
            "lines of a function: median": f"{statistics.median(lengths):g}",
            "… mean": f"{statistics.mean(lengths):.1f}",
            "… 90 %": f"{statistics.quantiles(lengths, n=10)[-1]:.0f}",
            "… longest": lengths[-1],
            f"functions over {COMPLEX} of McCabe's": self._complex(),
            "lines that import": f"{100 * imports / lines:.1f} %",
            "modules with a single importer": self._with_one_importer(),
            "classes of exceptions": self._exceptions(),
            "NotImplementedError": sum(
                node.id == "NotImplementedError" for each in self._files for node in each.nodes(ast.Name)
            ),
            "`type: ignore`": sum(len(re.findall(r"#\s*type:\s*ignore", each)) for each in self._comments()),
            "`Any` in signatures": sum(map(any_in_signatures, self._files)),
        }

    def _complex(self) -> int:
        """Return how many functions ruff finds too complex; ruff is one of the tools of development."""
        limit = f"lint.mccabe.max-complexity={COMPLEX}"
        command = ["ruff", "check", "--isolated", "--select=C901", f"--config={limit}", "--output-format=json"]
        done = subprocess.run([*command, self._package], check=False, stdout=subprocess.PIPE, text=True)
        return len(json.loads(done.stdout))

    def _with_one_importer(self) -> int:
        known = {each.name for each in self._files}
        importers = Counter(name for each in self._files for name in imported(each, known))
        return sum(importers[each.name] == 1 for each in self._files if not each.is_package)

    def _exceptions(self) -> int:
        """Return how many classes are exceptions, by their bases here and in Python."""
        bases = {
            node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
            for each in self._files
            for node in each.nodes(ast.ClassDef)
        }

        def is_exception(name: str) -> bool:
            known = getattr(builtins, name, None)
            return (
                issubclass(known, BaseException)
                if isinstance(known, type)
                else any(map(is_exception, bases.get(name, ())))
            )

        return sum(map(is_exception, bases))

    def _comments(self) -> Iterator[str]:
        for each in self._files:
            for token in tokenize.generate_tokens(io.StringIO(each.text).readline):
                if token.type == tokenize.COMMENT:
                    yield token.string


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def read(path: Path, package: Path) -> Module:
    text = path.read_text("utf-8")
    parts = path.relative_to(package.parent).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if is_package else parts), text, ast.parse(text), is_package)


def height(node: ast.AST) -> int:
    """Return how many lines a statement takes."""
    assert isinstance(node, ast.stmt)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imported(module: Module, known: set[str]) -> set[str]:
    """Return the modules of the package that one imports, for annotations, too."""
    parts = module.name.split(".") + [""] * module.is_package
    found: set[str] = set()
    for node in module.nodes(ast.ImportFrom):
        base = (
            ".".join((*parts[: len(parts) - node.level], *filter(None, [node.module]))) if node.level else node.module
        )
        inside = {f"{base}.{alias.name}" for alias in node.names} & known
        found |= inside or ({base} & known)
    return found - {module.name}


def any_in_signatures(module: Module) -> int:
    """Return how often annotations of arguments and of what functions return name ``Any``."""
    signatures = [
        annotation
        for node in module.nodes(*_FUNCTIONS)
        for annotation in (
            *(each.annotation for each in ast.walk(node.args) if isinstance(each, ast.arg)),
            node.returns,
        )
        if annotation is not None
    ]
    return sum(isinstance(each, ast.Name) and each.id == "Any" for one in signatures for each in ast.walk(one))


def loaded(root: Path) -> int:
    """Return how many modules of the package, packages aside, the filter of a real pandoc loads for the deck."""
    with tempfile.TemporaryDirectory(prefix="percent-macros-") as folder:
        script = Path(folder, "percent-macros")
        script.write_text(f"#!{sys.executable}\n{_FILTER.format(str(root))}\n")
        script.chmod(0o755)
        done = subprocess.run(
            ["pandoc", "-F", script, "talk.md", "-t", "beamer", "-o", script.with_suffix(".tex")],
            cwd=ROOT / "examples" / "talk",
            env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"},
            check=True,
            stderr=subprocess.PIPE,
            text=True,
        )
    names = set(re.findall(rf"\b{NAME}(?:\.\w+)+$", done.stderr, re.MULTILINE))
    return sum(root.joinpath(*each.split(".")).with_suffix(".py").exists() for each in names)


def timed(roots: Sequence[Path], columns: Sequence[dict[str, str | int]], folder: Path) -> None:
    """Add to each column what the filter alone takes of the processor, and against panflute's."""
    talk = ROOT / "examples" / "talk"
    document = folder / "talk.json"
    subprocess.run(["pandoc", "talk.md", "-t", "json", "-o", document], cwd=talk, check=True)
    version = subprocess.run(["pandoc", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()[1]
    variables: Mapping[str, str] = {"PANDOC_VERSION": version, "PERCENT_MACROS_SOURCES": "talk.md"}
    commands = {"panflute": Command([sys.executable, _PANFLUTE, "beamer"], document, variables)}
    for number, root in enumerate(roots):
        words = [sys.executable, "-c", _FILTER.format(str(root)), "beamer"]
        commands[str(number)] = Command(words, document, variables)
    runs = interleaved(commands, talk, ROUNDS)
    theirs = runs.pop("panflute")
    for column, ours in zip(columns, runs.values(), strict=True):
        column["the filter's CPU time"] = f"{1000 * median(ours, 'cpu'):.1f} ms"
        column["… of an empty panflute filter's"] = f"{ratio(ours, theirs, 'cpu'):.2f}"


def table(revisions: Sequence[str], columns: Sequence[Mapping[str, str | int]]) -> str:
    """Return a Markdown table with a column for each revision."""
    heads = ["the files here" if each == HERE else each for each in revisions]
    rows = [["", *heads], *([what, *(str(column[what]) for column in columns)] for what in columns[0])]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = [
        [
            cell.ljust(width) if not at else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
