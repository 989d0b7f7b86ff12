"""Documents that Hypothesis makes from Markdown's constructs, with directives in all kinds of places.

The environment variable ``GENERATED_DOCUMENTS`` is how many are tried for each reader (25 if it is not set). The text
is often no valid program, and often no valid call: then the diagnostics must be the same.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from ..support.ways import LEFTOVER, Document, others, plain

EXAMPLES = int(os.environ.get("GENERATED_DOCUMENTS", "25"))

# Text that means something to a Markdown reader, or to the language.
NASTY = st.sampled_from(
    (
        "a word é 漢 1 ( ) [ ] { } , ; : . ... -- --- ' \" ` `` $ $$ \\ \\, \\$ \\( \\) \\% * ** _ __ ~ ~~ ^ < >"
        " <b> </b> & &amp; # | @x [^1] ^[n] [l](u) ![i](u) `c` $x,$y$ $x \\emph{x} \\x l'été \"q\" 'q' 1. 2) - + :x: http://a.b/c_d"
        " m@x.y {.c} {=latex} <!-- c --> = == =end % %% %%w %%w() \\%%w() /"
    ).split(" ")
)
NASTY_TEXT = st.lists(NASTY, min_size=1, max_size=4).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)
# A line of a macro's body that a reader takes for the start of a block.
NASTY_LINE = st.sampled_from(
    [
        "",
        "",
        "# a",
        "- a",
        "* a",
        "1. a",
        "> a",
        "| a | b |",
        ": a",
        "~~~",
        "```",
        "    a",
        "---",
        "===",
        "<div>",
        "::: a",
        "% a",
    ]
) | NASTY_TEXT.filter(lambda line: not line.startswith("=end"))
ARGUMENT = (
    NASTY_TEXT
    | NASTY_TEXT.filter(lambda text: '"' not in text).map(lambda text: f'"{text}"')
    | st.sampled_from(["", "a", "1", "a b", "y = 1", "a,b", "a\nb", "f(1, 2)"])
)
CALL = st.one_of(
    st.sampled_from(["w", "w", "t", "t", "t", "m", "unknown"]).flatmap(
        lambda name: st.lists(ARGUMENT, max_size=2).map(lambda arguments: f"%%{name}({', '.join(arguments)})")
    ),
    st.sampled_from(["%%w()", "%%t(a)", "%%t(a, b)", "%%t(a, y = b)", "%%b(a_b)", "%%m(x)"]),
)
AROUND = st.sampled_from(
    (
        "@ @ @ *@* **@** ~~@~~ ^@^ ~@~ \"@\" '@' (@) [@](u) [@]{.c} ![@](i) x^[@] `@` $@$ <b>@</b> [a](@) \\emph{@} @s"
        " a@ _@_ @,@ @@ \\@ <b_title='@'>x</b> <!--_@_-->"
    ).split(" ")
).flatmap(lambda frame: CALL.map(lambda call: frame.replace("_t", " t").replace("-_@_-", "- @ -").replace("@", call)))
PIECE = st.one_of(st.sampled_from(["a", "some words", "L'été", "1,2", "b."]), AROUND, AROUND, NASTY_TEXT)
LINE = st.lists(PIECE, min_size=1, max_size=3).map(" ".join)
DEFINITION = st.one_of(
    st.lists(NASTY_LINE, max_size=4).map(lambda lines: "\n".join(["%%template b($x)", *lines, "$x", "=end"])),
    st.lists(NASTY_LINE, max_size=4).map(
        lambda lines: "\n".join(
            ["%%define b($x)", *(f"#{line}" if line else "" for line in lines), "return $x", "=end"]
        )
    ),
    NASTY_TEXT.filter(lambda text: "'" not in text and "\\" not in text).map(
        lambda text: f"%%define b($x) return text('{text}' . $x) =end"
    ),
    st.just("%%define b($x)\n\nreturn '{' . $x\n\n. '}'\n=end"),
    st.just("%%define b($x) return $x =end"),
)
PARAGRAPH = st.one_of(
    st.lists(st.one_of(LINE, LINE, CALL), min_size=1, max_size=3).map("\n".join),
    CALL,
)


def _tabular(cells: tuple[str, str]) -> str:
    left, right = (cell.replace("\n", " ").replace("|", "") for cell in cells)
    return f"| a | {left} |\n|---|---|\n| {right} | b |"


def _grid(cells: tuple[str, str]) -> str:
    left, right = (cell.replace("\n", " ") for cell in cells)
    rule = f"+{'-' * (len(left) + 2)}+{'-' * (len(right) + 2)}+"
    return f"{rule}\n| {left} | {right} |\n{rule}"


def _margins(text: str, first: str, others: str) -> str:
    head, *rest = text.split("\n")
    return "\n".join([first + head, *(others + line if line else line for line in rest)])


def _containers(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(blocks, min_size=1, max_size=2).flatmap(
        lambda parts: st.sampled_from(["\n\n", "\n"]).map(lambda glue: glue.join(parts))
    )
    items = st.lists(inside, min_size=1, max_size=3)
    return st.one_of(
        items.map(lambda each: "\n".join(_margins(item, "- ", "  ") for item in each)),
        items.map(lambda each: "\n\n".join(_margins(item, "* ", "    ") for item in each)),
        items.map(lambda each: "\n".join(_margins(item, "1. ", "   ") for item in each)),
        inside.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))),
        inside.map(lambda text: f"::: c\n{text}\n:::"),
        inside.map(lambda text: f"<div>\n\n{text}\n\n</div>"),
        inside.map(lambda text: _margins(text, "a\n\n:   ", "    ")),
        inside.map(lambda text: f"b[^1]\n\n{_margins(text, '[^1]: ', '    ')}"),
        inside.map(lambda text: f"%%begin g(x)\n\n{text}\n\n%%end g"),
        inside.map(lambda text: f"%%begin g(x)\n{text}\n%%end g"),
    )


BLOCK = st.recursive(
    st.one_of(
        PARAGRAPH,
        PARAGRAPH,
        LINE.map(lambda line: f"# {line}"),
        LINE.map(lambda line: f"{line}\n==="),
        PARAGRAPH.map(lambda text: f"```\n{text}\n```"),
        CALL.map(lambda call: f"    {call}"),
        CALL.map(lambda call: f"\\begin{{center}}\n{call}\n\\end{{center}}"),
        CALL.map(lambda call: f"\\parbox{{1cm}}{{\n{call}\n}}"),
        st.tuples(LINE, LINE).map(_tabular),
        st.tuples(LINE, LINE).map(_grid),
        LINE.map(lambda line: f"| {line}\n|   {line}"),
        st.sampled_from(["---", "***", "[^1]: note %%w()", "[l]: u", "<!-- %%w()\n\n-->", "\\newpage"]),
    ),
    _containers,
    max_leaves=4,
)
TITLE = st.sampled_from(
    ["", "", "% T *t* \\textsc{x} $y$\n% A; B\n\n", "---\ntitle: T %%w()\n---\n\n", "% T\n  u\n\n", "%%w()\n\n"]
)
HEAD = '%%define w($x = "") return "word" =end\n%%define t($x = "", $y = "-") return text("<$x|$y>") =end\n'
TAIL = (
    '\n%%define m($x) return markdown("*$x* -- $x") =end\n'
    '%%define g($x) return "\\\\begin{g}{$x}" . $body . "\\\\end{g}" =end\n'
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(BLOCK, min_size=1, max_size=4))
    at = draw(st.integers(0, len(blocks)))
    blocks.insert(at, draw(DEFINITION))
    glue = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n"])
    text = blocks[0] + "".join(draw(glue) + block for block in blocks[1:])
    head = draw(st.permutations([HEAD, draw(TITLE)]))
    assume(text.count("[^1]: ") < 2)  # pandoc's CommonMark parser does not end on a note that refers to itself
    end = draw(st.sampled_from(["\n", "", "\n\n"]))
    return "".join(head) + "\n" + text + "\n" + TAIL + end


@pytest.mark.pandoc
@pytest.mark.parametrize(
    "reader", ["markdown", "gfm", "commonmark_x", "markdown-smart+hard_line_breaks", "markdown_strict"]
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES <= 25,
    database=None,
)
@given(text=documents())
def test_all_ways_agree(
    reader: str, tmp_path_factory: pytest.TempPathFactory, pandoc_version: tuple[int, ...], text: str
) -> None:
    document = Document(tmp_path_factory.mktemp("generated") / "document.md", reader)
    document.path.write_text(text, "utf-8")
    _assert_agreement(document, pandoc_version)


def _assert_agreement(document: Document, version: tuple[int, ...]) -> None:
    with ThreadPoolExecutor(2) as threads:
        expected = threads.submit(plain, document)
        outcomes = {way: threads.submit(run, document) for way, run in others(document.reader, version).items()}
    first = expected.result()
    event("a document" if first.status == 0 else "faults")
    assert "Traceback" not in first.said
    assert first.status == 0 or first.diagnostics
    assert not LEFTOVER.search(first.native)
    for way, outcome in outcomes.items():
        other = outcome.result()
        assert other.diagnostics == first.diagnostics, way
        assert (other.status, other.native) == (first.status, first.native), way
