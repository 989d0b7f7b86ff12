"""Pandoc's command line by the rules of GNU getopt, as its manual and ``pandoc --help`` have them."""

from __future__ import annotations

import shlex

import pytest

from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.pandoc.command_line import parse


@pytest.mark.parametrize(
    ("line", "options", "files"),
    [
        ("", [], []),
        ("a.md b.md", [], ["a.md", "b.md"]),
        ("-", [], ["-"]),
        ("-f markdown a.md", [("from", "markdown")], ["a.md"]),
        ("-fmarkdown", [("from", "markdown")], []),
        ("-r html -w latex", [("from", "html"), ("to", "latex")], []),
        ("--read=html --write latex", [("from", "html"), ("to", "latex")], []),
        ("--from=a=b", [("from", "a=b")], []),
        ("--from= a.md", [("from", "")], ["a.md"]),
        ("-sN a.md", [("standalone", ""), ("number-sections", "")], ["a.md"]),
        ("-so out.pdf a.md", [("standalone", ""), ("output", "out.pdf")], ["a.md"]),
        ("-soout.pdf", [("standalone", ""), ("output", "out.pdf")], []),
        ("-strue", [("standalone", "true")], []),
        ("-st true", [("standalone", ""), ("to", "true")], []),
        ("-sfalse", [("standalone", "false")], []),
        ("--toc a.md", [("toc", "")], ["a.md"]),  # itself, though it begins others
        ("--toc-d 2", [("toc-depth", "2")], []),
        ("--stand", [("standalone", "")], []),
        ("--standalone=false a.md", [("standalone", "false")], ["a.md"]),
        ("-o - -o -x", [("output", "-"), ("output", "-x")], []),  # an argument may begin as an option does
        ("a.md -- -s --from", [], ["a.md", "-s", "--from"]),
        ("-M a=b -M c", [("metadata", "a=b"), ("metadata", "c")], []),
        ("a.md +RTS -M2g -RTS -s b.md", [("standalone", "")], ["a.md", "b.md"]),
        ("a.md +RTS -s", [], ["a.md"]),
        ("-o +RTS -s -RTS x", [("output", "x")], []),  # GHC takes its own out first
    ],
)
def test_options_and_files(line: str, options: list[tuple[str, str]], files: list[str]) -> None:
    found, named = parse(shlex.split(line))
    assert ([(each.name, each.value) for each in found], named) == (options, files)


@pytest.mark.parametrize(
    "line", ["--odd", "-x", "-sx", "--re", "-o", "-so", "--output", "--metadata-", "--s=1", "-f markdown --odd=1"]
)
def test_what_is_not_pandoc_s(line: str) -> None:
    with pytest.raises(Fault):
        parse(line.split())
