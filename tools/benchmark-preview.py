"""Measures the wait from a save to the changed slide: in a browser that shows the preview, and in the PDF of `watch`.

Usage: benchmark-preview.py [ROUNDS]
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))
import decks

_SIZES = (60, 200)
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PAUSE = 3.0  # seconds, after all is built: an author writes no sooner


def main() -> None:
    """Print a line for each size."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("slides  preview: slide in the browser  watch: slide in the PDF  build with empty caches   (s, medians)")
    for slides in _SIZES:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "deck.md").write_text(decks.deck(slides), "utf-8")
            shown, watched = (median(work(Path(folder), slides, rounds)) for work in (_shown, _watched))
            whole = median(_built(Path(folder)) for _ in range(3))
        print(f"{slides:6}  {shown:10.2f} ({shown / watched:.2f} of watch, {shown / whole:.2f} of build)", end="")
        print(f"  {watched:10.2f}  {whole:10.2f}", flush=True)


def _shown(folder: Path, slides: int, rounds: int) -> list[float]:
    """Return the waits for a slide in a browser."""
    with _running(folder, "preview", "--no-browser") as preview, sync_playwright() as program:
        browser = program.chromium.launch(executable_path="/usr/bin/chromium", args=_OPTIONS)
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(_until(preview, "http").strip())
        page.locator("#picture[data-key]").wait_for()
        waits = []
        for number in range(rounds):
            page.locator("#state-text", has_text="up to date").wait_for()
            time.sleep(_PAUSE)
            waits.append(_wait(folder, slides, number, _in_browser(page)))
        browser.close()
        return waits


def _watched(folder: Path, slides: int, rounds: int) -> list[float]:
    """Return the waits for the PDF of ``watch``."""
    with _running(folder, "watch", "-t", "beamer", "-o", "deck.pdf") as watch:
        waits = []
        for number in range(rounds):
            _until(watch, "waiting for changes")
            time.sleep(_PAUSE)
            waits.append(_wait(folder, slides, rounds + number, _in_pdf(folder)))
        return waits


def _wait(folder: Path, slides: int, number: int, wait: Callable[[], None]) -> float:
    """Return the seconds from a change of one slide until it shows."""
    text = decks.deck(slides).replace(decks.CHANGED, f"{decks.AFTER} {number}")
    started = time.perf_counter()
    (folder / "deck.md").write_text(text, "utf-8")
    wait()
    return time.perf_counter() - started


def _in_browser(page: Page) -> Callable[[], None]:
    key = page.locator("#picture").get_attribute("data-key")
    return lambda: page.locator(f'#picture:not([data-key="{key}"])').wait_for()


def _in_pdf(folder: Path) -> Callable[[], None]:
    output = folder / "deck.pdf"
    before = output.stat().st_ino

    def wait() -> None:
        while output.stat().st_ino == before:
            time.sleep(0.005)

    return wait


def _built(folder: Path) -> float:
    """Return the seconds of a build that finds nothing of an earlier one."""
    with tempfile.TemporaryDirectory() as cache:
        command = ["percent-macros", "build", "deck.md", "-t", "beamer", "-o", "new.pdf", "--quiet"]
        started = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, env={**os.environ, "XDG_CACHE_HOME": cache})
        return time.perf_counter() - started


@contextmanager
def _running(folder: Path, command: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    words = ["percent-macros", command, "deck.md", *options]
    with subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.send_signal(signal.SIGINT)
        process.communicate()


def _until(process: subprocess.Popen[str], said: str) -> str:
    assert process.stderr
    return next(line for line in process.stderr if said in line)


if __name__ == "__main__":
    main()
