// @ts-check
import { element } from '../element.js';
import { placeLink } from '../link.js';
import { formatMoment } from '../model/ages.js';
import { formatDuration } from '../model/durations.js';
import { columnsOf, nextSort, orderOf, sortOf } from '../model/job-list.js';
import { slotsMeaning, slotsWords, stateWord } from '../model/job-words.js';
import { formatCount, UNKNOWN } from '../model/numbers.js';
import { printable } from '../model/printable.js';
import { placeOfQueue, placeOfUser } from '../model/who.js';
import { slotWord } from '../model/words.js';
/** @import {Column, Parameters} from '../model/job-list.js' */
/** @import {Job} from '../model/job-words.js' */
/** @import {Place} from '../model/place.js' */

/**
 * The head of the table of jobs: a button over each column sorts by it.
 *
 * @param {Parameters} parameters
 * @param {string | null | undefined} drms
 * @param {(sort: string) => void} sortBy
 */
export function jobHead(parameters, drms, sortBy) {
  const sort = sortOf(parameters);
  return element('tr', {}, ...columnsOf(parameters).map((column) => headOf(column, sort, drms, sortBy)));
}

/** @param {Column} column @param {string} sort @param {string | null | undefined} drms @param {(sort: string) => void} sortBy */
function headOf(column, sort, drms, sortBy) {
  const order = orderOf(column, sort);
  const text = column.name === 'slots' ? slotWord(drms) : column.head;
  const button = element('button', { type: 'button', class: 'sort-button', 'data-sort': column.sort }, text);
  button.addEventListener('click', () => sortBy(nextSort(column, sort)));
  return element('th', { scope: 'col', class: classOf(column), 'aria-sort': order }, button);
}

/** @param {Column} column */
function classOf({ words, from }) {
  return [words ? 'words' : '', from ? `from-${from}` : ''].join(' ').trim() || null;
}

/**
 * @typedef {object} Where what a line needs besides its job
 * @property {Parameters} parameters of the place
 * @property {string | null | undefined} drms
 * @property {number} now the server's clock
 * @property {import('../model/who.js').Logins} people
 *
 * @param {Job} job
 * @param {Where} where
 */
export function jobLine(job, where) {
  const cells = cellsOf(job, where);
  const columns = columnsOf(where.parameters);
  return element(
    'tr',
    { 'data-job': job.jobId },
    ...columns.map((column) => {
      const { content, title } = cells[column.name]();
      const attributes = { 'data-field': column.name, class: classOf(column), title: title || null };
      return column.name === 'id' ? element('th', { ...attributes, scope: 'row' }, content) : element('td', attributes, content);
    }),
  );
}

/** @param {Job} job @param {Where} where @returns {Record<string, () => {content: Node | string, title?: string}>} */
function cellsOf(job, { parameters, drms, now, people }) {
  const of = parameters.of ?? '';
  const text = (/** @type {string | null} */ value) => ({ content: printable(value || UNKNOWN), title: printable(value) });
  const moment = columnsOf(parameters).find(({ name }) => name === 'moment')?.sort === 'dispatchTimeEpochSeconds';
  return {
    id: () => ({ content: placeLink('job', { of, job: job.jobId }, printable(shortId(job.jobId))), title: printable(job.jobId) }),
    name: () => text(job.jobName),
    owner: () => ({ content: linkTo(placeOfUser(people, of, job.jobOwner), job.jobOwner), title: printable(job.jobOwner) }),
    group: () => narrowing(parameters, 'group', job.groupName),
    account: () => narrowing(parameters, 'account', job.accountingId),
    queue: () =>
      job.queueName
        ? { content: linkTo(placeOfQueue(of, job.queueName), job.queueName), title: printable(job.queueName) }
        : { content: UNKNOWN },
    state: () => ({ content: stateWord(job, drms), title: job.jobSubState ? `the scheduler says ${printable(job.jobSubState)}` : '' }),
    slots: () => ({ content: slotsWords(job), title: slotsMeaning(job, slotWord(drms)) }),
    nodes: () => ({ content: formatCount(job.nodeCount), title: job.nodeNames.slice(0, 20).map(printable).join(' ') }),
    gpus: () => ({ content: formatCount(job.gpus) }),
    used: () => ({ content: formatDuration(job.wallclockTimeSeconds) }),
    limit: () => ({ content: formatDuration(job.wallclockLimitSeconds) }),
    moment: () => {
      const seconds = moment ? job.dispatchTimeEpochSeconds : job.submissionTimeEpochSeconds;
      return seconds === null ? { content: UNKNOWN } : { content: formatMoment(seconds * 1000, now), title: new Date(seconds * 1000).toLocaleString() };
    },
    reason: () => (job.reason ? text(job.reason) : { content: '' }),
  };
}

/** Of an id with a host behind it what tells jobs of one cluster apart. @param {string} id */
function shortId(id) {
  return /^\d[\w[\]-]*\.[a-z]/i.test(id) ? id.slice(0, id.indexOf('.')) : id;
}

/** @param {Place} where @param {string} name */
function linkTo({ name: place, parameters }, name) {
  return placeLink(place, parameters, printable(name));
}

/** @param {Parameters} parameters @param {string} parameter @param {string | null} value */
function narrowing(parameters, parameter, value) {
  if (!value) return { content: UNKNOWN };
  return { content: placeLink('jobs', { ...parameters, page: null, [parameter]: value }, printable(value)), title: printable(value) };
}
