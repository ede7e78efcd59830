// @ts-check
import { gpusOf, unattributedSlots } from './capacity.js';
import { runningField } from './view.js';
/** @import {Row} from './row.js' */
/** @import {View} from './view.js' */

/** So many have a colour of their own in a chart; the rest are "others". */
export const TOP = 8;

/**
 * @typedef {object} Part one slice of the donut and one line of its legend
 * @property {'key' | 'others' | 'none' | 'unattributed' | 'unavailable' | 'free'} kind `none` is what is no lab's
 * @property {string} key the user's name for `key`, else ''
 * @property {string} [name] what it is called, where that is not its key
 * @property {number} value
 * @property {number} [members] of `others`
 *
 * @typedef {object} Usage
 * @property {Part[]} parts largest first, then what nobody holds
 * @property {number | null} running sum of what is running
 */

/** Work of no lab is counted under it. */
const NOBODY = '';

/** @param {Row | null} row @param {View} view @returns {{key: string, value: number}[]} who runs anything, largest first */
export function runningByKey(row, view) {
  const field = runningField(view);
  const entries = row?.usage?.[view.dimension] ?? [];
  return entries
    .map((entry) => ({ key: entry.key, value: entry[field] ?? 0 }))
    .filter((entry) => entry.value > 0 && entry.key !== NOBODY)
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
}

/** @param {Row | null} row @param {View} view @param {(key: string) => string} [nameOf] what a key is called @returns {Usage} */
export function usageOf(row, view, nameOf = (key) => key) {
  if (!row?.usage?.[view.dimension]) return { parts: [], running: null };
  const all = runningByKey(row, view);
  // One more name takes no more room than "1 other".
  const named = all.length === TOP + 1 ? all : all.slice(0, TOP);
  /** @type {Part[]} */
  const parts = named.map(({ key, value }) => ({ kind: 'key', key, name: nameOf(key), value }));
  const rest = all.slice(named.length);
  const sum = (/** @type {{value: number}[]} */ list) => list.reduce((total, { value }) => total + value, 0);
  if (rest.length > 0) parts.push({ kind: 'others', key: '', value: sum(rest), members: rest.length });
  const nobodys = row.usage[view.dimension]?.find(({ key }) => key === NOBODY)?.[runningField(view)] ?? 0;
  if (nobodys > 0) parts.push({ kind: 'none', key: NOBODY, name: nameOf(NOBODY), value: nobodys });
  const running = sum(all) + nobodys;
  for (const { kind, value } of idleParts(row, view)) if (value) parts.push({ kind, key: '', value });
  return { parts, running };
}

/** What none of the jobs we see holds. @param {Row} row @param {View} view @returns {{kind: 'unattributed' | 'unavailable' | 'free', value: number | null | undefined}[]} */
function idleParts(row, view) {
  if (view.measure === 'jobs') return [];
  const gpus = view.measure === 'gpus' ? gpusOf(row) : null;
  return [
    { kind: 'unattributed', value: view.measure === 'gpus' ? gpus?.unattributed : unattributedSlots(row) },
    { kind: 'unavailable', value: view.measure === 'gpus' ? 0 : row.slots?.unavailable },
    { kind: 'free', value: view.measure === 'gpus' ? gpus?.free : row.slots?.free },
  ];
}

/** Whether the measure is one that this cluster cannot have. @param {Row | null} row @param {View} view */
export function lacksMeasure(row, view) {
  return view.measure === 'gpus' && row?.gpus?.total === 0;
}

/** @param {Part} part @returns {string} its words in legend and summary; the name of a key is returned as it is */
export function partLabel(part) {
  if (part.kind === 'key' || part.kind === 'none') return part.name ?? part.key;
  if (part.kind === 'others') return `${part.members} others`;
  return { unattributed: 'not attributed', unavailable: 'down or reserved', free: 'free' }[part.kind];
}
