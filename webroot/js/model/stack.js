// @ts-check
/** @import {History, Values} from './history.js' */

/**
 * @typedef {object} Layer one coloured band, from the sum of those below it up to `upper`
 * @property {'key' | 'others'} kind
 * @property {string} key
 * @property {string} name what it is called, as it came
 * @property {Values} own what is in the band
 * @property {Values | null} least of `own` in each step; null where only means are known
 * @property {Values | null} most likewise
 * @property {Values} upper
 *
 * @typedef {object} Stack
 * @property {Layer[]} layers lowest first
 * @property {Values} withFree upper edge of the stack plus what is free; empty where slots are not what is counted
 * @property {Values} total
 * @property {boolean} idle whether it is known that nothing ran
 * @property {{from: number, to: number}[]} gaps where nothing is known, epoch milliseconds
 */

/** @param {Values} values @param {number} longest how many steps without news are bridged @returns {Values} */
function bridge(values, longest) {
  const bridged = values.slice();
  let last = -1;
  values.forEach((value, i) => {
    if (value === null) return;
    if (last >= 0 && i - last - 1 <= longest) bridged.fill(values[last], last + 1, i);
    last = i;
  });
  return bridged;
}

/**
 * Bands for the areas over time. A step without news shorter than `toleranceMillis` only means that the cluster is asked less often
 * than the chart has steps: it holds the value before. Longer ones are gaps.
 *
 * @param {History} history
 * @param {boolean} slots whether slots are counted, so that free and total belong in the picture
 * @param {number} toleranceMillis
 * @returns {Stack}
 */
export function stackOf(history, slots, toleranceMillis) {
  const longest = Math.ceil(toleranceMillis / history.stepMillis);
  /** @type {Values} */
  let upper = new Array(history.length).fill(null);
  /** @type {Layer[]} */
  const layers = [];
  // The others have no least and most: those of a sum are not the sums of theirs.
  const rest = { kind: /** @type {const} */ ('others'), key: '', name: 'others', values: history.others, least: undefined, most: undefined };
  for (const { kind, key, name = key, values, least, most } of [...history.series.map((s) => ({ kind: /** @type {const} */ ('key'), ...s })), rest]) {
    const own = bridge(values, longest);
    const below = upper;
    upper = own.map((value, i) => (value === null ? below[i] : value + (below[i] ?? 0)));
    const band = least && most ? { least: bridge(least, longest), most: bridge(most, longest) } : { least: null, most: null };
    if ([...own, ...(band.most ?? [])].some((value) => value)) layers.push({ kind, key, name, own, ...band, upper });
  }
  const free = bridge(history.free, longest);
  const known = layers.length > 0 ? upper : free.map((value) => (value === null ? null : 0));
  return {
    layers,
    withFree: slots ? free.map((value, i) => (value === null || upper[i] === null ? null : value + (upper[i] ?? 0))) : [],
    total: slots ? bridge(history.total, longest) : [],
    idle: layers.length === 0 && known.some((value) => value !== null),
    gaps: gapsOf(known, history, longest),
  };
}

/** @param {Values} known @param {History} history @param {number} longest at either end it may be that no poll was due yet */
function gapsOf(known, { from, stepMillis, length }, longest) {
  const gaps = [];
  let start = -1;
  for (let i = 0; i <= length; i++) {
    const missing = i < length && known[i] === null;
    if (missing && start < 0) start = i;
    if (!missing && start >= 0) {
      const atAnEnd = start === 0 || i === length;
      // A gap reaches to the points beside it, for a line ends at its point.
      if (!atAnEnd || i - start > longest)
        gaps.push({ from: from + Math.max(0, start - 1) * stepMillis, to: from + Math.min(length - 1, i) * stepMillis });
      start = -1;
    }
  }
  return gaps;
}
