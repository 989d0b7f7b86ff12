"""``percent-macros move``: calls paint where they are asked to, in the author's numbers, and all else is as it was."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pandoc_percent_macros.base import Fault
from pandoc_percent_macros.build.builder import kept
from pandoc_percent_macros.build.progress import progress_for
from pandoc_percent_macros.placing.move import Mover
from pandoc_percent_macros.placing.placed import PlacedDocument
from pandoc_percent_macros.placing.wishes import TRUE, Wish

from ..support.moves import KINDS, Outcome, judged, moved

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
# Of those that tools/moves.py moves all.
MOVED = {
    "TeX's lengths": "%%at(.597\\paperwidth, 0.268\\textheight, 20mm)",
    "shares of the prelude": "%%place(0.356, 0.321, 0.25, example-image-a)",
    "minus the number": "%%away(8mm, -1.5mm)",
    "a default written out": "%%defaults(example-image-b, 30mm, y=32mm)",
    "TikZ in an argument": "%%draw(\\node[draw] at (4.7,-3.7) {A 2};)",
    "several lines of a quotation": "%%at(45mm,\n35mm, 20mm)",
    "the second on its line": "%%at(45mm, 65mm, 10mm)",
    "width and place": "%%at(30mm, 20mm, 40mm)",
}
REFUSED = ("a line, off it", "no number moves it", "no number", "only its size")
MACROS = r"""
%%define at($x, $y, $w = "20mm")
my $place = "anchor=north west,inner sep=0,outer sep=0,xshift=$x,yshift=-$y";
latex("\\begin{tikzpicture}[remember picture,overlay]\\node[$place]"
  . " at (current page.north west) {\\includegraphics[width=$w]{example-image-a}};\\end{tikzpicture}")
=end
%%define word($n) "$n" =end

# One

"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory) -> tuple[Path, dict[str, Outcome]]:
    """A deck in which some calls were moved, and what became of each."""
    path = tmp_path_factory.mktemp("moves") / "a.md"
    kinds = [each for each in KINDS if each.name in MOVED or each.name in REFUSED]
    assert len(kinds) == len(MOVED) + len(REFUSED)
    return path, {each.kind.name: each for each in moved(path, kinds)}


def test_calls_move_as_asked(deck) -> None:
    path, outcomes = deck
    reached = judged(path, [*outcomes.values()])
    assert {each.outcome.kind.name for each in reached} == MOVED.keys()
    assert max(each.error for each in reached) <= TRUE + 0.001  # what `boxes` rounds to
    assert {name: outcomes[name].plan.text for name in MOVED} == MOVED


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_be_moved_so(deck, name) -> None:
    """PM620: the reason is told, and the call is as it was."""
    path, outcomes = deck
    outcome = outcomes[name]
    assert outcome.kind.refused in outcome.reason
    assert path.read_text("utf-8").split("\n")[outcome.line - 1] == outcome.kind.call


def test_a_file_keeps_all_else(run, tmp_path) -> None:
    """Line ends, the byte order mark, the missing last line end, the permissions, and what links to it."""
    text = "\ufeff" + (MACROS + "Ä %%word(b) %%at( 98.5 mm, .5cm )").replace("\n", "\r\n")
    (tmp_path / "folder").mkdir()
    real = tmp_path / "folder" / "a.md"
    real.write_bytes(text.encode())
    real.chmod(0o640)
    (tmp_path / "link.md").symlink_to(real)
    line = text.count("\n") + 1
    done = run("percent-macros", "move", f"link.md:{line}:15", "--by", "-3mm,2mm")
    assert (done.status, done.err) == (0, "")
    assert done.out == f"link.md:{line}:13: `$x` 98.5 mm -> 95.5 mm, `$y` .5cm -> .7cm; moved by -3.00,2.00 mm\n"
    assert real.read_bytes() == text.replace("98.5 mm, .5cm", "95.5 mm, .7cm").encode()
    assert real.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.md").is_symlink()
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "folder", "link.md"]


def test_a_dry_run_prints_a_diff_that_can_be_applied(run, tmp_path) -> None:
    text = MACROS + "%%at(30mm, 20mm)"
    path = tmp_path / "a.md"
    path.write_text(text, "utf-8")
    line = text.count("\n") + 1
    dry = run("percent-macros", "move", f"a.md:{line}", "--to", "1cm,2cm", "--width", "30mm", "--dry-run")
    assert dry.status == 0, dry.err
    assert path.read_text("utf-8") == text
    assert run("git", "apply", "-p0", text=dry.out).status == 0
    assert path.read_text("utf-8") == MACROS + "%%at(10mm, 20mm, w=30mm)"
    again = run("percent-macros", "move", f"a.md:{line}", "--to", "1cm,2cm")
    assert again.out == f"a.md:{line}:1: it is there already, within 0.01 mm\n"


@pytest.mark.parametrize("options", [("-t", "latex"), ("-t", "beamer", "--pdf-engine=xelatex")])
def test_articles_and_other_engines(run, tmp_path, options) -> None:
    """They are typeset as a whole, or without a precompiled preamble."""
    if "xelatex" in options[-1] and not shutil.which("xelatex"):
        pytest.skip("no xelatex")
    text = MACROS + "Text.\n\n%%at(30mm, 20mm)\n"
    (tmp_path / "a.md").write_text("---\nheader-includes: \\usepackage{tikz}\n---\n" + text, "utf-8")
    line = (tmp_path / "a.md").read_text("utf-8").count("\n")
    done = run("percent-macros", "move", f"a.md:{line}", "--by", "2.5mm,-3mm", *options)
    assert done.status == 0, done.err
    assert "%%at(32.5mm, 17mm)\n" in (tmp_path / "a.md").read_text("utf-8")


@pytest.fixture
def mover(tmp_path, monkeypatch):
    """Yield a mover for a document, and its file."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.md"
    path.write_text(MACROS + "%%at(30mm, 20mm) %%at(60mm, 20mm)\n\n$%%word(x)$ %%at(1cm, 1cm)\n\nText.\n", "utf-8")
    progress = progress_for("pages", quiet=True, each_phase=False)
    with progress, PlacedDocument(["a.md"], progress, kept()) as document:
        assert document.build()
        yield Mover(document), path


def test_what_is_no_call_to_move(mover) -> None:
    """PM619: it is said what there is."""
    find = mover[0].find
    line = MACROS.count("\n") + 1
    assert find("a.md", line + 2).marked.text == "%%at(1cm, 1cm)"
    for place, said in {
        ("a.md", line): f"a.md:{line}:1 `%%at(30mm, 20mm)`, a.md:{line}:18 `%%at(60mm, 20mm)`",
        ("a.md", line + 2, 3): "have no marks",
        ("a.md", line + 4): f"at the lines {line}, {line + 2}",
        ("a.md", 2): "this is a definition",
        ("a.md", 99): "there is no call at a.md:99",
        ("b.md", 1): "b.md is not among the files",
    }.items():
        with pytest.raises(Fault) as fault:
            find(*place)
        assert fault.value.code == "PM619"
        assert said in " ".join((fault.value.message, *fault.value.hints))


def test_a_file_that_changes_meanwhile(mover) -> None:
    """PM621: what was written into it stays; once it is read again, it can be moved, with what is known by then."""
    mover, path = mover
    line = MACROS.count("\n") + 1
    plan = mover.plan(mover.find("a.md", line, 1), Wish(by=(5, 5)))
    text = path.read_text("utf-8") + "More.\n"
    path.write_text(text, "utf-8")
    with pytest.raises(Fault, match="has changed since it was read") as fault:
        mover.apply(plan)
    assert fault.value.code == "PM621"
    assert path.read_text("utf-8") == text
    plan = mover.plan(mover.find("a.md", line, 1), Wish(by=(100, 5)), plan.derivatives)
    mover.apply(plan)
    assert plan.text == "%%at(130mm, 25mm)"
    plan = mover.plan(mover.find("a.md", line, 19), Wish(to=(1, 2)))
    mover.apply(plan)
    assert path.read_text("utf-8") == text.replace("30mm, 20mm", "130mm, 25mm", 1).replace("60mm, 20mm", "1mm, 2mm")
    assert [path.name for path in path.parent.iterdir()] == ["a.md"]
    path.write_text(path.read_text("utf-8").replace("130mm", "13mm"), "utf-8")
    with pytest.raises(Fault, match="has changed since the document was built"):
        mover.find("a.md", line, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written(run, tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MACROS + "%%at(30mm, 20mm)\n", "utf-8")
    path.chmod(0o400)
    done = run("percent-macros", "move", f"a.md:{MACROS.count(chr(10)) + 1}", "--by", "1mm,1mm")
    assert (done.status, "PM809" in done.err) == (1, True)
    assert path.read_text("utf-8") == MACROS + "%%at(30mm, 20mm)\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.md:1",), "nothing is asked for"),
        (("a.md", "--by", "1mm,1mm"), "'a.md' is not FILE:LINE"),
        (("--by", "1mm,1mm"), "no place is named"),
        (("a.md:1", "--by", "1mm"), "is not two lengths"),
        (("a.md:1", "--by", "1mm,2em"), "is not two lengths"),
        (("a.md:1", "--to", "beamer"), "the format is named with `-t`"),
        (("a.md:1", "--width", "3"), "is not a length"),
        (("a.md:1", "--width=-3mm"), "must be more than 0"),
        (("a.md:1", "--by", "1mm,1mm", "--to", "1mm,1mm"), "can't go together"),
    ],
)
def test_errors_of_the_command_line(run, tmp_path, words, said) -> None:
    (tmp_path / "a.md").write_text("# One\n", "utf-8")
    done = run("percent-macros", "move", *words)
    assert done.status == 2
    assert said in " ".join(done.err.split())
