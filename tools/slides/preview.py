"""The pictures of `docs/preview.md`, and the drag that the README shows: a real preview, in Debian's Chromium."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from decks import copied
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_SIZE = {"width": 1000, "height": 600}
_FRAMES = 12  # of a drag
_COLOURS = 96
_FAST, _SLOW = 90, 1400  # milliseconds that a frame is shown
_PALE = "\n\\textcolor{gray!60}{It can't be read.}\n"


def draw(images: Path, folder: Path) -> None:
    """Draw them.

    Args:
        images: where they are to be.
        folder: for what is temporary.
    """
    deck = copied("preview.md", folder)
    chromium = shutil.which("chromium")
    assert chromium, "tools/system-packages.sh browser"
    with _preview(deck) as address, sync_playwright() as program:
        browser = program.chromium.launch(executable_path=chromium, args=_OPTIONS)
        page = _opened(browser, address, "light")
        _drag(page, images)
        page.close()
        page = _opened(browser, address, "dark")
        _wrong(page, deck, images)
        browser.close()


@contextmanager
def _preview(deck: Path) -> Iterator[str]:
    command = ["percent-macros", "preview", deck.name, "--no-browser"]
    with subprocess.Popen(command, cwd=deck.parent, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        yield process.stderr.readline().strip()
        process.send_signal(signal.SIGINT)


def _opened(browser: Browser, address: str, scheme: str) -> Page:
    page = browser.new_page(viewport=_SIZE, color_scheme=scheme)
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator("#picture[data-key]").wait_for()
    _settled(page)
    return page


def _settled(page: Page) -> None:
    page.locator("#state-text", has_text="up to date").wait_for()
    page.wait_for_timeout(1_500)


def _drag(page: Page, images: Path) -> None:
    """Drag a picture below another one, where it snaps; the frames are an animation, one of them a picture."""
    frames = [page.screenshot()]
    first, second = (page.locator(".box").nth(at).bounding_box() for at in (0, 1))
    assert first
    assert second
    x, y = second["x"] + second["width"] / 2, second["y"] + second["height"] / 2
    across = first["x"] + first["width"] / 2 - x
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, _FRAMES + 1):
        page.mouse.move(x + across * step / _FRAMES, y - 40 * step / _FRAMES)
        frames.append(page.screenshot())
    (images / "preview.png").write_bytes(_small(frames[-1]))
    before = page.locator("#picture").get_attribute("data-key")
    page.mouse.up()
    frames.append(page.screenshot())
    page.locator(f'#picture:not([data-key="{before}"])').wait_for()
    page.locator(".ghost").wait_for(state="detached")
    frames.append(page.screenshot())
    _animate(frames, images / "preview.gif")
    page.keyboard.press("Control+z")
    _settled(page)


def _wrong(page: Page, deck: Path, images: Path) -> None:
    """Have a finding, and then an error, on a slide."""
    text = deck.read_text("utf-8")
    deck.write_text(text.replace("an hour a month", f"an hour a month\n{_PALE}"), "utf-8")
    page.locator("#page-number", has_text="2 /").wait_for()
    page.locator(".flag").click()
    _settled(page)
    (images / "preview-finding.png").write_bytes(_small(page.screenshot()))
    deck.write_text(text.replace("of four cores", "of \\foure cores"), "utf-8")
    page.locator(".problem.error").wait_for()
    page.wait_for_timeout(500)
    (images / "preview-error.png").write_bytes(_small(page.screenshot()))


def _animate(frames: list[bytes], path: Path) -> None:
    pictures = [Image.open(BytesIO(frame)).convert("RGB").quantize(_COLOURS) for frame in frames]
    times = [_SLOW, *[_FAST] * (len(frames) - 3), _SLOW // 2, 2 * _SLOW]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=times, loop=0, optimize=True)


def _small(picture: bytes) -> bytes:
    buffer = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
