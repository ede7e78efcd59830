// @ts-check
/** @import {Job} from './job-words.js' */
/** @import {KeyUsage} from './row.js' */

/** What a job that waits for no reason we know is counted under, as in a row. */
const NO_REASON = 'no reason given';
/** A person who waits on more clusters than that reads of the first ones. */
const MOST_QUESTIONS = 24;

/**
 * Whose jobs of which state are to be asked for.
 *
 * @typedef {object} PendingQuestion
 * @property {string} cluster
 * @property {string} login
 * @property {'QUEUED' | 'HELD'} state
 *
 * @typedef {object} Pending
 * @property {string} cluster
 * @property {string} login
 * @property {string} reason
 * @property {number} jobs tasks
 */

/**
 * @param {{cluster: string, use: KeyUsage | null}[]} uses what she has on each cluster
 * @param {(cluster: string) => string[]} loginsOn
 * @returns {PendingQuestion[]} one for each login that may have a job that waits
 */
export function pendingQuestions(uses, loginsOn) {
  const states = /** @type {const} */ ([
    ['QUEUED', 'queuedJobs'],
    ['HELD', 'heldJobs'],
  ]);
  return uses
    .flatMap(({ cluster, use }) => states.filter(([, field]) => (use?.[field] ?? 0) > 0).flatMap(([state]) => loginsOn(cluster).map((login) => ({ cluster, login, state }))))
    .slice(0, MOST_QUESTIONS);
}

/** Adds up what an answer says. @param {Pending[]} known @param {PendingQuestion} question @param {Job[]} jobs @returns {Pending[]} most jobs first */
export function withPending(known, { cluster, login }, jobs) {
  const next = known.map((one) => ({ ...one }));
  for (const job of jobs) {
    const reason = job.reason || NO_REASON;
    const same = next.find((one) => one.cluster === cluster && one.login === login && one.reason === reason);
    if (same) same.jobs += job.taskCount;
    else next.push({ cluster, login, reason, jobs: job.taskCount });
  }
  return next.sort((a, b) => b.jobs - a.jobs || (a.reason < b.reason ? -1 : 1));
}
