"""A document as it is shown. It belongs to the worker's thread, but for what it hands out."""

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..base import Diagnostic
from ..build.builder import BuildResult
from ..build.live import Live, Update
from ..build.request import Request
from ..latex import Stop
from .drawn import Pictures
from .editing import Editing
from .listening import as_data
from .views import View


class Shown(ABC):
    """A document. It is a context, whose end removes all temporary files."""

    def __init__(self) -> None:
        self.pictures = Pictures()
        self.view = View()
        self.number = 0  # counts views
        self.read: tuple[str, ...] = ()  # the files that it is made from
        self.seen: tuple[dict[str, Any], ...] | None = None  # what is wrong, by a closer look; None before that
        self.editing: Editing | None = None  # None where nothing can be moved
        self._stamp: tuple[int, int] | None = None  # of the output that is shown
        self._is_good = False  # what is on the disk is what is shown

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None: ...

    @property
    @abstractmethod
    def request(self) -> Request:
        """What is built."""

    @property
    @abstractmethod
    def live(self) -> Live:
        """What builds it."""

    @abstractmethod
    def _viewed(self) -> View:
        """Return what the last build shows."""

    def _looked_closer(self, said: Sequence[Diagnostic], stop: Stop) -> tuple[dict[str, Any], ...]:
        """Return what is wrong, by a closer look, and have the view tell what was seen."""
        return tuple(as_data(said))

    @property
    def inputs(self) -> list[Path]:
        """The document's files, those that windows may change."""
        return [self.request.folder / each for each in self.request.invocation.inputs]

    def file(self, name: str) -> Path | None:
        """Return the path of a file of the document's, by the name that it is told of by; None for any other."""
        known = (*self.request.invocation.inputs, *self.read)
        return self.request.folder / name if name in known else None

    def page_of(self, file: str, line: int) -> int | None:
        """Return the page that a line is on, from 1; None where that is not known."""
        path = os.path.realpath(self.request.folder / file)
        inputs = zip(self.request.invocation.inputs, self.inputs, strict=True)
        name = next((name for name, each in inputs if os.path.realpath(each) == path), None)
        return None if name is None else self.view.page_of(name, line)

    def update(self, stop: Stop) -> Update:
        """Build; see ``Live.update``."""
        update = self.live.update(stop)
        self.read = update.result.sources or self.read
        self._built(update.result)
        return update

    def complete(self, stop: Stop) -> BuildResult:
        """Build the rest; see ``Live.complete``."""
        result = self.live.complete(stop)
        self._built(result)
        return result

    def _built(self, result: BuildResult) -> None:
        self._is_good, self.seen = result.succeeded, None

    def look(self) -> None:
        """Take what the last build has made for what is shown."""
        status = self.request.output.stat()
        stamp = (status.st_ino, status.st_mtime_ns)
        if stamp != self._stamp:
            self._stamp = stamp
            if self.editing:
                self.editing.renew()
            self.view = self._viewed()
            self.number += 1

    def look_closer(self, said: Sequence[Diagnostic], stop: Stop) -> bool:
        """Find out what takes longer than to show the pages, once for each build; return whether that was so.

        Raises:
            Stopped: it was ended, for ``stop``.
        """
        if not self._is_good or self.seen is not None:
            return False
        self.seen = self._looked_closer(said, stop)
        return True
