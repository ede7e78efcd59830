// @ts-check
/**
 * The server's clock, as far as frames tell it. A frame may have been made long before it arrives (the newest row is sent again to
 * each browser that registers), never after; so of all differences seen the greatest is the nearest to the truth.
 */
export class ServerClock {
  #offsetMillis = -Infinity;

  /** @param {number | null | undefined} serverTimeEpochMillis @param {number} nowMillis this browser's clock */
  observe(serverTimeEpochMillis, nowMillis) {
    if (typeof serverTimeEpochMillis !== 'number') return;
    this.#offsetMillis = Math.max(this.#offsetMillis, serverTimeEpochMillis - nowMillis);
  }

  /** After a reconnect the server, or its clock, may be another. */
  reset() {
    this.#offsetMillis = -Infinity;
  }

  /** @param {number} nowMillis @returns {number} the server's time; this browser's while nothing is known */
  at(nowMillis) {
    return Number.isFinite(this.#offsetMillis) ? nowMillis + this.#offsetMillis : nowMillis;
  }
}
