// @ts-check
import { element } from '../element.js';
import { formatCount } from '../model/numbers.js';
import { readingLines, readingTime, spreadMeaning } from '../model/reading.js';
/** @import {Picture} from '../charts/scale.js' */
/** @import {ReadingLine} from '../model/reading.js' */

/**
 * What a chart says at one moment, beside a thin line at that moment.
 *
 * @param {HTMLElement} container
 * @param {Picture} picture
 * @param {number} index of the step
 * @param {number} x pixels
 * @param {number} width of the whole chart, pixels
 */
export function showReading(container, picture, index, x, width) {
  const known = readingLines(picture, index);
  const lines = known.map(line);
  if (lines.length === 0) lines.push(element('li', { class: 'reading-line' }, 'no data'));
  const box = element(
    'div',
    { class: 'reading-box' },
    element('p', { class: 'reading-time' }, readingTime(picture, index), element('span', { class: 'reading-meaning' }, spreadMeaning(known))),
    element('ol', {}, ...lines),
  );
  const mark = element('span', { class: 'reading-mark' });
  mark.style.left = `${x}px`;
  if (x > width / 2) box.style.right = `${width - x + 8}px`;
  else box.style.left = `${x + 8}px`;
  container.replaceChildren(mark, box);
  container.hidden = false;
}

/** @param {ReadingLine} line */
function line({ name, value, spread, className }) {
  return element(
    'li',
    { class: 'reading-line' },
    element('span', { class: `swatch ${className}` }),
    element('span', { class: 'legend-name' }, name),
    element('span', { class: 'reading-spread' }, spread),
    element('span', { class: 'legend-value' }, formatCount(value === null ? null : Math.round(value))),
  );
}
