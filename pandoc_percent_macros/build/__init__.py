"""From a command line of pandoc's to a finished file.

What goes in is a ``Request``; what comes out is the file, and a ``BuildResult``. In the order in which to read:
``request`` (what is to be built), ``conversion`` (running pandoc, LaTeX kept from it), ``builder`` (running LaTeX as
often as it takes, and telling what is wrong), ``outputs`` (publishing the result whole or not at all), ``progress``
(showing how far it is). ``dependencies`` tells make what the output is made from; ``live`` builds again and again in
one process, what changed first; ``watching`` does so on each change.
"""
