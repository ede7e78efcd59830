// @ts-check
import { gpusOf } from './capacity.js';
import { formatCount } from './numbers.js';
import { printable } from './printable.js';
import { lacksMeasure, partLabel } from './usage.js';
import { choiceOf, measureWord } from './view.js';
/** @import {Usage} from './usage.js' */
/** @import {Row} from './row.js' */
/** @import {View} from './view.js' */

/** What the donut says, in words: "213 of 336 cores used; alice 90, bob 41". @param {Row | null} row @param {View} view @param {Usage} usage */
export function usageSummary(row, view, usage) {
  if (usage.running === null) return 'nothing is known about who uses it';
  if (lacksMeasure(row, view)) return 'no GPUs';
  const gpus = gpusOf(row);
  const head = {
    cores: `${formatCount(row?.slots?.used)} of ${formatCount(row?.slots?.total)} cores used`,
    jobs: `${formatCount(usage.running)} jobs run`,
    gpus: `${formatCount(gpus?.used)} of ${formatCount(gpus?.total)} GPUs used`,
  }[view.measure];
  const parts = usage.parts.map((part) => `${printable(partLabel(part))} ${formatCount(part.value)}`);
  return parts.length > 0 ? `${head}; ${parts.join(', ')}` : head;
}

/**
 * What the areas or lines say, in words.
 *
 * @param {import('./stack.js').Stack} stack
 * @param {View} view
 * @param {View['shape']} [shape]
 * @param {boolean} [endsNow] else it is around a moment of the past
 */
export function historySummary(stack, view, shape = view.shape, endsNow = true) {
  const top = stack.layers[stack.layers.length - 1]?.upper.filter((value) => value !== null) ?? [];
  const { label } = choiceOf('range', view.range);
  const range = endsNow ? `past ${label}` : `${label} around then`;
  if (stack.idle) return `${range}: nothing ran`;
  if (top.length === 0) return `no news in ${endsNow ? 'the ' : ''}${range}`;
  if (shape === 'lines') return `${range}, ${measureWord(view)} running: ${stack.layers.map(lineWords).join(', ')}`;
  const [low, high] = [Math.min(...top), Math.max(...top)].map((value) => formatCount(Math.round(value)));
  const names = stack.layers.filter(({ kind }) => kind === 'key').map(({ name }) => printable(name));
  const gaps = stack.gaps.length > 0 ? `; ${stack.gaps.length === 1 ? 'one gap' : `${stack.gaps.length} gaps`}` : '';
  return `${range}: between ${low} and ${high} ${measureWord(view)} running, by ${names.join(', ') || 'nobody'}${gaps}`;
}

/** @param {import('./stack.js').Layer} layer @returns {string} "alice 0 to 120" */
function lineWords({ name, own, least, most }) {
  const known = (/** @type {import('./history.js').Values} */ values) => values.filter((value) => value !== null).map(Math.round);
  return `${printable(name)} ${formatCount(Math.min(...known(least ?? own)))} to ${formatCount(Math.max(...known(most ?? own)))}`;
}
