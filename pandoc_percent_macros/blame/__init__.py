"""From an error of LaTeX's to the line of the author's that caused it.

What goes in is a ``Failure``: the log and the LaTeX of a run, and the means to convert and to typeset once more. What
comes out are diagnostics. In the order in which to read: ``failure``; ``log`` (what LaTeX said) and ``position``
(places in LaTeX, and where TeX stopped); ``marked`` (which stretch of the LaTeX came from where) and ``finder`` (where
in the LaTeX the error is); ``authors_tex`` and ``provenance`` (where that was written, in the document or in a macro),
joined in ``source_map``; ``investigation`` goes this way and weighs what it finds.

Marks are comments, ``%<PM7>`` and ``%</PM7>`` (base/tex.py). The filter's answer on them is a list in JSON with a
mapping for each number (document/expansion/marks.py writes it, ``marked.Marked`` holds it).

Of TeX's log the levels below an error count. Each is two lines: what TeX had read of a text and, below and to the right
of it, what it had not. The innermost comes first; the last one begins with ``l.`` and the number of a line of the file.
"""

from .failure import Attempt, Failure, MarkedDocument
