"""What changed on the disk of what an output is made from, since a build of it began."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import watchfiles

from ..document.expansion import PATH_VARIABLE
from .builder import BuildResult
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


class Changes:
    """Changes of the files that count, of one document."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._names: tuple[str, ...] = request.invocation.inputs
        self._before = Snapshot({}, {})
        self._any_file = False  # let files count, too, that come or go beside them: one that was missing may have come
        self._started = 0.0
        self._first: float | None = None  # when the first change came that nothing is shown of; None if all is

    def begin(self) -> None:
        """Take what is on the disk now for what the build that begins is made from."""
        self._before = _snapshot(self._request, self._names)
        self._any_file = False
        self._started = time.monotonic()
        self._first = self._first or self._started

    def is_unsettled(self) -> bool:
        """Return whether a file has changed once more; an editor that still writes has had the time."""
        time.sleep(max(0.0, self._started + _QUIET - time.monotonic()))
        return time.monotonic() < (self._first or self._started) + _LONGEST and self.came()

    def shown(self) -> None:
        """Take it that what has changed so far is shown."""
        self._first = None

    def learn(self, outcome: BuildResult | None) -> None:
        """Take what a build has come to know: which files count."""
        if outcome:
            # A build that failed may not have come to know all that it reads.
            earlier = () if outcome.succeeded else self._names
            self._names = tuple(dict.fromkeys((*outcome.sources, *outcome.missing, *earlier)))
            self._any_file = not outcome.succeeded
        absent = dict.fromkeys(_path(self._request, name) for name in (outcome.missing if outcome else ()))
        known = {**absent, **self._before.stamps}
        now = _snapshot(self._request, self._names)
        stamps = {path: known.get(path, each) for path, each in now.stamps.items()}
        listing = {folder: self._before.listing.get(folder, each) for folder, each in now.listing.items()}
        self._before = Snapshot(stamps, listing)

    def came(self) -> bool:
        """Return whether there are some, since the build began."""
        now = _snapshot(self._request, self._names)
        before = self._before
        return any(before.stamps.get(path, stamp) != stamp for path, stamp in now.stamps.items()) or (
            self._any_file and any(before.listing.get(folder, each) != each for folder, each in now.listing.items())
        )

    def wait(self, other: Event | None = None) -> None:
        """Return when there are some, or something else is to be done."""
        if self.came():
            return
        changes = watchfiles.watch(
            *self._before.listing,
            watch_filter=None,
            debounce=round(1000 * _LONGEST),
            step=_STEP,
            rust_timeout=_HEARTBEAT,
            yield_on_timeout=True,
            recursive=False,
            raise_interrupt=True,
            stop_event=other,
        )
        for _ in changes:  # or a heartbeat: the first one shows what changed before the folders were watched
            if self.came():
                return


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


def _nearest_folder(path: Path) -> Path:
    return next(each for each in path.parents if each.is_dir())


def _library_folders(folder: Path) -> Iterator[Path]:
    for each in os.environ.get(PATH_VARIABLE, "").split(os.pathsep):
        if each and (folder / each).is_dir():
            yield Path(os.path.abspath(folder / each))
