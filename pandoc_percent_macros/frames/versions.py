"""Several versions of a frame, typeset as the pages of one run of LaTeX."""

from collections.abc import Sequence
from dataclasses import replace

from ..latex import Job, parted
from .deck import deck_of


def frame_with(tex: str, needle: str) -> str | None:
    """Return the first frame of a LaTeX text in which some text stands; None where there is none."""
    deck = deck_of(tex)
    return next((frame for frame in deck.frames if needle in frame), None) if deck else None


def job_of(job: Job, frames: Sequence[str]) -> Job:
    """Return a job that typesets some frames alone, with the preamble of another."""
    preamble, _ = parted(job.tex) or ("", "")
    text = "\n".join(frames)
    return replace(job, tex=f"{preamble}\\begin{{document}}\n{text}\n\\end{{document}}\n")
