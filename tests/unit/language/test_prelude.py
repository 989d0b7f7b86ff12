"""The macros that every document has."""

from pathlib import Path

import pytest

import pandoc_percent_macros.language
from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.values.pieces import Given, Markdown, Raw, Text

from ...support.macros import Known, linked, pieces

FILES = sorted((Path(pandoc_percent_macros.language.__file__).parent / "prelude").glob("*.pmac"))
PRELUDE = "\n\n".join(each.read_text(encoding="utf-8") for each in FILES)
LATEX, HTML, OTHER = Known(["latex", "beamer"]), Known(["html", "revealjs"]), Known(["docx"])


def test_it_is_sound_and_explained() -> None:
    program, found = linked(PRELUDE)
    assert not found
    assert sorted(program.macros) == ["image", "only", "place"]
    assert all(macro.doc for macro in program.macros.values())


def picture(width: str, path: str = "a.png") -> str:
    return f"\\includegraphics[width={width},height=\\textheight,keepaspectratio]{{{path}}}"


@pytest.mark.parametrize(
    ("arguments", "latex"),
    [
        ("a.png, 0.9", picture("0.9\\linewidth")),
        ("a.png", picture("1\\linewidth")),
        ("a b_c.png, 50%", picture("0.5\\linewidth", "a b_c.png")),
        ("a.png, 5cm", picture("5cm")),
        ("a.png, 0.5\\textwidth", picture("0.5\\textwidth")),
    ],
)
def test_image_in_latex(arguments: str, latex: str) -> None:
    expected = f"\\begin{{center}}\n{latex}\n\\end{{center}}"
    assert pieces(PRELUDE, f"%%image({arguments})", LATEX) == (Raw("latex", expected),)


@pytest.mark.parametrize("text", ["%%image(a%b.png)", "%%place(1cm, 1cm, 1cm, a#b.png)"])
def test_what_latex_can_not_include(text: str) -> None:
    with pytest.raises(Fault) as caught:
        pieces(PRELUDE, text, LATEX)
    assert caught.value.diagnostic.code == "PM307"
    assert pieces(PRELUDE, text, HTML)


def test_image_with_a_caption_in_latex() -> None:
    before, caption, after = pieces(PRELUDE, '%%image(a.png, caption="50% & more")', LATEX)
    assert caption == Text("50% & more")
    assert isinstance(before, Raw)
    assert isinstance(after, Raw)
    assert before.text.startswith("\\begin{figure}")
    assert before.text.endswith("\\caption{")
    assert after.text == "}\n\\end{figure}"


@pytest.mark.parametrize(
    ("arguments", "markdown"),
    [
        ("a.png, 0.9", "![](<a.png>){width=90%}"),
        ("a b<c>.png, 5cm", "![](<a b\\<c\\>.png>){width=5cm}"),
        ("a.png, 1\\textwidth", "![](<a.png>){}"),
        (
            'a.png, alt="say \\"x\\"", caption="*a* [b] 5 < 6"',
            '![\\*a\\* \\[b\\] 5 \\< 6](<a.png>){alt="say \\"x\\"" width=100%}',
        ),
    ],
)
@pytest.mark.parametrize("environment", [HTML, OTHER])
def test_image_elsewhere(arguments: str, markdown: str, environment: Known) -> None:
    (found,) = pieces(PRELUDE, f"%%image({arguments})", environment)
    assert isinstance(found, Markdown)
    assert found.text == markdown


def test_place() -> None:
    (latex,) = pieces(PRELUDE, "%%place(1cm, 2cm, 0.5, a.png)", LATEX)
    assert isinstance(latex, Raw)
    assert "[remember picture,overlay]" in latex.text
    assert "anchor=north west,inner sep=0pt,xshift=1cm,yshift=-2cm] at (current page.north west)" in latex.text
    assert "\\includegraphics[width=0.5\\paperwidth]{a.png}" in latex.text
    assert ("tikz", "") in LATEX.packages
    (html,) = pieces(PRELUDE, '%%place(1cm, -2cm, 3cm, a"b&c.png)', HTML)
    assert isinstance(html, Raw)
    assert html.format == "html"
    assert html.text.startswith("<style>.reveal.center section:not(.stack):has(.percent-place){top:0!important;")
    assert html.text.endswith(
        ' src="a&quot;b&amp;c.png" alt="" style="position:absolute;left:1cm;top:-2cm;width:3cm;margin:0" />'
    )


def test_only() -> None:
    assert pieces(PRELUDE, "%%begin only(html, beamer)", LATEX, body=1) == (Given(1),)
    assert pieces(PRELUDE, "%%begin only(html)", LATEX, body=1) == ()
