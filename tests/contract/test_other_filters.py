"""The filter among other filters, and beside what the document puts into the preamble already."""

from __future__ import annotations

import json

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


SAME = {
    "same.lua": "function Pandoc(d) return d:walk{Inline = same, Block = same} end\nfunction same(e) return e end",
    "again.lua": "function Pandoc(d) return pandoc.Pandoc(d.blocks, d.meta) end",
    "meta.lua": "function Meta(m) return m end",
    "same": "#!/usr/bin/env python\nimport sys, json\njson.dump(json.load(sys.stdin), sys.stdout)\n",
    "walk": "#!/usr/bin/env python\nimport panflute as pf\npf.run_filter(lambda e, doc: None)\n",
    # rmarkdown's first two: they look for what they know, and for the metadata
    "pagebreak.lua": "function Meta(m) if m.pagebreak then return m end end\n"
    "function RawBlock(r) if r.text:match '^\\\\newpage' then return pandoc.HorizontalRule() end end",
    "div.lua": "function Div(d) if d.attributes['data-latex'] then return pandoc.Null() end end",
}
RICH = r"""---
title: A title
number: 1.50
yes: true
list: [1, [2, x], {a: b}]
block: |
  one *paragraph*

  another
---

%%define key($x) "\\texttt{$x}" =end

# One %%key(A) {.c k=v}

Cite [@foo, p. 3; -@bar]^[a note]. $x^2$ `c`{.x a=b} [s]{.a k="v"} ![i](a.png){width=3cm} "q" 'r' -- …

| line
|   block

: Caption {#tbl:x}

| a | b |
|---|--:|
| 1 | %%key(B) |

  Right     Left
-------     ------
     12     12

+---+---+
| a | b |
+===+===+
| x | - y |
+---+---+

(@x) one

iv. x

Term
:   what it is

![figure](b.png)

::: {.d #i}
<div data-x="1">hi</div>
:::

\begin{foo}
%%key(C)
\end{foo}

~~~ {.py startFrom="3"}
code
~~~
"""


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("reader", ["markdown", "gfm", "commonmark_x", "markdown_mmd"])
def test_a_filter_before_it_that_changes_nothing(run, tmp_path, name, reader) -> None:
    (tmp_path / "rich.md").write_text(RICH, "utf-8")
    (tmp_path / name).write_text(SAME[name])
    (tmp_path / name).chmod(0o755)
    before = ["-L", name] if name.endswith(".lua") else ["-F", f"./{name}"]
    words = ["-F", "percent-macros", "-t", "latex", "-f", reader, "rich.md"]
    wanted = run("pandoc", *words)
    assert (wanted.status, wanted.err) == (0, "")
    assert "\\texttt{A}" in wanted.out
    done = run("pandoc", *before, *words)
    assert (done.status, done.err, done.out) == (0, "", wanted.out)


@pytest.mark.parametrize(
    "options",
    [
        ["--bibliography=a.bib", "--bibliography=b.bib", "--csl=c.csl", "--citation-abbreviations=d.json"],
        ["-d", "names.yaml"],
        ["--shift-heading-level-by=1", "--id-prefix=x", "--tab-stop=8", "--strip-comments"],
        ["--metadata-file=meta.yaml", "-M", "x=y", "--extract-media=media", "--sandbox=false"],
    ],
)
def test_options_that_a_second_reading_needs(run, tmp_path, options) -> None:
    (tmp_path / "rich.md").write_text(RICH.replace("[@foo, p. 3; -@bar]", ""), "utf-8")
    (tmp_path / "hand.md").write_text((tmp_path / "rich.md").read_text().replace("%%key(A)", "A"), "utf-8")
    (tmp_path / "same.lua").write_text(SAME["same.lua"])
    (tmp_path / "names.yaml").write_text("bibliography: [a.bib, b.bib]\ncsl: c.csl\n")
    (tmp_path / "meta.yaml").write_text("z: [1, 2]\n")
    words = [*options, "-L", "same.lua", "-t", "json"]
    done = run("pandoc", *words, "-F", "percent-macros", "rich.md")
    assert done.status == 0, done.err
    assert json.loads(done.out)["meta"] == json.loads(run("pandoc", *words, "hand.md").out)["meta"]


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
