"""A document goes in, the same document without macros comes out: ``percent-macros expand``.

In the order in which to read: ``flattening`` (the two ways, and the proof that the text says the same), ``branches``
(results that differ between formats), ``splicing`` (results in the places of the author's text), ``escaping`` (what
pandoc's writer is not careful about).
"""
