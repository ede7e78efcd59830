// @ts-check
import { queuedWord } from './words.js';
/** @import {Place} from './place.js' */

/** So many jobs stand on a page. */
export const PAGE_SIZE = 100;

/** @typedef {Readonly<Record<string, string>>} Parameters of the place, as they stand in the link */

/** Which parameter of the link is which field of the server's filter, and how the page calls it. */
export const FILTERS = Object.freeze([
  { parameter: 'owner', field: 'jobOwner', word: 'user' },
  { parameter: 'group', field: 'groupName', word: 'group' },
  { parameter: 'account', field: 'accountingId', word: 'account' },
  { parameter: 'queue', field: 'queueName', word: 'queue' },
]);

/** The states a listing knows, in the order of a job's life. */
export const JOB_STATES = Object.freeze(['RUNNING', 'QUEUED', 'HELD', 'SUSPENDED', 'UNDETERMINED']);

/**
 * @typedef {object} Column
 * @property {string} name of the cell
 * @property {string} head what stands over it
 * @property {string} sort the server's field
 * @property {boolean} [descending] the way round it is sorted first
 * @property {boolean} [words] text, not a number
 * @property {'middle' | 'wide'} [from] the least width of the sheet at which it is shown
 */

/** @param {Parameters} parameters @returns {string | null} one of {@link JOB_STATES}; null for all */
export function stateOf({ state }) {
  return JOB_STATES.find((known) => known === state?.toUpperCase()) ?? null;
}

/** The columns; which moment of a job is shown depends on what it is doing. @param {Parameters} parameters @returns {Column[]} */
export function columnsOf(parameters) {
  const state = stateOf(parameters);
  const moment =
    state === 'RUNNING'
      ? { head: 'started', sort: 'dispatchTimeEpochSeconds' }
      : { head: state === 'QUEUED' || state === 'HELD' ? 'waits since' : 'submitted', sort: 'submissionTimeEpochSeconds' };
  return [
    { name: 'id', head: 'job', sort: 'jobId', words: true },
    { name: 'name', head: 'name', sort: 'jobName', words: true, from: 'middle' },
    { name: 'owner', head: 'user', sort: 'jobOwner', words: true },
    { name: 'group', head: 'group', sort: 'groupName', words: true, from: 'wide' },
    { name: 'account', head: 'account', sort: 'accountingId', words: true, from: 'wide' },
    { name: 'queue', head: 'queue', sort: 'queueName', words: true, from: 'middle' },
    { name: 'state', head: 'state', sort: 'jobState', words: true },
    { name: 'slots', head: 'cores', sort: 'slots', descending: true },
    { name: 'nodes', head: 'nodes', sort: 'nodeCount', descending: true, from: 'wide' },
    { name: 'gpus', head: 'GPUs', sort: 'gpus', descending: true, from: 'middle' },
    { name: 'used', head: 'time used', sort: 'wallclockTimeSeconds', descending: true },
    { name: 'limit', head: 'of limit', sort: 'wallclockLimitSeconds', descending: true, from: 'middle' },
    { name: 'moment', ...moment, descending: true, from: 'middle' },
    { name: 'reason', head: 'why it waits', sort: 'reason', words: true, from: 'middle' },
  ];
}

/** @param {Parameters} parameters @returns {string} newest first unless the link says otherwise */
export function sortOf(parameters) {
  const fields = columnsOf(parameters).map(({ sort }) => sort);
  const wanted = parameters.sort ?? '';
  if (fields.includes(wanted.replace(/^-/, ''))) return wanted;
  return `-${columnsOf(parameters).find(({ name }) => name === 'moment')?.sort}`;
}

/** What a click on a head asks for: its own first way round, then the other. @param {Column} column @param {string} sort of now */
export function nextSort(column, sort) {
  const ways = column.descending ? [`-${column.sort}`, column.sort] : [column.sort, `-${column.sort}`];
  return sort === ways[0] ? ways[1] : ways[0];
}

/** @param {Column} column @param {string} sort @returns {'ascending' | 'descending' | null} for aria-sort */
export function orderOf(column, sort) {
  if (sort === column.sort) return 'ascending';
  return sort === `-${column.sort}` ? 'descending' : null;
}

/** @param {Parameters} parameters @returns {number} 1 for the first */
export function pageOf({ page }) {
  const wanted = /^[1-9]\d{0,5}$/.test(page ?? '') ? Number(page) : 1;
  return wanted;
}

/** @param {number} total @param {number} [size] @returns {number} at least 1 */
export function pagesOf(total, size = PAGE_SIZE) {
  return Math.max(1, Math.ceil(total / size));
}

/** What is asked of the server. @param {Parameters} parameters */
export function jobsQuery(parameters) {
  const state = stateOf(parameters);
  /** @type {Record<string, string>} */
  const filter = state ? { jobState: state } : {};
  for (const { parameter, field } of FILTERS) if (parameters[parameter]) filter[field] = parameters[parameter];
  if (parameters.text) filter.text = parameters.text;
  return {
    cluster: parameters.of ?? '',
    filter,
    sort: sortOf(parameters),
    offset: (pageOf(parameters) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
}

/** The link's parameters with some changed; whatever changes, one begins at the first page. @param {Parameters} parameters @param {Record<string, string | null>} change @returns {Record<string, string | null>} */
export function changed(parameters, change) {
  return { ...parameters, page: null, ...change };
}

/** @param {Parameters} parameters @returns {{parameter: string, word: string, value: string}[]} the filters that hold, each can be taken away */
export function filtersOf(parameters) {
  return FILTERS.filter(({ parameter }) => parameters[parameter]).map(({ parameter, word }) => ({ parameter, word, value: parameters[parameter] }));
}

/** The word for a state by which a list can be narrowed. @param {string} state @param {string | null | undefined} drms */
export function listedStateWord(state, drms) {
  if (state === 'QUEUED') return queuedWord(drms);
  return state === 'UNDETERMINED' ? 'unknown' : state.toLowerCase();
}
