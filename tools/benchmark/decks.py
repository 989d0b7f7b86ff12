"""Decks that the benchmark makes: so many slides with TikZ, pictures, tables, overlays and macros of the deck's own."""

from __future__ import annotations

from pathlib import Path

PICTURES = Path(__file__).resolve().parents[2] / "examples" / "talk" / "images"
PICTURE = PICTURES / "game.png"
CHANGED = "The word that changes is first."  # on the slide in the middle
AFTER = "The word that changes is second."

_TEMPLATE = """\
%%template at($x, $y, $what)
\\begin{tikzpicture}[remember picture,overlay]
\\node at ([xshift=$x,yshift=$y]current page.center) {\\textbf{$what}};
\\end{tikzpicture}
=end
"""
_DEFINE = """\
%%define at($x, $y, $what)
return latex("\\\\begin{tikzpicture}[remember picture,overlay]\\n")
  . latex("\\\\node at ([xshift=$x,yshift=$y]current page.center) {\\\\textbf{$what}};\\n\\\\end{tikzpicture}");
=end
"""
_TIKZ = r"""
\begin{tikzpicture}
\draw (0,0) -- (2,1) -- (3,0) -- cycle;
\node at (1.5,.3) {NUMBER};
\end{tikzpicture}
"""
_KINDS = (
    "* One point\n* Another one, *stressed*\n* A third one\n",
    "%%at(NUMBERmm, -20mm, slide NUMBER)\n\nWords below a mark.\n",
    "| Name | Value |\n|------|------:|\n| one  |     1 |\n| two  |     2 |\n",
    "> - Shown first\n> - Shown then\n",
    f"![]({PICTURE}){{width=30%}}\n",
    _TIKZ.lstrip(),
    "Some words, $x_{NUMBER}^2 + y^2 = 1$, and more of them on one more line.\n",
)


def deck(slides: int, *, define: bool = False) -> str:
    """Return a deck in Markdown; its macro is a template, or a definition in code."""
    head = "---\ntitle: A deck\nheader-includes: |\n  \\usepackage{tikz}\n---\n\n"
    text = [head, _DEFINE if define else _TEMPLATE, "\n"]
    for number in range(slides):
        if number % 10 == 0:
            text.append(f"# Part {number // 10 + 1}\n\n")
        text.append(f"## Slide {number + 1}\n\n{_KINDS[number % len(_KINDS)].replace('NUMBER', str(number % 40))}\n")
        if number == slides // 2:
            text.append(f"{CHANGED}\n\n")
    return "".join(text)


def typst(slides: int) -> str:
    """Return so many slides in Typst: words, a list, a table, a picture, in turn."""
    kinds = (
        "- One point\n- Another one, _stressed_\n- A third one\n",
        "#place(center, dy: 40pt)[*a mark*]\nWords below a mark.\n",
        "#table(columns: 2, [Name], [Value], [one], [1], [two], [2])\n",
        '#image("game.png", width: 30%)\n',
        "Some words, $x^2 + y^2 = 1$, and more of them on one more line.\n",
    )
    text = ['#set page(paper: "presentation-4-3")\n#set text(size: 20pt)\n']
    text += [f"= Slide {number + 1}\n{kinds[number % len(kinds)]}#pagebreak()\n" for number in range(slides)]
    return "".join(text)


def marp(slides: int) -> str:
    """Return so many slides in the Markdown of Marp."""
    kinds = ("* One point\n* Another one, *stressed*\n", "Some words, $x^2$\n", "| a | b |\n|---|---|\n| 1 | 2 |\n")
    return "---\nmarp: true\n---\n\n" + "\n---\n\n".join(
        f"## Slide {number + 1}\n\n{kinds[number % len(kinds)]}" for number in range(slides)
    )
