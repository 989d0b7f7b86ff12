"""Building again whenever a file changes that the output is made from."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import NoReturn

from ..base import Fault
from ..latex import Stopped
from .builder import BuildResult, Kept, kept
from .changes import Changes
from .live import Live
from .progress import Progress
from .request import Request


def watch(request: Request, progress: Progress) -> NoReturn:
    """Build, and build again on each change, until an exception such as KeyboardInterrupt ends it.

    Faults of the document are shown; they end nothing.
    """
    keeping = kept()
    with Live(request, progress, keeping) as live:
        _Watch(request, progress, keeping, live).watch()


class _Watch:
    """What is known from one build to the next."""

    def __init__(self, request: Request, progress: Progress, keeping: Kept, live: Live) -> None:
        self._request = request
        self._progress = progress
        self._keeping = keeping
        self._live = live
        self._told: set[str] = set()

    def watch(self) -> NoReturn:
        changes = Changes(self._request)
        while True:
            changes.begin()
            outcome = self._built(changes)
            changes.learn(outcome)
            for each in _lacking(self._keeping, self._live):
                if each not in self._told:
                    self._progress.say(each)
                    self._told.add(each)
            changes.wait()

    def _built(self, changes: Changes) -> BuildResult | None:
        """Build, show how it ended, and return that; None where a change came before the end."""
        started = time.monotonic()
        live, progress = self._live, self._progress
        try:
            update = live.update(changes.is_unsettled)
            changes.shown()
            outcome = update.result
            if not update.is_whole:
                slides = "1 slide" if update.frames == 1 else f"{update.frames} slides"
                progress.finished(f"{slides} typeset, {_at(started)}; all of it follows")
                started = time.monotonic()
                outcome = live.complete(changes.came)
        except Stopped:
            return None
        except Fault as fault:
            if changes.is_unsettled():
                return None
            changes.shown()
            progress.show([fault.diagnostic])
            outcome = BuildResult(False, None, ())
        progress.finished(f"{outcome.result}, {_at(started)}; waiting for changes")
        return outcome


def _lacking(keeping: Kept, live: Live) -> Iterator[str]:
    """Yield what would make builds quicker, and is not there."""
    if keeping.formats.refused:
        yield f"the preamble can't be precompiled, so builds take longer: {keeping.formats.refused}\n"
    elif live.lacks:
        yield f"all slides are typeset whenever one changes: {live.lacks}\n"


def _at(started: float) -> str:
    """Return how long it took, and what time it is."""
    return f"{time.monotonic() - started:.1f} s, at {datetime.now().astimezone():%H:%M:%S}"
