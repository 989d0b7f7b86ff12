"""Decks made at random that have calls of all kinds in all kinds of places: to try what marks on pages change.

They show ``picture.pdf``, which is to be beside them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

WORDS = (
    "apple birch cedar delta ember fjord grove heron inlet jetty knoll larch north office petal quartz waffle".split()
)
THEMES = ("default", "Madrid", "Boadilla", "CambridgeUS", "Berlin", "Hannover", "AnnArbor", "Darmstadt")
_PICTURE = r"\\includegraphics[width=2cm]{picture.pdf}"
_DRAWN = r"\\draw (0,0) -- (2,1) node {$x};"
_OVERLAY = r"\\node at ([xshift=1cm]current page.center) {$x};"
# What each macro returns of its argument `$x`.
LATEX = {  # within a line
    "plain": "$x",
    "italic": r'latex("\\textit{$x}")',
    "typewriter": r'latex("\\texttt{$x}")',
    "framed": r'latex("\\fbox{$x}")',
    "alert": r'latex("\\alert{$x}")',
    "switch": r'latex("{\\bfseries $x}")',
    "slanted": r'latex("{\\itshape $x\\/}")',
    "coloured": r'latex("\\textcolor{red}{$x}")',
    "raised": r'latex("\\raisebox{1pt}{$x}\\hspace{2pt}")',
    "only": r'latex("\\only<2>{$x}")',
    "uncover": r'latex("\\uncover<2->{$x $x}")',
    "picture": f'latex("{_PICTURE}")',
    "minipage": r'latex("\\begin{minipage}{3cm}$x $x $x $x\\end{minipage}")',
    "drawn": rf'latex("\\begin{{tikzpicture}}{_DRAWN}\\end{{tikzpicture}}")',
    "glue": r'latex("$x\\hfil ")',
    "nothing": '""',
}
MARKDOWN = {  # within a line
    "emphasis": 'markdown("*$x* and **$x**")',
    "code": 'markdown("`$x`")',
    "formula": r'markdown("\$x_{$x}\$")',
    "quoted": "markdown(\"'$x'\")",
    "note": 'markdown("word^[A note on $x.]")',
    "link": 'markdown("[$x](http://a.b)")',
}
BLOCKS = {
    "list": r'markdown("- $x\n- two\n\n1. three")',
    "table": r'markdown("|a|$x|\n|-|-|\n|1|2|\n")',
    "paragraphs": r'markdown("One $x.\n\nTwo *three* $x.")',
    "quote": 'markdown("> $x $x")',
    "code_block": r'markdown("~~~\n$x\n~~~")',
    "parts": r'markdown("### $x\n\ntext $x")',
    "figure": 'markdown("![$x](picture.pdf){width=1cm}")',
    "space": r'latex("\\vspace{2mm}")',
    "block": r'latex("\\begin{block}{$x}Hello $x\\end{block}")',
    "centred": r'latex("\\begin{center}\n$x\n\\end{center}")',
    "overlay": rf'latex("\\begin{{tikzpicture}}[remember picture,overlay]{_OVERLAY}\\end{{tikzpicture}}")',
    "display": r'latex("\\[ $x = b \\]")',
    "rule": r'latex("\\noindent\\rule{2cm}{1mm}")',
    "skips": r'latex("\\smallskip\n$x\n\n\\medskip")',
    "step": r'latex("\\pause")',
    "column": r'div(".columns", div(".column width=40%", text($x)), div(".column width=40%", text($x)))',
}
PLACES = (
    "@",
    "a @ b",
    "@, then b",
    '(@) "@" b',
    "a *@ b* **@**",
    "@ @ @",
    "a --- @ --- b",
    "b @\nc @",
    "[@ b](http://a.b)",
    "a @.",
    "b^[@ c @]",
    "a\\\n@ b",
    "\\textbf{a} @ \\emph{b} @",
    "$a$ @ $b$",
    "a\\ @\\ b",
    "f<!-- -->@f @f",
)
RAW_PLACES = ("@", "a @ b", "@, (@) b", "\\textbf{a @} @", "\\emph{@}@", "a~@~b")
CONTAINERS = (
    "{0}",
    "{0}\n\n{1}",
    "* {0}\n* b\n* {1}",
    "* {0}\n\n* {1}\n\n    {2}",
    "1. {0}\n2. {1}\n    - {2}",
    "> {0}",
    "> - {0}\n> - {1}",
    "{0}\n\n. . .\n\n{1}",
    "::: columns\n::: column\n{0}\n:::\n::: column\n{1}\n:::\n:::",
    "a\n:   {0}\n\nb\n:   {1}",
    "### {0}\n\n{1}",
    "| a | {0} |\n|---|:-:|\n| {1} | {2} |",
    "![{0}](picture.pdf){{width=1cm}}",
)
RAW_CONTAINERS = (
    "\\begin{{center}}\n{0}\n\\end{{center}}",
    "\\only<2>{{{0}}}{1}",
    "\\begin{{itemize}}\n\\item {0}\n\\item<2-> {1}\n\\end{{itemize}}",
    "\\begin{{block}}{{{0}}}\n{1}\n\\end{{block}}",
    "\\begin{{tabular}}{{ll}}\n{0} & {1} \\\\\n{2} & b\n\\end{{tabular}}",
    "\\parbox{{4cm}}{{{0} {1}}}",
)
FRAMES = ("", "", "", "", " {.allowframebreaks}", " {.t}", " {.b}", " {.fragile}", " {.shrink}")
MARKUP = tuple({**LATEX, **MARKDOWN}.keys() - {"note", "only", "uncover", "drawn", "minipage"})


class Maker:
    """Makes decks, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def deck(self, slides: int = 8) -> str:
        """Return a deck of so many slides, in Markdown."""
        pick = self._random.choice
        theme, ratio, size = pick(THEMES), pick(("43", "169", "1610")), pick(("10pt", "11pt", "12pt"))
        lines = ["---", "title: A deck", f"theme: {theme}", f"aspectratio: {ratio}", f"fontsize: {size}"]
        lines += ["header-includes: \\usepackage{tikz}", "---", ""]
        lines += [f"%%define {name}($x) {code} =end" for name, code in {**LATEX, **MARKDOWN, **BLOCKS}.items()]
        return "\n".join([*lines, "", *(self._slide(number) for number in range(slides))])

    def _slide(self, number: int) -> str:
        titles = sorted(MARKUP)
        title = self._call(titles) if number % 2 else f"a {self._call(titles)} b"
        section = f"# {self._call(titles)} c\n\n" if number % 3 == 0 else ""
        parts = (self._part() for _ in range(self._random.randint(1, 4)))
        frame = self._random.choice(FRAMES)
        return f"{section}## {title}{frame}\n\n" + "".join(f"{part}\n\n" for part in parts)

    def _part(self) -> str:
        kind = self._random.randrange(3)
        if kind == 0:
            return self._call([*LATEX, *MARKDOWN, *BLOCKS])
        containers, places, calls = (
            (RAW_CONTAINERS, RAW_PLACES, [*LATEX]) if kind == 1 else (CONTAINERS, PLACES, [*LATEX, *MARKDOWN])
        )
        return self._random.choice(containers).format(*(self._line(places, calls) for _ in range(3)))

    def _line(self, places: Sequence[str], calls: Sequence[str]) -> str:
        place = self._random.choice(places)
        while "@" in place:
            place = place.replace("@", self._call(calls), 1)
        return place

    def _call(self, names: Sequence[str]) -> str:
        return f"%%{self._random.choice(names)}({' '.join(self._random.choices(WORDS, k=self._random.randint(1, 2)))})"
