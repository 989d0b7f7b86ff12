// Runs in the frame: tells the preview what is clicked, and where the page is; goes where it is told to.
(() => {
  const BLOCKS = 'p, li, dt, dd, td, th, pre, h1, h2, h3, h4, h5, h6, figure, figcaption, blockquote, div';
  const HEADINGS = 'h1, h2, h3, h4, h5, h6';
  const tell = (message) => parent.postMessage({ preview: message }, '*');
  const said = (element) => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 500);

  function titleOf(element) {
    const inside = element.closest('section')?.querySelector(HEADINGS);
    if (inside) return said(inside);
    const before = [...document.querySelectorAll(HEADINGS)].filter(
      (each) => each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.length ? said(before.at(-1)) : '';
  }

  function clicked(event, opens) {
    const block = event.target.closest?.(BLOCKS);
    if (block) tell({ text: said(block), title: titleOf(block), opens });
  }

  addEventListener('click', (event) => clicked(event, false));
  addEventListener('dblclick', (event) => clicked(event, true));
  const here = () => tell({ hash: location.hash, scroll: [scrollX, scrollY] });
  addEventListener('hashchange', here);
  addEventListener('scroll', here, { passive: true });
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || !data?.preview) return;
    const { scroll, title, nth } = data.preview;
    if (scroll) scrollTo(...scroll);
    if (title == null) return;
    const found = [...document.querySelectorAll(HEADINGS)].filter((each) => said(each) === title);
    const heading = found[Math.min(nth, found.length - 1)];
    const section = heading?.closest('section[id]');
    if (globalThis.Reveal && section) location.hash = `#/${section.id}`;
    else (heading ?? document.body).scrollIntoView();
  });
  addEventListener('load', () => tell({ loaded: true }));
})();
