"""Context, as Perl has it (perldata): an expression is evaluated for one value, or for a list of any number.

Which of the two an expression yields is told by its form, as far as that goes.
"""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from ..functions.table import FUNCTIONS
from ..syntax.nodes import Array, Block, CallExpression, Chain, Choice, List, Logic, Range, Slice

if TYPE_CHECKING:
    from ..syntax.nodes import Expression


def gives_list(node: Expression) -> bool:
    """Whether an expression is one of lists. A call of a macro is not, whatever it may return."""
    match node:
        case Array() | Slice() | Range() | Block():
            return True
        case List(items=items):
            return len(items) != 1 or gives_list(items[0])
        case Choice(cases=cases, otherwise=otherwise):
            return gives_list(otherwise) or any(gives_list(value) for _, value in cases)
        case Logic(rest=rest):
            return gives_list(rest[-1][1])
        case Chain(first=List(), rest=(("x", _),)):
            return True
        case CallExpression(name=name, arguments=arguments):
            function = FUNCTIONS.get(name)
            if function is None or not function.gives_list:
                return False
            return function.scalar is None or any(map(gives_list, arguments))
    return False


def spreads(node: Expression) -> bool:
    """Whether an expression may yield something else in list context than the one value of scalar context."""
    match node:
        case List(items=(item,)):
            return spreads(item)
        case Choice(cases=cases, otherwise=otherwise):
            return spreads(otherwise) or any(spreads(value) for _, value in cases)
        case Logic(rest=rest):
            return spreads(rest[-1][1])
        case CallExpression(name=name):
            return name not in FUNCTIONS or FUNCTIONS[name].gives_list
    return gives_list(node)
