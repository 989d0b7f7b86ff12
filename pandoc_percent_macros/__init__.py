"""Macros for pandoc documents: ``%%name(…)`` lines become LaTeX, HTML or pandoc elements.

Pandoc's JSON goes in and comes out of ``filter``; ``cli`` is for authors. Read ``base`` first, then ``language`` (what
a macro says), ``document`` (where it is called) and ``filter`` (how the two meet); docs/architecture.md has the map.
"""

__version__ = "0.1.0"
