// @ts-check
import { formatSpan, formatTimeOfDay } from './ages.js';
import { formatCount, formatCounted } from './numbers.js';
import { printable } from './printable.js';
import { failureWords } from './words.js';

/**
 * A line of a cluster's news as the server tells it: one of the three is there.
 *
 * @typedef {object} Change
 * @property {number} atEpochMillis
 * @property {{change: 'CLUSTER_DOWN' | 'CLUSTER_UP', failure: string | null} | null} cluster
 * @property {{user: string | null, startedJobs: number, startedSlots: number, endedJobs: number, endedSlots: number} | null} use
 * @property {{turn: string, count: number, names: string[], reason: string | null} | null} nodes
 *
 * @typedef {object} ChangeLine
 * @property {number} at
 * @property {'cluster' | 'use' | 'nodes'} kind
 * @property {string} sign one letter's worth, for the eye
 * @property {string} before printable; what stands before the name
 * @property {string} name as it came; empty where the line has none that leads anywhere
 * @property {string} after printable
 */

/** @type {Readonly<Record<string, string>>} */
const TURNS = Object.freeze({
  DOWN: 'down',
  OFFLINE: 'taken out',
  DRAINING: 'draining',
  UNKNOWN: 'in no known state',
  BACK: 'back',
  NEW: 'new',
  GONE: 'not listed any more',
});
/** @type {Readonly<Record<string, string>>} */
const TURN_SIGNS = Object.freeze({ BACK: '●', NEW: '●', UNKNOWN: '○', DRAINING: '◐' });

/**
 * News in words.
 *
 * @param {Change[]} changes newest first
 * @param {(login: string) => string} personOf
 * @param {string} slots 'cores' or 'slots'
 * @returns {ChangeLine[]}
 */
export function changeLines(changes, personOf, slots) {
  return changes.map((change, i) => {
    const at = change.atEpochMillis;
    if (change.use) return { at, kind: 'use', ...useWords(change.use, personOf, slots) };
    if (change.nodes) return { at, kind: 'nodes', ...nodesWords(change.nodes) };
    return { at, kind: 'cluster', ...clusterWords(change, changes.slice(i + 1)) };
  });
}

/** @param {NonNullable<Change['use']>} use @param {(login: string) => string} personOf @param {string} slots */
function useWords({ user, startedJobs, startedSlots, endedJobs, endedSlots }, personOf, slots) {
  const more = startedSlots - endedSlots;
  const jobs = [startedJobs > 0 ? `${formatCounted(startedJobs, 'job', 'jobs')} started` : '', endedJobs > 0 ? `${formatCount(endedJobs)} ended` : ''].filter((words) => words);
  return {
    sign: more > 0 ? '▲' : '▼',
    before: user === null ? 'somebody' : '',
    name: user === null ? '' : personOf(user),
    after: ` ${more > 0 ? '+' : '−'}${formatCount(Math.abs(more))} ${slots}: ${jobs.join(', ')}`,
  };
}

/** @param {NonNullable<Change['nodes']>} nodes */
function nodesWords({ turn, count, names, reason }) {
  const more = count - names.length;
  const [first, ...others] = names;
  const rest = [...others.map(printable), ...(more > 0 ? [`${formatCount(more)} more`] : [])];
  const listed = rest.length === 0 ? '' : rest.length === 1 ? ` and ${rest[0]}` : `, ${rest.slice(0, -1).join(', ')} and ${rest[rest.length - 1]}`;
  return {
    sign: TURN_SIGNS[turn] ?? '✕',
    before: count === 1 ? 'node ' : `${formatCount(count)} nodes: `,
    name: first ?? '',
    after: `${listed} ${TURNS[turn] ?? printable(turn)}${reason ? `: ${printable(reason)}` : ''}`,
  };
}

/** @param {Change} change @param {Change[]} earlier */
function clusterWords({ atEpochMillis: at, cluster }, earlier) {
  if (cluster?.change !== 'CLUSTER_UP') {
    const why = cluster?.failure ? `: ${failureWords({ code: cluster.failure }).words}` : '';
    return { sign: '✕', before: `stopped answering${why}`, name: '', after: '' };
  }
  const turn = earlier.find((one) => one.cluster);
  const away = turn?.cluster?.change === 'CLUSTER_DOWN' ? turn.atEpochMillis : null;
  const words = away === null ? '' : `: was away ${formatTimeOfDay(away)}–${formatTimeOfDay(at)}, ${formatSpan(at - away)}`;
  return { sign: '●', before: `answers again${words}`, name: '', after: '' };
}

const MOST_LINES = 100;

/**
 * What is asked of the server: a range that ends at the moment shown, or where the link says.
 *
 * @param {string} cluster
 * @param {string | undefined} to of the link: epoch milliseconds
 * @param {number} shownMillis the moment shown
 * @param {number} rangeMillis
 */
export function changesQuery(cluster, to, shownMillis, rangeMillis) {
  const end = endOf(to) ?? Math.floor(shownMillis) + 1;
  return { cluster, fromEpochMillis: Math.max(0, end - rangeMillis), toEpochMillis: end, limit: MOST_LINES };
}

/** @param {string | undefined} to @returns {number | null} */
function endOf(to) {
  return /^[1-9]\d{0,14}$/.test(to ?? '') ? Number(to) : null;
}

/** Where a page before this one ends. @param {{fromEpochMillis: number}} query @param {{fromEpochMillis: number, more: boolean} | null} answer */
export function olderEnd(query, answer) {
  return String(answer?.more ? answer.fromEpochMillis : query.fromEpochMillis);
}

/** Where a page after this one ends. @param {{toEpochMillis: number}} query @param {number} shownMillis @param {number} rangeMillis @returns {string | null} null for the newest */
export function newerEnd(query, shownMillis, rangeMillis) {
  const end = query.toEpochMillis + rangeMillis;
  // A little less than now, which went on since, is now again.
  return end >= shownMillis - rangeMillis / 10 ? null : String(end);
}
