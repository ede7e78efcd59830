// @ts-check
import { formatAge, formatSpan } from './ages.js';
import { formatCount, formatCounted, UNKNOWN } from './numbers.js';
import { printable } from './printable.js';

/**
 * How the mesh does, as the server says it; as far as it is shown.
 *
 * @typedef {object} OpsAnswer
 * @property {number} atEpochMillis by the server's clock
 * @property {OpsNode[]} nodes
 *
 * @typedef {object} OpsNode
 * @property {string} node
 * @property {string | null} release
 * @property {number} heardEpochMillis
 * @property {number} upMillis
 * @property {{stage: string, status: string, restarts: number}[]} stages
 * @property {{residentBytes: number | null, heapUsedBytes: number}} memory
 * @property {OpsPolls[]} clusters
 * @property {{databaseBytes: number | null, writing: boolean, pending: number, dropped: number} | null} store
 * @property {{browsers: number, drops: Record<string, number>} | null} browsers
 *
 * @typedef {object} OpsPolls
 * @property {string} cluster
 * @property {Record<string, number>} polls by result
 * @property {number} replies
 * @property {number} replyBytes in all
 * @property {number} parseProblems
 * @property {number | null} p50Millis
 * @property {number | null} p99Millis
 * @property {boolean} failing
 * @property {number | null} lastGoodEpochMillis
 */

/** A node tells every two seconds. */
const SILENCE_MILLIS = 10_000;
const GOOD_RESULTS = Object.freeze(['UP', 'PARTIAL', 'UNCHANGED']);
const BYTE_UNITS = Object.freeze(['B', 'kB', 'MB', 'GB', 'TB']);

/** @param {number | null | undefined} bytes @returns {string} "7.0 MB" */
export function formatBytes(bytes) {
  if (typeof bytes !== 'number' || !Number.isFinite(bytes)) return UNKNOWN;
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? formatCount(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** @param {number | null | undefined} millis @returns {string} "12 ms", "1.2 s" */
export function formatTook(millis) {
  if (typeof millis !== 'number' || !Number.isFinite(millis)) return UNKNOWN;
  return millis < 1000 ? `${millis < 10 ? millis.toFixed(1) : Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`;
}

/** A line for each node. @param {OpsAnswer} answer */
export function nodeLines({ atEpochMillis, nodes }) {
  return nodes.map(({ node, release, heardEpochMillis, upMillis, stages, memory, clusters, store, browsers }) => {
    const silent = atEpochMillis - heardEpochMillis > SILENCE_MILLIS;
    return {
      node: printable(node),
      silent,
      state: silent ? `silent for ${formatSpan(atEpochMillis - heardEpochMillis)}` : 'heard',
      release: release ? printable(release) : UNKNOWN,
      up: formatSpan(upMillis),
      stages: stages.map(stageWords).join(', '),
      memory: formatBytes(memory.residentBytes ?? memory.heapUsedBytes),
      clusters: stages.some(({ stage }) => stage === 'poller') ? formatCount(clusters.length) : '',
      history: store ? historyWords(store) : '',
      browsers: browsers ? formatCount(browsers.browsers) : '',
    };
  });
}

/** @param {OpsNode['stages'][number]} stage */
function stageWords({ stage, status, restarts }) {
  const notes = [...(status === 'UP' ? [] : [status.toLowerCase()]), ...(restarts > 0 ? [formatCounted(restarts, 'restart', 'restarts')] : [])];
  return printable(stage) + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
}

/** @param {NonNullable<OpsNode['store']>} store */
function historyWords({ databaseBytes, writing, pending, dropped }) {
  const notes = [...(writing ? [] : ['paused']), ...(pending > 0 ? [`${formatCount(pending)} wait`] : []), ...(dropped > 0 ? [`${formatCount(dropped)} dropped`] : [])];
  return [formatBytes(databaseBytes), ...notes].join(', ');
}

/**
 * A line for each cluster and who polls it: first those that fail, then in the order of the grid.
 *
 * @param {OpsAnswer} answer
 * @param {string[]} order ids of the clusters
 */
export function pollLines({ atEpochMillis, nodes }, order) {
  const lines = nodes
    .filter(({ heardEpochMillis }) => atEpochMillis - heardEpochMillis <= SILENCE_MILLIS)
    .flatMap(({ node, clusters }) => clusters.map((polls) => ({ cluster: polls.cluster, failing: polls.failing, ...pollWords(polls, atEpochMillis), node: printable(node) })));
  const rank = new Map(order.map((id, i) => [id, i]));
  return lines.sort((a, b) => Number(b.failing) - Number(a.failing) || (rank.get(a.cluster) ?? order.length) - (rank.get(b.cluster) ?? order.length));
}

/** @param {OpsPolls} polls @param {number} nowMillis */
function pollWords({ polls, replies, replyBytes, parseProblems, p50Millis, p99Millis, lastGoodEpochMillis }, nowMillis) {
  const results = Object.entries(polls);
  const sum = (/** @type {[string, number][]} */ entries) => entries.reduce((all, [, count]) => all + count, 0);
  const failed = results.filter(([result]) => !GOOD_RESULTS.includes(result)).sort(([, a], [, b]) => b - a);
  return {
    lastGood: lastGoodEpochMillis === null ? 'never' : formatAge(lastGoodEpochMillis, nowMillis),
    half: formatTook(p50Millis),
    most: formatTook(p99Millis),
    reply: replies > 0 ? formatBytes(replyBytes / replies) : UNKNOWN,
    polls: formatCount(sum(results)),
    failed: formatCount(sum(failed)),
    failures: failed.map(([code, count]) => `${printable(code)} ${formatCount(count)}`).join(', '),
    problems: formatCount(parseProblems),
  };
}

/**
 * Whose news is oldest.
 *
 * @param {{title: string, observedAtEpochMillis: number | null | undefined}[]} clusters
 * @param {number} nowMillis
 */
export function oldestWords(clusters, nowMillis) {
  const seen = clusters.flatMap(({ title, observedAtEpochMillis: at }) => (typeof at === 'number' ? [{ title, at }] : []));
  if (seen.length === 0) return 'no cluster was seen yet';
  const oldest = seen.reduce((a, b) => (b.at < a.at ? b : a));
  const unseen = clusters.length - seen.length;
  const age = formatSpan(nowMillis - oldest.at);
  return `oldest news: ${printable(oldest.title)}, ${age} old${unseen > 0 ? `; ${formatCounted(unseen, 'cluster was', 'clusters were')} never seen` : ''}`;
}
