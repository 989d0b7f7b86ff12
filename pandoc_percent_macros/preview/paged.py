"""A document that LaTeX makes pages of, such as a deck: they are pictures, with boxes that can be moved."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from ..base import Diagnostic
from ..build.builder import BuildResult, Kept
from ..build.live import Live
from ..build.progress import Progress
from ..build.request import Request
from ..latex import Stop
from ..placing.placed import PlacedDocument
from .editing import Editing
from .looking import look_closer
from .shown import Shown
from .views import View, view_of


class Paged(Shown):
    """A document by LaTeX."""

    def __init__(self, arguments: Sequence[str], progress: Progress, kept: Kept) -> None:
        """Prepare to build.

        Args:
            arguments: pandoc's.
            progress: is told how far builds are, and what goes wrong.
            kept: what earlier builds have kept.

        Raises:
            Fault: as ``PlacedDocument`` does.
        """
        super().__init__()
        self._document = PlacedDocument(arguments, progress, kept, again=True)
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
    def live(self) -> Live:
        return self._document.live

    def _built(self, result: BuildResult) -> None:
        super()._built(self._document.told(result))

    def _viewed(self) -> View:
        return view_of(self._document, self.pictures, self.view)

    def _looked_closer(self, said: Sequence[Diagnostic], stop: Stop) -> tuple[dict[str, Any], ...]:
        looked = look_closer(self._document, said, self._document.folder, stop)
        if looked is None:
            return super()._looked_closer(said, stop)
        self.view = self.view.looked(looked.pages)
        self.number += 1
        return looked.diagnostics
