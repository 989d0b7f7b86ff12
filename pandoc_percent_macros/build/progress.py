"""Showing how far a build is: a bar on a terminal, plain lines elsewhere, nothing at all when asked to be quiet."""

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from ..base import Diagnostic
from ..report.terminal import render


class Progress:
    """Shows nothing but what has to be said."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        return None

    def phase(self, name: str, pages: int | None = None) -> None:
        """Start a phase. ``pages`` is how many it will make, where that is known."""

    def page(self, number: int) -> None:
        """Tell that a page of the phase is done."""

    def finished(self, words: str) -> None:
        """Tell how the build ended."""

    def show(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Show what is wrong with the document."""
        self.say(render(diagnostics))

    def say(self, text: str) -> None:
        """Show a text, whole lines, on standard error."""
        sys.stderr.write(text)
        sys.stderr.flush()


class Silent(Progress):
    """Shows nothing at all."""

    def say(self, text: str) -> None:
        return None


class Lines(Progress):
    """A line for each phase, on standard error."""

    def __init__(self, output: str) -> None:
        self._output = output

    def phase(self, name: str, pages: int | None = None) -> None:
        self.say(f"{self._output}: {name}\n")

    def finished(self, words: str) -> None:
        self.say(f"{self._output}: {words}\n")


class LastLine(Lines):
    """A line for each build."""

    def phase(self, name: str, pages: int | None = None) -> None:
        return None


class Bar(Progress):
    """A bar on the terminal, with the phase and the page of how many; a line at the end."""

    def __init__(self, output: str) -> None:
        from rich import progress
        from rich.console import Console

        self._output = output
        self._console = Console(stderr=True, highlight=False)
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[pages]}"),
            console=self._console,
            transient=True,
        )
        self._task: progress.TaskID | None = None
        self._total: int | None = None

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def phase(self, name: str, pages: int | None = None) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._bar.start()
        self._total = pages
        self._task = self._bar.add_task(f"{_plain(self._output)}: {name}", total=pages, pages="")

    def page(self, number: int) -> None:
        if self._task is not None:
            shown = f"page {number} of {self._total}" if self._total else f"page {number}"
            self._bar.update(self._task, completed=number, pages=shown)

    def finished(self, words: str) -> None:
        self._bar.stop()
        self.say(f"{self._output}: {words}\n")

    def say(self, text: str) -> None:
        if text:
            from rich.text import Text

            self._console.print(Text(text.removesuffix("\n")), soft_wrap=True)


def _plain(text: str) -> str:
    """Return a text in which rich takes nothing for markup."""
    from rich.markup import escape

    return escape(text)


def progress_for(output: str, *, quiet: bool, each_phase: bool) -> Progress:
    """Return the way to show progress that fits where standard error goes to.

    Args:
        output: the name of what is built.
        quiet: show errors and warnings alone.
        each_phase: outside a terminal, write a line for each phase and not only one for the build.
    """
    if quiet:
        return Progress()
    if sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown"):
        return Bar(output)
    return Lines(output) if each_phase else LastLine(output)
