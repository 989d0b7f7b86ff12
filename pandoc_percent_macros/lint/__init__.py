"""What does not fit on a document's pages: a document that is built goes in, findings at the author's lines come out.

To read in this order: ``thresholds`` (what is told, and what not), ``findings``, ``on_pages`` (what a page shows of
them), ``sources`` and ``slides`` (where in the author's text a page is from), ``allowances`` (what is meant so), and
``linter``, where these come together.
"""
