"""What macros give in each format, as pandoc writes it: pictures, pieces, warnings for what a format does not show."""

from __future__ import annotations

import base64
import json
import re
import zipfile

import pytest

pytestmark = pytest.mark.pandoc

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
FITTING = "height=\\textheight,keepaspectratio"
PICTURE = "%%image(p.png, 0.5)\n\n%%image(p.png, 3cm, caption=A *caption*)\n\n%%image(p.png, 50%, alt=Words)\n"
PIECES = r"""
%%define t($s) text($s) =end
%%define m($s) markdown($s) =end
%%define l($s) "\\emph{$s}" =end
%%define h($s) html("<b>$s</b>") =end
%%define bold($s) latex("\\textbf{") . html("<b>") . text($s) . html("</b>") . latex("}") =end
%%define frame() latex("\\fbox{") . html("<div class=\"frame\">") . $body . html("</div>") . latex("}") =end

"""
BODY = "%%begin frame()\n\nBody *text* with %%t(50 %).\n\n* a list\n\n%%end frame\n"
NOT_SHOWN = re.compile(r"warning\[PM701\]: `(\w+)` gives nothing but (.*), which (\w+) does not show")
SWITCHED_OFF = re.compile(r"warning\[PM702\]: markup that `(\w+)` gives is left out: `(\w+)` is switched off")


@pytest.fixture
def write(run, tmp_path):
    (tmp_path / "p.png").write_bytes(base64.b64decode(PIXEL))

    def write(text: str, *options: str):
        (tmp_path / "talk.md").write_text(text, "utf-8")
        done = run("pandoc", "-F", "percent-macros", "--wrap=none", "talk.md", *options)
        assert done.status == 0, done.err
        return done

    return write


@pytest.fixture
def office(write, tmp_path):
    """Write a document for an office program; return its diagnostics, the text of its pages, and its names of files."""

    def office(text: str, target: str) -> tuple[str, str, list[str]]:
        said = write(text, "-o", f"talk.{target}").err
        with zipfile.ZipFile(tmp_path / f"talk.{target}") as archive:
            names = archive.namelist()
            pages = sorted(each for each in names if re.fullmatch(r"word/document\.xml|ppt/slides/slide\d+\.xml", each))
            return said, "".join(archive.read(each).decode() for each in pages), names

    return office


def squeezed(text: str) -> str:
    return " ".join(text.split())


# Pictures


@pytest.mark.parametrize("target", ["beamer", "latex"])
def test_images_in_latex(write, target: str) -> None:
    done = write(PICTURE, "-t", target)
    half, three = (f"\\includegraphics[width={each},{FITTING}]{{p.png}}" for each in ("0.5\\linewidth", "3cm"))
    assert done.err == ""
    assert f"\\begin{{center}}\n{half}\n\\end{{center}}" in done.out
    assert f"\\centering\n{three}\n\\caption{{A *caption*}}\n\\end{{figure}}" in done.out
    assert done.out.count(half) == 2


@pytest.mark.parametrize(("target", "source"), [("html", "src"), ("revealjs", "data-src")])
def test_images_in_html(write, target: str, source: str) -> None:
    done = write(PICTURE, "-t", target)
    html = squeezed(done.out)
    assert done.err == ""
    assert re.search(rf'<p><img {source}="p.png" style="width:50.?0?%" ?/></p>', html)
    assert re.search(
        rf'<img {source}="p.png" style="width:3cm"[^>]*/> <figcaption[^>]*>A \*caption\*</figcaption>', html
    )
    assert re.search(rf'<p><img {source}="p.png" style="width:50.?0?%" alt="Words" ?/></p>', html)


def test_images_in_docx(office) -> None:
    said, page, names = office(PICTURE, "docx")
    assert said == ""
    assert page.count("<pic:pic") == 3
    assert re.search(r'cx="10[78]\d{4}"', page)  # 3cm, in what Word counts in
    assert any(name.startswith("word/media/") for name in names)


def test_images_in_pptx(office) -> None:
    said, pages, names = office(PICTURE, "pptx")
    assert said == ""
    assert pages.count("<p:pic>") == 3
    assert "A *caption*" in "".join(re.findall("<a:t>(.*?)</a:t>", pages))
    assert any(name.startswith("ppt/media/") for name in names)


def test_images_in_plain_text(write) -> None:
    done = write("%%image(p.png, caption=A caption)\n", "-t", "plain")
    assert (done.out.strip(), done.err) == ("[A caption]", "")


def test_place_in_beamer(write) -> None:
    done = write("%%place(10mm, 2cm, 3cm, p.png)\n", "-t", "beamer", "-s")
    assert done.err == ""
    assert done.out.count("\\usepackage{tikz}") == 1
    assert "xshift=10mm,yshift=-2cm] at (current page.north west)" in done.out
    assert "{p.png}}\\dimen4=\\dimexpr3cm\\relax" in done.out


def test_place_in_html_slides(write) -> None:
    style = 'src="p.png" alt="" style="position:absolute;left:10mm;top:2cm;width:3cm;margin:0" />'
    for target in ("html", "slidy", "revealjs"):
        done = write("%%place(10mm, 2cm, 3cm, p.png)\n", "-t", target)
        assert done.err == ""
        assert style in done.out
        assert (".reveal.center section" in done.out) == (target == "revealjs")


@pytest.mark.parametrize("target", ["docx", "pptx", "plain", "odt", "epub"])
def test_place_elsewhere_is_not_lost_without_a_word(write, target: str) -> None:
    done = write("%%place(1mm, 2cm, 3cm, p.png)\n\n%%place(1mm, 3cm, 3cm, p.png)\n", "-t", target, "-o", "out")
    assert NOT_SHOWN.findall(done.err) == [("place", "LaTeX", target)]


# Pieces


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("beamer", "a \\& 5\\% \\emph{x} \\texttt{y} \\emph{z} \\textbf{q \\& r}"),
        ("latex", "a \\& 5\\% \\emph{x} \\texttt{y} \\emph{z} \\textbf{q \\& r}"),
        ("html", "<p>a &amp; 5% <em>x</em> <code>y</code> <b>w</b> <b>q &amp; r</b></p>"),
        ("revealjs", "<p>a &amp; 5% <em>x</em> <code>y</code> <b>w</b> <b>q &amp; r</b></p>"),
        ("plain", "a & 5% x y q & r"),
        ("typst", "a & 5% #emph[x] `y` q & r"),
    ],
)
def test_pieces_in_a_line(write, pandoc_version, target: str, line: str) -> None:
    if target == "typst" and pandoc_version < (3,):
        pytest.skip("pandoc 2 writes no Typst")
    done = write(PIECES + "%%t(a & 5%) %%m(*x* `y`) %%l(z) %%h(w) %%bold(q & r)\n", "-t", target)
    assert squeezed(line) in squeezed(done.out)


@pytest.mark.parametrize("target", ["docx", "pptx"])
def test_pieces_in_office_programs(office, target: str) -> None:
    said, pages, _ = office(PIECES + "%%t(a & 5%) %%m(*x* `y`) %%l(z) %%h(w) %%bold(q & r)\n\n" + BODY, target)
    text = "".join(re.findall(r"<[aw]:t[^>]*>([^<]*)</[aw]:t>", pages))
    assert squeezed(text) == "a &amp; 5% x y q &amp; rBody text with 50 %.a list"
    assert NOT_SHOWN.findall(said) == [("l", "LaTeX", target), ("h", "HTML", target)]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("latex", "\\fbox{ Body \\emph{text} with 50 \\%. \\begin{itemize}"),
        ("beamer", "\\fbox{ Body \\emph{text} with 50 \\%. \\begin{itemize}"),
        ("html", '<div class="frame"> <p>Body <em>text</em> with 50 %.</p> <ul> <li>a list</li> </ul> </div>'),
        ("plain", "Body text with 50 %. - a list"),
    ],
)
def test_a_body(write, target: str, expected: str) -> None:
    done = write(PIECES + BODY, "-t", target)
    assert expected in squeezed(done.out)
    assert done.err == ""


def test_raw_markup_of_the_format(office) -> None:
    macro = '%%define page() raw("openxml", q{<w:p><w:r><w:br w:type="page"/></w:r></w:p>}) =end\n\n'
    said, page, _ = office(macro + "a\n\n%%page()\n\nb\n", "docx")
    assert (said, page.count('<w:br w:type="page"')) == ("", 1)


@pytest.mark.parametrize(
    ("name", "formats"),
    [
        ("latex", ["latex", "beamer"]),
        ("beamer", ["beamer"]),
        ("html", ["html", "html4", "html5", "revealjs", "slidy", "s5", "dzslides", "slideous"]),
        ("docx", ["docx"]),
        ("markdown", ["markdown", "gfm", "commonmark"]),
    ],
)
def test_format(write, name: str, formats: list[str]) -> None:
    text = f'%%define f() format("{name}") ? "yes" : "no" =end\n\n%%f()\n'
    every = ["latex", "beamer", "html", "html4", "html5", "revealjs", "slidy", "s5", "dzslides", "slideous"]
    every += ["markdown", "gfm", "commonmark", "plain"]
    assert [each for each in every if "yes" in write(text, "-t", each).out] == [x for x in formats if x in every]


# What is not shown, and what is switched off


def test_what_a_format_does_not_show_is_said_once_for_each_macro(write) -> None:
    done = write(PIECES + "%%l(a) %%l(b)\n\n%%l(c)\n\n%%h(a)\n", "-t", "plain")
    assert NOT_SHOWN.findall(done.err) == [("l", "LaTeX", "plain"), ("h", "HTML", "plain")]
    assert "talk.md:9:1: " in done.err


@pytest.mark.parametrize("target", ["json", "native", "markdown", "markdown_mmd", "commonmark_x"])
def test_a_format_that_carries_on_keeps_all_markup(write, target: str) -> None:
    done = write(PIECES + "%%l(a) %%h(b)\n", "-t", target)
    assert done.err == ""
    assert "emph{a}" in done.out
    assert "<b>b</b>" in done.out


@pytest.mark.parametrize("target", ["gfm", "commonmark", "markdown_strict"])
def test_markdown_that_can_hold_no_latex_is_no_such_format(write, target: str) -> None:
    done = write(PIECES + "%%l(a) %%h(b)\n", "-t", target)
    assert NOT_SHOWN.findall(done.err) == [("l", "LaTeX", target)]
    assert "<b>b</b>" in done.out


def test_a_document_that_goes_on_says_what_is_meant(run, write) -> None:
    text = '%%define f() format("beamer") ? "\\\\tikz{}" : "other" =end\n\n%%f()\n'
    carried = write(text, "-t", "json", "-s", "-M", "percent-macros-format=beamer").out
    done = run("pandoc", "-f", "json", "-t", "beamer", "-s", text=carried)
    assert "\\usepackage{tikz}" in done.out
    assert "\\tikz{}" in done.out
    assert "other" in write(text, "-t", "plain", "-M", "percent-macros-format=beamer").out


@pytest.mark.parametrize(
    ("reader", "target", "left", "off"),
    [
        ("markdown-raw_tex", "latex", "a b", [("l", "raw_tex")]),
        ("markdown-raw_tex", "html", "<p>a b <b>y</b></p>", [("l", "raw_tex")]),
        ("markdown-raw_html", "html", "<p>a b </p>", [("h", "raw_html")]),
        ("markdown-raw_html", "latex", "a \\emph{x} b", [("h", "raw_html")]),
        ("markdown-raw_tex-raw_html", "latex", "a b", [("l", "raw_tex"), ("h", "raw_html")]),
        ("markdown-raw_tex+raw_tex", "latex", "a \\emph{x} b", []),
        ("gfm", "latex", "a \\emph{x} b", []),
    ],
)
def test_the_readers_switches(write, reader: str, target: str, left: str, off: list[tuple[str, str]]) -> None:
    done = write(PIECES + "a %%l(x) b %%h(y)\n", "-f", reader, "-t", target)
    assert squeezed(done.out) == left
    assert SWITCHED_OFF.findall(done.err) == off


def test_what_markdown_gives_follows_the_switches_too(write) -> None:
    done = write(PIECES + "%%m(\\emph{a} <b>c</b>)\n", "-f", "markdown-raw_tex-raw_html", "-t", "html")
    assert (squeezed(done.out), done.err) == ("<p>\\emph{a} &lt;b&gt;c&lt;/b&gt;</p>", "")


# markdown()


def test_notes_links_and_citations_in_markdown(write) -> None:
    text = (
        "%%define m($s)\n"
        'markdown($s . "[^n] and [text][t].\\n\\n[^n]: *Numbered*.\\n\\n[t]: http://t.example\\n")\n=end\n\n'
        "Own.[^n]\n\n%%m(A^[Inline.] and @knuth)\n\nB [@knuth, p. 3].\n\n[^n]: Another.\n"
    )
    book = {"id": "knuth", "type": "book", "title": "The TeXbook", "author": [{"family": "Knuth"}]}
    book["issued"] = {"date-parts": [[1984]]}
    done = write(
        f"---\nreferences:\n- {json.dumps(book)}\n---\n\n{text}",
        "--citeproc",
        "-t",
        "plain",
        "--reference-location=block",
    )
    assert done.err == ""
    assert "Own.[1]" in done.out
    assert "[1] Another." in done.out
    assert "A[2] and Knuth (1984)[3] and text." in done.out
    assert "[2] Inline." in done.out
    assert "[3] Numbered." in done.out
    assert "(Knuth 1984, 3)" in done.out


def test_definitions_of_the_document_are_not_known_in_markdown(write) -> None:
    """Each text is read by itself: what it refers to has to be in it."""
    done = write(PIECES + '%%m("[site][s], [Heading], (@good)")\n\n# Heading\n\n[s]: http://s.example\n', "-t", "html")
    assert "<p>[site][s], [Heading], " in done.out


def test_the_documents_link_definitions_hold_around_a_call(write) -> None:
    done = write(PIECES + "[%%t(a b)][s] and *%%l(x)*\n\n[s]: http://s.example\n", "-t", "latex")
    assert done.out == "\\href{http://s.example}{a b} and \\emph{\\emph{x}}\n"
