"""A run of LaTeX that failed, with all that is needed to find out why."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Attempt:
    """One run of LaTeX."""

    log: str  # lines are not broken
    tex: str  # the LaTeX that was run: the log counts its lines
    succeeded: bool


@dataclass(frozen=True)
class MarkedDocument:
    """The LaTeX of a document, with marks around the results of macros and the author's own TeX."""

    tex: str
    answer: str  # what the filter tells about the marks, JSON; "" when it told nothing


@dataclass(frozen=True)
class Failure:
    """A document whose LaTeX failed, and the means to try it otherwise."""

    files: tuple[str, ...]  # the inputs as the author named them
    reader: str  # pandoc's --from, or what pandoc takes without it
    target: str  # the format that pandoc writes: latex, beamer
    arguments: tuple[str, ...]  # pandoc's command line as the author wrote it
    log: str
    tex: str
    folder: Path  # the author's working directory
    marked: Callable[[], MarkedDocument]  # runs pandoc once more
    typeset: Callable[[str], Attempt]  # runs LaTeX once on a text, in a fresh folder
