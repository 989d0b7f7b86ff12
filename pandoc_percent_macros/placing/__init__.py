"""Where on its pages a document's calls paint, and how they are moved: its command line goes in, boxes come out.

``pages`` tells what is in a PDF, ``build`` makes one; here they come together in one process, as often as asked. In the
order in which to read: ``placed`` (a document and its boxes), and for what moves them ``quantities`` and ``candidates``
(the numbers of a call), ``trials`` (boxes with other numbers), ``solving``, ``rewriting``, ``wishes``, ``finding``,
``refusing``, ``planning``, and ``move``, all of it together.
"""
