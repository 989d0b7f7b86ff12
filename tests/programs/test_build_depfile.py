"""``percent-macros build --depfile``: a real make builds again what has to be, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.latex import build_here, document
from ..support.pages import block
from ..support.programs import bare_path

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
TEXT = """%%use lib/macros

---
bibliography: books.bib
percent-macros-use: lib/house
---

%%pic(images/a b.png)

![]($c.png)
"""
LIBRARY = "%%use more\n\n%%define pic($name)\nreturn latex(small($name));\n=end\n"
MORE = '%%define small($name)\nreturn "\\\\includegraphics[width=1cm]{$name}";\n=end\n'
MAKEFILE = block("building.md", "make")
SOURCES = ["lib/macros.pmac", "lib/more.pmac", "images/a b.png", "$c.png", "head.tex", "sub.tex"]
SOURCES += ["small.latex", "books.bib", "lib/house.pmac"]
DIRECT = "--template=small.latex -H head.tex"


@pytest.fixture
def project(tmp_path, talk) -> Path:
    document(tmp_path, TEXT)
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "macros.pmac").write_text(LIBRARY)
    (tmp_path / "lib" / "more.pmac").write_text(MORE)
    (tmp_path / "lib" / "house.pmac").write_text("%%define house() 'x' =end\n")
    (tmp_path / "images").mkdir()
    for name in ("images/a b.png", "$c.png"):
        (tmp_path / name).write_bytes((talk / "images" / "game.png").read_bytes())
    (tmp_path / "head.tex").write_text("\\input{sub}\n")
    (tmp_path / "sub.tex").write_text("\\relax\n")
    (tmp_path / "books.bib").write_text("@book{a, title = {A}}\n")
    (tmp_path / "d.yaml").write_text("template: small.latex\ninclude-in-header: head.tex\n")
    return tmp_path


def makefile() -> str:
    """Return the documentation's, for our document."""
    return MAKEFILE.replace("talk.md", "a.md").replace("talk.", "out.").replace("-t beamer", DIRECT)


def remade(run, folder: Path) -> bool:
    done = run("make", cwd=folder)
    assert done.status == 0, done.err
    return "percent-macros build" in done.out


def test_make_builds_again_when_a_source_is_newer(run, project) -> None:
    (project / "Makefile").write_text(makefile())
    assert remade(run, project)
    assert not remade(run, project)
    newer = (project / "out.pdf").stat().st_mtime
    for name in SOURCES:
        os.utime(project / name, (newer + 10, newer + 10))
        assert "out.pdf" in run("make", "--question", "--debug=b", cwd=project).out, name
        os.utime(project / name, (newer - 10, newer - 10))
        assert run("make", "--question", cwd=project).status == 0, name
    os.utime(project / "images/a b.png", (newer + 10, newer + 10))
    assert remade(run, project)


def test_every_source_is_named_once(run, project) -> None:
    done = run("percent-macros", "build", "a.md", "-d", "d.yaml", "-o", "out.pdf", "--depfile", "out.d", cwd=project)
    assert done.status == 0, done.err
    names = [each.replace("\\ ", " ").replace("$$", "$") for each in named(project / "out.d")]
    assert sorted(names) == sorted(["a.md", "d.yaml", *SOURCES])


def test_libraries_that_others_name(run, project) -> None:
    """The command line, defaults files, and files of metadata."""
    for name in ("one", "two", "three"):
        (project / "lib" / f"{name}.pmac").write_text(f"%%define {name}() 'x' =end\n")
    (project / "a.md").write_text("%%one() %%two()\n")
    (project / "d.yaml").write_text("metadata:\n  percent-macros-use: ${.}/lib/one\n")
    (project / "m.yaml").write_text("---\npercent-macros-use: lib/three\n---\n")
    words = ["a.md", "-d", "d.yaml", "-M", "percent-macros-use=lib/two", "--metadata-file=m.yaml"]
    done = run("percent-macros", "build", *words, "-o", "out.html", "--depfile", "out.d", cwd=project)
    assert done.status == 0, done.err
    libraries = [each for each in named(project / "out.d") if each.endswith(".pmac")]
    assert sorted(libraries) == ["lib/one.pmac", "lib/three.pmac", "lib/two.pmac"]


def test_of_html_that_holds_its_pictures(run, project) -> None:
    (project / "a.md").write_text("![](images/a%20b.png)\n")
    words = ["a.md", "--embed-resources", "-s", "-o", "out.html", "--depfile", "out.d"]
    assert run("percent-macros", "build", *words, cwd=project).status == 0
    assert named(project / "out.d") == ["a.md", "images/a\\ b.png"]


def test_a_source_that_is_gone_stops_nothing(run, project) -> None:
    (project / "Makefile").write_text(makefile())
    assert remade(run, project)
    (project / "lib" / "more.pmac").unlink()
    (project / "lib" / "macros.pmac").write_text(LIBRARY.removeprefix("%%use more\n\n") + "\n" + MORE)
    assert remade(run, project)
    assert "more.pmac" not in (project / "out.d").read_text()


def test_a_depfile_that_can_not_be_written(run, project) -> None:
    done = run("percent-macros", "build", "a.md", "-d", "d.yaml", "-o", "a.html", "--depfile", "no/a.d", cwd=project)
    assert done.status == 1
    assert "error[PM809]: can't write no/a.d" in done.err.replace(os.fspath(project) + "/", "")


def named(depfile: Path) -> list[str]:
    """Return what the first rule of a depfile names, as it is written."""
    rule, _, _ = depfile.read_text("utf-8").partition("\n\n")
    return rule.partition(": \\\n ")[2].split(" \\\n ")


@pytest.mark.parametrize(("matter", "names"), [("- a list", False), ("css: page.css", True)])
def test_lines_between_dashes_that_are_no_fields(run: Run, tmp_path: Path, matter: str, names: bool) -> None:
    (tmp_path / "a.md").write_text(f"Text.\n\n---\n{matter}\n---\n")
    (tmp_path / "page.css").write_text("")
    assert run("percent-macros", "build", "a.md", "-o", "a.html", "--depfile", "a.d").status == 0
    rule = (tmp_path / "a.d").read_text().split("\n\n")[0]
    assert rule == "a.html: \\\n a.md" + " \\\n page.css" * names


def test_dependencies_where_tex_can_not_be_asked_for_its_folders(run: Run, tmp_path: Path) -> None:
    document(tmp_path, "Text.\n")
    assert build_here(run, "a.md", "--template=small.latex", "--depfile", "a.d").status == 0
    assert "article.cls" not in (tmp_path / "a.d").read_text()
    path = bare_path(tmp_path, "percent-macros", "pandoc", "pdflatex", "sh", "cp", "mkdir")
    assert build_here(run, "a.md", "--template=small.latex", "--depfile", "a.d", PATH=path).status == 0
    assert "article.cls" in (tmp_path / "a.d").read_text()
