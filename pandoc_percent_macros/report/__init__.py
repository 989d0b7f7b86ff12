"""How diagnostics are shown: faults go in, text comes out.

``codes`` is the table of all codes; ``terminal`` is the form that people read; the others are forms for programs.
"""
