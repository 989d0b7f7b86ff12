"""The preprocessor: Markdown text in, Markdown text out, every directive turned into a marker.

A call that stands alone at the left edge becomes a ``Div`` around a raw block. Any other directive leaves a
token (tokens.py), or nothing where nothing is to stand, and its ``Div`` goes to the end of the text.
"""

from __future__ import annotations

from ...base.pattern import pattern
from ...base.record import TYPE_CHECKING
from ..source import verbatim as regions
from . import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..source.dialect import Syntax
    from ..source.directives import Directive
    from ..source.manuscript import Manuscript

    Replacement = Callable[[Directive, str], str]  # from a directive and the key of its token to what stands there

_WIDEST = 10_000  # columns of a token: pandoc takes minutes for one of a million
_LITERAL = pattern(r"\\%%\w")  # it will look like a directive when the backslash is gone


class Lifted:
    """A text whose directives are tokens, and the directives by the keys of their tokens."""

    def __init__(self, manuscript: Manuscript, directives: dict[str, Directive]) -> None:
        self._manuscript = manuscript
        self.directives = directives

    @property
    def text(self) -> str:
        """The text, made when it is asked for: the filter can mostly do without."""
        return _replaced(self._manuscript, self.directives, _token)


def with_markers(manuscript: Manuscript, syntax: Syntax, directives: list[Directive]) -> str:
    """Return the text with markers that carry the directives through pandoc's parser.

    Args:
        manuscript: the text.
        syntax: the Markdown dialect it is written in.
        directives: those of the text, in their order.

    Returns:
        The text with a marker for every directive, or as it was if there is none.
    """
    if not directives and not _LITERAL.search(manuscript.text):
        return manuscript.text
    from . import markers  # the filter makes none

    keyed = _keyed(manuscript, directives)
    carried: dict[str, Directive] = {}
    mark = None
    if syntax.divs:
        mark = markers.fence_mark(manuscript.text, syntax)
        if mark is None:  # for all of the text; a directive opens no fence
            mark = markers.fence_mark(_replaced(manuscript, keyed, lambda *_: ""), syntax)

    def replace(directive: Directive, key: str) -> str:
        if mark and directive.isolated and directive.places:
            return markers.div(directive, mark)
        carried[key] = directive
        return _token(directive, key)

    text = _replaced(manuscript, keyed, replace)
    if directives and not carried:
        return text
    register = markers.register(carried, mark, syntax)
    if not syntax.commonmark:
        return f"{text}\n\n{register}\n"
    # A block that is never closed runs to the end there, and would take the register with it.
    start = (regions.yaml(text, 0) or 0) if text.startswith("---") else 0
    return f"{text[:start]}\n\n{register}\n\n{text[start:]}" if start else f"{register}\n\n{text}"


def with_tokens(manuscript: Manuscript, directives: list[Directive]) -> Lifted:
    """Return the text with tokens alone, for a reader that is handed the directives beside it."""
    return Lifted(manuscript, _keyed(manuscript, directives))


def _keyed(manuscript: Manuscript, directives: list[Directive]) -> dict[str, Directive]:
    salt = tokens.salt(*(each.name for each in manuscript.inputs), manuscript.text)
    return {tokens.key(salt, number): directive for number, directive in enumerate(directives)}


def _token(directive: Directive, key: str) -> str:
    if not directive.places:
        return ""
    text = directive.source.text
    return tokens.token(key, 0 if "\n" in text else min(tokens.display_width(text), _WIDEST))


def _replaced(manuscript: Manuscript, directives: dict[str, Directive], replace: Replacement) -> str:
    pieces: list[str] = []
    at = 0
    for key, directive in directives.items():
        pieces += manuscript.text[at : directive.start], replace(directive, key)
        at = directive.end
    pieces.append(manuscript.text[at:])
    return "".join(pieces)
