"""Versions of a document that is built: what pandoc makes of it with another text in the place of a call."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from .. import INSTEAD, PAGE_MARKS
from ..latex import Stopped
from ..pages import read_marked
from .builder import Builder, Version
from .conversion import Conversion
from .request import Request

_AT_ONCE = 4  # pandocs, at most


class Versions:
    """Makes versions of one document, as often as asked."""

    def __init__(self, request: Request, builder: Builder, work: Path) -> None:
        """Prepare.

        Args:
            request: what is built, with marks.
            builder: builds it.
            work: a folder for temporary files.
        """
        self._request = request
        self._builder = builder
        self._work = work
        self._conversions: list[Conversion] = []  # each has a folder of its own

    def make(self, texts: Sequence[str]) -> list[Version | None]:
        """Return a version for each text, None where pandoc or a macro fails with it. Nothing is shown.

        Args:
            texts: a call and its text each, as ``document.transport.trial`` has it.
        """
        count = max(1, min(len(texts), os.cpu_count() or 1, _AT_ONCE))
        self._conversions += [self._conversion(number) for number in range(len(self._conversions), count)]
        ended = Event()

        def some(at: int) -> list[Version | None]:
            return [self._version(self._conversions[at], each, ended) for each in texts[at::count]]

        with ThreadPoolExecutor(count) as pool:
            try:
                found = list(pool.map(some, range(count)))
            finally:
                ended.set()
        return [found[at % count][at // count] for at in range(len(texts))]

    def _conversion(self, number: int) -> Conversion:
        folder = self._work / f"version-{number}"
        folder.mkdir()
        return Conversion(self._request, folder)

    def _version(self, conversion: Conversion, text: str, ended: Event) -> Version | None:
        meaning = conversion.folder / "marks.json"
        meaning.unlink(missing_ok=True)
        asking = {PAGE_MARKS: os.fspath(meaning), INSTEAD: text}
        try:
            converted = conversion.run(conversion.folder / self._request.output.name, asking, ended.is_set)
        except Stopped:
            return None
        if converted.status or converted.job is None or not meaning.is_file():
            return None
        return Version(self._builder.drafted(converted.job), read_marked(meaning.read_text("utf-8")))
