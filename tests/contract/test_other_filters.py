"""The filter among other filters, and beside what the document puts into the preamble already."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pandoc

DECK = (
    '%%define tikz() "\\\\begin{tikzpicture}\\\\end{tikzpicture}" =end\n\n'
    '%%define key($x) "\\\\texttt{$x}" =end\n\n'
    "% Title\n\n# One\n\nPress %%key(A).\n\n%%tikz()\n"
)
UPPER = (
    "#!/usr/bin/env python\nimport panflute as pf\n"
    "def upper(e, doc):\n    if isinstance(e, pf.Str):\n        e.text = e.text.upper()\n"
    "pf.run_filter(upper)\n"
)


@pytest.fixture
def deck(tmp_path):
    (tmp_path / "deck.md").write_text(DECK, "utf-8")
    upper = tmp_path / "upper"
    upper.write_text(UPPER)
    upper.chmod(0o755)
    (tmp_path / "upper.lua").write_text("function Str(s) s.text = s.text:upper() return s end\n")
    return tmp_path


@pytest.mark.parametrize(
    ("filters", "heading"),
    [
        (["-F", "percent-macros"], "One"),
        (["-F", "percent-macros", "-F", "./upper"], "ONE"),
        (["-F", "percent-macros", "-L", "upper.lua"], "ONE"),
        (["-F", "./upper", "-F", "percent-macros", "-F", "./upper"], "ONE"),
        (["-L", "upper.lua", "-F", "percent-macros"], "ONE"),
    ],
)
def test_a_lifted_document_among_other_filters(run, deck, filters, heading) -> None:
    lifted = run("percent-macros", "lift", "deck.md").out
    done = run("pandoc", *filters, "-t", "beamer", "-s", text=lifted)
    assert (done.status, done.err) == (0, "")
    assert f"\\begin{{frame}}{{{heading}}}" in done.out
    assert "\\texttt{A}" in done.out
    assert done.out.count("\\usepackage{tikz}") == 1


@pytest.mark.parametrize(
    "filters", [["-F", "percent-macros", "-F", "./upper"], ["-L", "notes.lua", "-F", "percent-macros"]]
)
def test_plain_among_other_filters(run, deck, filters) -> None:
    (deck / "notes.lua").write_text("function Header(h) h.classes = {'x'} return h end\n")
    done = run("pandoc", *filters, "deck.md", "-t", "beamer", "-s")
    assert (done.status, done.err) == (0, "")
    assert "\\texttt{A}" in done.out


def test_a_filter_before_it_that_breaks_what_must_be_read_again(run, deck) -> None:
    (deck / "deck.md").write_text(DECK + "\n## A %%key(B) in a heading\n", "utf-8")
    done = run("pandoc", "-F", "./upper", "-F", "percent-macros", "deck.md", "-t", "beamer")
    assert done.status == 83
    assert "error[PM603]" in done.err
    assert "put `-F percent-macros` before './upper'" in done.err


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["-M", "header-includes=\\usepackage{soul}"], "soul"),
        (["--metadata-file", "meta.yaml"], "\\usepackage{soul}"),
        (["-d", "soul.yaml"], "soul"),
    ],
)
def test_header_includes_of_the_document_are_kept(run, deck, options, kept) -> None:
    (deck / "meta.yaml").write_text("header-includes:\n- \\usepackage{soul}\n")
    (deck / "soul.yaml").write_text("metadata:\n  header-includes: \\usepackage{soul}\n")
    done = run("pandoc", "-F", "percent-macros", "deck.md", "-t", "beamer", "-s", *options)
    assert (done.status, done.err) == (0, "")
    assert kept in done.out
    assert done.out.count("\\usepackage{tikz}") == 1


def test_tikz_that_is_there_already_is_not_loaded_twice(run, deck) -> None:
    text = DECK.replace("# One", "---\nheader-includes:\n- \\usepackage{amsmath,tikz}\n---\n\n# One")
    (deck / "deck.md").write_text(text, "utf-8")
    done = run("pandoc", "-F", "percent-macros", "deck.md", "-t", "beamer", "-s")
    assert (done.status, done.err) == (0, "")
    assert "\\usepackage{tikz}" not in done.out


@pytest.mark.parametrize("options", [["-H", "head.tex"], ["-V", "header-includes=\\usepackage{soul}"]])
def test_what_pandoc_ignores_is_said(run, deck, options) -> None:
    (deck / "head.tex").write_text("\\usepackage{soul}\n")
    done = run("pandoc", "-F", "percent-macros", "deck.md", "-t", "beamer", "-s", *options)
    assert done.status == 0
    assert "warning[PM606]" in done.err
    assert "\\usepackage{tikz}" in done.err


def test_no_word_where_the_header_file_has_it(run, deck) -> None:
    (deck / "head.tex").write_text("\\usepackage{soul}\n\\usepackage[x]{tikz}\n")
    assert run("pandoc", "-F", "percent-macros", "deck.md", "-t", "beamer", "-s", "-H", "head.tex").err == ""
