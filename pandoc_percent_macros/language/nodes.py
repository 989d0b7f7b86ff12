"""The syntax tree of a code body. Every node knows where it stands: offsets into the source of its macro.

Operators of one precedence that associate to the left stand side by side in one node, not nested: a chain
of 100,000 terms is one node deep.
"""

from __future__ import annotations

from ..records import TYPE_CHECKING, record

if TYPE_CHECKING:
    from typing import TypeAlias

    Expression: TypeAlias = (
        "Literal | Interpolated | Scalar | Array | Count | Element | Slice | List | Unary | Chain | Power | Logic"
        " | Comparison | Range | Choice | Invocation | Block"
    )
    Statement: TypeAlias = "Declare | Assign | Return | If | For | Jump | Evaluate"
    Target: TypeAlias = "Scalar | Array | Element"


@record
class Literal:
    start: int
    end: int
    value: str | int | float | None


@record
class Scalar:
    """``$name``"""

    start: int
    end: int
    name: str


@record
class Array:
    """``@name``; in a string it is text where no such array is declared."""

    start: int
    end: int
    name: str


@record
class Count:
    """``$#name``: the last index of an array."""

    start: int
    end: int
    name: str


@record
class Element:
    """``$name[index]``"""

    start: int
    end: int
    name: str
    index: Expression


@record
class Slice:
    """``@name[indexes]`` or ``(list)[indexes]``"""

    start: int
    end: int
    source: Array | List
    indexes: Expression


@record
class Interpolated:
    """``"text $name @name"``"""

    start: int
    end: int
    parts: tuple[Literal | Scalar | Array, ...]


@record
class List:
    """``(a, b, …)``, ``qw(a b)``, or the same without parentheses after ``return``."""

    start: int
    end: int
    items: tuple[Expression, ...]


@record
class Unary:
    """``-x``, ``+x``, ``!x``, ``not x``"""

    start: int
    end: int
    operator: str
    operand: Expression


@record
class Chain:
    """``first op operand op operand …`` with ``+ - .`` or ``* / % x``"""

    start: int
    end: int
    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@record
class Power:
    """``a ** b ** c``, the right ones first"""

    start: int
    end: int
    operands: tuple[Expression, ...]


@record
class Logic:
    """``&&``; ``||`` and ``//``; ``and``; ``or``: the rest is evaluated only as far as needed."""

    start: int
    end: int
    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@record
class Comparison:
    """``a < b``, also chained as in Perl: ``a < b <= c``"""

    start: int
    end: int
    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


@record
class Range:
    """``low .. high``"""

    start: int
    end: int
    low: Expression
    high: Expression


@record
class Choice:
    """``condition ? value : condition ? value : … : otherwise``"""

    start: int
    end: int
    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


@record
class Invocation:
    """A call of a function or a macro in code."""

    start: int
    end: int
    name: str
    name_end: int
    arguments: tuple[Expression, ...]


@record
class Block:
    """``map { value } list``, and the same with ``grep`` and ``sort``: the value for each element."""

    start: int
    end: int
    name: str
    value: Expression
    source: List


@record
class Declare:
    """``my $v = …``, ``my @l = …``, ``my ($a, @l) = …``; without a value it declares alone."""

    start: int
    end: int
    names: tuple[Scalar | Array, ...]
    several: bool  # in parentheses: the value is a list
    value: Expression | None


@record
class Assign:
    """``target op value``, with ``=``, ``.=``, …"""

    start: int
    end: int
    target: Target
    operator: str
    value: Expression


@record
class Return:
    start: int
    end: int
    value: Expression | None


@record
class Body:
    """Statements between braces, or those of a whole macro."""

    start: int
    end: int
    statements: tuple[Statement, ...]


@record
class If:
    """Conditions with what is done where they hold, in order; ``unless`` is a negated one."""

    start: int
    end: int
    cases: tuple[tuple[Expression, bool, Body], ...]  # condition, negated, body
    otherwise: Body | None


@record
class For:
    """``for my $name (list) { … }``"""

    start: int
    end: int
    variable: Scalar
    source: Expression
    body: Body


@record
class Jump:
    """``last`` or ``next``"""

    start: int
    end: int
    word: str


@record
class Evaluate:
    """An expression as a statement."""

    start: int
    end: int
    value: Expression
