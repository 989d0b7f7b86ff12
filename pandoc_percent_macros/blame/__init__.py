"""From an error of LaTeX's to the line of the author's that caused it.

A failed run goes in (``failure``), its log is read (``log``), the document is built again with marks (``marked``), and
``finder`` tells which stretch of the LaTeX is at fault. ``provenance`` and ``origins`` lead from there to what the
author wrote; ``blame`` puts it all together.
"""
