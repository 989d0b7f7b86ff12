"""Tokens in pandoc's elements go in, the document with every call expanded comes out.

To read in this order: ``placeholders`` (the places of tokens), ``libraries`` and
``named_libraries``, ``python_macros`` and ``program`` (what
is called), ``results`` and ``preamble`` (what becomes of results), ``expansion`` (evaluates, and puts results in their
places), ``identifiers``, ``marks``, and ``expanding``, the sequence of it all.
"""

from .expanding import Processed, expand
from .expansion import DocumentEnvironment, Expansion
from .libraries import PATH_VARIABLE, PRELUDE, library_files, outside_prelude, prelude, used
from .placeholders import Placer
from .preamble import FIELD, Preamble
from .results import HTML_BLOCK, Elements, as_latex
