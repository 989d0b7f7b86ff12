"""Plain ``-F``: where the text is found, and what of pandoc's own work on the document stays."""

from __future__ import annotations

import json
import re

import pytest

pytestmark = pytest.mark.pandoc

DEFINE = '%%define f($x) "\\\\f{$x}" =end\n\n'
TORN = '%%define f($x)\n\nreturn "\\\\f{$x}"  # a\n\n    . "";\n=end\n\n'  # pandoc makes several blocks of it


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write


def latex(run, *arguments: str, **variables: str) -> str:
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", *arguments, **variables)
    assert (done.status, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("definition", [DEFINE, TORN])
def test_several_inputs_are_one_document(run, write, definition) -> None:
    write("a.md", definition + "A %%f(1)")
    write("b c.md", "B %%f(2)\n")
    assert latex(run, "a.md", "b c.md") == "A \\f{1}\n\nB \\f{2}\n"


def test_a_fault_names_the_file_it_is_in(run, write) -> None:
    write("a.md", DEFINE + "A %%f(1)")
    write("sub/b.md", b"\xef\xbb\xbfB\r\n\r\n\t\xc3\xa9 %%g(2)\r\n".replace(b"\t", b"- \t"))
    done = run("pandoc", "-F", "percent-macros", "a.md", "sub/b.md")
    assert "sub/b.md:3:6: error[PM203]: unknown macro `g`\n    3 | -     é %%g(2)\n" in done.err


@pytest.mark.parametrize("definition", [DEFINE, TORN])
def test_files_that_are_parsed_apart(run, write, definition) -> None:
    write("x/a.md", definition + "# Head\n\nA %%f(1)\n")
    write("x/b.md", "# Head\n\nB %%f(2) [l](#head)\n")
    write("x/plain.md", "# Head\n\nA `\\f{1}`{=latex}\n")
    write("x/plain2.md", "# Head\n\nB `\\f{2}`{=latex} [l](#head)\n")
    expected = run("pandoc", "--file-scope", "-t", "latex", "x/plain.md", "x/plain2.md").out
    assert latex(run, "--file-scope", "x/a.md", "x/b.md") == re.sub(
        "plain(2?)", lambda each: "b" if each[1] else "a", expected
    )


@pytest.mark.parametrize("way", ["from the folder", "in full", "both"])
def test_headings_of_files_that_are_parsed_apart(run, write, tmp_path, way) -> None:
    write(
        "x/a.md",
        TORN.replace('"\\\\f{$x}"', "$x") + "# The head %%f(1)\n\n[l](#the-head-1) and [The head %%f(1)]\n\n# Other\n",
    )
    write("x/b.md", "# Other\n\n[l](#other)\n")
    names = ["x/a.md", "x/b.md"]
    full = [
        name if way == "from the folder" or (way == "both" and name == "x/b.md") else str(tmp_path / name)
        for name in names
    ]
    done = run("pandoc", "--file-scope", "-F", "percent-macros", "-t", "html", *full)
    (tmp_path / "x" / "a.md").write_text("# The head 1\n\n[l](#the-head-1) and [The head 1]\n\n# Other\n")
    assert (done.status, done.err) == (0, "")
    assert done.out == run("pandoc", "--file-scope", "-t", "html", *full).out


def test_a_link_to_the_full_name_of_a_file_that_is_parsed_apart(run, write, tmp_path) -> None:
    write("a.md", TORN + f"# A %%f(1)\n\n[l]({tmp_path}/b.md#b)\n")
    write("b.md", "# B\n")
    done = run("pandoc", "--file-scope", "-F", "percent-macros", tmp_path / "a.md", tmp_path / "b.md")
    assert (done.status, done.out) == (83, "")
    assert "name the files of `--file-scope` from the working directory" in done.err


def test_a_defaults_file(run, write) -> None:
    write("a.md", TORN + 'A "%%f(1)"\n')
    write("d.yaml", "input-files: [a.md]\nfrom: markdown-smart\nfilters: [percent-macros]\nto: latex\n")
    done = run("pandoc", "-d", "d")
    assert (done.status, done.out, done.err) == (0, 'A "\\f{1}"\n', "")


def test_haskell_s_own_options(run, write) -> None:
    write("a.md", DEFINE + "A %%f(1)\n")
    assert latex(run, "+RTS", "-M512m", "-RTS", "a.md") == "A \\f{1}\n"


def test_a_filter_inside_a_script(run, write, tmp_path) -> None:
    write("a.md", TORN + "A %%f(1)\n")
    script = tmp_path / "wrapper.sh"
    script.write_text('#!/bin/sh\npercent-macros "$@"\nexit $?\n')
    script.chmod(0o755)
    done = run("pandoc", "-F", "./wrapper.sh", "-t", "latex", "a.md")
    assert (done.status, done.out, done.err) == (0, "A \\f{1}\n", "")


def test_the_environment_names_the_sources(run, write) -> None:
    write("a.md", TORN + "A %%f(1)\n")
    done = run("bash", "-c", "pandoc -F percent-macros -t latex < a.md", PERCENT_MACROS_SOURCES="a.md")
    assert (done.status, done.out, done.err) == (0, "A \\f{1}\n", "")


@pytest.mark.parametrize(
    "options",
    [
        "-M percent-macros-sources=a_b.md -M percent-macros-sources=c.md",
        "--metadata percent-macros-sources:a_b.md --metadata=percent-macros-sources=c.md",
        "-d d -M percent-macros-sources=c.md",
        "-M percent-macros-sources=other.md -d both",
    ],
)
def test_the_command_line_names_the_sources(run, write, options) -> None:
    write("a_b.md", "---\npercent-macros-sources: secret.md\n---\n\n" + DEFINE + "A %%f(1)\n")
    write("c.md", "C %%f(2)\n")
    write("d.yaml", "metadata:\n  percent-macros-sources: a_b.md\n")
    write("both.yaml", "metadata:\n  percent-macros-sources: [a_b.md, c.md]\n")
    done = run("bash", "-c", f"cat a_b.md c.md | pandoc -F percent-macros -t latex {options}")
    assert (done.status, done.out, done.err) == (0, "A \\f{1}\n\nC \\f{2}\n", "")


@pytest.mark.parametrize("how", ["variable", "metadata", "document", "defaults"])
def test_looking_for_sources_can_be_switched_off(run, write, how) -> None:
    head = "---\npercent-macros-sources: off\n---\n\n" if how == "document" else ""
    write("a.md", head + DEFINE + "A %%f(1)\n")
    write("off.yaml", "metadata:\n  percent-macros-sources: off\n")
    options = {"metadata": ["-M", "percent-macros-sources=off"], "defaults": ["-d", "off"]}.get(how, [])
    variables = {"PERCENT_MACROS_SOURCES": "off"} if how == "variable" else {}
    done = run("pandoc", "-F", "percent-macros", *options, "a.md", **variables)
    assert done.status == 83
    assert "error[PM605]" in done.err


def test_a_pipe_is_refused_and_the_ways_out_are_named(run) -> None:
    done = run("pandoc", "-F", "percent-macros", text=DEFINE + "A %%f(1)\n")
    assert (done.status, done.out) == (83, "")
    assert "error[PM605]" in done.err
    assert "percent-macros lift" in done.err


def test_a_pipe_without_macros_passes(run) -> None:
    assert run("pandoc", "-F", "percent-macros", text="100%% of `%%f(a)`\n").status == 0


def meta(run, *arguments: str) -> dict[str, object]:
    done = run("pandoc", "-F", "percent-macros", "-t", "json", *arguments)
    assert (done.status, done.err) == (0, "")
    found: dict[str, object] = json.loads(done.out)["meta"]
    return found


@pytest.mark.parametrize("definition", [DEFINE, TORN])
@pytest.mark.parametrize(
    "block",
    [
        "% Title\n% Me\n% Today\n",
        "% A \\textsc{title}, *emphatic* and été\n% Me; You\n",
        "% A long\n  title\n% Me\n  You\n% 2014\n",
        "%\n% Me\n",
        "---\ntitle: T\nauthor: [A, B]\n---\n",
        "% Title\n\n---\nsubtitle: S\n---\n",
        "",
    ],
)
def test_the_title_block_is_as_if_the_definitions_were_not_there(run, write, definition, block) -> None:
    text = "\n# Head\n\nText %%f(1)\n"
    write("with.md", definition + block + text)
    write("between.md", block + "\n" + definition + text)
    write("without.md", block + text.replace("%%f(1)", "x"))
    expected = json.loads(run("pandoc", "-t", "json", "without.md").out)["meta"]
    assert meta(run, "with.md") == expected
    assert meta(run, "between.md") == expected


@pytest.mark.parametrize("definition", [DEFINE, TORN])
def test_metadata_of_the_command_line_wins(run, write, definition) -> None:
    write("a.md", definition + "% Title\n% Me\n\nText %%f(1)\n")
    write("plain.md", "% Title\n% Me\n\nText\n")
    options = ["-M", "title=Other", "-M", "lang=fr"]
    assert meta(run, *options, "a.md") == json.loads(run("pandoc", "-t", "json", *options, "plain.md").out)["meta"]


def test_a_call_on_the_first_line_is_no_title(run, write) -> None:
    write("a.md", "%%image(a.png)\n\nText.\n")
    assert meta(run, "a.md") == {}
    assert latex(run, "a.md").startswith("\\begin{center}\n\\includegraphics")


@pytest.mark.parametrize("dialect", ["gfm", "commonmark_x", "markdown_strict", "markdown-smart", "markdown_mmd"])
def test_other_dialects(run, write, dialect) -> None:
    write("a.md", TORN + "# H\n\n- A %%f(1)\n\n%%image(a.png)\n")
    out = latex(run, "-f", dialect, "a.md")
    assert "A \\f{1}" in out
    assert "\\includegraphics" in out


@pytest.mark.parametrize(("name", "text"), [("a.tex", "Text \\%\\%image(a.png)\n"), ("a.rst", "Text %%image(a.png)\n")])
def test_what_is_no_markdown(run, write, name, text) -> None:
    write(name, text)
    done = run("pandoc", "-F", "percent-macros", name)
    assert done.status == 83
    assert "error[PM604]" in done.err


def test_reader_options_hold_for_a_second_reading(run, write) -> None:
    write("a.md", TORN + "# H %%f(1)\n\n1. a\n\n\tb\n")
    lifted = run("percent-macros", "lift", "a.md").out
    options = ["-t", "json", "--shift-heading-level-by=1", "--tab-stop=2"]
    plain = run("pandoc", "-F", "percent-macros", *options, "a.md")
    assert plain.out == run("pandoc", "-F", "percent-macros", *options, text=lifted).out
    assert plain.status == 0


@pytest.mark.parametrize(
    "options",
    [
        ["-d", "one.yaml"],
        ["-d", "one.yaml", "-M", "p=x"],
        ["-M", "p=x", "-d", "one.yaml"],
        ["-M", "p=x", "-d", "one.yaml", "-M", "p=y", "-d", "two.yaml", "-M", "p=z"],
        ["-d", "two.yaml", "-d", "one.yaml", "-M", "q=z"],
    ],
)
def test_metadata_are_the_same_in_a_second_reading(run, write, options: list[str]) -> None:
    """A defaults file takes the place of what stands before it, and is added to by what comes after it."""
    write("one.yaml", "metadata:\n  p: ${.}/one\n  q: [a, b]\n")
    write("two.yaml", "defaults: one\nmetadata:\n  p: two\n  r:\n    s: t\n")
    write("a.md", "Text.\n\n" + TORN)
    done = run("pandoc", "-F", "percent-macros", "-t", "json", "-s", *options, "a.md")
    alone = run("pandoc", "-t", "json", "-s", *options, "a.md")
    assert json.loads(done.out)["meta"] == json.loads(alone.out)["meta"]


@pytest.mark.parametrize("name", ["-shell-escape.md", "$(id).md", "a b.md", "é.md", "a;b.md"])
def test_odd_file_names(run, write, name) -> None:
    write(name, TORN + "A %%f(1) %%g(2)\n")
    done = run("pandoc", "-F", "percent-macros", "--", name)
    assert f"{name}:8:10: error[PM203]" in done.err


def test_a_title_block_of_multimarkdown_below_a_definition(run, write) -> None:
    write("a.md", DEFINE + "Title: T\nAuthor: Me\n\nText %%f(1)\n")
    lifted = run("percent-macros", "lift", "-f", "markdown_mmd", "a.md").out
    options = ["-f", "markdown_mmd", "-F", "percent-macros", "-t", "native", "-s"]
    plain = run("pandoc", *options, "a.md")
    assert plain.out == run("pandoc", *options, text=lifted).out
    assert '"title"' in plain.out


@pytest.mark.parametrize(
    "text",
    [
        "%%f\n\n%%f(1)\n",
        "\\%%f(1)\n\n%%f(1)\n",
        "%%f(1)\n\nText \\%%f(1) and %%f(1).\n",
        "::: c\n%%f(1)\n:::\n\n%%f(1)\n",
        "x %%f(1)\n\n%%f(1)\n",
        "`%%f(1)` %%f(1)\n",
        "%%define g() 1 =end text\n    %%f(1)\n",
    ],
)
def test_what_looks_like_a_directive_does_not_take_its_place(run, write, text) -> None:
    write("a.md", DEFINE + text)
    lifted = run("percent-macros", "lift", "a.md").out
    options = ["-F", "percent-macros", "-t", "native"]
    plain = run("pandoc", *options, "a.md")
    assert plain.out == run("pandoc", *options, text=lifted).out
    assert plain.out.count("\\\\f{1}") == text.replace("\\%%f(1)", "").replace("`%%f(1)`", "").count("%%f(1)")
