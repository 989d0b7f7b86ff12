"""Macros for pandoc documents: ``%%name(…)`` lines become LaTeX, HTML or pandoc elements.

Pandoc's JSON goes in and comes out of ``filter``; ``cli`` is for authors. Read ``base`` first, then ``language`` (what
a macro says), ``document`` (where it is called) and ``filter`` (how the two meet); docs/architecture.md has the map.
"""

__version__ = "0.1.1"
# The commands of ``percent-macros``, in the order in which its help lists them; each is cli/NAME_command.py.
COMMANDS = ("check", "list", "call", "expand", "explain", "build", "watch", "lift", "setup")
