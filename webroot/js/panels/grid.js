// @ts-check
import { element, setText } from '../element.js';
import { windowOf } from '../model/moment.js';
import { printable } from '../model/printable.js';
import { choiceOf, measureWord } from '../model/view.js';
import { EVENTS } from '../store.js';
import { RowElement } from './row.js';
/** @import {World} from './row.js' */

/** All clusters, one row each, in the order of the configuration. */
export class GridPanel extends HTMLElement {
  /** @type {Map<string, RowElement>} */
  #rows = new Map();
  #usageHead = element('span');
  #historyHead = element('span');
  #head = element('div', { class: 'grid-head', 'aria-hidden': 'true' }, element('span', {}, 'cluster'), element('span', {}, 'free'));
  #empty = element('p', { class: 'grid-empty' });
  #list = element('div', { class: 'grid-rows' });
  // Rows a screen away are drawn already, so that scrolling does not show them empty.
  #near = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '40% 0px' });

  /** @param {World} world */
  attach(world) {
    const { store } = world;
    this.#head.append(this.#usageHead, this.#historyHead, element('span', {}, 'waiting, nodes'));
    this.append(this.#head, this.#empty, this.#list);
    store.addEventListener(EVENTS.clusters, () => this.#arrange(world));
    store.addEventListener(EVENTS.row, (event) => this.#rows.get(/** @type {CustomEvent} */ (event).detail)?.changed());
    store.addEventListener(EVENTS.second, () => this.#each((row) => row.tick()));
    for (const event of [EVENTS.view, EVENTS.connection]) store.addEventListener(event, () => this.#each((row) => row.changed()));
    store.addEventListener(EVENTS.moment, () => this.#each((row) => row.moved()));
    store.addEventListener(EVENTS.picture, () => this.#each((row) => row.refresh()));
    for (const event of [EVENTS.view, EVENTS.moment]) store.addEventListener(event, () => this.#name(world));
    addEventListener('beforeprint', () => this.#each((row) => row.complete()));
    this.#name(world);
    setText(this.#empty, 'connecting …');
  }

  /** @returns {RowElement[]} in the order of the page */
  rows() {
    return /** @type {RowElement[]} */ ([...this.#list.children]);
  }

  /** Somebody has another colour: every row may show it. */
  repaint() {
    this.#each((row) => row.refresh());
  }

  /** @param {(row: RowElement) => void} action */
  #each(action) {
    for (const row of this.#rows.values()) action(row);
  }

  /** @param {World} world */
  #name({ store }) {
    const { view } = store;
    const range = choiceOf('range', view.range).label;
    setText(this.#usageHead, `${measureWord(view)} by ${choiceOf('dimension', view.dimension).one}`);
    setText(this.#historyHead, windowOf(view, store.liveNow()).live ? `past ${range}` : `${range} around then`);
  }

  /** @param {World} world */
  #arrange(world) {
    const clusters = world.store.clusters ?? [];
    const wanted = new Set(clusters.map(({ cluster }) => cluster));
    for (const [id, row] of this.#rows) if (!wanted.has(id)) this.#remove(id, row, world);
    clusters.forEach((entry, i) => {
      const row = this.#rows.get(entry.cluster) ?? this.#add(entry, world);
      row.rename(entry);
      if (this.#list.children[i] !== row) this.#list.insertBefore(row, this.#list.children[i] ?? null);
    });
    this.#head.hidden = clusters.length === 0;
    this.#empty.hidden = clusters.length > 0;
    const none = world.only === null ? 'No cluster yet. On the server: qstat-mesh add ID USER@HOST' : `There is no cluster ${printable(world.only)}.`;
    setText(this.#empty, none);
  }

  /** @param {import('../store.js').ClusterEntry} entry @param {World} world */
  #add(entry, world) {
    const row = new RowElement();
    this.#list.append(row);
    row.attach(world, entry);
    this.#rows.set(entry.cluster, row);
    this.#near.observe(row);
    row.refresh();
    return row;
  }

  /** @param {string} id @param {RowElement} row @param {World} world */
  #remove(id, row, world) {
    this.#near.unobserve(row);
    row.draw(false);
    world.work.cancel(row);
    row.remove();
    this.#rows.delete(id);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    for (const { target, isIntersecting } of entries) /** @type {RowElement} */ (target).draw(isIntersecting);
  }
}

customElements.define('qm-grid', GridPanel);
