"""A document built again and again in one process: what changed of a deck first, then all of it.

``watch`` stands on this, and so may whatever shows a document while it is written.
"""

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ..frames import is_available
from ..latex import Stop
from .builder import Builder, BuildResult, Kept
from .conversion import Converted
from .outputs import copied, publish, staged
from .progress import Progress
from .request import Request


@dataclass(frozen=True)
class Update:
    """How the output was brought up to date."""

    result: BuildResult
    frames: int = 0  # that were typeset alone; 0 for a whole build

    @property
    def is_whole(self) -> bool:
        """False where ``complete`` is to follow."""
        return not self.frames


class Live:
    """One document. It is a context, whose end removes all that is temporary."""

    def __init__(self, request: Request, progress: Progress, kept: Kept) -> None:
        """Prepare to build.

        Args:
            request: what to build.
            progress: is told how far it is, and shows what goes wrong.
            kept: what earlier builds have kept.
        """
        self._request = request
        self.builder = Builder(request, progress, kept, tells_sources=True, exchanges_frames=is_available())
        self._sources: tuple[str, ...] = ()
        self._pending: Converted | None = None
        self._shown: Path | None = None

    def __enter__(self) -> Self:
        self.builder.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.builder.__exit__(kind, fault, at)

    @property
    def gave_way(self) -> str:
        """Why the last update was a whole build; "" where it was not."""
        return self.builder.gave_way

    @property
    def lacks(self) -> str:
        """What has to be installed for slides to be typeset alone; "" where that is not it."""
        if is_available() or not self.builder.has_typeset_frames:
            return ""
        return "install pikepdf, or this package as `pandoc-percent-macros[preview]`, to typeset that one alone"

    def update(self, stop: Stop | None = None) -> Update:
        """Bring the output up to date, as quickly as can be.

        Of a deck that was built before, only the slides that changed are typeset where nothing is known to depend on
        them; ``complete`` has to follow then.

        Args:
            stop: is asked, before anything is shown or published, whether to end: say, since the document has changed
                again.

        Raises:
            Fault: as ``Builder.build`` does.
            Stopped: it ended, for ``stop``.
        """
        self._pending = None
        self.builder.anticipate_changes()
        try:
            return self._updated(stop)
        finally:
            self.builder.anticipate_nothing()

    def _updated(self, stop: Stop | None) -> Update:
        request = self._request
        with staged(request.output, request.shown) as output:
            converted = self.builder.convert(output, stop)
            if isinstance(converted, BuildResult):
                return Update(converted)
            made = self.builder.typeset_changes(converted)
            if made is None:
                return Update(self._told(self.builder.finish(converted, output)))
            copied(made.pdf, output, request.shown)
            if request.marks:
                from ..pages import balance

                balance(output)
            publish(output, request.output, request.shown)
        self._pending, self._shown = converted, made.pdf
        return Update(BuildResult(True, made.pages, self._sources), made.frames)

    def complete(self, stop: Stop) -> BuildResult:
        """Typeset all of what ``update`` has typeset in part, and publish it where it shows something else.

        Args:
            stop: is asked, time and again, whether to end at once: say, since the document has changed.

        Raises:
            Fault: as ``Builder.build`` does.
            Stopped: it was ended, for ``stop``; the next ``update`` knows what the last whole build was.
        """
        assert self._pending
        request = self._request
        with staged(request.output, request.shown) as output:
            return self._told(self.builder.finish(self._pending, output, self._shown, stop))

    def _told(self, result: BuildResult) -> BuildResult:
        if result.succeeded:
            self._sources = result.sources
        return result
