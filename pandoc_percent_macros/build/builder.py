"""Building a document: pandoc, then LaTeX as often as needed, and faults at the author's lines."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from platformdirs import user_cache_path

from .. import MARKS, PAGE_MARKS
from ..base import ERROR, WARNING, Diagnostic, Diagnostics, Fault
from ..blame import Attempt, Failure, MarkedDocument
from ..frames import ChangedFrames, Exchanged, has_frames
from ..latex import MOST_RUNS, FormatCache, Job, Leftovers, Run, Stop, Stopped, not_found, run_once, state, warnings
from .conversion import Conversion, Converted
from .outputs import copied, publish, staged, temporary
from .progress import Progress, Silent
from .request import Request

if TYPE_CHECKING:
    from ..pages import MarkedCall, Numbering

_DRAFT = Path(__file__).with_name("draft.tex")
_BODY = "\\begin{document}"


@dataclass(frozen=True)
class Kept:
    """What is kept between builds, in the user's cache."""

    formats: FormatCache
    leftovers: Leftovers


def kept() -> Kept:
    """Return what earlier builds have kept."""
    folder = user_cache_path("percent-macros")
    return Kept(FormatCache(folder / "preambles"), Leftovers(folder / "documents"))


@dataclass(frozen=True)
class BuildResult:
    """How a build ended."""

    succeeded: bool
    pages: int | None  # of a PDF by LaTeX
    sources: tuple[str, ...]  # the files that the output depends on, as far as the build came, if that was asked for
    missing: tuple[str, ...] = ()  # files that were not found

    @property
    def result(self) -> str:
        """How it ended, in a word or two."""
        if not self.succeeded:
            return "failed"
        return "written" if self.pages is None else "1 page" if self.pages == 1 else f"{self.pages} pages"


@dataclass(frozen=True)
class Version:
    """What pandoc makes of a document that is a little different."""

    job: Job
    marked: "list[MarkedCall]"  # what its marks mean, by their numbers


class Builder:
    """Builds one document, as often as asked; keeps what LaTeX writes for its next run in between."""

    def __init__(
        self,
        request: Request,
        progress: Progress,
        kept: Kept,
        *,
        tells_sources: bool = False,
        exchanges_frames: bool = False,
    ) -> None:
        """Prepare to build.

        Args:
            request: what to build.
            progress: is told how far it is, and shows what goes wrong.
            kept: what earlier builds have kept, and where this one keeps what it leaves.
            tells_sources: find out what the output is made from, also where no depfile is asked for.
            exchanges_frames: have full runs tell what ``typeset_changes`` has to know. Pages with marks are then as
                LaTeX makes them with marks: a slide that is waited for is not typeset twice.
        """
        self._request = request
        self._progress = progress
        self._formats, self._leftovers = kept.formats, kept.leftovers
        self._tells_sources = tells_sources
        self._exchanges_frames = exchanges_frames
        self._frames: ChangedFrames | None = None
        self._fresh = request.fresh  # until something is kept again
        self._pages: int | None = None
        self._twin: Builder | None = None  # that builds the same without marks
        self._stop: Stop | None = None
        self._numbering: Numbering | None = None
        self.marked: list[MarkedCall] = []  # what the marks on the pages of the last build mean, by their numbers
        self.shown: Version | None = None  # of the last build that succeeded, with marks
        self.tex = self.log = ""  # of LaTeX's last run
        self.has_typeset_frames = False  # by an engine with formats, so that some of them could be typeset alone

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._work = stack.enter_context(temporary())
            conversion = self._work / "pandoc"
            conversion.mkdir()
            self._conversion = Conversion(self._request, conversion)
            self._meaning = self._work / "marks.json"
            if self._exchanges_frames:
                self._frames = ChangedFrames(self._work / "frames")
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def build(self) -> BuildResult:
        """Build once; the output is written whole, or left as it was.

        Raises:
            Fault: PM801 for a document that can't be read; PM601 when pandoc is killed or writes nothing; PM507 when
                LaTeX makes no page; PM809 for an output or a depfile that can't be written.
        """
        with staged(self._request.output, self._request.shown) as output:
            converted = self.convert(output)
            return converted if isinstance(converted, BuildResult) else self.finish(converted, output)

    def convert(self, output: Path, stop: Stop | None = None) -> Converted | BuildResult:
        """Run pandoc, and show what is wrong; return what it made, or how the build ended if it can't go on.

        Args:
            output: where pandoc writes what it does not leave to LaTeX.
            stop: is asked, before anything is shown, whether to end here.

        Raises:
            Stopped: it ended, for ``stop``.
        """
        self._request.check_inputs()
        converted, succeeded, missing = self._convert(output, stop)
        return converted if succeeded else BuildResult(False, None, self._sources(converted, ()), missing)

    def anticipate_changes(self) -> None:
        """Have LaTeX begin already, while pandoc still runs, for the case that ``typeset_changes`` follows."""
        if self._frames:
            self._frames.anticipate()

    def anticipate_nothing(self) -> None:
        """End what ``anticipate_changes`` has begun."""
        if self._frames:
            self._frames.close()

    def typeset_beside(self, job: Job, output: Path) -> Run:
        """Run LaTeX on a version of the document, beginning with what the last build left, and leave that as it is.

        Args:
            job: of the version.
            output: a folder for what LaTeX writes.
        """
        format_file, body = self._formats.precompiled(job)
        return self._runs(body, output, self.left, format_file)[0]

    def precompiled(self, job: Job) -> tuple[Path | None, Job]:
        """Return what ``FormatCache.precompiled`` does."""
        return self._formats.precompiled(job)

    @property
    def left(self) -> Path:
        """The folder with all that LaTeX left at the last build; it must stay as it is."""
        return self._work / "kept"

    def typeset_changes(self, converted: Converted) -> Exchanged | None:
        """Typeset only the frames that differ from those of the last full run; None where that can't be all."""
        if converted.job is None or self._frames is None:
            return None
        self._progress.phase("LaTeX, changed slides")
        job = self.drafted(converted.job)
        format_file, _ = self._formats.precompiled(job)
        return self._frames.typeset(job, format_file)

    @property
    def gave_way(self) -> str:
        """Why ``typeset_changes`` answered None the last time; "" where it did not."""
        return self._frames.gave_way if self._frames else ""

    def finish(
        self, converted: Converted, output: Path, shown: Path | None = None, stop: Stop | None = None
    ) -> BuildResult:
        """Go on from what pandoc made to the end.

        Args:
            converted: what ``convert`` returned.
            output: the file to write, by its name beside the output.
            shown: a PDF that is published already: one that shows the same is not published again.
            stop: is asked, while LaTeX runs, whether to end at once.

        Raises:
            Fault: as ``build`` does.
            Stopped: it was ended, for ``stop``.
        """
        request = self._request
        run = None
        self._stop = stop
        if converted.job:
            job = self.drafted(converted.job)
            with ThreadPoolExecutor(1) as beside:
                plain = beside.submit(self._unmarked, stop) if request.marks and not self._frames else None
                run = self._typeset(job)
            if not run.succeeded:
                return BuildResult(False, None, self._sources(converted, run.inputs), not_found(run.log))
            if not run.pdf.stat().st_size:
                raise Fault("PM507", "LaTeX made no page: the document has nothing to show")
            copied(run.pdf, output, request.shown)
            if request.marks:
                self._set_right(output, plain.result() if plain else None)
                self.shown = Version(job, self.marked)
        elif not output.exists():
            self._progress.say(converted.out.decode("utf-8", "replace"))
            raise Fault("PM601", f"pandoc succeeded, but wrote nothing to {request.shown}")
        sources = self._sources(converted, run.inputs if run else ())
        if not (shown and run and _same(shown, run.pdf)):
            publish(output, request.output, request.shown)
        if request.depfile:
            from .dependencies import write_depfile

            write_depfile(request.folder / request.depfile, request.shown, sources)
        return BuildResult(True, run.pages if run else None, sources)

    def _unmarked(self, stop: Stop | None) -> Path | None:
        """Typeset the document without marks, and return its PDF; None where that fails, which is said."""
        twin = self._twin
        if twin is None:
            request = replace(self._request, marks=False)
            twin = Builder(request, Silent(), Kept(self._formats, self._leftovers))
            self._twin = self._stack.enter_context(twin)
        twin._stop = stop
        with tempfile.TemporaryDirectory(dir=self._work) as folder:
            converted = twin.convert(Path(folder, self._request.output.name))
        if not isinstance(converted, BuildResult) and converted.job:
            run = twin._typeset(twin.drafted(converted.job))
            if run.succeeded:
                return run.pdf
        self._progress.say("[WARNING] without marks LaTeX fails: the pages may look otherwise than without\n")
        return None

    def _set_right(self, marked: Path, plain: Path | None) -> None:
        """Make the marks of a PDF whole, and have its pages be those of the document without, where these are given."""
        from ..pages import balance, carry

        balance(marked)
        if plain:
            carry(marked, plain)
            copied(plain, marked, self._request.shown)

    def _convert(self, output: Path, stop: Stop | None) -> tuple[Converted, bool, tuple[str, ...]]:
        """Run pandoc, and show what is wrong; return what it made, whether all is well, and the missing pictures."""
        self._progress.phase("pandoc")
        converted = self._numbered(self._conversion.run(output, self._asking()))
        if stop and stop():
            raise Stopped
        wrong = self._wrong_divs() if converted.status == 0 else []
        said = converted.err
        if len(converted.unclosed) == sum(each.code == "PM613" for each in wrong):
            for text in converted.unclosed:
                said = said.replace(text, "")
        self._progress.say(said)
        if converted.status < 0:
            raise Fault("PM601", f"pandoc was ended by signal {-converted.status}")
        missing = () if self._request.draft else tuple(converted.missing)
        self._progress.show(wrong)
        if missing:
            self._progress.show(self._missing_pictures(missing))
        elif converted.status and "YAML" in converted.err:
            self._progress.show(self._calls_in_yaml())
        succeeded = not (converted.status or missing or any(each.severity == ERROR for each in wrong))
        return converted, succeeded, missing

    def _sources(self, converted: Converted, tex_inputs: Iterable[str]) -> tuple[str, ...]:
        if not self._request.depfile and not self._tells_sources:
            return ()  # nobody asks
        from .dependencies import dependencies

        return tuple(dependencies(self._request, converted.loaded, tex_inputs, self._work))

    def _wrong_divs(self) -> list[Diagnostic]:
        """Return what is wrong with fenced divs: pandoc takes them for text, or for something else."""
        from ..document.source import read_input
        from ..document.work import dialect_of

        request = self._request
        names = request.invocation.inputs
        if any("://" in each for each in names) or dialect_of(request.invocation) is None:
            return []
        inputs = [read_input(each) for each in names]
        if not any(":::" in each.text for each in inputs):
            return []
        from ..inspect.checks import check_divs

        found = Diagnostics()
        with suppress(RecursionError):  # the filter has gone through it, or found nothing to do
            for each in check_divs(request.arguments, inputs, [request.target]):
                found.add(each)
        return list(found)

    def _missing_pictures(self, names: Iterable[str]) -> list[Diagnostic]:
        from ..blame.investigation import missing_pictures

        return missing_pictures(names, self._failure(None, ""))

    def _calls_in_yaml(self) -> list[Diagnostic]:
        """Return what is wrong with calls in metadata that pandoc could not read, before it started the filter."""
        from ..inspect.loading import load

        try:
            loaded = load(self._request.arguments)
        except Fault:
            return []  # it is not for calls that pandoc can't read it
        return [each.fault for each in loaded.directives.values() if each.fault and each.fault.code == "PM113"]

    def _asking(self) -> dict[str, str]:
        """Return the variables that ask the filter for marks on pages, if they are wanted."""
        self._meaning.unlink(missing_ok=True)
        return {PAGE_MARKS: os.fspath(self._meaning)} if self._request.marks else {}

    def _numbered(self, converted: Converted) -> Converted:
        """Return what pandoc did, with numbers in the marks that stay with their calls."""
        if converted.job is None or not self._meaning.is_file():
            return converted
        from ..pages import Numbering, read_marked

        self._numbering = self._numbering or Numbering()
        calls = read_marked(self._meaning.read_text("utf-8"))
        tex, self.marked = self._numbering.settled(converted.job.tex, calls)
        return replace(converted, job=replace(converted.job, tex=tex))

    def drafted(self, job: Job) -> Job:
        """Return a job as it is run: with what is asked for beside the document."""
        text = _with_draft(job.tex) if self._request.draft else job.tex
        if self._request.marks:
            from ..pages import with_definitions

            text = with_definitions(text)
        return replace(job, tex=text)

    def _typeset(self, job: Job) -> Run:
        """Run LaTeX until what it writes for itself stays the same; show what is wrong."""
        format_file, body = self._prepared(job)
        if format_file and self._frames:
            body = self._frames.marked(body)
        output, kept = self._work / "latex", self.left
        run, settled = self._runs(body, output, kept, format_file)
        if not run.succeeded and (kept.is_dir() or format_file):
            # What is left of an earlier version of the document may be to blame, or the format.
            suspect = format_file if run.status < 0 or not kept.is_dir() else None
            run, settled = self._runs(job, output, None, None)
            if run.succeeded:
                self._forget_leftovers(job)
                if suspect:
                    self._formats.distrust(suspect)
            format_file = None
        if not run.succeeded:
            from ..blame.investigation import blame

            self._progress.show(blame(self._failure(job, run.log)))
            return run
        self._formats.without_it_latex_succeeds()
        self._keep(job, output, settled=settled)
        if self._frames:
            self._frames.remember(job, format_file if settled else None, run, kept)
        self._pages = run.pages
        self.tex, self.log = job.tex, run.log
        self.has_typeset_frames = bool(format_file) and has_frames(job)
        self._progress.show(self._complaints(job, run, settled=settled))
        if format_file:
            read = [each for each in run.inputs if each != os.fspath(format_file)]
            return replace(run, inputs=(*read, *self._formats.inputs(format_file)))
        return run

    def _prepared(self, job: Job) -> tuple[Path | None, Job]:
        """Return a format and what is to be run from it, and put what LaTeX left the last time in its place."""
        if self._fresh:
            self._formats.forget(job)
            self._forget_leftovers(job)
            return None, job
        if not self.left.is_dir():
            self._leftovers.restore(job, self._known_as, self.left)
        return self._formats.precompiled(job)

    def _keep(self, job: Job, output: Path, *, settled: bool) -> None:
        """Keep what LaTeX left, for the next build; not what is still changing."""
        shutil.rmtree(self.left, ignore_errors=True)
        shutil.copytree(output, self.left)
        if settled:
            self._leftovers.keep(job, self._known_as, output)
        else:
            self._leftovers.forget(job, self._known_as)
        self._fresh = False

    @property
    def _known_as(self) -> Path:
        return self._request.known_as or self._request.output

    def _forget_leftovers(self, job: Job) -> None:
        shutil.rmtree(self.left, ignore_errors=True)
        self._leftovers.forget(job, self._known_as)

    def _runs(self, job: Job, output: Path, kept: Path | None, format_file: Path | None) -> tuple[Run, bool]:
        """Return LaTeX's last run, and whether another one would make the same."""
        shutil.rmtree(output, ignore_errors=True)
        before: dict[str, str] = {}
        if kept and kept.is_dir():
            shutil.copytree(kept, output)
            before = state(output)
        pages = self._pages
        for number in range(1, MOST_RUNS + 1):
            self._progress.phase(f"LaTeX, run {number}", pages)
            # A deck's first run is never its last: there is no navigation yet.
            draft = not before and number == 1 and has_frames(job)
            run = run_once(job, output, self._progress.page, format_file, self._stop, draft=draft)
            after = state(output)
            if not run.succeeded or (after == before and not draft):
                return run, True
            before, pages = after, run.pages
        return run, False

    def _complaints(self, job: Job, run: Run, *, settled: bool) -> list[Diagnostic]:
        """Return what is to be said of a run that succeeded."""
        if self._request.last("quiet") is None:
            self._progress.say("".join(f"[WARNING] {each}\n" for each in warnings(run.log)))
        found = []
        if not settled:
            message = f"after {MOST_RUNS} runs LaTeX's references still change"
            found.append(Diagnostic("PM506", message, None, severity=WARNING))
        if "Overfull \\" in run.log:
            from ..blame.overflow import overflows

            found += overflows(self._failure(job, run.log), run.log)
        return found

    def _failure(self, job: Job | None, log: str) -> Failure:
        request = self._request
        return Failure(
            request.invocation.inputs,
            request.invocation.reader,
            request.target,
            request.arguments,
            log,
            job.tex if job else "",
            request.folder,
            self._marked,
            partial(self._attempt, job),
        )

    def _marked(self) -> MarkedDocument:
        with tempfile.TemporaryDirectory(dir=self._work) as folder:
            answer = Path(folder, "marks.json")
            converted = self._conversion.run(Path(folder, self._request.output.name), {MARKS: os.fspath(answer)})
            tex = self.drafted(converted.job).tex if converted.job else ""
            return MarkedDocument(tex, answer.read_text("utf-8") if answer.is_file() else "")

    def _attempt(self, job: Job | None, tex: str) -> Attempt:
        assert job is not None, "there was no LaTeX to try again"
        with tempfile.TemporaryDirectory(dir=self._work) as folder:
            run = run_once(replace(job, tex=tex), Path(folder))
            return Attempt(run.log, tex, run.succeeded)


def _same(one: Path, other: Path) -> bool:
    from ..frames.sameness import same  # it loads pikepdf

    return same(one, other)


def _with_draft(tex: str) -> str:
    """Return a LaTeX text whose missing pictures are shown as boxes, no line of it moved."""
    lines = (line.strip() for line in _DRAFT.read_text("utf-8").splitlines() if not line.startswith("%"))
    code = "".join(line.removesuffix("%") if line.endswith("%") else f"{line} " for line in lines)
    preamble, begin, body = tex.partition(f"\n{_BODY}")
    return f"{preamble} {code}{begin}{body}"
