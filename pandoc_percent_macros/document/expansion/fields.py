"""Fields of a document's metadata as macros see them: as texts, and as content."""

from __future__ import annotations

from ...base import TYPE_CHECKING, Fault
from ...language.values import Native, Text, pieces
from .. import elements
from ..transport import START
from .placeholders import PLACEHOLDER
from .results import Elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...language.values import Value

_PARAGRAPHS = ("Para", "Plain", "Header")


def nested(meta: elements.Meta, key: str) -> elements.Element | None:
    """Return the value at ``a.b`` or ``list.0.b``, None if there is none."""
    first, *others = key.split(".")
    value = meta.get(first)
    for each in others:
        if value is None:
            return None
        content = value["c"]
        if value["t"] == "MetaMap":
            value = content.get(each)
        elif value["t"] == "MetaList" and each.isdecimal() and len(each) < 10 and int(each) < len(content):
            value = content[int(each)]
        else:
            return None
    return value


def members(value: elements.Element) -> list[elements.Element]:
    """Return the elements of a list, or the value itself as the only one."""
    return value["c"] if value["t"] == "MetaList" else [value]


def text(value: elements.Element, key: str) -> str:
    """Return a value as text: ``false`` is "", paragraphs are parted by an empty line, a list's elements by commas.

    Raises:
        Fault: PM312 for one with a call in it: what that gives is not known yet.
    """
    if any(_is_call(each) for each in _inside(value)):
        hint = f"`meta_content({key!r})` gives it with what the call gives".replace("'", '"')
        raise Fault("PM312", f"there is a call in the metadata field `{key}`, so it has no text yet", hint)
    tag = value["t"]
    if tag == "MetaBool":
        return "true" if value["c"] else ""
    if tag == "MetaList":
        return ", ".join([text(each, key) for each in value["c"]])
    return "\n\n".join(_paragraphs(value["c"])) if tag == "MetaBlocks" else elements.plain_text(value)


def _inside(value: object) -> Iterator[object]:
    """Yield the elements and the strings in a value."""
    todo = [value]
    while todo:
        each = todo.pop()
        yield each
        if isinstance(each, list):
            todo += each
        elif isinstance(each, dict) and each.get("t") != PLACEHOLDER:
            todo += each.values()


def _is_call(value: object) -> bool:
    return (isinstance(value, dict) and value.get("t") == PLACEHOLDER) or (isinstance(value, str) and START in value)


def _paragraphs(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _paragraphs(each)
    elif isinstance(value, dict):
        tag = value.get("t")
        if tag in _PARAGRAPHS or tag == "CodeBlock":
            yield elements.plain_text(value)
        elif tag == "LineBlock":
            yield "\n".join([elements.plain_text(line) for line in value["c"]])
        else:
            yield from _paragraphs(value.get("c"))


def content(value: elements.Element) -> Value:
    """Return a value with its markup; a list's elements with commas between, if none of them is of blocks."""
    tag, inside = value["t"], value.get("c")
    if tag in ("MetaString", "MetaBool"):
        return pieces.piece(Text(text({"t": "MetaBool", "c": inside}, "") if tag == "MetaBool" else str(inside)))
    if tag == "MetaMap":
        return None
    if tag in ("MetaInlines", "MetaBlocks"):
        return pieces.piece(Native(Elements(inside, tag == "MetaInlines", holds_places=True)))  # type: ignore[arg-type]
    every = members(value)
    separator = () if any(each["t"] == "MetaBlocks" for each in every) else (Text(", "),)
    parts = [part for each in every for part in (*separator, *pieces.parts_of(content(each) or ""))][len(separator) :]
    return pieces.Content(tuple(parts), sum(map(pieces.length_of_part, parts))) if parts else None
