"""LaTeX's preamble precompiled into a format file, kept by its content: a run from it loads no packages.

Several builds may use one folder at once. A record, replaced in one step, tells which format file holds and what it
was made from; each format file has a name of its own, and is never changed.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from .engine import Job, environment, inputs_of
from .process import run

_BODY = re.compile(r"^\\begin\{document\}", re.MULTILINE)
_ENGINES = ("pdflatex",)  # XeTeX and LuaTeX can't keep the fonts that their packages load in a format
_KEPT = 16  # formats; of about 10 MB each
_RECORDS = 64  # of them, and of preambles that can't be precompiled
_DUMP = "\\makeatletter\\makeatother\\dump\n"


@dataclass(frozen=True)
class _Record:
    """What became of a preamble."""

    format: str  # the name of its format file; "" when there is none
    refused: str  # why
    stamps: dict[str, list[int]]  # size and time of each file that it was made from

    def is_fresh(self, folder: Path) -> bool:
        """Return whether it was made from files that are still the same."""
        if self.format and not (folder / self.format).is_file():
            return False
        with suppress(OSError):
            return all(_stamp(Path(name)) == stamp for name, stamp in self.stamps.items())
        return False


def parted(tex: str) -> tuple[str, str] | None:
    """Return the preamble of a LaTeX text and the rest; None for a text without a beginning of the document."""
    found = _BODY.search(tex)
    return (tex[: found.start()], tex[found.start() :]) if found else None


class FormatCache:
    """Format files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.refused = ""  # why the last preamble could not be precompiled; "" when it could
        self._unsure: tuple[Path, _Record] | None = None  # it could not be, but it may be the author's error

    def precompiled(self, job: Job) -> tuple[Path | None, Job]:
        """Return a format file with the preamble of a text, and the text without it, its lines where they were.

        For an engine that has no such formats, and a preamble that can't be dumped, it is None and the job itself.
        """
        self.refused = ""
        self._unsure = None
        parts = parted(job.tex)
        if job.name not in _ENGINES or parts is None:
            return None, job
        preamble, body = parts
        try:
            record = self._record(job, preamble)
        except OSError as fault:
            self.refused = f"{fault.filename or self._folder}: {fault.strerror}"
            return None, job
        self.refused = record.refused
        if not record.format:
            return None, job
        return self._folder / record.format, replace(job, tex="%\n" * preamble.count("\n") + body)

    def _record(self, job: Job, preamble: str) -> _Record:
        """Return what becomes of a preamble, and mark it as used."""
        path = self._record_of(job, preamble)
        record = _read(path)
        if record is None or not record.is_fresh(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            record = self._dump(job, preamble, path)
            self._forget_oldest()
        with suppress(FileNotFoundError):  # of a refusal that is not sure there is no record
            os.utime(path)
        return record

    def forget(self, job: Job) -> None:
        """Remove what is kept of a text's preamble."""
        parts = parted(job.tex)
        if parts:
            with suppress(OSError):
                self._remove(self._record_of(job, parts[0]))

    def distrust(self, format_file: Path) -> None:
        """Use a format no more, in later processes neither: LaTeX fails with it, and not without."""
        path = self._folder / f"{format_file.name.partition('-')[0]}.json"
        record = _read(path)
        if record and record.format == format_file.name and format_file.is_file():
            self.refused = "LaTeX fails with it"
            with suppress(OSError):
                _write(path, _Record("", self.refused, record.stamps))
                format_file.unlink(missing_ok=True)

    def without_it_latex_succeeds(self) -> None:
        """Remember that the last preamble can't be precompiled: it is not for an error of the author's."""
        if self._unsure:
            with suppress(OSError):
                _write(*self._unsure)
            self._unsure = None

    def inputs(self, format_file: Path) -> tuple[str, ...]:
        """Return the files that a format was made from."""
        record = _read(self._folder / f"{format_file.name.partition('-')[0]}.json")
        return tuple(record.stamps) if record else ()

    def _record_of(self, job: Job, preamble: str) -> Path:
        key = hashlib.sha256("\0".join((job.program, *job.options, str(job.folder), preamble)).encode()).hexdigest()
        return self._folder / f"{key[:32]}.json"

    def _dump(self, job: Job, preamble: str, path: Path) -> _Record:
        """Make a format file and its record; return that."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            output = Path(folder)
            text = output / "preamble.tex"
            text.write_text(preamble + _DUMP, "utf-8")
            command = [job.program, "-ini", "-halt-on-error", "-interaction", "nonstopmode", "-recorder", *job.options]
            command += ["-output-directory", folder, "-jobname", "preamble", f"&{job.name}", f'"{text}"']
            done = run(command, job.folder, environment(job, output))
            stamps = _stamps(job.folder, inputs_of(output / "preamble.fls"), output)
            made = output / "preamble.fmt"
            if done.status or not made.is_file():
                record = _Record("", _reason(done.out.decode("utf-8", "replace")), stamps)
                self._unsure = (path, record)
                return record
            marked = f"{path.stem}-{hashlib.sha256(made.read_bytes()).hexdigest()[:16]}.fmt"
            made.replace(self._folder / marked)
            record = _Record(marked, "", stamps)
            _write(path, record)
            return record

    def _forget_oldest(self) -> None:
        """Remove the records that were not used for longest, and formats that no record names."""
        used = sorted(self._folder.glob("*.json"), key=_used, reverse=True)
        named = [(path, record) for path in used if (record := _read(path))]
        for path in [path for path, record in named if record.format][_KEPT:] + used[_RECORDS:]:
            self._remove(path)
        for path in self._folder.glob("*.fmt"):
            record = _read(self._folder / f"{path.name.partition('-')[0]}.json")
            if record is None or record.format != path.name:
                path.unlink(missing_ok=True)

    def _remove(self, path: Path) -> None:
        record = _read(path)
        path.unlink(missing_ok=True)
        if record and record.format:
            (self._folder / record.format).unlink(missing_ok=True)


def _used(path: Path) -> float:
    """Return when a file was used last; 0 for one that another process has removed."""
    with suppress(OSError):
        return path.stat().st_mtime
    return 0.0


def _read(path: Path) -> _Record | None:
    """Return a record; None where there is none, or none of this version's."""
    with suppress(OSError, ValueError, TypeError):
        return _Record(**json.loads(path.read_text("utf-8")))
    return None


def _write(path: Path, record: _Record) -> None:
    """Write a record, in one step."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        written = Path(folder, path.name)
        written.write_text(json.dumps(asdict(record)), "utf-8")
        written.replace(path)


def _stamps(folder: Path, names: Iterable[str], own: Path) -> dict[str, list[int]]:
    """Return the size and time of each file that a preamble was made from."""
    stamps = {}
    for name in names:
        path = folder / name
        if own not in path.parents and path.is_file():
            stamps[os.fspath(path)] = _stamp(path)
    return stamps


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _reason(said: str) -> str:
    """Return the error among what LaTeX printed."""
    found = re.search(r"^! ?(.*)$", said, re.MULTILINE)
    return found[1] if found else "LaTeX failed"
