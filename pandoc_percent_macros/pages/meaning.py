"""What the marks mean: which number is which call of the document."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class MarkedCall:
    """A call of a document."""

    file: str
    line: int  # from 1
    column: int  # from 1
    text: str  # as it is written
    kind: str = "call"


def read_marked(answer: str) -> list[MarkedCall]:
    """Return the calls that the filter tells of, by their numbers."""
    return [MarkedCall(**each) for each in json.loads(answer)]
