// @ts-check
/** @typedef {import('./words.js').Status} Status */

/**
 * @typedef {object} KeyUsage what one user, group, account or queue holds; counts are tasks
 * @property {string} key
 * @property {number} runningJobs
 * @property {number} runningSlots
 * @property {number} [runningGpus]
 * @property {number} [queuedJobs]
 * @property {number} [queuedSlots]
 * @property {number} [heldJobs]
 *
 * @typedef {object} Failure
 * @property {string} code
 * @property {string | null} detail
 * @property {number} sinceEpochMillis
 * @property {string | null} hint
 *
 * @typedef {object} Outage when a cluster did not answer
 * @property {number} fromEpochMillis
 * @property {number} toEpochMillis
 *
 * @typedef {object} Queue
 * @property {string} queueName
 * @property {boolean | null} enabled whether it takes jobs
 * @property {boolean | null} started whether it starts them
 * @property {number | null} runningJobs
 * @property {number | null} queuedJobs
 * @property {number | null} wallclockLimitSeconds
 * @property {number | null} slotsLimit
 *
 * @typedef {object} Row body of a cluster's address; any part may be null when it was never seen
 * @property {string} cluster
 * @property {string} title
 * @property {string | null} drms
 * @property {string | null} drmsVersion
 * @property {string} visibility
 * @property {Status} status
 * @property {Failure | null} failure
 * @property {number} revision
 * @property {number | null} observedAtEpochMillis
 * @property {number | null} staleAfterMillis
 * @property {number} [serverTimeEpochMillis]
 * @property {Record<string, number> | null} jobs
 * @property {{total: number, used: number, free: number, unavailable: number, largestFreeOnOneNode: number | null} | null} slots
 * @property {{total: number, used: number} | null} [gpus] `used` as nodes say; where they do not know it is 0
 * @property {Record<string, number> | null} nodes
 * @property {Record<string, KeyUsage[] | null> | null} usage
 * @property {{reason: string, jobs: number, slots: number}[] | null} waiting
 * @property {Queue[] | null} [queues]
 */

/**
 * A row grows stale by its own clock, also while the server is away.
 *
 * @param {Row | null} row
 * @param {number} nowMillis the server's clock
 * @returns {Status}
 */
export function statusAt(row, nowMillis) {
  if (!row) return 'UNKNOWN';
  const observed = row.observedAtEpochMillis;
  const overdue = observed !== null && row.staleAfterMillis !== null && nowMillis - observed > row.staleAfterMillis;
  return row.status === 'UP' && overdue ? 'STALE' : row.status;
}
