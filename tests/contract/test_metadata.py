"""What macros learn of the metadata, what they put into it, and what they say."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest

from ..conftest import Run

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]

HEADER = """---
title: A *title*
a.b: with a dot
a: {b: hidden, c: [x, {d: "deep *er*"}]}
yes: true
no: false
number: 5
empty: ""
paragraphs: |
  One *p*.

  - two
  - three

        code

  | line
  | block
nested: [[1, 2], 3]
---

"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('meta("title")', "A title"),
        ('meta("a.b")', "with a dot"),
        ('meta("a.c.0")', "x"),
        ('meta("a.c.1.d")', "deep er"),
        ('meta("a.c.2") // "none"', "none"),
        ('meta("a.x") // "none"', "none"),
        ('meta("title.x") // "none"', "none"),
        ('meta("a..c") // "none"', "none"),
        ('meta("a.c.-1") // "none"', "none"),
        ('meta("yes") ? "on" : "off"', "on"),
        ('meta("no") ? "on" : "off"', "off"),
        ('defined(meta("no")) ? "there" : "not there"', "there"),
        ('meta("number") + 1', "6"),
        ('join("/", split("\\n\\n", meta("paragraphs")))', "One p./two/three/code/line block"),
        ('join("/", meta_list("nested"))', "1, 2/3"),
        ('join("/", meta_list("title"))', "A title"),
        ('scalar(meta_list("nothing"))', "0"),
        ('"(" . (meta_content("nothing") // "none") . ")"', "(none)"),
    ],
)
def test_values(expression: str, value: str, filtered: Run) -> None:
    done = filtered(f"{HEADER}%%define f() text({expression}) =end\n\n%%f()\n", target="plain")
    assert (done.status, done.out) == (0, f"{value}\n"), done.err


@pytest.mark.parametrize("key", ["title", "a.c.1.d", "paragraphs", "nested", "number", "yes"])
def test_content_is_what_the_document_has(key: str, filtered: Run, run: Run) -> None:
    done = filtered(f'{HEADER}%%define f() meta_content("{key}") =end\n\n%%f()\n')
    by_hand = {
        "title": "A *title*",
        "a.c.1.d": "deep *er*",
        "paragraphs": "One *p*.\n\n- two\n- three\n\n      code\n\n| line\n| block",
        "nested": "1, 2, 3",
        "number": "5",
        "yes": "true",
    }
    assert (done.status, done.out) == (0, run("pandoc", "-t", "html", text=by_hand[key]).out)


def test_content_with_a_call_in_it(filtered: Run) -> None:
    text = (
        '---\ntitle: "T %%g() *%%g()*"\n---\n\n%%define f() meta_content("title") =end\n%%define g() "\\\\x" =end\n\n'
    )
    done = filtered(f"{text}A %%f() b\n\n%%f()\n", "-s", target="latex")
    assert done.status == 0, done.err
    assert "A T \\x \\emph{\\x} b\n\nT \\x \\emph{\\x}\n" in done.out
    assert "\\title{T \\x \\emph{\\x}}" in done.out


def test_content_that_holds_itself(filtered: Run) -> None:
    done = filtered('---\ntitle: "%%f()"\n---\n\n%%define f() meta_content("title") =end\n\nA %%f()\n')
    assert done.status == 83
    assert "error[PM312]" in done.err


# The preamble


def header(text: str, target: str, filtered: Run, *options: str) -> str:
    done = filtered(text, "-s", *options, target=target)
    assert done.status == 0, done.err
    return done.out


PREAMBLE = """
%%define p() preamble(latex("\\\\newcommand{\\\\x}{1}")); preamble(html("<style>.x</style>")); "" =end
%%define pq() preamble(latex("\\\\newcommand{\\\\y}{2}") . html("<style>.y</style>")); "" =end

%%p() %%pq() %%p()
"""


@pytest.mark.parametrize("target", ["latex", "beamer", "html", "revealjs"])
def test_each_line_once_in_its_format(target: str, filtered: Run) -> None:
    given = header(PREAMBLE, target, filtered)
    latex = re.findall(r"^\\newcommand\{\\[xy]\}\{\d\}$", given, re.MULTILINE)
    styles = re.findall(r"<style>\.[xy]</style>", given)
    if target in ("latex", "beamer"):
        assert latex == ["\\newcommand{\\x}{1}", "\\newcommand{\\y}{2}"]
        assert given.index(latex[1]) < given.index("\\begin{document}")
        assert not styles
    else:
        assert styles == ["<style>.x</style>", "<style>.y</style>"]
        assert given.index(styles[1]) < given.index("</head>")
        assert not latex


def test_what_the_document_has_already(filtered: Run) -> None:
    given = header("---\nheader-includes: \\newcommand{\\x}{1}\n---\n" + PREAMBLE, "latex", filtered)
    assert given.count("\\newcommand{\\x}{1}") == 1
    assert given.count("\\newcommand{\\y}{2}") == 1


def test_expand_keeps_it_for_each_format(run: Run, tmp_path, filtered: Run) -> None:
    (tmp_path / "a.md").write_text(PREAMBLE)
    expanded = run("percent-macros", "expand", "-t", "html", "-t", "latex", "a.md")
    assert expanded.status == 0, expanded.err
    for target, line in (("html", "<style>.y</style>"), ("latex", "\\newcommand{\\y}{2}")):
        assert line in run("pandoc", "-s", "-t", target, text=expanded.out).out


@pytest.mark.parametrize("argument", ['"x"', 'text("x")', 'markdown("x")', 'latex("x") . "y"', "undef"])
def test_nothing_but_raw_markup(argument: str, filtered: Run) -> None:
    done = filtered(f"%%define f() preamble({argument}); 1 =end\n\n%%f()\n")
    assert done.status == 83
    assert done.err.startswith("a.md:1:14: error[PM305]")


# Markup that is made safe

NASTY = "5\" & <b> 'x' \\{}$^_~#% é &amp; ]]> -->"


class _Attribute(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "title"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_html_is_read_as_the_text(quote: str, filtered: Run) -> None:
    written = quote.replace('"', '\\"')
    macro = (
        f'%%define f($t) html("<i title={written}" . escape_html($t) . "{written}>" . escape_html($t) . "</i>") =end'
    )
    done = filtered(f"{macro}\n\n%%f('{NASTY.replace(chr(39), chr(92) + chr(39))}')\n")
    parser = _Attribute()
    parser.feed(done.out)
    assert parser.found == [NASTY]
    assert html.unescape(re.sub(r"<[^>]*>", "", done.out)).strip() == NASTY


def test_latex_is_what_pandoc_writes_of_the_text(filtered: Run) -> None:
    text = "5 & {b} \\x $_~#%"
    macros = "%%define f($t) latex(escape_latex($t)) =end\n%%define g($t) text($t) =end\n"
    done = filtered(f"{macros}\n%%f('{text}')\n\n%%g('{text}')\n", target="latex")
    one, other = done.out.strip().split("\n\n")
    assert (done.status, done.err) == (0, "")
    assert re.sub(r"\{\}| ", "", one) == re.sub(r"\{\}| ", "", other)


# Warnings of macros


def test_a_warning_stands_at_each_call(filtered: Run) -> None:
    text = '%%define f($t) warn("no ", $t, "\\n"); g() =end\n%%define g() warn(); "x" =end\n'
    text += "\n%%f(a)\n\n- b %%f(a)\n"
    done = filtered(text, target="plain")
    assert (done.status, done.out) == (0, "x\n\n- b x\n")
    said = re.findall(r"^(a\.md:\d+:\d+: warning\[PM313\]: .*)$", done.err, re.MULTILINE)
    assert said == [
        "a.md:4:1: warning[PM313]: no a", "a.md:4:1: warning[PM313]: something's wrong",
        "a.md:6:5: warning[PM313]: no a", "a.md:6:5: warning[PM313]: something's wrong",
    ]  # fmt: skip


def test_what_is_tried_does_not_warn(filtered: Run) -> None:
    """The filter evaluates a call again, with other arguments, to see what becomes of its percent signs."""
    done = filtered('%%define f($t) warn($t); "\\\\x{$t} % a" =end\n\n%%f(50%)\n', target="latex")
    assert done.err.count("PM313") == 1
