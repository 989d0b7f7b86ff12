"""What there is to know of an author's document: its macros, its calls, what they give, what is wrong with them.

``study`` reads and expands a document in this process; all else asks it.
"""
