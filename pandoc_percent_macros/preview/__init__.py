"""The preview: a command line of pandoc's goes in, a page in the browser comes out that shows the document live.

To read in this order: ``listening`` (what a build tells), ``board`` (what every window is told), ``drawn`` (pictures of
pages), ``views`` (what there is to see, as data), ``looking`` (what takes longer to see), ``editing`` (changes of the
author's files), ``shown`` with ``paged`` and ``web`` (a document, by LaTeX or in HTML), ``worker`` (the thread that
builds it), ``guard`` (who may ask), ``server`` (what may be asked), ``running`` (all of it together). The page is
in ``page/``: ``main.mjs`` first.
"""
