// @ts-check
import { element, setText } from './element.js';
import { formatWhen } from './model/ages.js';
import { printable } from './model/printable.js';
/** @import {Store} from './store.js' */

/** A4 or Letter across, less its margins. */
const PAPER_PIXELS = 970;
/** A row has room for its five parts in no less. */
const LEAST_PIXELS = 1180;

/** Paper says which moment it shows, and is as wide as the window, so that the charts need not be drawn anew. @param {Store} store */
export function preparePrints(store) {
  const moment = element('p', { class: 'print-moment', 'data-field': 'print-moment' });
  document.querySelector('.page-header')?.append(moment);
  addEventListener('beforeprint', () => {
    setText(moment, printable(`as of ${formatWhen(store.now())}`));
    document.documentElement.style.setProperty('--print-zoom', String(Math.min(1, PAPER_PIXELS / Math.max(LEAST_PIXELS, innerWidth))));
  });
}
