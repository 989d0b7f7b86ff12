"""``percent-macros check``: what is wrong, without running LaTeX."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..conftest import Run
from ..support.programs import bare_path

pytestmark = pytest.mark.pandoc

DECK = r"""%%define open($t) "\\begin{block}{$t}" =end
%%define close() "\\end{block}" =end
%%define bold($t) "\\textbf{$t" =end
%%define unused($t) "\\emph{$t}" =end
%%define picture($p) "\\includegraphics[width=2cm]{$p}" =end

## A slide

%%open(x)

hello

%%close()

%%bold(y) and %%picture(nowhere) %%picture(there)

%%open(z)

%%image(none.png)
"""
FOUND = """\
talk.md:4:10: warning[PM218]: macro `unused` is never called
talk.md:15:1: warning[PM503]: `bold` returns `{` that nothing closes
talk.md:15:15: error[PM502]: picture `nowhere` that `picture` names was not found
talk.md:17:1: warning[PM503]: `open` returns `\\begin{block}` that nothing closes
talk.md:19:1: error[PM502]: picture `none.png` that `image` names was not found
"""


@pytest.fixture
def deck(tmp_path):
    (tmp_path / "talk.md").write_text(DECK)
    (tmp_path / "there.png").write_bytes(b"")
    return tmp_path


def test_what_the_filter_does_not_see(run, deck) -> None:
    done = run("percent-macros", "check", "--output-format", "concise", "talk.md")
    assert (done.status, done.out, done.err) == (1, FOUND, "")


def test_the_full_form_shows_the_argument(run, deck) -> None:
    done = run("percent-macros", "check", "talk.md")
    assert "   15 | %%bold(y) and %%picture(nowhere) %%picture(there)\n" in done.out
    assert f"      | {' ' * 24}^^^^^^^\n" in done.out


def test_json(run, deck) -> None:
    found = json.loads(run("percent-macros", "check", "--output-format", "json", "talk.md").out)
    assert [each["code"] for each in found] == ["PM218", "PM503", "PM502", "PM503", "PM502"]
    assert found[2]["severity"] == "error"
    assert found[2]["place"] == {"file": "talk.md", "line": 15, "column": 15, "end_line": 15, "end_column": 33}
    assert found[2]["mark"]["column"] == 25


def test_github(run, tmp_path) -> None:
    (tmp_path / "a, b.md").write_text("100% %%nothing(x)\n")
    done = run("percent-macros", "check", "--output-format", "github", "a, b.md")
    assert done.out == (
        "::error file=a%2C b.md,line=1,endLine=1,col=8,endColumn=15,title=percent-macros PM203"
        "::unknown macro `nothing`%0Ahint: to have the text itself, write a backslash before it: `\\%25%25nothing(`\n"
    )


def test_sarif(run, deck) -> None:
    log = json.loads(run("percent-macros", "check", "--output-format", "sarif", "talk.md").out)
    assert log["version"] == "2.1.0"
    (found,) = log["runs"]
    rules = [each["id"] for each in found["tool"]["driver"]["rules"]]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in found["results"])
    assert found["columnKind"] == "unicodeCodePoints"
    place = found["results"][2]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "talk.md"
    assert place["region"] == {"startLine": 15, "startColumn": 25, "endLine": 15, "endColumn": 32}


def test_each_format_that_is_asked_for(run, tmp_path) -> None:
    (tmp_path / "talk.md").write_text(
        '%%define tex() "\\\\relax" =end\n%%define both() format("html") ? die("no") : 1 =end\n\n%%tex()\n\n%%both()\n'
    )
    assert run("percent-macros", "check", "talk.md").status == 0
    html = run("percent-macros", "check", "--output-format", "concise", "talk.md", "-t", "beamer", "-t", "html")
    assert html.out == (
        "talk.md:2:34: error[PM307]: no\n"
        "talk.md:4:1: warning[PM701]: `tex` gives nothing but LaTeX, which html does not show\n"
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('%%define a() "x" =end\n\n%%a()\n', (0, 0)),
        ('%%define a() "x" =end\n', (0, 1)),
        ("%%a()\n", (1, 1)),
    ],
)
def test_the_exit_status(run, tmp_path, text, status) -> None:
    (tmp_path / "a.md").write_text(text)
    assert (
        run("percent-macros", "check", "a.md").status,
        run("percent-macros", "check", "--strict", "a.md").status,
    ) == status


def test_a_wrong_command_line(run) -> None:
    assert run("percent-macros", "check").status == 2
    assert run("percent-macros", "check", "--output-format", "xml", "a.md").status == 2


def test_a_defaults_file_that_is_not_there(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text("text\n")
    done = run("percent-macros", "check", "-d", "nowhere", "a.md")
    assert done.status == 1
    assert done.out == "percent-macros: error[PM608]: defaults file nowhere was not found, or is not a YAML mapping\n"


def test_several_files_each_for_itself(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text('%%define a() "x" =end\n\n%%a()\n')
    (tmp_path / "b.md").write_text("%%a()\n")
    done = run("percent-macros", "check", "--output-format", "concise", "a.md", "b.md", "missing.md")
    assert done.out == (
        "b.md:1:1: error[PM203]: unknown macro `a`\n"
        "percent-macros: error[PM801]: can't read missing.md: No such file or directory\n"
    )


@pytest.mark.parametrize(
    "way",
    [
        "resource path",
        "graphicspath",
        "defaults",
        "extension",
        "command of TeX",
        pytest.param("TeX's own", marks=pytest.mark.tex),
    ],
)
def test_where_pictures_are_found(run, tmp_path, way) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(b"")
    (tmp_path / "defaults.yaml").write_text("resource-path: [., images]\n")
    path = {"TeX's own": "beamericonbook", "command of TeX": r"\\jobname", "extension": "images/a"}.get(way, "a")
    header = "---\nheader-includes: \\graphicspath{{images/}}\n---\n\n" if way == "graphicspath" else ""
    (tmp_path / "a.md").write_text(f'{header}%%define p() "\\\\includegraphics{{{path}}}" =end\n\n%%p()\n')
    options = {"resource path": ["--resource-path=.:images"], "defaults": ["-d", "defaults.yaml"]}.get(way, [])
    assert run("percent-macros", "check", "a.md", *options).out == ""


def test_an_environment_that_the_document_closes(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        '%%define a() "\\\\begin{center}" =end\n\n%%a()\n\ntext\n\n`\\end{center}`{=latex}\n'
    )
    assert run("percent-macros", "check", "a.md").out == ""
    (tmp_path / "b.md").write_text('%%define a() "\\\\end{center}" =end\n\n%%a()\n')
    assert "`a` returns `\\end{center}` that closes nothing" in run("percent-macros", "check", "b.md").out


def test_pictures_in_markdown_and_html(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        '%%define m() markdown("![](no%20where.png)") =end\n%%define h() html("<img src=\'nix.png\'>") =end\n'
        '%%define n() markdown("![](https://example.org/a.png)") =end\n\n%%m()\n\n%%h()\n\n%%n()\n'
    )
    done = run("percent-macros", "check", "--output-format", "concise", "-t", "html", "a.md")
    assert done.out == (
        "a.md:5:1: error[PM502]: picture `no%20where.png` that `m` names was not found\n"
        "a.md:7:1: error[PM502]: picture `nix.png` that `h` names was not found\n"
    )


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
    assert "a.md:10:1: warning[PM503]: `lone` returns `\\left` that nothing closes\n" in done.out


@pytest.mark.tex
def test_a_picture_of_tex_without_tex_to_ask(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('%%define one($b) "\\\\includegraphics{$b}" =end\n\n%%one(beamericonbook)\n')
    assert run("percent-macros", "check", "a.md").status == 0
    done = run("percent-macros", "check", "a.md", PATH=bare_path(tmp_path, "percent-macros", "pandoc"))
    assert done.status == 1
    assert "error[PM502]: picture `beamericonbook` that `one` names was not found" in done.out


def test_no_pandoc_at_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n")
    path = bare_path(tmp_path, "percent-macros")
    done = run("percent-macros", "check", "a.md", PATH=path, PYPANDOC_PANDOC="/nowhere/pandoc")
    assert done.status == 1
    assert "error[PM601]: pandoc was not found\n" in done.out


def test_what_tex_does_not_read_is_not_checked(run: Run, tmp_path: Path) -> None:
    inside = "\\\\begin{BVerbatim}\\n{ $ \\\\if\\n\\\\end{BVerbatim}"
    files = inside.replace("BVerbatim}", "filecontents}{a.txt}", 1).replace("BVerbatim", "filecontents")
    (tmp_path / "a.md").write_text(
        f'%%define boxed() "{inside}" =end\n%%define files() "{files}" =end\n'
        '%%define line() "a \\\\\\\\% {\\n" =end\n\n%%boxed()\n\n%%files()\n\n%%line()\n'
    )
    done = run("percent-macros", "check", "a.md")
    assert (done.status, done.out) == (0, "")
