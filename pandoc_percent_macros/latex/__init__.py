"""LaTeX: running it, and reading what it says. The filter loads none of it."""
