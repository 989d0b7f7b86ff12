"""The functions of the language, and what they may ask of the outside.

Values go in and come out. To read in this order: ``entry`` (what a function is), ``environment`` (the document and the
format, as far as functions may ask), ``text``, ``numeric``, ``lists``, ``markup`` (the functions by kind: each file
ends in its entries), ``table`` (all of them by name). A new function is an entry in one file.
"""
