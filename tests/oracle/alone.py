"""Pandoc alone, without any filter: what it makes of texts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SCRIPT = Path(__file__).with_name("batch.lua")
TOO_LONG = 20  # seconds for one text: pandoc takes exponential time for some


class Text(NamedTuple):
    """A text as pandoc's reader gets it: without byte order mark and carriage returns."""

    text: str
    reader: str  # as for --from
    tab_stop: int = 4


@cache
def extensions(reader: str) -> tuple[str, ...]:
    """Return the names of all extensions that a reader knows, as pandoc lists them."""
    said = subprocess.run(["pandoc", f"--list-extensions={reader}"], check=True, capture_output=True, text=True).stdout
    return tuple(line[1:] for line in said.split())


@cache
def defaults(reader: str) -> frozenset[str]:
    """Return the names of the extensions that are on in a reader without any switches."""
    said = subprocess.run(["pandoc", f"--list-extensions={reader}"], check=True, capture_output=True, text=True).stdout
    return frozenset(line[1:] for line in said.split() if line.startswith("+"))


def read(texts: Sequence[Text], size: int = 100) -> list[Any]:
    """Return pandoc's document for each text; None for one that it refuses, or that takes it too long.

    ``pandoc.read`` of a Lua script takes the text after what ``pandoc FILE`` does first: tabs become spaces, and
    another line feed stands at its end.
    """
    found: list[Any] = []
    for at in range(0, len(texts), size):
        found += _read(texts[at : at + size])
    return found


def _read(texts: Sequence[Text]) -> list[Any]:
    sent = "".join(f"{each.reader}\x1f{each.tab_stop}\x1f{_tabs(each)}\x1e" for each in texts)
    command = ["pandoc", "lua", SCRIPT]
    try:
        done = subprocess.run(command, input=sent.encode(), capture_output=True, timeout=TOO_LONG + len(texts))
    except subprocess.TimeoutExpired:
        if len(texts) == 1:
            return [None]
        half = len(texts) // 2
        return _read(texts[:half]) + _read(texts[half:])
    assert done.returncode == 0, done.stderr.decode()
    given = done.stdout.decode().split("\x1e")[:-1]
    assert len(given) == len(texts)
    return [json.loads(each) if each else None for each in given]


def _tabs(text: Text) -> str:
    """Return a text with spaces for tabs, as pandoc counts them, and the line feeds at its end."""
    lines = [line.expandtabs(text.tab_stop) for line in text.text.split("\n")]
    return "\n".join(lines[:-1] if lines[-1] == "" else lines) + "\n\n"
