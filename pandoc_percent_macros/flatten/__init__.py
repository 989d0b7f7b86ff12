"""A document goes in, the same document without macros comes out: ``percent-macros expand``."""
