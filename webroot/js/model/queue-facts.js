// @ts-check
import { formatCount, formatCounted } from './numbers.js';
/** @import {Job} from './job-words.js' */

export const WAIT_DAYS = 30;
/** As many jobs as the server gives at once. */
export const MOST_JOBS = 1000;
const TOP = 10;

/**
 * @typedef {object} Wait how long jobs of one size waited that started in the days asked for
 * @property {string | null} queueName null for all queues
 * @property {number} minSlots
 * @property {number | null} maxSlots
 * @property {number} count
 * @property {number} p50Seconds
 * @property {number} p90Seconds
 *
 * @typedef {object} Share what one user has in a queue
 * @property {string} owner
 * @property {number} jobs tasks
 * @property {number} slots
 */

/** @param {{waits: Wait[]} | null} answer @param {string} queue @returns {Wait[]} any size first, then by size */
export function waitsOfQueue(answer, queue) {
  return (answer?.waits ?? []).filter(({ queueName }) => queueName === queue);
}

/** @param {Wait} wait @param {string} slot "cores" @returns {string} which jobs */
export function sizeWords({ minSlots, maxSlots }, slot) {
  if (maxSlots === null) return minSlots <= 1 ? 'any size' : `${formatCount(minSlots)} ${slot} and more`;
  if (minSlots === maxSlots) return formatCounted(minSlots, slot.slice(0, -1), slot);
  return `${formatCount(minSlots)} to ${formatCount(maxSlots)} ${slot}`;
}

/** @param {number} seconds @returns {string} "no time", "40 s", "40 min", "6 h", "3 d": as exact as a guess deserves */
export function roughly(seconds) {
  if (seconds < 1) return 'no time';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Who has most, tasks of arrays counted one by one. @param {Job[]} jobs @returns {Share[]} */
export function topOwners(jobs) {
  /** @type {Map<string, Share>} */
  const shares = new Map();
  for (const { jobOwner, taskCount, slots } of jobs) {
    const share = shares.get(jobOwner) ?? { owner: jobOwner, jobs: 0, slots: 0 };
    share.jobs += taskCount;
    share.slots += taskCount * (slots ?? 0);
    shares.set(jobOwner, share);
  }
  return [...shares.values()].sort((a, b) => b.slots - a.slots || b.jobs - a.jobs || (a.owner < b.owner ? -1 : 1)).slice(0, TOP);
}

/** What the sums leave out, where they leave out anything. @param {number} total @param {number} seen */
export function partWords(total, seen) {
  return total > seen ? `of the ${formatCount(seen)} largest of ${formatCount(total)} jobs` : '';
}
