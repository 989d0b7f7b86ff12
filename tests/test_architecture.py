"""The layers of docs/architecture.md: imports run one way, and the filter loads only what it uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pandoc_percent_macros"
NAME = PACKAGE.name
# What each layer may import of the package, itself aside.
LAYERS = {
    "records": set(),
    "patterns": {"records"},
    "text": {"records"},
    "children": {"records"},
    "diagnostics": {"records", "text"},
    "language": {"records", "patterns", "text", "diagnostics"},
    "pandoc": {"records", "patterns", "diagnostics", "children"},
    "document": {"records", "patterns", "text", "diagnostics", "language", "pandoc"},
    "api": {"document"},
    "settings": {"diagnostics", "language"},
    "filter": {"records", "settings", "text", "diagnostics", "language", "pandoc", "document"},
    "installation": {"records", "pandoc"},
    "latex": {"children"},
    "author": {"settings", "text", "diagnostics", "language", "pandoc", "document", "latex"},
    "commands": {"diagnostics", "text", "pandoc", "document", "author", "installation"},
    "cli": {"diagnostics", "document", "installation"},
    "__main__": {"filter", "cli"},
}
# The language touches nothing outside: no files, clock, environment, network, random numbers.
PURE = {"__future__", "bisect", "collections", "difflib", "functools", "itertools", "math", "operator", "re", "sys"}
PURE |= {"threading", "typing", "typing_extensions", "unicodedata"}
HEAVY = {
    "click",
    "panflute",
    "pypandoc",
    "yaml",
    "dataclasses",
    "inspect",
    "typing",
    "pathlib",
    "difflib",
    "subprocess",
    "getopt",
    "shutil",
    "unicodedata",
    "math",
    "zlib",
}


def modules() -> list[Path]:
    found = [path for path in PACKAGE.rglob("*.py") if "filters" not in path.parts]
    assert len(found) > 30
    return found


def imports(path: Path) -> set[str]:
    """Return the names of the modules that a file imports, relative ones resolved."""
    parts = (NAME, *path.relative_to(PACKAGE).with_suffix("").parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(parts[: len(parts) - node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names.add(module)
            if not node.module or module == NAME:
                names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    layer = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if layer == "__init__":
        assert imports(path) <= {"__future__"}
        return
    ours = {name.split(".")[1] for name in imports(path) if name.startswith(f"{NAME}.")}
    assert ours - {layer, "__version__"} <= LAYERS[layer], path


@pytest.mark.parametrize("path", sorted((PACKAGE / "language").glob("*.py")), ids=lambda path: path.name)
def test_the_language_is_pure(path: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(path) if not name.startswith(NAME)}
    assert foreign <= PURE


def test_the_filter_loads_only_what_it_uses() -> None:
    script = f"import sys, {NAME}.filter; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {script}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert f"{NAME}.filter" in loaded
    assert HEAVY.isdisjoint(name.split(".")[0] for name in loaded)


def test_every_file_is_named_in_the_architecture() -> None:
    text = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    commands = {path for path in modules() if path.parent.name == "commands"}
    helpers = {"options.py", "building.py", "completion.py"}
    nameless = [
        str(path.relative_to(PACKAGE))
        for path in modules()
        if path.name != "__init__.py"
        and f"`{path.name}`" not in text
        and not path.name.startswith("functions_")
        and not (path in commands and path.name not in helpers)
    ]
    assert nameless == []
