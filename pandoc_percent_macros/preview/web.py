"""A document in HTML: the page itself, in a frame that is shut off from the preview's own page."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from ..base import Fault, Span
from ..build.builder import Kept
from ..build.live import Live
from ..build.outputs import temporary
from ..build.progress import Progress
from ..build.request import Request
from ..document.source import read_input
from ..lint.sources import Sources, words
from ..pandoc import find_pandoc
from .shown import Shown
from .views import View

FORMATS = frozenset("html html4 html5 revealjs slidy slideous dzslides s5".split())
_AGENT = Path(__file__).with_name("page") / "agent.js"  # the frame's end of what the page and the frame say


class Web(Shown):
    """A document in HTML."""

    def __init__(self, arguments: Sequence[str], progress: Progress, kept: Kept) -> None:
        """Prepare to build; the arguments are those of ``Paged``."""
        super().__init__()
        self._arguments = tuple(arguments)
        self._progress = progress
        self._kept = kept

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._output = stack.enter_context(temporary()) / "page.html"
            self._request = _requested(self._arguments, f"--output={self._output}", "--standalone")
            self._request.check()
            self._live = stack.enter_context(Live(self._request, self._progress, self._kept))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    @property
    def request(self) -> Request:
        return self._request

    @property
    def live(self) -> Live:
        return self._live

    def _viewed(self) -> View:
        sources = self._sources()
        starts = []
        for start in sources.starts:
            span = sources.line(start.file, start.line)
            starts.append({"file": span.source.name, "line": start.line + 1, "title": start.title})
        return View("html", sections=tuple(starts))

    def _sources(self) -> Sources:
        return Sources([read_input(each, os.fspath(self._request.folder)) for each in self._request.invocation.inputs])

    def page(self) -> bytes:
        """Return the page, which tells what is clicked in it; nothing before the first build."""
        try:
            html = self._output.read_bytes()
        except OSError:
            return b""
        script = b"<script>\n" + _AGENT.read_bytes() + b"</script>\n"
        body, end, rest = html.rpartition(b"</body>")
        return body + script + end + rest if end else html + script

    def resource(self, name: str) -> Path | None:
        """Return a file beside the document that its page names; None for one that is not in its folder."""
        if "\0" in name:
            return None
        folder = os.path.realpath(self._request.folder)
        path = os.path.realpath(os.path.join(folder, name))
        inside = os.path.relpath(path, folder)
        hidden = any(part.startswith(".") for part in inside.split(os.sep))
        return None if hidden or os.path.isabs(inside) or not os.path.isfile(path) else Path(path)

    def written(self, text: str, title: str) -> Span | None:
        """Return where a text of the page was written, which stands below a title; None where that is not clear."""
        try:
            sources = self._sources()
        except Fault:
            return None
        wanted = words(title)
        likely = [each for each in sources.starts if wanted and each.title_words == wanted]
        found = (sources.written(text, each) for each in likely or sources.starts)
        heading = sources.line(likely[0].file, likely[0].line) if likely else None
        return next((each for each in found if each), heading)


def _requested(arguments: Sequence[str], *options: str) -> Request:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    words = (*arguments[:at], *options, *arguments[at:])
    return Request(os.path.abspath(find_pandoc()), words, Path.cwd())


def is_web(arguments: Sequence[str]) -> bool:
    """Return whether a command line of pandoc's makes HTML."""
    request = _requested(arguments)
    return request.last("to") is not None and request.target in FORMATS
