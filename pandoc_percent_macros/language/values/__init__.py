"""Values, and Perl's operations on them, paid for from a budget.

Values go in and come out; a fault is raised without a place. To read in this order: ``budget`` (limits, and the account
of a document), ``numbers`` (Perl's arithmetic), ``pieces`` (what a value is, content, and results), ``operators``,
``sprintf``.
"""
