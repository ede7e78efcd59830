// @ts-check
/** @import {Queue} from './row.js' */

/** Whether a queue takes jobs and starts them. @param {Queue} queue */
export function queueState({ enabled, started }) {
  if (enabled === false) return started === false ? 'closed, stopped' : 'takes no new jobs';
  if (started === false) return 'starts no jobs';
  return enabled === null || enabled === undefined ? '–' : 'open';
}
