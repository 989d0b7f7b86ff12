"""Pandoc as a program: where it is, what it was asked to do, and what it makes of a text.

What goes in is the command line of a pandoc, the one above this process or one that the author gave; what comes out
is an ``Invocation``, and documents as pandoc's JSON has them: a mapping of ``pandoc-api-version``, ``meta`` and
``blocks``, whose elements ``document.elements`` describes.

In the order in which to read them: ``command_line`` (options and defaults files), ``parent`` (the pandoc above us),
``invocation`` (what it was asked to do), ``executable`` (running pandoc), ``schema`` (what a document looks like).
"""

from .command_line import FILES, INCLUDED, LONG_NAMES, Option, load_defaults, parse, user_data_directories, writer_of
from .executable import find_pandoc, read, read_again, write, write_bytes
from .formats import BINARY, FAMILIES, USUAL, Format
from .invocation import Invocation, header_text, metadata, understand, understood
from .parent import Process, end_with_it
