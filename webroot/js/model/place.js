// @ts-check
/**
 * What is open over the grid: a name and what it is about, all of it in the link.
 *
 * @typedef {object} Place
 * @property {PlaceName} name
 * @property {Readonly<Record<string, string>>} parameters `of` is a cluster's id wherever a place is about one cluster
 *
 * @typedef {typeof PLACE_NAMES[number]} PlaceName
 */

/** Every place there is; js/places.js knows where each one's code lies. */
export const PLACE_NAMES = /** @type {const} */ (['changes', 'find', 'fit', 'job', 'jobs', 'lab', 'nodes', 'ops', 'person', 'queue', 'queues', 'tell']);

/** What is asked first: where a job of one core would run. */
export const FIRST_FIT = Object.freeze({ nodes: '1', cores: '1' });

/** The parameter that says which place. */
const OPEN = 'open';
/** Parameters of a link that are not the place's. */
const RESERVED = Object.freeze(['by', 'in', 'past', 'as', 'at', OPEN]);
const MOST_PARAMETERS = 12;
const LONGEST = 300;

/** @param {PlaceName} name @param {Record<string, string | null | undefined>} [parameters] empty ones are left out @returns {Place} */
export function place(name, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value != null && value !== '');
  return { name, parameters: Object.freeze(Object.fromEntries(/** @type {[string, string][]} */ (given))) };
}

/** @param {URLSearchParams} link @returns {Place | null} null for none, or for one that there is not */
export function placeIn(link) {
  const name = PLACE_NAMES.find((known) => known === link.get(OPEN));
  if (!name) return null;
  const own = [...link].filter(([key]) => !RESERVED.includes(key)).slice(0, MOST_PARAMETERS);
  return place(name, Object.fromEntries(own.map(([key, value]) => [key, value.slice(0, LONGEST)])));
}

/**
 * Whether going from one place to the next is a step that the way back undoes; typing a text is none.
 *
 * @param {Place | null} from
 * @param {Place | null} to
 */
export function isStep(from, to) {
  const fixed = (/** @type {Place | null} */ open) => JSON.stringify([open?.name, { ...open?.parameters, text: null }]);
  return fixed(from) !== fixed(to);
}

/** @param {URLSearchParams} link gets the place's parameters @param {Place | null} open */
export function addPlace(link, open) {
  if (!open) return;
  link.set(OPEN, open.name);
  for (const [key, value] of Object.entries(open.parameters)) link.set(key, value);
}
