"""Pandoc's command line, understood as pandoc understands it."""

from __future__ import annotations

import pytest

from pandoc_percent_macros.pandoc.invocation import Invocation, header_text, understand, understood
from pandoc_percent_macros.pandoc.parent import Process


def invocation(
    *arguments: str, folder: str = ".", child: tuple[str, ...] = ("python", "/bin/percent-macros", "beamer")
):
    seen = understand(Process("/usr/bin/pandoc", arguments, folder, child))
    assert isinstance(seen, Invocation)
    return seen


@pytest.mark.parametrize(
    ("arguments", "inputs"),
    [
        (["talk.md"], ["talk.md"]),
        (["-F", "percent-macros", "talk.md", "-t", "beamer", "-o", "talk.pdf"], ["talk.md"]),
        (["a.md", "-s", "b.md"], ["a.md", "b.md"]),
        (["-st", "html", "a.md"], ["a.md"]),
        (["-strue", "a.md"], ["a.md"]),
        (["--standalone=false", "a.md"], ["a.md"]),
        (["--out", "x.pdf", "a.md"], ["a.md"]),
        (["--metadata", "title=a.md", "b.md"], ["b.md"]),
        (["-M", "x", "-V", "y", "--pdf-engine-opt", "-z", "b.md"], ["b.md"]),
        (["--", "-odd.md"], ["-odd.md"]),
        (["a.md", "+RTS", "-M2g", "-RTS", "b.md"], ["a.md", "b.md"]),
        (["a.md", "+RTS", "-s"], ["a.md"]),
        (["-t", "html"], ["-"]),
        (["-", "-t", "html"], ["-"]),
        (["/dev/stdin"], ["-"]),
    ],
)
def test_inputs(arguments: list[str], inputs: list[str]) -> None:
    assert list(invocation(*arguments).inputs) == inputs


@pytest.mark.parametrize(
    ("arguments", "reader"),
    [
        (["talk.md"], "markdown"),
        (["talk.txt"], "markdown"),
        (["talk"], "markdown"),
        (["talk.tex"], "tex"),
        (["talk.rst", "-f", "markdown-smart"], "markdown-smart"),
        (["-fgfm", "a.md"], "gfm"),
        (["--read=commonmark_x", "a.md"], "commonmark_x"),
        (["-f", "gfm", "-f", "markdown", "a.md"], "markdown"),
    ],
)
def test_reader(arguments: list[str], reader: str) -> None:
    assert invocation(*arguments).reader == reader


@pytest.mark.parametrize(
    ("arguments", "earlier"),
    [
        (["-F", "percent-macros"], []),
        (["-F", "a", "-L", "b.lua", "-C", "-F", "percent-macros", "-F", "c"], ["a", "b.lua", "citeproc"]),
        (["--filter=./x/percent-macros", "--lua-filter", "b.lua"], []),
        (["-F", "a", "-F", "other-name"], ["a", "other-name"]),
    ],
)
def test_filters_before_ours(arguments: list[str], earlier: list[str]) -> None:
    assert list(invocation(*arguments, "a.md").earlier_filters) == earlier


def test_a_filter_that_starts_ours_counts_as_ours() -> None:
    child = ("/bin/sh", "/home/me/wrapper.sh", "beamer")
    assert invocation("-F", "a", "-F", "wrapper.sh", "-F", "b", "x.md", child=child).earlier_filters == ("a",)


def test_defaults_files(tmp_path) -> None:
    (tmp_path / "inner.yaml").write_text("from: markdown-smart\nfilters: [first]\n")
    (tmp_path / "outer.yaml").write_text(
        "defaults: [inner]\ninput-files: [a.md]\nfilters:\n- type: citeproc\n- {type: json, path: percent-macros}\n"
        "metadata: {title: T}\nfile-scope: true\ninclude-in-header: [h.tex]\n"
    )
    (tmp_path / "h.tex").write_text("\\usepackage{tikz}\n")
    seen = invocation("-d", "outer", "b.md", folder=str(tmp_path))
    assert seen.inputs == ("a.md", "b.md")
    assert seen.reader == "markdown-smart"
    assert seen.earlier_filters == ("first", "citeproc")
    assert seen.file_scope
    assert [each.for_reader.get("metadata") for each in seen.defaults] == [None, {"title": "T"}]
    assert "tikz" in header_text(seen, seen.header)


def test_what_a_second_reading_is_given() -> None:
    seen = invocation("-M", "title=x", "--tab-stop", "8", "-o", "x.tex", "--shift-heading-level-by=1", "a.md")
    given = ["--metadata=title=x", "--tab-stop=8", "--shift-heading-level-by=1"]
    assert [each.argument for each in seen.reader_options] == given


def test_a_command_line_that_is_not_pandoc_s() -> None:
    assert understood(Process("pandoc", ("--no-such-option", "a.md"), ".")) is None
