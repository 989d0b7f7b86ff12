"""LaTeX's preamble precompiled into a format file, kept by its content: a run from it loads no packages."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from .engine import Job, environment, inputs_of
from .process import run

_BODY = re.compile(r"^\\begin\{document\}", re.MULTILINE)
_ENGINES = ("pdflatex",)  # XeTeX and LuaTeX can't keep the fonts that their packages load in a format
_KEPT = 16  # formats; of about 10 MB each
_DUMP = "\\makeatletter\\makeatother\\dump\n"


class FormatCache:
    """Format files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.refused = ""  # why the last preamble could not be precompiled; "" when it could
        self._distrusted: set[Path] = set()

    def precompiled(self, job: Job) -> tuple[Path | None, Job]:
        """Return a format file with the preamble of a text, and the text without it, its lines where they were.

        For an engine that has no such formats, and a preamble that can't be dumped, it is None and the job itself.
        """
        self.refused = ""
        found = _BODY.search(job.tex)
        if job.name not in _ENGINES or not found:
            return None, job
        preamble, body = job.tex[: found.start()], job.tex[found.start() :]
        key = hashlib.sha256("\0".join((job.program, *job.options, str(job.folder), preamble)).encode()).hexdigest()
        path = self._folder / f"{key[:32]}.fmt"
        if path in self._distrusted:
            return None, job
        try:
            if not _is_fresh(path):
                self._folder.mkdir(parents=True, exist_ok=True)
                if not self._dump(job, preamble, path):
                    return None, job
                self._forget_oldest()
            os.utime(path)
        except OSError as fault:
            self.refused = f"{fault.filename or self._folder}: {fault.strerror}"
            return None, job
        return path, replace(job, tex="%\n" * preamble.count("\n") + body)

    def distrust(self, format_file: Path) -> None:
        """Use a format no more: LaTeX fails with it, and not without."""
        self._distrusted.add(format_file)
        self.refused = "LaTeX fails with it"

    def inputs(self, format_file: Path) -> tuple[str, ...]:
        """Return the files that a format was made from."""
        return tuple(json.loads(_record(format_file).read_text("utf-8")))

    def _dump(self, job: Job, preamble: str, path: Path) -> bool:
        """Make a format file; return whether that could be done."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            output = Path(folder)
            text = output / "preamble.tex"
            text.write_text(preamble + _DUMP, "utf-8")
            command = [job.program, "-ini", "-halt-on-error", "-interaction", "nonstopmode", "-recorder", *job.options]
            command += ["-output-directory", folder, "-jobname", "preamble", f"&{job.name}", f'"{text}"']
            done = run(command, job.folder, environment(job, output))
            made = output / "preamble.fmt"
            if done.status or not made.is_file():
                self.refused = _reason(done.out.decode("utf-8", "replace"))
                return False
            stamps = _stamps(job.folder, inputs_of(output / "preamble.fls"), output)
            _record(path).write_text(json.dumps(stamps), "utf-8")
            made.replace(path)
            return True

    def _forget_oldest(self) -> None:
        used = sorted(self._folder.glob("*.fmt"), key=lambda path: path.stat().st_mtime)
        for path in used[:-_KEPT]:
            path.unlink(missing_ok=True)
            _record(path).unlink(missing_ok=True)


def _record(format_file: Path) -> Path:
    return format_file.with_suffix(".json")


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


def _is_fresh(format_file: Path) -> bool:
    """Return whether a format file is there, and made from files that are still the same."""
    if not format_file.is_file() or not _record(format_file).is_file():
        return False
    stamps = json.loads(_record(format_file).read_text("utf-8"))
    with suppress(FileNotFoundError):
        return all(_stamp(Path(name)) == stamp for name, stamp in stamps.items())
    return False


def _reason(said: str) -> str:
    """Return the error among what LaTeX printed."""
    found = re.search(r"^! ?(.*)$", said, re.MULTILINE)
    return found[1] if found else "LaTeX failed"
