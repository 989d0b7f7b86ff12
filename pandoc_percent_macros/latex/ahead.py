"""A run of LaTeX that begins before all of its text is known.

What LaTeX does before the first page, such as loading a format and reading what an earlier run left, takes longer than
a page. So it starts meanwhile on the part of the text that is known, and waits for the rest: the file that it reads is
a pipe with a name (FIFO), of which no more is to be had yet. Once LaTeX has opened it, a plain file gets its name: the
text may look into its own file, and would wait there for ever.
"""

import os
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from .engine import Job, Run, finished, running, text_of
from .process import Stop

CAN_RUN_AHEAD = hasattr(os, "mkfifo")
_WAIT = 0.01  # seconds, for the thread's end


class RunAhead:
    """A run of LaTeX that has begun, until ``finish`` or ``close``."""

    def __init__(self, job: Job, output: Path, format_file: Path | None) -> None:
        """Start it, where ``CAN_RUN_AHEAD``.

        Args:
            job: the text, as far as it is known.
            output: the folder, which is there, for all that LaTeX writes; what an earlier run left there is read.
            format_file: a format that has the text's preamble in it.
        """
        self._output = output
        self._pipe = text_of(output)
        self._pipe.unlink(missing_ok=True)
        os.mkfifo(self._pipe)
        self._running = running(job, output, format_file)
        self._rest: SimpleQueue[str] = SimpleQueue()
        self._writer = Thread(target=self._write, args=(job.tex,), daemon=True)
        self._writer.start()

    def _write(self, start: str) -> None:
        with suppress(BrokenPipeError), self._pipe.open("w", encoding="utf-8") as pipe:  # once LaTeX opens it, too
            self._pipe.unlink()
            pipe.write(start)
            pipe.flush()
            rest = self._rest.get()
            self._pipe.write_text(start + rest, "utf-8")
            pipe.write(rest)

    def finish(self, rest: str, stop: Stop | None = None) -> Run:
        """Hand it the rest of its text, to the end of the document, and return what it left; see ``run_once``."""
        self._rest.put(rest)
        try:
            return finished(self._running, self._output, None, stop)
        finally:
            self._end_writing()

    def close(self) -> None:
        """End it."""
        self._running.close()
        self._rest.put("")
        self._end_writing()

    def _end_writing(self) -> None:
        """Have the thread end, whether LaTeX has opened the pipe and read all of it or not."""
        try:
            pipe = os.open(self._pipe, os.O_RDONLY | os.O_NONBLOCK)
        except FileNotFoundError:  # LaTeX had opened it, so nothing holds the thread up
            self._writer.join()
            return
        while self._writer.is_alive():
            with suppress(BlockingIOError):
                os.read(pipe, 1 << 16)
            self._writer.join(_WAIT)
        os.close(pipe)
