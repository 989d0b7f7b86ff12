// Boxes that are selected, dragged, nudged and resized. What the author asks for is one wish to the server, which
// changes the document; until the true slide is there, a ghost shows where it will be.
import { make, mm, putAt } from './dom.mjs';
import { linesOf, snapped } from './snapping.mjs';

const STILL = 3; // pixels a pointer may tremble
const NEAR = 7; // pixels from a line that a box snaps to
const GRID = 5; // mm
const PAUSE = 700; // ms after the last key, after which the wish is sent
const TWICE = 500; // ms between two clicks
const LEAST = 0.04; // mm that are worth a wish

export class Placing {
  /**
   * `tell` shows a text (and whether it is bad news); `send` sends a wish and resolves when the true slide is there;
   * `selected` and `redrawn` are told which call is selected, when somebody does that and when its slide is drawn anew.
   */
  constructor(stage, { tell, send, selected, redrawn, open }) {
    Object.assign(this, { stage, tell, send, selected, redrawn, open });
    this.call = null; // the number of the call that is selected
    this.gesture = null;
    this.wish = null; // of keys, not yet sent
    this.busy = false;
    this.snaps = true;
    this.grid = false;
    const overlay = stage.overlay;
    overlay.addEventListener('pointerdown', (event) => this.#down(event));
    overlay.addEventListener('pointermove', (event) => this.#move(event));
    overlay.addEventListener('pointerup', (event) => this.#up(event));
    overlay.addEventListener('pointercancel', () => this.cancel());
    overlay.addEventListener('focusin', (event) => {
      const { call } = event.target.dataset;
      if (call && Number(call) !== this.call && !this.gesture) this.select(Number(call));
    });
  }

  /** Select a call; null for none. */
  select(number) {
    if (number !== this.call) this.#flush();
    this.call = number;
    this.#mark();
    this.selected(number);
  }

  /** Take it that the slide was drawn anew. */
  renew() {
    if (this.call != null && !this.stage.boxes.has(this.call)) this.call = null;
    this.#mark();
    this.redrawn(this.call);
  }

  #mark() {
    for (const [each, element] of this.stage.boxes) element.setAttribute('aria-pressed', String(each === this.call));
    this.#putHandles();
  }

  get #element() {
    return this.call == null ? null : this.stage.boxes.get(this.call);
  }

  #putHandles() {
    for (const each of this.stage.overlay.querySelectorAll('.handle')) each.remove();
    const box = this.#element?.box;
    if (!box) return;
    const { width, height } = this.stage.page;
    for (const [side, x, y] of [['e', box.x1, (box.y0 + box.y1) / 2], ['se', box.x1, box.y1]]) {
      const handle = make('button', { class: 'handle', 'data-side': side, tabindex: -1, 'aria-hidden': 'true' });
      handle.style.left = `${(100 * x) / width}%`;
      handle.style.top = `${(100 * y) / height}%`;
      this.stage.overlay.append(handle);
    }
  }

  // Pointers

  #down(event) {
    const { call, side } = event.target.dataset;
    if (event.button !== 0 || (!call && !side)) return;
    if (this.busy) {
      this.tell('The last move is still being written.');
      return;
    }
    event.preventDefault();
    if (call) {
      this.select(Number(call));
      event.target.focus({ preventScroll: true });
    }
    const element = this.#element;
    const others = [...this.stage.boxes.values()].filter((each) => each !== element).map((each) => each.box);
    this.gesture = {
      start: this.stage.at(event),
      x: event.clientX,
      y: event.clientY,
      box: element.box,
      resizes: Boolean(side),
      lines: linesOf(this.stage.page, others),
      by: { x: 0, y: 0 },
      began: false,
    };
    this.stage.overlay.setPointerCapture(event.pointerId);
  }

  #move(event) {
    const gesture = this.gesture;
    if (!gesture) return;
    if (!gesture.began && Math.hypot(event.clientX - gesture.x, event.clientY - gesture.y) < STILL) return;
    gesture.began = true;
    const now = this.stage.at(event);
    let move = { x: now.x - gesture.start.x, y: now.y - gesture.start.y };
    const only = event.shiftKey && !gesture.resizes;
    if (only) move = Math.abs(move.x) > Math.abs(move.y) ? { x: move.x, y: 0 } : { x: 0, y: move.y };
    const free = event.altKey || event.metaKey;
    const lines = this.snaps && !free ? gesture.lines : null;
    const found = snapped(
      gesture.box,
      move,
      lines,
      NEAR / this.stage.scale,
      this.grid && !free ? GRID : 0,
      gesture.resizes ? 'right' : 'all',
    );
    if (only) found[move.x === 0 ? 'x' : 'y'] = found.guides[move.x === 0 ? 'x' : 'y'] = 0;
    if (only) found.guides[move.x === 0 ? 'x' : 'y'] = null;
    gesture.by = { x: found.x, y: found.y };
    this.stage.showGuides(found.guides);
    this.#preview(gesture.by, gesture.resizes);
  }

  #up(event) {
    const gesture = this.gesture;
    if (!gesture) return;
    this.gesture = null;
    this.stage.showGuides();
    if (this.stage.overlay.hasPointerCapture(event.pointerId)) this.stage.overlay.releasePointerCapture(event.pointerId);
    if (gesture.began) this.#send(gesture.by, gesture.resizes);
    else this.#clicked(event.timeStamp);
  }

  /** Open the line at the second of two clicks. A captured pointer gives no event for that. */
  #clicked(now) {
    const isSecond = this.call === this.lastClick?.call && now - this.lastClick.time < TWICE;
    this.lastClick = isSecond ? null : { call: this.call, time: now };
    if (isSecond) this.open();
  }

  // Keys

  /** Move by keys; the wish is sent when no more keys come. */
  nudge(x, y) {
    this.#adjust({ x, y }, false);
  }

  /** Make it wider by keys. */
  widen(by) {
    this.#adjust({ x: by, y: 0 }, true);
  }

  #adjust(by, resizes) {
    if (this.busy || this.gesture || !this.#element) return;
    if (this.wish && this.wish.resizes !== resizes) this.#flush();
    if (this.busy) return;
    this.wish ??= { x: 0, y: 0, resizes };
    this.wish.x += by.x;
    this.wish.y += by.y;
    this.#preview(this.wish, resizes);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#flush(), PAUSE);
  }

  /** Send what keys have asked for. */
  flush() {
    return this.#flush();
  }

  #flush() {
    clearTimeout(this.timer);
    const wish = this.wish;
    this.wish = null;
    if (wish) this.#send(wish, wish.resizes);
    return Boolean(wish);
  }

  /** Give up what is under way; return whether something was. */
  cancel() {
    const was = Boolean(this.gesture?.began || this.wish);
    clearTimeout(this.timer);
    this.gesture = this.wish = null;
    this.stage.showGuides();
    this.#removeGhost();
    return was;
  }

  // What comes of it

  /** Show where it will be. */
  #preview(by, resizes) {
    const { page } = this.stage;
    const box = this.#element.box;
    const width = box.x1 - box.x0;
    const factor = resizes ? Math.max(0.05, (width + by.x) / width) : 1;
    const height = (box.y1 - box.y0) * factor;
    const left = box.x0 + (resizes ? 0 : by.x);
    const top = box.y0 + (resizes ? 0 : by.y);
    const there = { x0: left, y0: top, x1: left + width * factor, y1: top + height };
    if (!this.ghost) {
      this.ghost = make('div', { class: 'ghost', 'aria-hidden': 'true' });
      this.label = make('div', { class: 'label', 'aria-hidden': 'true' });
      this.stage.overlay.append(this.ghost, this.label);
    }
    const picture = this.stage.picture;
    const scale = this.stage.scale;
    this.ghost.style.backgroundImage = `url("${picture.src}")`;
    this.ghost.style.backgroundSize = `${page.width * scale * factor}px ${page.height * scale * factor}px`;
    this.ghost.style.backgroundPosition = `${-box.x0 * scale * factor}px ${-box.y0 * scale * factor}px`;
    putAt(this.ghost, there, page);
    const sign = (value) => (value > 0 ? `+${mm(value)}` : mm(value));
    this.label.textContent = resizes
      ? `${mm(width * factor)} mm wide (${sign(width * factor - width)})`
      : `${sign(by.x)}, ${sign(by.y)} mm → ${mm(left)}, ${mm(top)}`;
    this.label.style.left = `${(100 * Math.max(0, left)) / page.width}%`;
    this.label.style.top = `calc(${(100 * Math.min(page.height, there.y1)) / page.height}% + 6px)`;
    this.tell(this.label.textContent);
  }

  async #send(by, resizes) {
    if (Math.hypot(by.x, by.y) < LEAST) {
      this.#removeGhost();
      return;
    }
    const { box } = this.#element;
    const round = (value) => Math.round(value * 1000) / 1000;
    const width = round(Math.max(0.5, box.x1 - box.x0 + by.x));
    const wish = resizes ? { to: [round(box.x0), round(box.y0)], width } : { by: [round(by.x), round(by.y)] };
    this.busy = true;
    this.ghost?.classList.add('waiting');
    try {
      this.tell(await this.send(this.call, wish));
    } catch (fault) {
      this.tell(fault.message, true);
    } finally {
      this.busy = false;
      this.#removeGhost();
    }
  }

  #removeGhost() {
    this.ghost?.remove();
    this.label?.remove();
    this.ghost = this.label = null;
  }
}
