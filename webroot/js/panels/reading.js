// @ts-check
import { element } from '../element.js';
import { formatReadingTime } from '../model/ages.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
/** @import {Picture} from '../charts/scale.js' */

/**
 * What the areas say at one moment, beside a thin line at that moment.
 *
 * @param {HTMLElement} container
 * @param {Picture} picture
 * @param {number} index of the step
 * @param {number} x pixels
 * @param {number} width of the whole chart, pixels
 */
export function showReading(container, picture, index, x, width) {
  const { stack, classNames, from, stepMillis } = picture;
  const lines = stack.layers
    .map(({ kind, key, own }, i) => ({ name: kind === 'key' ? printable(key) : 'others', value: own[index], className: classNames[i] }))
    .filter(({ value }) => value)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .map(({ name, value, className }) => line(name, value, className));
  const top = stack.layers[stack.layers.length - 1]?.upper[index] ?? null;
  const withFree = stack.withFree[index] ?? null;
  if (withFree !== null) lines.push(line('free', withFree - (top ?? 0), 'part-free'));
  if (lines.length === 0) lines.push(element('li', { class: 'reading-line' }, 'no data'));
  const box = element(
    'div',
    { class: 'reading-box' },
    element('p', { class: 'reading-time' }, formatReadingTime(from + index * stepMillis, stepMillis)),
    element('ol', {}, ...lines),
  );
  const mark = element('span', { class: 'reading-mark' });
  mark.style.left = `${x}px`;
  if (x > width / 2) box.style.right = `${width - x + 8}px`;
  else box.style.left = `${x + 8}px`;
  container.replaceChildren(mark, box);
  container.hidden = false;
}

/** @param {string} name @param {number | null} value @param {string} className */
function line(name, value, className) {
  return element(
    'li',
    { class: 'reading-line' },
    element('span', { class: `swatch ${className}` }),
    element('span', { class: 'legend-name' }, name),
    element('span', { class: 'legend-value' }, formatCount(value === null ? null : Math.round(value))),
  );
}
