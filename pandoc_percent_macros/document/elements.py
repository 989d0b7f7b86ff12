"""Pandoc's elements as its JSON has them: dictionaries with a tag ``t`` and contents ``c``.

A filter that touches a handful of blocks has no use for a class of its own for each element: building
and writing back thousands of objects would cost more than pandoc's own work.
"""

from __future__ import annotations

from ..base.pattern import pattern
from ..base.record import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    Element = dict[str, Any]
    Blocks = list[Element]
    Inlines = list[Element]
    ChangeBlocks = Callable[[Blocks], Blocks]
    ChangeInlines = Callable[[Inlines], Inlines]

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


def plain_text(value: Any) -> str:
    """Return the text of a metadata value, a block, an inline, or a list of them, without its markup."""
    return "".join(_texts(value))


def running_text(value: Any) -> str:
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


def raw_texts(value: Any) -> list[str]:
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


def raw_markup(value: Any) -> Iterator[tuple[str, str]]:
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


def _texts(value: Any) -> Iterator[str]:
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


def each_in_meta(value: Any, blocks: Callable[[Blocks], Blocks], inlines: Callable[[Inlines], Inlines]) -> None:
    """The same for a metadata value, and for all of them when given the whole mapping."""
    tag, content = value.get("t"), value.get("c")
    if tag is None or tag == "MetaMap":
        inside: Iterable[Any] = (value if tag is None else content).values()
        for each in inside:
            each_in_meta(each, blocks, inlines)
    elif tag == "MetaList":
        for each in content:
            each_in_meta(each, blocks, inlines)
    elif tag == "MetaInlines":
        value["c"] = inlines(content)
    elif tag == "MetaBlocks":
        value["c"] = blocks(content)
