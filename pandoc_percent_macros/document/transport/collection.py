"""Collect the markers of a lifted document: directives come out, tokens stay in their places."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from .. import elements
from . import markers, tokens

if TYPE_CHECKING:
    from typing import Any

    from ..elements import Blocks, Inlines
    from ..source.directives import Directive


def collect(document: Any) -> dict[str, Directive] | None:
    """Take the markers out of a document, with tokens for those that stand in their place.

    Returns:
        The directives by the keys of their tokens, in the order of their places in the author's files; None for a
        document that was not lifted.
    """
    collector = _Collector()
    document["blocks"] = collector.blocks(document["blocks"])
    if not collector.lifted:
        return None
    order = sorted(collector.found.items(), key=lambda each: _place(each[1]))
    return dict(order)


def _place(directive: Directive) -> tuple[str, int, int]:
    source = directive.source
    return (source.name, source.line, source.skipped + len(source.before))


class _Collector:
    def __init__(self) -> None:
        self.found: dict[str, Directive] = {}
        self.lifted = False
        self._salt = tokens.salt("markers in their places")

    def blocks(self, blocks: Blocks) -> Blocks:
        kept: Blocks = []
        register_follows = False
        for block in blocks:
            if register_follows and block["t"] == "CodeBlock":
                self._keep(markers.read_code(block))
            elif markers.is_register(block):
                self.lifted = True
                self.blocks(block["c"][1])
            elif markers.is_marker(block):
                kept += self._marker(block)
            elif not markers.is_code_register(block):
                elements.each_list(block, self.blocks, self._inlines)
                kept.append(block)
            register_follows = markers.is_code_register(block)
            self.lifted = self.lifted or register_follows
        return kept

    def _inlines(self, inlines: Inlines) -> Inlines:
        for inline in inlines:
            if inline["t"] == "Note":
                elements.each_list(inline, self.blocks, self._inlines)
        return inlines

    def _marker(self, block: elements.Element) -> Blocks:
        read = markers.read_div(block)
        if read is None:
            return [block]
        key, directive = read
        self.lifted = True
        if key is not None:
            self._keep([(key, directive)])
            return []
        key = tokens.key(self._salt, len(self.found))
        self.found[key] = directive
        return [{"t": "Para", "c": [elements.string(tokens.token(key))]}]

    def _keep(self, read: list[tuple[str | None, Directive]]) -> None:
        self.found.update((key, directive) for key, directive in read if key)
