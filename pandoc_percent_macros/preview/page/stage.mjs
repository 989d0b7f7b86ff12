// The slide, as large as its place allows, and its boxes.
import { $, make, putAt, mm } from './dom.mjs';
import { pictureOf } from './service.mjs';

const GRID = 5; // mm

export class Stage {
  constructor() {
    this.stage = $('stage');
    this.slide = $('slide');
    this.picture = $('picture');
    this.overlay = $('overlay');
    this.guides = $('guides');
    this.page = null;
    this.boxes = new Map(); // elements by the numbers of calls
    new ResizeObserver(() => this.#fit()).observe(this.stage);
  }

  /** Pixels a millimetre. */
  get scale() {
    return this.slide.clientWidth / this.page.width;
  }

  /** Show a page, and the boxes of its calls. */
  async show(page, calls) {
    this.page = page;
    this.#fit();
    this.#putBoxes(calls);
    await this.#load();
  }

  #fit() {
    if (!this.page) return;
    const style = getComputedStyle(this.stage);
    const width = this.stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const height = this.stage.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const scale = Math.max(0.1, Math.min(width / this.page.width, height / this.page.height));
    this.slide.style.width = `${Math.floor(this.page.width * scale)}px`;
    this.slide.style.height = `${Math.floor(this.page.height * scale)}px`;
    this.slide.style.setProperty('--grid', `${GRID * scale}px`);
    this.#load();
  }

  /** Put the picture in its place once it is there, so that nothing flickers. */
  async #load() {
    const address = pictureOf(this.page, this.slide.clientWidth);
    if (this.wanted === address) return this.loading;
    this.wanted = address;
    this.loading = (async () => {
      const image = new Image();
      image.src = address;
      await image.decode().catch(() => {});
      if (this.wanted === address && image.naturalWidth) {
        this.picture.src = address;
        this.picture.dataset.key = this.page.key;
      }
    })();
    return this.loading;
  }

  #putBoxes(calls) {
    const known = this.boxes;
    this.boxes = new Map();
    const parts = this.page.boxes.map(([number, x0, y0, x1, y1], rank) => ({ number, rank, box: { x0, y0, x1, y1 } }));
    parts.sort((one, other) => one.number - other.number); // the order of the keyboard
    for (const { number, rank, box } of parts) {
      const element = known.get(number) ?? make('button', { class: 'box', 'aria-pressed': 'false' });
      const { text, line } = calls[number];
      const size = `${mm(box.x1 - box.x0)} × ${mm(box.y1 - box.y0)} mm at ${mm(box.x0)}, ${mm(box.y0)}`;
      element.setAttribute('aria-label', `${shortened(text)}, line ${line}, ${size}`);
      element.dataset.call = number;
      element.style.zIndex = rank; // small ones on top of large ones
      element.box = box;
      putAt(element, box, this.page);
      this.boxes.set(number, element);
    }
    for (const [number, element] of known) if (this.boxes.get(number) !== element) element.remove();
    for (const element of this.boxes.values()) if (!element.parentNode) this.overlay.append(element);
    this.#putFindings();
    this.markText(null);
  }

  #putFindings() {
    for (const each of this.overlay.querySelectorAll('.finding')) each.remove();
    for (const finding of this.page.findings ?? []) {
      const { message } = finding;
      const flag = make('button', { class: 'flag', title: message, 'aria-label': `Warning: ${message}` }, '!');
      flag.finding = finding;
      const element = make('div', { class: 'finding' }, flag);
      putAt(element, finding.box, this.page);
      this.overlay.append(element);
    }
  }

  /** Return the line of text at a place of the page, the lowest one if there are several; undefined for none. */
  textAt({ x, y }) {
    return this.page.texts?.findLast(({ box }) => box.x0 <= x && x <= box.x1 && box.y0 - 1 <= y && y <= box.y1 + 1);
  }

  /** Mark a line of text; null for none. */
  markText(text) {
    this.slide.querySelector('.text')?.remove();
    if (!text) return;
    const element = make('div', { class: 'text', 'aria-hidden': 'true' });
    putAt(element, text.box, this.page);
    this.guides.before(element);
  }

  /** Where a pointer is, in millimetres of the page. */
  at(event) {
    const place = this.slide.getBoundingClientRect();
    return { x: (event.clientX - place.left) / this.scale, y: (event.clientY - place.top) / this.scale };
  }

  /** Draw lines across the page, one for each place that is not null. */
  showGuides({ x = null, y = null } = {}) {
    this.guides.replaceChildren();
    for (const [axis, place, size] of [['x', x, 'width'], ['y', y, 'height']]) {
      if (place == null) continue;
      const line = make('div', { class: `guide ${axis}` });
      line.style[axis === 'x' ? 'left' : 'top'] = `${(100 * place) / this.page[size]}%`;
      this.guides.append(line);
    }
  }
}

export const shortened = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text).replace(/\s+/g, ' ');
