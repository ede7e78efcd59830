// @ts-check
import { ASK_MILLIS, rowAt } from './model/moment.js';
import { BusError } from './replies.js';
import { EVENTS } from './store.js';
import { TOPICS } from './topics.js';
/** @import {Row} from './model/row.js' */

const RETRY_MILLIS = 2000;
const FINAL_CODES = Object.freeze([400, 404, 413]);
/** Pictures at hand, for steps forth and back and what was fetched ahead; each is all rows of the grid. */
const KEPT = 8;
/** The nearest sample of a moment just past may not have been taken yet. */
const SETTLED_MILLIS = 15 * 60_000;

/**
 * Brings the grid of the moment that is wanted. One question at a time and four a second: of the moments that a slider runs over, the
 * newest is asked for next. What is shown stays until its successor is there.
 */
export class MomentFeed {
  /** why there is no picture, in words */
  trouble = '';
  /** @type {() => number | null} the moment that will be wanted next */
  ahead = () => null;
  #bus;
  #store;
  /** @type {Map<number, Map<string, Row>>} oldest use first */
  #kept = new Map();
  #asking = false;
  #askedMillis = -Infinity;
  #refused = NaN;
  /** @type {any} */ #timer = null;

  /** @param {import('./bus.js').Bus} bus @param {import('./store.js').Store} store */
  constructor(bus, store) {
    this.#bus = bus;
    this.#store = store;
    store.addEventListener(EVENTS.moment, () => this.#follow());
    store.addEventListener(EVENTS.connection, () => {
      this.#kept.clear();
      this.#follow();
    });
  }

  #follow() {
    clearTimeout(this.#timer);
    const { at } = this.#store.view;
    if (at === null) {
      this.trouble = '';
      return;
    }
    const wanted = this.#store.picture?.atMillis === at ? this.ahead() : at;
    if (wanted === null || wanted === this.#refused) return;
    const kept = this.#kept.get(wanted);
    if (kept && wanted === at) return this.#show(at, kept);
    if (kept || this.#asking || this.#store.connection !== 'live') return;
    const wait = this.#askedMillis + ASK_MILLIS - Date.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#follow(), wait);
    else this.#ask(wanted);
  }

  /** @param {number} atMillis @param {Map<string, Row>} rows */
  #show(atMillis, rows) {
    this.trouble = '';
    this.#store.showPicture({ atMillis, rows });
    this.#follow();
  }

  /** @param {number} atMillis */
  async #ask(atMillis) {
    this.#asking = true;
    this.#askedMillis = Date.now();
    try {
      const { summaries } = await this.#bus.request(TOPICS.atQuery, { atEpochMillis: atMillis });
      this.#asking = false;
      this.#answered(atMillis, rowsOf(summaries, atMillis));
    } catch (error) {
      this.#asking = false;
      this.#failed(atMillis, error);
    }
  }

  /** @param {number} atMillis @param {Map<string, Row>} rows */
  #answered(atMillis, rows) {
    const { at } = this.#store.view;
    if (at !== null && atMillis < this.#store.liveNow() - SETTLED_MILLIS) {
      this.#kept.set(atMillis, rows);
      for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    }
    // What was asked for while the slider ran on is on the way to it; what was fetched ahead waits for its time.
    if (at === null || atMillis === this.ahead()) return this.#follow();
    this.#show(atMillis, rows);
  }

  /** @param {number} atMillis @param {unknown} error */
  #failed(atMillis, error) {
    if (this.#store.view.at === null) return;
    const final = error instanceof BusError && FINAL_CODES.includes(error.code);
    if (final) this.#refused = atMillis;
    this.trouble = final ? 'the server refuses this moment' : 'the history does not answer; asking again';
    if (error instanceof BusError && error.code === -2) this.trouble = 'no connection; asking again when it is back';
    this.#store.showPicture(this.#store.picture);
    this.#timer = setTimeout(() => this.#follow(), RETRY_MILLIS * (0.5 + Math.random()));
  }
}

/** @param {Row[]} summaries @param {number} atMillis @returns {Map<string, Row>} without those that were not seen around then */
function rowsOf(summaries, atMillis) {
  const rows = summaries.map((summary) => rowAt(summary, atMillis));
  return new Map(rows.flatMap((row) => (row ? [[row.cluster, row]] : [])));
}
