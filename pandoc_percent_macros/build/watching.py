"""Building again whenever a file changes that the output is made from."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import watchfiles

from ..base import Fault
from ..document.expansion import PATH_VARIABLE
from ..latex import Stopped
from ..report.terminal import render
from .builder import BuildResult, Kept, kept
from .live import Live
from .progress import Progress
from .request import Request

_QUIET = 0.1  # seconds without a change, after which a file is as it is meant: editors write it in several steps
_LONGEST = 2.0  # that changes may follow one another
_STEP = 10  # milliseconds between looks at what the system tells of changes
_HEARTBEAT = 200  # milliseconds between looks at what changed before watching began

Stamps = dict[Path, tuple[int, int] | None]
Listing = dict[Path, frozenset[str]]


@dataclass(frozen=True)
class Snapshot:
    """What the disk looked like at one time."""

    stamps: Stamps  # size and time of files; None for one that is not there
    listing: Listing  # names in folders


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
        self._since: float | None = None  # when the first change came that nothing is shown of; None if all is

    def watch(self) -> NoReturn:
        request = self._request
        names: tuple[str, ...] = request.invocation.inputs
        while True:
            before = _snapshot(request, names)
            outcome = self._built(partial(_has_changed, request, names, before))
            if outcome:
                # A build that failed may not have come to know all that it reads.
                earlier = () if outcome.succeeded else names
                names = tuple(dict.fromkeys((*outcome.sources, *outcome.missing, *earlier)))
            for each in _lacking(self._keeping, self._live):
                if each not in self._told:
                    self._progress.say(each)
                    self._told.add(each)
            missing = outcome.missing if outcome else ()
            absent = dict.fromkeys(_path(request, name) for name in missing)
            since = Snapshot({**absent, **before.stamps}, before.listing)
            _wait(request, names, since, any_file=bool(outcome and not outcome.succeeded))

    def _built(self, has_changed: Callable[[], bool]) -> BuildResult | None:
        """Build, show how it ended, and return that; None where a change came before the end."""
        started = time.monotonic()
        first = self._since = self._since or started

        def is_unsettled() -> bool:
            """Return whether a file has changed once more; an editor that still writes has had the time."""
            time.sleep(max(0.0, started + _QUIET - time.monotonic()))
            return time.monotonic() < first + _LONGEST and has_changed()

        live, progress = self._live, self._progress
        try:
            update = live.update(is_unsettled)
            self._since = None
            outcome = update.result
            if not update.is_whole:
                slides = "1 slide" if update.frames == 1 else f"{update.frames} slides"
                progress.finished(f"{slides} typeset, {_at(started)}; all of it follows")
                started = time.monotonic()
                outcome = live.complete(has_changed)
        except Stopped:
            return None
        except Fault as fault:
            if self._since and is_unsettled():
                return None
            self._since = None
            progress.say(render([fault.diagnostic]))
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


def _has_changed(request: Request, names: Iterable[str], before: Snapshot) -> bool:
    stamps = _snapshot(request, names).stamps
    return any(before.stamps.get(path, stamp) != stamp for path, stamp in stamps.items())


def _snapshot(request: Request, names: Iterable[str]) -> Snapshot:
    stamps: Stamps = {}
    for name in names:
        path = _path(request, name)
        stamps[path] = None
        with suppress(OSError):
            status = path.stat()
            stamps[path] = (status.st_size, status.st_mtime_ns)
    folders = {_nearest_folder(path) for path in stamps} | set(_library_folders(request.folder))
    return Snapshot(stamps, {folder: _names(folder, request.output) for folder in folders})


def _path(request: Request, name: str) -> Path:
    return Path(os.path.abspath(request.folder / name))


def _names(folder: Path, output: Path) -> frozenset[str]:
    """Return what is in a folder, without the output and the folder beside it that it is written to."""
    ours = (output.name, f".{output.name}.") if folder == output.parent else ()
    with suppress(OSError):
        return frozenset(name for name in os.listdir(folder) if not name.startswith(ours))
    return frozenset()


def _wait(request: Request, names: Iterable[str], before: Snapshot, *, any_file: bool) -> None:
    """Return when a file has changed since a build began.

    Args:
        request: what is built.
        names: the files that count.
        before: what the disk looked like when the build began, as far as the files were known.
        any_file: let files count, too, that come or go beside them: one that was missing may have come.
    """
    now = _snapshot(request, names)
    stamps = {path: before.stamps.get(path, each) for path, each in now.stamps.items()}
    listing = {folder: before.listing.get(folder, each) for folder, each in now.listing.items()}
    if now.stamps != stamps:
        return
    changes = watchfiles.watch(
        *listing,
        watch_filter=None,
        debounce=round(1000 * _LONGEST),
        step=_STEP,
        rust_timeout=_HEARTBEAT,
        yield_on_timeout=True,
        recursive=False,
        raise_interrupt=True,
    )
    for _ in changes:  # or a heartbeat: the first one shows what changed before the folders were watched
        now = _snapshot(request, names)
        if now.stamps != stamps or (any_file and now.listing != listing):
            return


def _nearest_folder(path: Path) -> Path:
    return next(each for each in path.parents if each.is_dir())


def _library_folders(folder: Path) -> Iterator[Path]:
    for each in os.environ.get(PATH_VARIABLE, "").split(os.pathsep):
        if each and (folder / each).is_dir():
            yield Path(os.path.abspath(folder / each))
