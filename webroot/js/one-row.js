// @ts-check
import { element } from './element.js';
import { formatView, parseView } from './model/view.js';
/** @import {Store} from './store.js' */

/** The page without what it was asked: relative, so that a proxy may serve it under a folder. */
const WHOLE = './';

/** One row within another page: there is no room to open anything here, so every link opens the whole page beside it. @param {Store} store */
export function showOneRow(store) {
  const whole = element('a', { class: 'place-link', target: '_blank', rel: 'noopener', 'data-action': 'whole', href: WHOLE }, 'open the whole page');
  document.querySelector('.page-corner')?.append(whole);
  const aimed = (/** @type {HTMLAnchorElement} */ link) => {
    const place = link === whole ? null : parseView(link.dataset.place ?? '').place;
    link.href = WHOLE + formatView({ ...store.view, place });
    link.target = '_blank';
  };
  // A click by key, or by a program, has had none of the others before it.
  for (const event of ['pointerdown', 'focusin', 'contextmenu', 'click']) {
    document.addEventListener(
      event,
      ({ target }) => {
        const link = target instanceof Element ? target.closest('a') : null;
        if (link && (link === whole || link.dataset.place)) aimed(link);
      },
      true,
    );
  }
}
