"""Tokens: what they say, how wide they are, and what is spelled out beside them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.document.transport.tokens import (
    ESCAPE,
    OCCURRENCES,
    START,
    TOKEN,
    armour,
    disarm,
    display_width,
    key,
    salt,
    token,
)


def test_a_token_holds_its_key_and_nothing_that_pandoc_changes() -> None:
    whole = token(key(salt("some text"), 3), 12)
    assert len(whole) == 12
    assert {unicodedata.category(each) for each in whole} <= {"Lu", "Ll"}  # a word
    found = TOKEN.fullmatch(whole)
    assert found
    assert found[1] == key(salt("some text"), 3)


def test_no_token_is_shorter_than_the_shortest_call() -> None:
    assert {len(token("abcd", width)) for width in range(len("%%f()") + 1)} == {len("%%f()")}


def test_keys_are_those_of_one_text_and_one_number() -> None:
    texts = ["", "a", "b", "ab", "ba", "é"]
    salts = [salt(text) for text in texts]
    assert len(set(salts)) == len(texts)
    numbers = [0, 1, 151, 152, 153, 100_000_000]
    keys = {key(each, number, at) for each in salts for number in numbers for at in range(OCCURRENCES)}
    assert len(keys) == len(salts) * len(numbers) * OCCURRENCES
    assert len({each.lower() for each in keys}) == len(salts) * len(numbers)  # to pandoc, where it compares labels
    assert {len(each) for each in keys} == {4}


def test_a_salt_is_that_of_all_texts_and_of_their_borders() -> None:
    assert salt("a", "b") != salt("ab")
    assert salt("a", "b") != salt("b", "a")
    assert salt("\ud800") != salt("")  # half a pair, which a file name may hold


def test_neighbours_are_two_tokens() -> None:
    keys = [key(0, 1), key(0, 2, 5)]
    first, second = token(keys[0], 9), token(keys[1])
    assert [found[1] for found in TOKEN.finditer(f"a{first}{second}b")] == keys


# Counted in the tables that pandoc reads: tests/contract has them.
@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("%%f(a)", 6), ("é", 1), ("日本", 4), ("e\u0301", 1), ("\uff21", 2), ("ｱ", 1), ("👍", 2)],
    ids=["nothing", "ascii", "accent", "wide", "combining", "full width", "half width", "emoji"],
)
def test_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "plain", "attribute"),
    [
        ("a b\n", "a b\n", f"a b{ESCAPE}a{ESCAPE}"),
        ("\t", f"{ESCAPE}9{ESCAPE}", f"{ESCAPE}9{ESCAPE}"),
        ("a>b", f"a{ESCAPE}3e{ESCAPE}b", f"a{ESCAPE}3e{ESCAPE}b"),
        (" a b", " a b", f"{ESCAPE}20{ESCAPE}a b"),
        ('"$x"', '"$x"', "".join(f"{ESCAPE}{sign}{ESCAPE}" for sign in ("22", "24")) + f"x{ESCAPE}22{ESCAPE}"),
        (START, f"{ESCAPE}10400{ESCAPE}", f"{ESCAPE}10400{ESCAPE}"),
    ],
    ids=["plain", "tab", "greater", "space", "signs", "token"],
)
def test_what_is_spelled_out(text: str, plain: str, attribute: str) -> None:
    assert (armour(text), armour(text, attribute=True)) == (plain, attribute)


@given(
    st.text(max_size=40) | st.text(alphabet=st.sampled_from(f"a9{ESCAPE}{START}\U0010f001>\t\n\r \"'$"), max_size=30)
)
def test_spelling_out_is_undone(text: str) -> None:
    for attribute in (False, True):
        spelled = armour(text, attribute=attribute)
        assert disarm(spelled) == text
        assert START not in spelled


@pytest.mark.parametrize("text", [ESCAPE, f"{ESCAPE}zz{ESCAPE}", f"{ESCAPE}10f003{ESCAPE}", f"{ESCAPE}{ESCAPE}"])
def test_what_is_not_spelled_by_us_stays(text: str) -> None:
    assert disarm(text) == text
