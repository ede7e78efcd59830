// @ts-check
/** @import {Place, PlaceName} from './model/place.js' */
/** @import {World} from './panels/row.js' */

/**
 * The element of a place. It lives while its place is open.
 *
 * @typedef {HTMLElement & {
 *   attach: (world: World) => void,
 *   show: (place: Place) => void,
 *   leave: () => void,
 * }} PlaceElement `attach` once before it is on the page; `show` then, and whenever the parameters changed; `leave` when it is closed
 *
 * @typedef {object} PlaceModule what a file in places/ exports
 * @property {(place: Place, store: import('./store.js').Store) => string} title a few words for the head of the sheet; names of users as they are
 * @property {() => PlaceElement} create
 * @property {boolean} [showsMoments] whether it follows the grid to a moment of the past; else the sheet says that it is of now
 */

/** Loaded when first opened: who only looks at the grid does not wait for them. @type {Readonly<Record<PlaceName, () => Promise<PlaceModule>>>} */
export const PLACES = Object.freeze({
  changes: () => import('./places/changes.js'),
  find: () => import('./places/find.js'),
  person: () => import('./places/person.js'),
  queues: () => import('./places/queues.js'),
  jobs: () => import('./places/jobs.js'),
  job: () => import('./places/job.js'),
  lab: () => import('./places/lab.js'),
  nodes: () => import('./places/nodes.js'),
  ops: () => import('./places/ops.js'),
  queue: () => import('./places/queue.js'),
  fit: () => import('./places/fit.js'),
  tell: () => import('./places/tell.js'),
});
