"""From the text of definitions and calls to trees.

A ``Source`` goes in; a ``Macro`` with its tree, or a ``Call`` with its arguments, comes out. To read in this order:
``nodes`` (the tree), ``calls`` (a call in a text), ``macros``, ``templates``, ``lexer`` (tokens of code), ``literals``,
``expression_parser`` and ``parser`` (code), ``definitions`` (whole definitions and libraries); ``texts`` (which text of
a call gave what).
"""

from .calls import calls_in, parse_call, scan_call, variables_in
from .definitions import end_of_definition, parse_definition, parse_library
from .lexer import KEYWORDS
from .macros import BODY, Macro, NativeMacro, Parameter, Template, amount, amounts, defined, single
from .nodes import Argument, Call, Literal, MacroCall, Node, Written
from .templates import Text, read_template
