"""``percent-macros preview`` in a real browser: what an author sees and does there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from ..support.previews import CHROMIUM, DECK, LONGEST, OPTIONS, Previewed, previewed, until

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.pandoc,
    pytest.mark.tex,
    pytest.mark.skipif(not os.environ.get("BROWSER_TESTS"), reason="a busy machine makes it waver: make browser"),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (tools/system-packages.sh browser)"),
]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    folder = tmp_path_factory.mktemp("preview")
    opener = folder / "editor"
    opener.write_text('#!/bin/sh\necho "$2" >> "$(dirname "$0")/opened"\n')
    opener.chmod(0o755)
    with previewed(folder, "talk.md", "--editor", f"{opener} {{file}} {{line}}") as found:
        found.settled()
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS])
        yield browser
        browser.close()


@pytest.fixture
def page(preview: Previewed, browser: Any) -> Iterator[Any]:
    """The page, as the deck is at first; nothing goes wrong in it that a browser tells of."""
    if preview.text != DECK:
        seen = preview.status()["view"]
        preview.write(DECK)
        preview.settled(seen)
    page = browser.new_page(viewport={"width": 1200, "height": 760})
    page.set_default_timeout(1000 * LONGEST)
    wrong: list[str] = []
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(preview.address)
    page.locator("#picture[data-key]").wait_for()
    yield page
    page.close()
    assert [each for each in wrong if "409" not in each] == []  # a refusal is no fault of the page's


def opened(preview: Previewed, count: int) -> list[str]:
    file = preview.folder / "opened"
    return until(lambda: file.read_text().split() if file.is_file() else [], lambda lines: len(lines) >= count)


def box(page: Any, text: str) -> Any:
    return page.locator(f'.box[aria-label^="{text}"]')


def slide(page: Any, number: int) -> None:
    page.get_by_label(f"Slide {number}", exact=True).click()
    page.locator("#page-number", has_text=f"{number} /").wait_for()


def shows(element: Any, text: str) -> None:
    """Assert that an element is to be seen with a text in it, sooner or later."""
    playwright.expect(element).to_contain_text(text, timeout=1000 * LONGEST)
    assert element.is_visible()


def key(page: Any) -> str:
    return str(page.locator("#picture").get_attribute("data-key"))


def moved(page: Any, old: str) -> None:
    """Wait for the true slide."""
    page.locator(f'#picture:not([data-key="{old}"])').wait_for()
    page.locator(".ghost").wait_for(state="detached")


def drag(page: Any, target: Any, across: float, down: float, *keys: str) -> None:
    place = target.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for each in keys:
        page.keyboard.down(each)
    page.mouse.move(x + across, y + down, steps=5)
    page.mouse.up()
    for each in keys:
        page.keyboard.up(each)


def scale(page: Any) -> float:
    """Pixels a millimetre; pages are 128 mm wide."""
    return float(page.locator("#slide").bounding_box()["width"]) / 128


def test_a_save_shows_the_slide_that_changed(preview: Previewed, page: Any) -> None:
    before = key(page)
    preview.replace("The last words.", "The very last words.")
    shows(page.locator("#page-number"), "3 / 4")
    page.locator(f'#picture:not([data-key="{before}"])').wait_for()
    shows(page.locator("#state-text"), "up to date")
    shows(page.locator("#page-number"), "3 / 4")
    assert key(page) != before


def test_a_click_on_a_box_tells_its_line_and_a_double_click_opens_it(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    box(page, "%%put(").click()
    assert "talk.md:20 " in page.locator("#readout").text_content()
    assert page.locator("#open-line").text_content() == "Open line 20"
    before = len(opened(preview, 0))
    page.locator("#open-line").click()
    box(page, "%%picture(").dblclick()
    assert opened(preview, before + 2)[before:] == ["20", "22"]


def test_a_click_on_plain_text_tells_its_line(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    until(lambda: "texts" in preview.view()["pages"][1], bool)
    page.locator("#state-text", has_text="up to date").wait_for()
    text = next(each for each in preview.view()["pages"][1]["texts"] if each["text"].startswith("Text of"))
    place, pixels = page.locator("#slide").bounding_box(), scale(page)
    x, y = (text["box"]["x0"] + text["box"]["x1"]) / 2, (text["box"]["y0"] + text["box"]["y1"]) / 2
    count = len(opened(preview, 0))
    page.mouse.dblclick(place["x"] + x * pixels, place["y"] + y * pixels)
    assert "talk.md:24  Text of the second slide." in page.locator("#readout").text_content()
    assert opened(preview, count + 1)[-1] == "24"


def test_findings_are_drawn_where_they_are(page: Any) -> None:
    slide(page, 4)
    page.locator(".finding .flag").click()
    assert "talk.md:38  the text" in page.locator("#readout").text_content()
    page.locator("#warnings").click()
    assert "contrast" in page.locator("#problems .problem.warning h2").text_content()


def test_notes_are_shown(page: Any) -> None:
    slide(page, 2)
    page.locator("#notes").wait_for(state="hidden")
    page.keyboard.press("n")
    shows(page.locator("#notes"), "Say hello.")


def test_what_is_dragged_is_moved_in_the_file_and_undone(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    page.locator("#snap").click()
    before = key(page)
    start = box(page, "%%put(").bounding_box()
    pixels = scale(page)
    drag(page, box(page, "%%put("), -10 * pixels, 4 * pixels)
    moved(page, before)
    assert preview.text == DECK.replace("40mm, 30mm", "30mm, 34mm")
    shows(page.locator("#readout"), "40mm → 30mm")
    now = key(page)
    page.locator("#undo").click()
    moved(page, now)
    assert preview.text == DECK
    assert box(page, "%%put(").bounding_box()["x"] == pytest.approx(start["x"], abs=1)
    undone = key(page)
    page.keyboard.press("Control+Shift+Z")
    moved(page, undone)
    assert preview.text == DECK.replace("40mm, 30mm", "30mm, 34mm")


def test_shift_keeps_to_one_axis(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    page.locator("#snap").click()
    before = key(page)
    drag(page, box(page, "%%put("), 6 * scale(page), 2 * scale(page), "Shift")
    moved(page, before)
    assert preview.text == DECK.replace("40mm, 30mm", "46mm, 30mm")


def test_a_drag_snaps_to_other_boxes(preview: Previewed, page: Any) -> None:
    """The left edges are 30 mm apart; a drag that leaves 0.8 mm of that ends flush."""
    slide(page, 2)
    before = key(page)
    target = box(page, "%%picture(")
    place = target.bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.down()
    left = box(page, "%%put(").bounding_box()["x"]
    page.mouse.move(left + 5 + 3, place["y"] + 5 + 40, steps=5)
    assert page.locator(".guide.x").count() == 1
    page.mouse.up()
    moved(page, before)
    boxes = {preview.view()["calls"][str(each[0])]["line"]: each for each in preview.view()["pages"][1]["boxes"]}
    assert boxes[22][1] == pytest.approx(boxes[20][1], abs=0.06)


def test_a_handle_resizes(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    page.locator("#snap").click()
    box(page, "%%picture(").click()
    before = key(page)
    drag(page, page.locator('.handle[data-side="e"]'), 8 * scale(page), 0)
    moved(page, before)
    assert preview.text == DECK.replace("60mm, 20mm", "60mm, 28mm")


def test_all_by_keyboard(preview: Previewed, page: Any) -> None:
    """Slide, box, move, resize, undo, line: without a pointer."""
    page.keyboard.press("PageDown")
    page.locator("#page-number", has_text="2 /").wait_for()
    before = key(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        if str(page.evaluate("document.activeElement.getAttribute('aria-label')")).startswith("%%put("):
            break
    for press in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Control+ArrowLeft", "Enter"):
        page.keyboard.press(press)
    moved(page, before)
    assert preview.text == DECK.replace("40mm, 30mm", "41.9mm, 35mm")
    now = key(page)
    page.keyboard.press("Control+z")
    moved(page, now)
    assert preview.text == DECK
    count = len(opened(preview, 0))
    page.keyboard.press("Enter")
    assert opened(preview, count + 1)[-1] == "20"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.locator("#page-number", has_text="4 / 4").wait_for()
    assert preview.text == DECK


def test_a_finger_drags(preview: Previewed, page: Any) -> None:
    slide(page, 2)
    page.locator("#snap").click()
    before = key(page)
    place, pixels = box(page, "%%put(").bounding_box(), scale(page)
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    screen = page.context.new_cdp_session(page)
    screen.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for kind, part in (("touchStart", 0), ("touchMove", 0.3), ("touchMove", 1)):
        points = [{"x": x + 7 * pixels * part, "y": y}]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    moved(page, before)
    assert preview.text == DECK.replace("40mm, 30mm", "47mm, 30mm")


def test_what_can_not_be_moved_says_why(preview: Previewed, page: Any) -> None:
    slide(page, 3)
    drag(page, box(page, "%%image("), 50, 30)
    page.locator("#readout.bad").wait_for()
    assert "number" in page.locator("#readout").text_content()
    page.locator(".ghost").wait_for(state="detached")
    assert preview.text == DECK


def test_an_error_is_shown_over_the_last_good_slide(preview: Previewed, page: Any) -> None:
    shown = key(page)
    preview.replace("Plain words", "Plain \\undefined words")
    page.locator("#problems .problem.error").wait_for()
    assert page.locator("#problems .place").first.text_content() == "talk.md:16:7"
    assert page.locator("#problems mark").text_content() == "\\undefined"
    assert key(page) == shown
    count = len(opened(preview, 0))
    page.locator("#problems .place").first.click()
    assert opened(preview, count + 1)[-1] == "16"
    preview.replace("\\undefined ", "")
    page.locator("#problems").wait_for(state="hidden")


def test_an_editor_leads_to_a_slide(preview: Previewed, page: Any) -> None:
    assert preview.ask(f"{preview.path}line?file=talk.md&line=22")[0] == 200
    page.locator("#page-number", has_text="2 / 4").wait_for()


def test_labels_names_and_contrast(page: Any) -> None:
    """Each control has a name, and so does each picture that says something; texts are readable in both schemes."""
    slide(page, 2)
    nameless = page.evaluate(
        """[...document.querySelectorAll('button:not([aria-hidden]), iframe, nav, section, dialog, progress')].filter(
          (each) => !(each.getAttribute('aria-label') || each.getAttribute('aria-labelledby') || each.title
            || each.textContent.trim())).map((each) => each.outerHTML)"""
    )
    assert nameless == []
    assert page.locator("#picture").get_attribute("alt").startswith("Slide 2")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for ratio in page.evaluate(CONTRASTS):
            assert ratio >= 4.5


CONTRASTS = """
(() => {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  const bytes = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = bytes(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const shown = '#name, #state-text, header button:not(:disabled), #page-number, #readout, .thumbnail span';
  return [...document.querySelectorAll(shown)].map((each) => {
    const [one, other] = [light(bytes(getComputedStyle(each).color)), light(behind(each))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
})()
"""


def test_html_is_followed_and_leads_to_lines(browser: Any, tmp_path: Any) -> None:
    with previewed(tmp_path, "talk.md", "-t", "html", "-M", "title=Talk") as preview:
        preview.settled()
        page = browser.new_page(viewport={"width": 1000, "height": 500})
        page.set_default_timeout(1000 * LONGEST)
        page.goto(preview.address)
        frame = page.frame_locator("#frame")
        frame.get_by_text("Plain words of the first slide.").click()
        page.locator("#readout", has_text="talk.md:16  Plain words").wait_for()
        preview.replace("Plain words", "Other words")
        frame.get_by_text("Other words of the first slide.").wait_for()
        assert preview.ask(f"{preview.path}line?file=talk.md&line=38")[0] == 200
        heading = frame.get_by_role("heading", name="Fourth")
        until(lambda: heading.bounding_box()["y"], lambda y: y < 400)
        preview.replace("Other words", "%%nothing()")
        page.locator("#problems .problem.error").first.wait_for()
        page.close()
