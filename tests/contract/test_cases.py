"""Small documents of authors, each with what is right for it, run in all ways.

``cases/NAME.hand.md`` is what an author would have written by hand: its LaTeX and that of ``cases/NAME.md`` are equal.
For the others what is right stands here. ``KNOWN`` says which fail for now, and of what kind the fault is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ..conftest import Done, Run
from ..support.ways import READER

pytestmark = [pytest.mark.pandoc, pytest.mark.usefixtures("pandoc3")]
CASES = Path(__file__).parents[1] / "cases"
BY_HAND = sorted(path.name.removesuffix(".hand.md") for path in CASES.glob("*.hand.md"))
WAYS = ("plain", "lift", "reader", "expand")
FILTERED = WAYS[:3]
# What fails for now: the kind, and the ways that are right already.
KNOWN: dict[str, tuple[str, Sequence[str]]] = {}

Given = Callable[..., Done]


@pytest.fixture
def given(run: Run, tmp_path: Path) -> Given:
    """Run pandoc on a case, or on another text, in one of the ways."""

    def given(way: str, case: str, *options: str, reader: str = "markdown", text: str | None = None) -> Done:
        data = (CASES / f"{case}.md").read_bytes() if text is None else text.encode()
        (tmp_path / "case.md").write_bytes(data)
        if way == "plain":
            return run("pandoc", "-f", reader, "-F", "percent-macros", "case.md", *options)
        if way == "lift":
            lifted = run("percent-macros", "lift", "-f", reader, "case.md")
            assert lifted.status == 0 or lifted.err
            return run("pandoc", "-f", reader, "-F", "percent-macros", *options, text=lifted.out)
        if way == "reader":
            lua = f"{READER}{reader.removeprefix('markdown')}"
            return run("pandoc", "-f", lua, "-F", "percent-macros", "case.md", *options)
        target = options[list(options).index("-t") + 1]
        read = [each for each in options if each.startswith("--tab-stop")]
        expanded = run("percent-macros", "expand", "-f", reader, "-t", target, *read, "case.md")
        if expanded.status:
            return expanded
        said = re.search(r"read the text as (\S+)\n", expanded.err)
        return run("pandoc", "-f", said[1] if said else reader, *options, text=expanded.out)

    return given


def words(done: Done) -> str:
    assert done.status == 0, done
    return " ".join(done.out.split())


def in_ways(*cases: str, ways: Sequence[str] = WAYS) -> pytest.MarkDecorator:
    """Run a test for each case in each way; what is known to fail must fail."""
    rows = [pytest.param(case, way, marks=_marks(case, way), id=f"{case}-{way}") for case in cases for way in ways]
    return pytest.mark.parametrize(("case", "way"), rows)


def _marks(case: str, way: str) -> list[pytest.MarkDecorator]:
    kind, right = KNOWN.get(case, ("", WAYS))
    return [] if way in right else [pytest.mark.xfail(reason=kind, strict=True)]


# By hand


@in_ways(*BY_HAND)
def test_as_if_written_by_hand(case: str, way: str, given: Given, run: Run) -> None:
    options = ("-t", "beamer", "-s")
    expected = run("pandoc", CASES / f"{case}.hand.md", *options)
    assert _latex(given(way, case, *options)) == _latex(expected)


def _latex(done: Done) -> str:
    """Return what was written, without the packages that macros ask for by themselves."""
    assert done.status == 0, done
    return done.out.replace("\\usepackage{tikz}\n", "")


# Where a call is expanded, and where it stays


@in_ways("a03-fence-gfm", "a05-dollar-items", "a07-tex-brace", "a09-nbsp-after", "a13-code-two-lines", "a19-tab-stop-8")
def test_calls_in_text_are_expanded(case: str, way: str, given: Given) -> None:
    reader = "gfm" if "gfm" in case else "markdown"
    if way == "reader" and reader != "markdown":
        pytest.skip("the reader reads pandoc's own Markdown")
    options = ("--tab-stop=8",) if "tab-stop-8" in case else ()
    calls = re.findall(r"%%k\((\w+)\)", (CASES / f"{case}.md").read_text("utf-8"))
    done = given(way, case, "-t", "native", *options, reader=reader)
    assert done.status == 0, done
    assert re.findall(r"QZ(\w+)", done.out) == calls
    assert "%%k" not in done.out


@in_ways("a01-sources-file")
def test_no_file_but_the_inputs_is_read(case: str, way: str, given: Given, tmp_path: Path) -> None:
    """A document can't name sources: neither a file of the system, nor one of the author's."""
    (tmp_path / "secret.txt").write_text("the secret %%k(*s*)\n")
    text = (CASES / f"{case}.md").read_text().replace("/etc/passwd", "/etc/passwd, secret.txt")
    for done in (given(way, case, "-t", "html"), given(way, "", "-t", "html", text=text)):
        assert done.status == 0, done
        assert not re.search("root:|secret", done.out + done.err)
        assert re.search(r"</code> w and .*\n.*\n.*item w<", done.out)


def test_long_searches_are_linear(run: Run) -> None:
    """The system ends what takes more than five seconds."""
    done = run("sh", "-c", f"ulimit -t 5; pandoc -F percent-macros '{CASES}/a11-rindex.md' -t plain")
    assert done.status == 0, done
    assert done.out == "-1\n"


@in_ways("a15-line-block")
def test_line_blocks_keep_their_spaces(case: str, way: str, given: Given) -> None:
    assert 'LineBlock [ [ Str "a" ] , [ Str "\\160\\160QZ101" ] ]' in words(given(way, case, "-t", "native"))


@in_ways("a17-heading-attribute")
def test_attributes_of_headings(case: str, way: str, given: Given) -> None:
    assert '( "two" , [] , [ ( "key" , "QZ101" ) ] )' in words(given(way, case, "-t", "native"))


@in_ways("a21-raw-latex-fence")
def test_raw_blocks_stay(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "native")
    assert done.status == 0, done
    assert done.out.strip() == r'[ RawBlock (Format "latex") "    ~~~\n%%k(101)" ]'


@in_ways("b16-nested-call")
def test_calls_nest(case: str, way: str, given: Given) -> None:
    said = words(given(way, case, "-t", "latex"))
    assert said == r"Press \textbf{\texttt{Ctrl}} now, \texttt{Esc} later."


@in_ways("p-n2")
def test_a_call_in_a_template(case: str, way: str, given: Given) -> None:
    assert r"two \emph{shown?}" in words(given(way, case, "-t", "latex"))


@in_ways("p-pl")
def test_places_that_are_no_text(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "native", "-s")
    assert done.status == 0, done
    for part in ('"http://x/VAL"', '"p/VAL.png"', 'InlineMath "m + VAL"', '( "k" , "VAL" )', 'Str "VAL" ]'):
        assert part in re.sub(r"\s+", " ", done.out)
    title = re.search(r'"title"(.*)', done.out)
    assert title
    assert re.search(r'Str "T" , Space , Str "VAL"', re.sub(r"\s+", " ", done.out))


def test_places_that_are_no_text_and_a_near_miss(given: Given) -> None:
    done = given("plain", "p-pl", "-t", "native", "-s")
    assert re.search(r"^case\.md:7:\d+: warning\[PM\d{3}\]: .*%%v", done.err, re.MULTILINE)


# What is told


@in_ways("b02-obsidian-directive-words", ways=FILTERED)
def test_text_that_begins_with_the_word_of_a_directive(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "plain")
    assert done.status != 0
    for line in (5, 7):
        assert re.search(rf":{line}:1: error\[PM\d{{3}}\][^\n]*\n(?: .*\n)*? +hint: .*\\%%", done.err)


@in_ways("b03-begin-two-words", ways=FILTERED)
def test_begin_without_parentheses(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "plain")
    assert done.status != 0
    assert "Traceback" not in done.err
    assert re.search(r":3:\d+: error\[PM\d{3}\]", done.err)
    assert "%%begin box(Note)" in done.err


@in_ways("b23-near-miss", ways=FILTERED)
def test_near_misses_are_warned_of(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "plain")
    assert done.status == 0, done
    for line, call in ((9, "%%note(two)"), (13, "%%note(三)")):
        assert re.search(rf":{line}:1: warning\[PM\d{{3}}\][^\n]*\n(?: .*\n)*?.*{re.escape(call)}", done.err)


@in_ways("b24-reserved-q")
def test_names_of_quoting_operators(case: str, way: str, given: Given) -> None:
    assert words(given(way, case, "-t", "latex")) == r"He said \enquote{yes}."


@pytest.mark.tex
def test_verbatim_in_a_frame(run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.md").write_bytes((CASES / "b27-fragile.md").read_bytes())
    done = run("percent-macros", "build", "case.md", "-t", "beamer", "-o", "case.pdf")
    assert done.status != 0
    assert re.search(r"^case\.md:5:1: error\[PM\d{3}\]", done.err, re.MULTILINE)
    assert "{.fragile}" in done.err


def test_expand_keeps_line_ends_and_tables(run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.md").write_bytes((CASES / "b41-crlf-expand-rewritten.md").read_bytes())
    done = run("percent-macros", "expand", "case.md", "-t", "latex")
    assert done.status == 0, done
    lines = done.out.split("\r\n")
    assert "\n" not in "".join(lines)
    assert lines[-5:-3] == [
        "| Server        | Where           | State         |",
        "|---------------|-----------------|---------------|",
    ]
    assert re.fullmatch(r"\| .*alpha.* \| first rack +\| .*running.* \|", lines[-3])


@pytest.mark.parametrize("command", ["check", "filter"])
def test_a_percent_sign_in_an_argument(command: str, run: Run, given: Given, tmp_path: Path) -> None:
    if command == "filter":
        done = given("plain", "p-pct", "-t", "latex")
    else:
        (tmp_path / "case.md").write_bytes((CASES / "p-pct.md").read_bytes())
        done = run("percent-macros", "check", "case.md")
    assert re.search(r"^case\.md:3:11: (error|warning)\[PM\d{3}\]", done.out + done.err, re.MULTILINE)


# What macros give


@in_ways("p-only", "p-le")
def test_a_list_right_inside_a_body(case: str, way: str, given: Given) -> None:
    assert words(given(way, case, "-t", "html")) == "<ul> <li>web</li> <li>site</li> </ul>"


@in_ways("p-mm")
def test_paragraphs_of_metadata(case: str, way: str, given: Given) -> None:
    said = words(given(way, case, "-t", "plain"))
    assert re.match(r"two\W+paras; a \S+ \*?b", said)


@in_ways("p-r")
def test_reverse_of_words(case: str, way: str, given: Given) -> None:
    assert words(given(way, case, "-t", "plain")) == "gostop / gostop / go|stop"


class _Paragraphs(HTMLParser):
    """Fails for an element inside ``p`` that HTML's parser ends the paragraph at (HTML Living Standard, "in body")."""

    ends = frozenset(
        "address article aside blockquote details div dl fieldset figure h1 h2 hr ol p pre section table ul".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert not (self.inside and tag in self.ends), f"<{tag}> inside <p>"
        self.inside = self.inside or tag == "p"

    def handle_endtag(self, tag: str) -> None:
        assert not (self.inside and tag in self.ends - {"p"}), f"</{tag}> inside <p>"
        assert tag != "p" or self.inside, "</p> without <p>"
        self.inside = self.inside and tag != "p"


@in_ways("p-hb")
def test_html_is_valid(case: str, way: str, given: Given) -> None:
    done = given(way, case, "-t", "html")
    assert done.status == 0, done
    parser = _Paragraphs()
    parser.feed(done.out)
    parser.close()
    assert not parser.inside
    assert done.out.count("<summary>Sum</summary>") == 2


@in_ways("p-esc")
def test_markup_that_is_made_safe(case: str, way: str, given: Given) -> None:
    text = (CASES / f"{case}.md").read_text().replace('\\"$t\\" href', '\\"" . escape_html($t) . "\\" href')
    assert 'title="5&quot; &amp; &lt;b&gt;"' in words(given(way, "", "-t", "html", text=text))


@in_ways("p-hy")
def test_names_with_hyphens(case: str, way: str, given: Given) -> None:
    assert words(given(way, case, "-t", "plain")) == "[a.png]"


@in_ways("p-t2")
def test_an_empty_last_field(case: str, way: str, given: Given) -> None:
    assert words(given(way, case, "-t", "plain")) == "draft is ''"
