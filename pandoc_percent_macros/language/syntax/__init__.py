"""From the text of definitions and calls to trees.

A ``Source`` goes in; a ``Macro`` with its tree, or a ``Call`` with its arguments, comes out. To read in this order:
``calls`` (a call in the document's text), ``lexer`` (tokens of code), ``nodes`` (the tree), ``literals``, ``macros``,
``parser`` (code), ``definitions`` (whole definitions and libraries).
"""

from .calls import Argument, Call, parse_call, scan_call
from .definitions import end_of_definition, parse_definition, parse_library
from .lexer import KEYWORDS
from .macros import BODY, Macro, NativeMacro, Parameter, Template, amount, amounts, defined, single
from .nodes import CallExpression, Literal, Node
