"""How diagnostics are shown: faults go in, text comes out.

``terminal`` is the form that people read, ``forms`` has those for programs and the table of all; ``codes`` is the
table of all codes, which the reference is made from.
"""
