"""Macros in Python: the example package as pip installs it, and every fault that such a package may have."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.packages import install

pytestmark = pytest.mark.pandoc
EXAMPLE = Path(__file__).parents[2] / "examples" / "python-macros"

MODULE = """
import atexit
import panflute as pf

def echo(text, more="-", *rest): return f"{text}|{more}|{'|'.join(rest)}"
def emph(text): return "\\\\emph{" + text + "}"
def positional(first, /, second="2"): return first + second
def fails(text):
    raise ValueError("no\\n  good: \\x1b[31m" + text)
def exits(): raise SystemExit(3)
def talks():
    print("to standard output")
    return "said"
def nothing(): pass
def later():
    atexit.register(open("later.txt", "w").write, "done")
    return "now"
def number(): return 42
def mixed(): return [pf.Para(pf.Str("a")), pf.Str("b")]
def odd(): return [pf.Str("a"), 5]
def cell(): return pf.TableRow()
def half(): return pf.Str("\\ud800")
def tikz(): return pf.RawBlock("\\\\tikz \\\\draw (0,0) -- (1,1);", format="latex")
def blocks(text): return [pf.Para(pf.Str(text)), pf.BulletList(pf.ListItem(pf.Plain(pf.Str("item"))))]
def strong(text): return pf.Strong(pf.Str(text))
def words(text): return [pf.Str(text), pf.Space, pf.Emph(pf.Str(text))]
def where(context, text=""):
    about = (context.file, context.line, context.column, context.format, context.format_is("latex"))
    return "/".join(map(str, (*about, context.meta("title"), context.meta("none", "absent"), text)))
def changes(context): context.line = 5
def keyword(text, *, style="x"): return text
def mapping(**all): return ""
constant = 5
class Sub(str): pass
def derived(text): return Sub(text)
def image(path): return "from Python"
def own(): return "from Python"
def boxed(title, body=None):
    if body is None: return "no body"
    if isinstance(body, str): return "text " + body
    return pf.Div(pf.Para(pf.Strong(pf.Str(title))), *body, classes=["box"])
def second(body): return body[1:]
def counted(body): return str(len(body))
def twice(body): return [pf.Div(*body), pf.Para(pf.Str("again"))]
def emphasized(content): return pf.Emph(*content) if isinstance(content, list) else pf.Str("text")
def shout(body):
    def upper(each, doc):
        if isinstance(each, pf.Str): each.text = each.text.upper()
    return [each.walk(upper) for each in body]
def length(text): return "from Python"
"""
NAMES = """echo emph positional fails exits talks later nothing number mixed odd cell half tikz blocks strong words
where changes keyword mapping constant derived image own length boxed second counted twice emphasized shout""".split()


def search_path(folder: Path) -> str:
    """Return where Python is to look for packages: there, too."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    points = {name: f"many:{name}" for name in NAMES} | {"both": "many:echo", "absent": "many:absent"}
    install(folder, "many", MODULE, points | {"broken": "broken:run"})
    install(folder, "broken", "import no_such_module\n", {"both": "broken:run"})
    return folder


@pytest.fixture
def written(run, tmp_path, site):
    def written(text: str, target: str = "plain", *options: str):
        (tmp_path / "talk.md").write_text(text, "utf-8")
        return run("pandoc", "-F", "percent-macros", "talk.md", "-t", target, *options, PYTHONPATH=search_path(site))

    return written


# The example


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """The example package, as pip installs it; a copy, for setuptools writes beside what it builds."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder / "source")
    options = ["--quiet", "--no-deps", "--disable-pip-version-check", "-t", folder / "site"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, folder / "source"], check=True, timeout=300)
    return folder / "site"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("html", ["Begun in MMXIV, page ix.", '<code\nclass="draft">demo.md:6</code>', "Chapter XII", "<th>Name</th>"]),
        ("latex", ["Begun in MMXIV, page ix.\\marginpar{", "\\textbf{Chapter XII}", "Name & Price", "Cake & 3.20"]),
    ],
)
def test_the_example(run, example, target, expected) -> None:
    done = run("pandoc", "-F", "percent-macros", "demo.md", "-t", target, cwd=EXAMPLE, PYTHONPATH=str(example))
    assert (done.status, done.err) == (0, "")
    for words in expected:
        assert words in done.out


def test_the_example_lifted(run, example) -> None:
    lifted = run("percent-macros", "lift", "demo.md", cwd=EXAMPLE).out
    plain = run("pandoc", "-F", "percent-macros", "demo.md", cwd=EXAMPLE, PYTHONPATH=str(example)).out
    done = run("pandoc", "-F", "percent-macros", text=lifted, PYTHONPATH=str(example))
    assert done.out == plain


# What a call gives


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%%echo(a)", "a|-|"),
        ("%%echo(a, b, c, d)", "a|b|c|d"),
        ("%%echo(a, more=z)", "a|z|"),
        ("%%echo(more=z, text=y)", "y|z|"),
        ("%%positional(1)", "12"),
        ("%%derived(x)", "x"),
        ("%%define f($x) echo($x, 1 + 1, 0.5, 'end') =end\n\n%%f(a)", "a|2|0.5|end"),
        ("%%define f($x) echo($x, undef) =end\n\n%%f(a)", "a|-|"),
        ("%%define f($x) uc(echo($x)) . length($x) =end\n\n%%f(ab)", "AB|-|2"),
        ("%%define f(@x) join('+', map { echo($_, '') } @x) =end\n\n%%f(a, b)", "a||+b||"),
        ("a %%strong(b) c", "a b c"),
        ("%%define own() 'from the document' =end\n\n%%own()", "from the document"),
    ],
)
def test_what_a_call_gives(written, text: str, expected: str) -> None:
    done = written(text + "\n")
    assert (done.status, done.err, done.out) == (0, "", expected + "\n")


def test_text_with_tex_in_it_is_latex(written) -> None:
    assert written("a %%emph(b)\n", "latex").out == "a \\emph{b}\n"
    done = written("a %%emph(b)\n", "html")
    assert (done.out, "PM701" in done.err) == ("<p>a </p>\n", True)


def test_inlines_alone_on_a_line_are_a_paragraph(written) -> None:
    assert written("a\n\n%%words(b)\n", "html").out == "<p>a</p>\n<p>b <em>b</em></p>\n"


def test_blocks(written) -> None:
    assert written("%%blocks(b)\n", "html").out == "<p>b</p>\n<ul>\n<li>item</li>\n</ul>\n"
    assert "<ul>\n<li>item</li>\n</ul></li>" in written("- %%blocks(b)\n- c\n", "html").out


def test_elements_stand_among_other_pieces(written) -> None:
    macro = '%%define f($x) "\\\\fbox{" . strong($x) . "}" =end\n\n'
    assert written(macro + "%%f(b)\n", "latex").out == "\\fbox{\\textbf{b}}\n"


def test_raw_tex(written) -> None:
    """A function's LaTeX stands inside an environment too; what nothing has the name of is TeX's comment."""
    done = written("\\begin{center}\n%%emph(b)\n%%nowhere(b)\n\\end{center}\n", "latex")
    assert done.out == "\\begin{center}\n\\emph{b}\n%%nowhere(b)\n\\end{center}\n"
    assert (done.status, done.err) == (0, "")


def test_tikz_in_an_element_loads_the_package(written) -> None:
    assert "\\usepackage{tikz}" in written("%%tikz()\n", "beamer", "-s").out


def test_the_context(written) -> None:
    text = "---\ntitle: A *title*\n---\n\n> %%where() %%where()\n\n%%define f() where('f') =end\n\n%%f()\n\nb %%f()\n"
    done = written(text, "beamer", "--wrap=none")
    assert done.err == ""
    found = [word for word in done.out.replace("A title", "A_title").split() if word.startswith("talk.md")]
    about = "beamer/True/A_title/absent"
    assert found == [f"talk.md/{place}/{about}/{last}" for place, last in
                     (("5/3", ""), ("5/13", ""), ("9/1", "f"), ("11/3", "f"))]  # fmt: skip


def test_standard_output_is_the_documents(written) -> None:
    done = written("%%talks()\n")
    assert (done.out, done.err) == ("said\n", "to standard output\n")


# Faults


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("%%echo()", "talk.md:1:3: error[PM208]: `echo` needs `$text`\n"),
        ("%%echo()", 'hint: `echo($text, $more = "-", @rest)`\n'),
        ("%%strong(a, b)", "error[PM208]: `strong` takes 1 argument, not 2\n"),
        ("%%echo(text=a, text=b)", "error[PM208]: argument `text` is given twice"),
        ("%%ecko(a)", "error[PM203]: unknown macro `ecko`\n"),
        ("%%ecko(a)", "hint: did you mean `echo`?"),
        ("%%fails(x)", "talk.md:1:3: error[PM309]: `fails` failed: ValueError: no good: \\x1b[31mx\n"),
        ("%%fails(x)", "many.py:9\n"),
        ("%%exits()", "error[PM309]: `exits` failed: SystemExit: 3\n"),
        ("%%changes()", "error[PM309]: `changes` failed: AttributeError: Context.line is read-only\n"),
        ("%%nothing()", "error[PM310]: `nothing` returned `None`\n"),
        ("%%number()", "error[PM310]: `number` returned a value of the type `int`\n"),
        ("%%mixed()", "error[PM310]: `mixed` returned blocks and inlines in one list\n"),
        ("%%odd()", "error[PM310]: `odd` returned a list that holds a value of the type `int`\n"),
        ("%%cell()", "error[PM310]: `cell` returned a value of the type `TableRow`\n"),
        ("%%half()", "error[PM310]: `half` returned an element with a character in it that no document may"),
        ("%%blocks(b)", "error[PM704]: `blocks` gives blocks"),
        ("%%keyword(a)", "error[PM808]: macro `keyword` can't be loaded from `many`: its parameter `style='x'` can't"),
        ("%%mapping(a)", "error[PM808]: macro `mapping` can't be loaded from `many`: its parameter `**all` can't"),
        ("%%constant()", "error[PM808]: macro `constant` can't be loaded from `many`: TypeError: "),
        ("%%absent()", "error[PM808]: macro `absent` can't be loaded from `many`: AttributeError: "),
        ("%%broken()", "error[PM808]: macro `broken` can't be loaded from `many`: ModuleNotFoundError: No module"),
        ("%%both()", "error[PM808]: macro `both` can't be loaded from `broken` and `many`: both have a macro"),
        ("%%length(a)", "error[PM203]: unknown macro `length`"),
    ],
)
def test_faults(written, call: str, said: str) -> None:
    done = written(f"a {call} b\n")
    assert done.status == 83
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_fault_in_code_is_shown_with_the_call_that_led_there(written) -> None:
    done = written("%%define f($x)\n  fails($x)\n=end\n\n%%f(y)\n")
    assert "talk.md:2:3: error[PM309]: `fails` failed" in done.err
    assert "in the call of `f` at talk.md:5:1\n" in done.err


def test_a_wrong_number_of_arguments_in_code(written) -> None:
    done = written("%%define f() strong() =end\n")
    assert "talk.md:1:14: error[PM208]: `strong` takes 1 argument, not 0\n" in done.err


def test_a_body_is_not_lost(written) -> None:
    done = written("%%begin strong(a)\n\nText.\n\n%%end strong\n")
    assert "error[PM215]: `strong` does not use `$body`" in done.err


def test_what_the_prelude_has_is_not_looked_up(written) -> None:
    assert "from Python" not in written("%%image(a.png)\n").out


# What is loaded


@pytest.mark.parametrize(("call", "loads"), [("%%f(a)", set()), ("%%positional(a)", {"importlib.metadata", "many"})])
def test_only_a_name_that_nothing_defines_costs_anything(run, tmp_path, site, call: str, loads: set[str]) -> None:
    (tmp_path / "talk.md").write_text(f"%%define f($x) uc($x) =end\n\n%%template g($x)\nat (x)\n=end\n\n{call}\n")
    document = run("pandoc", "talk.md", "-t", "json").out
    script = (
        "import sys; before = set(sys.modules); from pandoc_percent_macros.filter import run;"
        "run(sys.stdin.buffer.read(), 'html');"
        "print(*set(sys.modules) - before, file=sys.stderr)"
    )
    done = run(
        sys.executable, "-c", script, text=document, PYTHONPATH=search_path(site), PERCENT_MACROS_SOURCES="talk.md"
    )  # fmt: skip
    assert json.loads(done.out)["blocks"]
    assert loads == {"importlib.metadata", "many"}.intersection(done.err.split())


def test_what_a_macro_leaves_for_the_end_of_the_program_is_done(written, tmp_path) -> None:
    assert written("%%later()\n").out == "now\n"
    assert (tmp_path / "later.txt").read_text() == "done"


def test_a_package_beside_the_document_is_not_loaded(run, tmp_path) -> None:
    install(tmp_path, "beside", "def hello(): return 'loaded'\n", {"hello": "beside:hello"})
    (tmp_path / "talk.md").write_text("%%hello()\n")
    done = run("pandoc", "-F", "percent-macros", "talk.md")
    assert "error[PM203]: unknown macro `hello`" in done.err


# Odd signatures and odd results


ODD_MODULE = """
def shown(a=None, b=False, c=2, d="$", e=(), f="x"): return "x"
def number(): return 42
def many(context): return type(context)(1, 2, 3, 4, 5, 6)
def odd(context): return type(context)("a.md", column=3)
"""


@pytest.fixture
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    points = {name: f"corners:{name}" for name in ("shown", "number", "many", "odd", "absent")}
    install(folder, "corners", ODD_MODULE, points | {"root": "math:sqrt"})
    return os.fspath(folder)


def test_macros_in_python_are_listed_with_their_defaults(run: Run, odd_site: str) -> None:
    done = run("percent-macros", "list", "--json", PYTHONPATH=odd_site)
    signatures = [each["signature"] for each in json.loads(done.out) if each["kind"] == "python"]
    assert 'shown($a = undef, $b = "", $c = 2, $d = …, $e = …, $f = "x")' in signatures
    assert not any(each.startswith("absent") for each in signatures)
    assert (done.status, "error[PM808]: macro `absent` can't be loaded from `corners`" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("%%number()", "error[PM310]: `number` returned a value of the type `int`\n"),
        ("%%root(x)", "error[PM309]: `root` failed: TypeError: must be real number, not str\n"),
        ("%%many()", "error[PM309]: `many` failed: TypeError: Context takes 5 fields, not 6\n"),
        ("%%odd()", "error[PM309]: `odd` failed: TypeError: Context: missing or unknown fields: "),
    ],
)
def test_faults_of_macros_in_python(filtered: Run, odd_site: str, call: str, said: str) -> None:
    done = filtered(call + "\n", PYTHONPATH=odd_site)
    assert (done.status, said in done.err) == (83, True), done.err
    assert ("raised at" in done.err) == call.startswith(("%%many", "%%odd"))


# Content goes in and comes out

INSIDE = """
%%define k($t) "\\\\emph{" . text($t) . counter("k") . "}" =end
%%define md($t) markdown("*$t*") =end
%%define named() &boxed("T", $body) =end
%%define outer($t) boxed($t, div(".inner", $body)) =end

"""


@pytest.mark.usefixtures("pandoc3")
def test_a_body_goes_through_python(written) -> None:
    text = f"""{INSIDE}
%%k(before)

%%begin boxed(Title)
First %%k(a) $x_{{%%k(m)}}$ [l](z.html).

- item

%%k(alone)

%%begin boxed(Inner)
%%md(deep) %%k(b)
%%end boxed
%%end boxed

%%k(after)
"""
    done = written(text, "latex")
    by_hand = r"""
\emph{before1}

::: box
**Title**

First \emph{a2} $x_{\emph{m3}}$ [l](z.html).

- item

\emph{alone4}

::: box
**Inner**

*deep* \emph{b5}
:::
:::

\emph{after6}
"""
    expected = subprocess.run(["pandoc", "-t", "latex"], input=by_hand, capture_output=True, text=True, check=True)
    assert (done.status, done.out) == (0, expected.stdout), done.err


@pytest.mark.usefixtures("pandoc3")
@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("%%boxed(a)", "no body"),
        ("%%boxed(a, b)", "text b"),
        ("%%begin counted\na\n\n%%k(x)\n\n- b\n\n%%end counted", "3"),
        ("%%begin twice\na %%md(x)\n%%end twice", "a x\n\nagain"),
        ("%%begin shout\na %%md(x)\n%%end shout", "A x"),
        ("a %%emphasized(%%md(x) y) b", "a x y b"),
        ("a %%emphasized(x) b", "a text b"),
        ("%%begin outer(T)\na %%md(x)\n%%end outer", "T\n\na x"),
        ("%%begin named\na\n%%end named", "T\n\na"),
        ("%%begin second\n%%k(x)\n\nb\n%%end second\n\n%%md(c)", "b\n\nc"),
    ],
)
def test_content_in_python(written, call: str, expected: str) -> None:
    done = written(f"{INSIDE}{call}\n", "plain")
    assert (done.status, done.out.replace("*", "").replace("_", "")) == (0, f"{expected}\n"), done.err


@pytest.mark.usefixtures("pandoc3")
def test_what_python_leaves_out_does_not_count(written) -> None:
    done = written(f"{INSIDE}%%begin second\n%%k(x)\n\n%%k(b)\n%%end second\n\n%%k(c)\n", "latex")
    assert done.out == "\\emph{b1}\n\n\\emph{c2}\n", done.err


def test_a_macro_in_python_that_takes_no_body(written) -> None:
    done = written("%%begin echo(x)\na\n%%end echo\n")
    assert done.status == 83
    assert "error[PM215]" in done.err
