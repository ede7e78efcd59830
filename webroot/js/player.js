// @ts-check
import { ASK_MILLIS, momentOrNow, PLAY_STEP, playedTo, stepped } from './model/moment.js';
import { rangeMillis } from './model/view.js';
import { EVENTS } from './store.js';

const DAY = 86_400_000;

/** Plays the past: a day in a minute, up to now. Who wants no motion gets a step for each key instead. */
export class Player extends EventTarget {
  playing = false;
  #store;
  #still;
  /** @type {any} */ #timer = null;
  #startMillis = 0;
  #sinceMillis = 0;
  /** @type {number | null} the moment that was set last, to tell when somebody else sets one */ #played = null;

  /** @param {import('./store.js').Store} store @param {() => boolean} still whether nothing may move by itself */
  constructor(store, still) {
    super();
    this.#store = store;
    this.#still = still;
    store.addEventListener(EVENTS.moment, () => this.#moved());
  }

  /** @returns {boolean} whether it may play at all */
  get allowed() {
    return !this.#still();
  }

  /** Plays, from a day ago where now is shown; or stops. */
  toggle() {
    if (this.playing) return this.stop();
    const { view } = this.#store;
    const now = this.#store.liveNow();
    const begin = Math.floor((now - Math.min(DAY, rangeMillis(view))) / PLAY_STEP) * PLAY_STEP;
    if (!this.allowed) return this.#store.changeView({ at: view.at === null ? begin : stepped(view, 1, now) });
    this.playing = true;
    this.#begin(view.at ?? begin);
    this.#timer = setInterval(() => this.#play(), ASK_MILLIS);
    this.#play();
    this.dispatchEvent(new Event('change'));
  }

  stop() {
    if (!this.playing) return;
    clearInterval(this.#timer);
    this.playing = false;
    this.dispatchEvent(new Event('change'));
  }

  /** @returns {number | null} the moment that comes after the one that is wanted now; null when none does */
  next() {
    const next = this.playing && this.#played !== null ? this.#played + PLAY_STEP : null;
    return next === null ? null : momentOrNow(next, this.#store.liveNow());
  }

  /** @param {number} millis */
  #begin(millis) {
    this.#startMillis = millis;
    this.#sinceMillis = Date.now();
    this.#played = millis;
  }

  #play() {
    // A timer that comes a little early must not repeat the picture before.
    const elapsed = Date.now() - this.#sinceMillis + ASK_MILLIS / 4;
    this.#played = momentOrNow(playedTo(this.#startMillis, elapsed), this.#store.liveNow());
    this.#store.changeView({ at: this.#played });
    if (this.#played === null) this.stop();
  }

  #moved() {
    const { at } = this.#store.view;
    if (!this.playing || at === this.#played) return;
    if (at === null) this.stop();
    else this.#begin(at);
  }
}
