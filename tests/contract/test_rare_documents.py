"""Documents in rare turns: blanks, nesting, raw TeX, defaults files, and what other filters made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pandoc_percent_macros

from ..conftest import Done, Run

F = '%%define f($x) "<$x>" =end\n\n'
FOREIGN = "\U00010400\U00010402\U00010403\U00010404\U00010405"  # looks like a token of ours, and is the author's


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (F + "- a\n\u00a0\n\n    %%f(x)\n", "<p>&lt;x&gt;</p></li>"),
        ("1.  %%define g()\n\t'y'\n\t=end\n\n    %%g()\n", "<li>y</li>"),
        ("> %%define g()\n" + "> # more and more\n" * 1000 + "> 'y'\n> =end\n>\n> %%g()\n", "<p>y</p>"),
        ('%%define g() markdown("a\\n\\nb") =end\n\n| x |\n|---|\n| %%g() |\n', "<td><p>a</p>\n<p>b</p></td>"),
        ('%%define g() markdown("[x]: y") =end\n\na %%g() b\n', "<p>a b</p>"),
        ("%%template g()\na. item\n=end\n\n%%g()\n", "<p>a. item</p>"),
        (F + "%%f(a)\n\n::: percent-macro\ntext\n:::\n", '<div class="percent-macro">\n<p>text</p>\n</div>'),
        (F + "<?php %%f(a) ?> %%f(b)\n", "<?php %%f(a) ?>\n<p>&lt;b&gt;</p>"),
        (F + "\\verb %%f(a)\n", "\\verb &lt;a&gt;"),
    ],
    ids=["odd-blank", "tab", "long", "blocks-in-cell", "nothing", "list-in-body", "own-div", "php", "verb"],
)
def test_what_a_document_gives(filtered: Run, text: str, expected: str) -> None:
    done = filtered(text)
    assert (done.status, done.err) == (0, "")
    assert expected in done.out


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (F + "%%f(a)\n%%f(b) text % %%f(c)\n", "<a>\n<b> text % %%f(c)\n"),
        ('%%define g() html("<b>") . "x" =end\n\n%%g()\n', "x\n"),
    ],
    ids=["text-after", "html"],
)
def test_what_raw_tex_gives(filtered: Run, text: str, expected: str) -> None:
    definition, _, inside = text.partition("\n\n")
    done = filtered(f"{definition}\n\nText.\n\n\\begin{{center}}\n{inside}\\end{{center}}\n", target="latex")
    assert (done.status, done.err, done.out) == (0, "", f"Text.\n\n\\begin{{center}}\n{expected}\\end{{center}}\n")


@pytest.mark.pandoc
def test_an_end_without_its_begin_closes_nothing(filtered: Run) -> None:
    done = filtered(F + "\\end{center} %%f(a)\n\n\\begin{center}\n%%f(a)\n\\end{center}\n", target="latex")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("\\textless a\\textgreater{}\n\n\\begin{center}\n<a>\n\\end{center}\n")


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (F + "> a %%f(b\n>\n> c) d\n", "a.md:3:8", "error[PM103]: the call's parenthesis is never closed"),
        ("%%begin only(html)\n\n%%begin box\n\ny\n\n%%end only\n", "a.md:3:1", "error[PM105]: `%%begin box` is never"),
    ],
    ids=["call-in-quote", "crossing"],
)
def test_what_is_refused(filtered: Run, text: str, place: str, said: str) -> None:
    done = filtered(text, target="latex")
    assert (done.status, done.out) == (83, "")
    assert f"{place}: {said}" in done.err


@pytest.mark.pandoc
@pytest.mark.parametrize("text", ["a {}", "`{}`", "\\begin{{center}}\n{}\n\\end{{center}}"])
def test_what_looks_like_a_token_and_is_the_authors_stays(filtered: Run, text: str) -> None:
    done = filtered(f"{F}{text.format(FOREIGN)}\n\n%%f(a)\n", target="native")
    assert done.status == 0
    assert "\\66560\\66562\\66563\\66564\\66565" in done.out


@pytest.mark.pandoc
def test_a_marker_in_the_place_of_a_definition_leaves_nothing_there(run: Run) -> None:
    marker = '::: {{.percent-macro kind="{}" line="1" column="1" source="a.md"}}\n```{{=tex}}\n{}\n```\n:::\n'
    text = "a\n\n" + marker.format("define", "%%define f() 1 =end") + "\n" + marker.format("call", "%%f()")
    done = run("pandoc", "-F", "percent-macros", "-t", "html", text=text)
    assert (done.status, done.err, done.out) == (0, "", "<p>a</p>\n<p>1</p>\n")


@pytest.mark.pandoc
def test_metadata_is_text_to_macros(filtered: Run) -> None:
    head = "---\none: a `b` $c$ 'd' \"e\" [f](g)\nmany: |\n  1. x\n  2. y\n---\n\n%%define g($k) meta($k) =end\n\n"
    done = filtered(head + "%%g(one)\n\n%%g(many)\n")
    assert (done.err, done.out) == ("", "<p>a b c ‘d’ “e” f</p>\n<p>x y</p>\n")


@pytest.mark.pandoc
def test_the_first_options_of_a_package_stay(filtered: Run) -> None:
    text = '%%define g($o) usepackage("soul", $o); "x" =end\n\n%%g(first) %%g(second)\n'
    done = filtered(text, "-s", target="latex")
    assert "\\usepackage[first]{soul}" in done.out
    assert "second" not in done.out


@pytest.mark.pandoc
def test_a_short_caption_that_another_filter_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "short.lua").write_text("function Table(t) t.caption.short = t.caption.long[1].content; return t end\n")
    lifted = run("percent-macros", "lift", text=F + "| x |\n|---|\n| y |\n\n: A %%f(z)\n").out
    done = run("pandoc", "-L", "short.lua", "-F", "percent-macros", "-t", "native", text=lifted)
    assert (done.status, done.err) == (0, "")
    assert done.out.count('"<z>"') == 2


@pytest.mark.pandoc
def test_sources_that_a_defaults_file_lists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.md").write_text(F)
    (tmp_path / "b.md").write_text("---\npercent-macros-sources: c.md\n---\n\n%%f(x)\n")
    (tmp_path / "d.yaml").write_text("metadata:\n  percent-macros-sources: [m.md, b.md]\n")
    done = run("sh", "-c", "cat m.md b.md | pandoc -d d -F percent-macros -t plain")
    assert (done.status, done.err, done.out) == (0, "", "<x>\n")


@pytest.mark.pandoc
def test_what_is_no_markdown_and_mentions_no_macro(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("100%% sure\n")
    done = run("pandoc", "-F", "percent-macros", "-f", "rst", "a.rst", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "100%% sure\n")


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("metadata-files: [m.yaml, n.yaml]\nvariables: {x: 1}\nciteproc: false\n", "\\emph{K2}"),
        ("metadata-file: m.yaml\nciteproc: true\n", "\\emph{K1}"),
    ],
)
def test_defaults_files_hold_in_a_second_reading(run: Run, tmp_path: Path, fields: str, expected: str) -> None:
    (tmp_path / "a.md").write_text("%%define f() meta('k') . meta('n') =end\n\n*%%f()*\n\n# A %%f()\n")
    (tmp_path / "m.yaml").write_text("k: K\nn: '1'\n")
    (tmp_path / "n.yaml").write_text("n: '2'\n")
    (tmp_path / "d.yaml").write_text(fields)
    done = run("pandoc", "-F", "percent-macros", "-d", "d", "a.md", "-t", "latex")
    assert (done.status, done.err) == (0, "")
    assert expected in done.out


@pytest.mark.pandoc
def test_a_defaults_file_that_is_no_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text\n")
    (tmp_path / "d.yaml").write_text("- a list\n")
    done = run("percent-macros", "check", "-d", "d", "a.md")
    assert (done.status, "error[PM608]: defaults file d" in done.out) == (1, True)


@pytest.mark.pandoc
def test_a_header_that_can_be_read_only_once(filtered: Run, run: Run) -> None:
    filtered('%%define f() "\\\\tikz x;" =end\n\n%%f()\n')
    done = run("bash", "-c", "pandoc -F percent-macros a.md -s -t latex -H <(echo '\\usepackage{tikz}')")
    assert (done.status, "\\tikz x;" in done.out) == (0, True)
    assert "hint: give pandoc one more option: -V 'header-includes=\\usepackage{tikz}'" in done.err


@pytest.mark.pandoc
def test_absolute_names_with_file_scope(run: Run, tmp_path: Path) -> None:
    names = [tmp_path / "a.md", tmp_path / "b.md"]

    def read(macro: str, head: str, *options: str, link: str = "") -> Done:
        for name in names:
            name.write_text(f"{macro}# {head}\n\n{link}\n")
        return run("pandoc", *options, "--file-scope", *names)

    expected = read("", "A \\<x\\>").out
    assert read(F, "A %%f(x)", "-F", "percent-macros").out == expected
    done = read(F, "A %%f(x)", "-F", "percent-macros", link=f"[b]({names[1]}#a)")
    assert done.status == 83
    assert f"error[PM601]: {names[1]} can't be read again under its absolute name" in done.err


GOOD = "100%% sure, 'and' [see @a, p. 2].\n\n# Head\n\n| x |\n|---|\n| y |\n\n: Caption\n\n1. one\n"


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('"citationPrefix":[', '"citationPrefix":[5,'),
        ('{"t":"Header","c":[1,', '{"t":"Header","c":["1",'),
        ('{"t":"AlignDefault"}', '{"t":5}'),
        ('[null,[{"t":"Plain"', '["short",[{"t":"Plain"'),
    ],
    ids=["whole", "citation", "header", "alignment", "caption"],
)
def test_a_document_is_looked_at_to_its_leaves(run: Run, old: str, new: str) -> None:
    document = run("pandoc", "-t", "json", text=GOOD).out
    assert old in document
    spoilt = document.replace(old, new) if old else document
    done = run("percent-macros", "latex", text=spoilt, PANDOC_VERSION="3")
    assert (done.status, done.out) == ((1, "") if old else (0, document)), done.err
    assert ("error[PM602]" in done.err) == bool(old)


@pytest.mark.pandoc
def test_markdown_where_the_package_lies_under_capital_letters(filtered: Run, tmp_path: Path) -> None:
    package = Path(pandoc_percent_macros.__file__).parent
    shutil.copytree(package, tmp_path / "Here" / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    done = filtered('%%define f() markdown("*x*") =end\n\n%%f()\n', PYTHONPATH=str(tmp_path / "Here"))
    assert (done.status, done.out, done.err) == (0, "<p><em>x</em></p>\n", "")
