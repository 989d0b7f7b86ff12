"""The decks of the pictures, beside these modules: copied, and built as an author does."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
_EXAMPLE = HERE.parents[1] / "examples/talk/images"


def copied(name: str, folder: Path) -> Path:
    """Return a copy of a deck, with the example's pictures beside it, in ``images``."""
    shutil.copytree(_EXAMPLE, folder / "images", dirs_exist_ok=True)
    return Path(shutil.copy(HERE / name, folder))


def built(deck: Path) -> Path:
    """Return the PDF of a deck."""
    pdf = deck.with_suffix(".pdf")
    run(deck, "build", deck.name, "--quiet", "-t", "beamer", "-o", pdf.name)
    return pdf


def run(deck: Path, *arguments: str) -> str:
    """Return what ``percent-macros`` writes when it is run beside a deck."""
    command = ["percent-macros", *arguments]
    return subprocess.run(command, cwd=deck.parent, check=True, stdout=subprocess.PIPE, text=True).stdout
