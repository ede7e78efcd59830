// @ts-check
import { PLACE_NAMES, place } from './place.js';
/** @import {Place, PlaceName} from './place.js' */

/** What too many others are counted under. */
const OTHERS = '(others)';

/**
 * Who has which login where.
 *
 * @typedef {{personOf: (cluster: string, login: string) => string, loginsOf: (who: string, cluster: string) => string[]}} Logins
 */

const hasPersons = /** @type {readonly string[]} */ (PLACE_NAMES).includes('person');

/** @param {unknown} store @returns {Logins | undefined} undefined where logins are all that is known */
export function peopleOf(store) {
  return /** @type {{people?: Logins}} */ (store).people;
}

/** What shows more of whoever has a login. @param {Logins | undefined} people @param {string} cluster @param {string} login @returns {Place} */
export function placeOfUser(people, cluster, login) {
  if (hasPersons && people) return place(/** @type {PlaceName} */ ('person'), { who: people.personOf(cluster, login) });
  return place('jobs', { of: cluster, owner: login });
}

/** What shows more of a queue. @param {string} cluster @param {string} queueName of several that a job may go to, the first counts it @returns {Place} */
export function placeOfQueue(cluster, queueName) {
  return place('queue', { of: cluster, queue: queueName.split(',')[0] });
}

/**
 * The jobs that a line of a legend counts.
 *
 * @param {Logins | undefined} people
 * @param {string} dimension
 * @param {string} cluster
 * @param {string} key a person, group, account or queue
 * @returns {Place | null} null where a key stands for many
 */
export function jobsOfKey(people, dimension, cluster, key) {
  if (key === OTHERS) return null;
  if (dimension === 'user') {
    const logins = people?.loginsOf(key, cluster) ?? [key];
    // A list of jobs is of one login.
    if (logins.length !== 1) return hasPersons ? place(/** @type {PlaceName} */ ('person'), { who: key }) : null;
    return place('jobs', { of: cluster, owner: logins[0] });
  }
  return ['group', 'account', 'queue'].includes(dimension) ? place('jobs', { of: cluster, [dimension]: key }) : null;
}

/** What a job that waits for no reason we know is counted under. */
const NO_REASON = 'no reason given';

/** The jobs that wait for a reason. @param {string} cluster @param {string} reason as the row has it, which cuts long ones @returns {Place} */
export function jobsOfReason(cluster, reason) {
  if (reason === NO_REASON) return place('jobs', { of: cluster, state: 'QUEUED' });
  return place('jobs', { of: cluster, text: reason.replace(/…$/, '') });
}
