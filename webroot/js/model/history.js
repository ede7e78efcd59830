// @ts-check
import { rangeMillis, runningField } from './view.js';
/** @import {Row} from './row.js' */
/** @import {View} from './view.js' */

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map((minutes) => minutes * MINUTE);
/** How many points a chart asks for. Only a few, so that a window that is dragged wider does not ask at each pixel. */
const POINTS = Object.freeze([800, 400, 200, 120]);
const USUAL_POINTS = 400;

/** Steps so long have more than one sample where clusters are polled every few minutes: a mean hides what happened in them. */
const LONG_STEP = 30 * MINUTE;

/** @typedef {(number | null)[]} Values one for each step; null where nothing is known */

/**
 * @typedef {object} Series one name
 * @property {string} key
 * @property {string} [name] what it is called, where that is not its key
 * @property {Values} values mean of each step
 * @property {Values} [least] in each step; only where the band was asked for
 * @property {Values} [most] likewise
 */

/**
 * @typedef {object} History
 * @property {number} stepMillis
 * @property {number} from start of the first step, epoch milliseconds
 * @property {number} length number of steps
 * @property {Series[]} series
 * @property {Values} others
 * @property {Values} free slots, whatever is counted
 * @property {Values} total slots, whatever is counted
 */

/** No more points than pixels. @param {number} width of the chart, pixels; 0 while it is not known */
export function pointsFor(width) {
  return width === 0 ? USUAL_POINTS : (POINTS.find((points) => points <= width) ?? POINTS[POINTS.length - 1]);
}

/** The step the server will choose for a range. @param {number} range @param {number} [points] at most @returns {number} milliseconds */
export function stepFor(range, points = USUAL_POINTS) {
  return STEPS.find((step) => Math.ceil(range / step) <= points) ?? STEPS[STEPS.length - 1];
}

/**
 * Whether least and most are wanted besides the mean. Lines show them; of areas a reading tells them, where steps are long.
 *
 * @param {View} view
 * @param {number} [points] at most
 */
export function wantsBand(view, points = USUAL_POINTS) {
  return view.shape === 'lines' || stepFor(rangeMillis(view), points) >= LONG_STEP;
}

/**
 * @param {string} cluster
 * @param {View} view
 * @param {number} nowMillis the server's clock
 * @param {number} top how many series of their own
 * @param {number} [points] at most
 */
export function historyQuery(cluster, view, nowMillis, top, points = USUAL_POINTS) {
  const step = stepFor(rangeMillis(view), points);
  const to = Math.floor(nowMillis / step) * step + step;
  const measure = runningField(view);
  return {
    cluster,
    dimension: view.dimension,
    measure,
    fromEpochMillis: to - rangeMillis(view),
    toEpochMillis: to,
    maxPoints: points,
    top,
    band: wantsBand(view, points),
  };
}

/**
 * Puts a reply on an even grid from the start to the end that were asked for.
 *
 * @param {any} reply
 * @param {{fromEpochMillis: number, toEpochMillis: number}} query
 * @returns {History}
 */
export function historyOf(reply, query) {
  const stepMillis = reply.stepMillis;
  const from = Math.floor(query.fromEpochMillis / stepMillis) * stepMillis;
  const length = Math.max(1, Math.ceil((query.toEpochMillis - from) / stepMillis));
  const spread = (/** @type {Values | null | undefined} */ values) => {
    const grid = /** @type {Values} */ (new Array(length).fill(null));
    reply.times.forEach((/** @type {number} */ time, /** @type {number} */ i) => {
      const step = Math.round((time - from) / stepMillis);
      if (step >= 0 && step < length) grid[step] = values?.[i] ?? null;
    });
    return grid;
  };
  return {
    stepMillis,
    from,
    length,
    series: reply.series.map((/** @type {any} */ { key, values, min, max }) => ({
      key,
      values: spread(values),
      ...(min && max ? { least: spread(min), most: spread(max) } : {}),
    })),
    others: spread(reply.others),
    free: spread(reply.free),
    total: spread(reply.total),
  };
}

/**
 * Adds what a new row says to the step it was observed in, without asking the server again. Inside a step the mean is weighted by
 * time: the new value stands for the time since the one before.
 *
 * @param {History} history
 * @param {Row} row
 * @param {View} view
 * @param {number} previousMillis when the row before this one was observed
 * @returns {History | null} null when more was missed than a row can fill in
 */
export function appendRow(history, row, view, previousMillis) {
  const observed = row.observedAtEpochMillis ?? 0;
  if (observed - previousMillis > Math.max(2 * history.stepMillis, row.staleAfterMillis ?? 0)) return null;
  const index = Math.floor((observed - history.from) / history.stepMillis);
  if (index < 0) return history;
  const shift = Math.max(0, index - history.length + 1);
  const start = history.from + index * history.stepMillis;
  const weight = previousMillis <= start || observed <= start ? 1 : (observed - previousMillis) / (observed - start);
  const mean = (/** @type {number} */ old, /** @type {number} */ value) => old + (value - old) * weight;
  const add = (/** @type {Values} */ values, /** @type {number | null | undefined} */ value, join = mean) => {
    const next = shift === 0 ? values.slice() : values.slice(shift).concat(new Array(Math.min(shift, history.length)).fill(null));
    const old = next[index - shift];
    if (typeof value === 'number') next[index - shift] = typeof old === 'number' ? join(old, value) : value;
    return next;
  };
  const field = runningField(view);
  const now = row.usage?.[view.dimension];
  const values = now && new Map(now.map((entry) => [entry.key, entry[field] ?? 0]));
  const named = new Set(history.series.map(({ key }) => key));
  const others = now?.reduce((sum, entry) => (named.has(entry.key) ? sum : sum + (entry[field] ?? 0)), 0);
  return {
    ...history,
    from: history.from + shift * history.stepMillis,
    series: history.series.map((series) => {
      const value = values ? (values.get(series.key) ?? 0) : null;
      return mapSeries(series, (old, join) => add(old, value, join));
    }),
    others: add(history.others, others),
    free: add(history.free, row.slots?.free),
    total: add(history.total, row.slots?.total),
  };
}

/** @param {Series} series @param {(values: Values, join?: (old: number, value: number) => number) => Values} change of each column @returns {Series} */
function mapSeries({ values, least, most, ...who }, change) {
  const band = least && most ? { least: change(least, Math.min), most: change(most, Math.max) } : {};
  return { ...who, values: change(values), ...band };
}

/** Time goes on where no news comes: the picture's right end is the step of now. @param {History} history @param {number} nowMillis @returns {History} */
export function rollTo(history, nowMillis) {
  const shift = Math.floor((nowMillis - history.from) / history.stepMillis) - history.length + 1;
  if (shift <= 0) return history;
  const roll = (/** @type {Values} */ values) => values.slice(shift).concat(new Array(Math.min(shift, values.length)).fill(null));
  return {
    ...history,
    from: history.from + shift * history.stepMillis,
    series: history.series.map((series) => mapSeries(series, roll)),
    others: roll(history.others),
    free: roll(history.free),
    total: roll(history.total),
  };
}

/** @param {History} history @returns {boolean} whether nothing at all is known */
export function isBlank({ series, others, total }) {
  return ![...series.map(({ values }) => values), others, total].some((values) => values.some((value) => value !== null));
}

/** @param {History} history @returns {number} the first step of which anything is known; its length where nothing is */
export function firstKnown({ series, others, total, length }) {
  const firsts = [...series.map(({ values }) => values), others, total].map((values) => values.findIndex((value) => value !== null));
  return Math.min(length, ...firsts.filter((index) => index >= 0));
}

/** @param {History} history @returns {boolean} whether nothing ran, as far as is known */
export function isIdle({ series, others }) {
  return ![...series.map(({ values }) => values), others].some((values) => values.some((value) => value));
}
