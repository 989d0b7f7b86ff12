"""What every window is told: the thread that builds puts it up, windows read it. Nothing waits for a slow one."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import Any

_LEAST = 0.02  # seconds between two things that a window is told


@dataclass(frozen=True)
class Status:
    """How things are."""

    name: str = ""  # of the document
    view: int = 0  # counts what there is to see; a window that has seen less asks for it
    building: bool = True
    phase: str = ""
    page: int = 0  # that is done
    pages: int | None = None  # of the phase
    seconds: float = 0.0  # that the last build took, until it showed
    failed: bool = False  # the last build; what is shown is older
    diagnostics: tuple[dict[str, Any], ...] = ()
    said: str = ""
    lacks: str = ""  # why it is slower than it could be
    undo: str = ""  # what can be undone
    redo: str = ""
    goto: tuple[int, int] = (0, 0)  # how often somebody asked to see a page, and which one, from 1

    @property
    def data(self) -> dict[str, Any]:
        return asdict(self)


class Board:
    """The latest status; older ones are gone."""

    def __init__(self, status: Status) -> None:
        self._lock = Lock()
        self._status = status
        self._loop: asyncio.AbstractEventLoop | None = None
        self._readers: set[asyncio.Event] = set()

    @property
    def status(self) -> Status:
        return self._status

    @property
    def readers(self) -> int:
        """How many windows read it."""
        return len(self._readers)

    def open(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let windows read it that the loop serves."""
        self._loop = loop

    def put(self, **changes: Any) -> None:
        """Change the status; any thread may."""
        with self._lock:
            self._status = replace(self._status, **changes)
            loop = self._loop
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for each in self._readers:
            each.set()

    async def changes(self) -> AsyncGenerator[Status, None]:
        """Yield the status, and again whenever it is another one; what came in between is left out."""
        news = asyncio.Event()
        self._readers.add(news)
        try:
            while True:
                news.clear()
                yield self._status
                await asyncio.sleep(_LEAST)
                await news.wait()
        finally:
            self._readers.discard(news)
