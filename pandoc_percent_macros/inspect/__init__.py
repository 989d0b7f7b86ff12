"""What there is to know of an author's document: its macros, its calls, what they return, what is wrong with them.

What goes in is what pandoc would be given: options and files. ``loading`` reads and expands that document in this
process, instead of in a filter below pandoc; all else asks it. Then in any order: ``checks`` (what is wrong) with
``pictures``, ``divs``, ``misread`` and ``columns``, ``listing`` (the macros), ``explaining`` (how a call comes to its
result).
"""
