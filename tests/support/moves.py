"""Kinds of calls whose numbers place what they paint, what is asked of ``percent-macros move`` for each, and a judge.

They stand in one deck, each on a slide of its own. The judge is ``percent-macros boxes`` on the deck with all changes.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pandoc_percent_macros.base import Fault
from pandoc_percent_macros.build.builder import kept
from pandoc_percent_macros.build.progress import progress_for
from pandoc_percent_macros.pages import Box
from pandoc_percent_macros.placing.move import Mover
from pandoc_percent_macros.placing.placed import PlacedDocument
from pandoc_percent_macros.placing.solving import rows_of
from pandoc_percent_macros.placing.wishes import Plan, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

# Each macro paints `example-image-a`, which comes with TeX, or a rectangle, or a word.
MACROS = r"""
%%define node($options, $what)
latex("\\begin{tikzpicture}[remember picture,overlay]\\node[inner sep=0,outer sep=0,$options]"
  . " at (current page.north west) {$what};\\end{tikzpicture}")
=end
%%define picture($width) "\\includegraphics[width=$width]{example-image-a}" =end
%%define at($x, $y, $w) node("anchor=north west,xshift=$x,yshift=-$y", picture($w)) =end
%%define up($x, $y, $w) node("anchor=north west,xshift=$x,yshift=$y", picture($w)) =end
%%define anchored($x, $y, $anchor, $w = "20mm") node("anchor=$anchor,xshift=$x,yshift=-$y", picture($w)) =end
%%define defaults($file, $x = "10mm", $y = "20mm", $w = "15mm")
node("anchor=north west,xshift=$x,yshift=-$y", "\\includegraphics[width=$w]{$file}")
=end
%%define nothing_given($x = 12, $y = -23.5) node("anchor=north west,xshift=$x mm,yshift=$y mm", picture("15mm")) =end
%%define percent($x, $y) my $r = $x / 50; my $d = $y / 100; at("$r\\paperwidth", "$d\\paperheight", "15mm") =end
%%define share($x, $y) at("$x\\paperwidth", "$y\\paperheight", "15mm") =end
%%define away($dx, $dy) node("anchor=north west,xshift={60mm-($dx)},yshift={-40mm+2*($dy)}", picture("15mm")) =end
%%define inner($x, $y) at($x . "mm", $y . "mm", "15mm") =end
%%define middle($x, $y) inner($x + 10, 2 * $y) =end
%%define outer($place) my ($x, $y) = split ";", $place; middle($x, $y) =end
%%define row($x, $y, $gap)
my $text = "";
for my $i (0 .. 3) {
  my $left = $x + $i * $gap;
  $text = $text . "\\node[anchor=north west,inner sep=0,outer sep=0,xshift=$left mm,yshift=-$y mm]"
    . " at (current page.north west) {" . picture("12mm") . "};";
}
latex("\\begin{tikzpicture}[remember picture,overlay]$text\\end{tikzpicture}")
=end
%%define polar($angle, $radius)
latex("\\begin{tikzpicture}[remember picture,overlay]\\node[inner sep=0,outer sep=0,anchor=center]"
  . " at ([shift={($angle:$radius)}]current page.center) {" . picture("12mm") . "};\\end{tikzpicture}")
=end
%%define squared($x, $y) my $a = $x * $x; my $b = $y * $y / 2; at("$a mm", "$b mm", "15mm") =end
%%define diagonal($d) at("$d mm", "$d mm", "15mm") =end
%%define across($d) at("$d mm", "30mm", "15mm") =end
%%define rectangle($x0, $y0, $x1, $y1)
latex("\\begin{tikzpicture}[remember picture,overlay,shift={(current page.north west)}]"
  . "\\fill ($x0,-$y0) rectangle ($x1,-$y1);\\end{tikzpicture}")
=end
%%define turned($a, $b) at($b, $a, "15mm") =end
%%define skewed($a, $b) my $x = $a + $b / 2; my $y = $b - $a / 4; at("$x mm", "$y mm", "15mm") =end
%%define draw($code)
latex("\\begin{tikzpicture}[remember picture,overlay,shift={(current page.north west)}]$code\\end{tikzpicture}")
=end
%%define scaled($x, $y)
latex("\\begin{tikzpicture}[remember picture,overlay,shift={(current page.north west)},x=2mm,y=-5mm]"
  . "\\node[inner sep=0,outer sep=0,anchor=north west] at ($x,$y) {" . picture("15mm") . "};\\end{tikzpicture}")
=end
%%define indented($by, $down) latex("\\vspace*{$down}\\hspace*{$by}" . picture("15mm")) =end
%%define block($x, $y, $body)
latex("\\begin{tikzpicture}[remember picture,overlay]\\node[anchor=north west,xshift=$x,yshift=-$y]"
  . " at (current page.north west) {\\begin{minipage}{30mm}")
  . $body . latex("\\end{minipage}};\\end{tikzpicture}")
=end
%%define grid($column, $line) my $x = int($column) * 10; my $y = int($line) * 10; at("$x mm", "$y mm", "8mm") =end
%%define spaced($what, $by) latex("\\hspace*{$by}") . $what =end
%%define jumping($x, $y)
latex("\\only<1>{") . at($x, $y, "15mm") . latex("}\\only<2>{") . at("5mm", $y, "15mm") . latex("}")
=end
%%define fixed($n) node("anchor=north west,xshift=10mm", "\\phantom{$n}" . picture("15mm")) =end
%%define word() at("10mm", "20mm", "15mm") =end
%%define whole($w) latex("\\includegraphics[width=$w]{example-image-a}") =end
%%define factor($f) latex("\\includegraphics[scale=$f]{example-image-a}") =end
%%define high($h) latex("\\includegraphics[height=$h]{example-image-a}") =end
"""


@dataclass(frozen=True)
class Kind:
    """A call, and what is asked for it."""

    name: str
    call: str
    wish: Wish
    refused: str = ""  # a part of the reason; "" where it moves
    before: str = ""  # lines of the slide before the call
    column: int | None = None


COLUMN = "::: columns\n::: {.column width=50%}\nText\n:::\n::: {.column width=50%}\n"
BODY = "%%begin block(20mm, 60mm)\n\nText.\n\n"
CELL = "%%at(40mm, 30mm, 20mm)   | x |\n+--------------------------+---+"
GRID = "+--------------------------+---+\n| A                        | B |\n+==========================+===+\n| "
TABLE = "| A | B |\n|---|---|\n| "


def by(right: float, down: float) -> Wish:
    return Wish(by=(right, down))


KINDS = [
    Kind("mm", "%%at(70mm, 30mm, 20mm)", by(-10, 4)),
    Kind("cm", "%%at(7cm, 3.5cm, 20mm)", by(-3.3, 4.7)),
    Kind("in", "%%at(2in, 1.25in, 20mm)", by(7, -5.5)),
    Kind("pt", "%%at(200pt, 60pt, 20mm)", by(1, 1)),
    Kind("bp and pc", "%%at(200bp, 6pc, 20mm)", by(-7.5, 3.2)),
    Kind("a space before the unit", "%%at(70 mm, 30 mm, 20mm)", by(2, 3)),
    Kind("a negative number", "%%up(30mm, -25mm, 20mm)", by(0, 7)),
    Kind("over zero", "%%at(3mm, -2mm, 20mm)", by(-5, 6)),
    Kind("a plus sign, no zero", "%%up(+30mm, -.5cm, 20mm)", by(-1, 4)),
    Kind("TeX's lengths", "%%at(.5\\paperwidth, 0.3\\textheight, 20mm)", by(12.4, -3)),
    Kind("a length alone", "%%at(\\paperwidth, 20mm, 20mm)", by(-30, 0)),
    Kind("per cent, twice", "%%percent(20, 30)", by(10, 10)),
    Kind("a percentage", "%%place(12.5%, 30%, 20mm, example-image-a)", by(5, 5)),
    Kind("shares", "%%share(0.25, .4)", by(-5, 8)),
    Kind("shares of the prelude", "%%place(0.2, 0.3, 0.25, example-image-a)", by(20, 2)),
    Kind("minus the number", "%%away(12mm, 3mm)", by(4, 9)),
    Kind("anchor center", "%%anchored(60mm, 40mm, center)", by(3, -2)),
    Kind("anchor south east, to", "%%anchored(60mm, 40mm, south east)", Wish(to=(10, 20))),
    Kind("nested macros", "%%middle(20, 12)", by(7, 7)),
    Kind("nested, two numbers in one text", '%%outer("20;12")', by(7, -4)),
    Kind("a loop, its start", "%%row(10, 30, 20)", by(15, 5)),
    Kind("named arguments", "%%at(w=20mm, y=30mm, x=40mm)", by(-10, 2)),
    Kind("a default written out", "%%defaults(example-image-b, 30mm)", by(0, 12)),
    Kind("all defaults written out", "%%nothing_given()", by(5.5, 6)),
    Kind("polar, not linear", "%%polar(30, 25mm)", by(-15, -10)),
    Kind("squares", "%%squared(5, 8)", by(20, -8)),
    Kind("a line, along it", "%%diagonal(30)", by(6, 6)),
    Kind("two corners", "%%rectangle(10mm, 20mm, 40mm, 35mm)", by(12, 3)),
    Kind("axes the other way round", "%%turned(30mm, 40mm)", by(12, 3)),
    Kind("axes askew", "%%skewed(30, 40)", by(12, 3)),
    Kind("TikZ in an argument", "%%draw(\\node[draw] at (3.5,-4) {A 2};)", by(12, -3)),
    Kind("a scaled picture", "%%scaled(20, 6)", by(3, 2)),
    Kind("in the text", "%%indented(20mm, 3mm)", by(8, 2)),
    Kind("a block of text", "%%begin block(40mm, 50mm)\n\nSome *text*.\n\n%%end block", by(-20, 4)),
    Kind("several lines", "%%at(40mm,\n  30mm, 20mm)", by(5, 5)),
    Kind("several lines of a quotation", "%%at(40mm,\n> 30mm, 20mm)", by(5, 5), before="> ", column=3),
    Kind("in a column", "%%at(40mm, 30mm, 20mm)\n:::\n:::", by(5, 5), before=COLUMN),
    Kind("in a pipe table", "%%at(40mm, 30mm, 20mm) | text |", by(5.25, 5), before=TABLE, column=3),
    Kind("in a list", "%%at(40mm, 30mm, 20mm)", by(5, 5), before="1. Text\n2. And ", column=8),
    Kind("in the body of another call", "%%at(40mm, 30mm, 20mm)\n\n%%end block", by(5, 5), before=BODY),
    Kind("in the arguments of another call", "%%spaced(%%at(40mm, 30mm, 20mm), 1pt)", by(5, 5)),
    Kind("elsewhere on the next page", "%%jumping(40mm, 30mm)", by(5, -5)),
    Kind("whole numbers", "%%grid(1, 0)", by(20, 10)),
    Kind("quotes", "%%at(\"40mm\", '30mm', 20mm)", by(5, 5)),
    Kind("shown later", "%%at(40mm, 30mm, 20mm)", by(5, 5), before="Some text.\n\n. . .\n\n"),
    Kind("the second on its line", "%%at(40mm, 60mm, 10mm)", by(5, 5), before="%%at(20mm, 30mm, 10mm) ", column=24),
    Kind("width", "%%at(40mm, 30mm, 20mm)", Wish(width=33)),
    Kind("width, from the middle", "%%anchored(60mm, 40mm, center, 20mm)", Wish(width=30)),
    Kind("width, a default", "%%anchored(60mm, 40mm, center)", Wish(width=30)),
    Kind("width, a share", "%%whole(0.3\\textwidth)", Wish(width=50)),
    Kind("width, of the prelude", "%%image(example-image-a, 0.5)", Wish(width=70)),
    Kind("width, by a factor", "%%factor(0.5)", Wish(width=47)),
    Kind("width, by the height", "%%high(30mm)", Wish(width=30)),
    Kind("width and place", "%%at(40mm, 30mm, 20mm)", Wish(to=(30, 20), width=40)),
    Kind("a line, off it", "%%diagonal(30)", by(6, 0), refused="along a line only, 1.00 mm down"),
    Kind("right and left only", "%%across(30)", by(6, 3), refused="right and left only"),
    Kind("whole numbers only", "%%grid(3, 4)", by(3, 0), refused=" "),
    Kind("in a grid table", CELL, by(-31, 5), refused="read what is around", before=GRID, column=3),
    Kind("no number moves it", "%%fixed(30)", by(6, 3), refused="none of the call's numbers moves"),
    Kind("no number", "%%word()", by(6, 3), refused="nothing in the call is a number"),
    Kind("only its size", "%%whole(50mm)", by(6, 3), refused="without changing its size"),
    Kind("no number for the width", "%%word()", Wish(width=20), refused="nothing in the call is a number"),
]


@dataclass(frozen=True)
class Outcome:
    """What became of a kind."""

    kind: Kind
    line: int
    before: Box | None  # None where it was not found
    plan: Plan | None
    reason: str  # of a refusal


@dataclass(frozen=True)
class Judged:
    """What a kind that moved has reached; in millimetres."""

    outcome: Outcome
    moved: tuple[float, float]
    width: float
    error: float


def deck(kinds: Sequence[Kind]) -> tuple[str, list[int]]:
    """Return a deck with some kinds of call, and the line of each call."""
    header = "---\nheader-includes: |\n  \\usepackage{tikz,graphicx}\n---\n"
    text, lines = header + MACROS, []
    for number, each in enumerate(kinds):
        text += f"\n# {number}\n\n{each.before}"
        lines.append(text.count("\n") + 1)
        text += f"{each.call}\n"
    return text, lines


def moved(path: Path, kinds: Sequence[Kind], *options: str) -> list[Outcome]:
    """Write a deck with some kinds of call, move them all in one process, and return what became of each."""
    text, lines = deck(kinds)
    path.write_text(text, "utf-8")
    outcomes = []
    progress = progress_for("pages", quiet=True, each_phase=False)
    with progress, PlacedDocument([str(path), *options], progress, kept()) as document:
        assert document.build()
        mover = Mover(document)
        for kind, line in zip(kinds, lines, strict=True):
            call, plan, reason = None, None, ""
            try:
                call = mover.find(str(path), line, kind.column)
                plan = mover.plan(call, kind.wish)
                mover.apply(plan)
            except Fault as fault:
                reason = "; ".join((fault.message, *fault.hints))
            outcomes.append(Outcome(kind, line, call.box if call else None, plan, reason))
    return outcomes


def judged(path: Path, outcomes: Sequence[Outcome], *options: str) -> list[Judged]:
    """Return what ``percent-macros boxes`` says of a deck with all changes, and how far that is from what was asked."""
    command = ["percent-macros", "boxes", path.name, "--json", *options]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, check=True)
    found: dict[tuple[int, int], Box] = {}
    for each in json.loads(done.stdout):
        place = (each["line"], each["column"])
        found.setdefault(place, Box(each["x0"], each["y0"], each["x1"], each["y1"]))
    judged = []
    for each in outcomes:
        if each.plan and each.before:
            call = each.plan.movable.marked
            box = found[call.line, call.column]
            rows, asked = each.kind.wish.rows(each.before)
            reached = rows_of((box.x0, box.y0, box.x1, box.y1), rows)
            error = max(abs(one - other) for one, other in zip(asked, reached, strict=True))
            judged.append(Judged(each, (box.x0 - each.before.x0, box.y0 - each.before.y0), box.width, error))
    return judged
