"""The macros that every document has."""

from pathlib import Path

import pytest

import pandoc_percent_macros.language
from pandoc_percent_macros.base.fault import Fault
from pandoc_percent_macros.language.values.pieces import Given, Markdown, Raw, Text, Wrapped

from ...support.macros import Known, linked, pieces

FILES = sorted((Path(pandoc_percent_macros.language.__file__).parent / "prelude").glob("*.pmac"))
PRELUDE = "\n\n".join(each.read_text(encoding="utf-8") for each in FILES)
LATEX, HTML, OTHER = Known(["latex", "beamer"]), Known(["html", "revealjs"]), Known(["docx"])


def test_it_is_sound_and_explained() -> None:
    program, found = linked(PRELUDE)
    assert not found
    assert sorted(name for name in program.macros if not name.startswith("_")) == ["image", "only", "place"]
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
    ("arguments", "latex"),
    [
        ("a.png, height=3cm", "width=1\\linewidth,height=3cm"),
        ("a.png, 0.5, height=0.8", "width=0.5\\linewidth,height=0.8\\textheight"),
        ("a.png, 5cm, height=80%", "width=5cm,height=0.8\\textheight"),
        ("a.png, 96px", "width=1in,height=\\textheight"),
        ("a.png, 2 cm", "width=2cm,height=\\textheight"),
        ("a.png, .5", "width=.5\\linewidth,height=\\textheight"),
    ],
)
def test_sizes_in_latex(arguments: str, latex: str) -> None:
    (found,) = pieces(PRELUDE, f"%%image({arguments})", LATEX)
    assert isinstance(found, Raw)
    assert f"\\includegraphics[{latex},keepaspectratio]{{a.png}}" in found.text


def test_image_with_a_name_in_latex() -> None:
    *_, after = pieces(PRELUDE, "%%image(a.png, caption=A, id=fig:a_b)", LATEX)
    assert after == Raw("latex", "}\\label{fig:a_b}\n\\end{figure}")
    (found,) = pieces(PRELUDE, "%%image(a.png, id=fig:a_b)", LATEX)
    assert isinstance(found, Raw)
    assert found.text.startswith("\\begin{center}\n\\phantomsection\\label{fig:a_b}\n\\includegraphics")


@pytest.mark.parametrize(
    ("arguments", "markdown"),
    [
        ("a.png, 0.9", "![](<a.png>){width=90%}"),
        ("a.png, 0.29", "![](<a.png>){width=29%}"),
        ("a b<c>.png, 5cm", "![](<a b\\<c\\>.png>){width=5cm}"),
        ("a.png, 0.5\\textwidth", "![](<a.png>){width=50%}"),
        ("a.png, \\textwidth", "![](<a.png>){width=100%}"),
        ("a.png, \\mywidth", "![](<a.png>){}"),
        ("a.png, 36bp", "![](<a.png>){width=0.5in}"),
        ("a.png, 2pc", "![](<a.png>){width=24pt}"),
        ("a.png, 4ex", "![](<a.png>){width=2em}"),
        ("a.png, height=3cm", "![](<a.png>){height=3cm}"),
        ("a.png, 50%, height=3cm", "![](<a.png>){width=50%}"),
        ("a.png, height=50%", "![](<a.png>){width=100%}"),
        ("a.png, id=fig:a", "![](<a.png>){#fig:a width=100%}"),
        ('a.png, alt="say \\"x\\""', '![](<a.png>){alt="say \\"x\\"" width=100%}'),
    ],
)
def test_image_elsewhere(arguments: str, markdown: str) -> None:
    (found,) = pieces(PRELUDE, f"%%image({arguments})", OTHER)
    assert isinstance(found, Markdown)
    assert found.text == markdown


@pytest.mark.parametrize(
    ("arguments", "markdown"),
    [
        ("a.png, 0.9", "![](<a.png>){width=90%}"),
        ("a.png, height=3cm", '![](<a.png>){style="height:3cm"}'),
        ("a.png, 5cm, height=0.5", '![](<a.png>){style="width:5cm;height:50vh;object-fit:contain"}'),
    ],
)
def test_image_in_html_is_centred(arguments: str, markdown: str) -> None:
    (div,) = pieces(PRELUDE, f"%%image({arguments})", HTML)
    assert isinstance(div, Wrapped)
    assert "text-align:center" in repr(div)
    (found,) = div.pieces
    assert isinstance(found, Markdown)
    assert found.text == markdown


WRONG = ["0", "-3cm", "0%", "12qq", "cm", "wide", "300", "1e-3cm", "5 5cm", "--5cm", "٣cm", "5cm 3cm"]


@pytest.mark.parametrize("width", WRONG)
@pytest.mark.parametrize("environment", [LATEX, HTML, OTHER], ids=["latex", "html", "docx"])
def test_what_is_no_length_of_a_picture(width: str, environment: Known) -> None:
    for call in (f'%%image(a.png, "{width}")', f'%%image(a.png, height="{width}")', f'%%place(1cm, 1cm, "{width}", a)'):
        with pytest.raises(Fault) as caught:
            pieces(PRELUDE, call, environment)
        assert caught.value.diagnostic.code == "PM307"
        name = "height" if "height" in call else "width"
        assert caught.value.diagnostic.message.startswith(f"`{name}` is `{width}`")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("%%place(foo, 1cm, 1cm, a.png)", "`x` is `foo`"),
        ("%%place(1cm, 99, 1cm, a.png)", "`y` is `99`"),
        ("%%place(1cm, 1cm, 1cm, a.png, middle)", "`anchor` is `middle`"),
        ('%%place(1cm, 1cm, 1cm, "")', "a picture needs the name of its file"),
        ('%%image(" ")', "a picture needs the name of its file"),
        ('%%image(a.png, id="a b")', "`id` is `a b`"),
        ("%%image(a.png, id=50%)", "`id` is `50%`"),
    ],
)
@pytest.mark.parametrize("environment", [LATEX, HTML], ids=["latex", "html"])
def test_what_can_not_be_meant(call: str, said: str, environment: Known) -> None:
    with pytest.raises(Fault) as caught:
        pieces(PRELUDE, call, environment)
    assert caught.value.diagnostic.code == "PM307"
    assert caught.value.diagnostic.message.startswith(said)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ("1cm, 2cm, 3cm, a.png", "anchor=north west,{},xshift=1cm,yshift=-2cm"),
        ("-1cm, -2cm, 3cm, a.png", "anchor=north west,{},xshift=-1cm,yshift=2cm"),
        ("0.5, +50%, 3cm, a.png, south  east", "anchor=south east,{},xshift=0.5\\paperwidth,yshift=-0.5\\paperheight"),
        (
            "0, \\paperheight - 1cm, 1, a.png, center",
            "anchor=center,{},xshift=0\\paperwidth,yshift={-(\\paperheight - 1cm)}",
        ),
    ],
)
def test_place_in_latex(arguments: str, options: str) -> None:
    (latex,) = pieces(PRELUDE, f"%%place({arguments})", LATEX)
    assert isinstance(latex, Raw)
    said = options.replace("{},", "inner sep=0pt,outer sep=0pt,", 1)
    assert f"\\node[{said}] at (current page.north west)" in latex.text
    assert ("tikz", "") in LATEX.packages


def test_place_in_html() -> None:
    (html,) = pieces(PRELUDE, '%%place(1cm, -2cm, 0.3, a"b&c.png, alt="<x>")', HTML)
    assert isinstance(html, Raw)
    assert html.format == "html"
    assert html.text.startswith("<style>.reveal.center section:not(.stack):has(.percent-place){top:0!important;")
    assert html.text.endswith(
        ' src="a&quot;b&amp;c.png" alt="&lt;x>" style="position:absolute;left:1cm;top:-2cm;width:30%;margin:0" />'
    )
    for anchor, shift in (("center", "-50%,-50%"), ("south east", "-100%,-100%"), ("north", "-50%,0")):
        (html,) = pieces(PRELUDE, f"%%place(1cm, 2cm, 3cm, a.png, {anchor})", HTML)
        assert isinstance(html, Raw)
        assert f"margin:0;transform:translate({shift})" in html.text


def test_place_of_lengths_that_html_does_not_know() -> None:
    with pytest.raises(Fault) as caught:
        pieces(PRELUDE, "%%place(1cm, \\paperheight - 1cm, 3cm, a.png)", HTML)
    assert caught.value.diagnostic.message == "`y` is a length that LaTeX alone knows"


def test_only() -> None:
    assert pieces(PRELUDE, "%%begin only(html, beamer)", LATEX, body=1) == (Given(1),)
    assert pieces(PRELUDE, "%%begin only(html)", LATEX, body=1) == ()
