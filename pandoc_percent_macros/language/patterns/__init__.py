"""Perl's patterns, matched by a well-kept engine in time that is linear in the text.

A pattern and a text go in; what matched comes out, as offsets and strings. To read in this order: ``translation`` (from
Perl's notation and meaning to the engine's), ``searching`` (the engine, and what an operator does with it),
``transliteration`` (``tr``). Nothing here is loaded before a document uses a pattern.
"""
