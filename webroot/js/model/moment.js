// @ts-check
import { rangeMillis } from './view.js';
/** @import {Row} from './row.js' */
/** @import {View} from './view.js' */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far one step of the slider goes, by range. A day or a week is drawn in about three hundred steps, too. */
const STEPS = Object.freeze({ '1h': MINUTE, '24h': 5 * MINUTE, '7d': 30 * MINUTE, '30d': 2 * HOUR, '1y': DAY });

/** A day in a minute: so much of the past goes by in a millisecond. */
const PLAY_SPEED = DAY / MINUTE;
/** The server is asked for no more than four pictures a second. */
export const ASK_MILLIS = 250;
export const PLAY_STEP = PLAY_SPEED * ASK_MILLIS;

/** Between two polls that failed nothing is known; a cluster that is polled more seldom than this has its own say. */
const NEAR_ENOUGH = 15 * MINUTE;
/** Of what is long ago only longer steps are kept, usually hours; their pictures carry no id. */
const NEAR_ENOUGH_OF_STEPS = HOUR;

/** @param {View} view @returns {number} milliseconds */
export function stepMillis(view) {
  return STEPS[view.range];
}

/**
 * The part of time that charts and slider show: so long as the range says, and it ends now. A moment before that has a window of its
 * own, somewhere in its middle half. The windows stand still, half a range apart: a moment that moves within one needs no other chart.
 *
 * @param {View} view
 * @param {number} nowMillis
 * @returns {{from: number, to: number, live: boolean}} epoch milliseconds; `live` where it ends now
 */
export function windowOf(view, nowMillis) {
  const range = rangeMillis(view);
  if (view.at === null || view.at >= nowMillis - range) return { from: nowMillis - range, to: nowMillis, live: true };
  const from = Math.floor(view.at / (range / 2) - 0.5) * (range / 2);
  return { from, to: from + range, live: false };
}

/**
 * @param {View} view
 * @param {number} steps how many, to the past if negative
 * @param {number} nowMillis
 * @returns {number | null} the moment so many steps on, on a whole step; null for now
 */
export function stepped(view, steps, nowMillis) {
  const step = stepMillis(view);
  const here = view.at ?? nowMillis;
  // From between two steps the first one is the shorter.
  const whole = steps < 0 ? Math.ceil(here / step) : Math.floor(here / step);
  return momentOrNow((whole + steps) * step, nowMillis);
}

/** @param {number} millis @param {number} nowMillis @returns {number | null} null for what is not past */
export function momentOrNow(millis, nowMillis) {
  return millis >= nowMillis ? null : Math.max(0, millis);
}

/** Where playing has come to, in pictures a fixed time apart so that one that was fetched ahead is the one that is wanted. @param {number} startMillis the moment it began at @param {number} elapsedMillis since @returns {number} */
export function playedTo(startMillis, elapsedMillis) {
  return startMillis + Math.floor((elapsedMillis * PLAY_SPEED) / PLAY_STEP) * PLAY_STEP;
}

/**
 * The slider: `count` steps from `from` on. Where its window ends now, the last one is now.
 *
 * @param {View} view
 * @param {number} nowMillis
 * @returns {{from: number, step: number, count: number}} epoch milliseconds, milliseconds
 */
export function sliderOf(view, nowMillis) {
  const step = stepMillis(view);
  const { from, live } = windowOf(view, nowMillis);
  const count = Math.floor(rangeMillis(view) / step);
  return { from: live ? Math.ceil(nowMillis / step) * step - count * step : from, step, count };
}

/**
 * A row as it was.
 *
 * @param {Row & {snapshotId?: string | null}} summary the stored one that is nearest to the moment
 * @param {number} atMillis
 * @returns {Row | null} null where it is too far from the moment to stand for it
 */
export function rowAt(summary, atMillis) {
  const observed = summary.observedAtEpochMillis;
  if (typeof observed !== 'number') return null;
  const near = summary.snapshotId === '' ? NEAR_ENOUGH_OF_STEPS : NEAR_ENOUGH;
  return Math.abs(atMillis - observed) > Math.max(summary.staleAfterMillis ?? 0, near) ? null : summary;
}

/**
 * Where the slider has a tick: each quarter of an hour, six hours, day, week or month of the visitor's clock.
 *
 * @param {number} from epoch milliseconds
 * @param {number} to
 * @param {View['range']} range
 * @returns {number[]}
 */
export function ticksBetween(from, to, range) {
  const tick = new Date(from);
  tick.setMinutes(0, 0, 0);
  if (range !== '1h') tick.setHours(0);
  if (range === '1y') tick.setDate(1);
  const next = {
    '1h': () => tick.setMinutes(tick.getMinutes() + 15),
    '24h': () => tick.setHours(tick.getHours() + 6),
    '7d': () => tick.setDate(tick.getDate() + 1),
    '30d': () => tick.setDate(tick.getDate() + 7),
    '1y': () => tick.setMonth(tick.getMonth() + 1),
  }[range];
  const ticks = [];
  for (; tick.getTime() <= to; next()) if (tick.getTime() >= from) ticks.push(tick.getTime());
  return ticks;
}
