"""A call of the document's with another text than the author's: what would become of the document is tried so.

The text takes the place of the call's after pandoc has read the document, so that no file has to be written for it.
"""

from __future__ import annotations

import json

from ...base import TYPE_CHECKING

if TYPE_CHECKING:
    from ..work import Work


def told(name: str, line: int, column: int, text: str) -> str:
    """Return what tells ``put`` of a call, by its file, and line and column from 1, and of its text."""
    return json.dumps((name, line, column, text))


def put(work: Work, instead: str) -> None:
    """Put a text into the place of a call's; where there is no such call, nothing happens."""
    name, line, column, text = json.loads(instead)
    for key, each in work.directives.items():
        if each.places and (each.source.name, *each.source.position(0)) == (name, line, column):
            work.directives[key] = each.replace(source=each.source.replace(text=text))
