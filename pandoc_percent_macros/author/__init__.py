"""The author's tools: what a document's macros are, what they give, and what is wrong. The filter loads none of it."""
