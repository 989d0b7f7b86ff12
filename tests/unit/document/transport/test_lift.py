"""Golden documents: text, lifted text, and what pandoc and the filter make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandoc_percent_macros.document.source.dialect import parse_format
from pandoc_percent_macros.document.source.manuscript import Input, Manuscript
from pandoc_percent_macros.document.source.scanner import scan
from pandoc_percent_macros.document.transport.lift import Lifted
from pandoc_percent_macros.document.transport.markers import with_markers
from pandoc_percent_macros.document.transport.tokens import TOKEN


def lifted(text: str, dialect: str = "markdown") -> str:
    syntax = parse_format(dialect)
    assert syntax
    manuscript = Manuscript([Input("a.md", text)])
    return with_markers([Lifted(manuscript, scan(manuscript, syntax))], syntax)


def test_a_call_becomes_a_token_and_a_marker() -> None:
    text, _, register = lifted("Before.\n\n%%image(a.png)\n\nAfter.\n").partition("\n\n\n")
    assert TOKEN.sub("X", text) == "Before.\n\nX\n\nAfter."
    found = TOKEN.search(text)
    assert found is not None
    assert register == (
        ":::: {.percent-macros}\n\n"
        f'::: {{.percent-macro kind="call" line="3" column="1" token="{found[1]}" source="a.md"}}\n'
        "```{=tex}\n%%image(a.png)\n```\n:::\n\n::::\n"
    )


def test_an_inline_call_becomes_a_token_as_wide_as_it_is() -> None:
    text, _, register = lifted("Press %%key(Ctrl).\n").partition("\n\n")
    assert TOKEN.sub("X", text) == "Press X."
    found = TOKEN.search(text)
    assert found is not None
    assert len(found[0]) == len("%%key(Ctrl)")
    assert f'token="{found[1]}" inline="1" source="a.md" before="Press " after="."' in register
    assert "```{=tex}\n%%key(Ctrl)\n```" in register


def test_a_definition_above_the_title_leaves_the_title_first() -> None:
    text = lifted('%%define f()\nreturn "x";\n=end\n\n% Title\n\nText.\n')
    assert text.startswith("% Title\n\nText.\n")
    assert '```{=tex}\n%%define f()\nreturn "x";\n=end\n```' in text


def test_backquotes_in_a_directive_make_the_fence_longer() -> None:
    assert "`````{=tex}\n%%f(````x````)\n`````" in lifted("%%f(````x````)\n")
    assert "`````{=tex}\n%%f(````x~~~)\n`````" in lifted("%%f(````x~~~)\n")


def test_dialects_without_divs_get_a_block_of_code() -> None:
    text = lifted("%%f(a)\n", "markdown_strict")
    assert ":::" not in text
    assert '\n\n\t["%%f(a)", {"kind": "call"' in text


def test_markers_without_fences_where_any_fence_may_be_open() -> None:
    assert '\n\n\t["%%f(a)", {"kind": "call"' in lifted("```\n\n%%f(a)\n\n~~~\n")
    assert '\n\n\t["%%f(a)", {"kind": "call"' in lifted("%%f(a)\n\n~~~\n", "markdown-backtick_code_blocks")
    assert "\n`````{=tex}\n%%f(````~~~)\n" in lifted("%%f(````~~~)\n")
    assert '\n\n\t["%%f(a)", {"kind": "call"' in lifted("```\n```\n\n~~~\n~~~\n\n%%f(a)\n")


@pytest.mark.parametrize("text", ["", "text\n", "a % b\n", "\ufeff", "a\r\nb\rc\u2028\td", "`%` 100 %\n"])
def test_a_text_without_macros_is_unchanged(text: str) -> None:
    assert lifted(text) == text


@given(st.text(alphabet=st.characters(blacklist_characters="%", blacklist_categories=("Cs",))))
def test_any_text_without_percent_signs_is_unchanged(text: str) -> None:
    assert lifted(text) == text


@given(st.text(alphabet=st.sampled_from("%fg(),\"'`$<>\\[]{}|:=-~*#> \t\n\rendi")))
def test_scanning_never_fails_and_keeps_what_is_no_directive(text: str) -> None:
    manuscript = Manuscript([Input("a.md", text)])
    syntax = parse_format("markdown")
    assert syntax
    directives = scan(manuscript, syntax)
    at = 0
    for each in directives:
        assert at <= each.start <= each.end <= len(text)
        at = each.end
        line, column = each.source.position(0)
        assert line >= 1
        assert column >= 1
    rest = TOKEN.sub("", Lifted(manuscript, directives).text)
    kept = "".join(
        text[a.end : b.start] for a, b in zip([None, *directives], [*directives, None], strict=True) if a and b
    )
    assert kept in rest
