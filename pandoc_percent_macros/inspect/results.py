"""What calls give, as text of the format that is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..document.expansion.formats import Format
from ..language.values.values import Raw
from ..pandoc.executable import write
from .study import Expanded, Study

if TYPE_CHECKING:
    from ..language.values.values import Piece


def written(studied: Study, expanded: Expanded) -> str:
    """Return what the one call of a document of its own gives, without a new line at its end.

    Raw markup is returned as it is; a result with anything else in it as pandoc writes it.
    """
    ((_, result),) = expanded.processed.results
    raw = raw_text(result.pieces, expanded.processed.target)
    if raw is not None:
        return raw.rstrip("\n")
    return write(studied.program, expanded.document, expanded.processed.target.markup).rstrip("\n")


def raw_text(pieces: Sequence[Piece], target: Format) -> str | None:
    """Return the raw markup among pieces that shows in a format; None if there is anything but raw markup."""
    if not all(isinstance(piece, Raw) for piece in pieces):
        return None
    return "".join(piece.text for piece in pieces if isinstance(piece, Raw) and target.shows(piece.format))
