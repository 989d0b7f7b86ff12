"""From how a box moves with each of some numbers to the change of the numbers that moves it as asked.

A box is four numbers: x0, y0, x1, y1. A column says by how much each of them changes with a number; what is asked for
are rows, each a sum of them with weights, and a value for each row. All lengths are in millimetres.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

Column = tuple[float, ...]  # of a number: the change of x0, y0, x1, y1 for one unit of it
Row = tuple[float, ...]  # weights of x0, y0, x1, y1

LEFT: Row = (1, 0, 0, 0)
TOP: Row = (0, 1, 0, 0)
RIGHT: Row = (0, 0, 1, 0)
BOTTOM: Row = (0, 0, 0, 1)
WIDTH: Row = (-1, 0, 1, 0)

_NOTHING = 1e-3  # millimetres that are none: what a PDF rounds places to
_MOST = 4  # numbers that are changed together
_DIGITS = 6  # after the point, at most


@dataclass(frozen=True)
class Weighed:
    """A number that may be changed."""

    column: Column
    step: float  # of it: about a millimetre
    burden: int  # how unwelcome a change of it is


@dataclass(frozen=True)
class Solution:
    """Which numbers change, and by how much."""

    chosen: tuple[int, ...]
    changes: tuple[float, ...]


def rows_of(column: Column, rows: Sequence[Row]) -> list[float]:
    """Return by how much each row changes with a number."""
    return [sum(weight * each for weight, each in zip(row, column, strict=True)) for row in rows]


def solved(columns: Sequence[Column], rows: Sequence[Row], wanted: Sequence[float]) -> list[float] | None:
    """Return the change of each number that comes nearest to what is wanted; None where it is not just one.

    Args:
        columns: of the numbers, at most as many as there are rows.
        rows: what is asked for.
        wanted: by how much each row is to change.
    """
    sides = [rows_of(each, rows) for each in columns]
    lengths = [math.hypot(*each) for each in sides]
    if not all(lengths):
        return None
    # Normal equations of columns that are one long: there are at most four.
    sides = [[value / length for value in side] for side, length in zip(sides, lengths, strict=True)]
    matrix = [[*(_dot(one, other) for other in sides), _dot(one, wanted)] for one in sides]
    found = _eliminated(matrix)
    return None if found is None else [value / length for value, length in zip(found, lengths, strict=True)]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _eliminated(matrix: list[list[float]]) -> list[float] | None:
    """Return the solution of equations whose matrix is positive, or None where it is nearly singular."""
    size = len(matrix)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(matrix[row][at]))
        matrix[at], matrix[pivot] = matrix[pivot], matrix[at]
        if abs(matrix[at][at]) < 1e-4:
            return None
        for row in range(size):
            if row != at:
                factor = matrix[row][at] / matrix[at][at]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[at], strict=True)]
    return [matrix[at][size] / matrix[at][at] for at in range(size)]


def solutions(numbers: Sequence[Weighed], rows: Sequence[Row], wanted: Sequence[float]) -> list[Solution]:
    """Return the changes of up to four numbers that give what is wanted, the best first.

    That is one without defaults that have to be written out, of few numbers, each of which moves along one axis.
    """
    near = 0.02 + 0.0005 * max(map(abs, wanted), default=0)
    useful = [at for at, each in enumerate(numbers) if math.hypot(*rows_of(each.column, rows)) * each.step > _NOTHING]
    found = []
    for count in range(1, min(_MOST, len(useful), len(rows)) + 1):
        for chosen in combinations(useful, count):
            changes = solved([numbers[at].column for at in chosen], rows, wanted)
            solution = Solution(chosen, tuple(changes or ()))
            if changes and max(map(abs, left(numbers, solution, rows, wanted))) <= near:
                found.append(solution)
    return sorted(found, key=lambda each: _price(numbers, each))


def _price(numbers: Sequence[Weighed], solution: Solution) -> tuple[float, ...]:
    """Return what a change costs, the most important first."""
    chosen = [numbers[at] for at in solution.chosen]
    pairs = list(zip(chosen, solution.changes, strict=True))
    burden = sum(each.burden for each in chosen)
    crooked = sum(_is_crooked(each.column) for each in chosen)
    moved = math.hypot(*(sum(each.column[side] * change for each, change in pairs) for side in (0, 1)))
    change = sum(abs(change) / each.step for each, change in pairs)
    return burden, len(chosen), crooked, round(moved, 2), round(change, 1), *solution.chosen


def _is_crooked(column: Column) -> bool:
    """Return whether a number moves a box along both axes."""
    across, down = max(map(abs, column[::2])), max(map(abs, column[1::2]))
    return min(across, down) > 0.01 * max(across, down)


def left(numbers: Sequence[Weighed], solution: Solution, rows: Sequence[Row], wanted: Sequence[float]) -> list[float]:
    """Return what a change leaves of what is wanted."""
    rest = list(wanted)
    for at, change in zip(solution.chosen, solution.changes, strict=True):
        rest = [value - change * side for value, side in zip(rest, rows_of(numbers[at].column, rows), strict=True)]
    return rest


def direction(columns: Sequence[Column], steps: Sequence[float]) -> tuple[float, float] | None:
    """Return the one direction, of length 1, in which numbers move a box without changing its size; None for none.

    Args:
        columns: of the numbers.
        steps: of each of them, about a millimetre.
    """
    moving = [
        (column[0], column[1])
        for column, step in zip(columns, steps, strict=True)
        if math.hypot(column[0], column[1]) * step > _NOTHING
        and math.hypot(column[2] - column[0], column[3] - column[1]) < 0.02 * math.hypot(column[0], column[1])
    ]
    if not moving:
        return None
    longest = max(moving, key=lambda each: math.hypot(*each))
    x, y = (each / math.hypot(*longest) for each in longest)
    if any(abs(x * b - y * a) > 0.01 * math.hypot(a, b) for a, b in moving):
        return None
    return (x, y) if (x, y) >= (0, 0) else (-x, -y)


def digits(
    sides: Sequence[Sequence[float]], values: Sequence[float], rest: Sequence[float], most: float
) -> Iterator[tuple[int, ...]]:
    """Yield how many digits after the point numbers can have so that rounding does little harm, the fewest first.

    Args:
        sides: of each number, by how much each row changes with it.
        values: the numbers.
        rest: what these values leave of what is wanted.
        most: how much the rounded ones may leave.
    """
    rated = []
    for counts in product(range(_DIGITS + 1), repeat=len(values)):
        errors = list(rest)
        for side, value, count in zip(sides, values, counts, strict=True):
            change = float(f"{value:.{count}f}") - value
            errors = [error - change * each for error, each in zip(errors, side, strict=True)]
        worst = max(map(abs, errors))
        if worst <= most:
            rated.append((sum(counts), worst, counts))
    yield from (counts for _, _, counts in sorted(rated))
