"""Where on its pages a document's calls paint: its command line goes in, boxes come out.

``pages`` tells what is in a PDF, ``build`` makes one; here they come together, in one process, as often as asked.
"""
