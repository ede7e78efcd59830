// @ts-check
import { element, setAttribute } from '../element.js';
import { HistoryFeed } from '../history-feed.js';
import { runningByKey, TOP } from '../model/usage.js';
import { CapacityPanel } from './capacity.js';
import { IdentityPanel } from './identity.js';
import { RowBody } from './row-body.js';
import { showTables } from './tables.js';
/** @import {Row} from '../model/row.js' */

/**
 * One cluster. Hooks for whoever reads the page by program; they stay:
 *
 *   qm-row[data-cluster="<id>"][data-status="UP|STALE|DOWN|UNKNOWN"][data-revision]
 *   in it [data-field="…"], the number or word as text, the raw number in data-value where there is one:
 *     status age (data-value: milliseconds) back (empty but for ten minutes after an outage)
 *     free total largest-free unattributed visibility (data-value: the server's word)
 *     whole-nodes whole-nodes-total queues (in words)
 *     gpus-free gpus-total gpus-used, where there are GPUs
 *     used running queued held suspended
 *     nodes-free nodes-partial nodes-full nodes-draining nodes-offline nodes-down nodes-unknown
 *     failure-code failure-text failure-hint (empty where nothing failed)
 *   in its legend, for each user (group, account, queue) with a line of its own: [data-key="alice"][data-value="90"]
 *     and for the other parts [data-part="others|unattributed|unavailable|free"][data-value]
 *   in its reasons [data-reason="…"][data-value]
 *
 * Where there are more than {@link WHOLE_UP_TO} clusters, of a row that is further than a screen away only its name, status, age and
 * free cores are kept: the rest of it comes, and goes on, while it is near. Charts come with that in any case.
 *
 *   body[data-time="2026-11-22T14:03:00Z"] while the rows are those of a moment of the past
 *
 * Numbers that are not known read "–" and have no data-value.
 *
 * @typedef {object} RowState what the panels of a row draw
 * @property {import('../model/row.js').Row | null} row
 * @property {import('../model/words.js').Status} status of this moment
 * @property {number} now the moment shown, by the server's clock
 * @property {boolean} past whether that is a moment of the past
 * @property {import('../model/view.js').View} view
 * @property {import('../model/who.js').Logins} people
 * @property {import('../model/colours.js').ColourBook} colours
 * @property {boolean} drawn whether somebody can see the charts
 * @property {boolean} fade whether changed numbers fade in: not for what was caught up on, not where nobody looks
 *
 * @typedef {object} World what a row needs of the page
 * @property {import('../store.js').Store} store
 * @property {import('../bus.js').Bus} bus
 * @property {import('../one-by-one.js').OneByOne} work
 * @property {import('../model/colours.js').ColourBook} colours
 * @property {import('../player.js').Player} player
 * @property {import('../moment-feed.js').MomentFeed} moments
 * @property {string | null} only the one cluster that is shown, where the address says so
 * @property {boolean} watching whether news matters also while nobody looks
 * @property {(moved: boolean) => void} coloursChanged somebody is new, or has even moved to another colour
 */

/** So many rows are whole wherever they stand, for programs and for the browser's own search; more would cost each update too much. */
const WHOLE_UP_TO = 24;

export class RowElement extends HTMLElement {
  #identity = new IdentityPanel();
  #capacity = new CapacityPanel();
  /** @type {RowBody | null} made when somebody comes near */ #body = null;
  #tables = element('div', { class: 'row-tables', hidden: true });
  #drawn = false;
  /** Whether the rows in view have had their turn. */
  #rested = false;
  #session = 0;
  /** @type {World} */ #world = /** @type {any} */ (null);
  /** @type {HistoryFeed} */ #feed = /** @type {any} */ (null);

  /** @param {World} world @param {import('../store.js').ClusterEntry} entry */
  attach(world, entry) {
    this.#world = world;
    this.dataset.cluster = entry.cluster;
    this.#feed = new HistoryFeed(world.bus, world.store, entry.cluster, () => this.refresh());
    this.setAttribute('role', 'group');
    this.tabIndex = -1;
    this.append(this.#identity, this.#capacity, this.#tables);
    this.addEventListener('tables', () => this.toggleTables());
    this.addEventListener('unfold', () => this.#unfold());
    this.rename(entry);
  }

  /** @param {import('../store.js').ClusterEntry} entry */
  rename(entry) {
    setAttribute(this, 'aria-label', entry.title);
    this.#identity.name(entry);
  }

  /** A new row, another view or another connection: what is asked for and what is drawn follows. */
  changed() {
    this.#feed.rowChanged();
    this.#feed.refresh();
    this.refresh();
  }

  /** Another moment is wanted: the chart over time may have to show another part of it. */
  moved() {
    this.#feed.refresh();
  }

  refresh() {
    this.#world.work.schedule(this, () => this.#update());
  }

  /** @param {boolean} drawn whether the row is in view, or nearly */
  draw(drawn) {
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#feed.want(drawn);
    this.refresh();
  }

  /** Paper has room for all: whoever prints does not scroll. */
  complete() {
    this.#update(true);
  }

  /** @param {number} width of the chart over time, pixels @param {number} height pixels */
  #resize(width, height) {
    const plotWidth = this.#body?.resize(width, height) ?? null;
    if (plotWidth === null) return;
    this.#feed.fit(plotWidth);
    this.refresh();
  }

  #furnish() {
    const body = new RowBody((width, height) => this.#resize(width, height));
    this.#capacity.after(...body.elements());
    return body;
  }

  /** Time went by: ages grow, news gets old, the axis moves on. */
  tick() {
    if (!this.#drawn) return;
    const { store } = this.#world;
    const id = this.dataset.cluster ?? '';
    const status = store.status(id);
    if (this.#feed.roll() || status !== this.dataset.status) this.refresh();
    else this.#identity.showAges({ row: store.row(id), status, now: store.now(), past: store.picture !== null });
  }

  toggleTables() {
    this.#tables.hidden = !this.#tables.hidden;
    this.#identity.mark('tables', !this.#tables.hidden);
    this.refresh();
  }

  #unfold() {
    const open = this.toggleAttribute('data-unfolded');
    this.#identity.mark('charts', open);
  }

  /** Gives colours to names that are new here; all rows at once, so that the order of their arrival plays no part. @param {Row | null} row */
  #meet(row) {
    const { store, colours, coloursChanged } = this.#world;
    const topOf = (/** @type {Row | null} */ any) => runningByKey(any, store.view).slice(0, TOP + 1);
    const now = topOf(row);
    const before = (this.#feed.history?.series ?? []).map(({ key }) => ({ key, value: 0 }));
    if (colours.knows(now) && colours.knows(before)) return;
    const { moves } = colours;
    colours.meet([...(store.picture ?? store).rows.values()].map(topOf));
    colours.meet([[...now, ...before.filter(({ key }) => !now.some((other) => other.key === key))]]);
    coloursChanged(colours.moves > moves);
  }

  /** Far away, but one of a few: once nothing else is to be done. */
  #mayBeWhole() {
    if ((this.#world.store.clusters?.length ?? 0) > WHOLE_UP_TO) return false;
    if (!this.#rested) {
      requestIdleCallback(() => {
        this.#rested = true;
        this.refresh();
      });
    }
    return this.#rested;
  }

  /** @param {boolean} [whole] also what nobody sees */
  #update(whole = this.#drawn) {
    const { store, colours } = this.#world;
    const id = this.dataset.cluster ?? '';
    const row = store.row(id);
    this.#meet(row);
    const past = store.picture !== null;
    const fade = this.#drawn && this.#session === store.session && !past;
    this.#session = store.session;
    const { people } = store;
    /** @type {RowState} */
    const state = { row, status: store.status(id), now: store.now(), past, view: store.view, people, colours, drawn: this.#drawn, fade };
    setAttribute(this, 'data-status', state.status);
    setAttribute(this, 'data-revision', row ? String(row.revision) : null);
    this.toggleAttribute('data-failure', row?.failure != null);
    this.#identity.update(state);
    this.#capacity.update(state);
    if (!whole && !this.#body?.drawn && !this.#mayBeWhole()) return;
    this.#identity.updateQueues(state);
    this.#body ??= this.#furnish();
    this.#body.update(state, this.#feed);
    if (!this.#tables.hidden) showTables(this.#tables, state, this.#feed);
  }
}

customElements.define('qm-row', RowElement);
