"""Pandoc as a program: where it is, what it was asked to do, and what it makes of a text."""
