"""The thread that owns a document: it builds on each change of its files, and does what windows ask for in between."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from ..base import Fault
from ..build.builder import BuildResult
from ..build.changes import Changes
from ..latex import Stopped
from .board import Board
from .listening import Listening, as_data
from .shown import Shown

Answer = TypeVar("Answer")


class Worker:
    """One document, from the start to the end of the program. It is a context, whose end ends the thread."""

    def __init__(self, shown: Shown, board: Board, listening: Listening) -> None:
        """Prepare.

        Args:
            shown: the document.
            board: where it is told how things are.
            listening: what the builds of the document tell.
        """
        self.shown = shown
        self._board = board
        self._listening = listening
        self._wishes: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._woken = Event()
        self._ended = False
        self._thread = Thread(target=self._run, name="worker")
        self._incomplete = False  # only changed slides were typeset
        self._failure: Exception | None = None
        self.on_failure: Callable[[], None] = lambda: None  # is called by the thread when it can't go on

    def __enter__(self) -> Self:
        """Begin; raise ``Fault`` for a command line that can't be followed."""
        self.shown.__enter__()
        self._board.put(name=self.shown.request.invocation.inputs[0])
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End; raise what the thread could not go on for."""
        self._ended = True
        self._woken.set()
        self._thread.join()
        self.shown.__exit__(kind, fault, at)
        if self._failure:
            raise self._failure

    def ask(self, wish: Callable[[], Answer]) -> "Future[Answer]":
        """Have the thread do something, when it does nothing else, or only what can be done later."""
        future: Future[Answer] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(wish())
                except Exception as fault:  # noqa: BLE001  # whoever asks gets it
                    future.set_exception(fault)

        self._wishes.put(do)
        self._woken.set()
        return future

    def _run(self) -> None:
        try:
            self._live()
        except Exception as fault:  # noqa: BLE001  # it is raised where the context ends
            self._failure = fault
            self.on_failure()
        while not self._wishes.empty():
            self._grant()

    def _live(self) -> None:
        self._changes = Changes(self.shown.request)
        self._update()
        while not self._ended:
            self._woken.clear()
            if self._changes.came():
                self._update()
            elif not self._wishes.empty():
                self._grant()
            elif self._incomplete:
                self._complete()
            elif not self._look_closer():
                self._changes.wait(self._woken)

    def _grant(self) -> None:
        try:
            self._wishes.get_nowait()()
        except Empty:
            return

    def _is_wanted(self) -> bool:
        """Return whether there is something to do that should not wait."""
        return self._ended or not self._wishes.empty() or self._changes.came()

    def _update(self) -> None:
        """Build, and show what comes of it: of what changed, at once, or of all."""
        started = time.monotonic()
        self._changes.begin()
        self._listening.clear()
        self._board.put(building=True, phase="", page=0, pages=None)
        outcome: BuildResult | None = None
        try:
            update = self.shown.update(lambda: self._ended or self._changes.is_unsettled())
            outcome = update.result
            self._incomplete = not update.is_whole
            self._changes.shown()
            self._tell(outcome, time.monotonic() - started)
        except Stopped:
            pass
        except Fault as fault:
            self._failed(fault)
        self._changes.learn(outcome)

    def _complete(self) -> None:
        """Typeset the rest."""
        try:
            outcome = self.shown.complete(self._is_wanted)
        except Stopped:
            return
        except Fault as fault:
            self._failed(fault)
            self._incomplete = False
            return
        self._incomplete = False
        self._changes.learn(outcome)
        self._tell(outcome, None)

    def _look_closer(self) -> bool:
        """Find out more of what is shown; return False if all is known."""
        try:
            found = self.shown.look_closer(self._listening.diagnostics, self._is_wanted)
        except Stopped:
            return True
        if found:
            self._show()
        return found

    def _failed(self, fault: Fault) -> None:
        self._changes.shown()
        self._listening.show([fault.diagnostic])
        self._tell(BuildResult(False, None, ()), None)

    def _tell(self, outcome: BuildResult, seconds: float | None) -> None:
        """Put up how a build ended, and what there is to see of it now."""
        if outcome.succeeded:
            self.shown.look()
        self._show(seconds=seconds, failed=not outcome.succeeded, building=self._incomplete and outcome.succeeded)

    def _show(self, seconds: float | None = None, **changes: Any) -> None:
        seen, editing = self.shown.seen, self.shown.editing
        told = as_data(self._listening.diagnostics) if seen is None else seen
        found = (*self._listening.by_filter, *told)
        if seconds is not None:
            changes["seconds"] = round(seconds, 2)
        self._board.put(
            view=self.shown.number,
            diagnostics=found,
            said=self._listening.said,
            lacks=self.shown.live.lacks,
            undo=editing.undoable if editing else "",
            redo=editing.redoable if editing else "",
            **changes,
        )
