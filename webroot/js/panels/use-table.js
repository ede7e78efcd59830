// @ts-check
import { element } from '../element.js';
import { exchange, placeLink } from '../link.js';
import { formatCount } from '../model/numbers.js';
/** @import {Place} from '../model/place.js' */
/** @import {KeyUsage} from '../model/row.js' */

/**
 * One line of a table of uses.
 *
 * @typedef {object} UseLine
 * @property {{name: string, place: Place | null}[]} names printable, and where each leads
 * @property {string} [note] printable; stands behind the name
 * @property {Record<string, string>} hooks attributes by which a line is found
 * @property {KeyUsage | null} use null where nothing is known
 * @property {Partial<Record<keyof KeyUsage, Place | null>>} [places] where numbers lead
 */

const COLUMNS = /** @type {const} */ ([
  ['running jobs', 'runningJobs'],
  ['cores', 'runningSlots'],
  ['GPUs', 'runningGpus'],
  ['waiting jobs', 'queuedJobs'],
  ['cores asked for', 'queuedSlots'],
  ['held', 'heldJobs'],
]);

/** What somebody has, told by cluster or by person. */
export class UseTable {
  #lines = element('tbody');
  /** what is to be put on the page */
  frame;

  /** @param {string} first head of the names */
  constructor(first) {
    const heads = [first, ...COLUMNS.map(([head]) => head)].map((text) => element('th', { scope: 'col' }, text));
    const table = element('table', {}, element('thead', {}, element('tr', {}, ...heads)), this.#lines);
    this.frame = element('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': `by ${first}` }, table);
  }

  /** @param {UseLine[]} lines */
  show(lines) {
    exchange(this.#lines, lines.map(lineOf));
  }
}

/** @param {UseLine} line */
function lineOf({ names, note = '', hooks, use, places = {} }) {
  const links = names.flatMap(({ name, place }) => [' ', place ? placeLink(place.name, place.parameters, name) : name]);
  return element(
    'tr',
    hooks,
    element('th', { scope: 'row' }, ...links.slice(1), note),
    ...COLUMNS.map(([, field]) => element('td', { 'data-field': field }, numberOf(use?.[field], places[field] ?? null))),
  );
}

/** @param {number | undefined} value @param {Place | null} place */
function numberOf(value, place) {
  const text = formatCount(value);
  return place && value ? placeLink(place.name, place.parameters, text) : text;
}
