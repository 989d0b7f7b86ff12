"""Documents made from every construct of pandoc's manual, with calls ``%%k(NNN)`` at random places of them.

A document is told by its seed alone. Not made, because nobody outside can tell what is right there:

* calls in names: identifiers and classes, labels of notes, references and examples, citation keys, keys of YAML,
  names of HTML's tags and attributes, the language of a code block;
* arguments that hold a backquote, a dollar, a bracket or another sign that competes with the text around the call;
* calls in verbatim parts of raw TeX, and after a letter in raw TeX;
* ``%%begin``, ``%%use``, comments, and calls in arguments;
* ``literate_haskell``, ``sourcepos`` and ``rebase_relative_paths``, for which the place of a text in its file matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from . import alone

DEFINITION = '%%define k($n) "QZ" . $n =end'
CALL = re.compile(r"""%%k\([\s>]*(?:n=)?["']?(\d{3})["']?[ ]*\)""")
READERS = (
    "markdown markdown_strict markdown_phpextra markdown_mmd markdown_github gfm commonmark commonmark_x"
).split()
_NOT_SWITCHED = {"literate_haskell", "sourcepos", "rebase_relative_paths"}


TEX = (
    r"\emph{$a}",
    r"\vspace*{-1cm} words",
    "\\begin{center}\n\\includegraphics[width=3cm]{$a}\n\\end{center}",
    "\\begin{tikzpicture}[remember picture,overlay]\n\\node at ($a) {x};\n\\end{tikzpicture}",
    r"\foo{",
    r"\foo[",
    r"}",
    r"\textbf{a} % {",
    r"\begin{foo}",
    r"\end{foo}",
    r"\newcommand{\emph}{Z}",
    r"words $a \% words",
    r"{\bfseries $a}",
    r"\begin{verbatim} } \end{verbatim}",
    r"\item $a",
    r"\alert<2->{$a}",
)


@dataclass(frozen=True)
class Document:
    """A document: its text without the definition of ``k``, with line feeds at the ends of its lines."""

    seed: int
    reader: str
    tab_stop: int
    text: str
    defined_first: bool = True
    crlf: bool = False
    mark: bool = False
    open_end: bool = False  # no line feed at the end of the file
    also: str = ""  # another definition, which nothing calls

    @property
    def source(self) -> str:
        """The text as its file has it, but for carriage returns and the mark."""
        body = self.text.rstrip("\n")
        definitions = "\n\n".join(filter(None, (DEFINITION, self.also)))
        whole = f"{definitions}\n\n{body}" if self.defined_first else f"{body}\n\n{definitions}"
        return whole if self.open_end else whole + "\n"

    @property
    def data(self) -> bytes:
        """What is in the file."""
        text = self.source.replace("\n", "\r\n") if self.crlf else self.source
        return (("\ufeff" if self.mark else "") + text).encode()

    @property
    def options(self) -> list[str]:
        """Pandoc's options that it is read with."""
        return ["-f", self.reader, *([f"--tab-stop={self.tab_stop}"] if self.tab_stop != 4 else [])]

    def __str__(self) -> str:
        ways = [f"seed {self.seed}", *self.options]
        ways += [word for word in ("crlf", "mark", "open_end") if getattr(self, word)]
        return f"{' '.join(ways)}\n{self.source}"


def generate(seed: int) -> Document:
    """Return the document of a seed."""
    return _Author(Random(seed)).document(seed)


def _pieces(text: str) -> list[str]:
    """Return pieces with three spaces between them; other signs stand for what can't be seen there."""
    signs = {"∅": "", "⏎": "\n", "␣": " ", "⟨3000⟩": "\u3000", "⟨a0⟩": "\u00a0", "⟨202f⟩": "\u202f"}
    found = re.split(" {3}|\n", text.strip("\n"))
    return [re.sub("|".join(signs), lambda sign: signs[sign[0]], each) for each in found]


WORDS = _pieces(r"""
word   words   some   text   is   of   L’été   naïve   漢字   日本語の   かな。   ไทย   über   Привет   🙂   👩‍💻   1
42   3.14   A   i   I   don't   l'été   q.e.d.   e.g.   M.   ⟨3000⟩   a⟨a0⟩b   x⟨202f⟩y   10⟨202f⟩000   C++
file.txt   snake_case_word   TODO   ok…   end.
""")
# What stands right before and after a call; in HELD, what holds it off.
LEFT = _pieces(r"""
∅   ∅   ∅   ∅   (   «⟨a0⟩   “   "   '   -   --   ---   /   [   :   ,   ⟨202f⟩   ⟨a0⟩   ⟨3000⟩   日本語の   、   ไทย
*   _   x_   ^   ~   =   |   <   {   .   !   #   @␣   $   `   🙂   é␣   +   &
""")
RIGHT = _pieces(r"""
∅   ∅   ∅   ∅   .   ,   )   ⟨a0⟩;   ⟨202f⟩!   ⟨a0⟩»   ”   "   '   's   st   2   -x   …   %   です   。   ⟨3000⟩   :
/x   _   _x   *   ]   }   |   >   ~   ^   $   `   🙂   é   !   ?   (x)   [x]   \   --
""")
HELD = _pieces(r"""
a   5   é   x1   \   file
""")
# In these § is a call, or a word; © one that stands in a value, where only plain letters may be.
INLINES = _pieces(r"""
*§*   **§**   _§_   __§__   ***§***   ~~§~~   ^§^   ~§~   H~2~§   x^§^   ==§==   *a **§** b*   **§*   `§`
``§``   ``a ` §``   `a⏎§ b`   `§`{.c}   `x`{k="©"}   `§`{=latex}   `§`{=html}   `§`{=openxml}   `` ` ``   `a
b` §   ``   ` `   ```§```   `\`§   \`§\`   $©$   $x + © - y_1$   $$©$$   $$⏎x = ©⏎$$   \(©\)   \[ © \]   \\(©\\)
$`©`$   $a⏎+ ©$   $\text{©}$   $5   $5 §   costs $5 and § for $6   US$ 3   5$   $20,000   $ § $   §$   \$5 § $6$
1$ § 2$   <b>§</b>   <a href="©">§</a>   <!-- § -->   <?php § ?>   <![CDATA[ § ]]>   <br/>   <kbd>§</kbd>
<!X § >   <span k="©">§</span>   <!--⏎§⏎-->   <b   <!--   a < b §   <x §   a <§> b   </b>   <code>§</code>
<!-->   <span class='©'>   <em>⏎§⏎</em>   <https:   <b title='§   <script>§</script>   <textarea>§
<pre>§</pre>   [§](u)   [a](u/©)   [a](u "©")   [§][ref]   [ref]   [ref][]   ![§](i.png)   ![a](©.png)
[a](<u ©>)   [§]   [§](u "t⏎©")   [a](u/©#x)   ![a §](i.png){width=©}   [a](u){k=©}   [*§*](u)   [[§]](u)
[§] (u)   [a]( u )   <http://a.b/©>   <m@x.y>   http://a.b/©   https://a.b/c_d?e=1&f=©   www.a.b/©   m@x.y
[[wiki]]   [[a|§]]   [§]{.c k="©"}   [§]{.smallcaps}   [§]{.mark}   [§]{   [a]{k=©}   [](u)   [§]()
[a [b] §](u)   \[§](u)   [§\](u)   [@key, p. §]   @key [p. §]   [-@key]   [see @key; also @x §]   @key §
[§ @key, pp. 3-4]   [@{key}, §]   ^[§]   ^[a *§* b]   ^[   [^1   ^[§](u)   \*§\*   \_   \`   \$   \[ §   \\
&amp;   &copy;   &#65;   &   \#   §\   \ §   §\ x   &nope; §   :smile:   :+1:   :x §:   "§"   '§'   --   ---
...   '90s   5'10"   "a 'b §' c"   (c)   ->   x_§_y   \emph{©}   \textbf{© and ©}   \textbf{   \foo   \begin
\ref{a}   \cite[©]{x}   \verb|x|   \newline   \textbf{a⏎© b}   \emph{a % ©⏎©}   \item §   \foo[©]{b}
\foo{a}{©}   \end{x}   \begin{x}   \%   \   }   {   {=latex}   {.c}   |   *   **   _   [   ](   ]   <   >   ~~
^   ~   '   "   \(   \)   \[   $   $$   Ctrl-`   press `$   #§   # §   + §   1. §   a) §   §.   §)   % §   100 %
50 % §   \{§\}   a | § | b
""")


# Lines below a call that is alone on its line, and lines of environments.
BELOW = _pieces(r"""
∅   ∅   ⏎   some text   # Heading   - an item⏎- two   1. one⏎2. two   > quote   | a | b |⏎|---|---|⏎| 1 | 2 |
```⏎©⏎```   ---⏎   ---   ␣␣␣␣indented   ===   :␣␣␣definition   Title⏎===   * * *   | line⏎| block   ©
~~~⏎x⏎~~~   ::: c⏎x⏎:::   \newpage   <div>⏎x⏎</div>
""")
TEX = _pieces(r"""
text ©   \node at (1,2) {©};   a & © \\   % ©   x % ©   50\% ©   ©   \textbf{©   ∅   ␣␣©   - ©   \begin{y}
\end{y}
""")
HTML = _pieces(r"""
<div>⏎§⏎</div>   <div k="©">⏎⏎§⏎⏎</div>   <!-- §⏎⏎§ -->   <!-- §   <?php⏎§⏎?>   <![CDATA[⏎§⏎]]>   <pre>⏎§⏎</pre>
<script>⏎§⏎⏎§⏎</script>   <style>§</style>   <textarea>⏎§⏎</textarea>   <pre>⏎§
<table>⏎<tr><td>§</td></tr>⏎</table>   <p>§</p>   <hr>⏎§   <div>⏎§
<details>⏎<summary>§</summary>⏎⏎§⏎⏎</details>   <div class='a'⏎k='©'>⏎*§*⏎</div>   <b>⏎§⏎</b>   <!DOCTYPE §>
</div>⏎§   <section>⏎# §⏎</section>   <iframe>§</iframe>   <br>⏎§   <x-y>⏎§⏎</x-y>   <!-- a -->⏎§
text⏎<div>⏎§⏎</div>⏎text §
""")
HEADS = _pieces(r"""
% Title §⏎% Author §⏎% 2020 §   % Title §⏎␣␣on §⏎% A §; B   % §   %⏎% A §   ---⏎title: Title ©⏎---   % a⏎⏎%%
---⏎title: "© title"⏎author:⏎- A ©⏎- B⏎---   ---⏎abstract: |⏎␣␣A © *b*⏎⏎␣␣c ©⏎---
---⏎k: [a, 'b ©']⏎m: {n: x ©}⏎...   ---⏎# ©⏎t: x⏎---   ---⏎title: >⏎␣␣a⏎␣␣©⏎...   Title: a §⏎Author: b §⏎
---⏎n: 5⏎b: true⏎s: 'x `©` y'⏎---   ---⏎u: http://a.b/©⏎---   ---⏎⏎text §⏎⏎---
""")


class _Author:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._number = 100
        self._notes = 0
        self._blocks: list[Callable[[int], list[str]]] = [
            *[self._paragraph] * 5,
            *[self._alone] * 4,
            *[self._heading] * 2,
            *[self._items] * 5,
            *[self._quote] * 2,
            *[self._definitions, self._line_block, self._note, self._reference, self._divs, self._rule],
            *[self._indented, self._fenced, self._fenced, self._raw_block, self._environment, self._environment],
            *[self._maths, self._html, self._html, self._yaml, self._pipe, self._simple, self._multiline, self._grid],
            *[self._figure, self._loose_ends],
        ]

    def document(self, seed: int) -> Document:
        head = self._chance(0.2) and self._head()
        blocks = [self._block(0) for _ in range(self._random.choice((1, 2, 2, 3, 3, 4, 5)))]
        text = "\n".join(head or [])
        for block in blocks:
            glue = "\n\n" if self._chance(0.85) else "\n"
            text += (glue if text else "") + "\n".join(block)
        if "[ref]" in text and self._chance(0.7):
            text += "\n\n" + "\n".join(self._reference(0))
        reader = "markdown" if self._chance(0.45) else self._random.choice(READERS)
        return Document(
            seed,
            reader + self._switches(reader),
            self._random.choice((4, 4, 4, 4, 4, 2, 8, 3)),
            text.strip("\n"),
            defined_first=self._chance(0.5),
            crlf=self._chance(0.1),
            mark=self._chance(0.05),
            open_end=self._chance(0.1),
            also=self._template() if self._chance(0.4) else "",
        )

    def _template(self) -> str:
        """Return a template that holds TeX, some of which reaches beyond it, or defines what holds elsewhere."""
        lines = "\n".join(self._random.choice(TEX) for _ in range(self._random.choice((1, 1, 2, 3))))
        return f"%%template t($a)\n{lines}\n=end"

    def _switches(self, reader: str) -> str:
        if self._chance(0.55):
            return ""
        known = [each for each in alone.extensions(reader) if each not in _NOT_SWITCHED]
        chosen = self._random.sample(known, self._random.choice((1, 1, 2, 3)))
        return "".join(("-" if each in alone.defaults(reader) else "+") + each for each in chosen)

    # Pieces of a line.

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _call(self, *, plain: bool = False) -> str:
        self._number += 1
        if plain or self._chance(0.7):
            return f"%%k({self._number})"
        form = self._random.choice(('%%k("{}")', "%%k( {} )", "%%k(n={})", "%%k('{}')", "%%k(\n{})", "%%k({}  )"))
        return form.format(self._number)

    def _word(self) -> str:
        return self._random.choice(WORDS)

    def _glued(self) -> str:
        if self._chance(0.06):
            return self._random.choice(HELD) + self._call(plain=True)
        left = self._random.choice(LEFT) if self._chance(0.5) else ""
        right = self._random.choice(RIGHT) if self._chance(0.5) else ""
        return left + self._call() + right

    def _filled(self, template: str, calls: float = 0.6) -> str:
        def fill(found: re.Match[str]) -> str:
            if not self._chance(calls):
                return "word"
            return self._call(plain=found[0] == "©" or self._chance(0.5))

        return re.sub("[§©]", fill, template)

    def _inline(self) -> str:
        kind = self._random.random()
        if kind < 0.4:
            return self._word()
        return self._glued() if kind < 0.6 else self._filled(self._random.choice(INLINES))

    def _line(self, most: int = 5) -> str:
        """Text of a paragraph, mostly on one line."""
        pieces = [self._inline() for _ in range(self._random.randint(1, most))]
        return "".join(
            piece + (self._random.choice((" ", " ", " ", " ", " ", "", "\n", "  \n", "\\\n")) if number else "")
            for number, piece in reversed(list(enumerate(pieces)))
        )

    def _short(self) -> str:
        """Text on one line, for tables and headings."""
        return " ".join(self._line(2).replace("\\\n", " ").split("\n"))

    # Blocks. Each is a list of lines.

    def _block(self, depth: int) -> list[str]:
        return "\n".join(self._random.choice(self._blocks)(depth)).split("\n")

    def _inside(self, depth: int) -> list[str]:
        """Return what a container holds."""
        if depth >= 2 or self._chance(0.5):
            return self._paragraph(depth) if self._chance(0.6) else self._alone(depth)
        lines = self._block(depth + 1)
        if self._chance(0.4):
            lines += ([""] if self._chance(0.8) else []) + self._block(depth + 1)
        return lines

    def _paragraph(self, depth: int) -> list[str]:
        return "\n".join(self._line() for _ in range(self._random.choice((1, 1, 1, 2)))).split("\n")

    def _alone(self, depth: int) -> list[str]:
        """Return a call on a line of its own, and what may stand above and below."""
        above = self._random.choice(([], [], ["some text"], ["# Heading"], [self._line(2)], ["text", ""]))
        chosen = self._random.choice([*BELOW, self._line(2)])
        below = self._filled(chosen, 1).split("\n") if chosen else []
        return [*above, self._call(), *below]

    def _heading(self, depth: int) -> list[str]:
        text = self._short()
        style = self._random.randrange(6)
        if style == 0:
            return [text, self._random.choice(("===", "---", "=", "-------"))]
        attributes = self._random.choice(
            ("", "", "", " {#id .c}", self._filled(' {k="©"}'), self._filled(" {k=©}"), " {-}", " {.unnumbered")
        )
        closing = self._random.choice(("", "", " ##", " #"))
        return [
            "#" * self._random.randint(1, 6) + self._random.choice((" ", " ", " ", "")) + text + closing + attributes
        ]

    def _items(self, depth: int) -> list[str]:
        marks = [
            "- ",
            "* ",
            "+ ",
            "-   ",
            "1. ",
            "2) ",
            "(1) ",
            "#. ",
            "i. ",
            "A) ",
            "a. ",
            "(@) ",
            "(@ref) ",
            "- [ ] ",
            "- [x] ",
        ]
        marks += ["-\t", "10. ", "-", "1.  ", "(iv) ", "IV. ", "B.  "]
        mark = self._random.choice(marks)
        indent = " " * self._random.choice((len(mark), len(mark), len(mark), 4, 2)) if self._chance(0.9) else "\t"
        lead = self._random.choice(("", "", "", "", " ", "   "))
        lines: list[str] = []
        for _ in range(self._random.randint(1, 3)):
            content = [self._call()] if self._chance(0.15) else self._inside(depth)
            content = "\n".join(content).split("\n")
            item = [lead + mark + content[0]]
            for line in content[1:]:
                lazy = self._chance(0.06)
                item.append(line if lazy or not line else lead + indent + line)
            lines += ([""] if lines and self._chance(0.4) else []) + item
        return lines

    def _quote(self, depth: int) -> list[str]:
        mark = self._random.choice(("> ", "> ", "> ", ">", " > "))
        lines = "\n".join(self._inside(depth)).split("\n")
        return [line if at and line and self._chance(0.06) else (mark + line).rstrip() for at, line in enumerate(lines)]

    def _definitions(self, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self._random.randint(1, 2)):
            mark = self._random.choice((":   ", "~   ", ": ", ":\t", "  ~ "))
            first, *rest = "\n".join(self._inside(depth)).split("\n")
            lines += [self._short(), *([""] if self._chance(0.3) else []), mark + first]
            lines += [f"    {line}" if line else "" for line in rest] + [""]
        return lines

    def _line_block(self, depth: int) -> list[str]:
        lines = [
            "| " + " " * self._random.choice((0, 0, 1, 3)) + self._short() for _ in range(self._random.randint(1, 3))
        ]
        return lines + (["  continued " + self._short()] if self._chance(0.2) else [])

    def _note(self, depth: int) -> list[str]:
        self._notes += 1
        name = self._random.choice((f"{self._notes}", f"n{self._notes}"))
        first, *rest = "\n".join(self._inside(2)).split("\n")
        return [
            f"text[^{name}] {self._short()}",
            "",
            f"[^{name}]: {first}",
            *(f"    {line}" if line else "" for line in rest),
        ]

    def _reference(self, depth: int) -> list[str]:
        return [
            self._filled(
                self._random.choice(
                    (
                        "[ref]: http://x/©",
                        '[ref]: /u "©"',
                        "[ref]: <u ©>",
                        "[ref]: /u\n  '©'",
                        "[ref]: u {k=©}",
                        "*[HTML]: §",
                    )
                )
            )
        ]

    def _divs(self, depth: int) -> list[str]:
        opener = self._random.choice(
            ("::: c", "::: {.c}", ":::: {.c ::::", self._filled('::: {#d .c k="©"}'), "::: {k='x'}")
        )
        blank = [""] if self._chance(0.5) else []
        closer = [] if self._chance(0.08) else [":::" + self._random.choice(("", "", ":"))]
        return [opener, *blank, *self._inside(depth), *blank, *closer]

    def _rule(self, depth: int) -> list[str]:
        return [self._random.choice(("---", "***", "* * *", "___", "- - -", "-----"))]

    def _indented(self, depth: int) -> list[str]:
        margin = self._random.choice(("    ", "\t", "     ", "   "))
        return [margin + self._short() for _ in range(self._random.randint(1, 3))]

    def _fenced(self, depth: int) -> list[str]:
        fence = self._random.choice(("```", "```", "~~~", "````", "~~~~~"))
        opener = fence + self._random.choice(
            ("", "", "python", " md", " {.md}", self._filled(' {.c k="©"}'), " {#x .c}", "{=latex}", " {=html}")
        )
        mark, length = fence[0], len(fence)
        odd = [
            f"    {fence}",
            f"  {fence}",
            f" {mark * (length - 1)}",
            "~~~" if mark == "`" else "```",
            f"{fence} x",
            f"{fence}{mark}",
            "",
        ]
        body = [
            self._random.choice(odd) if self._chance(0.3) else self._short() for _ in range(self._random.randint(1, 3))
        ]
        closer = self._random.choice(([fence],) * 8 + ([f"{fence}{mark}"], [f"   {fence}"], [f"    {fence}"], []))
        return [opener, *body, *closer]

    def _raw_block(self, depth: int) -> list[str]:
        return ["```{=latex}", self._filled("\\foo{§}"), self._short(), "```"]

    def _environment(self, depth: int) -> list[str]:
        name = self._random.choice(("center", "tikzpicture", "tabular", "equation", "block", "x*"))
        lines = [self._filled(self._random.choice(TEX), 0.8) for _ in range(self._random.randint(1, 3))]
        style = self._random.randrange(10)
        if style == 0:
            return [f"\\begin{{{name}}}", *lines]
        if style == 1:
            return [self._random.choice(("\\textbf{", "\\newcommand{\\foo}{", "\\parbox{1cm}{", "\\foo[")), *lines, "}"]
        if style == 2:
            return [
                self._filled(
                    self._random.choice(
                        ("\\newpage", "\\section{©}", "\\foo{©} text ©", "\\vspace{1cm} §", "\\foo{a}[©]")
                    )
                )
            ]
        return [f"\\begin{{{name}}}" + self._random.choice(("", "", "{ll}", "[t]")), *lines, f"\\end{{{name}}}"]

    def _maths(self, depth: int) -> list[str]:
        return self._filled(
            self._random.choice(
                ("$$\nx = © \\\\\ny\n$$", "\\[\n©\n\\]", "$$ x\n\n© $$", "$$©", "\\begin{equation}\n©\n\\end{equation}")
            )
        ).split("\n")

    def _html(self, depth: int) -> list[str]:
        return self._filled(self._random.choice(HTML), 0.8).split("\n")

    def _head(self) -> list[str]:
        return [*self._filled(self._random.choice(HEADS), 0.8).split("\n"), ""]

    def _yaml(self, depth: int) -> list[str]:
        return self._filled(
            self._random.choice(("---\na: b ©\n...", "---\nc: d ©\n---", "---\ntext §\n---", "---\n\n§"))
        ).split("\n")

    def _cells(self, count: int, width: int = 0) -> list[str]:
        cells = [
            self._short().replace("\t", " ") if self._chance(0.5) else self._glued().replace("\n", "")
            for _ in range(count)
        ]
        return [each[:width].strip() if width and not CALL.search(each) else each for each in cells]

    def _pipe(self, depth: int) -> list[str]:
        rows = [self._cells(2) for _ in range(self._random.randint(1, 3))]
        edge = self._chance(0.7)
        lines = [f"| {' | '.join(row)} |" if edge else " | ".join(row) for row in rows]
        rule = self._random.choice(("|---|:-:|", "|:--|--:|", "| --- | --- |")) if edge else "--- | ---"
        return [lines[0], rule, *lines[1:], *self._caption()]

    def _caption(self) -> list[str]:
        return (
            [""] * 1 + [self._random.choice(("Table: ", ": ", "table: ")) + self._short()] if self._chance(0.3) else []
        )

    def _columns(self, row: list[str]) -> str:
        return "".join(each.ljust(20) + " " for each in row).rstrip()

    def _simple(self, depth: int) -> list[str]:
        rule = f"{'-' * 20} {'-' * 20}"
        rows = [self._columns(self._cells(2, 20)) for _ in range(self._random.randint(1, 3))]
        head, foot = ([], [rule]) if self._chance(0.3) else ([self._columns(self._cells(2, 20))], [])
        return [*head, rule, *rows, *foot, *self._caption()]

    def _multiline(self, depth: int) -> list[str]:
        rule, full = f"{'-' * 20} {'-' * 20}", "-" * 41
        rows: list[str] = []
        for _ in range(self._random.randint(1, 2)):
            rows += [self._columns(self._cells(2, 20)) for _ in range(self._random.randint(1, 2))] + [""]
        head = [rule] if self._chance(0.3) else [full, self._columns(self._cells(2, 20)), rule]
        return [*head, *rows[:-1], full if head[0] == full else rule, *self._caption()]

    def _grid(self, depth: int) -> list[str]:
        rows = [self._cells(2) for _ in range(self._random.randint(1, 3))]
        width = max(len(each) for row in rows for each in row) + 2
        rule = f"+{'-' * width}+{'-' * width}+"
        lines = [rule]
        for at, row in enumerate(rows):
            lines.append("".join(f"| {each.ljust(width - 1)}" for each in row) + "|")
            lines.append(rule.replace("-", "=") if at == 0 and self._chance(0.5) and len(rows) > 1 else rule)
        return lines + self._caption()

    def _figure(self, depth: int) -> list[str]:
        return [
            self._filled(
                self._random.choice(
                    ('![§ caption](i.png "©")', "![§](©.png){#f width=50%}", "![§][ref]", "![](i.png)\n§")
                )
            )
        ]

    def _loose_ends(self, depth: int) -> list[str]:
        """Return openers that are never closed, and a call after each."""
        openers = [
            "`",
            "``",
            "$",
            "$$",
            "*",
            "**",
            "[",
            "[a](",
            "<b",
            "<!--",
            "\\textbf{",
            "\\begin{x}",
            "\\(",
            "\\[",
            "~~",
            "^[",
            '"',
            "{",
            "<a href='",
        ]
        lines = []
        for opener in self._random.sample(openers, self._random.randint(1, 3)):
            lines += [f"{self._word()} {opener}{self._random.choice(('', ' '))}{self._call()} {self._word()}"]
            lines += [""] if self._chance(0.5) else []
        return lines


def without(document: Document, text: str) -> Document:
    """Return a document with another text."""
    return replace(document, text=text)
