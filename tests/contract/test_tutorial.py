"""The tutorial: each of its files and commands, as they are written, in their order."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.pages import Step, steps

STEPS = steps("tutorial.md")


def test_it_has_its_commands() -> None:
    assert len(STEPS) >= 15
    assert sum(step.output is not None for step in STEPS) >= 10


def written(step: Step) -> object:
    marks = [pytest.mark.pandoc, *([pytest.mark.tex] if ".pdf" in step.command else [])]
    return pytest.param(step, marks=marks, id=step.command)


@pytest.mark.parametrize("step", [written(each) for each in STEPS])
def test_a_command(run: Run, tmp_path: Path, step: Step) -> None:
    for name, text in step.files.items():
        (tmp_path / name).write_text(text, "utf-8")
    home = {"XDG_DATA_HOME": os.fspath(tmp_path / "data")}
    if "-d percent-macros" in step.command:
        assert run("percent-macros", "setup", **home).status == 0
    done = run(*shlex.split(step.command), **home)
    if step.output is None:
        assert done.status == 0, done.err
    else:
        assert done.out + done.err == step.output
        assert (done.status == 0) == ("error[" not in step.output)
