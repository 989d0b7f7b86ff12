"""The preview: a command line of pandoc's goes in, a page in the browser comes out that shows the document live.

To read in this order: ``listening`` (what a build tells), ``board`` (what every window is told), ``drawn`` (pages
drawn), ``views`` (what there is to see, as data), ``worker`` (the thread that builds, and changes the author's files),
``guard`` (who may ask), ``server`` (what may be asked), ``running`` (all of it together). The page itself is in
``page/``.
"""
