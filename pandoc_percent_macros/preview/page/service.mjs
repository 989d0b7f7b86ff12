// What the server is asked. All addresses are relative: the first part of the page's own path is the secret word.

/** Ask for what there is to see. */
export async function fetchView() {
  const response = await fetch('now/view');
  if (!response.ok) throw new Error(`the preview answers ${response.status}`);
  return response.json();
}

/** Have something done; throw what the server says why it is not. */
export async function ask(what, details = {}) {
  const response = await fetch(`do/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(details),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(answer);
  return answer;
}

/** Why something is not done: a message, and hints. */
export class Refusal extends Error {
  constructor({ message, hints = [] }) {
    super([message, ...hints].join(' · '));
  }
}

/** Call `told` with each status, and `gone` while there is no connection. */
export function listen(told, gone) {
  const source = new EventSource('now/events');
  source.onmessage = (event) => told(JSON.parse(event.data));
  source.onerror = gone;
}

/** Return the address of a page's picture for a width in CSS pixels. Few different widths make few pictures. */
export function pictureOf(page, width) {
  const pixels = Math.min(4096, Math.max(64, Math.ceil((width * devicePixelRatio) / 64) * 64));
  return `pages/${page.key}/${pixels}.jpg`;
}
