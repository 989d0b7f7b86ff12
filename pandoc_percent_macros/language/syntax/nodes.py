"""The syntax tree of a code body. Every node knows where it stands: offsets into the source of its macro.

Operators of one precedence that associate to the left stand side by side in one node, not nested: a chain
of 100,000 terms is one node deep.
"""

from __future__ import annotations

from ...base.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from typing import TypeAlias

    Expression: TypeAlias = (
        "Literal | Interpolated | Scalar | Array | Count | Element | Slice | List | Unary | Chain | Power | Logic"
        " | Comparison | Range | Choice | Invocation | Block"
    )
    Statement: TypeAlias = "Declare | Assign | Return | If | For | Jump | Evaluate"
    Target: TypeAlias = "Scalar | Array | Element"


class Literal(Record):
    start: int
    end: int
    value: str | int | float | None


class Scalar(Record):
    """``$name``"""

    start: int
    end: int
    name: str


class Array(Record):
    """``@name``; in a string it is text where no such array is declared."""

    start: int
    end: int
    name: str


class Count(Record):
    """``$#name``: the last index of an array."""

    start: int
    end: int
    name: str


class Element(Record):
    """``$name[index]``"""

    start: int
    end: int
    name: str
    index: Expression


class Slice(Record):
    """``@name[indexes]`` or ``(list)[indexes]``"""

    start: int
    end: int
    source: Array | List
    indexes: Expression


class Interpolated(Record):
    """``"text $name @name"``"""

    start: int
    end: int
    parts: tuple[Literal | Scalar | Array, ...]


class List(Record):
    """``(a, b, …)``, ``qw(a b)``, or the same without parentheses after ``return``."""

    start: int
    end: int
    items: tuple[Expression, ...]


class Unary(Record):
    """``-x``, ``+x``, ``!x``, ``not x``"""

    start: int
    end: int
    operator: str
    operand: Expression


class Chain(Record):
    """``first op operand op operand …`` with ``+ - .`` or ``* / % x``"""

    start: int
    end: int
    first: Expression
    rest: tuple[tuple[str, Expression], ...]


class Power(Record):
    """``a ** b ** c``, the right ones first"""

    start: int
    end: int
    operands: tuple[Expression, ...]


class Logic(Record):
    """``&&``; ``||`` and ``//``; ``and``; ``or``: the rest is evaluated only as far as needed."""

    start: int
    end: int
    first: Expression
    rest: tuple[tuple[str, Expression], ...]


class Comparison(Record):
    """``a < b``, also chained as in Perl: ``a < b <= c``"""

    start: int
    end: int
    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


class Range(Record):
    """``low .. high``"""

    start: int
    end: int
    low: Expression
    high: Expression


class Choice(Record):
    """``condition ? value : condition ? value : … : otherwise``"""

    start: int
    end: int
    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


class Invocation(Record):
    """A call of a function or a macro in code."""

    start: int
    end: int
    name: str
    name_end: int
    arguments: tuple[Expression, ...]


class Block(Record):
    """``map { value } list``, and the same with ``grep`` and ``sort``: the value for each element."""

    start: int
    end: int
    name: str
    value: Expression
    source: List


class Declare(Record):
    """``my $v = …``, ``my @l = …``, ``my ($a, @l) = …``; without a value it declares alone."""

    start: int
    end: int
    names: tuple[Scalar | Array, ...]
    several: bool  # in parentheses: the value is a list
    value: Expression | None


class Assign(Record):
    """``target op value``, with ``=``, ``.=``, …"""

    start: int
    end: int
    target: Target
    operator: str
    value: Expression


class Return(Record):
    start: int
    end: int
    value: Expression | None


class Body(Record):
    """Statements between braces, or those of a whole macro."""

    start: int
    end: int
    statements: tuple[Statement, ...]


class If(Record):
    """Conditions with what is done where they hold, in order; ``unless`` is a negated one."""

    start: int
    end: int
    cases: tuple[tuple[Expression, bool, Body], ...]  # condition, negated, body
    otherwise: Body | None


class For(Record):
    """``for my $name (list) { … }``"""

    start: int
    end: int
    variable: Scalar
    source: Expression
    body: Body


class Jump(Record):
    """``last`` or ``next``"""

    start: int
    end: int
    word: str


class Evaluate(Record):
    """An expression as a statement."""

    start: int
    end: int
    value: Expression
