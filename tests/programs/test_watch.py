"""``percent-macros watch``: a build on every change, errors shown, the preamble precompiled."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from ..support.latex import document, pages

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
SMALL = "--template=small.latex"
LIBRARY = "%%template hi($who)\nHello {who}!\n=end\n".replace("{who}", "$who")
WAITING = "waiting for changes"
LONGEST = 20  # seconds to wait before a test is given up


class Watching:
    """A running ``percent-macros watch``, told by the lines that it writes."""

    def __init__(self, folder: Path, *words: str) -> None:
        (folder / "temporary").mkdir()
        places = {"XDG_CACHE_HOME": folder / "cache", "TMPDIR": folder / "temporary"}
        variables = {**os.environ, **{name: os.fspath(path) for name, path in places.items()}}
        self._folder = folder
        self._process = subprocess.Popen(
            ["percent-macros", "watch", *words], cwd=folder, env=variables, stderr=subprocess.PIPE, text=True
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            self._lines.put(line)
        self._lines.put("")

    def built(self) -> str:
        """Return what the next build says, to the line that tells how it ended."""
        said = ""
        while WAITING not in said:
            line = self._lines.get(timeout=LONGEST)
            assert line, f"it ended, and said: {said}"
            said += line
        return said

    def end(self) -> None:
        """Interrupt it, as Ctrl-C does, and see that it ends and leaves nothing."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        assert self._process.wait(LONGEST) == 0
        assert self._lines.get(timeout=LONGEST) == ""
        assert list((self._folder / "temporary").iterdir()) == []

    def kill(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        assert self._process.stderr
        self._process.stderr.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    """Start watching in the test's folder, or another; ended after the test."""
    started: list[Watching] = []

    def start(*words: str, folder: Path = tmp_path) -> Watching:
        started.append(Watching(folder, *words))
        return started[-1]

    yield start
    for each in started:
        each.kill()


def shown(run, folder: Path) -> str:
    return run("pdftotext", "a.pdf", "-", cwd=folder).out


def assert_change_shows(run, watching: Watching, path: Path, text: str, word: str) -> None:
    """Change a file in the folder of ``a.pdf``, and see that the next build shows the word."""
    path.write_text(text)
    watching.built()
    assert word in shown(run, path.parent)


@pytest.mark.parametrize("header", ["%%use lib\n\n", "---\npercent-macros-use: lib\n---\n\n"])
def test_changes_of_all_that_it_is_made_from(run, tmp_path, talk, watch, header: str) -> None:
    document(tmp_path, f"{header}%%hi(you)\n\n\\includegraphics[width=1cm]{{a.png}}\n")
    (tmp_path / "lib.pmac").write_text(LIBRARY)
    (tmp_path / "a.png").write_bytes((talk / "images" / "game.png").read_bytes())
    (tmp_path / "head.tex").write_text("\\newcommand{\\word}{first}\n\\AtEndDocument{\\word}\n")
    watching = watch("a.md", SMALL, "-H", "head.tex", "-o", "a.pdf")
    assert watching.built().startswith("a.pdf: 1 page, ")
    assert "Hello you!" in shown(run, tmp_path)
    with (tmp_path / "a.md").open("a") as file:
        file.write("\nMore.\n")
    watching.built()
    assert "More." in shown(run, tmp_path)
    assert_change_shows(run, watching, tmp_path / "lib.pmac", LIBRARY.replace("Hello", "Welcome"), "Welcome you!")
    before = pages(tmp_path / "a.pdf")
    (tmp_path / "a.png").write_bytes((talk / "images" / "cubism.png").read_bytes())
    watching.built()
    assert pages(tmp_path / "a.pdf") != before
    header = "\\newcommand{\\word}{second}\n\\AtEndDocument{\\word}\n"
    assert_change_shows(run, watching, tmp_path / "head.tex", header, "second")
    watching.end()


def test_an_error_and_its_repair(run, tmp_path, watch) -> None:
    document(tmp_path, "Good.\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    watching.built()
    for wrong, said in (
        ("\n\\nope\n", "a.md:2:1: error[PM501]: LaTeX: Undefined control sequence \\nope\n"),
        ("%%nope(1)\n", "a.md:1:1: error[PM203]: unknown macro `nope`\n"),
    ):
        (tmp_path / "a.md").write_text(wrong)
        output = watching.built()
        assert said in output
        assert "a.pdf: failed, " in output
        assert "Good." in shown(run, tmp_path)
    (tmp_path / "a.md").write_text("Better.\n")
    assert "a.pdf: 1 page, " in watching.built()
    assert "Better." in shown(run, tmp_path)
    watching.end()


def test_a_file_that_is_written_in_steps(run, tmp_path, watch) -> None:
    document(tmp_path, "Good.\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    watching.built()
    with (tmp_path / "a.md").open("w") as file:
        file.write("%%nope(1)\n\n")
        file.flush()
        time.sleep(0.05)
        file.write('%%define nope($n)\nreturn "All $n."\n=end\n')
    assert re.fullmatch(r"a\.pdf: 1 page, .*\n", watching.built())
    assert "All 1." in shown(run, tmp_path)
    watching.end()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("%%use lib\n\n%%hi(you)\n", "lib.pmac"),
        ("---\npercent-macros-use: lib\n---\n\n%%hi(you)\n", "lib.pmac"),
        ("![](pictures/a.png)\n", "pictures/a.png"),
        ("\\includegraphics[width=1cm]{a.png}\n", "a.png"),
    ],
)
def test_a_file_that_was_missing_comes(tmp_path, talk, watch, text, name) -> None:
    document(tmp_path, text)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    assert "failed" in watching.built()
    picture = (talk / "images" / "game.png").read_bytes()
    beside = tmp_path / "new"
    beside.write_bytes(LIBRARY.encode() if name == "lib.pmac" else picture)
    beside.replace(tmp_path / name)
    output = watching.built()
    while "failed" in output:  # the temporary file counts as a change, too
        output = watching.built()
    assert "a.pdf: 1 page, " in output
    watching.end()


def test_a_precompiled_preamble_changes_nothing(run, talk, watch) -> None:
    assert run("percent-macros", "build", "talk.md", "-t", "beamer", "-o", "built.pdf", cwd=talk).status == 0
    watching = watch("talk.md", "-t", "beamer", "-o", "watched.pdf", folder=talk)
    assert "15 pages" in watching.built()
    assert len(list((talk / "cache").rglob("*.fmt"))) == 1
    assert pages(talk / "watched.pdf") == pages(talk / "built.pdf")
    os.utime(talk / "talk.md")
    assert "15 pages" in watching.built()
    assert len(list((talk / "cache").rglob("*.fmt"))) == 1
    assert pages(talk / "watched.pdf") == pages(talk / "built.pdf")
    watching.end()


def test_a_style_that_changes_is_compiled_again(run, tmp_path, watch) -> None:
    document(tmp_path, "---\nheader-includes: '\\usepackage{own}'\n---\n\n\\word\n")
    (tmp_path / "own.sty").write_text("\\newcommand{\\word}{first}\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    watching.built()
    assert "first" in shown(run, tmp_path)
    assert_change_shows(run, watching, tmp_path / "own.sty", "\\newcommand{\\word}{second}\n", "second")
    watching.end()


def test_a_preamble_that_can_not_be_precompiled(run, tmp_path, watch) -> None:
    document(tmp_path, "---\nheader-includes: '\\begingroup'\n---\n\nHello.\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    told = "the preamble can't be precompiled, so builds take longer: You can't dump inside a group.\n"
    assert watching.built().startswith("a.pdf: 1 page, ")
    os.utime(tmp_path / "a.md")
    assert watching.built().startswith(told)  # once, after the first build
    os.utime(tmp_path / "a.md")
    assert told not in watching.built()
    watching.end()


def test_without_a_folder_for_what_is_kept(run, tmp_path, watch) -> None:
    (tmp_path / "cache").write_text("")
    document(tmp_path, "Hello.\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    assert watching.built().startswith("a.pdf: 1 page, ")
    os.utime(tmp_path / "a.md")
    told = "the preamble can't be precompiled, so builds take longer: "
    assert f"{told}{tmp_path / 'cache' / 'percent-macros' / 'preambles'}: Not a directory\n" in watching.built()
    assert_change_shows(run, watching, tmp_path / "a.md", "Second.\n", "Second.")
    watching.end()


def test_html(tmp_path, watch) -> None:
    document(tmp_path, "Hello.\n")
    watching = watch("a.md", "-o", "a.html")
    assert watching.built().startswith("a.html: written, ")
    (tmp_path / "a.md").write_text("Bye.\n")
    watching.built()
    assert "Bye." in (tmp_path / "a.html").read_text()
    watching.end()


def test_a_library_comes_into_a_folder_of_libraries(run, tmp_path, monkeypatch, watch) -> None:
    (tmp_path / "libraries").mkdir()
    monkeypatch.setenv("PERCENT_MACROS_PATH", "libraries")
    document(tmp_path, "%%use lib\n\n%%hi(you)\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    assert "a.pdf: failed, " in watching.built()
    (tmp_path / "libraries" / "lib.pmac").write_text(LIBRARY)
    assert "a.pdf: 1 page, " in watching.built()
    assert "Hello you!" in shown(run, tmp_path)
    watching.end()


def test_a_file_beside_it_that_it_is_not_made_from(run, tmp_path, watch) -> None:
    document(tmp_path, "First.\n")
    watching = watch("a.md", SMALL, "-o", "a.pdf")
    watching.built()
    (tmp_path / "b.md").write_text("Another.\n")
    assert run("percent-macros", "build", "b.md", SMALL, "-o", "b.pdf").status == 0
    # And not what a build for the sake of b.md would show.
    assert_change_shows(run, watching, tmp_path / "a.md", "Second.\n", "Second.")
    watching.end()


def test_a_slide_that_changes_is_shown_before_all_is_typeset(run, tmp_path, watch) -> None:
    text = "## One\n\nFirst.\n\n## Two\n\nSecond.\n\n## Three\n\nThird.\n"
    document(tmp_path, text)
    watching = watch("a.md", "-t", "beamer", "-o", "a.pdf")
    assert watching.built().startswith("a.pdf: 3 pages, ")
    (tmp_path / "a.md").write_text(text.replace("Second", "Other"))
    first, last = watching.built().splitlines()
    assert re.fullmatch(r"a\.pdf: 1 slide typeset, \d+\.\d s, at [\d:]+; all of it follows", first)
    assert last.startswith("a.pdf: 3 pages, ")
    assert "Other" in shown(run, tmp_path)
    watching.end()


def test_without_what_puts_pdfs_together(run, tmp_path, watch, monkeypatch) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(
        "import importlib.util\nfind = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'pikepdf' else find(name, *rest)\n"
    )
    paths = filter(None, (os.fspath(tmp_path / "hidden"), os.environ.get("PYTHONPATH")))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    document(tmp_path, "## One\n\nFirst.\n\n## Two\n\nSecond.\n\n## Three\n\nThird.\n")
    watching = watch("a.md", "-t", "beamer", "-o", "a.pdf")
    assert watching.built().startswith("a.pdf: 3 pages, ")
    assert_change_shows(run, watching, tmp_path / "a.md", "## One\n\n1.\n\n## Two\n\n2.\n", "2")
    os.utime(tmp_path / "a.md")
    assert "pandoc-percent-macros[preview]" not in watching.built()  # once, after the first build
    watching.end()
