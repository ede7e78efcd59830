// @ts-check
import { formatCount, formatCounted } from './numbers.js';
/** @import {Queue} from './row.js' */

/** Whether a queue takes jobs and starts them. @param {Queue} queue */
export function queueState({ enabled, started }) {
  if (enabled === false) return started === false ? 'closed, stopped' : 'takes no new jobs';
  if (started === false) return 'starts no jobs';
  return enabled === null || enabled === undefined ? '–' : 'open';
}

/** @param {Queue} queue @returns {boolean | null} whether jobs go through it; null where neither is known */
function isOpen({ enabled, started }) {
  if (enabled === false || started === false) return false;
  return enabled === true || started === true ? true : null;
}

/** How many queues there are, and whether one can use them. @param {Queue[]} queues @returns {string} "4 of 5 queues open", "5 queues, all open"; "5 queues" where that is not known */
export function queuesWords(queues) {
  if (queues.length === 0) return 'no queues';
  const all = formatCounted(queues.length, 'queue', 'queues');
  const states = queues.map(isOpen);
  if (states.includes(null)) return all;
  const open = states.filter((state) => state).length;
  if (open < queues.length) return `${formatCount(open)} of ${all} open`;
  return queues.length === 1 ? `${all}, open` : `${all}, all open`;
}

/** The queues with the most jobs, running or waiting. @param {Queue[]} queues @param {number} most @returns {Queue[]} none that is empty */
export function busiest(queues, most) {
  const jobs = (/** @type {Queue} */ { runningJobs, queuedJobs }) => (runningJobs ?? 0) + (queuedJobs ?? 0);
  return queues
    .filter((queue) => jobs(queue) > 0)
    .sort((a, b) => jobs(b) - jobs(a) || (a.queueName < b.queueName ? -1 : 1))
    .slice(0, most);
}
