"""Values, and Perl's operations on them, paid for from a budget.

Values go in and come out; a fault is raised without a place. To read in this order: ``budget`` (limits, and the account
of a document), ``numbers`` (Perl's arithmetic), ``pieces`` (what a value is, content, and results), ``operators``,
``tables``, ``sprintf``.
"""

from .budget import DEFAULTS, Budget, Limits
from .numbers import HIGHEST, Number, clamp, integer, number_text, parse_number, signed
from .operators import SPACE, concatenate, element, number_of, quoted, repeat
from .pieces import (
    DIV,
    SPAN,
    Attributes,
    Content,
    Given,
    Markdown,
    Native,
    Piece,
    Raw,
    Result,
    Text,
    Value,
    Wrapped,
    every,
    filtered,
    length_of,
    text_of,
    truth,
)
from .tables import Table, entries, entry, pairs, set_entry, table_of
