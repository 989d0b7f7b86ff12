// Small helps for the page's elements.

/** Return the element of an id. */
export const $ = (id) => document.getElementById(id);

/** Make an element: `make('p', {class: 'place', onclick: f}, 'text', child)`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((each) => each != null));
  return element;
}

/** Put an element where a box is, in millimetres of a page, as shares of that page: so it stays there at any size. */
export function putAt(element, box, page) {
  element.style.left = `${(100 * box.x0) / page.width}%`;
  element.style.top = `${(100 * box.y0) / page.height}%`;
  element.style.width = `${(100 * (box.x1 - box.x0)) / page.width}%`;
  element.style.height = `${(100 * (box.y1 - box.y0)) / page.height}%`;
}

/** Return millimetres as they are shown. */
export const mm = (value) => (Math.round(value * 10) / 10).toFixed(1).replace('-', '−').replace(/^−0\.0$/, '0.0');
