// @ts-check
import { element } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatReadingTime } from '../model/ages.js';
import { formatCount } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { choiceOf, measureWord, runningField } from '../model/view.js';
import { jobsOfKey } from '../model/who.js';
/** @import {RowState} from './row.js' */
/** @import {Place} from '../model/place.js' */
/** @import {HistoryFeed} from '../history-feed.js' */

/**
 * The tables behind a row's charts, for eyes that want digits and for readers that see no picture.
 *
 * @param {HTMLElement} container
 * @param {RowState} state
 * @param {HistoryFeed} feed
 */
export function showTables(container, state, feed) {
  const scrolled = [...container.children].map((child) => child.scrollTop);
  exchange(container, [usageTable(state), historyTable(feed)]);
  [...container.children].forEach((child, i) => (child.scrollTop = scrolled[i] ?? 0));
}

/** @param {RowState} state */
function usageTable({ row, view, past, people }) {
  const { one, label } = choiceOf('dimension', view.dimension);
  const running = runningField(view);
  const entries = [...(row?.usage?.[view.dimension] ?? [])].sort((a, b) => (b[running] ?? 0) - (a[running] ?? 0));
  return table(
    `${past ? 'Then' : 'Now'}, by ${one}`,
    [one, 'cores', 'jobs', 'GPUs', 'queued jobs', 'queued cores', 'held jobs'],
    entries.map((entry) => [
      nameCell(printable(people.nameOf(view.dimension, entry.key)), row && jobsOfKey(people, view.dimension, row.cluster, entry.key)),
      ...[entry.runningSlots, entry.runningJobs, entry.runningGpus, entry.queuedJobs, entry.queuedSlots, entry.heldJobs].map(formatCount),
    ]),
    `no ${label}`,
  );
}

/** Leads where the same name does in the legend, whose lines are too low for some hands. @param {string} name @param {Place | null} jobs */
function nameCell(name, jobs) {
  return jobs ? placeLink(jobs.name, jobs.parameters, name) : name;
}

/** @param {HistoryFeed} feed */
function historyTable({ history, view, endsNow }) {
  const { label } = choiceOf('range', view.range);
  const caption = `${endsNow ? `Past ${label}` : `${label} around then`}, ${measureWord(view)} in the mean of each step`;
  if (!history) return table(caption, ['time'], [], 'not known');
  const columns = [
    ...history.series.map(({ key, name = key, values }) => ({ head: printable(name), values })),
    { head: 'others', values: history.others },
  ];
  if (view.measure === 'cores') columns.push({ head: 'free', values: history.free }, { head: 'total', values: history.total });
  const lines = [];
  for (let i = history.length - 1; i >= 0; i--) {
    const time = formatReadingTime(history.from + i * history.stepMillis, history.stepMillis);
    lines.push([time, ...columns.map(({ values }) => formatCount(values[i]))]);
  }
  return table(caption, ['time', ...columns.map(({ head }) => head)], lines, 'no news');
}

/** @param {string} caption @param {string[]} heads @param {(Node | string)[][]} lines the first cell of each names it @param {string} empty */
function table(caption, heads, lines, empty) {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = lines.map(([name, ...cells]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell))),
  );
  if (body.length === 0) body.push(element('tr', {}, element('td', { colspan: String(heads.length) }, empty)));
  const node = element('table', {}, element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body));
  return element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': caption }, node);
}
