"""What an expression gives, as far as its form tells: one value, or any number of them."""

from __future__ import annotations

from ...base.record import TYPE_CHECKING
from ..functions.signatures import PLURAL, PROTOTYPES
from ..syntax.nodes import Array, Block, Chain, Choice, Invocation, List, Logic, Range, Slice

if TYPE_CHECKING:
    from ..syntax.nodes import Expression


def is_plural(node: Expression) -> bool:
    """Whether an expression is one of lists. A call of a macro is not, whatever it may give."""
    match node:
        case Array() | Slice() | Range() | Block():
            return True
        case List(items=items):
            return len(items) != 1 or is_plural(items[0])
        case Choice(cases=cases, otherwise=otherwise):
            return is_plural(otherwise) or any(is_plural(value) for _, value in cases)
        case Logic(rest=rest):
            return is_plural(rest[-1][1])
        case Chain(first=List(), rest=(("x", _),)):
            return True
        case Invocation(name=name, arguments=arguments):
            return name in PLURAL or (name == "reverse" and any(map(is_plural, arguments)))
    return False


def spreads(node: Expression) -> bool:
    """Whether an expression, where a list is wanted, may give something else than the one value it gives elsewhere."""
    match node:
        case List(items=(item,)):
            return spreads(item)
        case Choice(cases=cases, otherwise=otherwise):
            return spreads(otherwise) or any(spreads(value) for _, value in cases)
        case Logic(rest=rest):
            return spreads(rest[-1][1])
        case Invocation(name=name):
            return name in PLURAL or name == "reverse" or name not in PROTOTYPES
    return is_plural(node)
