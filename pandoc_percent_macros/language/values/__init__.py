"""Values, and Perl's operations on them, paid for from a budget."""
