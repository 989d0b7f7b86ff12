"""Context, as Perl has it (perldata): an expression is evaluated for one value, or for a list of any number.

Which of the two an expression yields is told by its form, as far as that goes.
"""

from ..functions import FUNCTIONS
from ..syntax import nodes


def gives_list(node: nodes.Expression) -> bool:
    """Whether an expression is one of lists. A call of a macro is not, whatever it may return."""
    match node:
        case nodes.Array() | nodes.Hash() | nodes.Slice() | nodes.Range() | nodes.Block():
            return True
        case nodes.Match(negated=negated):
            return not negated
        case nodes.Let(declaration=declaration):
            return declaration.several or not isinstance(declaration.names[0], nodes.Scalar)
        case nodes.List(items=items):
            return len(items) != 1 or gives_list(items[0])
        case nodes.Choice(cases=cases, otherwise=otherwise):
            return gives_list(otherwise) or any(gives_list(value) for _, value in cases)
        case nodes.Logic(rest=rest):
            return gives_list(rest[-1][1])
        case nodes.Chain(first=nodes.List(), rest=(("x", _),)):
            return True
        case nodes.FunctionCall(name=name):
            return FUNCTIONS[name].gives_list
    return False


def spreads(node: nodes.Expression) -> bool:
    """Whether an expression may yield something else in list context than the one value of scalar context."""
    match node:
        case nodes.List(items=(item,)):
            return spreads(item)
        case nodes.Choice(cases=cases, otherwise=otherwise):
            return spreads(otherwise) or any(spreads(value) for _, value in cases)
        case nodes.Logic(rest=rest):
            return spreads(rest[-1][1])
        case nodes.MacroCall():
            return True
        case nodes.FunctionCall(name=name):
            return FUNCTIONS[name].gives_list
    return gives_list(node)
