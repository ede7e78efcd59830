// @ts-check
/** @import {Row} from '../js/model/row.js' */

/** @param {string} key @param {number} runningSlots @param {number} [runningJobs] */
export function use(key, runningSlots, runningJobs = 1) {
  return { key, runningJobs, runningSlots, runningGpus: 0, queuedJobs: 0, queuedSlots: 0, heldJobs: 0 };
}

/** A row as the server sends it, with what a test wants otherwise. @param {Partial<Row>} [change] @returns {Row} */
export function row(change = {}) {
  return {
    cluster: 'hpc1',
    title: 'HPC 1',
    drms: 'torque',
    drmsVersion: '6.1.3',
    visibility: 'ALL',
    status: 'UP',
    failure: null,
    revision: 1,
    observedAtEpochMillis: 1_000_000,
    staleAfterMillis: 190_000,
    jobs: { running: 3, queued: 119, held: 4, suspended: 1, undetermined: 0 },
    slots: { total: 336, used: 213, free: 77, unavailable: 46, largestFreeOnOneNode: 28 },
    nodes: { total: 12, free: 0, partial: 4, full: 5, draining: 0, offline: 1, down: 2, unknown: 0 },
    usage: { user: [use('alice', 90), use('bob', 41), use('erin', 32)], group: [use('chem', 163)], account: [], queue: [] },
    waiting: [],
    ...change,
  };
}
