"""``percent-macros expand``: the document without macros, which looks the same without the filter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import Run

pytestmark = pytest.mark.pandoc
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CORPUS = ROOT / "tests" / "corpus"
REAL = sorted(CORPUS.glob("2[45]?-real-*.md"))
DECK = r"""%%define strong($text) "\\textbf{$text}" =end
%%define both($text)
  return html("<b>") . text($text) . html("</b>") if format("html");
  return latex("\\textbf{") . text($text) . latex("}");
=end
%%define framed($title)
  return html("<div class='framed'>") . $body . html("</div>") if format("html");
  return latex("\\begin{block}{$title}") . $body . latex("\\end{block}");
=end

% A title
% An author

## A slide

It is *my* text, with %%strong(macros) -- and "quotes".

* an item
* %%both(a & b)

%%begin framed(Title)
Inside, %%strong(bold).

Twice.
%%end framed

`%%strong(code)` stays.
"""


def seen(text: str) -> list[str]:
    """Return what a writer wrote, whatever its lines are, and with no paragraph's end at the edge of an environment."""
    text = re.sub(r"(\\begin\{\w+\}\{.*\})\n\n", r"\1 ", text)
    text = re.sub(r"\s*\n\s*\n\\end", r" \\end", text)
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]


def looks_the_same(run, name: str, target: str, folder: Path, reader: str = "markdown", plain_reader: str = "") -> bool:
    options = ["-t", target, "--wrap=none"]
    if target in ("latex", "beamer"):  # a page's title may be its file's name
        options.append("-s")
    filtered = run("pandoc", "-f", reader, "-F", "percent-macros", *options, name, cwd=folder)
    assert filtered.status == 0, filtered
    plain = run("pandoc", "-f", plain_reader or reader, *options, "plain.md")
    assert plain.status == 0, plain
    if target == "html":
        return plain.out.split() == filtered.out.split()
    return seen(plain.out) == seen(filtered.out)


def expanded(run, tmp_path: Path, *arguments: str, cwd: Path | None = None) -> str:
    done = run("percent-macros", "expand", *arguments, cwd=cwd)
    assert done.status == 0, done
    (tmp_path / "plain.md").write_text(done.out, "utf-8")
    return done.out


def test_only_the_macros_change(run, tmp_path) -> None:
    (tmp_path / "talk.md").write_text(DECK)
    text = expanded(run, tmp_path, "talk.md", "-t", "beamer")
    assert text.startswith("% A title\n% An author\n\n## A slide\n\n")
    assert 'It is *my* text, with `\\textbf{macros}`{=latex} -- and "quotes".\n' in text
    assert "* `\\textbf{`{=latex}a & b`}`{=latex}\n" in text
    assert "```{=latex}\n\\begin{block}{Title}\n```\n" in text
    assert "`%%strong(code)` stays." in text
    assert looks_the_same(run, "talk.md", "beamer", tmp_path)


def test_one_text_for_several_formats(run, tmp_path) -> None:
    (tmp_path / "talk.md").write_text(DECK)
    text = expanded(run, tmp_path, "talk.md", "-t", "beamer", "-t", "html")
    assert text.count("Twice.") == 1
    assert looks_the_same(run, "talk.md", "beamer", tmp_path)
    assert looks_the_same(run, "talk.md", "html", tmp_path)


def test_the_examples(run, pandoc3, tmp_path) -> None:
    text = expanded(run, tmp_path, "talk.md", cwd=EXAMPLES / "talk")
    assert not re.search(r"%%\w+\(|=end", text)
    assert looks_the_same(run, "talk.md", "beamer", EXAMPLES / "talk")
    expanded(run, tmp_path, "tour.md", "-t", "beamer", "-t", "html", cwd=EXAMPLES / "tour")
    assert looks_the_same(run, "tour.md", "beamer", EXAMPLES / "tour")


def test_the_tour_in_html(run, pandoc3, tmp_path) -> None:
    expanded(run, tmp_path, "tour.md", "-t", "beamer", "-t", "html", cwd=EXAMPLES / "tour")
    assert looks_the_same(run, "tour.md", "html", EXAMPLES / "tour")


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_documents_as_people_write_them(run, tmp_path, pandoc_version, path) -> None:
    reader = path.stem.partition(".")[2] or "markdown"
    done = run("percent-macros", "expand", "-f", reader, path.name, cwd=CORPUS)
    assert done.status == 0, done
    (tmp_path / "plain.md").write_text(done.out, "utf-8")
    said = re.search(r"read the text as (\S+)\n", done.err)
    filtered = run("pandoc", "-f", reader, "-F", "percent-macros", "-t", "latex", "--wrap=none", path.name, cwd=CORPUS)
    plain = run("pandoc", "-f", said[1] if said else reader, "-t", "latex", "--wrap=none", "plain.md")
    assert (seen(plain.out) == seen(filtered.out)) is ("will look different" not in done.err)
    assert "will look different" not in done.err or reader == "gfm" or pandoc_version < (3, 8)


def test_a_list_stays_tight_and_a_quote_a_quote(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        '%%define tex($x) "\\\\textbf{$x}" =end\n\n* one\n* %%tex(two)\n* three\n\n    %%tex(four)\n\n'
        "> quoted\n> %%tex(six)\n> and more\n"
    )
    expanded(run, tmp_path, "a.md")
    assert looks_the_same(run, "a.md", "latex", tmp_path)


@pytest.mark.parametrize(
    "text", ["a `b` c", "*a* _b_", "$x$ [y](z)", "\\textbf{x}", "&amp; -- ...", "p. 3 l'été", "1."]
)
def test_text_that_looks_like_markup(run, tmp_path, text) -> None:
    (tmp_path / "a.md").write_text(f'%%define t($s) text($s) =end\n\nThis: %%t("{text}")!\n')
    expanded(run, tmp_path, "a.md")
    assert looks_the_same(run, "a.md", "latex", tmp_path)
    assert looks_the_same(run, "a.md", "html", tmp_path)


def test_what_goes_into_the_preamble_joins_what_is_there(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        "---\nheader-includes: \\usepackage{xcolor}\n---\n\n"
        '%%define t() latex("\\\\begin{tikzpicture}\\\\end{tikzpicture}") =end\n\n%%t()\n'
    )
    text = expanded(run, tmp_path, "a.md")
    assert text.count("\\usepackage{xcolor}") == 2
    assert looks_the_same(run, "a.md", "latex", tmp_path)


def test_formats_that_markdown_cannot_tell_apart(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text('%%define f() latex(format("beamer") ? "\\\\pause" : "\\\\relax") =end\n\n%%f()\n')
    done = run("percent-macros", "expand", "a.md", "-t", "beamer", "-t", "latex")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("a.md:3:1: error[PM609]: ")


def test_a_faulty_document_gives_nothing(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text("%%nothing()\n")
    done = run("percent-macros", "expand", "a.md")
    assert (done.status, done.out) == (1, "")
    assert "a.md:1:1: error[PM203]" in done.err


@pytest.mark.parametrize(
    ("reader", "switches"),
    [
        ("gfm", "+raw_attribute"),
        ("commonmark", "+raw_attribute"),
        ("markdown-raw_attribute", "+raw_attribute"),
        ("markdown_phpextra", "+raw_attribute+backtick_code_blocks"),
        ("markdown_strict", "+raw_attribute+backtick_code_blocks"),
        ("markdown-raw_tex", ""),
    ],
)
def test_raw_markup_in_dialects_that_have_to_switch_it_on(run, pandoc3, tmp_path, reader, switches) -> None:
    (tmp_path / "a.md").write_text(
        '%%define b($x) "\\\\textbf{$x}" . html("<b>$x</b>") =end\n%%define t($x) text($x) =end\n\n'
        "Text %%b(a) more | x %%t(<b> $1 ~ 'a' & &amp;)\n\n%%b(z)\n\n| a | b |\n|---|---|\n| %%b(c) | d |\n"
    )
    done = run("percent-macros", "expand", "-f", reader, "-t", "html", "-t", "latex", "a.md")
    said = f"percent-macros: a.md: read the text as {reader}{switches}\n" if switches else ""
    assert (done.status, re.sub("^a.md.*|^ .*", "", done.err, flags=re.MULTILINE).strip("\n")) == (0, said.strip("\n"))
    (tmp_path / "plain.md").write_text(done.out)
    for target in ("html", "latex"):
        assert looks_the_same(run, "a.md", target, tmp_path, reader, reader + switches)


def test_lists_that_follow_one_another_stay_apart(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text('%%define l(@x) markdown("- " . join("\\n- ", @x)) =end\n\n%%l(a, b)\n\n%%l(c)\n')
    done = run("percent-macros", "expand", "a.md")
    assert (done.status, done.err) == (
        0,
        "percent-macros: a.md: pandoc has written the text anew, to keep it the same in effect\n",
    )
    assert re.sub("^-   ", "- ", done.out, flags=re.MULTILINE) == "- a\n- b\n\n<!-- -->\n\n- c\n"  # before pandoc 3.6


def test_line_ends_are_kept(run, tmp_path) -> None:
    (tmp_path / "a.md").write_bytes(DECK.replace("\n", "\r\n").encode())
    text = run("percent-macros", "expand", "a.md").out
    assert "```{=latex}\r\n\\begin{block}{Title}\r\n```\r\n" in text
    assert text.count("\n") == text.count("\r\n")
    (tmp_path / "b.md").write_text(DECK)
    assert text.replace("\r\n", "\n") == run("percent-macros", "expand", "b.md").out


def test_files_that_are_parsed_apart(run, tmp_path) -> None:
    """What comes of them is one text, and read as one."""
    (tmp_path / "d.yaml").write_text("input-files: [a.md]\nfile-scope: true\n")
    (tmp_path / "a.md").write_text('%%define b() "<" . $body . ">" =end\n\n%%begin b()\n\nBody.\n\n%%end b\n')
    (tmp_path / "b.md").write_text("%%define f($x) text($x) =end\n\nText %%f(x)\n")
    done = run("percent-macros", "expand", "-d", "d.yaml", "b.md")
    assert (done.status, done.out.split("\n\n")) == (0, ["\\<Body.\\>", "Text x\n"])


REWRITTEN = r"""%%define l(@x) markdown("- " . join("\n- ", @x)) =end
%%define framed($t) latex("\\begin{block}{$t}") . $body . latex("\\end{block}") =end
%%define same() $body =end
%%define strong($x) "\\textbf{$x}" =end

%%l(a, b)

%%l(c)

%%begin framed(Title)
First.

Second.
%%end framed

%%begin same()
Third.

Fourth.
%%end same

\begin{center}
%%strong(bold)
\end{center}
"""


@pytest.mark.parametrize("reader", ["markdown", "markdown-raw_html"])
def test_a_text_written_anew_has_what_all_kinds_of_calls_give(run: Run, tmp_path: Path, reader: str) -> None:
    (tmp_path / "a.md").write_text(REWRITTEN)
    done = run("percent-macros", "expand", "-f", reader, "a.md")
    assert done.status == 0
    assert "percent-macros: a.md: pandoc has written the text anew" in done.err
    pieces = ["\\begin{block}{Title}", "First", "Second", "\\end{block}", "Third", "Fourth", "\\begin{center}"]
    places = [done.out.index(each) for each in [*pieces, "\\textbf{bold}", "\\end{center}"]]
    assert places == sorted(places)
    assert "%%" not in done.out
    assert ("<!--" in done.out) is (reader == "markdown")


def test_a_document_for_a_format_of_zip_files(run: Run, tmp_path: Path) -> None:
    text = "Text %%both(a).\n\n- item\n"
    (tmp_path / "a.md").write_text('%%define both($x) markdown("*$x*") =end\n\n' + text)
    done = run("percent-macros", "expand", "-t", "docx", "a.md")
    assert (done.status, done.err) == (0, "")
    assert done.out.lstrip("\n") == text.replace("%%both(a)", "*a*")


def test_a_name_that_no_macro_has_stays_in_raw_tex(run: Run, tmp_path: Path) -> None:
    raw = "\\begin{center}\nx % %%f(x)\n%%nope(y)\n%%f(y)\n\\end{center}\n"
    (tmp_path / "a.md").write_text(f'%%define f($x) "\\\\textbf{{$x}}" =end\n\n{raw}')
    done = run("percent-macros", "expand", "a.md")
    assert (done.status, done.err) == (0, "")
    assert done.out.strip() == raw.replace("\n%%f(y)", "\n\\textbf{y}").strip()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[l](http://a/%%v(1)) ![p](a%%v(2).png)\n", "[l](http://a/1) ![p](a2.png)\n"),
        ('[l](b "the %%v(x)") and <http://x/%%v(7)>\n', '[l](b "the x") and <http://x/7>\n'),
        ("$x^%%v(5)$ and $$\\frac{%%v(9)}{%%b(x)}$$\n", "$x^5$ and $$\\frac{9}{\\textbf{x}}$$\n"),
        ('# H {k="%%v(6)"}\n\n`c`{k=%%v(8)}\n', '# H {k="6"}\n\n`c`{k=8}\n'),
        ('[s]{k="%%v(say "a")"}\n', '[s]{k="say \\"a\\""}\n'),
        ("[r %%v(1)][q]\n\n[q]: http://z/%%v(12)\n", "[r 1][q]\n\n[q]: http://z/12\n"),
        ("\\foo{%%b(x)} `\\foo{%%b(x)}`\n", "\\foo{\\textbf{x}} `\\foo{%%b(x)}`\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_results_in_strings(run: Run, tmp_path: Path, text: str, written: str, end: str) -> None:
    macros = '%%define v($x) "$x" =end\n%%define b($x) "\\\\textbf{$x}" =end\n\n'
    (tmp_path / "a.md").write_bytes((macros + text).replace("\n", end).encode())
    done = run("percent-macros", "expand", "a.md")
    assert (done.status, done.err) == (0, "")
    assert done.out.replace("\r\n", "\n").strip() == written.strip()
    assert done.out.count("\n") == done.out.count(end)


def test_metadata_that_is_a_plain_string(run: Run, tmp_path: Path) -> None:
    text = '---\nurl: "http://a/%%v(1)"\ntitle: A %%v(2)\n---\n\n%%define v($x) "$x" =end\n\nText.\n'
    (tmp_path / "a.md").write_text(text)
    assert "A 2" in expanded(run, tmp_path, "a.md")
    assert looks_the_same(run, "a.md", "latex", tmp_path)


def test_another_string_in_each_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('%%define f() format("html") ? "h" : "l" =end\n\n[l](a%%f())\n')
    done = run("percent-macros", "expand", "a.md", "-t", "html", "-t", "latex")
    assert (done.status, done.out) == (1, "")
    assert "a.md:3:6: error[PM609]" in done.err
    assert run("percent-macros", "expand", "a.md", "-t", "html").out.strip() == "[l](ah)"


TABLE = """\
%%define b($x) "\\\\textbf{$x}" =end

| Server        | Where           | State         |
|---------------|-----------------|---------------|
| %%b(alpha)    | first rack      | %%b(running)  |
| beta          | second rack     | %%b(off)      |
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_pipe_table_stays_one(run: Run, tmp_path: Path, end: str) -> None:
    (tmp_path / "a.md").write_bytes(TABLE.replace("\n", end).encode())
    done = run("percent-macros", "expand", "a.md")
    assert (done.status, done.err) == (0, "")
    assert "| \\textbf{alpha} | first rack      | \\textbf{running} |" + end in done.out
    (tmp_path / "plain.md").write_text(done.out)
    assert looks_the_same(run, "a.md", "latex", tmp_path)


def test_the_line_ends_of_a_text_that_pandoc_writes(run: Run, tmp_path: Path) -> None:
    table = TABLE.replace(
        "textbf{$x}", "textbf{\\\\textit{\\\\emph{\\\\textsf{$x}}}}"
    )  # too wide a line for such a table
    (tmp_path / "a.md").write_bytes(table.replace("\n", "\r\n").encode())
    done = run("percent-macros", "expand", "a.md")
    assert "pandoc has written the text anew" in done.err
    assert done.out.count("\n") == done.out.count("\r\n")


EVERYWHERE = r"""---
title: "The %%v(1) talk"
url: "http://x/%%v(2)"
---

%%define l(@x) markdown("- " . join("\n- ", @x)) =end
%%define v($x) "v$x" =end
%%define tex($x) "\\alpha_{$x}" =end

# Head %%v(3) {key="%%v(4)"}

$a %%tex(5)$ $$ %%tex(6) + %%v(7) $$ [l %%v(8)](a/%%v(9) "t %%v(10)") ![p %%v(11)](i%%v(12).png){width=%%v(13)}
[Head %%v(3)].

`%%v(15)` ``` x%%v(16) ``` \textbf{%%tex(17)} \%%v(18) <http://x/%%v(14)> [ref %%v(21)][r%%v(22)]

[r%%v(22)]: http://y/%%v(23) "%%v(24)"

```{.py k=%%v(25)}
%%v(26)
```

| a | b |
|---|---|
| %%v(27) | $%%tex(28)$ |

text[^1] x^[note %%v(29)]

[^1]: %%v(30)

- %%v(31)
- $%%v(32)$

\begin{x}
%%tex(33)
\end{x}

%%l(a, b)
"""


@pytest.mark.parametrize("rest", ["", "\n%%l(c)\n"], ids=["spliced", "written anew"])
def test_calls_in_all_places(run: Run, pandoc3: None, tmp_path: Path, rest: str) -> None:
    (tmp_path / "a.md").write_text(EVERYWHERE + rest)
    done = run("percent-macros", "expand", "a.md")
    assert done.status == 0
    assert ("anew" in done.err) is bool(rest)
    assert "differ" not in done.err
    (tmp_path / "plain.md").write_text(done.out)
    assert looks_the_same(run, "a.md", "latex", tmp_path)
    left = [int(each) for each in re.findall(r"%%\w+\((\d+)", done.out.replace("\\", ""))]
    assert [each for each in left if each != 22] == [15, 16, 18, 26]  # a reference's label is never seen
    assert not re.search("[\U00010400-\U0001044f]", done.out)


@pytest.mark.parametrize("targets", [["-t", "beamer"], ["-t", "html", "-t", "beamer"]], ids=["beamer", "both"])
def test_an_item_that_is_only_a_call_stays_tight(run: Run, pandoc3: None, tmp_path: Path, targets: list[str]) -> None:
    (tmp_path / "a.md").write_text(
        '%%define m($x) markdown("*$x*") =end\n%%define a($x) latex("\\\\alert{$x}") . html("<b>$x</b>") =end\n\n'
        "- %%m(one)\n- %%m(two)\n\ntext\n\n- %%a(one)\n- two\n- %%a(three)\n\n"
        "text\n\n1. a\n2. %%a(b)\n   - %%a(c)\n"
    )
    done = run("percent-macros", "expand", "a.md", *targets)
    assert "differ" not in done.err
    (tmp_path / "plain.md").write_text(done.out)
    for target in targets[1::2]:
        filtered = run("pandoc", "-F", "percent-macros", "a.md", "-t", target)
        assert run("pandoc", "plain.md", "-t", target).out.split() == filtered.out.split()
        if target == "beamer":
            assert filtered.out.count("tightlist") == 4


def test_tab_stops(run: Run, tmp_path: Path) -> None:
    """In the results, too: pandoc's writer and its reader have to count alike."""
    code = '%%define c() markdown("- a\\n\\n\\t\\tcode\\n") =end\n%%define k($n) "QZ" . $n =end\n\n'
    (tmp_path / "a.md").write_text(code + "- x\n\n        %%k(1)\n\n%%c()\n\n\t%%k(2)\n")
    done = run("percent-macros", "expand", "--tab-stop=8", "a.md")
    assert (done.status, "differ" in done.err) == (0, False)
    filtered = run("pandoc", "--tab-stop=8", "-F", "percent-macros", "-t", "html", "a.md")
    assert "QZ1" in filtered.out
    assert run("pandoc", "--tab-stop=8", "-t", "html", text=done.out).out.replace("<!-- -->\n", "") == filtered.out
