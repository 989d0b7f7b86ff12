"""Pandoc's formats: pandoc's manual says what each shows ("Generic raw attribute"); tests/contract asks pandoc."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.pandoc.formats import Format, switch_of


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("latex", "latex tex beamer", "html openxml context"),
        ("beamer", "beamer latex tex", "html docx"),
        ("html", "html html4 html5 revealjs", "latex tex openxml"),
        ("revealjs", "revealjs html html5", "latex beamer"),
        ("epub", "epub3 html", "latex"),
        ("docx", "openxml docx", "html latex opendocument"),
        ("odt", "opendocument", "openxml"),
        ("gfm", "html gfm markdown", "latex tex"),
        ("commonmark", "html", "tex"),
        ("org", "latex html", "openxml"),
        ("rst", "latex tex", "html"),
        ("plain", "plain", "html latex"),
        ("json", "html latex openxml anything", ""),
        ("markdown", "html latex openxml", ""),
        ("", "html latex", ""),
    ],
)
def test_which_raw_markup_a_format_shows(name: str, shown: str, hidden: str) -> None:
    assert [raw for raw in shown.split() if not Format(name).shows(raw)] == []
    assert [raw for raw in hidden.split() if Format(name).shows(raw)] == []


@pytest.mark.parametrize(
    ("name", "markup", "families"),
    [
        ("beamer", "latex", ["latex"]),
        ("latex", "latex", ["latex"]),
        ("revealjs", "html", ["html"]),
        ("html4", "html", ["html"]),
        ("epub3", "epub3", ["epub"]),
        ("gfm", "gfm", ["markdown"]),
        ("docx", "docx", []),
    ],
)
def test_families(name: str, markup: str, families: list[str]) -> None:
    target = Format(name)
    assert target.markup == markup
    assert [each for each in ("latex", "html", "epub", "markdown") if target.belongs_to(each)] == families
    assert target.belongs_to(name)


def field(value: str) -> dict[str, object]:
    return {"percent-macros-format": {"t": "MetaInlines", "c": [{"t": "Str", "c": value}]}}


@pytest.mark.parametrize(("written", "goes_on"), [("json", True), ("gfm", True), ("", True), ("html", False)])
def test_a_document_that_may_be_meant_for_another_format(written: str, goes_on: bool) -> None:
    assert Format(written).goes_on == goes_on


@pytest.mark.parametrize(
    ("raw", "extension"),
    [
        *((each, "raw_tex") for each in ("latex", "tex", "beamer")),
        *((each, "raw_html") for each in ("html", "html5", "revealjs")),
        *((each, None) for each in ("openxml", "context")),
    ],
)
def test_the_extension_that_lets_markup_in(raw: str, extension: str | None) -> None:
    assert switch_of(raw) == extension
