// @ts-check
import { printable } from './printable.js';
import { csvField, fileWord } from './safe-text.js';
import { partLabel } from './usage.js';
import { choiceOf } from './view.js';
/** @import {History, Values} from './history.js' */
/** @import {Usage} from './usage.js' */
/** @import {View} from './view.js' */

/**
 * A chart as it is taken along: what stands in it and of which moments, apart from how it looks.
 *
 * @typedef {object} Takeaway
 * @property {string} cluster id
 * @property {string} title the cluster's name
 * @property {View} view
 * @property {number} atMillis the moment it was made of
 * @property {Usage} [usage] of a donut
 * @property {History} [history] of a chart over time
 */

/** @param {number} millis */
const momentOf = (millis) => new Date(millis).toISOString();

/** @param {number | null} value a mean has many digits, and three after the point tell all */
const digits = (value) => (value === null ? null : Math.round(value * 1000) / 1000);

/** @param {Takeaway} what @param {string} ending @returns {string} "hpc1-cores-by-user-24h-2026-11-22T1403Z.csv" */
export function fileName({ cluster, view, atMillis, history }, ending) {
  const moment = `${momentOf(atMillis).slice(0, 16).replace(':', '')}Z`;
  return `${[cluster, view.measure, 'by', view.dimension, history ? view.range : 'now'].map(fileWord).join('-')}-${moment}.${ending}`;
}

/** @param {Takeaway} what @returns {string} one line over a picture */
export function headline({ title, view, atMillis, history }) {
  const { label, one } = { label: choiceOf('measure', view.measure).label, one: choiceOf('dimension', view.dimension).one };
  const range = history ? `, ${choiceOf('range', view.range).label} to` : ',';
  const end = history ? history.from + (history.length - 1) * history.stepMillis : atMillis;
  return `${printable(title)}: ${label} by ${one}${range} ${momentOf(end).slice(0, 16).replace('T', ' ')} UTC`;
}

/** @param {Takeaway} what @returns {{kind: string, key: string, name: string, values: Values, least?: Values, most?: Values}[]} */
function columnsOf({ history, view }) {
  if (!history) return [];
  const nobody = { key: '', name: '' };
  const columns = [
    ...history.series.map(({ key, name = key, values, least, most }) => ({ kind: 'key', key, name, values, least, most })),
    { kind: 'others', ...nobody, values: history.others },
  ];
  if (view.measure !== 'cores') return columns;
  return [...columns, { kind: 'free', ...nobody, values: history.free }, { kind: 'total', ...nobody, values: history.total }];
}

/**
 * Lines end with CR LF, the first names the columns; one line for each value. What is not known is empty, never 0.
 *
 * @param {Takeaway} what
 */
export function toCsv(what) {
  const { cluster, view, usage, atMillis } = what;
  const unit = view.measure;
  const lines = [['time', 'cluster', 'dimension', 'kind', 'key', 'name', 'value', 'min', 'max', 'unit']];
  const number = (/** @type {number | null | undefined} */ value) => String(digits(value ?? null) ?? '');
  for (const part of usage?.parts ?? []) {
    const name = part.kind === 'key' ? partLabel(part) : '';
    lines.push([momentOf(atMillis), cluster, view.dimension, part.kind, csvField(part.key), csvField(name), number(part.value), '', '', unit]);
  }
  const { history } = what;
  for (const { kind, key, name, values, least, most } of columnsOf(what)) {
    values.forEach((value, i) => {
      const time = momentOf((history?.from ?? 0) + i * (history?.stepMillis ?? 0));
      lines.push([time, cluster, view.dimension, kind, csvField(key), csvField(name), number(value), number(least?.[i]), number(most?.[i]), unit]);
    });
  }
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** @param {Takeaway} what @returns {string} JSON; times in UTC, values in `unit`, means of the steps that begin at `times` */
export function toJson(what) {
  const { cluster, title, view, usage, history, atMillis } = what;
  const head = { cluster, title, measure: view.measure, unit: view.measure, dimension: view.dimension, at: momentOf(atMillis) };
  const parts = usage?.parts.map(({ kind, key, name, value, members }) => ({ kind, key: key || null, name, value, members }));
  if (!history) return JSON.stringify({ ...head, running: usage?.running ?? null, parts }, null, 2);
  const rounded = (/** @type {Values | undefined} */ values) => values?.map(digits);
  const series = columnsOf(what).map(({ kind, key, name, values, least, most }) => ({
    kind,
    key: key || null,
    name: name || undefined,
    values: rounded(values),
    min: rounded(least),
    max: rounded(most),
  }));
  const times = history.others.map((_, i) => momentOf(history.from + i * history.stepMillis));
  return JSON.stringify({ ...head, range: view.range, stepMillis: history.stepMillis, times, series }, null, 2);
}
