"""Documents read lazily: the judge is ``json``, which takes them apart at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.document.transport.lazy_json import read, touched, write


def para(text: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


PLAIN, CALL, RULE = para("plain"), para("%%f()"), {"t": "HorizontalRule"}
TEXTS = ["plain", "%", "percent-macro", "\U0010f000", "é", '"\\', "]}", "a,b", "\u2028"]
DOCUMENTS = st.fixed_dictionaries(
    {
        "pandoc-api-version": st.just([1, 23, 1]),
        "meta": st.sampled_from([{}, {"title": {"t": "MetaString", "c": "T"}}]),
        "blocks": st.lists(st.sampled_from([*map(para, TEXTS), RULE]), max_size=8),
    }
)


@given(DOCUMENTS, st.sampled_from([None, 1]), st.booleans(), st.sampled_from([(",", ":"), (" ,\n", "\t: ")]))
def test_what_is_read_is_the_document(
    document: dict[str, Any], indent: int | None, ascii_only: bool, separators: tuple[str, str]
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only, separators=separators)
    found = read(f" {text}\n")
    assert {**found, "blocks": touched(found["blocks"])} == document
    assert json.loads(write(found)) == document


def test_blocks_without_a_directive_are_not_taken_apart() -> None:
    found = read(json.dumps({"meta": {}, "blocks": [PLAIN, PLAIN, RULE, CALL, PLAIN]}))
    assert len(found["blocks"]) == 4  # the first, for it may be a title; two as a text; a call; one as a text
    assert [found["blocks"][0], found["blocks"][2]] == [PLAIN, CALL]
    assert touched(found["blocks"]) == [PLAIN, PLAIN, RULE, CALL, PLAIN]


def test_what_is_not_taken_apart_is_written_as_it_came() -> None:
    odd = '{ "t":"Para",  "c" : [ ] }'
    found = read(f'{{"meta": {{}}, "blocks": [{json.dumps(CALL)}, {odd} ,{odd}, {json.dumps(CALL)}]}}')
    found["blocks"][0] = para("new")
    assert f"{odd} ,{odd}" in write(found)
    assert json.loads(write(found))["blocks"][0] == para("new")


def test_a_block_that_looks_like_one_of_ours_is_none() -> None:
    untouched = read(json.dumps({"meta": {}, "blocks": [CALL, PLAIN]}))["blocks"][1]
    theirs = {**untouched, "t": "".join(list(untouched["t"]))}  # equal, and not the same
    assert touched([untouched]) == [PLAIN]
    assert touched([theirs]) == [theirs]


NO_JSON = ["", "{", "{}x", '{"blocks": [}', '{"blocks": [1,]}', '{"blocks": [1 2]}', "{1: 2}", '{"a" 1}', '{"a": 1,}']
NO_JSON += ['{"blocks": []} {}', '{"a": 1']


@pytest.mark.parametrize("text", NO_JSON)
@pytest.mark.parametrize("reading", [read, json.loads], ids=["ours", "json's"])
def test_what_is_no_json(reading: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # json's own is a kind of it
        reading(text)


def test_what_is_json_and_no_document() -> None:
    with pytest.raises(ValueError, match=r"no `\{`"):
        read("[]")
