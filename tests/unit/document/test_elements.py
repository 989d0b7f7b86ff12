"""Pandoc's elements: panflute makes them, and tells what is inside of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import panflute as pf
import pytest

from pandoc_percent_macros.document import elements
from pandoc_percent_macros.document.elements import each_in_meta, each_list, joined, plain_text, words

# One of every element that holds others, each of its lists with a word of its own.
EVERY = pf.Doc(
    pf.Para(pf.Str("para"), pf.Emph(pf.Str("emph")), pf.Strong(pf.Str("strong")), pf.Underline(pf.Str("underline"))),
    pf.Plain(pf.Strikeout(pf.Str("strikeout")), pf.Superscript(pf.Str("super")), pf.Subscript(pf.Str("sub"))),
    pf.Para(pf.SmallCaps(pf.Str("caps")), pf.Quoted(pf.Str("quoted")), pf.Note(pf.Para(pf.Str("note")))),
    pf.Para(
        pf.Cite(pf.Str("cite"), citations=[pf.Citation("key", prefix=[pf.Str("prefix")], suffix=[pf.Str("suffix")])])
    ),
    pf.Para(pf.Link(pf.Str("link"), url="u"), pf.Image(pf.Str("image"), url="u"), pf.Span(pf.Str("span"))),
    pf.Header(pf.Str("header")),
    pf.LineBlock(pf.LineItem(pf.Str("line")), pf.LineItem(pf.Str("second"))),
    pf.BlockQuote(pf.Para(pf.Str("quote"))),
    pf.Div(pf.Para(pf.Str("div"))),
    pf.BulletList(pf.ListItem(pf.Plain(pf.Str("bullet"))), pf.ListItem(pf.Plain(pf.Str("another")))),
    pf.OrderedList(pf.ListItem(pf.Plain(pf.Str("ordered")))),
    pf.DefinitionList(pf.DefinitionItem([pf.Str("term")], [pf.Definition(pf.Plain(pf.Str("definition")))])),
    pf.Figure(
        pf.Plain(pf.Str("figure")), caption=pf.Caption(pf.Plain(pf.Str("long")), short_caption=[pf.Str("short")])
    ),
    pf.Table(
        pf.TableBody(
            pf.TableRow(pf.TableCell(pf.Plain(pf.Str("cell")))),
            head=[pf.TableRow(pf.TableCell(pf.Plain(pf.Str("between"))))],
        ),
        head=pf.TableHead(pf.TableRow(pf.TableCell(pf.Plain(pf.Str("head"))))),
        foot=pf.TableFoot(pf.TableRow(pf.TableCell(pf.Plain(pf.Str("foot"))))),
        caption=pf.Caption(pf.Plain(pf.Str("caption")), short_caption=[pf.Str("brief")]),
    ),
    metadata={"title": pf.MetaInlines(pf.Str("inlines")), "all": [pf.MetaBlocks(pf.Para(pf.Str("blocks")))]},
)


def as_json(document: pf.Doc) -> dict[str, Any]:
    with io.StringIO() as written:
        pf.dump(document, written)
        return json.loads(written.getvalue())


def strings(value: Any) -> Iterator[str]:
    """Yield every string element there is, whatever it is in."""
    if isinstance(value, dict) and value.get("t") == "Str":
        yield value["c"]
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def upper(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Change every string, by way of ``each_list`` alone."""
    for each in members:
        if each["t"] == "Str":
            each["c"] = each["c"].upper()
        each_list(each, upper, upper)
    return members


def test_every_list_inside_an_element_is_reached() -> None:
    document = as_json(EVERY)
    before = list(strings(document))
    assert len(before) > 30
    document["blocks"] = upper(document["blocks"])
    each_in_meta(document["meta"], upper, upper)
    assert list(strings(document)) == [each.upper() for each in before]


def test_lists_of_blocks_and_of_inlines_are_told_apart() -> None:
    kinds: dict[str, set[str]] = {"blocks": set(), "inlines": set()}

    def seen(name: str) -> Any:
        def see(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
            kinds[name] |= {each["t"] for each in members}
            for each in members:
                each_list(each, see_blocks, see_inlines)
            return members

        return see

    see_blocks, see_inlines = seen("blocks"), seen("inlines")
    document = as_json(EVERY)
    see_blocks(document["blocks"])
    each_in_meta(document["meta"], see_blocks, see_inlines)
    assert all(issubclass(getattr(pf, each), pf.Block) for each in kinds["blocks"])
    assert all(issubclass(getattr(pf, each), pf.Inline) for each in kinds["inlines"])
    assert kinds["blocks"] >= {"Plain", "Para", "Table", "Figure", "Div"}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", []),
        ("a", ["a"]),
        ("a b", ["a", "Space", "b"]),
        (" a\t  b ", ["Space", "a", "Space", "b", "Space"]),
        ("a\nb", ["a", "SoftBreak", "b"]),
        ("a\n  b", ["a", "SoftBreak", "b"]),
        ("a\u00a0b", ["a\u00a0b"]),  # a space that does not break is a letter to pandoc
    ],
)
def test_a_text_as_inlines(text: str, tags: list[str]) -> None:
    assert [each.get("c", each["t"]) for each in words(text)] == tags


def test_neighbours_are_joined_as_a_reader_does() -> None:
    emph = {"t": "Emph", "c": []}
    assert joined([*words("a "), *words(" b"), *words("c"), emph, *words("\n"), *words(" ")]) == [
        elements.string("a"),
        elements.space(),
        elements.string("bc"),
        emph,
        {"t": "SoftBreak"},
    ]
    assert joined([]) == []
    line_break = {"t": "LineBreak"}
    assert joined([elements.space(), line_break, elements.space()]) == [elements.space(), line_break, elements.space()]


TITLE = [
    *words("The "),
    {"t": "Emph", "c": words("first")},
    elements.space(),
    {"t": "Code", "c": [["", [], []], "x = 1"]},
    {"t": "Note", "c": [{"t": "Para", "c": words("a note")}]},
    elements.raw_inline("latex", "\\LaTeX"),
    elements.space(),
    {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("said")]},
    {"t": "Quoted", "c": [{"t": "SingleQuote"}, words("so")]},
    {"t": "Link", "c": [["id", ["class"], [["key", "value"]]], words(" here"), ["https://example.org", "title"]]},
    {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]},
]


def test_the_text_of_markup() -> None:
    assert plain_text(TITLE) == "The first x = 1 “said”‘so’ herex^2"
    assert plain_text({"t": "MetaInlines", "c": TITLE}) == plain_text(TITLE)
    assert plain_text({"t": "MetaBool", "c": True}) == "true"
    assert plain_text({"t": "MetaString", "c": "beamer"}) == "beamer"
    assert plain_text({"t": "Header", "c": [1, ["an-id", [], []], words("a title")]}) == "a title"


def test_the_text_that_was_parsed_as_such() -> None:
    """No code, no mathematics, no TeX that is for LaTeX alone; each paragraph on lines of its own."""
    text = elements.running_text({"t": "Para", "c": TITLE})
    assert text == "\nThe first  \na note\n\n saidso here \n"
    assert elements.running_text([elements.raw_block("tex", "%%f()"), elements.raw_block("html", "<b>")]) == (
        "\n%%f()\n\n"
    )


def test_raw_markup_in_its_order() -> None:
    value = {
        "a": [elements.raw_block("tex", "1"), {"t": "Div", "c": [["", [], []], [elements.raw_block("html", "2")]]}]
    }
    assert list(elements.raw_markup(value)) == [("tex", "1"), ("html", "2")]
    assert elements.raw_texts([*TITLE, {"t": "MetaString", "c": "s"}]) == [
        *["The", "first", "x = 1", "a", "note", "\\LaTeX", "said", "so"],
        *["here", "s"],
    ]
