// @ts-check
import { formatReadingTime } from './ages.js';
import { formatCount } from './numbers.js';
import { printable } from './printable.js';
/** @import {Picture} from '../charts/scale.js' */

/**
 * @typedef {object} ReadingLine
 * @property {string} name printable
 * @property {number | null} value mean of the step
 * @property {string} spread "41–120" where it moved within the step, else ''
 * @property {string} className
 */

/** What a chart says at one step, largest first, then what is free. @param {Picture} picture @param {number} index @returns {ReadingLine[]} */
export function readingLines({ stack, classNames, shape }, index) {
  /** @type {ReadingLine[]} */
  const lines = stack.layers
    .map(({ name, own, least, most }, i) => ({
      name: printable(name),
      value: own[index],
      spread: spreadWords(least?.[index], most?.[index]),
      className: classNames[i],
    }))
    .filter(({ value, spread }) => value || spread)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const top = stack.layers[stack.layers.length - 1]?.upper[index] ?? 0;
  const withFree = stack.withFree[index] ?? null;
  if (withFree !== null && shape === 'areas') lines.push({ name: 'free', value: withFree - top, spread: '', className: 'part-free' });
  return lines;
}

/** @param {number | null | undefined} least @param {number | null | undefined} most */
function spreadWords(least, most) {
  if (typeof least !== 'number' || typeof most !== 'number' || Math.round(least) === Math.round(most)) return '';
  return `${formatCount(Math.round(least))}–${formatCount(Math.round(most))}`;
}

/** When the step was. @param {Picture} picture @param {number} index */
export function readingTime({ from, stepMillis }, index) {
  return formatReadingTime(from + index * stepMillis, stepMillis);
}

/** @param {Picture} picture @param {number} index @returns {string} the same as a sentence to be read out */
export function readingWords(picture, index) {
  const parts = readingLines(picture, index).map(({ name, value, spread }) => {
    const amount = formatCount(value === null ? null : Math.round(value));
    return spread ? `${name} ${amount}, between ${spread.replace('–', ' and ')}` : `${name} ${amount}`;
  });
  return `${readingTime(picture, index)}: ${parts.join('; ') || 'no data'}`;
}

/** What the second number of a line is. @param {ReadingLine[]} lines @returns {string} empty where none has one */
export function spreadMeaning(lines) {
  return lines.some(({ spread }) => spread) ? 'least–most, mean' : '';
}
