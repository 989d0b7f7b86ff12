"""The syntax tree of a code body. Every node knows where it stands: offsets into the source of its macro.

Operators of one precedence that associate to the left stand side by side in one node, not nested: a chain
of 100,000 terms is one node deep.
"""

from __future__ import annotations

from ...base import TYPE_CHECKING, Record, Source, Span

if TYPE_CHECKING:
    from typing import Any, TypeAlias

Expression: TypeAlias = (
    "Literal | Interpolated | Scalar | Array | Hash | Count | Element | Entry | Capture | Slice | List | Unary | Chain"
    " | Power | Logic | Comparison | Range | Choice | FunctionCall | MacroCall | Block | Pattern | Match | Substitution"
    " | Transliteration | Let | Call"
)
Statement: TypeAlias = "Declare | Assign | Return | If | For | Jump | Evaluate"
Target: TypeAlias = "Scalar | Array | Hash | Element | Entry"
Part: TypeAlias = "Literal | Scalar | Array | Capture | Call"  # of a text
# What an argument of a call in a text stands for: a text; with a call in it, or in a template, such parts of one.
Written: TypeAlias = "str | Literal | Scalar | Interpolated | Call"

UNRESOLVED = -1


class Node(Record):
    """What every node has: where it stands in the text of its macro."""

    start: int  # offsets
    end: int


class Name(Node):
    """A node that names a variable, or what the last match found. Its last field, ``slot``, is its place in the frame.

    The checker fills it in, once and always alike, as Starlark's resolver does; all else of a tree never changes.
    """

    def resolve(self, slot: int) -> None:
        """Say which place of the frame the variable has."""
        self._setters[-1](self, slot)


class Literal(Node):
    value: str | int | float | None


class Scalar(Name):
    """``$name``"""

    name: str
    slot: int = UNRESOLVED


class Array(Name):
    """``@name``; in a string it is text where no such array is declared."""

    name: str
    slot: int = UNRESOLVED


class Hash(Name):
    """``%name``"""

    name: str
    slot: int = UNRESOLVED


class Count(Name):
    """``$#name``: the last index of an array."""

    name: str
    slot: int = UNRESOLVED


class Element(Name):
    """``$name[index]``"""

    name: str
    index: Expression
    slot: int = UNRESOLVED


class Entry(Name):
    """``$name{key}``"""

    name: str
    key: Expression
    slot: int = UNRESOLVED


class Capture(Name):
    """``$1``, or ``$&`` (number 0); in a string it is text where no pattern is matched."""

    number: int
    slot: int = UNRESOLVED


class Slice(Node):
    """``@name[indexes]``, ``(list)[indexes]`` or ``@name{keys}``"""

    source: Array | List | Hash
    indexes: Expression


class Interpolated(Node):
    """``"text $name @name"``, or text in an argument of a call with calls in it"""

    parts: tuple[Part, ...]


class List(Node):
    """``(a, b, …)``, ``qw(a b)``, or the same without parentheses after ``return``."""

    items: tuple[Expression, ...]


class Unary(Node):
    """``-x``, ``+x``, ``!x``, ``not x``"""

    operator: str
    operand: Expression


class Chain(Node):
    """``first op operand op operand …`` with ``+ - .`` or ``* / % x``"""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


class Power(Node):
    """``a ** b ** c``, the right ones first"""

    operands: tuple[Expression, ...]


class Logic(Node):
    """``&&``; ``||`` and ``//``; ``and``; ``or``: the rest is evaluated only as far as needed."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


class Comparison(Node):
    """``a < b``, also chained as in Perl: ``a < b <= c``"""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


class Range(Node):
    """``low .. high``"""

    low: Expression
    high: Expression


class Choice(Node):
    """``condition ? value : condition ? value : … : otherwise``"""

    cases: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression


class FunctionCall(Node):
    """A call of a function of the language."""

    name: str
    name_end: int
    arguments: tuple[Expression, ...]


class MacroCall(Node):
    """A call of a macro in code: ``name(a, b, parameter => c)`` or ``&name(…)``."""

    name: str
    name_end: int
    arguments: tuple[Expression, ...]
    named: tuple[Named, ...]


class Named(Node):
    """``parameter => value`` among the arguments of a macro."""

    name: str
    value: Expression


class Block(Node):
    """``map { … } list``, and the same with ``grep`` and ``sort``: the value for each element."""

    name: str
    variables: tuple[Scalar, ...]  # ``$_``, or ``$a`` and ``$b``
    body: Body
    source: List


class Pattern(Node):
    """``/…/flags``: the text of a regular expression, with what is put into it."""

    parts: tuple[Expression | Quoted, ...]
    flags: str


class Quoted(Node):
    """``\\Q…\\E`` in a pattern: text that stands for itself."""

    parts: tuple[Part, ...]


class Match(Name):
    """``target =~ /…/``; the slot is that of what the macro's last match found."""

    target: Expression
    negated: bool
    pattern: Pattern
    slot: int = UNRESOLVED


class Substitution(Name):
    """``target =~ s/…/…/flags``; the slot is that of what the macro's last match found."""

    target: Expression
    pattern: Pattern
    replacement: Expression
    slot: int = UNRESOLVED


class Transliteration(Node):
    """``target =~ tr/…/…/flags``"""

    target: Expression
    searched: str  # as written
    replacement: str
    flags: str


class Let(Node):
    """``(my $v = …)``: a declaration as an expression, whose value is that of what it declares."""

    declaration: Declare


class Declare(Node):
    """``my $v = …``, ``my @l = …``, ``my %h = …``, ``my ($a, @l) = …``; without a value it declares alone."""

    names: tuple[Scalar | Array | Hash, ...]
    several: bool  # in parentheses: the value is a list
    value: Expression | None


class Assign(Node):
    """``target op value``, with ``=``, ``.=``, …; ``++`` and ``--`` before or behind the target have the value 1."""

    target: Target
    operator: str
    value: Expression
    postfix: bool = False


class Return(Node):
    value: Expression | None


class Body(Node):
    """Statements between braces, or those of a whole macro."""

    statements: tuple[Statement, ...]


class If(Node):
    """Conditions with what is done where they hold, in order; ``unless`` is a negated one."""

    cases: tuple[tuple[Expression, bool, Body], ...]  # condition, negated, body
    otherwise: Body | None


class For(Node):
    """``for my $name (list) { … }``"""

    variable: Scalar
    source: Expression
    body: Body


class Jump(Node):
    """``last`` or ``next``"""

    word: str


class Evaluate(Node):
    """An expression as a statement."""

    value: Expression


class Argument:
    """One argument, read in both ways: as it stands, and, where it has the form ``name=value``, as a named one.

    Only the macro tells which reading holds: the second does if it has a parameter of that name. Never changed once it
    is made; no record, because there are more of them than of anything else.
    """

    __slots__ = ("end", "name", "source", "start", "text", "value")

    def __init__(
        self, text: Written, source: Source, start: int, end: int, name: str | None = None, value: Written | None = None
    ) -> None:
        self.text = text
        self.source = source
        self.start = start  # of the argument, without the spaces around it
        self.end = end
        self.name = name  # with `_` for each `-`
        self.value = value

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)


class Call(Node):
    """A call as it stands in the document, in an argument of another call, or in a template."""

    name: str
    source: Source
    name_start: int
    arguments: tuple[Argument, ...] = ()
    has_body: bool = False  # it is a %%begin, whose body the document holds
    depth: int = 0  # how deep calls nest in its arguments
    bound: object = None  # the macro that the check has bound it to before anything runs; None until then
    values: tuple[Any, ...] | None = None  # of the macro's parameters, as `bind` returned them

    @property
    def span(self) -> Span:
        return Span(self.source, self.start, self.end)

    @property
    def name_span(self) -> Span:
        return Span(self.source, self.name_start, self.name_start + len(self.name))

    def resolve(self, macro: object, values: tuple[Any, ...]) -> None:
        """Note the macro that the call is bound to, and the values of its parameters."""
        self._setters[-2](self, macro)
        self._setters[-1](self, values)

    def with_arguments(self, arguments: tuple[Argument, ...]) -> Call:
        """Return the call as if it had other arguments, not bound to a macro."""
        return self.replace(arguments=arguments, bound=None, values=None)
