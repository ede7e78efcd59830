// @ts-check
import { formatMomentLink, parseMoment } from './moment-link.js';
import { addPlace, placeIn } from './place.js';
/** @import {Place} from './place.js' */

/**
 * What the page shows, all of it in the link: what the switches on top say, and what is open over the grid.
 *
 * @typedef {object} View
 * @property {'user' | 'group' | 'account' | 'queue' | 'lab'} dimension `lab` where somebody has said who is of which
 * @property {'cores' | 'jobs' | 'gpus'} measure
 * @property {'1h' | '24h' | '7d' | '30d' | '1y'} range
 * @property {'areas' | 'lines'} shape of the charts over time
 * @property {number | null} at the moment shown, epoch milliseconds; null for now
 * @property {Place | null} place
 */

/** @typedef {'dimension' | 'measure' | 'range' | 'shape'} Switch */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Each choice of each switch, in the order shown; `key` is the key that chooses it. */
export const CHOICES = Object.freeze({
  dimension: [
    { value: 'user', label: 'users', one: 'user', key: 'u' },
    { value: 'group', label: 'groups', one: 'group', key: 'g' },
    { value: 'account', label: 'accounts', one: 'account', key: 'a' },
    { value: 'queue', label: 'queues', one: 'queue', key: 'q' },
    { value: 'lab', label: 'labs', one: 'lab', key: 'b' },
  ],
  measure: [
    { value: 'cores', label: 'cores', running: 'runningSlots' },
    { value: 'jobs', label: 'jobs', running: 'runningJobs' },
    { value: 'gpus', label: 'GPUs', running: 'runningGpus' },
  ],
  range: [
    { value: '1h', label: '1 h', millis: HOUR, key: '1' },
    { value: '24h', label: '24 h', millis: DAY, key: '2' },
    { value: '7d', label: '7 d', millis: 7 * DAY, key: '3' },
    { value: '30d', label: '30 d', millis: 30 * DAY, key: '4' },
    { value: '1y', label: '1 y', millis: 365 * DAY, key: '5' },
  ],
  shape: [
    { value: 'areas', label: 'areas' },
    { value: 'lines', label: 'lines' },
  ],
});

/** @type {Readonly<View>} */
export const DEFAULT_VIEW = Object.freeze({ dimension: 'user', measure: 'cores', range: '24h', shape: 'areas', at: null, place: null });

/** The names that stand in a link, so that the link reads like the page. */
const PARAMETERS = Object.freeze({ dimension: 'by', measure: 'in', range: 'past', shape: 'as' });

/** The moment in a link, in words that can be read: "2026-11-22T14:03:00Z". */
const MOMENT = 'at';

/** @param {Switch} name @param {string | null} value */
export function choiceOf(name, value) {
  return /** @type {any[]} */ (CHOICES[name]).find((choice) => choice.value === value);
}

/**
 * The choices of a switch that there is anything behind.
 *
 * @param {Switch} name
 * @param {{labs: boolean}} known whether labs are configured
 * @param {View} view what is chosen already stays to be seen
 */
export function offered(name, { labs }, view) {
  return /** @type {{value: string}[]} */ (/** @type {unknown} */ (CHOICES[name])).filter(({ value }) => value !== 'lab' || labs || view.dimension === 'lab');
}

/** @param {string} hash "#by=group&in=jobs&past=7d" @returns {View} with the default for what is missing or unknown */
export function parseView(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const view = /** @type {any} */ ({ ...DEFAULT_VIEW });
  for (const [name, parameter] of Object.entries(PARAMETERS)) {
    const value = parameters.get(parameter);
    if (choiceOf(/** @type {Switch} */ (name), value)) view[name] = value;
  }
  view.at = parseMoment(parameters.get(MOMENT));
  view.place = placeIn(parameters);
  return view;
}

/** @param {View} view @returns {string} what {@link parseView} reads */
export function formatView(view) {
  const link = new URLSearchParams({ by: view.dimension, in: view.measure, past: view.range });
  if (view.shape !== DEFAULT_VIEW.shape) link.set(PARAMETERS.shape, view.shape);
  if (view.at !== null) link.set(MOMENT, formatMomentLink(view.at));
  addPlace(link, view.place);
  return `#${link}`;
}

/** @param {View} view @returns {string} what the switches say, whatever the moment is and whatever is open over it */
export function gridPart(view) {
  return formatView({ ...view, at: null, place: null });
}

/** @param {View} view @returns {number} milliseconds */
export function rangeMillis(view) {
  return choiceOf('range', view.range).millis;
}

/** @param {View} view @returns {'runningSlots' | 'runningJobs' | 'runningGpus'} the field that is counted */
export function runningField(view) {
  return choiceOf('measure', view.measure).running;
}

/** @param {View} view @returns {string} what is counted, in words */
export function measureWord(view) {
  return choiceOf('measure', view.measure).label;
}

/** @param {View} view @returns {View['measure']} the next one that can be counted */
export function nextMeasure(view) {
  const all = CHOICES.measure.map(({ value }) => value);
  return /** @type {View['measure']} */ (all[(all.indexOf(view.measure) + 1) % all.length]);
}
