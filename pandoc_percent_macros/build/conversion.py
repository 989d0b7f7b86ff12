"""Running pandoc for an author, with this installation's filter, and LaTeX kept from it."""

import json
import os
import re
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import WANTED
from ..base import Fault
from ..latex import Interception, Job, Stop, run
from .request import Request

# What pandoc adds to the errors that our filter has shown.
_FILTER_FAILED = re.compile(r"^Error running filter \S*percent-macros:\nFilter returned error status 1\n", re.MULTILINE)
# Where in pandoc's own code an error arose.
_BACKTRACE = re.compile(r"^HasCallStack backtrace:\n(?:  .*\n)*\n*", re.MULTILINE)
_HEADER = "PERCENT_MACROS_HEADER"
_DRAFT_FILTER = Path(__file__).with_name("draft.lua")


@dataclass(frozen=True)
class Converted:
    """What pandoc did."""

    status: int
    out: bytes
    err: str  # without what it says of missing pictures, if these are errors
    missing: tuple[str, ...]  # pictures that it could not find
    unclosed: tuple[str, ...]  # what it said of divs that are never closed
    loaded: tuple[str, ...]  # resources that it read
    job: Job | None  # what it would have LaTeX do; None when it wrote the output itself


class Conversion:
    """The author's pandoc, to be run as often as needed."""

    def __init__(self, request: Request, work: Path) -> None:
        """Prepare to run it.

        Args:
            request: what the author asks for.
            work: an empty folder, for temporary files.

        Raises:
            Fault: PM601 when the program ``percent-macros`` is not beside this Python.
        """
        self._request = request
        self.folder = work
        self._interception = Interception(work, request.engine_path)
        ours = self._interception.scripts / "percent-macros"
        ours.symlink_to(_own_program())
        # Ours is the first filter, so that others see the results of macros.
        self._before = [] if request.names_our_filter else ["-F", os.fspath(ours)]
        self._after = ["-L", os.fspath(_DRAFT_FILTER)] if request.draft else []
        self._temporary = work / "temporary"
        self._temporary.mkdir()
        self._header = work / "header.tex"  # what macros need in the preamble and pandoc would not look at elsewhere
        self._header.touch()

    def run(self, output: Path, variables: Mapping[str, str] | None = None, stop: Stop | None = None) -> Converted:
        """Run pandoc, and once more where it has to put something else into the preamble than the last time.

        Args:
            output: the file to write. Nothing is written to it when pandoc goes to LaTeX for it.
            variables: what is added to the environment.
            stop: is asked, time and again, whether to end at once.

        Raises:
            Stopped: it was ended, for ``stop``.
        """
        wanted = self._header.with_name(self._header.name + WANTED)
        wanted.unlink(missing_ok=True)
        converted = self._run(output, variables, stop)
        needed = wanted.read_text("utf-8") if wanted.is_file() else ""
        if converted.status or needed == self._header.read_text("utf-8"):
            return converted
        self._header.write_text(needed, "utf-8")
        return self._run(output, variables, stop)

    def _run(self, output: Path, variables: Mapping[str, str] | None, stop: Stop | None) -> Converted:
        request = self._request
        named_log = request.last("log")
        log = request.folder / named_log if named_log else self.folder / "pandoc.json"
        header = [f"--include-in-header={self._header}"] if self._header.stat().st_size else []
        after = [*self._after, *header, *self._interception.options, f"--output={output}", f"--log={log}"]
        command = [request.program, *self._before, *_with_options(request.arguments, after)]
        path = os.pathsep.join((os.fspath(self._interception.scripts), os.environ.get("PATH", "")))
        ours = {"PATH": path, "TMPDIR": os.fspath(self._temporary), _HEADER: os.fspath(self._header)}
        environment = {**os.environ, **ours, **(variables or {})}
        done = run(command, request.folder, environment, stop=stop)
        messages = json.loads(log.read_text("utf-8") or "[]") if log.is_file() else []
        missing = [each for each in messages if each["type"] == "CouldNotFetchResource"]
        err = _BACKTRACE.sub("", _FILTER_FAILED.sub("", done.err.decode("utf-8", "replace")))
        if not request.draft:
            for each in missing:
                err = err.replace(f"[WARNING] {each.get('pretty')}\n", "")  # which pandoc 2 does not write
        return Converted(
            done.status,
            done.out,
            err,
            tuple(dict.fromkeys(each["path"] for each in missing)),
            tuple(f"[WARNING] {each.get('pretty')}\n" for each in messages if each["type"] == "UnclosedDiv"),
            tuple(each["from"] for each in messages if each["type"] == "LoadedResource"),
            self._interception.job(request.folder),
        )


def _with_options(arguments: tuple[str, ...], ours: list[str]) -> list[str]:
    """Return a command line with our options after the author's, so that ours hold, and before a ``--``."""
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return [*arguments[:at], *ours, *arguments[at:]]


def _own_program() -> Path:
    """Return the path of this installation's ``percent-macros``, whatever else is on the PATH."""
    called = Path(sys.argv[0]).absolute()
    beside = Path(sysconfig.get_path("scripts")) / "percent-macros"
    for each in (called, beside, Path(sys.executable).with_name("percent-macros")):
        if each.stem == "percent-macros" and each.is_file():
            return each
    found = shutil.which("percent-macros")
    if found is None:
        raise Fault("PM601", "the program percent-macros, which pandoc is to start, was not found")
    return Path(found)
