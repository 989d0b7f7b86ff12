"""Expressions that are compiled late find what ``re`` finds."""

from __future__ import annotations

import re

import pytest

from pandoc_percent_macros.base.pattern import pattern

TEXT = "%%f(a) and %%g(b)\n%%h(c)"
CALLS = {
    "findall": (TEXT,),
    "fullmatch": ("%%f",),
    "match": (TEXT,),
    "search": (TEXT, 5),
    "split": (TEXT,),
    "sub": (r"<\1>", TEXT),
    "subn": (r"<\1>", TEXT),  # one that is not kept beforehand
}


def plain(found: object) -> object:
    return (found.span(), found.groups()) if isinstance(found, re.Match) else found


@pytest.mark.parametrize("method", CALLS)
def test_each_method_gives_what_re_gives(method: str) -> None:
    late, judge = pattern(r"%%(\w)"), re.compile(r"%%(\w)")
    for _ in range(2):  # compiling, and compiled
        assert plain(getattr(late, method)(*CALLS[method])) == plain(getattr(judge, method)(*CALLS[method]))
    assert [found.span() for found in late.finditer(TEXT)] == [found.span() for found in judge.finditer(TEXT)]


def test_flags_hold() -> None:
    assert pattern("^%%H", re.MULTILINE | re.IGNORECASE).findall(TEXT) == ["%%h"]
    assert pattern("^%%H").findall(TEXT) == []


def test_an_expression_that_is_wrong_is_found_when_it_is_first_used() -> None:
    late = pattern("(")
    with pytest.raises(re.error):
        late.match("x")


def test_what_an_expression_does_not_have() -> None:
    with pytest.raises(AttributeError):
        _ = pattern("x").odd  # type: ignore[attr-defined]
