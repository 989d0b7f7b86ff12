"""What every other room stands on: it imports nothing of the package.

In the order in which to read them: ``record`` (value classes), ``source`` (texts of an author's file, and places in
them), ``fault`` (what is wrong, as data), ``pattern`` (regular expressions), ``tex`` (what TeX's text looks
like), ``stack`` (room on Python's stack).
"""
