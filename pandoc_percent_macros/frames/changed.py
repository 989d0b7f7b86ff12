"""Typesetting only what changed: from the state that a full run of LaTeX told of before each changed frame."""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from ..latex import CAN_RUN_AHEAD, JOB, Job, Run, RunAhead, Stop, run_once
from .alone import MOST_PASSES, as_left
from .deck import Deck, deck_of, mark, reaches_out
from .states import Exchange, Passage, definitions, passages, restoring, with_moved

_FEW = 3  # frames that are typeset alone, however few there are


@dataclass(frozen=True)
class Exchanged:
    """A PDF in which the pages of changed frames are exchanged."""

    pdf: Path
    frames: int  # that were typeset
    pages: int  # of the PDF
    inputs: tuple[str, ...]  # files that LaTeX read for them


@dataclass(frozen=True)
class _Base:
    """What the last full run left."""

    deck: Deck
    job: Job
    format_file: Path
    kept: Path  # the folder
    passages: dict[int, Passage]
    stamps: dict[str, str]  # of the files that it read


def is_available() -> bool:
    """Return whether there is what PDFs are put together with."""
    return find_spec("pikepdf") is not None


def has_frames(job: Job) -> bool:
    """Return whether a text has frames that can be told."""
    return deck_of(job.tex) is not None


class ChangedFrames:
    """The last full run of a deck, and what is made of it for a version of the deck with some frames changed."""

    def __init__(self, work: Path) -> None:
        """Prepare; ``work`` is a folder for temporary files, which needs not be there yet."""
        self._work = work
        self._base: _Base | None = None
        self._ahead: RunAhead | None = None
        self.gave_way = "nothing was typeset yet"  # why the last answer was None

    def marked(self, job: Job) -> Job:
        """Return a text that shows the same, and has the run of it tell of the state before and after each frame."""
        deck = deck_of(job.tex)
        return replace(job, tex=deck.marked(definitions())) if deck else job

    def remember(self, job: Job, format_file: Path | None, run: Run, kept: Path) -> None:
        """Take the last full run, of a marked text, as what later versions are compared with.

        Args:
            job: the text, without marks.
            format_file: the format that it was run from.
            run: what it was.
            kept: the folder with what it left; it must stay as it is.
        """
        deck = deck_of(job.tex)
        self._base = None
        if format_file and deck:
            told = passages((kept / f"{JOB}.aux").read_text("utf-8", "surrogateescape"))
            own = os.fspath(run.pdf.parent) + os.sep
            inputs = [each for each in run.inputs if not each.startswith(own)]
            self._base = _Base(deck, job, format_file, kept, told, _stamps(job, inputs))

    def anticipate(self) -> None:
        """Have LaTeX begin already, for the case that ``typeset`` follows; ``close`` ends that."""
        self.close()
        base = self._base
        if base and CAN_RUN_AHEAD:
            start = replace(base.job, tex=_start(base.deck))
            self._ahead = RunAhead(start, as_left(base.kept, self._output), base.format_file)

    def close(self) -> None:
        """End what ``anticipate`` has begun."""
        if self._ahead:
            self._ahead.close()
            self._ahead = None

    @property
    def _output(self) -> Path:
        return self._work / "latex"

    def typeset(self, job: Job, format_file: Path | None, stop: Stop | None = None) -> Exchanged | None:
        """Typeset the frames of a version of the deck that changed; None where that can't be all: see ``gave_way``.

        Args:
            job: the text.
            format_file: the format with its preamble.
            stop: is asked from time to time whether to raise ``Stopped``.
        """
        try:
            self.gave_way = ""
            return self._typeset(job, format_file, stop)
        except _GiveWay as reason:
            self.gave_way = str(reason)
            return None
        finally:
            self.close()

    def _typeset(self, job: Job, format_file: Path | None, stop: Stop | None) -> Exchanged:
        from .exchange import NotExchangeable, exchanged

        base = self._base
        if base is None:
            raise _GiveWay("nothing is known of the last run")
        deck, changed = _compared(base, job, format_file)
        told = [base.passages[index] for index in changed]
        run = self._run(base, job, _frames(deck, changed, told), stop)
        new = passages((self._output / f"{JOB}.aux").read_text("utf-8", "surrogateescape"))
        if not all(index in new for index in changed):
            raise _GiveWay("LaTeX did not tell of a frame")
        exchanges = _exchanges(changed, base.passages, new)
        loose = _loose(base.job.tex, job.tex, changed, base.passages, new)
        pdf = self._work / "exchanged.pdf"
        try:
            pages = exchanged(base.kept / f"{JOB}.pdf", run.pdf, exchanges, pdf, loose)
        except NotExchangeable as reason:
            raise _GiveWay(str(reason)) from None
        return Exchanged(pdf, len(changed), pages, run.inputs)

    def _run(self, base: _Base, job: Job, frames: str, stop: Stop | None) -> Run:
        """Run LaTeX on changed frames, until the places of their pictures are those that it reads."""
        before = (base.kept / f"{JOB}.aux").read_text("utf-8", "surrogateescape")
        whole = replace(job, tex=_start(base.deck) + frames)
        for _ in range(MOST_PASSES):
            if ahead := self._ahead:
                self._ahead = None
                run = ahead.finish(frames, stop)
            else:
                aux = as_left(base.kept, self._output) / f"{JOB}.aux"
                aux.write_text(before, "utf-8", "surrogateescape")
                run = run_once(whole, self._output, None, base.format_file, stop)
            if not run.succeeded:
                raise _GiveWay("LaTeX fails")
            moved = with_moved(before, (self._output / f"{JOB}.aux").read_text("utf-8", "surrogateescape"))
            if moved is None:
                return run
            before = moved
        raise _GiveWay("places of pictures keep changing")


class _GiveWay(Exception):
    """All of the deck has to be typeset: why."""


def _compared(base: _Base, job: Job, format_file: Path | None) -> tuple[Deck, list[int]]:
    """Return the frames of a text, and the indices of those that have to be typeset again."""
    if replace(base.job, tex="") != replace(job, tex="") or format_file != base.format_file:
        raise _GiveWay("the preamble or the engine's options differ")
    deck = deck_of(job.tex)
    if deck is None:
        raise _GiveWay("the frames can't be told")
    changed = base.deck.changed(deck)
    if changed is None:
        raise _GiveWay("the number of frames, the preamble or the text between frames differs")
    if not changed:
        raise _GiveWay("no frame differs")
    if len(changed) > max(_FEW, len(deck.frames) / 2):
        raise _GiveWay("most frames differ")
    if unknown := deck.unknown_before(changed[-1]):
        raise _GiveWay(f"between frames stands what may do anything: {unknown[:40]}")
    if any(reaches_out(each.frames[index]) for each in (base.deck, deck) for index in changed):
        raise _GiveWay("a changed frame may write bookmarks or files")
    if not all(index in base.passages for index in changed):
        raise _GiveWay("the last run did not tell of a changed frame")
    if _stamps(base.job, base.stamps) != base.stamps:
        raise _GiveWay("a file that LaTeX reads has changed")
    return deck, changed


def _start(deck: Deck) -> str:
    """Return the beginning of a text that typesets frames alone; it depends on the preamble's length only."""
    return "".join(("%\n" * (deck.between[0].count("\n") - 1), definitions(), "\\begin{document}\n"))


def _frames(deck: Deck, changed: Sequence[int], told: Sequence[Passage]) -> str:
    """Return the rest of it: changed frames, from the states before them, on the lines where they stand in the deck.

    Pages tell their lines (pages/parts.tex).
    """
    text: list[str] = []
    line = deck.between[0].count("\n")
    for index, passage in zip(changed, told, strict=True):
        text.append("%\n" * (deck.lines_before(index) - line))
        state = f"\\mode<all>{{\\makeatletter}}\\mode<all>{{{restoring(passage.before)}}}\\mode<all>{{\\makeatother}}"
        text.append(f"{state}{mark('b', index)}{deck.frames[index]}\n{mark('a', index)}")
        line = deck.lines_before(index) + deck.frames[index].count("\n") + 1
    text.append("\n\\end{document}\n")
    return "".join(text)


def _exchanges(changed: Sequence[int], old: dict[int, Passage], new: dict[int, Passage]) -> list[Exchange]:
    """Return which pages are to be exchanged, if nothing after a changed frame depends on the change."""
    exchanges = []
    for at, index in enumerate(changed):
        mine, other = old[index], new[index]
        if mine.after.code != other.after.code or len(mine.pages) != len(other.pages):
            raise _GiveWay("counters, sections or the number of pages after a frame differ")
        following = old[changed[at + 1]].before.pictures if at + 1 < len(changed) else None
        if following is not None and other.after.pictures > following:
            raise _GiveWay("two changed frames would share numbers of pictures")
        exchanges.append(Exchange(mine.pages.start, other.pages.start, len(mine.pages)))
    return exchanges


def _loose(
    base: str, tex: str, changed: Sequence[int], old: dict[int, Passage], new: dict[int, Passage]
) -> frozenset[str]:
    """Return the labels that come or go with changed frames, if nothing refers to one, and all else stays."""
    loose = frozenset().union(*(old[index].labels ^ new[index].labels for index in changed))
    for index in changed:
        if old[index].apart_from(loose) != new[index].apart_from(loose):
            raise _GiveWay("labels, or what else a frame writes for the next run, differ")
    for name in loose:
        mentioned = re.compile(rf"(?<!\\label)(?:[{{,]|>\{{)\s*{re.escape(name)}\s*[}},]")
        if mentioned.search(base) or mentioned.search(tex):
            raise _GiveWay("a label comes or goes that something may refer to")
    return loose


def _stamps(job: Job, names: Iterable[str]) -> dict[str, str]:
    """Return what tells a version of each file; "" for one that is not there."""
    stamps: dict[str, str] = {}
    ours = os.fspath(job.media) + os.sep
    for name in names:
        path = job.folder / name
        stamps[name] = ""
        with suppress(OSError):
            if name.startswith(ours):  # pandoc has taken it out of the document, and does so each time
                stamps[name] = hashlib.blake2b(path.read_bytes()).hexdigest()
            else:
                status = path.stat()
                stamps[name] = f"{status.st_size} {status.st_mtime_ns}"
    return stamps
