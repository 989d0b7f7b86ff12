"""Text that is nearly a call is told of (PM110), in all ways alike, and what the hint says works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import Done, Run
from ..support.ways import READER

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
MACROS = """\
%%define note($x) "<$x>" =end
%%define two($a, $b) "$a+$b" =end
%%define pause() "P" =end

"""


def in_all_ways(run: Run, folder: Path, text: str, reader: str = "markdown", target: str = "plain") -> Done:
    """Return what all ways to run the filter give, which is the same."""
    (folder / "a.md").write_text(text, "utf-8")
    given = run("pandoc", "-f", reader, "-F", "percent-macros", "a.md", "-t", target)
    lifted = run("percent-macros", "lift", "-f", reader, "a.md").out
    assert run("pandoc", "-f", reader, "-F", "percent-macros", "-t", target, text=lifted) == given
    if reader.startswith("markdown"):
        lua = f"{READER}{reader.removeprefix('markdown')}"
        assert run("pandoc", "-f", lua, "-F", "percent-macros", "a.md", "-t", target) == given
    return given


def warned(done: Done) -> list[str]:
    """Return where near misses are told of: lines and columns."""
    assert done.status == 0, done
    found = re.findall(r"^a\.md:(\d+:\d+): (\w+)\[(PM\d+)\]", done.err, re.MULTILINE)
    assert {each[1:] for each in found} <= {("warning", "PM110")}
    return [place for place, _, _ in found]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("%%note (two)", "%%note(two)"),
        ("%%note\t(two)", "%%note(two)"),
        ("%%note\u00a0(two)", "%%note(two)"),
        ("see %%note (two), and more", "%%note(two)"),
        ("%%note (a, b)", '%%note("a, b")'),
        ("%%note（三）", "%%note(三)"),
        ("%%note （三)", "%%note(三)"),
        ("%%note{x}", "%%note(x)"),
        ("%%note {x, y}", '%%note("x, y")'),
        ("%%note[x]", "%%note(x)"),
        ("%%two{x}{y}", "%%two(x, y)"),
        ("%%two（一，二）", "%%two(一, 二)"),
        ("%%two (1, 2)", "%%two(1, 2)"),
        ("%%two 1 2", "%%two(1, 2)"),
        ("%%note: some words", "%%note(some words)"),
        ("- %%note some words", "%%note(some words)"),
        ("%%Note (x)", "%%note(x)"),
        ("%%noet (x)", "%%note(x)"),
        ("%%pause", "%%pause()"),
        ("%%Pause for a while", "%%pause()"),
        ("%%pause ()", "%%pause()"),
        ("*a %%pause*", "%%pause()"),
        ("# A %%pause here", "%%pause()"),
        ("%%image fig.png", "%%image(fig.png)"),
        ("%%Image (fig.png)", "%%image(fig.png)"),
        ("x%%pause", "x %%pause()"),
        ("x%%note (a)", "x %%note(a)"),
    ],
)
def test_the_call_is_written_out(run: Run, tmp_path: Path, text: str, call: str) -> None:
    done = in_all_ways(run, tmp_path, f"{MACROS}{text}\n")
    assert warned(done) == [f"5:{text.index('%%') + 1}"]
    assert f"`{call}`" in done.err
    (tmp_path / "a.md").write_text(f"{MACROS}{call}\n", "utf-8")
    followed = run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex")
    assert warned(followed) == []
    assert "%%" not in followed.out


@pytest.mark.parametrize(
    ("text", "call"), [("%%note", "%%note()"), ("the macro %%note is mine", "%%note()"), ("%%note (x", "%%note(…)")]
)
def test_the_form_is_told_where_the_arguments_are_unknown(run: Run, tmp_path: Path, text: str, call: str) -> None:
    done = in_all_ways(run, tmp_path, f"{MACROS}{text}\n")
    assert warned(done) == [f"5:{text.index('%%') + 1}"]
    assert f"`{call}`" in done.err


def test_the_text_itself(run: Run, tmp_path: Path) -> None:
    done = in_all_ways(run, tmp_path, MACROS + "\\%%note (two) \\%%Note{x} \\%%pause\n")
    assert (warned(done), done.out) == ([], "%%note (two) %%Note{x} %%pause\n")


def test_what_is_told_of_in_an_address_and_an_attribute(run: Run, tmp_path: Path) -> None:
    done = in_all_ways(run, tmp_path, MACROS + '[a](b/%%pause) [c]{k="%%pause"} $%%pause$\n', target="native")
    assert warned(done) == ["5:7", "5:23", "5:34"]


@pytest.mark.parametrize(
    "text",
    [
        "`%%note (x)`",
        "    %%note (x)",
        "<!-- %%note (x) -->",
        "%%other (x)",
        "%%notes",
        "100%% note (x)",
        "%% note (x)",
    ],
)
def test_what_is_not_told_of(run: Run, tmp_path: Path, text: str) -> None:
    assert warned(in_all_ways(run, tmp_path, f"{MACROS}a\n\n{text}\n")) == []


def test_a_call_whose_name_has_other_letters(run: Run, tmp_path: Path) -> None:
    """It is a call, of no macro."""
    (tmp_path / "a.md").write_text(MACROS + "%%Note(x) and %%PAUSE()\n", "utf-8")
    done = run("pandoc", "-F", "percent-macros", "a.md")
    assert done.status != 0
    assert re.findall(r"\[PM203\].*\n(?: .*\n)*? +hint: write `(.*)`:", done.err) == ["%%note(x)", "%%pause()"]


def test_expand_keeps_the_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{MACROS}A %%pause() and %%note (x).\n", "utf-8")
    assert run("percent-macros", "expand", "a.md").out.strip() == "A P and %%note (x)."


HELD_OFF = [
    "x{}",
    "5{}",
    "é{}",
    "*x{}*",
    "# A x{} heading",
    "- item\n- x{}",
    "> x{}",
    "| a x{}\n| b",
    "x[^1]\n\n[^1]: A note x{}.",
    "[x{}](b.html)",
    "| a | b |\n|---|---|\n| x{} | c |",
    "+-----------+---+\n| x{} | c |\n+-----------+---+",
    "x{} and `y{}` and `x{}`",
    "x{}\n\n    x{}\n",
    "`x{}` z x{} %%pause()",
    "\\textbf{{x{}}}",
]


@pytest.mark.parametrize("text", HELD_OFF)
@pytest.mark.parametrize("reader", ["markdown", "gfm"])
def test_a_call_that_a_letter_holds_off(run: Run, tmp_path: Path, text: str, reader: str) -> None:
    """Pandoc alone tells where it is text: in a word in its place."""
    call = "%%note(a)"
    (tmp_path / "word.md").write_text(MACROS + text.format(*["Wordwords"] * 3) + "\n")
    read = run("pandoc", "-f", reader, "-t", "native", "word.md").out
    expected = len(re.findall('Str "[^"]*Wordwords|RawInline (?s:.){0,20}tex.*Wordwords', read))
    done = in_all_ways(run, tmp_path, MACROS + text.format(*[call] * 3) + "\n", reader)
    assert len(warned(done)) == expected > 0
    assert done.err.count("holds a call off") == expected


def test_what_a_letter_does_not_hold_off(run: Run, tmp_path: Path) -> None:
    text = "[a](x%%pause()) $x%%pause()$ [b]{k=x%%pause()} 日本%%pause() %%note(x%%pause())"
    done = in_all_ways(run, tmp_path, f"{MACROS}{text}\n", target="native")
    assert warned(done) == []
    assert done.out.count("xP") == 4


@pytest.mark.parametrize(
    "text",
    ["`x%%note(a)`", "    x%%note(a)", "<!-- x%%note(a) -->", "```\nx%%note(a)\n```", "x%%other(a)", "x\\%%note()"],
)
def test_a_call_that_a_letter_holds_off_in_code(run: Run, tmp_path: Path, text: str) -> None:
    assert warned(in_all_ways(run, tmp_path, f"{MACROS}a\n\n{text}\n\n%%note(b)\n")) == []


def test_what_to_do_about_a_letter_works(run: Run, tmp_path: Path) -> None:
    done = in_all_ways(run, tmp_path, f"{MACROS}x%%note(a)\n")
    hint = re.search("hint: write a space before it, `(.*)`; or `(.*)`, where", done.err)
    assert hint
    followed = in_all_ways(run, tmp_path, f"{MACROS}{hint[1]}, {hint[2]}\n", target="latex")
    assert (warned(followed), followed.out) == ([], "x \\textless a\\textgreater, x\\textless a\\textgreater{}\n")


@pytest.mark.parametrize(
    ("text", "cured"),
    [
        ("$a %%note($ b) c", r"\$a %%note($ b) c"),
        ("$a %%note($ b) c", "$a$ %%note($ b) c"),
        (r"\textbf{a %%note(} b) c", r"\textbf{a} %%note(\} b) c"),
        ("$x%%note($ b) c", r"\$x %%note($ b) c"),
    ],
)
def test_mathematics_that_ends_inside_a_call(run: Run, tmp_path: Path, text: str, cured: str) -> None:
    done = in_all_ways(run, tmp_path, f"{MACROS}{text}\n", target="native")
    assert done.out == run("pandoc", "-t", "native", text=f"{text}\n").out
    assert warned(done) == [f"5:{text.index('%%') + 1}"]
    (tmp_path / "a.md").write_text(f"{MACROS}{cured}\n")
    followed = run("pandoc", "-F", "percent-macros", "a.md", "-t", "native")
    assert warned(followed) == []
    assert "%%" not in followed.out


def test_a_begin_behind_other_text(run: Run, tmp_path: Path) -> None:
    """It is text, as it begins no line; of one that is no macro's, in code, or behind a backslash, nobody is told."""
    text = f"{MACROS}a %%begin note(x) b %%end note\n\nc %%begin only(beamer) d\n\n"
    text += (
        "`a %%begin note(x)` \\%%begin note(x) a %%begin other(x) a %%begin note\n\n%%note(a) %%two(a, b) %%pause()\n"
    )
    done = in_all_ways(run, tmp_path, text)
    assert warned(done) == ["5:3", "7:3"]
    assert "`%%begin note` is text: other text stands before it on its line" in done.err
    assert "hint: begin a line with it, or for the text itself write `\\%%begin note`" in done.err
    assert done.out.startswith("a %%begin note(x) b %%end note\n\nc %%begin only(beamer) d\n")
