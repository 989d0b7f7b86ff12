"""Tests in here are pure: they start no process, so no pandoc either."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

_STARTS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system")
_held = False


def _hook(event: str, _: object) -> None:
    if _held and event in _STARTS:
        raise AssertionError(f"a unit test starts no process ({event}): its place is tests/contract or tests/programs")


sys.addaudithook(_hook)


@pytest.fixture(autouse=True)
def _no_process() -> Iterator[None]:
    global _held  # noqa: PLW0603  # a hook can't be taken out again
    _held = True
    yield
    _held = False
