"""Macros for pandoc documents: ``%%name(…)`` lines become LaTeX, HTML or pandoc elements.

Pandoc's JSON goes in and comes out of ``filter``; ``cli`` is for authors. Read ``base`` first, then ``language`` (what
a macro says), ``document`` (where it is called) and ``filter`` (how the two meet); docs/architecture.md has the map.
"""

__version__ = "0.1.1"
# Names the file that `percent-macros build` wants the meaning of the filter's marks in.
MARKS = "PERCENT_MACROS_MARKS"
# The same for marks on the pages of the finished PDF.
PAGE_MARKS = "PERCENT_MACROS_PAGE_MARKS"
# Added to the name of the file that `build` gives pandoc for the preamble: what ought to be in that.
WANTED = ".wanted"
# Holds, as JSON, a call of the document's and what is to be read in its place: `percent-macros move` tries texts so.
INSTEAD = "PERCENT_MACROS_INSTEAD"
# The commands of ``percent-macros``, in the order in which its help lists them, and their modules in cli/.
COMMANDS = {
    "check": "check_command",
    "list": "list_command",
    "call": "call_commands",
    "expand": "expand_command",
    "explain": "call_commands",
    "build": "build_commands",
    "watch": "build_commands",
    "boxes": "page_commands",
    "preview": "preview_command",
    "move": "move_command",
    "lift": "lift_command",
    "setup": "setup_command",
}
