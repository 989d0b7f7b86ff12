"""The words that a message quotes."""

from __future__ import annotations

from pandoc_percent_macros.blame.log import quoted

from .harness import error


def test_a_message_that_quotes_a_blank() -> None:
    assert quoted(error("Unknown option ` ' or `key'.")) == ["key"]
