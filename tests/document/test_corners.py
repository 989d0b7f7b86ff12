"""Rare turns that a document, a command line, a package with macros or LaTeX's log may take."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pandoc_percent_macros.latex.engine import Job
from pandoc_percent_macros.latex.finder import Finder
from pandoc_percent_macros.latex.log import LogError, first_error, too_wide
from pandoc_percent_macros.latex.marked import MarkedLatex
from pandoc_percent_macros.latex.precompiled import Formats
from pandoc_percent_macros.latex.words import quoted
from pandoc_percent_macros.pandoc.parent import above_by_ps

from ..conftest import Done, Run
from ..test_python_macros import install

Write = Callable[..., Done]
F = '%%define f($x) "<$x>" =end\n\n'
FOREIGN = "\U0010f000\U000f0000\U000f0001\U000f0002\U000f0003"  # looks like a token of ours, and is the author's


@pytest.fixture
def written(run: Run, tmp_path: Path) -> Write:
    def written(text: str, *options: str, target: str = "html", **variables: str) -> Done:
        (tmp_path / "a.md").write_text(text, "utf-8")
        return run("pandoc", "-F", "percent-macros", "a.md", "-t", target, *options, **variables)

    return written


# Documents


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (F + "- a\n\u00a0\n\n    %%f(x)\n", "<p>&lt;x&gt;</p></li>"),
        ("1.  %%define g()\n\t'y'\n\t=end\n\n    %%g()\n", "<li>y</li>"),
        ("> %%define g()\n" + "> # more and more\n" * 1000 + "> 'y'\n> =end\n>\n> %%g()\n", "<p>y</p>"),
        ('%%define g() markdown("a\\n\\nb") =end\n\n| x |\n|---|\n| %%g() |\n', "<td><p>a</p>\n<p>b</p></td>"),
        ('%%define g() markdown("[x]: y") =end\n\na %%g() b\n', "<p>a b</p>"),
        ("%%template g()\na. item\n=end\n\n%%g()\n", "<p>a. item</p>"),
        (F + "%%f(a)\n\n::: percent-macro\ntext\n:::\n", '<div class="percent-macro">\n<p>text</p>\n</div>'),
        (F + "<?php %%f(a) ?> %%f(b)\n", "<?php %%f(a) ?>\n<p>&lt;b&gt;</p>"),
        (F + "\\verb %%f(a)\n", "\\verb &lt;a&gt;"),
    ],
    ids=["odd-blank", "tab", "long", "blocks-in-cell", "nothing", "list-in-body", "own-div", "php", "verb"],
)
def test_what_a_document_gives(written: Write, text: str, expected: str) -> None:
    done = written(text)
    assert (done.status, done.err) == (0, "")
    assert expected in done.out


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (F + "%%f(a)\n%%f(b) text\n", "<a>\n%%f(b) text\n"),
        ('%%define g() html("<b>") . "x" =end\n\n%%g()\n', "x\n"),
    ],
    ids=["text-behind", "html"],
)
def test_what_raw_tex_gives(written: Write, text: str, expected: str) -> None:
    definition, _, inside = text.partition("\n\n")
    done = written(f"{definition}\n\nText.\n\n\\begin{{center}}\n{inside}\\end{{center}}\n", target="latex")
    assert (done.status, done.err, done.out) == (0, "", f"Text.\n\n\\begin{{center}}\n{expected}\\end{{center}}\n")


@pytest.mark.pandoc
def test_an_end_without_its_begin_closes_nothing(written: Write) -> None:
    done = written(F + "\\end{center} %%f(a)\n\n\\begin{center}\n%%f(a)\n\\end{center}\n", target="latex")
    assert (done.status, done.err) == (0, "")
    assert done.out.endswith("\\textless a\\textgreater{}\n\n\\begin{center}\n<a>\n\\end{center}\n")


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (F + "> a %%f(b\n>\n> c) d\n", "a.md:3:8", "error[PM103]: the call's parenthesis is never closed"),
        ("%%begin only(html)\n\n%%begin box\n\ny\n\n%%end only\n", "a.md:3:1", "error[PM105]: `%%begin box` is never"),
        (f"{F}a {FOREIGN} %%f(a)\n", "percent-macros", "error[PM901]"),
        (f"{F}`{FOREIGN}` %%f(a)\n", "percent-macros", "error[PM901]"),
        (f"{F}\\begin{{center}}\n{FOREIGN}\n%%f(a)\n\\end{{center}}\n", "percent-macros", "error[PM901]"),
    ],
    ids=["call-in-quote", "crossing", "token-in-text", "token-in-code", "token-in-tex"],
)
def test_what_is_refused(written: Write, text: str, place: str, said: str) -> None:
    done = written(text, target="latex")
    assert (done.status, done.out) == (83, "")
    assert f"{place}: {said}" in done.err


@pytest.mark.pandoc
def test_a_marker_in_the_place_of_a_definition_leaves_nothing_there(run: Run) -> None:
    marker = '::: {{.percent-macro kind="{}" line="1" column="1" source="a.md"}}\n```{{=tex}}\n{}\n```\n:::\n'
    text = "a\n\n" + marker.format("define", "%%define f() 1 =end") + "\n" + marker.format("call", "%%f()")
    done = run("pandoc", "-F", "percent-macros", "-t", "html", text=text)
    assert (done.status, done.err, done.out) == (0, "", "<p>a</p>\n<p>1</p>\n")


@pytest.mark.pandoc
def test_metadata_is_text_to_macros(written: Write) -> None:
    head = "---\none: a `b` $c$ 'd' \"e\" [f](g)\nmany: |\n  1. x\n  2. y\n---\n\n%%define g($k) meta($k) =end\n\n"
    done = written(head + "%%g(one)\n\n%%g(many)\n")
    assert (done.err, done.out) == ("", "<p>a b c ‘d’ “e” f</p>\n<p>xy</p>\n")


@pytest.mark.pandoc
def test_the_first_options_of_a_package_stay(written: Write) -> None:
    text = '%%define g($o) usepackage("soul", $o); "x" =end\n\n%%g(first) %%g(second)\n'
    done = written(text, "-s", target="latex")
    assert "\\usepackage[first]{soul}" in done.out
    assert "second" not in done.out


@pytest.mark.pandoc
def test_a_short_caption_that_another_filter_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "short.lua").write_text("function Table(t) t.caption.short = t.caption.long[1].content; return t end\n")
    lifted = run("percent-macros", "lift", text=F + "| x |\n|---|\n| y |\n\n: A %%f(z)\n").out
    done = run("pandoc", "-L", "short.lua", "-F", "percent-macros", "-t", "native", text=lifted)
    assert (done.status, done.err) == (0, "")
    assert done.out.count('"<z>"') == 2


@pytest.mark.pandoc
def test_sources_that_the_metadata_lists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.md").write_text(F)
    (tmp_path / "b.md").write_text("---\npercent-macros-sources: [m.md, b.md]\n---\n\n%%f(x)\n")
    done = run("sh", "-c", "cat m.md b.md | pandoc -F percent-macros -t plain")
    assert (done.status, done.err, done.out) == (0, "", "<x>\n")


@pytest.mark.pandoc
def test_what_is_no_markdown_and_mentions_no_macro(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("100%% sure\n")
    done = run("pandoc", "-F", "percent-macros", "-f", "rst", "a.rst", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "100%% sure\n")


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("metadata-files: [m.yaml, n.yaml]\nvariables: {x: 1}\nciteproc: false\n", "\\emph{K2}"),
        ("metadata-file: m.yaml\nciteproc: true\n", "\\emph{K1}"),
    ],
)
def test_defaults_files_hold_in_a_second_reading(run: Run, tmp_path: Path, fields: str, expected: str) -> None:
    (tmp_path / "a.md").write_text("%%define f() meta('k') . meta('n') =end\n\n*%%f()*\n\n# A %%f()\n")
    (tmp_path / "m.yaml").write_text("k: K\nn: '1'\n")
    (tmp_path / "n.yaml").write_text("n: '2'\n")
    (tmp_path / "d.yaml").write_text(fields)
    done = run("pandoc", "-F", "percent-macros", "-d", "d", "a.md", "-t", "latex")
    assert (done.status, done.err) == (0, "")
    assert expected in done.out


@pytest.mark.pandoc
def test_a_defaults_file_that_is_no_mapping(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text\n")
    (tmp_path / "d.yaml").write_text("- a list\n")
    done = run("percent-macros", "check", "-d", "d", "a.md")
    assert (done.status, "error[PM608]: defaults file d" in done.out) == (1, True)


@pytest.mark.pandoc
def test_a_header_that_can_be_read_only_once(written: Write, run: Run) -> None:
    written('%%define f() "\\\\tikz x;" =end\n\n%%f()\n')
    done = run("bash", "-c", "pandoc -F percent-macros a.md -s -t latex -H <(echo '\\usepackage{tikz}')")
    assert (done.status, "\\tikz x;" in done.out) == (0, True)
    assert "hint: add there: \\usepackage{tikz}" in done.err


@pytest.mark.pandoc
def test_absolute_names_with_file_scope(run: Run, tmp_path: Path) -> None:
    names = [tmp_path / "a.md", tmp_path / "b.md"]
    for name in names:
        name.write_text(F + "# A %%f(x)\n")
    done = run("pandoc", "-F", "percent-macros", "--file-scope", *names)
    assert done.status == 83
    assert f"error[PM601]: {names[0]} can't be read again under its absolute name" in done.err


GOOD = "100%% sure, 'and' [see @a, p. 2].\n\n# Head\n\n| x |\n|---|\n| y |\n\n: Caption\n\n1. one\n"


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('"citationPrefix":[', '"citationPrefix":[5,'),
        ('{"t":"Header","c":[1,', '{"t":"Header","c":["1",'),
        ('{"t":"AlignDefault"}', '{"t":5}'),
        ('[null,[{"t":"Plain"', '["short",[{"t":"Plain"'),
    ],
    ids=["whole", "citation", "header", "alignment", "caption"],
)
def test_a_document_is_looked_at_to_its_leaves(run: Run, old: str, new: str) -> None:
    document = run("pandoc", "-t", "json", text=GOOD).out
    assert old in document
    spoilt = document.replace(old, new) if old else document
    done = run("percent-macros", "latex", text=spoilt, PANDOC_VERSION="3")
    assert (done.status, done.out) == ((1, "") if old else (0, document)), done.err
    assert ("error[PM602]" in done.err) == bool(old)


# Command lines


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--", "--odd"], "No such option '--odd'"),
        (["lift", "-f", "docx", "a.md"], "'docx' is no Markdown; known are commonmark, "),
        (["build", "-Q", "a.md", "-o", "a.html"], "-Q is unknown"),
    ],
)
def test_a_command_line_that_does_not_read(run: Run, arguments: list[str], said: str) -> None:
    done = run("percent-macros", *arguments)
    assert (done.status, done.out, said in done.err) == (2, "", True), done.err


@pytest.mark.pandoc
def test_faults_without_a_place_for_programs(run: Run) -> None:
    github = run("percent-macros", "check", "--output-format", "github", "missing.md")
    assert github.out.startswith("::error title=percent-macros PM801::can't read missing.md")
    sarif = run("percent-macros", "check", "--output-format", "sarif", "missing.md")
    (found,) = json.loads(sarif.out)["runs"][0]["results"]
    assert (found["ruleId"], "locations" in found) == ("PM801", False)


@pytest.mark.pandoc
def test_a_fault_over_several_lines_for_github(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("%%begin only(\nbeamer)\n\nx\n")
    done = run("percent-macros", "check", "--output-format", "github", "a.md")
    assert done.out.startswith("::error file=a.md,line=1,endLine=2,col=1,title=percent-macros PM105::")


def test_a_part_of_what_a_reader_is_handed_that_is_no_file(run: Run) -> None:
    done = run("percent-macros", "lift", "--part", f"{len(F) + 7}:gone.md", text=F + "%%f(a)\n")
    assert (done.status, done.err) == (0, "")
    assert 'source="gone.md"' in done.out


@pytest.mark.pandoc
def test_a_writer_that_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.lua").write_text('function Writer() error("no luck") end\n')
    (tmp_path / "a.md").write_text('%%define f() markdown("*a*") =end\n')
    done = run("percent-macros", "call", "a.md", "f()", "-t", "./bad.lua")
    assert (done.status, done.out) == (1, "")
    assert "error[PM601]: pandoc failed to write ./bad.lua: " in done.err
    assert "no luck" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "a.md", "-o", "a.html"], "error[PM601]: pandoc was not found"),
        (["check", "-t", "odd", "a.md"], "error[PM601]: pandoc was not found"),
        (["setup"], "pandoc was not found; name its data directory with --data-dir"),
    ],
)
def test_without_pandoc(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Where pypandoc brings one, that is taken: the test hides it."""
    (tmp_path / "a.md").write_text("text\n")
    (tmp_path / "pypandoc.py").write_text("def get_pandoc_path():\n    raise OSError('no pandoc')\n")
    program = shutil.which("percent-macros")
    assert program
    done = run(program, *arguments, PATH=os.fspath(tmp_path), PYTHONPATH=os.fspath(tmp_path))
    assert (done.status, said in done.out + done.err) == (1, True), done


def test_setup_with_a_pandoc_that_does_not_say_its_folder(run: Run, tmp_path: Path) -> None:
    fake = tmp_path / "pandoc"
    fake.write_text("#!/bin/sh\n")
    fake.chmod(0o755)
    done = run("percent-macros", "setup", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert done.status == 1
    assert f"{fake} does not say its data directory; name it with --data-dir" in done.err


@pytest.mark.pandoc
def test_setup_for_a_python_under_a_path_with_a_space(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my python").symlink_to(sys.prefix)
    python = tmp_path / "my python" / "bin" / Path(sys.executable).name
    done = run(python, "-m", "pandoc_percent_macros", "setup", "--data-dir", tmp_path / "data")
    assert done.status == 0, done.err
    assert f"'{python}'" in (tmp_path / "data" / "filters" / "percent-macros").read_text()
    (tmp_path / "a.md").write_text(F + "%%f(x)\n")
    done = run("pandoc", "--data-dir", tmp_path / "data", "-F", "percent-macros", "a.md", "-t", "plain")
    assert (done.status, done.err, done.out) == (0, "", "<x>\n")


# The pandoc above


DEEP = '#!/bin/sh\nif [ "$N" -gt 0 ]; then N=$((N - 1)) "$0" "$@"; else {} "$@"; fi\nexit $?\n'


@pytest.mark.pandoc
@pytest.mark.parametrize(("shells", "status"), [("3", 0), ("9", 83)])
def test_pandoc_is_looked_for_only_so_far_above(
    run: Run, written: Write, tmp_path: Path, shells: str, status: int
) -> None:
    (tmp_path / "deep.sh").write_text(DEEP.format("percent-macros"))
    (tmp_path / "deep.sh").chmod(0o755)
    written(F + "%%f(x)\n")
    done = run("pandoc", "-F", "./deep.sh", "a.md", "-t", "plain", N=shells)
    assert (done.status, done.out) == (status, "" if status else "<x>\n"), done.err
    assert ("error[PM605]" in done.err) == bool(status)


def test_ps_shows_only_so_many_processes(run: Run, tmp_path: Path) -> None:
    script = (
        "import os; from pandoc_percent_macros.pandoc.parent import above_by_ps;"
        "print(len(list(above_by_ps(os.getppid()))))"
    )
    (tmp_path / "deep.sh").write_text(DEEP.format(f"'{sys.executable}' -c '{script}'"))
    (tmp_path / "deep.sh").chmod(0o755)
    assert run("./deep.sh", N="9").out == "8\n"


def test_ps_shows_nothing_above_the_first_process_and_one_that_is_gone() -> None:
    assert list(above_by_ps(1)) == []
    assert list(above_by_ps(2**30)) == []


# Macros in Python


MODULE = """
def shown(a=None, b=False, c=2, d="$", e=(), f="x"): return "x"
def number(): return 42
def many(context): return type(context)(1, 2, 3, 4, 5, 6)
def odd(context): return type(context)("a.md", column=3)
"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    points = {name: f"corners:{name}" for name in ("shown", "number", "many", "odd", "absent")}
    install(folder, "corners", MODULE, points | {"root": "math:sqrt"})
    return os.fspath(folder)


@pytest.mark.pandoc
def test_macros_in_python_are_listed_with_their_defaults(run: Run, site: str) -> None:
    done = run("percent-macros", "list", "--json", PYTHONPATH=site)
    signatures = [each["signature"] for each in json.loads(done.out) if each["kind"] == "python"]
    assert 'shown($a = undef, $b = "", $c = 2, $d = …, $e = …, $f = "x")' in signatures
    assert not any(each.startswith("absent") for each in signatures)
    assert (done.status, "error[PM808]: macro `absent` can't be loaded from `corners`" in done.err) == (1, True)


@pytest.mark.pandoc
@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("%%number()", "error[PM310]: `number` returned a value of the type `int`\n"),
        ("%%root(x)", "error[PM309]: `root` failed: TypeError: must be real number, not str\n"),
        ("%%many()", "error[PM309]: `many` failed: TypeError: Context takes 5 fields, not 6\n"),
        ("%%odd()", "error[PM309]: `odd` failed: TypeError: Context: missing or unknown fields: "),
    ],
)
def test_faults_of_macros_in_python(written: Write, site: str, call: str, said: str) -> None:
    done = written(call + "\n", PYTHONPATH=site)
    assert (done.status, said in done.err) == (83, True), done.err
    assert ("raised at" in done.err) == call.startswith(("%%many", "%%odd"))


# LaTeX


BROKEN = """\
%%define nothing() "" =end
%%define list() markdown("- one\\n- two") =end
%%define wrong() "\\\\nosuchcommand" =end

%%nothing()

%%list()

%%wrong()
"""


@pytest.mark.pandoc
@pytest.mark.tex
def test_a_failure_beside_calls_that_give_nothing_and_lists(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BROKEN)
    done = run("percent-macros", "build", "a.md", "-t", "latex", "-o", "a.pdf")
    assert done.status == 1
    assert "a.md:3:19: error[PM501]: LaTeX: Undefined control sequence" in done.err


def error(message: str, *levels: tuple[str, str, str], file: str = "input.tex") -> LogError:
    """Return the first error of a log: levels are a name, or the number of a line, what was read, and what was not."""
    shown = ""
    for name, before, after in levels:
        first = f"l.{name} {before}" if name.isdecimal() else f"{name} {before}"
        shown += f"{first}\n{' ' * len(first)}{after}\n"
    found = first_error(f"This is pdfTeX\n{file}:1: {message}\n{shown}\nHere is how much of TeX's memory you used:\n")
    assert found
    return found


def mark(tex: str) -> str:
    return f"%<PM0>\n{tex}\n%</PM0>"


LATE = "Missing } inserted."


@pytest.mark.parametrize(
    ("found", "tex", "expected"),
    [
        (error("TeX capacity exceeded, sorry."), "a\n", None),
        (error("Missing $ inserted."), "a\n", None),
        (error("Odd.", (r"\a", r"->\x", "y"), ("2", r"\a", "")), "\\newcommand{\\a}{\\z}\n\\a\n", r"\a"),
        (
            error("Odd.", ("<argument>", "qq", ""), (r"\a", r"->\x", "y"), ("2", r"\a{qq}", "")),
            "\\newcommand{\\a}[1]{\\x y}\n\\a{qq}\n",
            "q",
        ),
        (error("LaTeX Error: Environment foo undefined.", ("1", "a", "")), "a\n" + mark(r"\begin{foo}"), "foo"),
        (error("Odd, perhaps a missing \\item.", ("1", "a b", " c")), "a b c\n", "b"),
        (error("Illegal unit of measure (pt inserted).", ("1", r"\hspace{3}", " c")), "\\hspace{3} c\n", "}"),
        (error(LATE, ("2", "a $ b", "")), mark("a $ b"), "$"),
        (error(LATE, ("3", "$b$", "")), "$a\n" + mark("$b$"), "$"),
        (error("Missing $ inserted.", ("4", "c", "")), mark("} $ b") + "\nc\n", "$"),
        (error("Odd.", ("1", r"\odd x", " y"), file="input.vrb"), "a\n\\odd x y\n", "x"),
    ],
    ids=[
        "nothing", "nothing-odd", "other-body", "other-argument", "further-down", "no-list", "no-unit",
        "dollar", "dollar-before", "dollar-behind", "other-file",
    ],
)  # fmt: skip
def test_where_an_error_is(found: LogError, tex: str, expected: str | None) -> None:
    latex = MarkedLatex(tex)
    place = Finder(found, latex).find()
    assert (latex.tex[place.start : place.end].strip() if place else None) == expected


@pytest.mark.parametrize(
    ("log", "message"),
    [
        ("LaTeX Font:12: Some information\n! Real.\n", "Real."),
        ("!  ==> Fatal error occurred, no output PDF file produced!\n", None),
        ("all is well\n", None),
    ],
)
def test_which_lines_of_a_log_are_errors(log: str, message: str | None) -> None:
    found = first_error(log)
    assert (found.message if found else None) == message


def test_a_line_that_tex_had_read_whole() -> None:
    found = first_error("input.tex:3: Odd.\nl.3 some text\nno context\n")
    assert found
    assert [(each.before, each.after) for each in found.levels] == [("some text", "")]


def test_only_boxes_that_one_can_see_are_too_wide() -> None:
    log = "Overfull \\hbox (0.5pt too wide) in x\nOverfull \\hbox (7.5pt too wide) in x\npercent-macros ends 3\n"
    assert [(each.width, each.stretch) for each in too_wide(log)] == [(7.5, None)]


def test_a_message_that_quotes_a_blank() -> None:
    assert quoted(error("Unknown option ` ' or `key'.")) == ["key"]


def test_marks_that_lack_their_partners_or_hold_others() -> None:
    latex = MarkedLatex("%</PM7>\n%<PM0>\na\n%<PM1>\nb\n%</PM1>\nc\n%</PM0>\nd\n")
    assert [each.number for each in latex.stretches] == [0, 1]
    assert latex.without(*latex.stretches) == "%</PM7>\n%<PM0>\n%</PM0>\nd\n"


def job(folder: Path, name: str, tex: str) -> Job:
    return Job(shutil.which(name) or name, name, (), tex, folder, folder)


@pytest.mark.parametrize(
    ("name", "tex"), [("xelatex", "\\documentclass{article}\n\\begin{document}\n"), ("pdflatex", "no body\n")]
)
def test_what_has_no_precompiled_preamble(tmp_path: Path, name: str, tex: str) -> None:
    asked = job(tmp_path, name, tex)
    formats = Formats(tmp_path)
    assert formats.precompiled(asked) == (None, asked)
    assert formats.refused == ""


@pytest.mark.tex
def test_the_oldest_precompiled_preamble_goes(tmp_path: Path) -> None:
    for number in range(16):
        for ending in ("fmt", "json"):
            (tmp_path / f"{number}.{ending}").write_text("")
        os.utime(tmp_path / f"{number}.fmt", (number, number))
    asked = job(tmp_path, "pdflatex", "\\documentclass{article}\n\\begin{document}\nx\n\\end{document}\n")
    made, _ = Formats(tmp_path).precompiled(asked)
    assert made
    assert {each.stem for each in tmp_path.glob("*.fmt")} == {str(number) for number in range(1, 16)} | {made.stem}
    assert not (tmp_path / "0.json").exists()
