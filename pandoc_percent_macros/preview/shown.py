"""A document as it is shown. It belongs to the worker's thread, but for what it hands out."""

import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..base import Diagnostic
from ..build.builder import BuildResult, Kept
from ..build.live import Update
from ..build.progress import Progress
from ..build.request import Request
from ..latex import Stop
from ..placing.placed import PlacedDocument
from .drawn import Pictures
from .editing import Editing
from .listening import as_data
from .looking import look_closer
from .views import View, view_of


class Slides:
    """A deck, or another document that LaTeX makes pages of. It is a context, whose end removes all temporary files."""

    def __init__(self, arguments: Sequence[str], progress: Progress, kept: Kept) -> None:
        """Prepare to build.

        Args:
            arguments: pandoc's.
            progress: is told how far builds are, and what goes wrong.
            kept: what earlier builds have kept.

        Raises:
            Fault: as ``PlacedDocument`` does.
        """
        self._document = PlacedDocument(arguments, progress, kept, again=True)
        self.pictures = Pictures()
        self.view = View()
        self.read: tuple[str, ...] = ()  # the files that it is made from
        self.number = 0  # counts views
        self._stamp: tuple[int, int] | None = None  # of the PDF that is shown
        self.seen: tuple[dict[str, Any], ...] | None = None  # what is wrong, by a closer look; None before that
        self._is_good = False  # what is on the disk is what is shown
        self.editing = Editing(self._document)

    def __enter__(self) -> Self:
        self._document.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._document.__exit__(kind, fault, at)

    @property
    def request(self) -> Request:
        return self._document.request

    @property
    def inputs(self) -> list[Path]:
        """The document's files, those that windows may change."""
        return [self.request.folder / each for each in self.request.invocation.inputs]

    @property
    def lacks(self) -> str:
        """Why it is slower than it could be; "" where it is not."""
        return self._document.live.lacks

    def file(self, name: str) -> Path | None:
        """Return the path of a file of the document's, by the name that it is told of by; None for any other."""
        request = self.request
        known = (*request.invocation.inputs, *self.read)
        return request.folder / name if name in known else None

    def page_of(self, file: str, line: int) -> int | None:
        """Return the page that a line is on, from 1; None where that is not known."""
        path = os.path.realpath(self.request.folder / file)
        names = (
            each for each in self.request.invocation.inputs if os.path.realpath(self.request.folder / each) == path
        )
        name = next(names, None)
        return None if name is None else self.view.page_of(name, line)

    def update(self, stop: Stop) -> Update:
        """Build; see ``Live.update``."""
        update = self._document.update(stop)
        self.read = update.result.sources or self.read
        self._is_good, self.seen = update.result.succeeded, None
        return update

    def complete(self, stop: Stop) -> BuildResult:
        """Build the rest; see ``Live.complete``."""
        result = self._document.complete(stop)
        self._is_good, self.seen = result.succeeded, None
        return result

    def look(self) -> None:
        """Take what the last build has made for what is shown."""
        status = self._document.pdf.stat()
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            self._stamp = stamp
            self.editing.renew()
            self.view = view_of(self._document, self.pictures).like(self.view)
            self.number += 1

    def look_closer(self, said: Sequence[Diagnostic], stop: Stop) -> bool:
        """Find out what takes longer than to show the pages, once for each build; return whether that was so.

        Raises:
            Stopped: it was ended, for ``stop``.
        """
        if not self._is_good or self.seen is not None:
            return False
        looked = look_closer(self._document, said, self._document.folder, stop)
        self.seen = looked.diagnostics if looked else tuple(as_data(said))
        if looked:
            self.view = self.view.looked(looked.pages)
            self.number += 1
        return True


Shown = Slides
