"""Fenced divs that are not what they look, and widths of columns: told at their lines by ``check`` and ``build``."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.latex import document

pytestmark = pytest.mark.pandoc
_SHOWN = re.compile(r"^(\S+?):(\d+):(\d+): (\w+)\[(PM61[345])\]: ", re.MULTILINE)
_HINT = re.compile(r"^   hint: (.*)$", re.MULTILINE)


def told(out: str, name: str = "a.md") -> list[str]:
    """Return where something is told of divs, how bad it is, and its code: ``3.1 warning PM614``."""
    return [
        f"{line}.{column} {severity} {code}"
        for file, line, column, severity, code in _SHOWN.findall(out)
        if file == name
    ]


CLOSED = """\
%%template box($x)
::: inner
$x
:::

:::
=end

# A

::: note
%%box(x)
:::

:::: {#i .b key="v w"} ::::::
- item

  ::: {.c}
  x
  :::

> ::: {.d
> .e}
> x
> :::

```
:::
::: x y
```

<!--
:::
-->
:::::

| ::: a line
| of a block

| a | b |
|---|---|
| ::: | x |
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_divs_that_are_as_they_look(run: Run, tmp_path: Path, ends: str) -> None:
    (tmp_path / "a.md").write_bytes(CLOSED.replace("\n", ends).encode())
    done = run("percent-macros", "check", "a.md")
    assert (done.status, done.out) == (0, "")


@pytest.fixture(scope="session")
def pandoc_closes(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip a test of divs that nothing closes for pandocs that take these for text."""
    log = tmp_path_factory.mktemp("log") / "log.json"
    subprocess.run(["pandoc", f"--log={log}", "-t", "json"], input=b"::: a\n\nb\n", check=True, capture_output=True)
    if "UnclosedDiv" not in log.read_text("utf-8"):
        pytest.skip("this pandoc takes a div that nothing closes for text")


UNCLOSED = [
    ("a\n\n::: note\nb\n", ["3.1 warning PM613"], "put a line `:::` after what belongs to it"),
    ("%%define f() 1 =end\n\n- a\n\n  ::: note\n  b\n\nc\n", ["5.3 warning PM613"], "put a line `:::` after"),
    ("> ::: note\n> b\n\nc\n", ["1.3 warning PM613"], "put a line `:::` after"),
    (
        "::: a\nx\n\n:::: columns\n::: {.column width=40%}\nx\n::::\n:::\n",
        ["5.1 warning PM613"],
        "the `::::` of line 7 closes it, not the div of line 4",
    ),
    ("::: columns\n::: column\na\n\n::: column\nb\n:::\n:::\n", ["2.1 warning PM613"], "put a line `:::` above line 5"),
]
FAULTS = [
    ("a\n\n:::\n\nb\n", ["3.1 warning PM614"], "take it out, or open a div for it"),
    ("::: a\nb\n:::\n:::\n", ["4.1 warning PM614"], "take it out, or open a div for it"),
    ("a\n::: b\nc\n:::\n", ["2.1 warning PM614"], "leave an empty line above it"),
    ("- a\n::: b\nc\n:::\n", ["2.1 warning PM614"], "leave an empty line above it"),
    ("  ::: b\n  c\n  :::\n", ["1.3 warning PM614"], "begin the line at the left edge"),
    ("::: a b\nc\n:::\n", ["1.1 warning PM614"], "write `::: {.a .b}`"),
    ("::: a {#b}\nc\n:::\n", ["1.1 warning PM614"], "write `::: {.a #b}`"),
    ('::: {.a k = "v"}\nc\n:::\n', ["1.1 warning PM614"], "put no space beside the `=`"),
    ("::: {.a} b\nc\n:::\n", ["1.1 warning PM614"], "after the colons goes one name, or attributes in braces"),
    ("::: {.a\nc\n:::\n", ["1.1 warning PM614"], 'write attributes as in `{#id .class key="value"}`'),
    ("::: {.a,.b}\nc\n:::\n", ["1.1 warning PM614"], 'write attributes as in `{#id .class key="value"}`'),
]


@pytest.mark.usefixtures("pandoc_closes")
@pytest.mark.parametrize(("text", "places", "hint"), UNCLOSED)
def test_divs_that_nothing_closes(run: Run, tmp_path: Path, text: str, places: list[str], hint: str) -> None:
    document(tmp_path, text)
    done = run("percent-macros", "check", "a.md")
    assert told(done.out) == places, done.out
    assert hint in _HINT.findall(done.out)[0]


@pytest.mark.parametrize(("text", "places", "hint"), FAULTS)
def test_divs_that_are_not_what_they_look(run: Run, tmp_path: Path, text: str, places: list[str], hint: str) -> None:
    document(tmp_path, text)
    done = run("percent-macros", "check", "a.md")
    assert told(done.out) == places, done.out
    assert hint in _HINT.findall(done.out)[0]


CURES = [
    ("a\n::: b\nc\n:::\n", "a\n\n::: b\nc\n:::\n"),
    ("  ::: b\n  c\n  :::\n", "::: b\nc\n:::\n"),
    ("::: a b\nc\n:::\n", "::: {.a .b}\nc\n:::\n"),
    ("::: a {#b}\nc\n:::\n", "::: {.a #b}\nc\n:::\n"),
    (
        "::: columns\n::: column\na\n\n::: column\nb\n:::\n:::\n",
        "::: columns\n::: column\na\n\n:::\n::: column\nb\n:::\n:::\n",
    ),
]


@pytest.mark.parametrize(("faulty", "cured"), CURES)
def test_the_cure_is_one(run: Run, tmp_path: Path, faulty: str, cured: str) -> None:
    document(tmp_path, faulty, "faulty.md")
    document(tmp_path, cured, "cured.md")
    out = run("percent-macros", "check", "faulty.md", "cured.md").out
    assert told(out, "faulty.md") != []
    assert "cured.md" not in out
    assert ":::" not in run("pandoc", "cured.md", "-t", "html").out


def test_the_document_goes_through_a_pipe_and_in_several_files(run: Run, tmp_path: Path) -> None:
    assert "<stdin>:3:1: warning[PM614]" in run("percent-macros", "check", "-", text="a\n\n:::\n").out
    document(tmp_path, "::: a\nx\n")
    document(tmp_path, "y\n\n:::\n\n:::\n", "b.md")
    done = run("percent-macros", "build", "a.md", "b.md", "-o", "a.html")
    assert (done.status, told(done.err, "b.md")) == (0, ["5.1 warning PM614"])


def test_a_pandoc_that_takes_a_div_that_nothing_closes_for_text(run: Run, tmp_path: Path) -> None:
    """Whichever it is, it is told of at its line, with the cure."""
    document(tmp_path, "a\n\n::: note\nb\n")
    out = run("percent-macros", "check", "a.md").out
    assert re.match(r"a\.md:3:1: warning\[PM61[34]\].*`:::`", out, re.DOTALL)


@pytest.mark.parametrize("reader", ["gfm", "markdown-fenced_divs", "commonmark_x"])
def test_dialects_without_such_divs_are_left_alone(run: Run, tmp_path: Path, reader: str) -> None:
    document(tmp_path, "a\n\n:::\n")
    assert run("percent-macros", "check", "-f", reader, "a.md").out == ""


@pytest.mark.usefixtures("pandoc_closes")
def test_hundreds_of_fences_are_told_apart(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "::: a\nb\n:::\n\n" * 400 + "c\n\n:::\n\n" + "::: a\nb\n:::\n\n" * 400 + "::: last\n")
    done = run("percent-macros", "check", "a.md")
    assert told(done.out) == ["1603.1 warning PM614", "3205.1 warning PM613"]


@pytest.mark.usefixtures("pandoc_closes")
def test_divs_that_nest_deep(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "".join(f"::: a{number}\n" for number in range(90)))
    assert len(told(run("percent-macros", "check", "a.md").out)) == 90
    document(tmp_path, "::: a\n" * 3000 + ":::\n" * 3000)
    done = run("percent-macros", "check", "a.md")
    assert (done.status, done.err) == (1, "percent-macros: error[PM607]: the document's elements nest too deep\n")
    assert run("percent-macros", "build", "a.md", "-o", "a.html").status == 0


LINES = "::: a|:::|::::|::: {.b}|:::: {.columns}|text||||- item|  more|  ::: c|  :::|# H|```|::: two words|   :::|> q"


@pytest.mark.usefixtures("pandoc_closes")
def test_pandoc_says_so_too(run: Run, tmp_path: Path) -> None:
    """For documents made at random: as many divs that are never closed, and as many lines that are text."""
    dice = random.Random(5)
    texts = {f"{n}.md": "\n".join(dice.choices(LINES.split("|"), k=12)) + "\n" for n in range(60)}
    for name, text in texts.items():
        document(tmp_path, text, name)
    out = run("percent-macros", "check", "--output-format", "concise", *texts).out
    count = 0
    for name, text in texts.items():
        unclosed = log_of(run, tmp_path, text).count('"UnclosedDiv"')
        found = [each for each in told(out, name) if each.endswith("PM613")]
        assert len(found) == unclosed, text
        shown = run("pandoc", "-t", "plain", "--wrap=preserve", text=text).out
        is_text = re.search(r"^[ >-]*:::", re.sub(r"^    .*\n", "", shown, flags=re.MULTILINE), re.MULTILINE)
        if not is_text:
            assert not any(each.startswith(name) and "PM614" in each for each in out.splitlines()), text
        count += len(found)
    assert count > 10


def log_of(run: Run, folder: Path, text: str) -> str:
    run("pandoc", "--log=log.json", "-t", "json", text=text)
    return (folder / "log.json").read_text("utf-8")


@pytest.mark.usefixtures("pandoc_closes")
def test_build_says_it_once_and_in_our_words(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "%%define f() 1 =end\n\n::: a\nb\n\n- c\n\n  :::\n")
    done = run("percent-macros", "build", "a.md", "-o", "a.html")
    assert (done.status, told(done.err)) == (0, ["3.1 warning PM613", "8.3 warning PM614"])
    assert "unclosed at" not in done.err


COLUMNS = """\
# A

:::: columns
::: {.column width=%s}
x
:::
::: {.column width=%s}
y
:::
::::
"""
WIDTHS = [
    ("40%", "beamer", "", ""),
    ('"40 %"', "beamer", "", ""),
    ("0.4", "beamer", "", ""),
    (".4", "beamer", "", ""),
    ("120%", "beamer", "warning", "100 % at most"),
    ("0%", "beamer", "warning", "100 % at most"),
    ("40", "beamer", "warning", "did you mean `width=40%`?"),
    ("forty", "beamer", "error", "write a percentage: `width=40%`"),
    ("5cm", "beamer", "error", "write a percentage: `width=40%`"),
    ('"40,5%"', "beamer", "error", "write a percentage: `width=40%`"),
    (".5%", "beamer", "error", "write a percentage: `width=40%`"),
    ("40%", "html", "", ""),
    ("5cm", "revealjs", "", ""),
    ('"calc(50% - 1em)"', "html", "", ""),
    ('"40 %"', "html", "warning", "write a percentage: `width=40%`"),
    ("0.4", "html", "warning", "write a percentage: `width=40%`"),
    ("forty", "html", "warning", "write a percentage: `width=40%`"),
    ("120%", "html", "warning", "100 % at most"),
    ("forty", "docx", "", ""),
]


@pytest.mark.parametrize(("width", "target", "severity", "hint"), WIDTHS)
def test_widths_of_columns(run: Run, tmp_path: Path, width: str, target: str, severity: str, hint: str) -> None:
    document(tmp_path, COLUMNS % (width, "10%"))
    done = run("percent-macros", "check", "-t", target, "a.md")
    at = 20 + width.startswith('"')
    assert told(done.out) == ([f"4.{at} {severity} PM615"] if severity else []), done.out
    assert hint in done.out


@pytest.mark.parametrize(
    ("widths", "target", "wrong"),
    [
        (("70%", "50%"), "beamer", True),
        (("50%", "0.5"), "beamer", False),
        (("70%", "50%"), "html", False),
    ],
)
def test_columns_that_are_too_wide_together(
    run: Run, tmp_path: Path, widths: tuple[str, str], target: str, wrong: bool
) -> None:
    document(tmp_path, COLUMNS % widths)
    assert told(run("percent-macros", "check", "-t", target, "a.md").out) == ["7.1 warning PM615"] * wrong


def test_a_width_that_a_call_gives_is_not_judged(run: Run, tmp_path: Path) -> None:
    document(tmp_path, '%%define w() "40%" =end\n\n' + COLUMNS % ('"%%w()"', "10%"))
    assert run("percent-macros", "check", "a.md").out == ""


@pytest.mark.tex
@pytest.mark.parametrize("width", ["forty", "5cm", '"40,5%"', ".5%"])
def test_build_stops_at_a_width_that_stops_latex(run: Run, tmp_path: Path, width: str) -> None:
    document(tmp_path, COLUMNS % (width, "10%"))
    at = 20 + width.startswith('"')
    done = run("percent-macros", "build", "a.md", "-t", "beamer", "-o", "a.pdf")
    assert (done.status, told(done.err)) == (1, [f"4.{at} error PM615"])
    assert "LaTeX" not in done.err
    assert run("pandoc", "a.md", "-t", "beamer", "-o", "a.pdf").status == 43, "LaTeX takes it"


def test_build_reads_no_divs_in_what_is_not_markdown(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "Text\n\n:::\n", "a.rst")
    (tmp_path / "a.md").write_text("Text\n", "utf-8")
    assert run("pandoc", "a.md", "-o", "a.docx").status == 0
    for name in ("a.rst", "a.docx"):
        done = run("percent-macros", "build", name, "-o", "a.html")
        assert (done.status, done.err) == (0, "a.html: pandoc\na.html: written\n")
