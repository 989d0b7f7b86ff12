"""From the text of definitions and calls to trees.

A ``Source`` goes in; a ``Macro`` with its tree, or a ``Call`` with its arguments, comes out. To read in this order:
``calls`` (a call in the document's text), ``lexer`` (tokens of code), ``nodes`` (the tree), ``literals``, ``macros``,
``parser`` (code), ``definitions`` (whole definitions and libraries).
"""
