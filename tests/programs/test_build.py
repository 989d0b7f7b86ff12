"""``percent-macros build``: what pandoc makes, whole or not at all, and no run of LaTeX too many."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conftest import EXAMPLES, Run
from ..support.latex import document, pages
from ..support.programs import bare_path

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
SMALL = "--template=small.latex"
ENDLESS = "\\loop\\iftrue\\repeat\n"


def runs_of_latex(err: str) -> int:
    return len(re.findall(r": LaTeX, run \d+$", err, re.MULTILINE))


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """A folder for temporary files, in which none may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    yield folder
    assert list(folder.iterdir()) == []


def test_the_pdf_is_the_one_that_pandoc_makes(run, talk) -> None:
    assert run("pandoc", "-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "pandoc.pdf", cwd=talk).status == 0
    done = run("percent-macros", "build", "talk.md", "-t", "beamer", "-o", "à nous.pdf", cwd=talk)
    assert (done.status, done.out) == (0, "")
    steps = ["pandoc", "LaTeX, run 1", "LaTeX, run 2", "15 pages"]
    assert done.err == "".join(f"à nous.pdf: {step}\n" for step in steps)
    assert pages(talk / "à nous.pdf") == pages(talk / "pandoc.pdf")


def test_the_draft_of_a_deck_without_a_missing_picture_is_the_deck(run, talk) -> None:
    for options in ([], ["--draft"]):
        words = ["talk.md", "-t", "beamer", *options, "-o", f"{len(options)}.pdf"]
        done = run("percent-macros", "build", *words, cwd=talk)
        assert done.status == 0, done.err
    assert pages(talk / "0.pdf") == pages(talk / "1.pdf")


@pytest.mark.parametrize(
    ("text", "options", "runs"),
    [
        ("Hello.\n", [], 1),
        ("# One\n\nHello.\n", ["-f", "markdown-auto_identifiers"], 1),
        ("See \\ref{x}.\n\n\\section{One}\\label{x}\n", [], 2),
        ("# One\n\nHello.\n", ["--toc"], 2),
        # The label is there, so it moves.
        ("\\ifcsname r@end\\endcsname\\mbox{}\\clearpage\\fi\n\nEnd.\\label{end}\n", [], 3),
    ],
)
def test_latex_runs_until_nothing_changes(run, tmp_path, text, options, runs) -> None:
    document(tmp_path, text)
    done = run("percent-macros", "build", "a.md", SMALL, *options, "-o", "a.pdf")
    assert (done.status, runs_of_latex(done.err)) == (0, runs), done.err


def test_references_that_never_settle(run, tmp_path) -> None:
    runs = r"\gdef\string\runs{x\ifx\runs\undefined\else\runs\fi}"
    growing = rf"\AtEndDocument{{\immediate\write\csname @auxout\endcsname{{{runs}}}}}"
    document(tmp_path, f"---\nheader-includes: '{growing}'\n---\n\nHello.\n")
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    assert (done.status, runs_of_latex(done.err)) == (0, 5)
    assert "percent-macros: warning[PM506]: after 5 runs LaTeX's references still change\n" in done.err


def test_latex_s_warnings_are_passed_on(run, tmp_path) -> None:
    document(tmp_path, "See \\ref{nowhere}.\n")
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf")
    assert done.status == 0
    assert "[WARNING] LaTeX Warning: Reference `nowhere' on page 1 undefined" in done.err


def test_an_engine_with_its_path(run, tmp_path) -> None:
    engines = tmp_path / "the engines"
    engines.mkdir()
    (engines / "pdflatex").symlink_to(shutil.which("pdflatex"))
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", "a.md", SMALL, "--pdf-engine", engines / "pdflatex", "-o", "a.pdf")
    assert (done.status, runs_of_latex(done.err)) == (0, 1), done.err


def test_a_filter_that_runs_latex_itself_gets_latex(run, tmp_path) -> None:
    document(tmp_path, "VERSION\n")
    script = "function Str(s) if s.text == 'VERSION' then return pandoc.pipe('pdflatex', {'--version'}, '') end end"
    (tmp_path / "version.lua").write_text(script)
    done = run("percent-macros", "build", "a.md", SMALL, "-L", "version.lua", "-o", "a.pdf")
    assert done.status == 0, done.err
    assert "pdfTeX" in run("pdftotext", "a.pdf", "-").out


def test_another_engine_is_pandoc_s_own_matter(run, tmp_path) -> None:
    document(tmp_path, "Hello.\n")
    words = ["a.md", "--pdf-engine=no-such-engine", "-o", "a.pdf"]
    done, of_pandoc = run("percent-macros", "build", *words), run("pandoc", *words)
    assert (done.status, done.err) == (1, f"a.pdf: pandoc\n{of_pandoc.err}")


def test_an_error_on_a_terminal(tmp_path) -> None:
    document(tmp_path, "\n\\nope\n")
    said = on_terminal(["percent-macros", "build", "a.md", SMALL, "-o", "a.pdf"], tmp_path, status=1)
    assert "a.md:2:1: error[PM501]: LaTeX: Undefined control sequence \\nope" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%%nope(1)\n", "a.md:1:1: error[PM203]: unknown macro `nope`\n"),
        ("\n\\nope\n", "a.md:2:1: error[PM501]: LaTeX: Undefined control sequence \\nope"),
        ("\n![a](b.png)\n", "a.md:2:"),
    ],
    ids=["macro", "LaTeX", "picture"],
)
def test_a_failed_build_keeps_the_old_output(run, tmp_path, temporary, text, said) -> None:
    document(tmp_path, text)
    (tmp_path / "a.pdf").write_text("old")
    before = sorted(tmp_path.iterdir())
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf", TMPDIR=str(temporary))
    assert done.status == 1
    assert said in done.err
    assert (tmp_path / "a.pdf").read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before


def test_an_output_that_can_not_be_written(run, tmp_path, temporary) -> None:
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "no/a.pdf", TMPDIR=str(temporary))
    assert done.status == 1
    assert "percent-macros: error[PM809]: can't write no/a.pdf: No such file or directory\n" in done.err


@pytest.mark.parametrize("sign", ["~", "#", "%", "{", "^", '"', "\\", " ", "$", "&"])
def test_a_folder_for_temporary_files_with_signs_that_tex_minds(run, tmp_path, sign) -> None:
    folder = tmp_path / f"a{sign}b"
    folder.mkdir()
    shutil.copy(EXAMPLES / "talk" / "images" / "game.png", tmp_path)
    document(tmp_path, "%%image(game.png, 0.1)\n\n![](game.png){width=1cm} a\n\n\\nope\n")
    done = run("percent-macros", "build", "a.md", "-o", "a.pdf", TMPDIR=str(folder))
    assert "a.md:5:1: error[PM501]: LaTeX: Undefined control sequence \\nope" in done.err
    document(tmp_path, "%%image(game.png, 0.1)\n\n![](game.png){width=1cm} a\n")
    done = run("percent-macros", "build", "a.md", "-o", "a.pdf", TMPDIR=str(folder))
    assert done.status == 0, done.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
@pytest.mark.parametrize("name", ["a.pdf", "a.html"])
def test_the_output_keeps_the_permissions_of_the_file_that_it_replaces(run, tmp_path, mode, name) -> None:
    document(tmp_path, "Hello.\n")
    (tmp_path / name).write_text("old")
    (tmp_path / name).chmod(mode)
    (tmp_path / "linked").symlink_to(name)
    for output in (name, "linked"):
        target = "latex" if name == "a.pdf" else "html"
        assert run("percent-macros", "build", "a.md", "-t", target, "-o", output).status == 0
        assert (tmp_path / name).stat().st_mode & 0o7777 == mode
        assert (tmp_path / name).read_bytes()[:3] != b"old"


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interrupt_leaves_nothing(tmp_path, temporary, number, status) -> None:
    document(tmp_path, ENDLESS)
    (tmp_path / "a.pdf").write_text("old")
    before = sorted(tmp_path.iterdir())
    command = ["percent-macros", "build", "a.md", SMALL, "-o", "a.pdf"]
    variables = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=tmp_path, env=variables, stderr=subprocess.PIPE, text=True) as building:
        while "LaTeX" not in building.stderr.readline():
            pass
        building.send_signal(number)
        _, said = building.communicate(timeout=60)
    assert building.returncode == status
    assert "Traceback" not in said
    assert (tmp_path / "a.pdf").read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before


def on_terminal(command: list[str], folder: Path, status: int = 0) -> str:
    """Run a command with a terminal for its standard error; return what it wrote there."""
    ours, theirs = pty.openpty()
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, cwd=folder, env=variables, stdin=theirs, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        said = b""
        while data := _read(ours):
            said += data
    os.close(ours)
    assert child.returncode == status, said
    return re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", said.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux's way to say that nobody has the other end open
        return b""


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_on_a_terminal_a_bar_shows_the_page(tmp_path) -> None:
    waiting = "\\count255=0 \\loop\\advance\\count255 1 \\ifnum\\count255<1000000 \\repeat \\clearpage"
    page = f"Page\n\n```{{=latex}}\n{waiting}\n```\n\n"
    document(tmp_path, "See \\pageref{end}.\n\n\\clearpage\n\n" + page * 3 + "End\\label{end}\n")
    said = on_terminal(["percent-macros", "build", "a.md", SMALL, "-o", "a.pdf"], tmp_path)
    assert "a.pdf: LaTeX, run 1" in said
    assert re.search(r"page \d(?! of)", said)
    assert re.search(r"page \d of 5", said)
    assert said.endswith("a.pdf: 5 pages\r\n")


def test_quiet_says_nothing(run, tmp_path) -> None:
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", "a.md", SMALL, "-o", "a.pdf", "--quiet")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_a_pandoc_that_is_killed(run, tmp_path, temporary) -> None:
    document(tmp_path, "Hello. " * 1000)
    (tmp_path / "a.html").write_text("old")
    command = "ulimit -f 1; percent-macros build a.md -o a.html"  # files of 1 KB, or a signal
    done = run("bash", "-c", command, TMPDIR=str(temporary))
    assert done.status == 1
    assert "percent-macros: error[PM601]: pandoc was ended by signal 25\n" in done.err
    assert (tmp_path / "a.html").read_text() == "old"


def test_a_pandoc_that_writes_nothing(run, tmp_path) -> None:
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", "a.md", "-o", "a.html", "--list-output-formats")
    assert done.status == 1
    assert "percent-macros: error[PM601]: pandoc succeeded, but wrote nothing to a.html\n" in done.err


def test_the_filter_is_the_one_of_the_same_installation(run, tmp_path) -> None:
    document(tmp_path, "%%template hi($who)\nHello $who!\n=end\n\n%%hi(you)\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    other = programs / "percent-macros"
    other.write_text("#!/bin/sh\nexit 3\n")
    other.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = run(sys.executable, "-m", "pandoc_percent_macros", "build", "a.md", "-o", "a.html", PATH=path)
    assert done.status == 0, done.err
    assert "Hello you!" in (tmp_path / "a.html").read_text()


def test_a_document_that_shows_nothing(run, tmp_path) -> None:
    document(tmp_path, "")
    (tmp_path / "a.pdf").write_text("old")
    done = run("percent-macros", "build", "a.md", "-o", "a.pdf")
    assert done.status == 1
    assert done.err.endswith("percent-macros: error[PM507]: LaTeX made no page: the document has nothing to show\n")
    assert (tmp_path / "a.pdf").read_text() == "old"


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.md", "No such file or directory"), ("folder.md", "Is a directory")]
)
def test_a_document_that_cannot_be_read(run, tmp_path, name, reason) -> None:
    (tmp_path / "folder.md").mkdir()
    done = run("percent-macros", "build", name, "-o", "a.html")
    assert (done.status, done.err) == (1, f"percent-macros: error[PM801]: can't read {name}: {reason}\n")


def test_pandoc_s_own_faults_are_told_without_its_stack(run, tmp_path) -> None:
    document(tmp_path, "Hello.\n")
    done = run("percent-macros", "build", "a.md", "-d", "missing", "-o", "a.html")
    assert done.status == 1
    assert re.fullmatch(r"a\.html: pandoc\npandoc: missing\.yaml: .*does not exist.*\n", done.err), done.err


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


def test_a_filter_that_ends_pandoc(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n")
    (tmp_path / "end").write_text("#!/bin/sh\nkill -KILL $PPID\n")
    (tmp_path / "end").chmod(0o755)
    done = run("percent-macros", "build", "a.md", "-o", "a.html", "-F", "./end")
    assert done.status == 1
    assert "percent-macros: error[PM601]: pandoc was ended by signal 9\n" in done.err
    assert not (tmp_path / "a.html").exists()
