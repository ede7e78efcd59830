// @ts-check
import { place } from './place.js';
/** @import {Place} from './place.js' */

/** What too many others are counted under, and what a job that waits for no reason we know. */
const OTHERS = '(others)';
const NO_REASON = 'no reason given';

/**
 * Who has which login where.
 *
 * @typedef {Pick<import('./people.js').People, 'personOf' | 'loginsOf' | 'nameOf'>} Logins
 */

/** What shows more of whoever has a login. @param {Logins} people @param {string} cluster @param {string} login @returns {Place} */
export function placeOfUser(people, cluster, login) {
  return place('person', { who: people.personOf(cluster, login) });
}

/** What shows more of a queue. @param {string} cluster @param {string} queueName of several that a job may go to, the first counts it @returns {Place} */
export function placeOfQueue(cluster, queueName) {
  return place('queue', { of: cluster, queue: queueName.split(',')[0] });
}

/**
 * The jobs that a line of a legend counts.
 *
 * @param {Logins} people
 * @param {string} dimension
 * @param {string} cluster
 * @param {string} key a person, group, account or queue
 * @returns {Place | null} null where a key stands for many
 */
export function jobsOfKey(people, dimension, cluster, key) {
  if (key === OTHERS) return null;
  if (dimension === 'user') {
    const logins = people.loginsOf(key, cluster);
    // A list of jobs is of one login; who has more has a sheet of her own.
    return logins.length === 1 ? place('jobs', { of: cluster, owner: logins[0] }) : place('person', { who: key });
  }
  if (dimension === 'lab') return place('lab', { lab: key });
  return ['group', 'account', 'queue'].includes(dimension) ? place('jobs', { of: cluster, [dimension]: key }) : null;
}

/** The jobs that wait for a reason. @param {string} cluster @param {string} reason as the row has it, which cuts long ones @returns {Place} */
export function jobsOfReason(cluster, reason) {
  if (reason === NO_REASON) return place('jobs', { of: cluster, state: 'QUEUED' });
  return place('jobs', { of: cluster, text: reason.replace(/…$/, '') });
}
