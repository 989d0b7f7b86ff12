"""``explain``, ``expand``, ``check`` and ``build`` in rare cases: odd values, missing programs, faults that hide."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from itertools import pairwise
from pathlib import Path

import pytest

from .conftest import EXAMPLES, Done, Run
from .support.latex import TEMPLATE, document
from .test_python_macros import install

pytestmark = pytest.mark.pandoc
SMALL = "--template=small.latex"


def bare_path(folder: Path, *programs: str) -> str:
    """Return a PATH with these programs alone."""
    place = folder / "programs"
    place.mkdir()
    for name in programs:
        found = shutil.which(name)
        assert found, f"{name} is not there"
        (place / name).symlink_to(found)
    return os.fspath(place)


@pytest.fixture
def site(tmp_path: Path) -> str:
    """A folder with a package of macros in Python."""
    folder = tmp_path / "site"
    folder.mkdir()
    module = (
        "import panflute as pf\n"
        'def shout(text):\n    """Say it loudly.\n\n    To all."""\n    return pf.Strong(pf.Str(text.upper()))\n'
        'def plain(): return "p"\n'
    )
    install(folder, "corner", module, {"shout": "corner:shout", "plain": "corner:plain"})
    return os.fspath(folder)


# explain

VALUES = r"""%%define show(@all) scalar(@all) =end
%%define none() "" =end
%%define pieces() latex("\\a") . text("b & c") . markdown("*d*") =end
%%define undefined() show("x", undef) =end
%%define numbers() show(3, 1 == 2, 2 == 2) =end
%%define contents() show(text("t"), markdown("m"), latex("l") . "s") =end
%%define pair() return ("a", 2) =end
%%define list() join(",", pair()) =end
%%define long() show("ab" x 31) =end
%%define own($body) latex("{") . $body . latex("}") =end
%%define keep($c) $c =end
%%define kept() keep(latex("\\b") . $body) =end
"""


def explained(run: Run, folder: Path, call: str, **variables: str) -> Done:
    """Return what is said of a call in the last line of a document."""
    (folder / "a.md").write_text(f"{VALUES}\n{call}\n", "utf-8")
    return run("percent-macros", "explain", f"a.md:{VALUES.count(chr(10)) + 2}", **variables)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("none()", ["result: nothing\n"]),
        ("pieces()", ["result, raw latex:\n  \\a\n", "result, text:\n  b & c\n", "result, Markdown:\n  *d*\n"]),
        ("undefined()", ['    show("x", undef) = 2\n']),
        ("numbers()", ['    show(3, "", 1) = 3\n']),
        ("contents()", ['show(text("t"), markdown("m"), ', 'latex("l") . "s") = 3\n']),
        ("list()", ['    pair() = ("a", 2)\n']),
        ("long()", [f'    show("{"ab" * 30}…") = 1\n']),
    ],
)
def test_values_of_all_kinds_in_a_story(run: Run, tmp_path: Path, call: str, shown: list[str]) -> None:
    done = explained(run, tmp_path, f"%%{call}")
    assert (done.status, done.err) == (0, "")
    assert f"macro: {call}, defined at a.md:" in done.out
    assert "parameters:" not in done.out
    for each in shown:
        assert each in done.out


def test_what_stands_between_begin_and_end_in_a_story(run: Run, tmp_path: Path) -> None:
    own = explained(run, tmp_path, "%%begin own()\nText.\n%%end own")
    assert "parameters:\n  $body = what stands between %%begin and %%end\n" in own.out
    kept = explained(run, tmp_path, "%%begin kept()\nText.\n%%end kept").out
    assert re.search(r'^    keep\(.*latex\("\\\\b"\) \. .*\$body.*\) = ', kept, re.MULTILINE)


@pytest.mark.parametrize(
    ("call", "code", "known"), [("nope(1)", "PM203", False), ("keep()", "PM208", True), ("none(1)", "PM208", True)]
)
def test_the_story_of_a_call_that_can_not_be(run: Run, tmp_path: Path, call: str, code: str, known: bool) -> None:
    done = explained(run, tmp_path, f"%%{call}")
    assert done.status == 1
    assert f": error[{code}]: " in done.err
    assert ("macro: " in done.out) is known
    assert "parameters:" not in done.out
    assert "result" not in done.out


def test_the_story_of_a_macro_in_python(run: Run, tmp_path: Path, site: str) -> None:
    done = explained(run, tmp_path, "%%shout(hey)", PYTHONPATH=site)
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith(
        "macro: shout($text), a macro in Python\n  Say it loudly.\n  To all.\n\n"
        'parameters:\n  $text = "hey"\n\n'
        "result, pandoc's elements:\n  what the macro in Python gave\n"
    )


def test_what_a_macro_in_python_gave_to_another(run: Run, tmp_path: Path, site: str) -> None:
    (tmp_path / "a.md").write_text(
        '%%define keep($c) $c =end\n%%define twice($x) keep(shout($x) . "!") =end\n\n%%twice(a)\n'
    )
    done = run("percent-macros", "explain", "a.md:4", PYTHONPATH=site)
    assert re.search(r'^    keep\(.*… \. "!"\) = .*… \. "!"$', done.out, re.MULTILINE)
    assert done.out.endswith("what the macro in Python gave\nresult, text:\n  !\n")


def test_the_story_of_a_long_chain(run: Run, tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(40)]
    macros = [f'%%define {name}($x) {other}($x . "!") =end\n' for name, other in pairwise(names)]
    (tmp_path / "a.md").write_text("".join(macros) + '%%define m39($x) "<$x>" =end\n\n%%m0(a)\n')
    done = run("percent-macros", "explain", "a.md:42")
    assert (done.status, done.err) == (0, "")
    steps = re.findall(r'^( +)(m\d+)\("a(!*)"\) = "<a!{39}>"$', done.out, re.MULTILINE)
    assert steps == [("  " * (number + 1), name, "!" * number) for number, name in enumerate(names)]


# expand

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


# check


@pytest.mark.parametrize("target", ["beamer", "html"])
def test_the_argument_that_names_a_picture(run: Run, tmp_path: Path, target: str) -> None:
    latex, html = '"\\\\includegraphics{$b}$a"', "\"<p><br><img src='$b'>$a\""
    (tmp_path / "a.md").write_text(f"%%define two($a, $b) latex({latex}) . html({html}) =end\n\n%%two(x, none.png)\n")
    done = run("percent-macros", "check", "-t", target, "a.md")
    assert done.status == 1
    assert "error[PM502]: picture `none.png` that `two` names was not found\n" in done.out
    assert f"    3 | %%two(x, none.png)\n      | {' ' * 9}{'^' * 8}\n" in done.out


def test_a_picture_in_raw_markup_of_another_kind_is_not_looked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        '%%define both() raw("openxml", "<w:p/>") . markdown("![](none.png)") =end\n\n%%both()\n'
    )
    done = run("percent-macros", "check", "-t", "docx", "a.md")
    assert (done.status, done.out.count("PM502")) == (1, 1)


def test_what_the_author_closes_is_not_open(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        r"""%%define open() "\\begin{center}" =end
%%define lone() "\\left( x" =end

%%open()

```{=latex}
\end{center}
```

%%lone()
"""
    )
    done = run("percent-macros", "check", "a.md")
    assert done.out.count("warning[PM503]") == 1
    assert "a.md:10:1: warning[PM503]: `lone` gives `\\left` that nothing closes\n" in done.out


@pytest.mark.tex
def test_a_picture_of_tex_without_tex_to_ask(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('%%define one($b) "\\\\includegraphics{$b}" =end\n\n%%one(example-image)\n')
    assert run("percent-macros", "check", "a.md").status == 0
    done = run("percent-macros", "check", "a.md", PATH=bare_path(tmp_path, "percent-macros", "pandoc"))
    assert done.status == 1
    assert "error[PM502]: picture `example-image` that `one` names was not found" in done.out


def test_no_pandoc_at_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n")
    path = bare_path(tmp_path, "percent-macros")
    done = run("percent-macros", "check", "a.md", PATH=path, PYPANDOC_PANDOC="/nowhere/pandoc")
    assert done.status == 1
    assert "error[PM601]: pandoc was not found\n" in done.out


# build


def build(run: Run, name: str, *options: str, **variables: str) -> Done:
    return run("percent-macros", "build", name, "-o", "a.pdf", *options, **variables)


def faults(done: Done) -> list[tuple[str, str]]:
    """Return codes and places, file and line, of what was reported."""
    found = re.findall(r"^(?:percent-macros|(\S+?:\d+):\d+): (?:error|warning)\[(PM\d+)\]", done.err, re.MULTILINE)
    return [(code, place) for place, code in found]


@pytest.fixture
def other_python(tmp_path: Path) -> Path:
    """A Python that finds this package, and has no ``percent-macros`` beside it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "other"], check=True)
    (place,) = (tmp_path / "other").glob("lib/python*/site-packages")
    (place / "all.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    return tmp_path / "other" / "bin" / "python"


def test_the_filter_on_the_path_is_taken_where_python_has_none(run: Run, tmp_path: Path, other_python: Path) -> None:
    (tmp_path / "a.md").write_text("%%template hi($who)\nHello $who!\n=end\n\n%%hi(you)\n")
    words = [other_python, "-m", "pandoc_percent_macros", "build", "a.md", "-o", "a.html"]
    assert run(*words).status == 0
    assert "Hello you!" in (tmp_path / "a.html").read_text()
    done = run(*words, PATH=bare_path(tmp_path, "pandoc", "sh"))
    assert done.status == 1
    assert "error[PM601]: the program percent-macros, which pandoc is to start, was not found\n" in done.err


@pytest.mark.parametrize(("matter", "names"), [("- a list", False), ("css: page.css", True)])
def test_lines_between_dashes_that_are_no_fields(run: Run, tmp_path: Path, matter: str, names: bool) -> None:
    (tmp_path / "a.md").write_text(f"Text.\n\n---\n{matter}\n---\n")
    (tmp_path / "page.css").write_text("")
    assert run("percent-macros", "build", "a.md", "-o", "a.html", "--depfile", "a.d").status == 0
    rule = (tmp_path / "a.d").read_text().split("\n\n")[0]
    assert rule == "a.html: \\\n a.md" + " \\\n page.css" * names


def test_a_filter_that_ends_pandoc(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n")
    (tmp_path / "end").write_text("#!/bin/sh\nkill -KILL $PPID\n")
    (tmp_path / "end").chmod(0o755)
    done = run("percent-macros", "build", "a.md", "-o", "a.html", "-F", "./end")
    assert done.status == 1
    assert "percent-macros: error[PM601]: pandoc was ended by signal 9\n" in done.err
    assert not (tmp_path / "a.html").exists()


@pytest.mark.tex
def test_dependencies_where_tex_can_not_be_asked_for_its_folders(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "Text.\n")
    assert build(run, "a.md", SMALL, "--depfile", "a.d").status == 0
    assert "article.cls" not in (tmp_path / "a.d").read_text()
    path = bare_path(tmp_path, "percent-macros", "pandoc", "pdflatex", "sh", "cp", "mkdir")
    assert build(run, "a.md", SMALL, "--depfile", "a.d", PATH=path).status == 0
    assert "article.cls" in (tmp_path / "a.d").read_text()


ODD = '%%define odd() "\\\\catcode92=12 " =end\n\n'  # the rest of the text is none of TeX's, and it ends nowhere
HIDDEN = {
    "a word that the document quotes in another file": (
        '%%define k($x) "\\\\textbf{$x}" =end\n\nText \\nope{a} %%k(a).\n',
        [("PM501", "a.md:3")],
    ),
    "a result whose characters can't be followed": (
        '%%define bad() lc("\\\\NOPE") =end\n\nText.\n\n%%bad()\n',
        [("PM501", "a.md:5")],
    ),
    "a unit in the body behind an argument": (
        '%%define gap($n) "\\\\rule{${n}zz}{1cm}" =end\n\nText.\n\n%%gap(3)\n',
        [("PM501", "a.md:5")],
    ),
    "what pandoc writes of a result": (
        '%%define link($x) markdown("[$x](y)") =end\n\nText.\n\n%%link(a)\n',
        [("PM501", "a.md:5")],
    ),
    "an argument of a macro that every document has": (
        "Text.\n\n%%image(game.png, 3+)\n",
        [("PM501", "a.md:3")],
    ),
    "an error that only comes without the marks": (
        "Text.\n\n```{=latex}\n\\ifnum\\errorcontextlines<0 \\oops\\fi\n```\n",
        [("PM501", "a.md:4")],
    ),
    "a call without which it is gone": (f"{ODD}%%odd()\n\nText.\n", [("PM501", "a.md:3")]),
    "a call inside raw TeX": (
        f"{ODD}\\begin{{center}}\nText\n\n%%odd()\n\\end{{center}}\n\nMore.\n",
        [("PM501", "a.md:3")],
    ),
    "two calls of the same fault, and no place": (f"{ODD}%%odd()\n\n%%odd()\n\nText.\n", [("PM505", "")]),
    "two calls of the same fault": (
        '%%define p($x) "\\$\\\\left( $x\\$" =end\n\nText %%p(a).\n\nText %%p(a).\n',
        [("PM501", "a.md:1")],
    ),
    "raw TeX of several paragraphs in a quote": (
        "Text.\n\n> ```{=latex}\n> \\textbf{a}\n>\n> \\itm{b}\n> c\n> ```\n",
        [("PM501", "a.md:6")],
    ),
    "the end of mathematics in a quote": ("> $$a\n> = b^$$\n\nText.\n", [("PM501", "a.md:2")]),
}


@pytest.mark.tex
@pytest.mark.parametrize(("text", "expected"), HIDDEN.values(), ids=[each.replace(" ", "-") for each in HIDDEN])
def test_a_fault_that_hides(run: Run, tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    document(tmp_path, text)
    shutil.copy(EXAMPLES / "talk" / "images" / "game.png", tmp_path)
    done = build(run, "a.md", SMALL)
    assert (done.status, faults(done)) == (1, expected), done.err


@pytest.mark.tex
def test_a_fault_near_which_nothing_is_the_authors(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "First words.\n\nSome words that are here once.\n")
    (tmp_path / "small.latex").write_text(TEMPLATE.replace("$body$", "\\everypar{\\oddity}\n$body$"))
    done = build(run, "a.md", SMALL)
    assert faults(done) == [("PM501", "a.md:1")], done.err
    assert "Undefined control sequence \\oddity (somewhere near here)\n" in done.err


@pytest.mark.tex
@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        ("Text \\nope{a} %%k(a_b).\n", "", "b.md:1"),
        ("A %%k(a) \\(x^2^3\\).\n", "markdown+tex_math_single_backslash", "b.md:1"),
        ("%%k(a)\n\n> ```{=latex}\n> \\textbf{a}\n>\n> \\itm{b}\n> ```\n", "", "b.md:6"),
    ],
)
def test_a_fault_in_the_second_of_two_files(run: Run, tmp_path: Path, text: str, options: str, place: str) -> None:
    document(tmp_path, '%%define k($x) "\\\\textbf{$x}" =end\n\nText.\n')
    (tmp_path / "b.md").write_text(text)
    done = build(run, "a.md", "b.md", SMALL, "-f", options or "markdown")
    assert faults(done) == [("PM501", place)], done.err


@pytest.mark.tex
def test_a_fault_in_a_text_that_was_lifted_before(run: Run, tmp_path: Path) -> None:
    document(tmp_path, '%%define k($x) "\\\\textbf{$x" =end\n\nText.\n\n%%k(a)\n', "talk.md")
    (tmp_path / "a.md").write_text(run("percent-macros", "lift", "talk.md").out)
    done = build(run, "a.md", SMALL)
    ((code, place),) = faults(done)
    assert (code, place.split(":")[0]) == ("PM501", "a.md")
    assert ' | %%define k($x) "\\\\textbf{$x" =end\n' in done.err


@pytest.mark.tex
def test_the_way_to_a_fault_past_a_macro_in_python(run: Run, tmp_path: Path, site: str) -> None:
    macros = '%%define top($x) plain() . bad($x) =end\n%%define bad($x) "\\\\nope{$x}" =end\n'
    document(tmp_path, f"{macros}\nText.\n\n%%top(a)\n")
    done = build(run, "a.md", SMALL, PYTHONPATH=site)
    assert faults(done) == [("PM501", "a.md:2")], done.err
    ways = re.findall(r"^   in the call of `(\w+)` at (a\.md:\d+)", done.err, re.MULTILINE)
    assert ways == [("bad", "a.md:1"), ("top", "a.md:6")]


@pytest.mark.tex
@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("\\usepackage[zork=5]{geometry}\n", 1),
        ("\\usepackage{amsmath}\n\n\\newcommand{\\mine}[1]{\\hss{#1}\n\n\n", 3),
        ("\\relax\n\n\\usetikzlibrary{zork}\n", 3),
    ],
    ids=["found-in-a-package", "never-closed", "unknown"],
)
def test_a_fault_in_a_file_that_is_included(run: Run, tmp_path: Path, header: str, line: int) -> None:
    document(tmp_path, "Text.\n")
    (tmp_path / "head.tex").write_text(header)
    done = build(run, "a.md", SMALL, "-H", "head.tex")
    assert (done.status, faults(done)) == (1, [("PM501", f"head.tex:{line}")]), done.err


@pytest.mark.tex
@pytest.mark.parametrize(("width", "code"), [("345.5pt", []), ("347pt", [("PM504", "a.md:5")])])
def test_what_nobody_sees_is_not_too_wide(run: Run, tmp_path: Path, width: str, code: list[tuple[str, str]]) -> None:
    document(
        tmp_path,
        '%%define wide($w) "\\\\noindent\\\\rule{$w}{1cm}" =end\n\n' + f"A line.\n\n%%wide({width})\n\nMore.\n",
    )
    done = build(run, "a.md", SMALL)
    assert (done.status, faults(done)) == (0, code), done.err


IMAGE = 'function Para() return pandoc.Para{pandoc.Image("x", "gone.png")} end\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Text.\n", ""),
        ('%%define pic() markdown("![](" . lc("GONE.PNG") . ")") =end\n\nText.\n\n%%pic()\n', "a.md:5"),
        ("Text.\n\n![pic]\n\n[pic]: gone.png\n", "a.md:5"),
    ],
    ids=["of-a-filter", "computed", "by-reference"],
)
def test_a_missing_picture_that_no_link_names(run: Run, tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "add.lua").write_text(IMAGE)
    done = build(run, "a.md", "-t", "latex", *([] if place else ["-L", "add.lua"]))
    assert (done.status, faults(done)) == (1, [("PM502", place)])
    assert "error[PM502]: picture not found: gone.png\n" in done.err
