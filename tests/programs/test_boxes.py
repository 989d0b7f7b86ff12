"""``percent-macros boxes``, and ``build --marks``: where calls paint, as known from elsewhere, and no page changed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ..conftest import EXAMPLES, ROOT
from ..support import marked_decks, placed_calls
from ..support.latex import differing

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
TRUE = 0.1  # mm
MACROS = r"""---
title: A title
---

%%define at($x, $y, $w = "20mm")
my $place = "anchor=north west,inner sep=0,outer sep=0,xshift=$x,yshift=-$y";
my $node = "\\node[$place] at (current page.north west) {\\includegraphics[width=$w]{example-image-a}};";
latex("\\begin{tikzpicture}[remember picture,overlay]$node\\end{tikzpicture}")
=end
%%define key($n) latex("\\texttt{$n}") =end
%%define italic($n) latex("\\textit{$n}") =end
%%define word($n) $n =end
%%define emphasis($n) markdown("*$n*") =end
%%define code($n) markdown("`$n`") =end
%%define list() markdown("- a\n- b\n\n1. c") =end
%%define table() markdown("|a|b|\n|-|-|\n|1|2|\n") =end
%%define block($t) latex("\\begin{block}{$t}Hello\\end{block}") =end
%%define paragraphs() markdown("One.\n\nTwo *three* four.") =end
%%define note($x) markdown("Word^[$x]") =end
%%define line() latex("\\hrulefill") =end
%%define open() latex("\\begin{center}") =end
%%define close() latex("\\end{center}") =end

"""
EVERYWHERE = r"""
# A heading %%emphasis(f) and %%word(V)A

Press %%italic(fff), then %%italic(f) f %%emphasis(f)f (%%italic(f)) *f*%%key(x) for %%code(code x), y.
"%%word(q)" --- %%word(d)---f: %%note(foot) and %%line()

%%word(x) at start, $a_{%%word(x)}$ [%%word(link)](http://x.y) **%%word(b) c**.

| A | B |
|---|---|
| %%word(1) | %%key(2) |

> %%word(q)

# Columns

::: columns
::: {.column width=50%}
%%list()

%%table()
:::
::: {.column width=50%}
%%block(T)

1. %%word(c)
2. %%paragraphs()
:::
:::

. . .

%%block(After)

%%open()

In the middle.

%%close()

# Breaks {.allowframebreaks}

%%paragraphs()

%%table()

%%block(A)

%%list()

%%paragraphs()

%%list()

::: notes
A %%word(note).
:::
"""


def operators(pdf: Path) -> list[list[str]]:
    """Return the operators of marked content and of text on each page, those of our marks by their numbers."""
    found = []
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            names = []
            for each in pikepdf.parse_content_stream(page):
                name = str(each.operator)
                if name in ("BDC", "BMC", "EMC", "BT", "ET"):
                    names.append(f"{each.operands[1].N}" if name == "BDC" and str(each.operands[0]) == "/PM" else name)
            found.append(names)
    return found


def is_nested(names: list[str]) -> bool:
    stack: list[str] = []
    for name in names:
        if name in ("EMC", "ET"):
            if not stack or (stack.pop() == "BT") != (name == "ET"):
                return False
        else:
            stack.append(name)
    return not stack


def words(run, pdf: Path) -> list[tuple[str, list[float]]]:
    """Return the words of a PDF, and their places in mm, as poppler knows them."""
    told = run("pdftotext", "-bbox", pdf.name, "-", cwd=pdf.parent).out
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', told)
    return [(word, [float(number) * 25.4 / 72 for number in places]) for *places, word in found]


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_marks_move_nothing_and_are_balanced(run, tmp_path, engine) -> None:
    if not shutil.which(engine):
        pytest.skip(f"no {engine}")
    (tmp_path / "a.md").write_text(MACROS + EVERYWHERE, "utf-8")
    command = ["percent-macros", "build", "a.md", "-t", "beamer", f"--pdf-engine={engine}"]
    for output, *options in (("plain.pdf",), ("marked.pdf", "--marks")):
        done = run(*command, "-o", output, *options)
        assert done.status == 0, done.err
    assert differing(tmp_path / "plain.pdf", tmp_path / "marked.pdf") == []
    assert not re.search(r"\b\d", " ".join(map(" ".join, operators(tmp_path / "plain.pdf"))))
    marked = operators(tmp_path / "marked.pdf")
    assert all(map(is_nested, marked))
    assert len({name for page in marked for name in page if name.isdigit()}) > 15


@pytest.mark.parametrize("name", ["talk", "tour"])
def test_the_examples_look_the_same(run, tmp_path, name) -> None:
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder)
    if name != "talk":
        shutil.copytree(EXAMPLES / "talk" / "images", tmp_path / "talk" / "images")
    for output, *options in (("plain.pdf",), ("marked.pdf", "--marks")):
        done = run("percent-macros", "build", f"{name}.md", "-t", "beamer", "-o", output, *options, cwd=folder)
        assert done.status == 0, done.err
    assert differing(folder / "plain.pdf", folder / "marked.pdf") == []
    assert all(map(is_nested, operators(folder / "marked.pdf")))


@pytest.mark.parametrize("seed", [10])
def test_generated_decks_look_the_same(run, tmp_path, seed) -> None:
    """`make neutrality` tries more of them. Marks in the LaTeX change some of these pages."""
    (tmp_path / "picture.pdf").symlink_to(EXAMPLES / "talk/images/docker.pdf")
    (tmp_path / "a.md").write_text(marked_decks.Maker(seed).deck(), "utf-8")
    for output, *options in (("plain.pdf",), ("marked.pdf", "--marks")):
        done = run("percent-macros", "build", "a.md", "-t", "beamer", "-o", output, *options)
        assert done.status == 0, done.err
    assert differing(tmp_path / "plain.pdf", tmp_path / "marked.pdf") == []
    marked = operators(tmp_path / "marked.pdf")
    assert all(map(is_nested, marked))
    assert len({name for page in marked for name in page if name.isdigit()}) > 15


def test_an_article_with_a_call_over_two_pages(run, tmp_path) -> None:
    text = '%%define long() markdown("word " x 1500) =end\n\nBefore.\n\n%%long()\n\nAfter %%long() it.\n'
    (tmp_path / "a.md").write_text(text, "utf-8")
    for output, *options in (("plain.pdf",), ("marked.pdf", "--marks")):
        assert run("percent-macros", "build", "a.md", "-o", output, *options).status == 0
    assert differing(tmp_path / "plain.pdf", tmp_path / "marked.pdf") == []
    marked = operators(tmp_path / "marked.pdf")
    assert all(map(is_nested, marked))
    assert all({"0", "1"} & {*page} for page in marked)


def boxes(run, tmp_path: Path, *options: str) -> list[dict[str, object]]:
    done = run("percent-macros", "boxes", "a.md", "--json", *options)
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_the_frame_of_a_picture_that_has_empty_edges(run, tmp_path, engine) -> None:
    (tmp_path / "picture.pdf").symlink_to(EXAMPLES / "talk/images/ansible.pdf")
    trimmed = 'latex("\\\\includegraphics[width=2cm,trim=10 10 10 10,clip]{picture.pdf}")'
    text = f"%%define trimmed() {trimmed} =end\n\n# One\n\n%%place(10mm, 20mm, 2cm, picture.pdf)\n\n"
    (tmp_path / "a.md").write_text(text + "A %%trimmed() picture.\n", "utf-8")
    placed, inside = boxes(run, tmp_path, f"--pdf-engine={engine}")
    assert [placed[name] for name in ("x0", "y0", "x1", "y1")] == pytest.approx([10, 20, 30, 40], abs=0.05)
    assert [inside["x1"] - inside["x0"], inside["y1"] - inside["y0"]] == pytest.approx([20, 20], abs=0.05)


@pytest.mark.parametrize(
    ("heading", "options"), [("", ("-t", "latex")), ("# On {.allowframebreaks}", ("-V", "theme=Madrid"))]
)
def test_headers_and_footers_belong_to_no_call(run, tmp_path, heading, options) -> None:
    """Poppler knows where the words are."""
    text = f'%%define long() markdown("word\\n\\n" x 100) =end\n\n{heading}\n\n%%long()\n'
    (tmp_path / "a.md").write_text(text, "utf-8")
    found = boxes(run, tmp_path, *options)
    assert len(found) > 1
    assert run("percent-macros", "build", "a.md", "-o", "a.pdf", "-t", "beamer", *options).status == 0
    of_words = [place for word, place in words(run, tmp_path / "a.pdf") if word == "word"]
    across = min(place[0] for place in of_words), max(place[2] for place in of_words)
    up = min(place[1] for place in of_words), max(place[3] for place in of_words)
    for each in found:
        assert (each["x0"], each["x1"]) == pytest.approx(across, abs=1)
        assert up[0] - 1 < each["y0"] < each["y1"] < up[1] + 1


CALLS = {
    "%%at(10mm, 20mm)": (10, 20, 30, 35),
    "%%at(3cm, 1in, 4cm)": (30, 25.4, 70, 55.4),
    "%%at(.5\\paperwidth, 72bp)": (64, 25.4, 84, 40.4),
    "%%at(-5mm, 60pt, 10mm)": (-5, 21.087, 5, 28.587),
}


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_boxes_are_where_the_numbers_say(run, tmp_path, engine) -> None:
    if not shutil.which(engine):
        pytest.skip(f"no {engine}")
    (tmp_path / "a.md").write_text(MACROS + "# One\n\n" + "\n\n".join(CALLS) + "\n", "utf-8")
    found = boxes(run, tmp_path, f"--pdf-engine={engine}")
    assert [each["call"] for each in found] == [*CALLS]
    lines = (tmp_path / "a.md").read_text("utf-8").splitlines()
    for each in found:
        assert (each["file"], each["column"], each["page"]) == ("a.md", 1, 2)
        assert lines[int(each["line"]) - 1] == each["call"]
        got = [each[name] for name in ("x0", "y0", "x1", "y1")]
        assert got == pytest.approx(CALLS[each["call"]], abs=TRUE)


def test_each_page_of_an_overlay_has_its_boxes(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(MACROS + "# One\n\n%%at(1mm, 2mm)\n\n. . .\n\n%%at(3mm, 4mm)\n", "utf-8")
    assert [(each["page"], round(each["x0"])) for each in boxes(run, tmp_path)] == [(2, 1), (3, 1), (3, 3)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md"]


@pytest.mark.parametrize("call", ["%%key(wordone)", "%%word(plain words)", "%%block(Topic)", "%%emphasis(gap)"])
def test_the_box_of_what_stands_alone_holds_its_ink(run, tmp_path, call) -> None:
    """Poppler paints the page."""
    (tmp_path / "a.md").write_text(MACROS.split("---\n")[2] + f"#\n\n{call}\n", "utf-8")
    (found,) = boxes(run, tmp_path)
    assert run("percent-macros", "build", "a.md", "-t", "beamer", "-o", "a.pdf").status == 0
    assert run("pdftoppm", "-gray", "-r", "508", "a.pdf", "page").status == 0
    (page,) = tmp_path.glob("page*.pgm")
    picture = Image.open(page)
    ink = picture.point(lambda level: 255 * (level < 128)).getbbox()
    assert ink is not None
    got = [found[name] for name in ("x0", "y0", "x1", "y1")]
    assert got == pytest.approx([edge * 25.4 / 508 for edge in ink], abs=TRUE + 25.4 / 508)


def test_boxes_hold_the_ink_of_calls_of_many_kinds(tmp_path) -> None:
    """`make exactness` looks closer, and at other engines, themes and classes. Poppler paints the pages."""
    found = placed_calls.measured(tmp_path, dots=508)
    assert len({each.kind for each in found}) > 35
    assert [each for each in found if each.error > TRUE] == []


def test_a_table_for_people(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(MACROS + "# One\n\n%%at(10mm, 20mm)\n", "utf-8")
    done = run("percent-macros", "boxes", "a.md")
    assert done.out.splitlines()[0].split() == ["Call", "Page", "x0", "y0", "x1", "y1", "Text"]
    assert done.out.splitlines()[1].split()[1:6] == ["2", "10.00", "20.00", "30.00", "35.00"]


def test_errors_of_the_command_line(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text("# One\n", "utf-8")
    done = run("percent-macros", "boxes", "a.md", "-t", "html")
    assert done.status == 2
    assert "no PDF by LaTeX" in done.err
    assert run("percent-macros", "boxes").status == 2
    assert run("percent-macros", "boxes", "missing.md").status == 1


def test_without_the_packages(run, tmp_path) -> None:
    """PM618: what is to be installed is said."""
    (tmp_path / "a.md").write_text("# One\n", "utf-8")
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['pikepdf'] = None\n", "utf-8")
    done = run("percent-macros", "boxes", "a.md", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.status == 1
    assert "PM618" in done.err
    assert "pip install" in done.err


def test_a_plain_build_loads_nothing_of_it(run, tmp_path) -> None:
    """The filter of the build tells what it loads, too: pandoc passes that on."""
    (tmp_path / "a.md").write_text(MACROS + "# One\n\n%%key(x)\n", "utf-8")
    command = ("percent-macros", "build", "a.md", "-t", "beamer", "-o", "a.pdf")
    foreign = re.compile(r"pandoc_percent_macros\.(?:pages|placing)|page_marks|pypdfium2|pikepdf")
    plain = run(*command, PYTHONPROFILEIMPORTTIME="1")
    assert plain.status == 0
    assert "pandoc_percent_macros.build" in plain.err
    assert not foreign.search(plain.err)
    assert foreign.search(run(*command, "--marks", PYTHONPROFILEIMPORTTIME="1").err)
