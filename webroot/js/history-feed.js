// @ts-check
import { appendRow, historyOf, historyQuery, pointsFor, rollTo, wantsBand } from './model/history.js';
import { seriesByPerson } from './model/people.js';
import { TOP } from './model/usage.js';
import { windowOf } from './model/moment.js';
import { gridPart } from './model/view.js';
import { BusError } from './replies.js';
import { TOPICS } from './topics.js';
/** @import {History} from './model/history.js' */

const RETRY_MILLIS = 5000;
/** The same question would be refused again. */
const FINAL_CODES = Object.freeze([400, 404, 413]);

/**
 * The history of one row: asked for once, then carried on by the row's own updates. It is asked for again after a change of the
 * switches, after a reconnect, and when more was missed than a row can fill in.
 */
export class HistoryFeed {
  /** @type {History | null} */
  history = null;
  /** what the history at hand counts; the switches may be further on already */
  view;
  /** @type {string} why there is none, in words */
  trouble = '';
  #bus;
  #store;
  #id;
  #changed;
  #wanted = false;
  #points = pointsFor(0);
  /** What the history at hand, or the request under way, answers. */
  #answers = '';
  /** Whether the history at hand ends now. */
  #live = true;
  /** @type {number} */ #observedMillis = 0;
  /** @type {any} */ #retry = null;

  /**
   * @param {import('./bus.js').Bus} bus
   * @param {import('./store.js').Store} store
   * @param {string} id the cluster's
   * @param {() => void} changed called when there is another picture to draw
   */
  constructor(bus, store, id, changed) {
    this.#bus = bus;
    this.#store = store;
    this.view = store.view;
    this.#id = id;
    this.#changed = changed;
  }

  /** @returns {boolean} whether what is at hand ends now; else it is around a moment of the past */
  get endsNow() {
    return this.#live;
  }

  /** @returns {number} how long the cluster may be silent between two polls, milliseconds */
  get staleAfterMillis() {
    return this.#store.liveRow(this.#id)?.staleAfterMillis ?? 0;
  }

  /** @param {boolean} wanted whether somebody can see the chart */
  want(wanted) {
    this.#wanted = wanted;
    if (wanted) this.refresh();
    else clearTimeout(this.#retry);
  }

  /** @param {number} width of the chart, pixels */
  fit(width) {
    this.#points = pointsFor(width);
    this.refresh();
  }

  /** Asks the server if what is at hand does not answer the question of now. */
  refresh() {
    if (!this.#wanted) return;
    const { session, view } = this.#store;
    // Areas and lines are two pictures of one answer, where it has the band.
    const { live, from } = this.#window();
    const of = gridPart({ ...view, shape: 'areas' });
    const question = [session, of, this.#points, wantsBand(view, this.#points), live ? 'live' : from].join(' ');
    if (question === this.#answers || this.#store.connection !== 'live') return;
    clearTimeout(this.#retry);
    this.#answers = question;
    this.#ask(question, live);
  }

  #window() {
    return windowOf(this.#store.view, this.#store.liveNow());
  }

  /** A new row came. */
  rowChanged() {
    const row = this.#store.liveRow(this.#id);
    const observed = row?.observedAtEpochMillis;
    if (!row || !observed || observed <= this.#observedMillis) return;
    const previous = this.#observedMillis;
    this.#observedMillis = observed;
    if (!this.history || !this.#live) return;
    const next = appendRow(this.history, row, this.view, previous);
    if (next) this.history = next;
    else this.#answers = '';
    this.refresh();
  }

  /** @returns {boolean} whether time alone moved the picture */
  roll() {
    if (!this.#live) return false;
    const rolled = this.history && rollTo(this.history, this.#store.liveNow());
    if (rolled === this.history) return false;
    this.history = rolled;
    return true;
  }

  /** @param {History} history @param {import('./model/view.js').View} view @returns {History} */
  #named(history, { dimension }) {
    const { people } = this.#store;
    const series = dimension === 'user' ? seriesByPerson(history.series, this.#id, people) : history.series;
    return { ...history, series: series.map((one) => ({ ...one, name: people.nameOf(dimension, one.key) })) };
  }

  /** The newest row may not have been stored yet when the server answered. @param {History} history */
  #withNewest(history) {
    const row = this.#store.liveRow(this.#id);
    this.#observedMillis = row?.observedAtEpochMillis ?? 0;
    return (row && this.#observedMillis && appendRow(history, row, this.view, this.#observedMillis - 1)) || history;
  }

  /** @param {string} question @param {boolean} live whether it ends now, so that news carry it on */
  async #ask(question, live) {
    const view = this.#store.view;
    const query = historyQuery(this.#id, view, live ? this.#store.liveNow() : this.#window().to - 1, TOP, this.#points);
    try {
      const reply = await this.#bus.request(TOPICS.historyQuery, query);
      if (question !== this.#answers) return;
      this.view = view;
      this.#live = live;
      const history = this.#named(historyOf(reply, query), view);
      this.history = live ? this.#withNewest(history) : history;
      this.trouble = '';
    } catch (error) {
      if (question !== this.#answers) return;
      this.trouble = troubleWords(error);
      if (error instanceof BusError && FINAL_CODES.includes(error.code)) return this.#changed();
      this.#answers = '';
      if (this.#wanted) this.#retry = setTimeout(() => this.refresh(), RETRY_MILLIS * (0.5 + Math.random()));
    }
    this.#changed();
  }
}

/** @param {unknown} error */
function troubleWords(error) {
  if (!(error instanceof BusError)) return 'the history cannot be read';
  if (error.code === 404) return 'no history is kept of this cluster';
  if (FINAL_CODES.includes(error.code)) return 'the history refuses the question';
  return error.code === -2 ? '' : 'the history does not answer; asking again';
}
