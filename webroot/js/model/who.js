// @ts-check
import { PLACE_NAMES, place } from './place.js';
/** @import {Place, PlaceName} from './place.js' */

/** What shows more of somebody: his own place where there is one, else his jobs there. @param {string} cluster @param {string} owner @returns {Place} */
export function placeOfUser(cluster, owner) {
  const known = /** @type {readonly string[]} */ (PLACE_NAMES);
  if (known.includes('person')) return place(/** @type {PlaceName} */ ('person'), { of: cluster, user: owner });
  return place('jobs', { of: cluster, owner });
}

/** What shows more of a queue. @param {string} cluster @param {string} queueName of several that a job may go to, the first counts it @returns {Place} */
export function placeOfQueue(cluster, queueName) {
  return place('jobs', { of: cluster, queue: queueName.split(',')[0] });
}
