"""What the scanner takes for text is text to pandoc: code, HTML and comments end where pandoc ends them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from ..conftest import Run
from ..unit.document.source.test_scanner import AS_PANDOC


@pytest.mark.pandoc
@pytest.mark.parametrize("dialect", sorted({dialect for _, dialect, _ in AS_PANDOC}))
def test_it_is_text_for_pandoc(run: Run, dialect: str) -> None:
    """Without this the scanner's own test would only say what we think."""
    for text, of, calls in AS_PANDOC:
        if of == dialect:
            document = json.loads(run("pandoc", "-f", dialect, "-t", "json", text=text + "\n").out)
            assert "".join(re.findall(r"%%(\w)\(", " ".join(_words(document["blocks"])))) == calls, text


def _words(value: Any) -> list[str]:
    """Return the words of pandoc's text, in their order."""
    if isinstance(value, dict):
        return [value["c"]] if value.get("t") == "Str" else _words(value.get("c", []))
    return [word for each in value for word in _words(each)] if isinstance(value, list) else []
