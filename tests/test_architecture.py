"""The rooms of docs/architecture.md: imports run one way, the filter loads only what it uses, every module has a test.

Lists here are equal to what is there, both ways: what is on one of them without need is a failure, too.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from .conftest import ROOT, Run

PACKAGE = ROOT / "pandoc_percent_macros"
UNIT = ROOT / "tests" / "unit"
NAME = PACKAGE.name
# What each room may import of the package, itself aside: this and no less. Rooms are told by the longest prefix.
LAYERS = {
    "__init__": "",
    "base": "",
    "report": "__init__ base",
    "language": "",
    "language.values": "base",
    "language.patterns": "base language.values",
    "language.functions": "base language.patterns language.values",
    "language.syntax": "base language.functions language.values",
    "language.check": "base language.functions language.patterns language.syntax",
    "language.run": "base language.check language.functions language.patterns language.syntax language.values",
    "settings": "__init__ base language.values",
    "pandoc": "base",
    "document": "",
    "document.elements": "base",
    "document.source": "base language.syntax",
    "document.work": "base document.elements document.source language.values pandoc",
    "document.transport": "base document.elements document.source document.work language.syntax pandoc",
    "document.expansion": "__init__ base document.elements document.source document.transport document.work "
    "language.check language.functions language.run language.syntax language.values pandoc",
    "api": "document.expansion",
    "filter": "base document.expansion document.source document.transport document.work pandoc report settings",
    "latex": "base",
    "frames": "latex",
    "inspect": "base document.elements document.expansion document.source document.transport document.work "
    "language.check language.functions language.run language.syntax language.values latex pandoc report settings",
    "flatten": "base document.elements document.expansion document.source document.transport document.work "
    "inspect language.syntax language.values pandoc",
    "blame": "base document.expansion document.source inspect language.check language.syntax "
    "language.values latex pandoc settings",
    "pages": "base",
    "build": "__init__ base blame document.expansion document.source document.transport document.work frames inspect "
    "latex pages pandoc report",
    "placing": "base build document.source document.transport frames inspect language.syntax latex pages pandoc",
    "lint": "base blame build document.elements document.source inspect pages",
    "preview": "base build document.source frames inspect latex lint pages pandoc placing report",
    "cli": "__init__ base build document.elements document.source document.transport flatten inspect lint pages pandoc "
    "placing preview report",
    "__main__": "__init__ cli filter",
}
# The language touches nothing outside: no files, clock, environment, network, random numbers.
PURE = {"__future__", "bisect", "collections", "difflib", "functools", "itertools", "math", "operator", "re", "sys"}
PURE |= {"html", "threading", "typing", "typing_extensions", "unicodedata"}
# What the filter loads for the example deck: our modules, by room, and of the standard library what Python alone does
# not load. All else costs every start of the filter, and few documents need it.
LOADED = {
    "": "__main__ filter settings",
    "base": "fault grammar pattern record source stack tex",
    "document": "elements work",
    "document.expansion": "expanding expansion libraries placeholders preamble program results",
    "document.source": "containers dialect directives manuscript scanner verbatim",
    "document.transport": "lazy_json lift matching parting recovery settling tokens",
    "language.check": "binding checker contexts expression_checker linker scopes",
    "language.functions": "entry lists lookup markup numeric text",
    "language.run": "closures expressions machine session statements",
    "language.syntax": "calls definitions expression_parser lexer literals macros nodes parser templates",
    "language.values": "budget numbers operators pieces tables",
    "pandoc": "command_line executable formats invocation parent",
}
STANDARD = {"__future__", "collections", "copyreg", "enum", "functools", "gc", "itertools", "json", "keyword"}
STANDARD |= {"operator", "re", "reprlib", "types"}
STANDARD |= {"fcntl", "select", "signal"}  # to end with pandoc
# Modules, or rooms, that have no file of their name in tests/unit, by the reason why.
UNTESTED = {
    "annotations for packages of others, and no code": "api",
    "programs and requests: tested as users start them, in tests/programs": "__main__ cli build inspect flatten "
    "lint placing preview report.codes report.forms",
    "it starts processes, which a unit test must not": "base.children pandoc.executable pandoc.parent",
    "pandoc is the judge, in tests/contract": "filter settings document.work document.transport.bodies "
    "document.transport.headers document.transport.markers "
    "document.transport.matching document.transport.parting document.transport.recovery document.transport.settling "
    "document.expansion.expanding document.expansion.expansion document.expansion.fields document.expansion.handed "
    "document.expansion.holes "
    "document.expansion.identifiers "
    "document.expansion.libraries document.expansion.marks document.expansion.page_marks "
    "document.expansion.placeholders document.expansion.program "
    "document.expansion.named_libraries document.expansion.near_misses "
    "document.expansion.percent_signs pandoc.including pandoc.quarto document.expansion.python_macros",
    "the scanner's tests go through it": "base.grammar document.source.containers document.source.dialect "
    "document.source.directives document.source.verbatim",
    "the parser's tests go through it": "language.syntax.lexer language.syntax.literals language.syntax.macros "
    "language.syntax.nodes language.syntax.templates language.syntax.habits "
    "language.syntax.expression_parser",
    "the linker's tests go through it": "language.check.binding language.check.checker "
    "language.check.contexts language.check.expression_checker language.check.scopes",
    "the session's tests go through it, and Perl's in tests/contract": "language.run.closures language.run.expressions "
    "language.run.matches language.run.statements language.functions language.patterns language.values.numbers "
    "language.values.operators "
    "language.values.pieces language.values.sprintf language.values.tables",
    "LaTeX is the judge, by the decks in tests/faulty and the tests of build, watch, boxes and move": "frames pages "
    "document.transport.trial "
    "latex.ahead latex.engine latex.interception latex.leftovers latex.precompiled latex.process "
    "blame.authors_tex blame.failure blame.fragile blame.investigation blame.overflow "
    "blame.position blame.provenance blame.source_map language.syntax.texts",
}


def module_name(path: Path) -> str:
    """Return the name of a file's module, without the package's; of a package's file with ``__init__``."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if "filters" not in path.parts}
MODULES = {name: path for name, path in FILES.items() if path.stem != "__init__"}
assert len(MODULES) > 30


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
    for module, path in FILES.items():
        here = room(module)
        used[here] |= {room(name) for name in imports(path)} - {here}
    assert used == {name: set(allowed.split()) for name, allowed in LAYERS.items()}
    order = list(LAYERS)
    assert all(order.index(each) < order.index(name) for name in used for each in used[name])


def test_no_modules_of_a_room_import_each_other() -> None:
    """Not for annotations either: a newcomer reads them in an order."""
    tangled: set[str] = set()
    for here in LAYERS:
        try:
            TopologicalSorter({name: imports(path) for name, path in MODULES.items() if room(name) == here}).prepare()
        except CycleError:
            tangled.add(here)
    assert tangled == set()


def test_no_two_modules_have_one_name() -> None:
    names = Counter(path.stem for path in MODULES.values())
    assert {name for name, count in names.items() if count > 1} == set()


def test_every_package_says_what_goes_in_and_comes_out() -> None:
    texts = {name: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for name, path in FILES.items()}
    packages = {name.removesuffix(".__init__"): text for name, text in texts.items() if name not in MODULES}
    assert {name for name, text in packages.items() if len(re.findall(r"\.(?=\s|$)", text)) < 2} == set()


def test_every_module_has_its_unit_test_or_a_reason() -> None:
    tests = {path.relative_to(UNIT).with_suffix("") for path in UNIT.rglob("test_*.py")}
    tested = {".".join((*each.parts[:-1], each.name.removeprefix("test_"))) for each in tests}
    listed = [name for names in UNTESTED.values() for name in names.split()]
    assert len(listed) == len(set(listed))
    untested = MODULES.keys() - tested
    of = {name: {module for module in untested if f"{module}.".startswith(f"{name}.")} for name in listed}
    assert {name for name, found in of.items() if not found} == set(), "listed without need"
    assert untested - set().union(*of.values()) == set(), "neither tested nor listed"


@pytest.mark.parametrize("module", sorted(each for each in FILES if each.startswith("language.")))
def test_the_language_is_pure(module: str) -> None:
    engine = {"re2"} if module == "language.patterns.searching" else set()
    assert foreign(FILES[module]) <= PURE | engine


@pytest.mark.pandoc
def test_the_filter_loads_only_what_it_uses(run: Run, talk: Path) -> None:
    """Python tells of each module that it loads, in the filter that a real pandoc starts."""

    def loaded(*command: str | Path) -> set[str]:
        untraced = ("env", "-u", "COVERAGE_PROCESS_START", "-u", "COVERAGE_PROCESS_CONFIG")
        done = run(*untraced, *command, cwd=talk, PYTHONPROFILEIMPORTTIME="1")
        assert done.status == 0, done.err
        return set(re.findall(r"^import time:[\d |]* +(\S+)$", done.err, re.MULTILINE))

    alone = loaded(sys.executable, "-c", "pass")
    names = loaded("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "talk.tex")
    of_ours = {each.partition(".")[2] for each in names if each.startswith(f"{NAME}.")}
    expected = {f"{at}.{each}".strip(".") for at, modules in LOADED.items() for each in modules.split()}
    assert of_ours & MODULES.keys() == expected
    others = {each.partition(".")[0] for each in names - alone} - {NAME}
    assert {each for each in others if not each.startswith("_") or each == "__future__"} <= STANDARD


def test_every_file_is_named_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert [name for name, path in MODULES.items() if f"`{path.stem}`" not in text] == []


def test_every_file_that_is_named_for_contributors_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:pandoc_percent_macros|docs|tests|tools|\.github)/[\w./-]+)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
