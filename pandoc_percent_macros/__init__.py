"""Macros for pandoc documents: ``%%name(…)`` lines become LaTeX, HTML or pandoc elements."""

__version__ = "0.1.0"
# The commands of ``percent-macros``, in the order in which its help lists them; each is cli/NAME_command.py.
COMMANDS = ("check", "list", "call", "expand", "explain", "build", "watch", "lift", "setup")
