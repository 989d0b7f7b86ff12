"""What the parser makes of a program: its tree, with the text that each node stands for, and its faults.

`syntax-trees.txt` and `syntax-faults.txt` hold programs with what is expected of them below.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pandoc_percent_macros.base.fault import Diagnostics
from pandoc_percent_macros.base.source import Source
from pandoc_percent_macros.language.syntax.definitions import parse_definition
from pandoc_percent_macros.language.syntax.macros import Macro

HERE = Path(__file__).parent


def cases(name: str) -> dict[str, str]:
    """Return the cases of a file: by the program, which follows `# `, the lines below it."""
    blocks = (HERE / name).read_text("utf-8").removeprefix("# ").split("\n\n# ")
    found = {block.partition("\n")[0]: block.partition("\n")[2].strip("\n") for block in blocks}
    assert len(found) == len(blocks) > 10
    return found


TREES, FAULTS = cases("syntax-trees.txt"), cases("syntax-faults.txt")


def parsed(program: str) -> tuple[Macro | None, Diagnostics]:
    diagnostics = Diagnostics()
    return parse_definition(Source("a.md", f"%%define f($a, @b) {program} =end"), diagnostics), diagnostics


def tree(macro: Macro, value: object, depth: int = 0) -> list[str]:
    """Return a line for each node with its text, and for each word or flag in it, indented below what it is in."""
    indent = "  " * depth
    if isinstance(value, tuple):
        return [line for each in value for line in tree(macro, each, depth)]
    if isinstance(value, str | bool):
        return [f"{indent}= {value!r}"]
    fields = getattr(type(value), "__match_args__", ())
    if "start" not in fields:
        return []
    lines = [f"{indent}{type(value).__name__} {macro.source.text[value.start : value.end]!r}"]
    return lines + [line for name in fields for line in tree(macro, getattr(value, name), depth + 1)]


@pytest.mark.parametrize("program", TREES)
def test_trees(program: str) -> None:
    macro, diagnostics = parsed(program)
    assert macro is not None
    assert list(diagnostics) == []
    assert "\n".join(tree(macro, macro.body)) == TREES[program]


@pytest.mark.parametrize("program", FAULTS)
def test_faults(program: str) -> None:
    macro, diagnostics = parsed(program)
    assert macro is None or not macro.sound
    said = []
    for each in diagnostics:
        assert each.span is not None
        said += [f"{each.code} {each.span.text!r}: {each.message}", *(f"  hint: {hint}" for hint in each.hints)]
    assert "\n".join(said) == FAULTS[program]
