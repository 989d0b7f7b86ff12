"""A small deck, and ways to spoil it, for the editors to build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

DECK = """\
%%define third($x)
return 12 / $x
=end

%%define box($x)
return "\\\\fbox{" . third($x) . "}"
=end

# Été

Là, x:1:2: error[PM203]: %%box(3)
"""


MOVABLE = "\n# Déplacer\n\nLà : %%place(10mm, 20mm, 30mm, example-image-a) fin.\n"


@dataclass(frozen=True)
class Deck:
    """A document in a folder of its own, both with names that a shell would take apart."""

    path: Path

    def misspell(self) -> None:
        """Spoil line 11, column 26, so that the line shown below the error looks like an error itself."""
        self.path.write_text(DECK.replace("%%box(3)", "%%bax(3)"), "utf-8")

    def divide_by_zero(self) -> None:
        """Have line 2, column 8, fail in a call at line 6, column 20, in a call at line 11, column 26."""
        self.path.write_text(DECK.replace("%%box(3)", "%%box(0)"), "utf-8")

    def upset_latex(self) -> None:
        """Have line 6, column 9, be wrong for LaTeX alone, in a call at line 11, column 26."""
        self.path.write_text(DECK.replace("fbox", "fbux"), "utf-8")

    def add_picture(self) -> int:
        """Add a slide with a picture whose place is in its call; return the line of that."""
        text = self.path.read_text("utf-8") + MOVABLE
        self.path.write_text(text, "utf-8")
        return text.count("\n")

    @property
    def pdf(self) -> Path:
        return self.path.with_suffix(".pdf")


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    folder = tmp_path / "mon exposé"
    folder.mkdir()
    (folder / "ma soutenance.md").write_text(DECK, "utf-8")
    return Deck(folder / "ma soutenance.md")
