"""What is a document of pandoc's: panflute makes real ones, and each is spoilt in one place."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

import panflute as pf
import pytest

from pandoc_percent_macros.pandoc.schema import is_document

WHOLE = pf.Doc(
    pf.Header(pf.Str("a"), level=2, identifier="i", classes=["c"], attributes={"k": "v"}),
    pf.Para(pf.Str("a"), pf.Space, pf.Math("x", format="InlineMath"), pf.Code("c"), pf.Quoted(pf.Str("q"))),
    pf.Para(pf.Cite(pf.Str("cite"), citations=[pf.Citation("key", prefix=[pf.Str("p")])]), pf.Note(pf.Para())),
    pf.Para(pf.Link(pf.Str("l"), url="u", title="t"), pf.Image(url="u"), pf.RawInline("x", format="tex"), pf.LineBreak),
    pf.OrderedList(pf.ListItem(pf.Plain(pf.Str("o"))), start=3),
    pf.DefinitionList(pf.DefinitionItem([pf.Str("t")], [pf.Definition(pf.Plain(pf.Str("d")))])),
    pf.Table(
        pf.TableBody(pf.TableRow(pf.TableCell(pf.Plain(pf.Str("cell"))))),
        head=pf.TableHead(pf.TableRow(pf.TableCell())),
        caption=pf.Caption(pf.Plain(pf.Str("caption"))),
        colspec=[("AlignLeft", 0.5)],
    ),
    pf.Figure(pf.Plain(), caption=pf.Caption(pf.Plain(), short_caption=[pf.Str("s")])),
    pf.LineBlock(pf.LineItem(pf.Str("l"))),
    pf.HorizontalRule(),
    pf.CodeBlock("x", classes=["c"]),
    metadata={"a": "text", "b": [True, {"c": pf.MetaBlocks(pf.Para(pf.Str("x")))}]},
)


def document() -> dict[str, Any]:
    with io.StringIO() as written:
        pf.dump(WHOLE, written)
        return json.loads(written.getvalue())


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside of one."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for name, member in inside for each in places(member, (*path, name)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        value = value[name]
    return value


def spoilt(path: tuple[Any, ...], new: Any) -> Any:
    changed = copy.deepcopy(document())
    at(changed, path[:-1])[path[-1]] = new
    return changed


def test_a_document_with_all_kinds_of_elements() -> None:
    assert is_document(document())
    assert is_document({"pandoc-api-version": [1, 23], "meta": {}, "blocks": []})


def test_a_value_of_another_type_anywhere_spoils_it() -> None:
    """But in what nobody reads: the version, and what a citation has beside its texts."""
    free = {"citationId", "citationMode", "citationNoteNum", "citationHash", "pandoc-api-version"}
    texts_and_lists = [path for path in places(document()) if isinstance(at(document(), path), (str, list))]
    read = [path for path in texts_and_lists if free.isdisjoint(path)]
    assert len(read) > 200
    assert [path for path in read if is_document(spoilt(path, {"odd": 1}))] == []


@pytest.mark.parametrize(
    "value",
    [None, 1, "x", [], {}, {"meta": {}}, {"blocks": []}, {"meta": [], "blocks": []}, {"meta": {}, "blocks": {}}],
    ids=repr,
)
def test_what_is_no_document(value: object) -> None:
    assert not is_document(value)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"t": "Para", "c": []}, True),
        ({"t": "Para"}, False),
        ({"t": "Para", "c": [{"t": "Para", "c": []}]}, False),  # a block where inlines are wanted
        ({"t": "Str", "c": "x"}, False),  # an inline among blocks
        ({"t": "HorizontalRule"}, True),
        ({"t": "Invented", "c": 5}, True),  # by a later pandoc
        ({"t": "percent-macro", "c": []}, False),  # pandoc's names are words
        ({"t": 5}, False),
        ({"t": "RawBlock", "c": ["tex", "\ud800"]}, False),  # half a pair, which no encoding can write
        ({"t": "Header", "c": [1, ["", [], [["k"]]], []]}, False),
    ],
    ids=json.dumps,
)
def test_a_block(block: dict[str, Any], expected: bool) -> None:
    assert is_document({"meta": {}, "blocks": [block]}) == expected
