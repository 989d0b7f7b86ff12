// What is wrong with the document, over the slide.
import { make } from './dom.mjs';

/** Fill an element with diagnostics; `open` gets the place of one that is clicked. */
export function showProblems(element, diagnostics, said, open) {
  element.replaceChildren(...diagnostics.map((each) => problem(each, open)));
  if (said) element.append(make('article', { class: 'problem warning' }, make('pre', {}, said)));
}

function problem({ code, severity, message, hints, place, excerpt, trace }, open) {
  const heading = make('h2', {}, message, make('span', { class: 'code' }, `${severity} ${code}`));
  const article = make('article', { class: `problem ${severity}` }, heading);
  if (place) article.append(placeButton(place, open));
  if (excerpt) {
    article.append(make('pre', {}, excerpt.before, make('mark', {}, excerpt.marked || ' '), excerpt.behind));
  }
  const further = [
    ...trace.map(({ place, what }) => make('li', {}, `${what} at `, placeButton(place, open))),
    ...hints.map((hint) => make('li', {}, hint)),
  ];
  if (further.length) article.append(make('ul', {}, ...further));
  return article;
}

function placeButton(place, open) {
  const text = `${place.file}:${place.line}:${place.column}`;
  return make('button', { class: 'place', title: 'Open in the editor', onclick: () => open(place) }, text);
}
