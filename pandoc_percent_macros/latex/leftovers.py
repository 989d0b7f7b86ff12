"""What LaTeX left for its next run (labels, a deck's list of slides, …), kept in a folder between builds.

Each document's is one file, replaced in one step, so that builds at the same time don't mix theirs.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from .engine import Job, carried
from .precompiled import parted

_KEPT = 64  # documents
_LARGEST = 16 << 20  # bytes of what is kept of one
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a time for all files, so that what is equal is written as equal


class Leftovers:
    """Archives in a folder, by what they are of: the document's output, the engine and the preamble."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def restore(self, job: Job, target: Path, output: Path) -> bool:
        """Put what is kept of a document into a folder that is not there yet; return whether there was any."""
        path = self._path(job, target)
        try:
            with ZipFile(path) as archive:
                archive.extractall(output)
            os.utime(path)
        except (OSError, BadZipFile):
            shutil.rmtree(output, ignore_errors=True)
            return False
        return True

    def keep(self, job: Job, target: Path, output: Path) -> None:
        """Keep what LaTeX left in a folder. Where nothing can be written, nothing is kept."""
        files = carried(output)
        if sum(path.stat().st_size for path in files) > _LARGEST:
            self.forget(job, target)
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder) as folder:
                written = Path(folder, "kept.zip")
                with ZipFile(written, "w") as archive:
                    for path in files:
                        archive.writestr(ZipInfo(path.relative_to(output).as_posix(), _EPOCH), path.read_bytes())
                written.replace(self._path(job, target))
            self._forget_oldest()

    def forget(self, job: Job, target: Path) -> None:
        """Remove what is kept of a document."""
        with suppress(OSError):
            self._path(job, target).unlink(missing_ok=True)

    def _path(self, job: Job, target: Path) -> Path:
        """Return where a document's is kept; ``target`` is the output that the author asks for."""
        preamble, _ = parted(job.tex) or ("", "")
        words = (job.program, *job.options, os.fspath(job.folder), os.fspath(target), preamble)
        return (
            self._folder
            / f"{hashlib.sha256(chr(0).join(words).encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.zip"
        )

    def _forget_oldest(self) -> None:
        used = sorted(self._folder.glob("*.zip"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in used[_KEPT:]:
            path.unlink(missing_ok=True)
