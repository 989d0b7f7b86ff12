"""Which numbers change, and by how much."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.placing.solving import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Column,
    Weighed,
    digits,
    direction,
    solutions,
)

MOVE = (LEFT, TOP, RIGHT, BOTTOM)
X, Y, GROWS, BOTH = (1, 0, 1, 0), (0, 1, 0, 1), (0, 0, 1, 0.75), (1, 1, 1, 1)


def best(
    columns: list[Column], wanted: tuple[float, ...], rows=MOVE, defaults: tuple[int, ...] = ()
) -> dict[int, float]:
    """Return the change of each number that changes, rounded."""
    numbers = [Weighed(each, 1, int(at in defaults)) for at, each in enumerate(columns)]
    found = solutions(numbers, rows, wanted)
    return {at: round(change, 6) for at, change in zip(found[0].chosen, found[0].changes, strict=True)} if found else {}


@pytest.mark.parametrize(
    ("columns", "wanted", "changes"),
    [
        ([X, Y, GROWS], (3, 2, 3, 2), {0: 3, 1: 2}),
        ([X, Y, GROWS], (3, 0, 3, 0), {0: 3}),
        ([BOTH, X, Y], (3, 3, 3, 3), {0: 3}),  # one number
        ([BOTH, X, Y], (3, 2, 3, 2), {1: 3, 2: 2}),  # rather along one axis each
        ([(-2, 0, -2, 0), (0, 0.01, 0, 0.01)], (3, 2, 3, 2), {0: -1.5, 1: 200}),
        ([(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)], (3, 2, 3, 2), {0: 3, 1: 2, 2: 3, 3: 2}),
        ([(-0.5, 0, 0.5, 0), Y, X], (3, 0, 3, 0), {2: 3}),
        ([GROWS, Y], (3, 0, 3, 0), {}),
        ([BOTH], (3, 2, 3, 2), {}),
        ([(0, 0, 0, 0)], (3, 2, 3, 2), {}),
        ([], (3, 2, 3, 2), {}),
    ],
)
def test_the_fewest_numbers_that_move_it_and_keep_its_size(columns, wanted, changes) -> None:
    assert best(columns, wanted) == changes


def test_defaults_come_last() -> None:
    assert best([BOTH, X, Y], (3, 3, 3, 3), defaults=(0,)) == {1: 3, 2: 3}
    assert best([BOTH, X], (3, 3, 3, 3), defaults=(0,)) == {0: 3}


def test_a_width_without_moving_the_corner() -> None:
    assert best([(1, 0, 0, 0), (0, 0, 1, 0)], (5,), rows=[WIDTH]) == {1: 5}
    assert best([(-0.5, -0.5, 0.5, 0.5)], (5,), rows=[WIDTH]) == {0: 5}


def test_the_only_direction() -> None:
    assert direction([(2, 0, 2, 0), GROWS], [1, 1]) == (1, 0)
    assert direction([(0, -3, 0, -3)], [1]) == (0, 1)
    assert direction([(-1, 1, -1, 1)], [1]) == pytest.approx((0.5**0.5, -(0.5**0.5)))
    assert direction([X, Y], [1, 1]) is None
    assert direction([GROWS], [1]) is None


def test_the_fewest_digits_that_do_little_harm() -> None:
    assert next(digits([(1, 0), (0, 1)], [87.98, 13.52], [0, 0], 0.045)) == (0, 1)
    assert next(digits([(128,)], [0.59688], [0], 0.045)) == (3,)
    assert next(digits([(1,)], [87.98], [-0.03], 0.045)) == (2,)
