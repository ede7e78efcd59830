// @ts-check
import { element } from './element.js';
import { formatView, parseView } from './model/view.js';
import { place } from './model/place.js';
/** @import {PlaceName} from './model/place.js' */
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
