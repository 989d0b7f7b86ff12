"""Pandoc's elements as its JSON has them: dictionaries with a tag ``t`` and contents ``c``.

A filter that touches a handful of blocks has no use for a class of its own for each element: building
and writing back thousands of objects would cost more than pandoc's own work.
"""

from __future__ import annotations

from ..base import TYPE_CHECKING, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, TypeAlias

Element: TypeAlias = "dict[str, Any]"  # what is at "c" depends on what is at "t": see pandoc/schema.py
Blocks: TypeAlias = "list[Element]"
Inlines: TypeAlias = "list[Element]"
Meta: TypeAlias = "dict[str, Element]"  # values of metadata by their keys
Document: TypeAlias = "dict[str, Any]"  # "pandoc-api-version", "meta" and "blocks"
Attributes: TypeAlias = "list[Any]"  # an identifier, a list of classes, a list of pairs of a name and a value
Found: TypeAlias = "tuple[str, Any, Any]"  # a string: what it is, the list or dictionary that holds it, and where there
ChangeBlocks: TypeAlias = "Callable[[Blocks], Blocks]"
ChangeInlines: TypeAlias = "Callable[[Inlines], Inlines]"

SPACES = ("Space", "SoftBreak", "LineBreak")
_SOFT = ("Space", "SoftBreak")
_WORDS = pattern(r"([ \n\t]+)|[^ \n\t]+")


def string(text: str) -> Element:
    return {"t": "Str", "c": text}


def space() -> Element:
    return {"t": "Space"}


def raw_block(format: str, text: str) -> Element:
    return {"t": "RawBlock", "c": [format, text]}


def raw_inline(format: str, text: str) -> Element:
    return {"t": "RawInline", "c": [format, text]}


def words(text: str) -> Inlines:
    """Return a text as strings with spaces between; a new line in it is a soft break."""
    return [_word(found) for found in _WORDS.finditer(text)]


def _word(found: re.Match[str]) -> Element:
    if found[1] is None:
        return string(found[0])
    return {"t": "SoftBreak"} if found[1].startswith("\n") else space()


def joined(inlines: Inlines) -> Inlines:
    """Return inlines as a reader makes them: no two strings, and no two spaces, are neighbours."""
    whole: Inlines = []
    for inline in inlines:
        last = whole[-1] if whole else None
        if last and inline["t"] == last["t"] == "Str":
            whole[-1] = string(last["c"] + inline["c"])
        elif last and inline["t"] in _SOFT and last["t"] in _SOFT:
            whole[-1] = inline if inline["t"] == "SoftBreak" else last
        else:
            whole.append(inline)
    return whole


def plain_text(value: object) -> str:
    """Return the text of a metadata value, a block, an inline, or a list of them, without its markup."""
    return "".join(_texts(value))


def running_text(value: object) -> str:
    """Return the text that was parsed as such, and raw TeX: no code or math, but what is in notes."""
    if isinstance(value, list):
        return "".join(map(running_text, value))
    if not isinstance(value, dict):
        return ""
    tag = value.get("t")
    if tag in ("RawBlock", "RawInline"):
        return f"\n{value['c'][1]}\n" if value["c"][0] == "tex" else "\n"
    if tag in VERBATIM:
        return " "
    if tag == "Str":
        return str(value["c"])
    if tag in SPACES:
        return " "
    text = running_text(value.get("c"))
    return f"\n{text}\n" if tag in ("Para", "Plain", "Header") else text


def raw_texts(value: object) -> list[str]:
    """Return the raw markup, code and strings in a metadata value, an element, or a list of them."""
    if isinstance(value, list):
        return [text for each in value for text in raw_texts(each)]
    if not isinstance(value, dict):
        return []
    tag = value.get("t")
    if tag in ("RawInline", "RawBlock", "Code", "CodeBlock"):
        return [value["c"][1]]
    if tag in ("Str", "MetaString"):
        return [value["c"]]
    return raw_texts(value.get("c"))


def raw_markup(value: object) -> Iterator[tuple[str, str]]:
    """Yield the format and the text of each piece of raw markup, in its order, in whatever holds elements."""
    if isinstance(value, list):
        for each in value:
            yield from raw_markup(each)
    elif isinstance(value, dict):
        if value.get("t") in ("RawBlock", "RawInline"):
            yield value["c"][0], value["c"][1]
        else:
            for each in value.values():
                yield from raw_markup(each)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        tag = value.get("t")
        content: Any = value.get("c")
        if tag in ("Str", "MetaString"):
            yield content
        elif tag in SPACES:
            yield " "
        elif tag in ("Code", "Math", "CodeBlock"):
            yield content[1]
        elif tag == "Quoted":
            yield from _quoted(content)
        elif tag == "MetaBool":
            yield "true" if content else "false"
        elif tag in ("Link", "Image", "Span", "Cite", "Header", "Div"):
            yield from _texts([each for each in content if isinstance(each, list) and _is_contents(each)])
        elif tag not in ("RawInline", "RawBlock", "Note") and content is not None:
            yield from _texts(content)


def _is_contents(value: list[Any]) -> bool:
    return all(isinstance(each, dict) and "t" in each for each in value)


def _quoted(content: Any) -> Iterator[str]:
    opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
    yield opening
    yield from _texts(content[1])
    yield closing


# What a string of a document is
TEXT, CODE, RAW, MATH, ADDRESS, ATTRIBUTE, CITATION = "text", "code", "raw", "math", "address", "attribute", "citation"
_VERBATIM_KINDS = {"Code": CODE, "CodeBlock": CODE, "RawInline": RAW, "RawBlock": RAW, "Math": MATH}


def strings(value: object) -> Iterator[Found]:
    """Yield every string in whatever holds elements: what it is, and the list or dictionary and the place it is at.

    A raw one's list has its format at 0. Metadata that is not read as text counts as an attribute's value.
    """
    if isinstance(value, list):
        if len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list):
            yield from _attributes(value)
        else:
            for each in value:
                yield from strings(each)
    elif isinstance(value, dict):
        tag: Any = value.get("t")
        if not isinstance(tag, str):  # metadata, which may have a field of this name
            yield from strings(list(value.values()))
        elif tag == "Str":
            yield TEXT, value, "c"
        elif tag == "MetaString":
            yield ATTRIBUTE, value, "c"
        else:
            yield from _STRINGS.get(tag, strings)(value.get("c"))


def _strings_of_verbatim(kind: str) -> Callable[[Any], Iterator[Found]]:
    def found(content: Any) -> Iterator[Found]:
        if isinstance(content[0], list):
            yield from _attributes(content[0])
        yield kind, content, 1

    return found


def _strings_of_link(content: Any) -> Iterator[Found]:
    yield from strings(content[:2])
    yield ADDRESS, content[2], 0
    yield ADDRESS, content[2], 1


def _strings_of_cite(content: Any) -> Iterator[Found]:
    for citation in content[0]:
        yield CITATION, citation, "citationId"
        yield from strings([citation["citationPrefix"], citation["citationSuffix"]])
    yield from strings(content[1])


_STRINGS: dict[str, Callable[[Any], Iterator[Found]]] = {
    **{tag: _strings_of_verbatim(kind) for tag, kind in _VERBATIM_KINDS.items()},
    "Link": _strings_of_link,
    "Image": _strings_of_link,
    "Cite": _strings_of_cite,
}


def _attributes(attributes: Attributes) -> Iterator[Found]:
    yield ATTRIBUTE, attributes, 0
    for at in range(len(attributes[1])):
        yield ATTRIBUTE, attributes[1], at
    for pair in attributes[2]:
        yield ATTRIBUTE, pair, 1


VERBATIM = frozenset(("Code", "CodeBlock", "Math", "RawInline", "RawBlock"))


def each_list(element: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    """Replace every list of blocks or inlines right inside an element by what a function makes of it."""
    change = _INSIDE.get(element["t"])
    if change:
        change(element, blocks, inlines)


def _inlines(element: Element, _: ChangeBlocks, inlines: ChangeInlines) -> None:
    element["c"] = inlines(element["c"])


def _blocks(element: Element, blocks: ChangeBlocks, _: ChangeInlines) -> None:
    element["c"] = blocks(element["c"])


def _inlines_at_1(element: Element, _: ChangeBlocks, inlines: ChangeInlines) -> None:
    element["c"][1] = inlines(element["c"][1])


def _div(element: Element, blocks: ChangeBlocks, _: ChangeInlines) -> None:
    element["c"][1] = blocks(element["c"][1])


def _header(element: Element, _: ChangeBlocks, inlines: ChangeInlines) -> None:
    element["c"][2] = inlines(element["c"][2])


def _cite(element: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    for citation in element["c"][0]:
        citation["citationPrefix"] = inlines(citation["citationPrefix"])
        citation["citationSuffix"] = inlines(citation["citationSuffix"])
    _inlines_at_1(element, blocks, inlines)


def _bullet_list(element: Element, blocks: ChangeBlocks, _: ChangeInlines) -> None:
    element["c"] = [blocks(item) for item in element["c"]]


def _ordered_list(element: Element, blocks: ChangeBlocks, _: ChangeInlines) -> None:
    element["c"][1] = [blocks(item) for item in element["c"][1]]


def _definition_list(element: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    for item in element["c"]:
        item[0] = inlines(item[0])
        item[1] = [blocks(definition) for definition in item[1]]


def _line_block(element: Element, _: ChangeBlocks, inlines: ChangeInlines) -> None:
    element["c"] = [inlines(line) for line in element["c"]]


def _figure(element: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    _caption(element["c"][1], blocks, inlines)
    element["c"][2] = blocks(element["c"][2])


def _table(element: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    _caption(element["c"][1], blocks, inlines)
    for cell in _cells(element["c"]):
        cell[4] = blocks(cell[4])


def _caption(caption: Any, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    if caption[0]:
        caption[0] = inlines(caption[0])
    caption[1] = blocks(caption[1])


_INSIDE: dict[str, Callable[[Element, ChangeBlocks, ChangeInlines], None]] = {
    **dict.fromkeys("Para Plain Emph Underline Strong Strikeout Superscript Subscript SmallCaps".split(), _inlines),
    **dict.fromkeys("Quoted Link Image Span".split(), _inlines_at_1),
    **dict.fromkeys("Note BlockQuote".split(), _blocks),
    "Cite": _cite,
    "Div": _div,
    "Header": _header,
    "BulletList": _bullet_list,
    "OrderedList": _ordered_list,
    "DefinitionList": _definition_list,
    "LineBlock": _line_block,
    "Figure": _figure,
    "Table": _table,
}


def _cells(table: Any) -> Iterator[Any]:
    head, bodies, foot = table[3], table[4], table[5]
    rows = [*head[1], *foot[1]]
    for body in bodies:
        rows += [*body[2], *body[3]]
    for row in rows:
        yield from row[1]


def each_in_meta(value: Element, blocks: ChangeBlocks, inlines: ChangeInlines) -> None:
    """The same for a metadata value, and for all of them when given the whole mapping."""
    tag: object = value.get("t")
    content: Any = value.get("c")
    if not isinstance(tag, str) or tag == "MetaMap":
        inside: Iterable[Any] = (content if tag == "MetaMap" else value).values()
        for each in inside:
            each_in_meta(each, blocks, inlines)
    elif tag == "MetaList":
        for each in content:
            each_in_meta(each, blocks, inlines)
    elif tag == "MetaInlines":
        value["c"] = inlines(content)
    elif tag == "MetaBlocks":
        value["c"] = blocks(content)
