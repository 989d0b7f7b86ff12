"""A running ``percent-macros preview``, and what is asked of it: over HTTP, and in a browser."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
LONGEST = 60  # seconds to wait before a test is given up
DECK = """\
%%template put($x, $y, $what)
\\begin{tikzpicture}[remember picture,overlay]
\\node[anchor=north west] at ([xshift=$x,yshift=-$y]current page.north west) {$what};
\\end{tikzpicture}
=end

%%template picture($x, $y, $width)
\\begin{tikzpicture}[remember picture,overlay]
\\node[anchor=north west,inner sep=0pt,outer sep=0pt] at ([xshift=$x,yshift=-$y]current page.north west)
{\\rule{$width}{10mm}};
\\end{tikzpicture}
=end

# First

Plain words of the first slide.

# Second

%%put(40mm, 30mm, MOVED)

%%picture(70mm, 60mm, 20mm)

Text of the second slide.

::: notes
Say hello.
:::

# Third

%%image(fixed.png)

The last words.

# Fourth

\\textcolor{gray!60}{Pale words.}
"""


class Previewed:
    """A preview of ``talk.md`` in a folder."""

    def __init__(self, folder: Path, *words: str, **variables: str) -> None:
        command = ["percent-macros", "preview", *(words or ("talk.md",)), "--no-browser"]
        self.folder = folder
        self.process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **variables}, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stderr
        self.address = self.process.stderr.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), self.address + self.process.stderr.read()
        parts = urlsplit(self.address)
        self.host = parts.netloc
        self.port = parts.port or 0
        self.path = parts.path

    @property
    def text(self) -> str:
        return (self.folder / "talk.md").read_text("utf-8")

    def write(self, text: str) -> None:
        """Save the document, as an editor does."""
        beside = self.folder / "talk.md.new"
        beside.write_text(text, "utf-8")
        beside.replace(self.folder / "talk.md")

    def replace(self, old: str, new: str) -> None:
        assert self.text.count(old) == 1, old
        self.write(self.text.replace(old, new))

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return the answer to a request: its status, headers (lower case) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def view(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask(f"{self.path}now/view")[2])
        return found

    def status(self) -> dict[str, Any]:
        """Return what windows are told first."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.request("GET", f"{self.path}now/events")
        line = connection.getresponse().readline().decode()
        connection.close()
        found: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return found

    def do(self, what: str, asked: object) -> tuple[int, Any]:
        """Have something done, as the page does."""
        headers = {"Origin": f"http://{self.host}", "Content_Type": "application/json"}
        status, _, body = self.ask(f"{self.path}do/{what}", "POST", json.dumps(asked).encode(), **headers)
        return status, json.loads(body)

    def settled(self, seen: int = 0) -> dict[str, Any]:
        """Return the status once all is built, and there is more to see than a view of a number."""
        return until(self.status, lambda found: not found["building"] and found["view"] > seen)

    def end(self) -> None:
        """Interrupt it, as Ctrl-C does, and see that it ends."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(LONGEST) == 0, self.process.stderr and self.process.stderr.read()


def until(ask: Callable[[], Any], holds: Callable[[Any], bool]) -> Any:
    """Ask until the answer is as wanted."""
    end = time.monotonic() + LONGEST
    while not holds(answer := ask()):
        assert time.monotonic() < end, answer
        time.sleep(0.05)
    return answer


@contextmanager
def previewed(folder: Path, *words: str, **variables: str) -> Iterator[Previewed]:
    """Preview the deck above in a folder."""
    (folder / "talk.md").write_text(DECK, "utf-8")
    shutil.copyfile(Path(__file__).parents[2] / "examples/talk/images/game.png", folder / "fixed.png")
    preview = Previewed(folder, *words, **variables)
    try:
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.end()
        assert preview.process.stderr
        preview.process.stderr.close()
