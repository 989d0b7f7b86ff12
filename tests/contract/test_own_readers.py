"""Readers in Lua that end in pandoc's Markdown, and Quarto's ways: as if pandoc's own reader had read the text."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from ..conftest import Done, Run

pytestmark = pytest.mark.pandoc
MACROS = '%%define k($x) "\\\\textbf{$x}" =end\n%%define m($x) markdown("*$x* \\"q\\"") =end\n\n'
BODY = "# One %%k(1)\n\nText %%k(2) -- `%%k(3)` and %%m(4).\n\n%%k(5)\n- an item\n\n| a |\n|---|\n| %%k(6) |\n"
HAND = (
    '# One `\\textbf{1}`{=latex}\n\nText `\\textbf{2}`{=latex} -- `%%k(3)` and *4* "q".\n\n'
    "`\\textbf{5}`{=latex}\n\n- an item\n\n| a |\n|---|\n| `\\textbf{6}`{=latex} |\n"
)
READERS = {
    "markdown": "function Reader(s, o) return pandoc.read(tostring(s), 'markdown', o) end",
    "markdown-smart": "function Reader(s, o) return pandoc.read(tostring(s), 'markdown-smart', o) end\n"
    "Extensions = pandoc.format.extensions 'markdown'\nExtensions.smart = false",
    "commonmark_x": "function Reader(s, o) return pandoc.read(tostring(s), 'commonmark_x', o) end\n"
    "Extensions = pandoc.format.extensions 'commonmark_x'",
}


def latex(run: Run, *words: str) -> str:
    done = run("pandoc", *words, "-t", "latex")
    assert (done.status, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("filters", [[], ["-L", "same.lua"]], ids=["alone", "after another filter"])
def test_a_reader_that_ends_in_pandoc_s_markdown(run: Run, tmp_path: Path, reader: str, filters: list[str]) -> None:
    (tmp_path / "my.lua").write_text(READERS[reader])
    (tmp_path / "same.lua").write_text("function Pandoc(d) return d:walk{Block = function(b) return b end} end")
    (tmp_path / "a.md").write_text(MACROS + BODY)
    (tmp_path / "hand.md").write_text(HAND)
    wanted = latex(run, "-f", reader, "hand.md").replace("{One \\textbf{1}}{One 1}", "{One \\textbf{1}}{One }")
    assert latex(run, "-f", "my.lua", *filters, "-F", "percent-macros", "a.md") == wanted
    assert run("percent-macros", "check", "-f", "my.lua", "a.md").out == ""


def test_switches_of_extensions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my.lua").write_text(
        "Extensions = pandoc.format.extensions 'markdown'\n"
        "function Reader(s, o) return pandoc.read(tostring(s), {format = 'markdown', extensions = o.extensions}, o) end"
    )
    (tmp_path / "a.md").write_text(MACROS + "%%m(1)\n")
    assert latex(run, "-f", "my.lua-smart", "-F", "percent-macros", "a.md") == '\\emph{1} "q"\n'
    done = run("pandoc", "-f", "my.lua-raw_tex", "-F", "percent-macros", "a.md", text="")
    assert done.status == 0


def test_a_reader_that_never_reads_the_same_twice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "my.lua").write_text(
        "function Reader(s, o) local d = pandoc.read(tostring(s), 'markdown', o)\n"
        "d.blocks:insert(pandoc.Para(s[1].name)) return d end"
    )
    (tmp_path / "a.md").write_text(MACROS + BODY)
    done = run("pandoc", "-f", "my.lua", "-F", "percent-macros", "a.md", "-t", "latex")
    assert (done.status, done.out) == (83, "")
    assert "error[PM604]: the reader my.lua makes something else of the same text" in done.err
    # the way out that it names
    (tmp_path / "lifted.md").write_text(run("percent-macros", "lift", "a.md").out)
    assert "Text \\textbf{2}" in latex(run, "-f", "my.lua", "-F", "percent-macros", "lifted.md")


def test_a_reader_of_something_else(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.lua").write_text("function Reader(s) return pandoc.Pandoc{pandoc.CodeBlock(tostring(s))} end")
    (tmp_path / "a.rows").write_text("1;100%%\n%%image(a.png)\n")
    done = run("pandoc", "-f", "rows.lua", "-F", "percent-macros", "a.rows", "-t", "plain")
    assert (done.status, done.out, done.err) == (0, "    1;100%%\n    %%image(a.png)\n", "")


HEADER = "---\ntitle: T\nformat: beamer\n---\n\n"
QUARTO_READER = """\
Extensions = pandoc.format.extensions 'markdown'
function Reader(inputs, opts)
  local text = tostring(inputs):gsub('{{< (%w+) >}}', '[%1]{.shortcode}')
  local flavor = {format = 'markdown', extensions = {}}
  for _, each in pairs(opts.extensions) do flavor.extensions[each] = true end
  if USER_DEFINED then flavor = USER_DEFINED end
  return pandoc.read(text, flavor, opts)
end
"""
# Other filters run inside of one in Lua, and are on no command line.
QUARTO_FILTER = """\
function Pandoc(doc) return pandoc.utils.run_json_filter(doc, 'percent-macros', {FORMAT}) end
"""


def quarto(run: Run, folder: Path, text: str, **told: str) -> Done:
    """Run pandoc as Quarto does: its reader, the header apart, a temporary file, filters that run filters."""
    share = folder / "share"
    share.mkdir(exist_ok=True)
    flavor = f"USER_DEFINED = '{told['user-defined-from']}'\n" if "user-defined-from" in told else ""
    (share / "qmd-reader.lua").write_text(flavor + QUARTO_READER)
    (share / "main.lua").write_text(QUARTO_FILTER)
    (folder / "talk.qmd").write_text(HEADER + text)
    (share / "quarto-input1a2b.md").write_text(text)
    (share / "meta.yml").write_text("title: T\n")
    defaults = {
        "from": str(share / "qmd-reader.lua"),
        "filters": [str(share / "main.lua")],
        "metadata-files": [str(share / "meta.yml")],
        "to": "latex",
    }
    (share / "defaults.yml").write_text(json.dumps(defaults))
    said = base64.b64encode(json.dumps({"quarto-source": str(folder / "talk.qmd"), **told}).encode()).decode()
    words = ["+RTS", "-K512m", "-RTS", str(share / "quarto-input1a2b.md"), f"--defaults={share / 'defaults.yml'}"]
    return run("pandoc", *words, QUARTO_FILTER_PARAMS=said)


@pytest.mark.parametrize("told", [{}, {"user-defined-from": "markdown-smart"}], ids=["plain", "a format of the user's"])
def test_as_quarto_runs_pandoc(run: Run, tmp_path: Path, told: dict[str, str]) -> None:
    done = quarto(run, tmp_path, MACROS + BODY + "\n{{< pagebreak >}}\n", **told)
    assert (done.status, done.err) == (0, "")
    (tmp_path / "hand.md").write_text(HAND + "\n[pagebreak]{.shortcode}\n")
    wanted = latex(run, "-f", told.get("user-defined-from", "markdown"), "hand.md")
    assert done.out == wanted.replace("{One \\textbf{1}}{One 1}", "{One \\textbf{1}}{One }")


def test_a_fault_is_told_at_the_line_of_the_author_s_file(run: Run, tmp_path: Path) -> None:
    done = quarto(run, tmp_path, f"{MACROS}Text.\n\n%%nope(1)\n")
    line = (HEADER + MACROS).count("\n") + 3
    assert done.status == 83
    assert f"talk.qmd:{line}:1: error[PM203]: unknown macro `nope`\n" in done.err


def test_a_text_whose_code_was_run_keeps_its_own_lines(run: Run, tmp_path: Path) -> None:
    done = quarto(run, tmp_path, f"{MACROS}Text.\n\n%%nope(1)\n", **{"quarto-source": "elsewhere.qmd"})
    assert f"quarto-input1a2b.md:{MACROS.count(chr(10)) + 3}:1: error[PM203]" in done.err


def test_a_library_beside_the_author_s_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.pmac").write_text('%%define lib() "L" =end\n')
    done = quarto(run, tmp_path, "%%use mine.pmac\n\n%%lib()\n")
    assert (done.status, done.out, done.err) == (0, "L\n", "")
