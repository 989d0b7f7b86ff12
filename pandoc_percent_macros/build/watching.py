"""Building again whenever a file changes that the output is made from."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import watchfiles

from ..base import Fault
from ..document.expansion import PATH_VARIABLE
from ..report.terminal import render
from .builder import Builder, BuildResult, kept
from .progress import Progress
from .request import Request

_QUIET = 100  # milliseconds without a change after which a build starts: editors write a file in several steps
_LONGEST = 2_000  # that changes may follow one another
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
    formats = keeping.formats
    told = ""
    with Builder(request, progress, keeping, tells_sources=True) as builder:
        names: tuple[str, ...] = request.invocation.inputs
        while True:
            before = _snapshot(request, names)
            outcome = _build(builder, progress)
            if formats.refused and formats.refused != told:
                progress.say(f"the preamble can't be precompiled, so builds take longer: {formats.refused}\n")
                told = formats.refused
            # A build that failed may not have come to know all that it reads.
            earlier = () if outcome.succeeded else names
            names = tuple(dict.fromkeys((*outcome.sources, *outcome.missing, *earlier)))
            absent = dict.fromkeys(_path(request, name) for name in outcome.missing)
            _wait(request, names, Snapshot({**absent, **before.stamps}, before.listing), any_file=not outcome.succeeded)


def _build(builder: Builder, progress: Progress) -> BuildResult:
    """Build once, show how it ended, and return that."""
    started = time.monotonic()
    try:
        outcome = builder.build()
    except Fault as fault:
        progress.say(render([fault.diagnostic]))
        outcome = BuildResult(False, None, ())
    took = time.monotonic() - started
    progress.finished(f"{outcome.result}, {took:.1f} s, at {datetime.now().astimezone():%H:%M:%S}; waiting for changes")
    return outcome


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
    changes = watchfiles.watch(
        *listing,
        watch_filter=None,
        debounce=_LONGEST,
        step=_QUIET,
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
