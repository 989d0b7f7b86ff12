"""Records are what ``dataclass(frozen=True, slots=True)`` makes, which is the judge here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

from pandoc_percent_macros.base.record import Record


@dataclass(frozen=True, slots=True)
class Judge:
    name: str
    line: int = 1
    marks: tuple[str, ...] = ()


class Ours(Record):
    name: str
    line: int = 1
    marks: tuple[str, ...] = ()


class Other(Record):
    name: str
    line: int = 1
    marks: tuple[str, ...] = ()


class Initialized(Record):
    """One with an initializer of its own, as those have of which very many are made."""

    name: str
    line: int

    def __init__(self, name: str, line: int) -> None:
        set_name, set_line = self._setters
        set_name(self, name)
        set_line(self, line)


def values(made: Any) -> tuple[Any, ...]:
    return made.name, made.line, made.marks


@pytest.mark.parametrize(
    "make",
    [
        lambda kind: kind("a"),
        lambda kind: kind("a", 2),
        lambda kind: kind("a", 2, ("x",)),
        lambda kind: kind(name="a"),
        lambda kind: kind(marks=("x",), name="a"),
        lambda kind: kind("a", marks=("x",)),
        lambda kind: kind("a", line=2, marks=("x",)),
    ],
    ids=["one", "two", "three", "by name", "by names in another order", "one by name", "two by name"],
)
def test_fields_are_given_as_to_a_dataclass(make: Callable[[Any], Any]) -> None:
    assert values(make(Ours)) == values(make(Judge))


@pytest.mark.parametrize(
    "make",
    [
        lambda kind: kind(),
        lambda kind: kind(line=2),
        lambda kind: kind("a", 2, (), 4),
        lambda kind: kind("a", odd=1),
        lambda kind: kind(nam="a"),
    ],
    ids=["nothing", "without the first", "too many", "unknown", "misspelled"],
)
def test_what_a_dataclass_refuses(make: Callable[[Any], Any]) -> None:
    for kind in (Judge, Ours):
        with pytest.raises(TypeError):
            make(kind)


def test_they_compare_and_hash_by_their_fields() -> None:
    assert Ours("a", 2) == Ours("a", line=2)
    assert hash(Ours("a", 2)) == hash(Ours("a", line=2))
    assert Ours("a") != Ours("b")
    assert Ours("a") != Other("a")
    assert len({Ours("a"), Ours("a"), Other("a")}) == 2


def test_they_do_not_change() -> None:
    for made in (Judge("a"), Ours("a")):
        with pytest.raises((FrozenInstanceError, AttributeError)):
            made.name = "b"  # type: ignore[misc]
        with pytest.raises((FrozenInstanceError, AttributeError)):
            del made.name
        with pytest.raises((AttributeError, TypeError)):  # a dataclass with slots raises either
            made.odd = 1  # type: ignore[union-attr]
        assert made.name == "a"
        assert not hasattr(made, "__dict__")


def test_they_show_their_fields() -> None:
    assert repr(Ours("a", 2)) == repr(Judge("a", 2)).replace("Judge", "Ours")


def test_they_match_by_position_as_a_dataclass_does() -> None:
    for made in (Judge("a", 2, ("x",)), Ours("a", 2, ("x",))):
        match made:
            case Judge(name, line, marks) | Ours(name, line, marks):
                assert (name, line, marks) == ("a", 2, ("x",))
            case _:
                pytest.fail("no match")


def test_one_with_an_initializer_of_its_own() -> None:
    assert Initialized("a", 2) == Initialized(name="a", line=2)
    with pytest.raises(AttributeError):
        Initialized("a", 2).name = "b"  # type: ignore[misc]
