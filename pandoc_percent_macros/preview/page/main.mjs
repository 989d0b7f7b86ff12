// The page: what the server tells goes in, and what the author does goes out.
import { $, make, mm } from './dom.mjs';
import { Placing } from './placing.mjs';
import { showProblems } from './problems.mjs';
import { ask, fetchView, listen } from './service.mjs';
import { Stage, shortened } from './stage.mjs';
import { Thumbnails } from './thumbnails.mjs';

const FEW = 5; // new pages, of which the first one is shown at once
const LONG = 20_000; // ms to wait for the true slide after a move

let status = null;
let view = { number: 0, pages: [], calls: {}, editor: false };
let current = 0;
let place = null; // that is shown, and can be opened
let waiting = []; // for the next view
let tellsCall = false; // what is said at the bottom is of the call that is selected
let asked = 0; // how often somebody asked for a page

const stage = new Stage();
const thumbnails = new Thumbnails($('thumbnails'), (at) => go(at));
const placing = new Placing(stage, {
  tell,
  send: move,
  selected: showCall,
  redrawn: showCallAgain,
  open: () => openPlace(place),
});

// What the server tells

listen(
  async (news) => {
    const before = status;
    status = news;
    document.title = `${news.failed ? '✗ ' : ''}${news.name || 'Preview'}`;
    $('name').textContent = news.name;
    showState();
    if (news.view !== view.number) await renew();
    if (!before || before.diagnostics !== news.diagnostics) showWrong();
    if (news.goto[0] > asked) {
      asked = news.goto[0];
      if (before && view.kind === 'html') goSection(news.goto[1] - 1);
      else if (before) go(news.goto[1] - 1);
    }
  },
  () => {
    status = null;
    showState();
  },
);

function showState() {
  const { building, failed, phase, page, pages, seconds } = status ?? {};
  const state = !status ? 'gone' : failed && !building ? 'failed' : building ? 'busy' : 'good';
  $('state').dataset.state = state;
  $('stage').classList.toggle('failed', Boolean(failed));
  const done = page && pages ? `, page ${page} of ${pages}` : page ? `, page ${page}` : '';
  const texts = {
    gone: 'the preview has ended',
    failed: 'an error; the last good slides are shown',
    busy: `${phase || 'building'}${done}`,
    good: `up to date${seconds ? `, ${seconds.toFixed(1)} s` : ''}`,
  };
  $('state-text').textContent = texts[state];
  $('state-text').title = status?.lacks ?? '';
  const bar = $('progress');
  bar.hidden = !building;
  if (page && pages) bar.value = page / pages;
  else bar.removeAttribute('value');
  $('undo').disabled = !status?.undo;
  $('redo').disabled = !status?.redo;
  $('undo').title = status?.undo ? `Undo ${status.undo} (Ctrl+Z)` : 'Undo (Ctrl+Z)';
  $('redo').title = status?.redo ? `Redo ${status.redo} (Ctrl+Shift+Z)` : 'Redo (Ctrl+Shift+Z)';
}

async function renew() {
  const old = view;
  view = await fetchView();
  $('empty').hidden = view.pages.length > 0;
  if (view.kind === 'slides' && view.pages.length) {
    const known = new Set(old.pages.map((page) => page.key));
    const fresh = view.pages.flatMap((page, at) => (known.has(page.key) ? [] : [at]));
    const same = view.pages.findIndex((page) => page.key === old.pages[current]?.key);
    const isNew = fresh.includes(current);
    if (old.pages.length && fresh.length && fresh.length <= FEW && !isNew) await go(fresh[0]);
    else await go(!isNew && same >= 0 ? same : current);
    thumbnails.show(view.pages); // after the slide itself, which is waited for
    thumbnails.mark(current);
  }
  if (view.kind === 'html') showFrame();
  for (const each of waiting.splice(0)) each();
}

function showWrong() {
  const { diagnostics, said, failed } = status;
  const errors = diagnostics.filter((each) => each.severity === 'error');
  const button = $('warnings');
  const count = diagnostics.length - errors.length + (said ? 1 : 0);
  button.hidden = failed || !count;
  button.textContent = count === 1 ? '1 warning' : `${count} warnings`;
  showProblems($('problems'), diagnostics, said, openPlace);
  const beside = !failed && count > 0 && button.getAttribute('aria-expanded') === 'true';
  $('problems').hidden = !(failed || beside);
  $('stage').classList.toggle('beside', beside);
}

// Slides

async function go(at) {
  if (!view.pages.length) return;
  const to = Math.max(0, Math.min(view.pages.length - 1, at));
  if (to !== current) placing.select(null);
  current = to;
  const page = view.pages[current];
  $('page-number').textContent = `${current + 1} / ${view.pages.length}`;
  $('previous').disabled = current === 0;
  $('next').disabled = current === view.pages.length - 1;
  $('picture').alt = `Slide ${current + 1}${page.title ? `: ${page.title}` : ''}`;
  $('notes').textContent = page.notes || 'This slide has no notes.';
  thumbnails.mark(current);
  const shown = stage.show(page, view.calls);
  placing.renew();
  await shown;
}

// HTML

const frame = $('frame');
let frameAt = { hash: '', scroll: null };

/** Load the document's page anew, where it was. */
function showFrame() {
  document.body.classList.add('html');
  $('empty').hidden = true;
  stage.slide.hidden = true;
  frame.hidden = false;
  frame.src = `${view.frame}?${view.number}${frameAt.hash}`;
}

window.addEventListener('message', async ({ source, data }) => {
  if (source !== frame.contentWindow || !data?.preview) return;
  const { loaded, hash, scroll, text, title, opens } = data.preview;
  if (loaded && frameAt.scroll) frame.contentWindow.postMessage({ preview: { scroll: frameAt.scroll } }, '*');
  if (scroll) frameAt = { hash: String(hash), scroll };
  if (text == null) return;
  const { place: found } = await ask('find', { text: String(text), title: String(title) });
  showPlace(found);
  tell(found ? `${found.file}:${found.line}  ${shortened(String(text))}` : 'no line is known for this');
  if (opens) openPlace(found);
});

function goSection(at) {
  const { title } = view.sections[at];
  const nth = view.sections.slice(0, at).filter((each) => each.title === title).length;
  frame.contentWindow.postMessage({ preview: { title, nth } }, '*');
}

// Lines

function showCall(number) {
  if (number == null) {
    showPlace(null);
    tell('');
    return;
  }
  const call = view.calls[number];
  const { box } = stage.boxes.get(number);
  showPlace(call);
  const size = `${mm(box.x1 - box.x0)} × ${mm(box.y1 - box.y0)} mm at ${mm(box.x0)}, ${mm(box.y0)}`;
  tell(`${call.file}:${call.line}  ${shortened(call.text)}  ${size}`);
  tellsCall = true;
}

/** Bring what is said of the call up to date; anything else that was said since stays to be read. */
function showCallAgain(number) {
  if (tellsCall) showCall(number);
  else if (number != null) showPlace(view.calls[number]);
}

function showPlace(found) {
  place = found;
  $('open-line').hidden = !found;
  if (found) $('open-line').textContent = `Open line ${found.line}`;
}

async function openPlace(found) {
  if (!found) return;
  try {
    await ask('open', { file: found.file, line: found.line, column: found.column ?? 1 });
  } catch (fault) {
    tell(`${found.file}:${found.line} · ${fault.message}`, true);
  }
}

function tell(text, isBad = false) {
  tellsCall = false;
  $('readout').textContent = text;
  $('readout').classList.toggle('bad', isBad);
}

// Changes

/** Have a call moved; resolve to what to say of it when the true slide is there. */
async function move(number, wish) {
  const { file, line, column, text } = view.calls[number];
  const before = view.number;
  const answer = await ask('move', { file, line, column, text, ...wish });
  if (answer.edited) await nextView(before);
  const numbers = answer.numbers.map(({ name, old, new: now }) => `${name} ${old ? `${old} → ` : ''}${now}`);
  return numbers.length ? `${file}:${line}  ${numbers.join(', ')}` : 'it is there already';
}

function nextView(before) {
  if (view.number !== before) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
    setTimeout(resolve, LONG);
  });
}

async function back(what) {
  try {
    const answer = await ask(what);
    tell(`${what === 'undo' ? 'undone' : 'done again'}: ${answer.what}`);
  } catch (fault) {
    tell(fault.message, true);
  }
}

// Tools

function toggle(id, changed) {
  const button = $(id);
  const press = (on) => {
    button.setAttribute('aria-pressed', String(on));
    changed(on);
  };
  button.addEventListener('click', () => press(button.getAttribute('aria-pressed') !== 'true'));
  press(button.getAttribute('aria-pressed') === 'true');
}

toggle('boxes', (on) => stage.slide.classList.toggle('show-boxes', on));
toggle('snap', (on) => (placing.snaps = on));
toggle('grid', (on) => {
  placing.grid = on;
  stage.slide.classList.toggle('show-grid', on);
});
toggle('notes-button', (on) => ($('notes').hidden = !on));
$('undo').addEventListener('click', () => back('undo'));
$('redo').addEventListener('click', () => back('redo'));
$('previous').addEventListener('click', () => go(current - 1));
$('next').addEventListener('click', () => go(current + 1));
$('open-line').addEventListener('click', () => openPlace(place));
$('help-button').addEventListener('click', () => $('help').showModal());
$('warnings').addEventListener('click', () => {
  const open = $('warnings').getAttribute('aria-expanded') !== 'true';
  $('warnings').setAttribute('aria-expanded', String(open));
  showWrong();
});
$('full').addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else stage.stage.requestFullscreen();
});
stage.slide.addEventListener('pointerdown', (event) => {
  if (event.target.closest('.box, .handle')) return;
  placing.select(null);
  const { finding } = event.target;
  const text = finding ? null : stage.textAt(stage.at(event));
  stage.markText(text);
  if (finding) showPlace(finding.place);
  else if (text) showPlace(text.place);
  if (finding) tell(`${finding.place ? `${finding.place.file}:${finding.place.line}  ` : ''}${finding.message}`);
  else if (text) tell(`${text.place.file}:${text.place.line}  ${shortened(text.text)}`);
});
stage.slide.addEventListener('dblclick', (event) => {
  if (stage.textAt(stage.at(event))) openPlace(place);
});

const THEMES = ['auto', 'light', 'dark'];
function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $('theme').textContent = `Colours: ${theme}`;
  localStorage.setItem('theme', theme);
}
$('theme').addEventListener('click', () => {
  const at = THEMES.indexOf(document.documentElement.dataset.theme);
  showTheme(THEMES[(at + 1) % THEMES.length]);
});
showTheme(THEMES.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto');

// Keys

const KEYS = [
  ['← →, Page Up, Page Down', 'the slide before, the next one'],
  ['Home, End', 'the first slide, the last one'],
  ['Tab', 'the next box of the slide'],
  ['← ↑ ↓ →', 'move the selected box by 1 mm; Shift: 5 mm, Ctrl: 0.1 mm'],
  ['+ −', 'make it wider, narrower by 1 mm; Ctrl: 0.1 mm'],
  ['Enter', 'write the move at once; else open the line in the editor'],
  ['Esc', 'give up the move; let go of the box'],
  ['Ctrl+Z, Ctrl+Shift+Z', 'undo, redo'],
  ['Shift while dragging', 'along one axis only'],
  ['Alt while dragging', 'without snapping'],
  ['B, S, G', 'boxes, snapping, grid'],
  ['N, F, D', 'notes, full screen, light or dark'],
];
for (const [keys, what] of KEYS) $('keys').append(make('dt', {}, keys), make('dd', {}, what));

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { b: 'boxes', s: 'snap', g: 'grid', n: 'notes-button', f: 'full', d: 'theme', '?': 'help-button' };
const PAGES = { PageUp: -1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

document.addEventListener('keydown', (event) => {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if ($('help').open || altKey) return;
  if (handled(key, ctrlKey || metaKey, shiftKey, event.target)) event.preventDefault();
});

/** Do what a key asks for; return whether it asks for something. */
function handled(key, control, shift, target) {
  if (control && key.toLowerCase() === 'z') return done(back(shift ? 'redo' : 'undo'));
  if (control && key === 'y') return done(back('redo'));
  if (key === 'Escape') return placing.cancel() || done(placing.select(null));
  const onBox = Boolean(target.dataset.call);
  if (onBox && placing.call != null) {
    const step = control ? 0.1 : shift ? 5 : 1;
    if (ARROWS[key]) return done(placing.nudge(ARROWS[key][0] * step, ARROWS[key][1] * step));
    if (key === '+' || key === '=') return done(placing.widen(control ? 0.1 : 1));
    if (key === '-' || key === '−') return done(placing.widen(control ? -0.1 : -1));
    if (key === 'Enter') return placing.flush() || done(openPlace(place));
  }
  if (control) return false;
  if (PAGES[key]) return done(go(current + PAGES[key]));
  if (key === ' ' && target.tagName !== 'BUTTON') return done(go(current + (shift ? -1 : 1)));
  if (key === 'Home') return done(go(0));
  if (key === 'End') return done(go(view.pages.length - 1));
  if (LETTERS[key.toLowerCase()]) return done($(LETTERS[key.toLowerCase()]).click());
  return false;
}

const done = () => true;
