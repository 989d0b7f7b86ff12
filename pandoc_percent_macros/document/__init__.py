"""The document side: directives in Markdown text, pandoc's elements, and results in their place.

An author's text and pandoc's elements go in, the elements with every call expanded come out. To read in this order:
``elements`` (pandoc's, as dictionaries), ``source`` (directives in a text), ``work`` (a document on its way),
``transport`` (from the text to the elements), ``expansion`` (from places to results).
"""
