"""The author's text goes in, its directives come out, with their places."""
