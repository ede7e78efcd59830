// @ts-check
import { EVENTS } from './store.js';
/** @import {Asking} from './asking.js' */
/** @import {World} from './panels/row.js' */

const LEAST_MILLIS = 10_000;

/** Asks again when a cluster has news: at most every ten seconds, or so often as is said, and only while somebody looks. */
export class Refreshing {
  #world;
  #asking;
  /** @type {string | null} */ #cluster = '';
  #news = false;
  #askedAt = 0;
  #leastMillis;
  #heard = (/** @type {Event} */ event) => {
    if (this.#cluster === null || /** @type {CustomEvent} */ (event).detail === this.#cluster) this.#news = true;
  };
  // Seconds are told only while the page is seen.
  #second = () => {
    if (!this.#news || this.#asking.waiting || Date.now() - this.#askedAt < this.#leastMillis) return;
    this.asked();
    this.#asking.repeat();
  };

  /** @param {World} world @param {Pick<Asking, 'waiting' | 'repeat'>} asking @param {number} [leastMillis] between two questions */
  constructor(world, asking, leastMillis = LEAST_MILLIS) {
    this.#leastMillis = leastMillis;
    this.#world = world;
    this.#asking = asking;
    world.store.addEventListener(EVENTS.row, this.#heard);
    world.store.addEventListener(EVENTS.second, this.#second);
  }

  /** @param {string | null} cluster whose news matters; null for any */
  of(cluster) {
    this.#cluster = cluster;
    this.asked();
  }

  /** A question has just been put. */
  asked() {
    this.#news = false;
    this.#askedAt = Date.now();
  }

  close() {
    this.#world.store.removeEventListener(EVENTS.row, this.#heard);
    this.#world.store.removeEventListener(EVENTS.second, this.#second);
  }
}
