// @ts-check
import { ServerClock } from './model/clock.js';
import { byPerson, People } from './model/people.js';
import { statusAt } from './model/row.js';
import { formatView, gridPart } from './model/view.js';
/** @import {Row} from './model/row.js' */
/** @import {View} from './model/view.js' */
/** @import {ConfState, HistoryState} from './model/words.js' */

/** All events of the page. */
export const EVENTS = Object.freeze({
  /** which clusters there are, or their order, titles or the mesh's state */
  clusters: 'clusters',
  /** a cluster's row; `detail` is its id */
  row: 'row',
  /** the grid is to show something else: a switch was moved */
  view: 'view',
  /** another moment is wanted, or now again */
  moment: 'moment',
  /** the rows of another moment are there, or the live ones are back */
  picture: 'picture',
  /** something else, or nothing any more, is open over the grid */
  place: 'place',
  /** who looks said who she is */
  me: 'me',
  /** the connection's state */
  connection: 'connection',
  /** a second went by while somebody looks */
  second: 'second',
});

/** @typedef {{cluster: string, title: string, status: string, order: number, lastOutage?: import('./model/row.js').Outage | null}} ClusterEntry */

/**
 * All that the page knows, and the one place that says when it changed.
 *
 * While a moment of the past is shown, `row()`, `status()` and `now()` answer for it; `liveRow()` and `liveNow()` answer for now at
 * any time. Live rows go on being kept, so that the way back takes no time.
 */
export class Store extends EventTarget {
  title = '';
  /** @type {ClusterEntry[] | null} in the order of the page; null until the server has said */
  clusters = null;
  /** @type {{status?: string, nodes?: unknown[], history?: HistoryState, configuration?: ConfState[]} | null} */
  mesh = null;
  /** @type {Map<string, Row>} as they are now, by person: the logins of one are put together */
  rows = new Map();
  /** @type {{atMillis: number, rows: Map<string, Row>} | null} what is shown instead of now; `view.at` may be ahead of it */
  picture = null;
  people = new People();
  /** @type {string | null} who looks, as she said herself: a person's id or a login */
  me = null;
  /** @type {'connecting' | 'live' | 'away'} */
  connection = 'connecting';
  /** counts connections: after a new one revisions start anew and histories may have holes */
  session = 0;
  /** @type {number | null} the server's clock when it was last heard */
  lastNewsMillis = null;
  #clock = new ServerClock();
  /** @type {Map<string, Row>} as they came */
  #received = new Map();
  #peopleSaid = 'null';
  /** @type {Map<string, number>} newest revision of this session */
  #revisions = new Map();

  /** @param {View} view */
  constructor(view) {
    super();
    this.view = view.at !== null && view.at >= Date.now() ? { ...view, at: null } : view;
  }

  /** @returns {number} the moment shown; the server's clock, epoch milliseconds, where that is now */
  now() {
    return this.picture?.atMillis ?? this.liveNow();
  }

  /** @returns {number} the server's clock, epoch milliseconds */
  liveNow() {
    return this.#clock.at(Date.now());
  }

  /** @param {string} id @returns {Row | null} of the moment shown */
  row(id) {
    return (this.picture ?? this).rows.get(id) ?? null;
  }

  /** @param {string} id @returns {Row | null} the newest */
  liveRow(id) {
    return this.rows.get(id) ?? null;
  }

  /** @param {string | undefined} id @returns {string} the cluster's name; its id while the name is not known */
  titleOf(id = '') {
    return this.clusters?.find(({ cluster }) => cluster === id)?.title ?? id;
  }

  /** @param {string} id */
  status(id) {
    // What is near enough to stand for a moment of the past is not old: samples of long ago lie further apart than polls.
    return this.picture ? (this.row(id)?.status ?? 'UNKNOWN') : statusAt(this.row(id), this.now());
  }

  /** @param {any} body the list of clusters */
  applyClusters(body) {
    this.#clock.observe(body.serverTimeEpochMillis, Date.now());
    this.title = body.title ?? this.title;
    this.mesh = body.mesh ?? null;
    this.clusters = [...body.clusters].sort((a, b) => a.order - b.order);
    const ids = new Set(this.clusters.map(({ cluster }) => cluster));
    for (const id of this.rows.keys()) if (!ids.has(id)) this.#forget(id);
    this.#applyPeople(body.people ?? null);
    this.#emit(EVENTS.clusters);
  }

  /** @param {string} id @param {Row} row an older one than is known is dropped */
  applyRow(id, row) {
    this.#clock.observe(row.serverTimeEpochMillis, Date.now());
    const known = this.#revisions.get(id);
    if (known !== undefined && row.revision <= known) return;
    this.#revisions.set(id, row.revision);
    this.#receive(id, keepPicture(this.#received.get(id) ?? null, row));
  }

  /** @param {string | null} who */
  changeMe(who) {
    if (who === this.me) return;
    this.me = who;
    this.#emit(EVENTS.me);
  }

  /** @param {Partial<View>} change */
  changeView(change) {
    const before = this.view;
    const view = { ...before, ...change };
    if (view.at !== null && view.at >= this.liveNow()) view.at = null;
    if (formatView(view) === formatView(before)) return;
    this.view = view;
    if (gridPart(view) !== gridPart(before)) this.#emit(EVENTS.view);
    if (view.at !== before.at) this.#emit(EVENTS.moment);
    if (view.at === null && this.picture) this.showPicture(null);
    if (formatView({ ...before, place: view.place }) !== formatView(before)) this.#emit(EVENTS.place);
  }

  /** @param {{atMillis: number, rows: Map<string, Row>} | null} picture null for now */
  showPicture(picture) {
    const persons = (/** @type {Map<string, Row>} */ rows) => new Map([...rows].map(([id, row]) => [id, byPerson(row, this.people)]));
    this.picture = picture && { ...picture, rows: persons(picture.rows) };
    this.#emit(EVENTS.picture);
  }

  /** @param {'connecting' | 'live' | 'away'} state */
  changeConnection(state) {
    if (state === 'live') {
      this.session += 1;
      this.#revisions.clear();
      this.#clock.reset();
    }
    this.connection = state;
    this.#emit(EVENTS.connection);
  }

  heard() {
    this.lastNewsMillis = this.liveNow();
  }

  tick() {
    this.#emit(EVENTS.second);
  }

  /** @param {import('./model/people.js').PeopleBody | null} body */
  #applyPeople(body) {
    const said = JSON.stringify(body);
    if (said === this.#peopleSaid) return;
    this.#peopleSaid = said;
    this.people = new People(body);
    for (const [id, row] of this.#received) this.#receive(id, row);
  }

  /** @param {string} id @param {Row} row */
  #receive(id, row) {
    this.#received.set(id, row);
    this.rows.set(id, byPerson(row, this.people));
    this.#emit(EVENTS.row, id);
  }

  /** @param {string} id */
  #forget(id) {
    this.rows.delete(id);
    this.#received.delete(id);
  }

  /** @param {string} type @param {unknown} [detail] */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * A server that has just started may know less than this page does. The last picture stays then, and grows old by its own clock.
 *
 * @param {Row | null} known
 * @param {Row} row
 * @returns {Row}
 */
function keepPicture(known, row) {
  if (row.observedAtEpochMillis !== null || !known?.observedAtEpochMillis) return row;
  const { revision, failure } = row;
  return { ...known, revision, failure, status: row.status === 'UNKNOWN' ? known.status : row.status };
}
