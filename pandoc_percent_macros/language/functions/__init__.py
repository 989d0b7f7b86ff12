"""The functions of the language, and what they may ask of the outside.

Values go in and come out. To read in this order: ``entry`` (what a function is, and what it may ask of the document and
the format), ``text``, ``numeric``, ``lists``, ``lookup``, ``markup`` (the functions by kind: each file ends in its
entries). Below is the table of them all by name. A new function is an entry in one file.
"""

from .entry import LIST, RESULT, SCALAR, TRUTH, Code, Counters, Environment, Frame, Function, Operation, Run, World
from .lists import LISTS
from .lookup import TABLES
from .markup import MARKUP
from .numeric import NUMBERS
from .text import TEXTS

FUNCTIONS = {each.name: each for each in (*TEXTS, *NUMBERS, *LISTS, *TABLES, *MARKUP)}
