// @ts-check
import { formatCount } from './numbers.js';
import { printable } from './printable.js';
import { partLabel } from './usage.js';
/** @import {Usage} from './usage.js' */
/** @import {Row} from './row.js' */
/** @import {View} from './view.js' */

/** What the donut says, in words: "213 of 336 cores used; alice 90, bob 41". @param {Row | null} row @param {View} view @param {Usage} usage */
export function usageSummary(row, view, usage) {
  if (usage.running === null) return 'nothing is known about who uses it';
  const head =
    view.measure === 'cores'
      ? `${formatCount(row?.slots?.used)} of ${formatCount(row?.slots?.total)} cores used`
      : `${formatCount(usage.running)} jobs run`;
  const parts = usage.parts.map((part) => `${printable(partLabel(part))} ${formatCount(part.value)}`);
  return parts.length > 0 ? `${head}; ${parts.join(', ')}` : head;
}

/**
 * What the areas say, in words.
 *
 * @param {import('./stack.js').Stack} stack
 * @param {View} view
 */
export function historySummary(stack, view) {
  const top = stack.layers[stack.layers.length - 1]?.upper.filter((value) => value !== null) ?? [];
  if (stack.idle) return `past ${view.range}: nothing ran`;
  if (top.length === 0) return `no news in the past ${view.range}`;
  const [low, high] = [Math.min(...top), Math.max(...top)].map((value) => formatCount(Math.round(value)));
  const names = stack.layers.filter(({ kind }) => kind === 'key').map(({ key }) => printable(key));
  const gaps = stack.gaps.length > 0 ? `; ${stack.gaps.length === 1 ? 'one gap' : `${stack.gaps.length} gaps`}` : '';
  return `past ${view.range}: between ${low} and ${high} ${view.measure} running, by ${names.join(', ') || 'nobody'}${gaps}`;
}
