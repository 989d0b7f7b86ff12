"""The table of functions by name. A new one is an entry in the file of its kind, and nothing else."""

from __future__ import annotations

from .lists import LISTS
from .markup import MARKUP
from .numeric import NUMBERS
from .text import TEXTS

FUNCTIONS = {each.name: each for each in (*TEXTS, *NUMBERS, *LISTS, *MARKUP)}
