// @ts-check
import { formatCount, formatCounted } from './numbers.js';

/** @typedef {import('./row.js').Row} Row */

/**
 * Nodes that nobody uses: how much of the free slots can start one large job.
 *
 * @param {Row | null} row
 * @returns {{free: number, total: number | null} | null} null where they are not known
 */
export function freeNodes(row) {
  const { free, total } = row?.nodes ?? {};
  return typeof free === 'number' ? { free, total: total ?? null } : null;
}

/**
 * Slots that nodes report as used beyond those of the jobs we see.
 *
 * @param {Row | null} row
 * @returns {number | null} null where either side is unknown
 */
export function unattributedSlots(row) {
  const used = row?.slots?.used;
  const users = row?.usage?.user;
  if (typeof used !== 'number' || !users) return null;
  return Math.max(0, used - users.reduce((sum, user) => sum + (user.runningSlots ?? 0), 0));
}

/**
 * GPUs that nobody holds. Some schedulers' nodes do not say which are in use; then the jobs do.
 *
 * @param {Row | null} row
 * @returns {{total: number, used: number, free: number, unattributed: number} | null} null where they are not known
 */
export function gpusOf(row) {
  if (!row?.gpus) return null;
  const { total } = row.gpus;
  const ofJobs = (row.usage?.user ?? []).reduce((sum, user) => sum + (user.runningGpus ?? 0), 0);
  const used = Math.max(row.gpus.used, ofJobs);
  return { total, used, free: Math.max(0, total - used), unattributed: row.usage ? used - ofJobs : 0 };
}

/**
 * The numbers of the page's head. What a silent cluster had free is not counted as free.
 *
 * @param {{status: string, row: Row | null}[]} clusters
 */
export function totalsOf(clusters) {
  const answering = clusters.filter(({ status, row }) => status === 'UP' && row);
  const sum = (/** @type {(row: Row) => number | null | undefined} */ pick) =>
    answering.reduce((total, { row }) => total + ((row && pick(row)) || 0), 0);
  return {
    clusters: clusters.length,
    answering: answering.length,
    freeSlots: sum((row) => row.slots?.free),
    totalSlots: sum((row) => row.slots?.total),
    runningJobs: sum((row) => row.jobs?.running),
    waitingJobs: sum((row) => row.jobs?.queued),
  };
}

/** @param {number} clusters @param {number} answering @param {boolean} [past] @returns {string} "6 clusters", "5 of 6 clusters answer", "5 of 6 clusters answered" */
export function answeringWords(clusters, answering, past = false) {
  if (answering === clusters) return formatCounted(clusters, 'cluster', 'clusters');
  if (past) return `${formatCount(answering)} of ${formatCounted(clusters, 'cluster', 'clusters')} answered`;
  return `${formatCount(answering)} of ${formatCounted(clusters, 'cluster answers', 'clusters answer')}`;
}

/** How many clusters are not in the sums, because their numbers are old or not known. Short: a cluster that goes shall not move the page. @param {number} missing @returns {string} */
export function notCountedWords(missing) {
  return missing === 0 ? '' : `${formatCount(missing)} not counted`;
}
