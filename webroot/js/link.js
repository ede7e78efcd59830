// @ts-check
import { element } from './element.js';
import { formatView, parseView } from './model/view.js';
import { place } from './model/place.js';
/** @import {Place, PlaceName} from './model/place.js' */
/** @import {Store} from './store.js' */

/**
 * A link that opens a place over the grid as it is. A real one: it can be copied, and opened in another tab.
 *
 * @param {PlaceName} name
 * @param {Record<string, string | null | undefined>} parameters
 * @param {...(Node | string)} children
 */
export function placeLink(name, parameters, ...children) {
  const link = element('a', { class: 'place-link' }, ...children);
  aim(link, name, parameters);
  return link;
}

/** Lets a link open another place. @param {HTMLAnchorElement} link @param {PlaceName} name @param {Record<string, string | null | undefined>} parameters */
export function aim(link, name, parameters) {
  const query = new URLSearchParams(/** @type {Record<string, string>} */ (place(name, parameters).parameters));
  link.dataset.place = `open=${name}&${query}`;
  link.href = `#${link.dataset.place}`;
}

/** Makes the links of the document work: a plain click changes the view, and what is copied or opened elsewhere has the switches in it. @param {Store} store */
export function followLinks(store) {
  const linkOf = (/** @type {Event} */ { target }) => (target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest('a[data-place]')) : null);
  for (const event of ['pointerdown', 'focusin', 'contextmenu']) {
    document.addEventListener(event, (happened) => {
      const link = linkOf(happened);
      if (link) link.href = formatView({ ...store.view, place: parseView(link.dataset.place ?? '').place });
    });
  }
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    store.changeView({ place: parseView(link.dataset.place ?? '').place });
  });
}

/**
 * Opens a place, or shows another part of the one that is open.
 *
 * @param {Store} store
 * @param {Place} open
 * @param {'push' | 'replace'} [step] whether the browser's way back leads to what is open now
 */
export function turnTo(store, open, step = 'push') {
  // The page makes a step of history for a link that differs from the one it has.
  if (step === 'replace') history.replaceState(null, '', formatView({ ...store.view, place: open }));
  store.changeView({ place: open });
}

/** Puts other links and buttons in place of those that were there; who had the focus on one has it on its successor. @param {Element} container @param {Node[]} nodes */
export function exchange(container, nodes) {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  container.replaceChildren(...nodes);
  if (!(focused instanceof HTMLElement) || focused === container) return;
  const key = JSON.stringify(focused.dataset);
  const successor = [.../** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll('a, button'))].find((node) => JSON.stringify(node.dataset) === key);
  const next = successor ?? /** @type {HTMLElement | null} */ (container.closest('[tabindex]'));
  next?.focus({ preventScroll: true });
}
