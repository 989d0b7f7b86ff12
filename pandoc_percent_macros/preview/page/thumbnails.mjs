// The slides, small, in a row.
import { make } from './dom.mjs';
import { pictureOf } from './service.mjs';

const WIDTH = 150; // CSS pixels

export class Thumbnails {
  constructor(element, chosen) {
    this.element = element;
    this.chosen = chosen;
    this.buttons = [];
  }

  /** Show pages; pictures of those that show the same stay. */
  show(pages) {
    while (this.buttons.length > pages.length) this.buttons.pop().remove();
    pages.forEach((page, at) => {
      const button = this.buttons[at] ?? this.#add(at);
      const image = button.firstElementChild.nextElementSibling;
      const address = pictureOf(page, WIDTH);
      if (image.getAttribute('src') !== address) image.src = address;
      image.style.aspectRatio = `${page.width} / ${page.height}`;
      button.classList.toggle('has-finding', Boolean(page.findings?.length));
    });
  }

  #add(at) {
    const image = make('img', { alt: '', loading: 'lazy', decoding: 'async' });
    const button = make(
      'button',
      { class: 'thumbnail', 'aria-label': `Slide ${at + 1}`, onclick: () => this.chosen(at) },
      make('span', {}, `${at + 1}`),
      image,
    );
    this.element.append(button);
    this.buttons.push(button);
    return button;
  }

  /** Mark the page that is shown. */
  mark(at) {
    this.buttons.forEach((button, number) => {
      if (number === at) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    });
    this.buttons[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
