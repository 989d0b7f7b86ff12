"""Running LaTeX: as pandoc would, as often as its own files keep changing, and no oftener; and what it has to say."""

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .process import Running, Stop

ENGINES = ("pdflatex", "xelatex", "lualatex", "pdflatex-dev", "xelatex-dev", "lualatex-dev")
MOST_RUNS = 5
JOB = "input"  # the name, without its ending, of the file that LaTeX is run on: pandoc's
_UNBROKEN = {"max_print_line": "10000", "error_line": "254", "half_error_line": "238"}  # lines of the log
_PAGE = re.compile(rb"\[\d+(?=[\]\s<{])")
_RESULTS = (
    ".log",
    ".pdf",
    ".fls",
    ".synctex.gz",
    ".tex",
    ".vrb",
    ".xdv",
)  # what no run reads that has not written it itself
# Lines of an .aux file that change nothing in a run that reads them; what \@writefile writes is in other files.
_IDLE = re.compile(
    r"\\relax ?|\\@writefile\{.*|\\providecommand.*|\\gdef ?\\@abspage@last\{\d+\}|\\global\\let\\hyper@last\\relax ?|"
    r"\\HyperFirstAtBeginDocument\{.*|\\global\\let\\oldnewlabel\\newlabel|\\gdef\\newlabel.*|"
    r"\\AtEndDocument\{\\ifx\\hyper@anchor\\@undefined|\\let\\newlabel\\oldnewlabel|\\fi|\\fi\}|"
    r"\\gdef\\HyperFirstAtBeginDocument.*|%.*|"
)
OnPage = Callable[[int], None]
_WARNING = re.compile(r"^(LaTeX Warning: .*(?:\n.+)*)", re.MULTILINE)
_MISSING = re.compile(r"^Missing character: (.*)$", re.MULTILINE)
_NOT_FOUND = re.compile(r"[Ff]ile `([^'\n]+)' not found")


@dataclass(frozen=True)
class Job:
    """A LaTeX text, and the way to run LaTeX on it."""

    program: str  # the engine's path
    name: str  # pdflatex, …
    options: tuple[str, ...]  # the author's, for the engine
    tex: str
    media: Path  # the folder of the pictures that pandoc took out of the document
    folder: Path  # the working directory: relative names in the text count from it


@dataclass(frozen=True)
class Run:
    """What a run of LaTeX left."""

    status: int
    log: str
    pdf: Path
    pages: int
    inputs: tuple[str, ...]  # every file that it read, as it named them
    is_draft: bool = False  # no PDF was asked for

    @property
    def succeeded(self) -> bool:
        return self.status == 0 and (self.is_draft or self.pdf.is_file())


def run_once(
    job: Job,
    output: Path,
    on_page: OnPage | None = None,
    format_file: Path | None = None,
    stop: Stop | None = None,
    *,
    draft: bool = False,
) -> Run:
    """Run LaTeX once.

    Args:
        job: the text.
        output: the folder for all that LaTeX writes; files that an earlier run left there are read.
        on_page: is told the number of each page that is done.
        format_file: a format that has the text's preamble in it.
        stop: is asked, time and again, whether LaTeX is to end at once.
        draft: make no PDF, only what the next run reads.

    Raises:
        Stopped: LaTeX was ended, for ``stop``.
    """
    output.mkdir(parents=True, exist_ok=True)
    text_of(output).write_text(job.tex, "utf-8")
    if draft:
        option = "-no-pdf" if job.name.startswith("xelatex") else "-draftmode"
        job = replace(job, options=(option, *job.options))
    return replace(finished(running(job, output, format_file), output, on_page, stop), is_draft=draft)


def text_of(output: Path) -> Path:
    """Return the file that LaTeX reads."""
    return output / f"{JOB}.tex"


def running(job: Job, output: Path, format_file: Path | None = None) -> Running:
    """Start LaTeX on the text that is in ``text_of(output)``; see ``run_once``."""
    (output / f"{JOB}.pdf").unlink(missing_ok=True)
    command = [job.program, "-halt-on-error", "-interaction", "nonstopmode", "-file-line-error", "-recorder"]
    # Without a format's first line to look for, the text is opened once.
    command += ["-no-parse-first-line", f"-fmt={format_file.stem}"] if format_file else []
    command += [*job.options, "-output-directory", os.fspath(output), os.fspath(text_of(output))]
    variables = environment(job, output)
    if format_file:
        variables["TEXFORMATS"] = os.pathsep.join((os.fspath(format_file.parent), os.environ.get("TEXFORMATS", "")))
    return Running(command, job.folder, variables)


def finished(started: Running, output: Path, on_page: OnPage | None = None, stop: Stop | None = None) -> Run:
    """Wait for the end of what ``running`` has started, and return what it left; see ``run_once``."""
    counter = _Pages(on_page)
    done = started.finish(counter.feed, stop)
    log = output / f"{JOB}.log"
    said = log.read_text("utf-8", "replace") if log.is_file() else done.out.decode("utf-8", "replace")
    return Run(done.status, said, output / f"{JOB}.pdf", counter.pages, inputs_of(output / f"{JOB}.fls"))


def environment(job: Job, output: Path) -> dict[str, str]:
    """Return the variables that LaTeX runs with: pandoc's, and lines of the log unbroken."""
    inputs = os.pathsep.join((os.fspath(job.media), os.environ.get("TEXINPUTS", "")))
    return {**os.environ, **_UNBROKEN, "TEXINPUTS": inputs, "TEXMFOUTPUT": os.fspath(output)}


def state(output: Path) -> dict[str, str]:
    """Return what a run of LaTeX would read of what the run before it wrote: digests by name."""
    digests = {}
    for path in carried(output):
        data = path.read_bytes()
        if path.suffix == ".aux":
            lines = data.decode("utf-8", "replace").split("\n")
            data = "\n".join(line for line in lines if not _IDLE.fullmatch(line)).encode()
        if data:
            digests[os.fspath(path.relative_to(output))] = hashlib.sha256(data).hexdigest()
    return digests


def carried(output: Path) -> list[Path]:
    """Return the files that a run left for the next one."""
    return [path for path in sorted(output.rglob("*")) if path.is_file() and not path.name.endswith(_RESULTS)]


def inputs_of(record: Path) -> tuple[str, ...]:
    """Return the files that a run read and did not write itself, as the record that ``-recorder`` makes names them."""
    if not record.is_file():
        return ()
    lines = record.read_text("utf-8", "surrogateescape").split("\n")
    written = {line.removeprefix("OUTPUT ") for line in lines if line.startswith("OUTPUT ")}
    read = dict.fromkeys(line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT "))
    return tuple(name for name in read if name not in written)


class _Pages:
    """Counts pages in what LaTeX prints while it runs: ``[7]`` when page 7 is done."""

    def __init__(self, on_page: OnPage | None) -> None:
        self.pages = 0
        self._on_page = on_page
        self._rest = b""

    def feed(self, data: bytes) -> None:
        text = self._rest + data
        end = 0
        for found in _PAGE.finditer(text):
            end = found.end()
            self.pages += 1
            if self._on_page:
                self._on_page(self.pages)
        self._rest = text[max(end, len(text) - 12) :]


def warnings(log: str) -> list[str]:
    """Return LaTeX's warnings in the log of a run, and the characters that its fonts lack, each on one line."""
    said = [" ".join(found.split()) for found in _WARNING.findall(log)]
    said += [f"Missing character: {found}" for found in _MISSING.findall(log)]
    return list(dict.fromkeys(said))


def not_found(log: str) -> tuple[str, ...]:
    """Return the files that LaTeX looked for in vain, as the text names them."""
    return tuple(dict.fromkeys(_NOT_FOUND.findall(log)))
