"""A document built with marks on its pages, as often as asked, and the boxes of its calls."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ..base import Fault
from ..build.builder import Builder, BuildResult, Kept
from ..build.live import Live
from ..build.outputs import temporary
from ..build.progress import Progress
from ..build.request import Request
from ..build.trying import Versions
from ..pages import Box, MarkedCall, MarkedPdf, Painted, boxes_of, require
from ..pandoc import USUAL, find_pandoc, parse


@dataclass(frozen=True)
class PlacedCall:
    """What a call of the document paints on a page."""

    call: MarkedCall
    number: int  # of its marks
    page: int  # from 1
    box: Box


@dataclass(frozen=True)
class Page:
    """A page of the built document."""

    number: int  # from 1
    size: Box
    painted: tuple[Painted, ...]


class PlacedDocument:
    """One document. It is a context, whose end removes all that is temporary."""

    def __init__(self, arguments: Sequence[str], progress: Progress, kept: Kept, *, again: bool = False) -> None:
        """Prepare to build.

        Args:
            arguments: pandoc's, the document among them. An output is of no account, and without a format it is
                beamer.
            progress: is told how far it is, and shows what goes wrong.
            kept: what earlier builds have kept.
            again: it will be built again and again, by what is then ``live``, which ``told`` has to be told of.

        Raises:
            Fault: PM608 for what is not pandoc's command line or names no document; PM618 where a package is missing.
        """
        require("pikepdf", "pypdfium2")
        self.arguments = tuple(arguments)
        self._progress = progress
        self._kept = kept
        self._again = again
        self.calls: list[MarkedCall] = []  # of the last build, by the numbers of their marks

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.folder = stack.enter_context(temporary())
            self.pdf = self.folder / "marked.pdf"
            self.request = self._requested()
            if self._again:
                self.live = stack.enter_context(Live(self.request, self._progress, self._kept))
                self.builder = self.live.builder
            else:
                self.builder = stack.enter_context(Builder(self.request, self._progress, self._kept))
            self.versions = Versions(self.request, self.builder, self.folder)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def _requested(self) -> Request:
        names = parse(self.arguments)[1]
        here = Path.cwd()
        known_as = here / f"{Path(names[0]).stem if names else ''}.marked.pdf"
        at = self.arguments.index("--") if "--" in self.arguments else len(self.arguments)
        ours = [f"--output={self.pdf}"]
        program = os.path.abspath(find_pandoc())

        def request() -> Request:
            words = (*self.arguments[:at], *ours, *self.arguments[at:])
            return Request(program, words, here, marks=True, known_as=known_as)

        if request().last("to") is None:
            ours.append(f"--to={USUAL}")
        asked = request()
        asked.check()
        if not asked.invocation.inputs:
            raise Fault("PM608", "the command names no document", "name its file")
        if asked.target not in ("beamer", "latex"):
            raise _no_latex()
        return asked

    def build(self) -> bool:
        """Build the document; return whether that succeeded. What is wrong is shown.

        Raises:
            Fault: as ``Builder.build`` does; PM608 when what is built is no PDF by LaTeX.
        """
        return self.told(self.builder.build()).succeeded

    def told(self, result: BuildResult) -> BuildResult:
        """Take how a build ended that was made ``live``; return it."""
        if result.succeeded:
            if result.pages is None:
                raise _no_latex()
            self.calls = self.builder.marked
        return result

    @property
    def target(self) -> str:
        """The format that pandoc writes."""
        return self.request.target

    @property
    def tex(self) -> str:
        """The LaTeX of the last build."""
        return self.builder.tex

    @property
    def log(self) -> str:
        """What LaTeX wrote to its log in the last build."""
        return self.builder.log

    def pages(self) -> list[Page]:
        """Return the pages of the last build, with what is painted on them."""
        return pages_of(self.pdf)

    def boxes(self) -> list[PlacedCall]:
        """Return what each call paints on each page, in the order of the document and of its pages."""
        found = [
            PlacedCall(self.calls[number], number, page.number, box)
            for page in self.pages()
            for number, box in boxes_of(page.painted).items()
        ]
        files = list(self.request.invocation.inputs)
        return sorted(
            found,
            key=lambda each: (
                files.index(each.call.file) if each.call.file in files else len(files),
                (each.call.line, each.call.column, each.page),
            ),
        )


def _no_latex() -> Fault:
    hint = "only these have marks: leave out `--to`, or give `--to beamer` or `--to latex`"
    return Fault("PM608", "the command makes no PDF by LaTeX", hint)


def pages_of(path: Path) -> list[Page]:
    """Return the pages of a PDF, with what is painted on them."""
    with MarkedPdf(path) as pdf:
        return [Page(each, pdf.size(each), tuple(pdf.painted(each))) for each in range(1, pdf.pages + 1)]
