"""Running LaTeX on some frames alone, with what a full run of their deck left, until their pictures have places.

Labels, the lists of slides and the like are then those of the whole deck. Nothing is known of the state before a frame
but what its text says.
"""

import shutil
from pathlib import Path

from ..latex import JOB, Job, Run, Stop, carried, run_once
from .states import places, with_moved, with_places

MOST_PASSES = 3  # of one run, as places of pictures change


class NotTypeset(Exception):
    """Frames can't be typeset alone: why."""


def as_left(kept: Path, output: Path) -> Path:
    """Return a folder, made anew, in which there is what a run left for the next one, and nothing else.

    Args:
        kept: the folder with all that the run left.
        output: the one to be made.
    """
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    for path in carried(kept):
        target = output / path.relative_to(kept)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    return output


def run_alone(
    job: Job,
    output: Path,
    kept: Path,
    format_file: Path | None,
    stop: Stop | None = None,
    alike: Path | None = None,
) -> Run:
    """Run LaTeX on a text with frames, until the places of pictures are those that it reads.

    Args:
        job: the text.
        output: the folder for all that LaTeX writes; what is there is removed.
        kept: the folder with what the full run left.
        format_file: a format with the text's preamble.
        stop: is asked from time to time whether to raise ``Stopped``.
        alike: what such a run left of a text much like this one, so that its pictures have mostly the same places.

    Raises:
        NotTypeset: LaTeX fails, or places keep changing.
    """
    aux = as_left(kept, output) / f"{JOB}.aux"
    before = _text(kept / aux.name)
    if alike:
        before = with_places(before, places(_text(alike / aux.name)))
    for _ in range(MOST_PASSES):
        aux.write_text(before, "utf-8", "surrogateescape")
        run = run_once(job, output, None, format_file, stop)
        if not run.succeeded:
            raise NotTypeset("LaTeX fails")
        moved = with_moved(before, _text(aux))
        if moved is None:
            return run
        before = moved
    raise NotTypeset("places of pictures keep changing")


def _text(path: Path) -> str:
    return path.read_text("utf-8", "surrogateescape")
