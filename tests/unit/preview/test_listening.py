"""What the filter writes is taken apart again, as ``report.terminal`` puts it together."""

from __future__ import annotations

from pandoc_percent_macros.base import Diagnostic, Source, Span
from pandoc_percent_macros.preview.listening import Listening, as_data
from pandoc_percent_macros.report.terminal import render

TEXT = "# A title\n\nWords %%f(1) and more.\n%%g(2)\n"
SOURCE = Source("my talk: one.md", TEXT)
CALL = Span(SOURCE, 17, 24)
EVERY = [
    Diagnostic("PM203", "unknown macro `f`", CALL, ("did you mean `g`?", "or: a [b] at c:1:2")),
    Diagnostic("PM304", "division by zero", Span(SOURCE, 38, 39), (), ((CALL, "in the call of `f`"),)),
    Diagnostic("PM701", "not shown", CALL, severity="warning", mark=Span(SOURCE, 19, 20)),
    Diagnostic("PM601", "pandoc was ended", None),
]


def test_what_was_rendered_is_what_was_meant() -> None:
    listening = Listening(lambda *_: None)
    listening.say(f"[WARNING] something\n{render(EVERY)}[WARNING] else\n")
    assert listening.by_filter == as_data(EVERY)
    assert listening.said == "[WARNING] something\n[WARNING] else\n"
