"""The author's text goes in, its directives come out, with their places in the author's files.

What is proposed here is not the last word: pandoc tells where each stands. To read in this order: ``dialect``,
``manuscript`` (the text of all inputs), ``directives`` (what is found), ``containers`` and ``verbatim`` (what the lines
of Markdown stand in, roughly), ``scanner`` (which finds it).
"""

from .dialect import DEFAULTS, Syntax, is_script, parse_format, switches
from .directives import (
    BEGIN,
    CALL,
    COMMENT,
    DEFINE,
    END,
    FAULT,
    ITSELF,
    MISS,
    NOTE,
    USE,
    Directive,
    check_pairs,
    name_of,
)
from .manuscript import Input, Manuscript, input_of, read_input, text_of, write_standard_output
from .scanner import scan
