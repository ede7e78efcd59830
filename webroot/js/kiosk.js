// @ts-check
import { element, setText } from './element.js';
import { pageMillis, pageOf } from './model/kiosk.js';
import { EVENTS } from './store.js';
/** @import {GridPanel} from './panels/grid.js' */
/** @import {World} from './panels/row.js' */

/** A row is never lower. */
const ROW_PIXELS = 176;
const FOOT_PIXELS = 26;
const CODE = 'js/main.js';

/** The page on a wall: nobody touches it, nobody reloads it. Rows that do not fit take turns. */
class Kiosk {
  #foot = element('footer', { class: 'kiosk-foot', hidden: true });
  #words = element('span', { 'data-field': 'kiosk-page' });
  #line = element('span', { class: 'kiosk-line', 'aria-hidden': 'true' });
  /** @type {Map<string, number>} */ #heights = new Map();
  #turn = 0;
  /** @type {Animation | null} */ #pace = null;
  #millis;
  #grid;
  #still;
  /** @type {string | null} */ #version = null;

  /** @param {World} world @param {GridPanel} grid @param {URLSearchParams} asked @param {() => boolean} still whether nothing may move */
  constructor({ store }, grid, asked, still) {
    this.#grid = grid;
    this.#still = still;
    this.#millis = pageMillis(asked);
    this.#foot.append(this.#words, this.#line);
    document.body.append(this.#foot);
    for (const event of [EVENTS.clusters, EVENTS.row]) store.addEventListener(event, () => requestAnimationFrame(() => this.#show()));
    addEventListener('resize', () => this.#show());
    setInterval(() => this.#next(), this.#millis);
    this.#run();
    store.addEventListener(EVENTS.connection, () => {
      if (store.connection === 'live') this.#renew();
    });
    document.addEventListener('visibilitychange', stayAwake);
    stayAwake();
    this.#renew();
    this.#show();
  }

  #next() {
    this.#turn += 1;
    this.#show();
    // Those that were not seen before have their true height now.
    this.#show();
    this.#run();
  }

  /** How long the page stays yet. */
  #run() {
    this.#pace?.cancel();
    this.#pace = this.#still() ? null : this.#line.animate([{ transform: 'scaleX(0)' }, { transform: 'scaleX(1)' }], this.#millis);
  }

  #show() {
    const rows = this.#grid.rows();
    for (const row of rows) if (!row.hidden && row.dataset.status) this.#heights.set(row.dataset.cluster ?? '', row.offsetHeight);
    const usual = Math.max(ROW_PIXELS, ...this.#heights.values());
    const heights = rows.map(({ dataset }) => this.#heights.get(dataset.cluster ?? '') ?? usual);
    const { page, pages, from, to } = pageOf(this.#turn, heights, this.#room());
    rows.forEach((row, i) => (row.hidden = i < from || i >= to));
    this.#foot.hidden = pages === 1;
    setText(this.#words, `page ${page} of ${pages}`);
  }

  /** From the first row to the foot, in the rows' own pixels. */
  #room() {
    const list = /** @type {HTMLElement} */ (this.#grid.querySelector('.grid-rows'));
    return document.body.clientHeight - list.offsetTop - FOOT_PIXELS;
  }

  /** A server that came back may have brought another page. */
  async #renew() {
    const version = await fetch(CODE, { method: 'HEAD' }).then(({ headers }) => headers.get('ETag'), () => null);
    if (this.#version !== null && version !== null && version !== this.#version) location.reload();
    this.#version = version ?? this.#version;
  }
}

/** The browser lets go of it whenever the page is not seen; where it cannot or may not, the screen does as it likes. */
function stayAwake() {
  if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => undefined);
}

/** @param {World} world @param {GridPanel} grid @param {URLSearchParams} asked @param {() => boolean} still */
export function startKiosk(world, grid, asked, still) {
  return new Kiosk(world, grid, asked, still);
}
