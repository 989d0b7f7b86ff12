"""Counters: the numbers follow the percent signs in the text, and every way to the document says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.ways import READER

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]

MACROS = """
%%define n($t = "") "<" . counter("n") . "$t>" =end
%%define via($t) n($t) =end
%%template in_template($t)
$t %%n()
=end
%%markdown in_markdown($t)
%%n() *$t* %%n()
=end
%%define outer($t) my $n = counter("n"); div(".o", text("<$n$t>"), $body) =end
%%define late($t) my $body_first = div(".o", $body); my $n = counter("n"); div(".l", $body_first, text("<$n$t>")) =end
%%define so_far() "(" . counter("n", 0) . ")" =end

"""
DOCUMENT = """
# Head %%n(h) {#head}

%%n(a) and %%n(a), %%via(b)[^1] %%so_far()

[^1]: In the note: %%n(note).

| a        | b      |
|----------|--------|
| %%n(c)   | %%n(d) |

%%begin outer(e)
- in %%n(f)

%%begin outer(g)
%%n(h)
%%end outer

%%end outer

%%begin only(docx)
Never %%n(x).
%%end only

%%begin late(i)
%%n(j)
%%end late

%%in_template(t) %%in_markdown(m) ![%%n(alt)](%%so_far().png) `%%n(code)` $x_{%%so_far()}$

%%n(last)
"""
ORDER = "1h 2a 3a 4b 5note 6c 7d 8e 9f 10g 11h 12i 13j 14 15 16 17alt 18last".split()


def numbers(text: str) -> list[str]:
    return sorted(set(re.findall(r"(?:<|&lt;)(\d+\w*)(?:>|&gt;)", text)), key=lambda each: int(re.sub(r"\D", "", each)))


@pytest.mark.parametrize("way", ["plain", "lift", "reader", "expand", "rewritten"])
def test_the_order_of_the_text(way: str, filtered: Run, run: Run, tmp_path: Path) -> None:
    text = MACROS + DOCUMENT
    (tmp_path / "a.md").write_text(text)
    if way == "plain":
        done = filtered(text)
    elif way == "lift":
        done = run("pandoc", "-F", "percent-macros", "-t", "html", text=run("percent-macros", "lift", "a.md").out)
    elif way == "reader":
        done = run("pandoc", "-f", READER, "-F", "percent-macros", "-t", "html", "a.md")
    else:
        targets = ["-t", "html", "-t", "latex"] if way == "rewritten" else ["-t", "html"]
        done = run("pandoc", "-t", "html", text=run("percent-macros", "expand", *targets, "a.md").out)
    assert done.status == 0, done.err
    assert numbers(done.out) == ORDER
    assert "(4)" in done.out
    assert "(17).png" in done.out
    assert "%%n(code)" in done.out


@pytest.mark.parametrize("way", ["plain", "lift"])
def test_metadata_and_several_files(way: str, run: Run, tmp_path: Path) -> None:
    """The order of pandoc's inputs, not of their names; metadata where it is written."""
    (tmp_path / "b.md").write_text(f"---\ntitle: T %%n(title)\n---\n{MACROS}\n%%n(b)\n")
    (tmp_path / "a.md").write_text("%%n(a)\n\n---\nauthor: '%%n(author)'\n---\n\n%%n(end)\n")
    options = ["-s", "-t", "markdown-raw_html", "--wrap=none"]
    if way == "plain":
        done = run("pandoc", "-F", "percent-macros", *options, "b.md", "a.md")
    else:
        lifted = run("percent-macros", "lift", "b.md", "a.md")
        done = run("pandoc", "-F", "percent-macros", *options, text=lifted.out)
    assert done.status == 0, done.err
    said = {word: int(number) for number, word in re.findall(r"\\?<(\d)(\w+)\\?>", done.out)}
    assert said == {"title": 1, "b": 2, "a": 3, "author": 4, "end": 5}


def test_title_blocks(filtered: Run) -> None:
    done = filtered(f"% Title %%n(t)\n% Author %%n(a)\n{MACROS}\n%%n(x)\n", "-s", target="markdown")
    assert numbers(done.out.replace("\\", "")) == ["1t", "2a", "3x"]


def test_a_call_in_an_argument_counts_first(filtered: Run) -> None:
    done = filtered(
        f"{MACROS}%%define two($a, $b) $a . n('two') . $b =end\n\n%%two(%%n(a), %%n(b)) %%n(c)\n", target="plain"
    )
    assert done.out == "<1a><3two><2b> <4c>\n"


def test_a_result_is_shared_where_nothing_counts(filtered: Run) -> None:
    """Also by way of macros that are called only now and then."""
    text = '%%define f($x) $x eq "n" ? counter("a") . counter("b", 0) : "same" =end\n'
    text += "%%define g($x) f($x) =end\n\n%%f(n) %%g(n) %%g(m) %%g(m) %%g(n) %%f(n)\n"
    assert filtered(text, target="plain").out == "10 20 same same 30 40\n"


@pytest.mark.parametrize(
    ("part", "skipped", "number"),
    [("%%n(a)", 0, "2a"), ("%%n(a)", 1, "3a"), ("%%via(b)", 0, "4b"), ("%%n(note)", 0, "5note"), ("%%n(d)", 0, "7d"),
     ("%%begin outer(g)", 0, "10g"), ("%%n(last)", 0, "18last")],
)  # fmt: skip
def test_explain_says_the_number_of_the_document(
    part: str, skipped: int, number: str, run: Run, tmp_path: Path
) -> None:
    text = MACROS + DOCUMENT
    (tmp_path / "a.md").write_text(text)
    at = text.index(part)
    for _ in range(skipped):
        at = text.index(part, at + 1)
    place = f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"
    done = run("percent-macros", "explain", f"a.md:{place}", "-t", "html")
    assert done.status == 0, done.err
    assert f"<{number}>" in done.out.partition("result")[2]


def test_explain_of_a_call_in_an_argument(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{MACROS}%%n(x) %%via(%%n(a)%%n(b)) %%n(y)\n")
    line = MACROS.count("\n") + 1
    for column, number in ((8, "4"), (14, "2a"), (20, "3b"), (28, "5y")):
        done = run("percent-macros", "explain", f"a.md:{line}:{column}", "-t", "html")
        assert f"<{number}" in done.out.partition("result")[2], done.out


@pytest.mark.parametrize(
    ("call", "number"), [("n(d)", "7d"), ("n(h)", "1h"), ("n(never)", "19never"), ("so_far()", "4")]
)
def test_call_says_the_number_of_the_document(call: str, number: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MACROS + DOCUMENT)
    done = run("percent-macros", "call", "a.md", call, "-t", "plain")
    assert done.status == 0, done.err
    assert done.out.strip("<>()\n") == number


@pytest.mark.parametrize("text", ['counter("a", 2)', 'counter("a", -1)', 'counter("a", "x")', 'counter(text("a"))'])
def test_what_no_counter_is(text: str, filtered: Run) -> None:
    done = filtered(f"%%define f() {text} =end\n\n%%f()\n")
    assert done.status == 83
    assert re.match(r"a\.md:1:\d+: error\[PM30\d\]", done.err)
