"""The layers of docs/architecture.md: imports run one way, and the filter loads only what it uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pandoc_percent_macros"
NAME = PACKAGE.name
# What each room may import of the package, itself aside: this and no less. Rooms are told by the longest prefix.
LAYERS = {
    "__init__": "",
    "base": "",
    "report": "__init__ base",
    "language.values": "base",
    "language.functions": "base language.values",
    "language.syntax": "base language.functions language.values",
    "language.check": "base language.functions language.syntax",
    "language.run": "base language.check language.functions language.syntax language.values",
    "language": "language.check language.functions language.run language.values",
    "pandoc": "base",
    "document": "",
    "document.elements": "base",
    "document.source": "base language.syntax",
    "document.transport": "base document.elements document.source language.syntax pandoc",
    "document.expansion": "base document.elements document.source document.transport language language.functions "
    "language.syntax language.values pandoc",
    "api": "document.expansion",
    "settings": "base language.values",
    "filter": "base document.expansion document.source document.transport pandoc report settings",
    "latex": "base",
    "inspect": "base document.elements document.expansion document.source document.transport language language.check "
    "language.run language.syntax language.values latex pandoc report settings",
    "flatten": "base document.elements document.expansion document.source document.transport inspect language.syntax "
    "language.values pandoc",
    "blame": "base document.expansion document.source inspect language language.check language.syntax language.values "
    "latex pandoc settings",
    "build": "base blame document.expansion document.source document.transport latex pandoc report",
    "cli": "__init__ base build document.expansion document.source document.transport flatten inspect pandoc report",
    "__main__": "__init__ cli filter",
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
    """Return the modules of the package that a file imports, named without it."""
    parts = (NAME, *path.relative_to(PACKAGE).with_suffix("").parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join((*parts[: len(parts) - node.level], *filter(None, [node.module])))
            for alias in node.names:
                inside = f"{base}.{alias.name}"
                names.add(inside if is_module(inside) else base)
    return {name.partition(".")[2] or "__init__" for name in names}


def is_module(name: str) -> bool:
    return PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py").exists()


def foreign(path: Path) -> set[str]:
    """Return the packages of others that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names


def room(module: str) -> str:
    """Return the room that a module of the package, named without it, is in."""
    return max((each for each in LAYERS if module == each or module.startswith(f"{each}.")), key=len, default=module)


def test_imports_run_one_way() -> None:
    used: dict[str, set[str]] = {each: set() for each in LAYERS}
    for path in modules():
        here = room(".".join(path.relative_to(PACKAGE).with_suffix("").parts))
        used[here] |= {room(name) for name in imports(path)} - {here}
    assert used == {name: set(allowed.split()) for name, allowed in LAYERS.items()}
    order = list(LAYERS)
    assert all(order.index(each) < order.index(name) for name in used for each in used[name])


@pytest.mark.parametrize("path", sorted((PACKAGE / "language").rglob("*.py")), ids=str)
def test_the_language_is_pure(path: Path) -> None:
    assert foreign(path) <= PURE


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
    named = [path for path in modules() if path.name != "__init__.py"]
    nameless = [str(path.relative_to(PACKAGE)) for path in named if f"`{path.stem}`" not in text]
    assert nameless == []
