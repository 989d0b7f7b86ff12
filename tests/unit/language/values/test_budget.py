"""The account of a document: each limit at N and at N + 1, and what is said over it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.values.budget import Budget, Limits

LIMITS = Limits(
    steps=100, steps_a_call=30, steps_in_all=150, iterations=2_000, string=1_500, output=1_000, output_in_all=2_500
)


@pytest.fixture
def budget() -> Budget:
    return Budget(LIMITS)


def refused(work: Callable[..., None], *arguments: int) -> tuple[str, str, tuple[str, ...]]:
    with pytest.raises(Fault) as raised:
        work(*arguments)
    return raised.value.code, raised.value.message, raised.value.hints


TOO_MANY_STEPS = (
    "PM401",
    "the macros of this document take too many steps",
    ("whoever runs pandoc can raise the limit, a document can't",),
)


def test_steps(budget: Budget) -> None:
    budget.charge(99)
    budget.charge(1)
    assert budget.steps == 0
    assert refused(budget.charge, 1) == TOO_MANY_STEPS


def test_nothing_runs_once_the_steps_are_used_up(budget: Budget) -> None:
    assert refused(budget.charge, 1_000) == TOO_MANY_STEPS
    assert budget.steps == -1
    budget.allow_call()
    assert budget.steps == -1
    assert refused(budget.charge, 0) == TOO_MANY_STEPS


def test_each_call_adds_steps_up_to_those_in_all(budget: Budget) -> None:
    left = []
    for _ in range(4):
        budget.allow_call()
        left.append(budget.steps)
    assert left == [130, 150, 150, 150]


def test_a_call_adds_steps_when_exactly_none_are_left(budget: Budget) -> None:
    budget.charge(100)
    budget.allow_call()
    assert budget.steps == 30


def test_fewer_steps_in_all_than_a_document_starts_with_add_none() -> None:
    budget = Budget(Limits(steps=100, steps_a_call=30, steps_in_all=10))
    budget.allow_call()
    assert budget.steps == 100


@pytest.mark.parametrize(("length", "steps"), [(0, 0), (63, 0), (64, 0), (65, 1), (127, 1), (128, 2), (1_500, 23)])
def test_a_text_costs_a_step_for_64_characters(budget: Budget, length: int, steps: int) -> None:
    budget.text(length)
    assert budget.steps == 100 - steps


def test_a_text_over_the_limit(budget: Budget) -> None:
    assert refused(budget.text, 1_501) == ("PM402", "a text of 1,501 characters is over the limit of 1,500", ())
    assert budget.steps == 100


def test_a_short_text_is_never_over_the_limit() -> None:
    assert Budget(Limits()).cheap == 1024
    assert Budget(Limits(string=10)).cheap == 10


@pytest.mark.parametrize(("count", "steps"), [(0, 0), (7, 0), (8, 1), (800, 100)])
def test_a_list_costs_a_step_for_eight_elements(budget: Budget, count: int, steps: int) -> None:
    budget.items(count)
    assert budget.steps == 100 - steps


def test_a_list_over_the_limit(budget: Budget) -> None:
    assert refused(budget.items, 2_001) == ("PM403", "a list of 2,001 elements is over the limit of 2,000", ())
    assert budget.steps == 100
    assert refused(budget.items, 2_000) == TOO_MANY_STEPS


def test_a_loop(budget: Budget) -> None:
    budget.loop(2_000)
    assert budget.steps == 100
    assert refused(budget.loop, 2_001) == ("PM403", "a loop of 2,001 rounds is over the limit of 2,000", ())


def test_a_result(budget: Budget) -> None:
    budget.result(1_000)
    assert refused(budget.result, 1_001) == (
        "PM405",
        "the result has 1,001 characters, over the limit of 1,000",
        (),
    )


def test_all_results_together(budget: Budget) -> None:
    everything = ("PM406", "the results of all calls together are over the limit", ())
    budget.result(1_000)
    budget.result(1_000)
    budget.result(500)
    assert budget.output == 0
    assert refused(budget.result, 1) == everything
    assert budget.output == -1
    assert refused(budget.result, 0) == everything
