"""The filter: what it leaves as it came, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run

HEAD = '{"pandoc-api-version":[1,23],"meta":{},"blocks":'
PLAIN = '{ "t" : "Para" ,\t"c":[{"c":"caf\u00e9","t":"Str"}, {"t":"Space"}],  "odd": 1e0 }'
CALL = '{"t":"Para","c":[{"t":"Str","c":"%%f()"}]}'


def test_blocks_without_directives_keep_their_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("café \n\n%%define f() text('done') =end\n\n%%f()\n")
    definition = CALL.replace("%%f()", "%%define f() text('done') =end")
    blocks = f"[ {PLAIN} , {definition} , {PLAIN}\n,\n{PLAIN}, {CALL},{PLAIN} ]"
    variables = {"PANDOC_VERSION": "3", "PERCENT_MACROS_SOURCES": "a.md"}
    done = run("percent-macros", "latex", text=HEAD + blocks + "}", **variables)
    assert (done.status, done.err) == (0, "")
    assert f"{PLAIN}\n,\n{PLAIN}" in done.out
    texts = [block["c"][0]["c"] for block in json.loads(done.out)["blocks"]]
    assert texts == ["café", "café", "café", "done", "café"]


@pytest.mark.pandoc
def test_json_of_filters_that_escape_all_but_ascii(run: Run) -> None:
    lifted = run("percent-macros", "lift", text="Words.\n\n%%define f() text('done') =end\n\nIt is %%f().\n").out
    document = json.dumps(json.loads(run("pandoc", "-t", "json", text=lifted).out))
    assert document.isascii()
    done = run("percent-macros", "latex", text=document, PANDOC_VERSION="3")
    assert run("pandoc", "-f", "json", "-t", "plain", text=done.out).out == "Words.\n\nIt is done.\n"


@pytest.mark.parametrize("tag", ["percent-macro-untouched", "percent-macro"])
@pytest.mark.parametrize("content", ['"x"', "[]", '"]}"', "{}"])
def test_elements_that_look_like_the_filter_s_own(run: Run, tag: str, content: str) -> None:
    own = f'{{"t":"{tag}","c":{content}}}'
    done = run("percent-macros", "latex", text=f"{HEAD}[{PLAIN},{own}]}}", PANDOC_VERSION="3")
    assert (done.status, done.out) == (1, "")
    assert "PM602" in done.err


@pytest.mark.parametrize("tail", ["", "]", "] x", '], "a": ', "]} x", "], 1: 2}"])
def test_json_that_goes_wrong_behind_good_blocks(run: Run, tail: str) -> None:
    done = run("percent-macros", "latex", text=f"{HEAD}[{CALL},{PLAIN}{tail}", PANDOC_VERSION="3")
    assert (done.status, done.out) == (1, "")
    assert "PM602" in done.err


@pytest.mark.pandoc
@pytest.mark.parametrize("body", ["One paragraph.", "One.\n\nTwo.", "- a\n- b", "%%f()\n\nTwo.\n\nThree."])
def test_a_body_of_blocks_without_directives(run: Run, tmp_path: Path, body: str) -> None:
    """A body is put between the pieces of a result: a lone paragraph of it joins their line."""
    macros = '%%define b() latex("\\\\x{") . $body . latex("}") =end\n\n%%define f() text("F") =end\n\n'
    (tmp_path / "a.md").write_text(f"Above.\n\n{macros}%%begin b()\n\n{body}\n\n%%end b\n\nBelow.\n")
    plain = run("pandoc", "-F", "percent-macros", "a.md", "-t", "latex")
    lifted = run("percent-macros", "lift", "a.md").out
    done = run("pandoc", "-F", "percent-macros", "-t", "latex", text=f"%%\n\n{lifted}"[4:])
    assert (plain.status, plain.err) == (0, "")
    assert plain.out == done.out
    inside = run("pandoc", "-t", "latex", text=body.replace("%%f()", "F")).out
    assert inside.strip() in plain.out
    assert ("\\x{" + inside.strip() + "}" in plain.out) == (body == "One paragraph.")


@pytest.mark.pandoc
def test_a_document_without_macros_passes_unchanged(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text("% T\n\nText, 100 % of it.\n", "utf-8")
    plain = run("pandoc", "a.md", "-t", "json").out
    assert run("percent-macros", "html", text=plain, PANDOC_VERSION="3.9").out == plain


@pytest.mark.parametrize("data", ["", "{", "[]", "[1, 2]", '{"meta": {}, "x": "%%f("}', "%%"])
def test_what_is_no_document(run, data) -> None:
    done = run("percent-macros", "html", text=data + '"%%f(x)"', PANDOC_VERSION="3.9")
    assert done.status == 1
    assert "error[PM602]" in done.err
    assert "Traceback" not in done.err


@pytest.mark.pandoc
def test_a_document_that_nests_too_deep(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text("> " * 3000 + "x\n\n%%image(a.png)\n")
    done = run("pandoc", "-F", "percent-macros", "a.md")
    assert done.status == 83
    assert "error[PM607]" in done.err
    assert "Traceback" not in done.err
