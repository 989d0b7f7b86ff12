"""``percent-macros check --pages``: what does not fit on slides, at the author's lines; and nothing of what does."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from ..conftest import EXAMPLES, ROOT, Run

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
DECKS = ROOT / "tests" / "slide-lint"
KINDS = {
    "PM551": "off-slide",
    "PM552": "over-text",
    "PM553": "overlap",
    "PM554": "dpi",
    "PM555": "small-text",
    "PM556": "contrast",
    "PM557": "empty",
    "PM558": "full",
}
_TOLD = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: warning\[(?P<code>PM\d+)\]", re.MULTILINE)
COMMAND = ("percent-macros", "check", "--pages", "--output-format", "concise")
MACROS = r"""%%define at($x, $y, $width)
my $node = "\\node[anchor=north west,xshift=$x,yshift=-$y] at (current page.north west)";
my $picture = "$node {\\includegraphics[width=$width]{fine.png}};";
latex("\\begin{tikzpicture}[remember picture,overlay]$picture\\end{tikzpicture}")
=end
%%define pale($text) latex("\\textcolor{gray!35}{$text}") =end

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DECKS, tmp_path, dirs_exist_ok=True)
    return tmp_path


def told(out: str) -> list[tuple[int, str]]:
    """Return the line and the kind of each finding."""
    return [(int(found["line"]), KINDS.get(found["code"], found["code"])) for found in _TOLD.finditer(out)]


def findings(run: Run, folder: Path, text: str, *options: str) -> list[tuple[int, str]]:
    (folder / "a.md").write_text(text, "utf-8")
    done = run(*COMMAND, "a.md", *options, cwd=folder)
    assert done.status in (0, 1), done.err
    return told(done.out)


def test_planted_faults_are_found_at_their_lines(run, folder) -> None:
    """The deck says in comments which line has which; all else in it is good."""
    done = run(*COMMAND, "faults.md", "-V", "theme=Madrid", cwd=folder)
    assert (done.status, done.err) == (0, "")
    lines = (folder / "faults.md").read_text("utf-8").splitlines()
    planted = [(at, found[1]) for at, line in enumerate(lines, 1) if (found := re.search(r"<!-- (\S+) -->", line))]
    assert Counter(kind for _, kind in planted) == dict.fromkeys(KINDS.values(), 3)
    assert sorted(told(done.out)) == sorted(planted)


@pytest.mark.parametrize("choice", ["theme=Berkeley", "colortheme=fly"])
def test_nothing_is_told_of_what_is_meant_so(run, folder, choice) -> None:
    """Backgrounds, steps, dimmed and hidden text, indices, code in colours, frames around words, watermarks."""
    done = run(*COMMAND, "fine.md", "-V", choice, cwd=folder)
    assert (done.status, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize("name", ["talk", "tour"])
def test_nothing_is_told_of_the_examples(run, tmp_path, name) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path / name)
    shutil.copytree(EXAMPLES / "talk" / "images", tmp_path / "talk" / "images", dirs_exist_ok=True)
    done = run(*COMMAND, f"{name}.md", cwd=tmp_path / name)
    assert done.status == 0
    assert [each for each in told(done.out) if each[1] in KINDS.values()] == []


@pytest.mark.parametrize("engine", ["xelatex", "lualatex"])
def test_other_engines(run, folder, engine) -> None:
    if not shutil.which(engine):
        pytest.skip(f"no {engine}")
    text = MACROS + "# One\n\n%%at(140mm, 40mm, 30mm)\n\nSome %%pale(words) here.\n\n# Two\n"
    assert findings(run, folder, text, f"--pdf-engine={engine}") == [(10, "off-slide"), (12, "contrast"), (14, "empty")]


def test_all_forms_tell_it(run, folder) -> None:
    (folder / "a.md").write_text(MACROS + "# One\n\n%%at(140mm, 40mm, 30mm)\n", "utf-8")
    outputs = {}
    for form in ("full", "json", "github", "sarif"):
        done = run("percent-macros", "check", "--pages", "--strict", "--output-format", form, "a.md", cwd=folder)
        assert (done.status, done.err) == (1, "")
        outputs[form] = done.out
    assert "   10 | %%at(140mm, 40mm, 30mm)\n" in outputs["full"]
    (found,) = [each for each in json.loads(outputs["json"]) if each["code"] != "PM218"]
    place = {"file": "a.md", "line": 10, "column": 1, "end_line": 10, "end_column": 24}
    assert (found["code"], found["severity"], found["place"]) == ("PM551", "warning", place)
    assert found["message"].endswith("(page 1)")
    assert (
        "\n::warning file=a.md,line=10,endLine=10,col=1,endColumn=24,title=percent-macros PM551::" in outputs["github"]
    )
    assert "PM551" in [each["ruleId"] for each in json.loads(outputs["sarif"])["runs"][0]["results"]]


ALLOWING = r"""# One

%%# lint: allow off-slide
%%at(140mm, 40mm, 30mm)

# Two

Some %%pale(words), and
%%# lint: allow contrast, dpi
more %%pale(words) in a paragraph.

Other %%pale(words).

# Three

%%# lint: allow small-text

# Four

%%# lint: allow emty

# Five {#five}

%%# lint: allow empty
"""


def test_what_is_allowed_is_not_told_there(run, folder) -> None:
    """PM559 is told of what allows nothing, PM560 of what there is not."""
    before = MACROS.count("\n")
    (folder / "a.md").write_text(MACROS + ALLOWING, "utf-8")
    done = run(*COMMAND, "a.md", cwd=folder)
    assert done.status == 1
    found = [(line - before, kind) for line, kind in told(done.out)]
    assert found == [(12, "contrast"), (14, "empty"), (16, "PM559"), (18, "empty")]
    assert f"a.md:{20 + before}:1: error[PM560]: there is no kind `emty` of findings\n" in done.out


def test_thresholds(run, folder) -> None:
    """Of the command line, over those of the metadata, over the default ones."""
    text = "# One\n\n\\fontsize{7}{8}\\selectfont Small words\n"
    assert findings(run, folder, text) == []
    assert findings(run, folder, text, "--min-text-size=8") == [(3, "small-text")]
    header = "---\npercent-macros-lint:\n  min-text-size: 8pt\n---\n\n"
    assert findings(run, folder, header + text) == [(8, "small-text")]
    assert findings(run, folder, header + text, "--min-text-size", "6") == []
    assert findings(run, folder, header + text, "--allow", "small-text") == []
    allowing = "---\npercent-macros-lint:\n  min-text-size: 8\n  allow: [small-text, empty]\n---\n\n"
    assert findings(run, folder, f"{allowing}{text}\n# Two\n") == []


@pytest.mark.parametrize(
    ("field", "message", "hint"),
    [
        ("\n  min-dpj: 5", "3:3: error[PM560]: `percent-macros-lint` has no `min-dpj`", "did you mean `min-dpi`?"),
        ("\n  min-dpi: many", "3:3: error[PM560]: `min-dpi` is a number, and this is `many`", "write `min-dpi: 10`"),
        ("\n  allow: smalltext", "3:3: error[PM560]: there is no kind `smalltext`", "did you mean `small-text`?"),
        (" yes", "2:1: error[PM560]: `percent-macros-lint` is a mapping", "write `percent-macros-lint:`"),
    ],
)
def test_settings_that_are_none(run, folder, field, message, hint) -> None:
    (folder / "a.md").write_text(f"---\npercent-macros-lint:{field}\n---\n\n# One\n\nText\n", "utf-8")
    done = run("percent-macros", "check", "--pages", "a.md", cwd=folder)
    assert done.status == 1
    assert f"a.md:{message}" in done.out
    assert f"hint: {hint}" in done.out


def test_a_document_that_does_not_build(run, folder) -> None:
    """The line of the error is told; what macros have wrong is told without a build."""
    (folder / "a.md").write_text("# One\n\n\\undefinedcommand\n", "utf-8")
    done = run(*COMMAND, "a.md", cwd=folder)
    assert done.status == 1
    assert "a.md:3:1: error[PM501]" in done.out
    (folder / "a.md").write_text("# One\n\n%%nothing()\n", "utf-8")
    done = run(*COMMAND, "a.md", cwd=folder)
    assert (done.status, done.err) == (1, "")
    assert "a.md:3:1: error[PM203]" in done.out


def test_errors_of_the_command_line(run, folder) -> None:
    (folder / "a.md").write_text("# One\n\nText\n", "utf-8")
    for words in (("--nonsense",), ("-t", "html"), ("--min-dpi=x",), ("--allow", "nonsense")):
        done = run(*COMMAND, "a.md", *words, cwd=folder)
        assert (done.status, done.out) == (2, ""), words
    assert run(*COMMAND).status == 2
    assert run("percent-macros", "check", "a.md", "--min-dpi=5", cwd=folder).status == 2
    assert sorted(path.name for path in folder.iterdir()) == ["a.md", "coarse.png", "faults.md", "fine.md", "fine.png"]


def test_an_article(run, folder) -> None:
    """Its pages are no slides: they may be full."""
    text = MACROS + "Word.\n\n" * 40 + "Some %%pale(words).\n\nAnd \\textcolor{yellow}{shining} ones.\n"
    found = findings(run, folder, text, "-t", "latex")
    assert found == [(1, "PM218"), (88, "contrast"), (90, "contrast")]


def test_pages_of_notes_are_no_slides(run, folder) -> None:
    """They show the slide again, in small."""
    header = "---\nheader-includes: \\setbeameroption{show notes}\n---\n\n"
    text = "# One\n\nText\n\n::: notes\nSome notes, that are told.\n:::\n"
    assert findings(run, folder, header + text) == []


def test_several_files_are_documents_of_their_own(run, folder) -> None:
    (folder / "a.md").write_text("# One\n\nText\n\n# Two\n", "utf-8")
    (folder / "b.md").write_text("# Three\n\nText\n\n# Four\n", "utf-8")
    done = run(*COMMAND, "a.md", "b.md", "-V", "theme=Madrid", cwd=folder)
    assert [found["file"] for found in _TOLD.finditer(done.out)] == ["a.md", "b.md"]
