"""A document with macros of all origins, for the commands that tell of them."""

from __future__ import annotations

from pathlib import Path

DECK = r"""%%use shapes

%%define strong($text)
# Bold, as LaTeX has it.
"\\textbf{$text}"
=end
%%define badge($text, $colour = "blue") "\\colorbox{$colour}{" . strong($text) . "}" =end
%%define framed($title) latex("\\begin{block}{$title}") . $body . latex("\\end{block}") =end

## A slide

%%badge(new) and %%badge(old, colour=red)

%%begin framed(Title)
Text, %%square(2cm)
%%end framed
"""
LIBRARY = r"""A square.
%%define square($side, @more) "\\rule{$side}{$side}" =end
"""


def write(folder: Path) -> None:
    """Write the document and its library, as ``talk.md`` and ``shapes.pmac``."""
    (folder / "talk.md").write_text(DECK)
    (folder / "shapes.pmac").write_text(LIBRARY)
