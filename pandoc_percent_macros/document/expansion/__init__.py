"""Tokens in pandoc's elements go in, the expanded document comes out."""
