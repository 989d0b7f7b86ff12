"""Content that macros build: divs, spans, and content in Markdown. Pandoc is the judge: of the same written by hand."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from ..conftest import Done, Run
from ..support.ways import READER

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]

# What pandoc reads as the attributes of a div, and what it does not.
ATTRIBUTES = [
    ".columns", "#id .column width=40%", 'key="a b"', "key='a b'", "-", ".a.b", "#a#b", ".a#b", "-.a", "--",
    "k=", 'k=a"b', "k=\\a", "k=a\\ b", 'k="a\\"b"', "k='a\"b'", 'k="a\\nb"', 'k="&quot;a&amp;b"',
    "k=&amp;", "é=1", ".é",
    "id=foo class='a b'", 'k="a"l=b', 'k="a}b"', "k-l.m:n=2", "k=1 k=2", "#1x", "", " .a\t.b ",
]  # fmt: skip
NOT_ATTRIBUTES = [
    "columns", "{.a}", ".a,.b", "=html", ".1x", "._x", "1k=2", "_k=2", ".%", '.a"b', "k = 2", "#a b", ".a}", "#",
]  # fmt: skip


def tree(done: Done) -> object:
    assert done.status == 0, done.err
    return json.loads(done.out)["blocks"]


def quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def test_attributes_are_read_as_pandoc_reads_them(filtered: Run, run: Run) -> None:
    macros = "".join(f"%%define d{at}() div({quoted(each)}, 'x') =end\n" for at, each in enumerate(ATTRIBUTES))
    calls = "".join(f"%%d{at}()\n\n" for at in range(len(ATTRIBUTES)))
    by_hand = "".join(f"::: {{{each}}}\nx\n:::\n\n" for each in ATTRIBUTES)
    expected = tree(run("pandoc", "-t", "json", text=by_hand))
    assert len(expected) == len(ATTRIBUTES)  # type: ignore[arg-type]
    assert tree(filtered(f"{macros}\n{calls}", target="json")) == expected


@pytest.mark.parametrize("attributes", NOT_ATTRIBUTES)
def test_what_is_no_attribute_is_refused(attributes: str, filtered: Run, run: Run) -> None:
    """Pandoc does not read it as attributes either: it takes it for a class with braces, or for text."""
    (by_hand,) = tree(run("pandoc", "-t", "json", text=f"::: {{{attributes}}}\nx\n:::\n"))  # type: ignore[misc]
    assert by_hand["t"] != "Div" or by_hand["c"][0][1][0].startswith("{")
    done = filtered(f"%%define d() span({quoted(attributes)}, 'x') =end\n\n%%d()\n")
    assert done.status == 83
    assert done.err.startswith("a.md:1:14: error[PM311]")
    assert " hint: " in done.err


CONTAINERS = {
    "inner": [
        "CALL",
        "- CALL\n- b",
        "> CALL",
        "a\n\n:   CALL",
        "[^1]\n\n[^1]: CALL",
        "a CALL b",
        "# CALL",
        "| CALL |\n|---|\n| b |",
    ],
    "outer": ["CALL", "> CALL", "::: x\nCALL\n:::", "a\n\nCALL\n\nb"],
}
MACROS = """
%%define inner() span(".i", text("x"), " y") =end
%%define outer() div(".o", markdown("*m*"), div(".n", inner())) =end

"""
BY_HAND = {"inner": ["[x y]{.i}"], "outer": ["::::: o", "*m*", "", "::: n", "[x y]{.i}", ":::", ":::::"]}


@pytest.mark.parametrize(("name", "container"), [(name, each) for name, every in CONTAINERS.items() for each in every])
def test_as_if_written_by_hand(name: str, container: str, filtered: Run, run: Run) -> None:
    edge = "> " if container.startswith(">") else ""
    expected = run("pandoc", "-t", "html", text=container.replace("CALL", f"\n{edge}".join(BY_HAND[name])))
    done = filtered(MACROS + container.replace("CALL", f"%%{name}()"))
    assert (done.status, done.out) == (0, expected.out), done.err


@pytest.mark.parametrize("place", ["a %%d() b", "# A %%d()", "| a |\n|---|\n| b %%d() |", "[a %%d()](b)"])
def test_a_div_stands_in_no_line(place: str, filtered: Run) -> None:
    done = filtered(f'%%define d() div(".x", "y") =end\n\n{place}\n')
    assert done.status == 83
    assert "error[PM704]" in done.err


@pytest.mark.parametrize("place", ["![a](%%d())", "[a]{k=%%d()}", "$%%d()$"])
@pytest.mark.parametrize("content", ['span(".x", "y")', 'markdown("a " . text("b"))'])
def test_content_is_no_string(place: str, content: str, filtered: Run) -> None:
    done = filtered(f"%%define d() {content} =end\n\n{place}\n")
    assert done.status == 83
    assert "error[PM705]" in done.err


def test_markup_that_the_reader_switches_off_is_left_out_of_content_too(filtered: Run) -> None:
    text = '%%define d() div(".x", html("<i>"), markdown("a " . html("<b>") . " c")) =end\n\n%%d()\n'
    done = filtered(text, "-f", "markdown-raw_html")
    assert (done.status, done.out) == (0, '<div class="x">\n<p>a c</p>\n</div>\n')
    assert "warning[PM702]" in done.err


def test_content_where_only_latex_shows_is_warned_of(filtered: Run) -> None:
    done = filtered('%%define d() div(".x", latex("\\\\vfill")) =end\n\n%%d()\n')
    assert done.status == 0
    assert "warning[PM701]: `d` gives nothing but LaTeX" in done.err


# Content in Markdown


@pytest.mark.parametrize(
    ("markdown", "by_hand"),
    [
        ('"**" . $c . "**"', "***c* d**"),
        ('"# A " . $c', "# A *c* d"),
        ('"# A " . $c . "\\n\\n[A " . $c . "]"', "# A *c* d\n\n[A *c* d]"),
        ('"| a |\\n|---|\\n| " . $c . " |"', "| a |\n|---|\n| *c* d |"),
        ('"- " . $c . "\\n- b"', "- *c* d\n- b"),
        ('"a[^1]\\n\\n[^1]: " . $c', "a[^1]\n\n[^1]: *c* d"),
        ('"a^[" . $c . "]"', "a^[*c* d]"),
        ('"![" . $c . "](a.png){width=50%}"', "![*c* d](a.png){width=50%}"),
        ('": " . $c . "\\n\\n| a |\\n|---|\\n| b |"', ": *c* d\n\n| a |\n|---|\n| b |"),
        ('"a\\n" . $c . "\\nb"', "a\n\n*c* d\n\nb"),
        ('"![a](" . text("b.png") . ")"', "![a](b.png)"),
        ('"[a]{k=" . text("v") . "}"', "[a]{k=v}"),
    ],
)
def test_content_in_markdown_is_as_written_there(markdown: str, by_hand: str, filtered: Run, run: Run) -> None:
    done = filtered(f'%%define f($c = markdown("*c* d")) markdown({markdown}) =end\n\n%%f()\n')
    expected = run("pandoc", "-t", "html", text=by_hand)
    assert (done.status, done.out) == (0, expected.out), done.err


@pytest.mark.parametrize("reader", ["markdown", "gfm", "commonmark_x", "markdown_mmd", "markdown_strict"])
def test_content_in_markdown_in_each_dialect(reader: str, filtered: Run) -> None:
    done = filtered('%%define f() markdown("- *" . text("a_b") . "*\\n- b") =end\n\n%%f()\n', "-f", reader)
    assert (done.status, done.out) == (0, "<ul>\n<li><em>a_b</em></li>\n<li>b</li>\n</ul>\n"), done.err


@pytest.mark.parametrize("lost", ["`{}`", "```\\n{}\\n```", "<!-- {} -->\\n\\na", "a\\n\\n[x]: {}"])
def test_content_that_would_be_lost_is_an_error(lost: str, filtered: Run) -> None:
    before, after = lost.split("{}")
    done = filtered(f'%%define f() markdown("{before}" . text("c") . "{after}") =end\n\n%%f()\n')
    assert done.status == 83
    assert done.err.startswith("a.md:3:1: error[PM706]")


PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("target", "name", "wanted"),
    [
        ("beamer", "", [r"\\begin{columns}.*\\begin{column}{0.4", r"\\note{.*spoken", r"\\begin{block}{R\\&D}.*inside",
                        r"\\fbox{"]),
        ("revealjs", "", ['class="columns"', '<aside class="notes">\\s*<p>spoken', ">R&amp;D</h3>\\s*<p>inside",
                          'class="box"']),
        ("pptx", "ppt/slides/slide", ["left.*right", "R&amp;D.*inside"]),
        ("pptx", "ppt/notesSlides/notesSlide", ["spoken"]),
        ("docx", "word/document.xml", ["left.*right", 'w:val="Box".*right', "R&amp;D.*inside.*spoken"]),
        ("odt", "content.xml", ["left.*right", 'style-name="Box".*right', "R&amp;D.*inside.*spoken"]),
    ],
)  # fmt: skip
def test_the_example_of_the_page_on_formats(
    target: str, name: str, wanted: list[str], filtered: Run, tmp_path: Path
) -> None:
    """What the page's table says that becomes of its example."""
    found = re.search(r"^## Columns.*?^```markdown\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    path = converted(found[1], target, filtered, tmp_path)
    text = parts(path, name) if name else path.read_text("utf-8")
    assert [each for each in wanted if not re.search(each, text, re.DOTALL)] == []
    assert "%%" not in text


RAW_ALONE = [
    '%%define f($c) markdown($c) =end\n%%define r() latex("\\\\x") . text("y") =end\n',
    '%%markdown f($c) $c =end\n%%define r() latex("\\\\x") . text("y") =end\n',
    '%%markdown f($c) $c =end\n%%define r() latex("\\\\xy") =end\n',
]


@pytest.mark.parametrize("macros", RAW_ALONE)
def test_raw_markup_that_is_all_of_some_markdown_stands_in_a_line_and_alone(macros: str, filtered: Run) -> None:
    done = filtered(macros + "\nA %%f(%%r()) b.\n\n%%f(%%r())\n", target="latex")
    assert (done.status, done.out) == (0, "A \\xy b.\n\n\\xy\n"), done.err


# Templates of Markdown

TEMPLATES = r"""
%%markdown strong($t) **$t** =end

%%markdown card($title, $n = 1)
::: {.card title="$title"}
## $title ($n)

%%strong($title) `%%strong(x)` ``a` %%strong(y)`` \%%strong(z)

$body
:::
=end

%%markdown figure($caption, $path)
![$caption](${path}.png){#fig-$path}
=end

"""
CALLS = """
%%begin card(A *title*, n=2)
- one

  %%strong(two)

%%end card

%%figure(See %%strong(that), a_b)

> %%figure(Plain, c)

Some %%strong(words) | here.
"""
TEMPLATES_BY_HAND = """
::: {.card title="A *title*"}
## A *title* (2)

**A *title*** `%%strong(x)` ``a` %%strong(y)`` \\%%strong(z)

- one

  **two**
:::

![See **that**](a_b.png){#fig-a_b}

> ![Plain](c.png){#fig-c}

Some **words** | here.
"""


@pytest.mark.parametrize("target", ["html", "beamer", "docx", "markdown"])
def test_templates_of_markdown_as_if_written_by_hand(target: str, filtered: Run, run: Run) -> None:
    target = "native" if target == "docx" else target
    expected = run("pandoc", "-t", target, text=TEMPLATES_BY_HAND)
    done = filtered(TEMPLATES + CALLS, target=target)
    assert (done.status, done.out) == (0, expected.out), done.err


@pytest.mark.parametrize("way", ["lift", "reader", "expand", "library"])
def test_templates_of_markdown_in_each_way(way: str, filtered: Run, run: Run, tmp_path: Path) -> None:
    plain = filtered(TEMPLATES + CALLS)
    if way == "lift":
        done = run("pandoc", "-F", "percent-macros", "-t", "html", text=run("percent-macros", "lift", "a.md").out)
    elif way == "reader":
        done = run("pandoc", "-f", READER, "-F", "percent-macros", "-t", "html", "a.md")
    elif way == "expand":
        expanded = run("percent-macros", "expand", "-t", "html", "a.md")
        assert (expanded.status, "different" in expanded.err) == (0, False), expanded.err
        done = run("pandoc", "-t", "html", text=expanded.out)
    else:
        (tmp_path / "cards.pmac").write_text(TEMPLATES)
        done = filtered(f"%%use cards.pmac\n{CALLS}")
    assert (done.status, done.out) == (0, plain.out), done.err


def test_code_that_goes_on_over_lines_in_a_template(filtered: Run) -> None:
    text = "%%markdown k() *k* =end\n"
    text += "%%markdown f($t)\n```\n%%k() $t\n```\n\n~~~\n%%k()\n~~~\n\na ` %%k()\n=end\n\n%%f(x)\n"
    done = filtered(text, target="plain")
    assert (done.status, done.out) == (0, "    %%k() x\n\n    %%k()\n\na ` k\n"), done.err


def test_blocks_in_a_line_of_a_template_point_to_the_line(filtered: Run) -> None:
    """The call may well stand on a line of its own: the hint shows what does not, and following it helps."""
    call = "\n=end\n\n%%begin note(hint)\n- a\n- b\n%%end note\n"
    done = filtered(f"%%markdown note($kind)\n**$kind**: $body{call}")
    assert done.status == 83
    assert "a.md:5:1: error[PM704]: `note` puts blocks in the place of `$body`, inside a line of its text" in done.err
    assert "hint: in the macro, put `$body` on a line of its own" in done.err
    done = filtered(f"%%markdown note($kind)\n**$kind**:\n\n$body{call}", target="plain")
    assert (done.status, done.out) == (0, "hint:\n\n- a\n- b\n"), done.err


def test_a_citation_key_has_a_hint_that_helps(filtered: Run) -> None:
    text = '%%define cite($k) markdown("[see @$k]") =end\n%%define key() "knuth" =end\n\n'
    done = filtered(f"{text}See @%%key().\n")
    assert "a.md:4:6: error[PM705]: no call can stand in a citation's key" in done.err
    assert "hint: write the key itself, or give the whole citation by `markdown(…)` in a macro" in done.err
    done = filtered(f"{text}It is so %%cite(knuth).\n", target="native")
    assert done.status == 0, done.err
    assert 'citationId = "knuth"' in done.out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("%%markdown f($t)\n$t\n\n%%f(a)\n", "1:1: error[PM101]"),
        ("%%markdown f($t)\n%%lost($t)\n=end\n\n%%f(a)\n", "2:1: error[PM203]"),
        ("%%markdown f($t)\n%%only($t\n=end\n\n%%f(a)\n", "2:7: error[PM103]"),
        ("%%markdown f($t)\n$t %%g(1)\n=end\n%%define g() 1 =end\n\n%%f(a)\n", "2:8: error[PM208]"),
        ("%%markdown f($t)\n$t %%f(1)\n=end\n\n%%f(a)\n", "1:12: error[PM210]"),
        ("%%markdown f($t)\n$body $t\n=end\n\n%%f(a)\n", "2:1: error[PM302]"),
        ("%%markdown f()\n`$body`\n=end\n\n%%begin f\na\n%%end f\n", "5:1: error[PM706]"),
        ("%%markdown f()\na $body\n=end\n\n%%begin f\n- a\n\n%%end f\n", "5:1: error[PM704]"),
        ("%%define markdown($x) $x =end\n", "1:10: error[PM204]"),
        ("%%markdown 5()\n=end\n", "1:12: error[PM104]"),
    ],
)
def test_faults_in_templates_of_markdown(text: str, code: str, filtered: Run) -> None:
    done = filtered(text)
    assert done.status == 83
    assert done.err.startswith(f"a.md:{code}")


@pytest.mark.parametrize("word", ["template", "markdown"])
@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("$x$", True), ("$x^2", True), ("$$x$$", True), ("$${x}$", False), ("${x}^", False), ("$x$y", False),
        ("$x${y}", False), ("$x$z", True), ("$x a", False), ("$z$", False),
    ],
)  # fmt: skip
def test_parameters_in_what_looks_like_mathematics(text: str, warned: bool, word: str, filtered: Run) -> None:
    done = filtered(f"%%{word} f($x, $y)\n{text} $y\n=end\n\n%%f(1, 2)\n", target="latex")
    assert done.status == 0
    assert ("a.md:2:" in done.err and "warning[PM217]" in done.err) == warned, done.err


# The author's text of a body

SHOW = "%%define show() html('<s>' . source($body) . '</s>') =end\n%%define k() 'K' =end\n\n"
BODIES = [
    ("%%begin show\nBODY\n%%end show\n", ""),
    ("> %%begin show\nBODY\n> %%end show\n", "> "),
    ("- %%begin show\nBODY\n  %%end show\n", "  "),
    ("1.  a\n\n    > %%begin show\nBODY\n    > %%end show\n", "    > "),
    ("::: x\n%%begin show\nBODY\n%%end show\n:::\n", ""),
    ("a[^1]\n\n[^1]: b\n\n    %%begin show\nBODY\n    %%end show\n", "    "),
]
TEXT = "a  *b* %%k()\n\n  c \\%%k(\n%%# d\n\n%%begin only(html)\nx > y\n%%end only"


@pytest.mark.parametrize("way", ["plain", "lift", "reader", "crlf", "code register"])
@pytest.mark.parametrize(("around", "margin"), BODIES)
def test_the_text_of_a_body(around: str, margin: str, way: str, filtered: Run, run: Run, tmp_path: Path) -> None:
    body = "\n".join((margin + line).rstrip() for line in TEXT.split("\n"))
    text = SHOW + around.replace("BODY", body)
    (tmp_path / "a.md").write_text(text.replace("\n", "\r\n") if way == "crlf" else text, newline="")
    if way == "reader":
        done = run("pandoc", "-f", READER, "-F", "percent-macros", "-t", "html", "a.md")
    elif way == "lift":
        done = run("pandoc", "-F", "percent-macros", "-t", "html", text=run("percent-macros", "lift", "a.md").out)
    elif way == "code register":
        options = ("-f", "markdown-fenced_divs")
        text = run("percent-macros", "lift", *options, "a.md").out
        done = run("pandoc", *options, "-F", "percent-macros", "-t", "html", text=text)
    else:
        done = run("pandoc", "-F", "percent-macros", "-t", "html", "a.md")
    assert done.status == 0, done.err
    assert re.findall("<s>(.*?)</s>", done.out, re.DOTALL) == [TEXT]


def test_bodies_in_bodies(filtered: Run) -> None:
    """However many there are, the text of all bodies together is bounded."""
    text = "%%define f() $body =end\n%%define g() text(source($body)) =end\n\n"
    text += "%%begin f\n" * 300 + "%%begin g\nx %%g\n%%end g\n" + "%%end f\n" * 300
    done = filtered(text, target="plain")
    assert (done.status, done.out) == (0, "x %%g\n"), done.err


def test_a_library_that_the_lifted_text_does_not_name(filtered: Run, run: Run, tmp_path: Path) -> None:
    (tmp_path / "show.pmac").write_text(SHOW)
    text = "%%begin show\na *b*\n%%end show\n"
    named = ("-M", "percent-macros-use=show.pmac")
    assert filtered(text, *named).out == "<s>a *b*</s>\n"
    lifted = run("percent-macros", "lift", "a.md").out
    done = run("pandoc", "-F", "percent-macros", "-t", "html", *named, text=lifted)
    assert done.status == 83
    assert "a.md:1:1" in done.err
    assert "error[PM314]" in done.err
    (tmp_path / "a.md").write_text(f"%%use show.pmac\n\n{text}")
    lifted = run("percent-macros", "lift", "a.md").out
    assert run("pandoc", "-F", "percent-macros", "-t", "html", text=lifted).out == "<s>a *b*</s>\n"


@pytest.mark.parametrize("argument", ['text("a")', '$body . "a"', 'div("", $body)', "undef"])
def test_nothing_but_a_body_has_a_source(argument: str, filtered: Run) -> None:
    done = filtered(f"%%define f() $body; source({argument}) =end\n\n%%begin f\na\n%%end f\n")
    assert done.status == 83
    assert re.match(r"a\.md:1:\d+: error\[PM30[23]\]", done.err)


def test_explain_knows_the_text_of_a_body(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{SHOW}%%begin show\na %%k()\n%%end show\n")
    done = run("percent-macros", "explain", "a.md:4", "-t", "html")
    assert "<s>a %%k()</s>" in done.out


# Limits


@pytest.mark.parametrize("wrap", ['div("", $c)', 'span("", $c)', 'markdown("a " . $c)', 'div("", markdown("> " . $c))'])
def test_how_deep_content_nests(wrap: str, filtered: Run) -> None:
    body = f'my $c = text("x"); for my $i (1..N) {{ $c = {wrap} }} $c'
    levels = 32 if "div" in wrap and "markdown" in wrap else 64
    assert filtered(f"%%define f() {body} =end\n\n%%f()\n".replace("N", str(levels))).status == 0
    done = filtered(f"%%define f() {body} =end\n\n%%f()\n".replace("N", str(levels + 1)))
    assert done.status == 83
    assert "error[PM407]: content nests deeper than 64 levels" in done.err


@pytest.mark.parametrize("wrap", ['div("", $c, $c)', 'span("", $c, $c)', "markdown($c . $c)"])
def test_content_that_doubles_meets_a_limit(wrap: str, filtered: Run) -> None:
    done = filtered(f'%%define f() my $c = text("x"); for my $i (1..60) {{ $c = {wrap} }} $c =end\n\n%%f()\n')
    assert done.status == 83
    assert "error[PM40" in done.err


# In the formats of slides and of office programs

DECK = """
%%define column($width, $content) div(".column width=$width%", $content) =end
%%define two($left, $right) div(".columns", column($left, $body), column($right, text("right"))) =end
%%define box($title) div(".block", markdown("### " . text($title)), $body) =end
%%define notes() div(".notes", $body) =end

# Slide

%%begin two(40, 60)
left

- item
%%end two

# Boxes

%%begin box(R&D)
inside
%%end box

%%begin notes
spoken
%%end notes
"""


def parts(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(each).decode() for each in sorted(archive.namelist()) if name in each)


def converted(text: str, target: str, filtered: Run, tmp_path: Path) -> Path:
    path = tmp_path / f"out.{target}"
    done = filtered(text, "-o", path, target=target)
    assert (done.status, done.err) == (0, "")
    return path


BY_HAND_DECK = """
# Slide

:::::: columns
::: {.column width=40%}
left

- item
:::

::: {.column width=60%}
right
:::
::::::

# Boxes

:::: block
### R&D

inside
::::

::: notes
spoken
:::
"""


@pytest.mark.parametrize("target", ["beamer", "revealjs", "slidy", "html", "latex", "typst"])
def test_a_deck_as_if_written_by_hand(target: str, filtered: Run, run: Run) -> None:
    expected = run("pandoc", "-t", target, text=BY_HAND_DECK)
    done = filtered(DECK, target=target)
    assert (done.status, done.out) == (0, expected.out), done.err
    assert {"beamer": "\\begin{columns}", "revealjs": 'class="columns"'}.get(target, "") in done.out


@pytest.mark.parametrize(
    ("target", "name", "wanted"),
    [
        ("pptx", "ppt/slides/slide", ["left", "right", "R&amp;D", "inside"]),
        ("pptx", "ppt/notesSlides/notesSlide", ["spoken"]),
        ("docx", "word/document.xml", ["left", "item", "right", "R&amp;D", "inside", "spoken"]),
        ("odt", "content.xml", ["left", "item", "right", "R&amp;D", "inside", "spoken"]),
    ],
)
def test_a_deck_for_office_programs(
    target: str, name: str, wanted: list[str], filtered: Run, run: Run, tmp_path: Path
) -> None:
    done = parts(converted(DECK, target, filtered, tmp_path), name)
    by_hand = tmp_path / f"by-hand.{target}"
    assert run("pandoc", "-o", by_hand, text=BY_HAND_DECK).status == 0
    assert done == parts(by_hand, name)
    assert [each for each in wanted if each not in done] == []
