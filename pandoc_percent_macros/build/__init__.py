"""From a command line of pandoc's to a finished file.

``request`` says what is to be built, ``conversion`` runs pandoc, ``builder`` runs LaTeX as often as it takes,
``outputs`` publishes the result whole or not at all. ``dependencies`` and ``watching`` build again on a change.
"""
