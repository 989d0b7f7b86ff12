"""Macros for pandoc documents: ``%%name(…)`` lines become LaTeX, HTML or pandoc elements."""

__version__ = "0.1.1"
