"""Content that macros build: divs, spans, and content in Markdown. Pandoc is the judge: of the same written by hand."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ..conftest import Done, Run

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
