"""docs/editors/vscode.md: its tasks' commands, and its problem matcher in JavaScript. VS Code is not in Debian."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..support.command_lines import expanded
from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

TASKS = {task["label"]: task for task in json.loads(block("editors/vscode.md", "json"))["tasks"]}

# What VS Code does with a matcher: the regular expression on each line, the groups by their numbers.
MATCHER = """\
const pattern = JSON.parse(process.argv[1]);
const expression = new RegExp(pattern.regexp);
const problems = [];
for (const line of require("fs").readFileSync(0, "utf8").split(/\\r?\\n/)) {
  const found = expression.exec(line);
  if (found) problems.push(["file", "line", "column", "severity", "code", "message"].map(key => found[pattern[key]]));
}
console.log(JSON.stringify(problems));
"""


@pytest.fixture
def task(run, deck):
    def task(label: str) -> tuple[int, list[list[str]]]:
        """Run a task on the deck; return its exit status, and the problems that are found in its output."""
        task = TASKS[label]
        variables = {
            "fileBasename": deck.path.name,
            "fileBasenameNoExtension": deck.path.stem,
            "fileDirname": str(deck.path.parent),
        }
        folder = Path(*expanded([task["options"]["cwd"]], variables))
        done = run(*expanded([task["command"], *task["args"]], variables), cwd=folder)
        assert task["type"] == "process"
        assert expanded(task["problemMatcher"]["fileLocation"], variables) == ["relative", str(folder)]
        pattern = json.dumps(task["problemMatcher"]["pattern"])
        problems = run("node", "-e", MATCHER, pattern, text=done.out + done.err)
        assert problems.status == 0, problems
        return done.status, json.loads(problems.out)

    return task


def test_build(task, deck) -> None:
    assert task("percent-macros: build") == (0, [])
    assert deck.pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("label", TASKS)
def test_problems(task, deck, label) -> None:
    deck.misspell()
    assert task(label) == (1, [[deck.path.name, "11", "26", "error", "PM203", "unknown macro `bax`"]])
    assert not deck.pdf.exists()


@pytest.mark.parametrize("label", TASKS)
def test_calls_are_no_problems(task, deck, label) -> None:
    deck.divide_by_zero()
    assert task(label) == (1, [[deck.path.name, "2", "8", "error", "PM304", "division by zero"]])


def test_ctrl_shift_b_is_build() -> None:
    defaults = [label for label, task in TASKS.items() if task["group"] == {"kind": "build", "isDefault": True}]
    assert defaults == ["percent-macros: build"]
